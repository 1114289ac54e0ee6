"""The Harbour Light, this repository's own newsroom, held to what it promises: not to its every word."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser

from builder.load import disk, intake
from builder.model.newsletter import Newsroom
from builder.model.person import Channel, PersonStatus, Recognition
from builder.model.story import Kind
from builder.render.colours import contrast
from tests.built import ROOT, build, copy_newsroom, yearround
from tests.journeys.test_browser import OVERFLOW, STRICT, Watch, axe, both_ways, in_a_row, opened
from tests.journeys.test_links import broken
from tests.newsroom import everything, where

YEAR_END = "2026-12-31T23:00"


@cache
def newsroom() -> Newsroom:
    understood, problems = intake.understand(disk.read(ROOT))
    assert problems == ()
    return understood


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year of it, with its site and its last digest."""
    return build(copy_newsroom(ROOT, tmp_path_factory.mktemp("harbour") / "light"), YEAR_END)


@pytest.mark.parametrize("now", ["2026-01-02T09:00", "2026-06-30T12:00", "2026-10-12T16:00", YEAR_END])
def test_nothing_is_wrong_with_it_on_any_day_but_what_it_is_there_to_show(now: str):
    done = yearround(ROOT, "check", now=now)
    said = re.findall(r"^(\w+): (\S+) \[(\S+)\]$", done.stderr, re.MULTILINE)
    assert (done.returncode, sorted(said)) == (
        0,
        [
            ("hint", "stories/metrics/outpatient-nps.yaml", "segments-hidden"),
            ("warning", "stories/metrics/answered-in-thirty.yaml", "watermelon"),
        ],
    ), done.stderr


def test_it_celebrates_the_whole_year_and_leaves_some_weeks_to_themselves():
    works = {story.work: story for story in newsroom().stories}
    weeks = {story.date.date().isocalendar()[1] for story in works.values()}
    assert len(works) >= 52
    assert {story.date.year for story in works.values()} == {2026}
    assert 40 <= len(weeks) < date(2026, 12, 28).isocalendar()[1]
    assert {story.kind for story in works.values()} >= set(Kind)


def test_it_speaks_four_languages():
    spoken = Counter(story.lang for story in newsroom().stories)
    assert spoken["fa"] >= 12
    assert min(spoken["el"], spoken["ms"]) >= 6
    assert len(newsroom().editions) >= 12
    for edition in newsroom().editions:
        assert {words.lang for words in edition.words} == {"en", "fa", "el", "ms"}


def test_its_people_allow_as_much_and_as_little_as_people_do():
    people = newsroom().people.values()
    assert len(people) >= 40
    assert len(newsroom().teams) >= 10
    assert {person.recognition for person in people} == set(Recognition)
    assert any(person.withdrawn for person in people)
    assert any(person.status is PersonStatus.LEFT for person in people)
    assert any({one.form.value for one in person.consents} == {"first"} for person in people)


def test_its_numbers_reach_back_two_years():
    assert len(newsroom().metrics) >= 8
    for metric in newsroom().metrics:
        years = {reading.period[:4] for reading in metric.readings}
        assert len(years) >= 2
    assert {metric.side for metric in newsroom().metrics} == {"internal", "external"}


def test_half_of_its_heroes_are_people_whom_patients_never_see():
    seen = {"emergency", "ward-five", "front-desk"}
    told = [story.team for story in {one.work: one for one in newsroom().stories}.values() if story.team]
    assert sum(team not in seen for team in told) >= len(told) / 2


def test_nobody_is_named_who_does_not_allow_it(harbour: Path):
    says = everything(harbour / "site", harbour / "outbox")
    silent = [
        person
        for person in newsroom().people.values()
        if person.recognition is not Recognition.EVERYONE
        or person.withdrawn
        or person.status is PersonStatus.LEFT
        or not any(one.channel in (Channel.SITE, Channel.EMAIL) for one in person.consents)
    ]
    assert len(silent) >= 5
    for person in silent:
        for name in person.names:
            assert where(name.forms.full, says) == []
    spoken = [person for person in newsroom().people.values() if person.id == "p-017"]
    assert where(spoken[0].names[0].forms.full, says) != []


def test_its_mails_are_the_same_bytes_wherever_they_are_made(harbour: Path):
    """All editions in all languages, at once in two places that agree on nothing."""
    made = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.mails", str(harbour), YEAR_END],
            cwd=ROOT,
            env={**os.environ, **there},
            stdout=subprocess.PIPE,
            text=True,
        )
        for there in (
            {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
            {"TZ": "Asia/Tehran", "LC_ALL": "C", "LANG": "fa_IR", "PYTHONHASHSEED": "4294967295"},
        )
    ]
    here, there = (one.communicate()[0].splitlines() for one in made)
    assert [one.returncode for one in made] == [0, 0]
    assert len(here) == len(set(here)) == len(newsroom().editions) * len(newsroom().settings.languages)
    assert here == there


def test_every_address_leads_somewhere(harbour: Path):
    assert broken(harbour / "site") == []


def test_its_pages_are_accessible_whole_and_ask_nobody_for_anything(browser: Browser, harbour: Path):
    """Each kind from the right and from the left; `make quality` sees those in the other languages."""
    site = harbour / "site"
    found: list[str] = []
    with opened(browser, reduced_motion="reduce") as page:
        watch = Watch(page)
        for address in in_a_row(both_ways(site)):
            page.set_viewport_size({"width": 320, "height": 900})
            found += watch.findings((site / address).as_uri(), site.as_uri())
            if page.evaluate(OVERFLOW):
                found.append(f"{address}: wider than a phone")
            found += axe(page, STRICT, f"{address} on a phone")
            page.set_viewport_size({"width": 1280, "height": 900})
            found += axe(page, STRICT, f"{address} on a desk")
    assert found == []


MET_AND_MISSED = ("is-met", "is-near", "is-uncertain", "is-missed")
SIGN = """one => { const at = document.querySelector('.metric-target.' + one);
    const box = at.getBoundingClientRect(), wide = parseFloat(getComputedStyle(at, '::before').inlineSize);
    return {x: box.x + scrollX, y: box.y + scrollY, width: Math.ceil(wide) + 1, height: parseFloat(getComputedStyle(at).lineHeight)}; }"""
DRAWN = """one => { const style = getComputedStyle(document.querySelector('.metric-chart ' + one)),
    paper = getComputedStyle(document.documentElement).backgroundColor;
    return [style.stroke, Number(style.strokeOpacity), paper, style.strokeDasharray]; }"""


def ink(picture: bytes) -> float:
    """Which share of a picture is more ink than paper, whose colour is that of its first corner."""
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L")
    paper = 0 if grey.tobytes()[0] < 128 else 255
    return sum(abs(one - paper) > 127 for one in grey.tobytes()) / len(grey.tobytes())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_are_told_apart_in_the_colours_that_a_machine_forces(
    browser: Browser, harbour: Path, scheme: Literal["light", "dark"]
):
    page = browser.new_page(color_scheme=scheme, forced_colors="active", device_scale_factor=3)
    page.goto((harbour / "site" / "en" / "scorecard.html").as_uri())
    shares = {
        one: ink(page.screenshot(full_page=True, clip=page.evaluate(SIGN, one))) for one in MET_AND_MISSED
    }
    assert shares["is-met"] > shares["is-near"] > shares["is-uncertain"] > 0
    assert shares["is-met"] > shares["is-missed"] > 0, shares

    def drawn(file: str, selector: str) -> tuple[float, str]:
        """How a stroke stands out from the paper, and its dashes."""
        page.goto((harbour / "site" / "en" / "measures" / file).as_uri())
        stroke, opacity, paper, dashes = page.evaluate(DRAWN, selector)
        inks, ground = ([int(one) for one in re.findall(r"\d+", colour)[:3]] for colour in (stroke, paper))
        if len(inks) < 3:
            return 1.0, dashes
        seen = [round(one * opacity + other * (1 - opacity)) for one, other in zip(inks, ground, strict=True)]
        return contrast(*(f"#{''.join(f'{one:02x}' for one in some)}" for some in (seen, ground))), dashes

    meals, clock = "meals-csat.html", "ready-within-fifteen.html"
    line, band, target, usual, signal = (
        drawn(meals, one)
        for one in (
            ".chart-line polyline",
            ".chart-band polygon",
            ".chart-target line",
            ".chart-usual line",
            ".chart-signals path",
        )
    )
    broken_off = drawn(clock, ".chart-breaks line")
    axis, _ = drawn(meals, ".chart-axis line")
    assert min(found for found, _ in (line, target, usual, signal, broken_off)) > 7
    assert 3 < band[0] < line[0], "the range has an edge, quieter than what was counted"
    assert 1 < axis < band[0], "the lines of the scale stay behind all of them"
    assert len({dashes for _, dashes in (line, target, usual, broken_off)}) == 4
    page.close()

"""The Harbour Light, this repository's own newsroom, held to what it promises: not to its every word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.load import disk, intake
from builder.model.newsletter import Newsroom
from builder.model.person import Channel, PersonStatus, Recognition
from builder.model.story import Kind
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

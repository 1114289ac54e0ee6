"""Which works stand under what, and what the year looks like."""

from __future__ import annotations

from datetime import date

import pytest

from builder.model.address import tag_value
from builder.model.facet import Facet, Shelves
from builder.model.week import Week, read_week, service_week, week_of, weeks_of
from tests.values import SETTINGS, at, library, sources, story


def shelves(
    settings: str = SETTINGS, editions: dict[str, str | bytes] | None = None, **stories: str
) -> Shelves:
    files: dict[str, str | bytes] = {f"{name.replace('__', '.')}.md": text for name, text in stories.items()}
    return library(sources(files, settings=settings, editions=editions)).shelves


def test_a_work_stands_wherever_it_says():
    found = shelves(
        night=story(
            "kind: small\nteam: stores\nbehaviours: [empowerment, attentiveness]\nperspective: managers\ntags: [rain]\n"
        ),
        other=story("tags: [rain]\n"),
    )
    assert found.on(Facet.KINDS, "small") == ("night",)
    assert found.on(Facet.TEAMS, "stores") == ("night",)
    assert (
        found.on(Facet.BEHAVIOURS, "empowerment") == found.on(Facet.BEHAVIOURS, "attentiveness") == ("night",)
    )
    assert found.on(Facet.PERSPECTIVES, "managers") == ("night",)
    assert set(found.on(Facet.TAGS, "rain")) == {"night", "other"}
    assert found.on(Facet.YEARS, "2026") == found.on(Facet.WEEKS, "2026-w10")
    assert {facet for facet, _ in found.of["night"]} >= {Facet.KINDS, Facet.TEAMS, Facet.WEEKS}
    assert found.on(Facet.TEAMS, "nobody") == ()


def test_newest_first_on_every_shelf():
    found = shelves(
        old=story("date: 2026-01-05\nteam: stores\n"),
        new=story("date: 2026-05-05\nteam: stores\n"),
        middle=story("date: 2026-03-05\nteam: stores\n"),
    )
    assert found.on(Facet.TEAMS, "stores") == ("new", "middle", "old")


def test_tags_that_look_alike_are_one_and_a_tag_of_one_story_has_no_shelf():
    found = shelves(
        a=story("tags: [Night Shift]\n"), b=story("tags: [night  shift]\n"), c=story("tags: [alone]\n")
    )
    assert set(found.works[Facet.TAGS]) == {"night-shift"}
    assert found.tags["night-shift"] in ("Night Shift", "night shift")


def test_a_translation_puts_the_work_on_the_shelves_of_its_own_words():
    found = shelves(
        night=story("tags: [night]\n"),
        night__fa=story("tags: [شب]\n", "شب\n"),
        other=story("tags: [شب]\n"),
    )
    assert set(found.on(Facet.TAGS, "شب")) == {"night", "other"}
    assert found.on(Facet.LANGUAGES, "fa") == ("night",)
    assert set(found.on(Facet.LANGUAGES, "en")) == {"night", "other"}


def test_one_language_is_nothing_to_look_through():
    assert shelves(night=story()).works[Facet.LANGUAGES] == {}


def test_a_week_is_that_of_the_day_in_the_newsletters_own_time_zone():
    late = story("date: 2026-03-08T23:30:00-05:00\n")
    assert list(shelves(night=late).works[Facet.WEEKS]) == ["2026-w11"]
    honolulu = SETTINGS.replace("Europe/London", "Pacific/Honolulu")
    assert list(shelves(honolulu, night=late).works[Facet.WEEKS]) == ["2026-w10"]


def test_what_nobody_may_see_yet_is_on_no_shelf():
    files: dict[str, str | bytes] = {
        "a.md": story("status: draft\nteam: stores\n"),
        "b.md": story("publish: 2027-01-01\nteam: stores\n"),
        "c.md": story("expires: 2026-04-01\nteam: stores\n"),
    }
    assert library(sources(files), at("2026-06-01")).shelves == Shelves(works={facet: {} for facet in Facet})


def test_a_year_counts_the_stories_and_the_editions_of_each_week():
    found = shelves(
        editions={"w10.md": "---\ndate: 2026-03-05\n---\n", "w12.md": "---\ndate: 2026-03-17\n---\n"},
        a=story(),
        b=story("date: 2026-03-05\n"),
        c=story("date: 2025-12-30\n"),
    )
    assert list(found.years) == [2026]  # the 30th of December 2025 is in the first week of 2026
    told = [(one.week.number, one.stories, one.editions) for one in found.years[2026]]
    assert told == [(1, 1, 0), (10, 2, 1), (12, 0, 1)]
    assert found.editions == {"2026-w10": ("w10",), "2026-w12": ("w12",)}
    assert set(found.works[Facet.YEARS]) == {"2025", "2026"}


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("Night", "night"),
        ("  a  b ", "a-b"),
        ("شیفت شب", "شیفت-شب"),
        ("نیم\u200cروز", "نیم\u200cروز"),
        ("../../etc", "etc"),
        ("a/b\\c", "a-b-c"),
        ("index", "index-"),
        ("!!!", ""),
        ("x" * 200, "x" * 60),
        ("STRASSE", tag_value("straße")),
    ],
)
def test_a_tag_becomes_a_name_that_any_disk_can_hold(tag: str, value: str):
    assert tag_value(tag) == value


def test_weeks_of_every_kind_of_year():
    for year in range(2015, 2045):
        weeks = weeks_of(year)
        assert len(weeks) in (52, 53)
        assert weeks[0].monday <= date(year, 1, 4) <= weeks[0].sunday
        assert all(
            week_of(week.monday) == week == week_of(week.sunday) == read_week(week.value) for week in weeks
        )
        assert service_week(year) in weeks
        assert date(year, 10, 1) <= service_week(year).monday <= date(year, 10, 7)
    assert [len(weeks_of(year)) for year in (2020, 2026, 2032)] == [53, 53, 53]
    assert service_week(2026) == Week(2026, 41)

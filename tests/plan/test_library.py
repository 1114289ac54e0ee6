"""What is published at one instant, in order."""

from __future__ import annotations

import pytest

from builder.model.story import Audience
from tests.values import MEASURE, at, library, sources, story

HERO = "heroes: [p-1]\n"


def test_works_are_in_order_newest_first_and_then_by_name():
    files: dict[str, str | bytes] = {
        "b.md": story("date: 2026-03-04\n"),
        "a.md": story("date: 2026-03-04\n"),
        "c.md": story("date: 2026-03-05\n"),
    }
    assert library(sources(files)).works == ("c", "a", "b")


def test_a_reader_gets_a_work_in_their_language_else_in_the_default_else_in_what_there_is():
    files: dict[str, str | bytes] = {
        "a.md": story(),
        "a.fa.md": "---\ntitle: شب\n---\n",
        "b.el.md": story(),
        "b.ms.md": "---\ntitle: M\n---\n",
    }
    found = library(sources(files))
    assert [found.version("a", one).lang for one in ("en", "fa", "el")] == ["en", "fa", "en"]
    assert [found.version("b", one).lang for one in ("ms", "fa", "el")] == ["ms", "el", "el"]


def test_a_translation_alone_may_be_a_draft_or_gone():
    files: dict[str, str | bytes] = {
        "a.md": story(),
        "a.fa.md": "---\ntitle: شب\nstatus: draft\n---\n",
        "b.md": story("expires: 2026-04-01\n"),
        "b.fa.md": "---\ntitle: شب\nexpires: 2027-01-01\n---\n",
    }
    found = library(sources(files))
    assert {work: set(by) for work, by in found.versions.items()} == {"a": {"en"}, "b": {"fa"}}


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-02-28", "2026-03-01"),
        ("2026-03-01", "2026-03-05T08:40"),
        ("2026-03-05T08:39", "2026-03-05T08:40"),
        ("2026-03-05T08:40", "2026-03-06"),
        ("2026-03-06", "2026-04-01"),
        ("2026-04-01", None),
    ],
)
def test_until_is_the_next_instant_at_which_anything_changes(now: str, until: str | None):
    given = sources(
        {"a.md": story("date: 2026-03-01\nexpires: 2026-04-01\n"), "b.md": story("date: 2026-03-05 08:40\n")},
        people="",
        editions={"w10.md": "---\ndate: 2026-03-06\n---\n"},
    )
    assert library(given, at(now)).until == (at(until) if until else None)


def test_a_hero_is_someone_who_may_be_named_and_is_celebrated():
    files: dict[str, str | bytes] = {
        "a.md": story(HERO + "date: 2026-03-04\n"),
        "b.md": story(HERO + "date: 2026-03-05\n"),
        "c.md": story("heroes: [p-2]\n"),
        "d.md": story(HERO + "consent: {p-1: {channels: [print]}}\n"),
        "e.md": story(HERO + "status: draft\n"),
    }
    assert [(one.person, one.works) for one in library(sources(files)).heroes] == [("p-1", ("b", "a"))]
    assert library(sources(files), audience=Audience.PUBLIC).heroes == ()


def test_editions_are_newest_first_and_only_those_that_are_ready():
    editions: dict[str, str | bytes] = {
        "w09.md": "---\ndate: 2026-02-26\n---\n",
        "w10.md": "---\ndate: 2026-03-05\n---\n",
        "w11.md": "---\ndate: 2026-03-12\nstatus: draft\n---\n",
        "w52.md": "---\ndate: 2026-12-24\n---\n",
    }
    assert [one.id for one in library(sources(editions=editions)).editions] == ["w10", "w09"]


@pytest.mark.parametrize(
    ("readings", "shown"),
    [
        ("- {period: 2026-01, counts: {satisfied: 4, others: 1}}\n", True),
        ("- {period: 2026-01, counts: {satisfied: 3, others: 1}}\n", False),
        ("- {period: 2026-01, value: 80}\n", True),
        ("- {period: 2026-01, value: 80, n: 500}\n- {period: 2026-02, value: 80, n: 2}\n", True),
        ("- {period: 2026-01, value: 80, n: 3}\n- {period: 2026-02, value: 80, n: 2}\n", False),
        ("[]\n", False),
    ],
)
def test_a_measure_that_speaks_for_too_few_is_not_shown(readings: str, shown: bool):
    found = library(sources(metrics={"m.yaml": MEASURE + readings}))
    assert [one.metric.id for one in found.metrics] == (["m"] if shown else [])


@pytest.mark.parametrize(
    ("line", "public"), [("", False), ("audience: visitors\n", False), ("audience: public\n", True)]
)
def test_a_measure_is_for_staff_unless_it_says_otherwise(line: str, public: bool):
    reading = "- {period: 2026-01, counts: {satisfied: 30, others: 10}}\n"
    given = sources(metrics={"m.yaml": line + MEASURE + reading})
    assert [one.metric.id for one in library(given).metrics] == ["m"]
    assert bool(library(given, audience=Audience.PUBLIC).metrics) is public

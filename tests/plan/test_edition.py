"""What an edition holds: chosen, or filled in by rule."""

from __future__ import annotations

import pytest

from builder.model.edition import Contents
from builder.plan.edition import MOST, fill, latest
from tests.values import MEASURE, at, library, sources, story

READING = "- {{period: {}, value: 50}}\n"


def filled(
    files: dict[str, str | bytes],
    editions: dict[str, str | bytes],
    metrics: dict[str, str | bytes] | None = None,
) -> Contents:
    """The newest edition's contents."""
    found = library(sources(files, editions=editions, metrics=metrics))
    edition = latest(found)
    assert edition is not None
    return fill(edition, found)


def test_without_editions_there_is_no_latest():
    assert latest(library(sources())) is None


def test_chosen_stories_stand_in_the_order_chosen_less_those_that_are_not_visible():
    files: dict[str, str | bytes] = {"a.md": story(), "b.md": story("status: draft\n"), "c.md": story()}
    edition = "---\ndate: 2026-03-05\nstories: [c, b, a]\n---\n"
    assert filled(files, {"w10.md": edition}).works == ("c", "a")


def test_where_all_that_was_chosen_is_gone_nothing_is_filled_in():
    files: dict[str, str | bytes] = {"a.md": story(), "b.md": story("status: draft\n")}
    assert filled(files, {"w10.md": "---\ndate: 2026-03-05\nstories: [b]\n---\n"}).works == ()


def test_the_rule_takes_what_is_new_since_the_edition_before_with_heroic_ones_first():
    files: dict[str, str | bytes] = {
        "before.md": story("date: 2026-02-25\n"),
        "on-the-day-before.md": story("date: 2026-02-26\nkind: small\n"),
        "small.md": story("date: 2026-03-04\nkind: small\n"),
        "heroic.md": story("date: 2026-03-01\nkind: heroic\n"),
        "same-day.md": story("date: 2026-03-05 17:00\nkind: light\n"),
        "after.md": story("date: 2026-03-06\n"),
    }
    editions: dict[str, str | bytes] = {
        "w09.md": "---\ndate: 2026-02-26\n---\n",
        "w10.md": "---\ndate: 2026-03-05\n---\n",
    }
    assert filled(files, editions).works == ("heroic", "same-day", "small", "on-the-day-before")


def test_the_rule_takes_no_more_than_an_edition_can_hold():
    files: dict[str, str | bytes] = {f"s-{number}.md": story() for number in range(MOST + 3)}
    assert len(filled(files, {"w10.md": "---\ndate: 2026-03-05\n---\n"}).works) == MOST


def test_the_first_edition_of_all_looks_back_a_month():
    files: dict[str, str | bytes] = {"a.md": story("date: 2026-02-03\n"), "b.md": story("date: 2026-01-31\n")}
    assert filled(files, {"w10.md": "---\ndate: 2026-03-05\n---\n"}).works == ("a",)


def test_a_number_is_the_newest_from_outside_unless_one_was_chosen():
    metrics: dict[str, str | bytes] = {
        "inside.yaml": MEASURE.replace("external", "internal") + READING.format("2026-01"),
        "old.yaml": MEASURE + READING.format("2026-01"),
        "new.yaml": MEASURE + READING.format("2026-02"),
    }
    assert filled({}, {"w10.md": "---\ndate: 2026-03-05\n---\n"}, metrics).metrics[0].metric.id == "new"
    chosen = "---\ndate: 2026-03-05\nnumbers: [inside, old]\n---\n"
    assert [one.metric.id for one in filled({}, {"w10.md": chosen}, metrics).metrics] == ["inside", "old"]


@pytest.mark.parametrize(
    ("day", "periods"),
    [("2026-02-28", ["2026-01"]), ("2026-03-01", ["2026-01", "2026-02"]), ("2026-01-31", [])],
)
def test_a_number_stands_in_an_edition_as_it_stood_on_its_day(day: str, periods: list[str]):
    metrics: dict[str, str | bytes] = {
        "m.yaml": MEASURE + "".join(READING.format(one) for one in ("2026-01", "2026-02", "2026-03"))
    }
    shown = filled({}, {"w10.md": f"---\ndate: {day}\nnumbers: [m]\n---\n"}, metrics).metrics
    assert [one.period for given in shown for one in given.metric.readings] == periods


def test_a_chosen_number_that_is_hidden_leaves_its_place_empty():
    metrics: dict[str, str | bytes] = {
        "few.yaml": MEASURE + "- {period: 2026-01, value: 50, n: 2}\n",
        "many.yaml": MEASURE + READING.format("2026-01"),
    }
    assert filled({}, {"w10.md": "---\ndate: 2026-03-05\nnumbers: [few]\n---\n"}, metrics).metrics == ()


def test_an_edition_of_tomorrow_is_not_the_latest():
    editions: dict[str, str | bytes] = {
        "w10.md": "---\ndate: 2026-03-05\n---\n",
        "w11.md": "---\ndate: 2026-03-12\n---\n",
    }
    found = library(sources(editions=editions), at("2026-03-11T23:59"))
    edition = latest(found)
    assert edition is not None
    assert edition.id == "w10"

"""What an edition holds: chosen, or filled in by rule."""

from __future__ import annotations

import pytest

from builder.model.edition import Contents, Fullness, Reason
from builder.plan.edition import contents_of, latest
from tests.values import MEASURE, SETTINGS, at, library, sources, story

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
    return contents_of(found)[edition.id]


def test_without_editions_there_is_no_latest():
    assert latest(library(sources())) is None


def test_chosen_stories_stand_in_the_order_chosen_less_those_that_are_not_visible():
    files: dict[str, str | bytes] = {"a.md": story(), "b.md": story("status: draft\n"), "c.md": story()}
    edition = "---\ndate: 2026-03-05\nstories: [c, b, a]\n---\n"
    assert filled(files, {"w10.md": edition}).works == ("c", "a")


def test_where_all_that_was_chosen_is_gone_nothing_is_filled_in():
    files: dict[str, str | bytes] = {"a.md": story(), "b.md": story("status: draft\n")}
    assert filled(files, {"w10.md": "---\ndate: 2026-03-05\nstories: [b]\n---\n"}).works == ()


def test_a_number_is_the_newest_from_outside_unless_one_was_chosen():
    metrics: dict[str, str | bytes] = {
        "inside.yaml": MEASURE.replace("external", "internal") + READING.format("2026-01"),
        "old.yaml": MEASURE + READING.format("2026-01"),
        "new.yaml": MEASURE + READING.format("2026-02"),
    }
    by_rule = filled({}, {"w10.md": "---\ndate: 2026-03-05\n---\n"}, metrics)
    assert [one.metric.id for one in by_rule.metrics] == ["new"]
    assert by_rule.numbers_why
    assert (by_rule.numbers_why.reason, by_rule.numbers_why.fact("period")) == (Reason.OUTSIDE, "2026-02")
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


@pytest.mark.parametrize(
    ("kind", "stories", "settings", "opening", "expected"),
    [
        ("weekly", 3, "short", "", Fullness.FULL),
        ("weekly", 2, "short", "", Fullness.SHORT),
        ("weekly", 2, "none", "Hello", Fullness.NONE),
        ("weekly", 0, "short", "Hello", Fullness.SHORT),
        ("weekly", 0, "short", " ", Fullness.NONE),
        ("day-after", 2, "none", "", Fullness.FULL),
        ("daily", 1, "none", "", Fullness.FULL),
        ("daily", 0, "short", "", Fullness.NONE),
        ("correction", 0, "none", "It was twelve.", Fullness.FULL),
        ("correction", 0, "short", "", Fullness.NONE),
        ("yearbook", 3, "short", "", Fullness.SHORT),
    ],
)
def test_a_thin_edition_is_a_short_one_or_none(
    kind: str, stories: int, settings: str, opening: str, expected: Fullness
):
    files: dict[str, str | bytes] = {f"s{n}.md": story(f"date: 2026-03-05 0{n}:00\n") for n in range(stories)}
    files |= {f"s{n}.md": story("date: 2026-03-05 01:00\nkind: small\n") for n in range(1, stories)}
    given = sources(
        files,
        editions={"w10.md": f"---\ndate: 2026-03-05\nkind: {kind}\n---\n{opening}"},
        settings=SETTINGS.replace("light.example}", f"light.example, thin: {settings}}}"),
    )
    assert contents_of(library(given))["w10"].fullness is expected


def test_what_an_editor_chose_is_never_too_little():
    files: dict[str, str | bytes] = {"a.md": story()}
    contents = filled(files, {"w10.md": "---\ndate: 2026-03-05\nstories: [a]\n---\n"})
    assert contents.fullness is Fullness.FULL


def test_reading_time_is_that_of_the_words_of_the_mail():
    long = " ".join(["word"] * 290)
    contents = filled(
        {"a.md": story(f"summary: {' '.join(['word'] * 10)}\n")},
        {"w10.md": f"---\ndate: 2026-03-05\n---\n{long}\n"},
    )
    assert dict(contents.words)["en"] == 290 + 2 + 10
    assert contents.minutes("en") == 2


def test_what_an_edition_that_does_not_go_out_holds_was_told_to_nobody():
    files: dict[str, str | bytes] = {"a.md": story("date: 2026-03-04\n"), "b.md": story("date: 2026-03-05\n")}
    editions: dict[str, str | bytes] = {
        "w10.md": "---\ndate: 2026-03-05\n---\nHello.\n",
        "w11.md": "---\ndate: 2026-03-12\n---\nHello.\n",
    }
    thin = SETTINGS.replace("light.example}", "light.example, thin: none}")
    held = contents_of(library(sources(files, editions=editions, settings=thin), at("2026-03-20")))
    assert held["w10"].fullness is Fullness.NONE
    assert set(held["w11"].works) == {"a", "b"}


def test_an_edition_of_which_nothing_may_be_seen_and_that_says_nothing_is_none():
    files: dict[str, str | bytes] = {"a.md": story("status: draft\n")}
    for body, expected in (("", Fullness.NONE), ("Hello.\n", Fullness.FULL)):
        contents = filled(files, {"w10.md": f"---\ndate: 2026-03-05\nstories: [a]\n---\n{body}"})
        assert contents.fullness is expected

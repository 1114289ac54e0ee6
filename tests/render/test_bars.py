"""Gaps, answers and balance as bars and squares: how long each is, where it stands, and what it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from builder.load.words import catalogues
from builder.model.gap import Gap, GapKind
from builder.render.balances import balance_chart
from builder.render.gaps import GapChart, gap_chart
from builder.render.stacks import stack
from builder.render.templates import Templates
from builder.render.words import Speaker
from tests.values import LONDON, theme

SPEAKERS = {one: Speaker(catalogues(theme())[0][one], LONDON) for one in ("en", "fa", "el", "ms")}
TEMPLATES = Templates(dict(theme().templates))


def drawn(wanted: float, found: float, language: str = "en", *, up: bool = True) -> GapChart:
    speaker = SPEAKERS[language]
    gap = Gap(id="beds", kind=GapKind.DELIVERY, wanted=wanted, found=found, up=up)
    return gap_chart(gap, speaker, title="Beds", number=speaker.number)


def test_a_bar_is_as_long_as_its_number():
    chart = drawn(80, 60)
    assert chart.found.width / chart.wanted.width == pytest.approx(60 / 80, abs=0.01)
    assert chart.wanted.x == chart.found.x
    begin, extent, y = chart.between
    assert y == chart.found.y
    assert begin == pytest.approx(chart.found.x + chart.found.width, abs=0.2)
    assert extent == pytest.approx(chart.wanted.width - chart.found.width, abs=0.2)


def test_the_gap_stands_beyond_the_end_of_the_shorter_bar():
    assert drawn(30, 42, up=False).between[2] == drawn(30, 42, up=False).wanted.y
    assert drawn(42, 30, up=False).between[2] == drawn(42, 30, up=False).found.y


def test_persian_words_that_begin_with_a_number_keep_their_order():
    """The drawing goes from left to right, and would set `۱۲ بدتر` the wrong way round."""
    chart = drawn(30, 42, "fa", up=False)
    assert [chart.verdict[0], chart.found.number[0]] == ["\u200f"] * 2
    assert drawn(30, 42, "el").verdict[0] != "\u200f"
    assert stack([("a", 1), ("b", 1)], SPEAKERS["fa"], title="T", id="t").parts[0].label == "\u200f۵۰٪ · ۱"


@pytest.mark.parametrize(
    ("wanted", "found", "up", "verdict", "short"),
    [
        (80, 60, True, "20 worse", True),
        (80, 95, True, "15 better", False),
        (30, 42, False, "12 worse", True),
        (30, 25, False, "5 better", False),
        (30, 30, True, "No gap", False),
        (30.2, 30.4, True, "No gap", False),
        (0, 0, True, "No gap", False),
        (-20, 10, True, "30 better", False),
    ],
)
def test_a_gap_says_which_way_it_goes(wanted: float, found: float, up: bool, verdict: str, short: bool):
    chart = drawn(wanted, found, up=up)
    assert (chart.verdict, chart.short) == (verdict, short)
    assert chart.description.endswith(f"{verdict}.")
    assert bool(chart.between[1]) == (verdict != "No gap")


def test_bars_begin_where_a_line_of_the_language_begins():
    english, persian = drawn(80, 60), drawn(80, 60, "fa")
    assert english.found.x == 2
    assert persian.found.x + persian.found.width == persian.width - 2
    assert (english.anchors, persian.anchors) == (("start", "end"), ("end", "start"))
    assert not re.search("[0-9]", persian.description)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=5).filter(any))
def test_the_parts_of_a_bar_are_its_answers_and_fill_it(counts: list[int]):
    made = stack(
        [(f"a{place}", count) for place, count in enumerate(counts)], SPEAKERS["en"], title="T", id="t"
    )
    for part, count in zip(made.parts, counts, strict=True):
        assert part.width == pytest.approx(396 * count / sum(counts), abs=0.2)
    assert sum(part.width for part in made.parts) == pytest.approx(396, abs=0.5)
    assert len({part.ground for part in made.parts}) == len(counts)
    assert len({part.row for part in made.parts}) == len(counts)


def test_what_nobody_answered_has_a_row_and_no_stretch():
    made = stack([("yes", 5), ("no", 0)], SPEAKERS["fa"], title="T", id="t")
    svg = LexborHTMLParser(TEMPLATES.render("charts/stack.svg", chart=made))
    assert len(svg.css("rect")) == 3
    assert [part.share for part in made.parts] == ["۱۰۰٪", "۰٪"]


@pytest.mark.parametrize(("external", "internal"), [(0, 0), (4, 4), (1, 40), (17, 18), (18, 19)])
@pytest.mark.parametrize("language", SPEAKERS)
def test_there_is_a_square_for_each_measure_and_all_are_on_the_paper(
    external: int, internal: int, language: str
):
    made = balance_chart(external, internal, SPEAKERS[language], title="T", id="t")
    assert [len(row.squares) for row in made.rows] == [external, internal]
    places = [place for row in made.rows for place in row.squares]
    assert len(set(places)) == external + internal
    assert all(0 <= x <= made.width - made.square and 0 <= y <= made.height - made.square for x, y in places)


@pytest.mark.parametrize("language", SPEAKERS)
def test_every_drawing_is_left_to_right_has_a_name_and_ids_of_its_own(language: str):
    speaker = SPEAKERS[language]
    page = "".join(
        (
            TEMPLATES.render("charts/gap.svg", chart=drawn(80, 60, language)),
            TEMPLATES.render(
                "charts/stack.svg", chart=stack([("a", 1), ("b", 2)], speaker, title="T", id="s1")
            ),
            TEMPLATES.render(
                "charts/stack.svg", chart=stack([("a", 1), ("b", 2)], speaker, title="T", id="s2")
            ),
            TEMPLATES.render("charts/balance.svg", chart=balance_chart(3, 4, speaker, title="T", id="b")),
        )
    )
    tree = LexborHTMLParser(page)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for svg in tree.css("svg"):
        assert svg.attributes["direction"] == "ltr"
        assert svg.attributes["role"] == "img"
        assert svg.attributes["lang"] == language
        for one in (svg.attributes["aria-labelledby"] or "").split():
            assert one in ids
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)

"""The pages of numbers as readers get them: what they say, and what is in no byte of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.render import pages
from tests.values import MEASURE, TEAMS, prepared, sources, story

SEGMENTS = """\
- period: 2026-01
  counts: {satisfied: 60, others: 40}
  segments:
  - {team: stores, counts: {satisfied: 40, others: 20}}
  - {team: duo, counts: {satisfied: 3, others: 1}}
  - {team: ward, counts: {satisfied: 17, others: 19}}
"""
WARD = TEAMS + "- {id: ward, name: {en: The Ward, fa: بخش}, headcount: 30}\n"


def made(teams: str = TEAMS, stories: Mapping[str, str] | None = None, **metrics: str) -> dict[str, str]:
    """Every page by its address."""
    ready = prepared(
        sources(
            stories=stories or {},
            teams=teams,
            metrics={f"{id.replace('_', '-')}.yaml": text for id, text in metrics.items()},
        )
    )
    return {
        page.address: pages.render(page, ready.press).data.decode()
        for page in ready.plan.pages
        if page.address.endswith(".html")
    }


def texts(html: str, css: str) -> list[str]:
    return [" ".join(one.text().split()) for one in LexborHTMLParser(html).css(css)]


def months(*satisfied: int, of: int = 100) -> str:
    return "".join(
        f"- {{period: {2025 + at // 12}-{at % 12 + 1:02}, counts: {{satisfied: {one}, others: {of - one}}}}}\n"
        for at, one in enumerate(satisfied)
    )


def test_what_customers_say_stands_beside_what_is_counted_inside():
    inside = MEASURE.replace("side: external", "side: internal")
    page = made(out=MEASURE + months(80), ours=f"pair: out\n{inside}{months(70)}")
    card = page["en/scorecard.html"]
    assert texts(card, ".side > h2") == ["What customers say of us", "What we count ourselves"]
    assert texts(card, ".balance") == ["Of 2 measures: 1 from those we serve, 1 from our own work."]
    assert texts(card, ".side:nth-of-type(2) .metric-facts dd a") == ["Would recommend"]


def test_a_measure_green_outside_and_red_inside_says_so_on_both_pages():
    inside = "pair: out\ntarget: 60\n" + MEASURE.replace("side: external", "side: internal")
    page = made(out="target: 90\n" + MEASURE + months(50), inner=inside + months(80))
    for address in ("en/scorecard.html", "en/measures/inner.html"):
        assert [one[:30] for one in texts(page[address], ".metric-warning")] == [
            "Green outside, red inside: thi"
        ]
    assert not texts(page["en/measures/out.html"], ".metric-warning")


def test_a_small_team_is_in_no_byte_of_the_site():
    found = made(teams=WARD, asked=MEASURE + SEGMENTS)
    for address in ("en/measures/asked.html", "en/rounds/2026-01.html"):
        rows = texts(found[address], ".parts tbody tr")
        assert rows == ["Stores 67% 54 to 77 60", "all others 50% 35 to 65 40"], address
        assert [one[:26] for one in texts(found[address], ".parts .small-print")] == [
            "Where fewer than 5 answere"
        ]
    shown = "".join(
        html for address, html in found.items() if "/measures/" in address or "/rounds/" in address
    )
    assert "The Ward" not in shown
    assert "Duo" not in shown


def test_a_reading_of_too_few_is_a_gap_that_says_why():
    text = MEASURE + months(80, 70) + "- {period: 2025-03, counts: {satisfied: 1, others: 2}}\n"
    found = made(asked=text)
    assert texts(found["en/measures/asked.html"], ".metric-table tbody tr")[0] == (
        "March 2025 too few answered for it to be shown"
    )
    assert "en/rounds/2025-03.html" not in found
    assert "33%" not in found["en/measures/asked.html"]


def test_a_round_shows_everybody_what_was_answered():
    text = MEASURE + (
        "- {period: 2026-01, counts: {satisfied: 40, others: 10}, invited: 210, undelivered: 10,"
        " outcomes: {refused: 100, not_reached: 50}}\n"
    )
    found = made(asked=text)["en/rounds/2026-01.html"]
    assert texts(found, "h1") == ["What people told us: January 2026"]
    assert texts(found, ".answers tbody tr") == ["satisfied 80% 40", "not satisfied 20% 10"]
    assert texts(found, ".metric-response") == [
        "50 of 200 whom we reached answered: 25%.",
        "By the strictest way of counting (AAPOR RR1): 25%.",
        "Most people did not answer. We do not know what they think.",
    ]


def test_what_nobody_was_asked_is_no_round():
    found = made(ours=MEASURE.replace("side: external", "side: internal") + months(80))
    assert not [one for one in found if "/rounds/" in one]
    page = found["en/measures/ours.html"]
    assert texts(page, ".answers h2") == ["What was counted"]
    assert texts(page, ".metric-facts .small-print")[-1].startswith("A full count from our own books")
    assert texts(page, ".metric-table thead th") == ["Period", "Result", "Counted"]


def test_a_column_that_no_reading_has_anything_for_is_left_out():
    first = "breaks: [{period: 2026-02, note: asked anew}]\n" + MEASURE
    table = "- {period: 2026-01, value: 70}\n- {period: 2026-02, value: 80}\n"
    page = made(bare=first + table)["en/measures/bare.html"]
    assert texts(page, ".metric-table thead th") == ["Period", "Result"]
    assert texts(page, ".metric-table tbody tr") == [
        "February 2026 80%",
        "Note: asked anew",
        "January 2026 70%",
    ]
    assert 'colspan="2"' in page
    some = made(some=first + table + "- {period: 2026-03, value: 90, n: 40}\n")["en/measures/some.html"]
    assert texts(some, ".metric-table thead th") == ["Period", "Result", "Counted"]
    assert texts(some, ".metric-table tbody tr")[:2] == ["March 2026 90% 40", "February 2026 80%"]
    assert 'colspan="3"' in some


@pytest.mark.parametrize(
    ("satisfied", "said"),
    [
        ((50,) * 9, "9 readings so far. From ten on we say whether anything shows in them beyond chance."),
        (
            (50, 52, 49, 51, 50, 52, 48, 51, 50, 49, 51),
            "Its usual ups and downs lie between 45% and 56%, and nothing stands out from them.",
        ),
        (
            (50, 51, 50, 51, 50, 51, 50, 51, 50, 51, 80),
            "November 2025 stands out: 80%, when its usual ups and downs lie between 43% and 63%.",
        ),
        (
            (50, 51, 52, 51, 50, 60, 61, 60, 61, 60, 61, 60),
            "From June 2025 to December 2025 it was above its middle, 56%, every time: more than chance.",
        ),
        (
            (50, 49, 50, 40, 41, 42, 43, 44, 45, 46, 47),
            "From April 2025 to November 2025 it rose every time: more than chance.",
        ),
    ],
)
def test_the_long_view_is_said_in_words(satisfied: tuple[int, ...], said: str):
    assert texts(made(asked=MEASURE + months(*satisfied))["en/measures/asked.html"], ".metric-trend p") == [
        said
    ]


def test_the_long_view_begins_anew_where_the_method_changed():
    text = "breaks: [{period: 2025-06}]\n" + MEASURE + months(*(50,) * 12)
    assert texts(made(asked=text)["en/measures/asked.html"], ".metric-trend p") == [
        "7 readings so far. From ten on we say whether anything shows in them beyond chance.",
        "Counted since June 2025, when the method changed.",
    ]


def test_stories_stand_behind_a_number_and_can_be_cut_out():
    found = made(stories={"night.md": story("supports: [asked]\n")}, asked=MEASURE + months(80))
    assert texts(found["en/measures/asked.html"], ".metric-stories .card-title") == ["A night"]
    assert "<!--[night]-->" in found["en/scorecard.html"]
    assert texts(found["en/scorecard.html"], ".metric-facts dd a") == ["A night"]
    assert 'href="../measures/asked.html"' in found["en/stories/night.html"]


def test_a_measure_says_whose_it_is_and_what_for():
    found = made(asked="owner: stores\ngoal: Nobody waits.\n" + MEASURE + months(80))[
        "en/measures/asked.html"
    ]
    assert texts(found, ".metric-facts dd")[:2] == ["Nobody waits.", "Stores"]

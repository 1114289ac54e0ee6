"""What an editor is told about measures: what is hidden, what is lopsided, and what is green outside and red inside."""

from __future__ import annotations

import pytest

from builder.problem import Level
from tests.check.test_rules import found
from tests.values import MEASURE

GOOD = "- {period: 2026-01, counts: {satisfied: 480, others: 20}}\n"
POOR = "- {period: 2026-01, counts: {satisfied: 250, others: 250}}\n"
INSIDE = MEASURE.replace("side: external", "side: internal")
TARGET = "target: 80\n"


def test_readings_and_teams_that_are_hidden_are_said():
    segments = "segments: [{team: stores, counts: {satisfied: 1, others: 1}}]"
    readings = (
        "- {period: 2026-01, counts: {satisfied: 2, others: 1}}\n"
        f"- {{period: 2026-02, counts: {{satisfied: 30, others: 9}}, {segments}}}\n"
    )
    assert found(metrics={"m.yaml": MEASURE + readings}) == [
        ("reading-hidden", Level.WARNING, "metrics/m.yaml", 0),
        ("segments-hidden", Level.HINT, "metrics/m.yaml", 0),
    ]


def test_a_measure_from_inside_names_one_from_outside():
    unpaired = [("metric-unpaired", Level.WARNING, "metrics/i.yaml", 0)]
    assert found(metrics={"i.yaml": INSIDE + GOOD}) == unpaired
    assert found(metrics={"i.yaml": "pair: j\n" + INSIDE + GOOD, "j.yaml": "pair: i\n" + INSIDE + GOOD}) == [
        *unpaired,
        ("metric-unpaired", Level.WARNING, "metrics/j.yaml", 0),
    ]
    assert found(metrics={"i.yaml": "pair: o\n" + INSIDE + GOOD, "o.yaml": MEASURE + GOOD}) == []


@pytest.mark.parametrize(
    ("inside", "outside", "watermelon"), [(GOOD, POOR, True), (GOOD, GOOD, False), (POOR, POOR, False)]
)
def test_green_outside_and_red_inside_is_said(inside: str, outside: str, watermelon: bool):
    metrics = {"i.yaml": "pair: o\n" + TARGET + INSIDE + inside, "o.yaml": TARGET + MEASURE + outside}
    assert [one[0] for one in found(metrics=metrics)] == (["watermelon"] if watermelon else [])


def test_a_scorecard_that_hardly_asks_customers_is_said():
    pair = "pair: o\n" + INSIDE + GOOD
    metrics = {"o.yaml": MEASURE + GOOD, "a.yaml": pair, "b.yaml": pair}
    assert found(metrics=metrics) == []
    assert found(metrics={**metrics, "c.yaml": pair}) == [("scorecard-lopsided", Level.HINT, "metrics/", 0)]


@pytest.mark.parametrize(
    ("words", "missing"), [("One text.", False), ("{en: One.}", True), ("{en: One., fa: Two.}", False)]
)
def test_plain_words_are_for_readers_of_each_language(words: str, missing: bool):
    text = MEASURE.replace("How many would send a friend.", words)
    assert [one[0] for one in found(metrics={"m.yaml": text + GOOD})] == ["plain-words-missing"] * missing

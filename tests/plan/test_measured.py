"""What may be said of a measure: its doubt, and where there is none."""

from __future__ import annotations

import pytest

from builder.load.metrics import read_metric
from builder.model.estimate import Standing
from builder.model.metric import Measured
from builder.plan.measured import measured
from tests.values import MEASURE, file

COUNTS = ("{satisfied: 61, others: 39}", "{satisfied: 58, others: 42}")


def made(*readings: str, side: str = "external", more: str = "") -> Measured:
    text = more + MEASURE.replace("side: external", f"side: {side}")
    text += "".join(f"- {{period: 2026-0{month}, {one}}}\n" for month, one in enumerate(readings, 1))
    metric, problems = read_metric(file("stories/metrics/m.yaml", text))
    assert metric is not None
    assert not problems
    assert metric.side == side
    return measured(metric)


def test_what_people_answered_has_its_doubt_in_every_reading():
    found = made(*(f"counts: {one}" for one in COUNTS))
    assert [one.n for one in found.estimates if one] == [100, 100]
    assert found.change is not None
    assert not found.change.is_clear


@pytest.mark.parametrize(("invited", "doubted"), [("", False), (", invited: 300", True)])
def test_our_own_books_have_none_unless_people_were_asked(invited: str, doubted: bool):
    found = made(*(f"counts: {one}{invited}" for one in COUNTS), side="internal")
    assert [bool(one) for one in found.estimates] == [doubted, doubted]
    assert (found.change is not None) is doubted


def test_a_score_that_nobody_counted_has_none():
    found = made("value: 61, n: 100", "value: 58, n: 100")
    assert (found.estimates, found.change) == ((None, None), None)


def test_over_a_change_of_method_there_is_no_change():
    assert made(*(f"counts: {one}" for one in COUNTS), more="breaks: [{period: 2026-02}]\n").change is None


def test_a_single_reading_is_no_change():
    assert made(f"counts: {COUNTS[0]}").change is None


@pytest.mark.parametrize(
    ("side", "standing"), [("external", Standing.UNCERTAIN), ("internal", Standing.NEAR)]
)
def test_a_target_within_the_doubt_is_neither_met_nor_missed(side: str, standing: Standing):
    assert made(f"counts: {COUNTS[1]}", side=side, more="target: 60\n").standing is standing


def test_without_a_target_nothing_stands_anywhere():
    assert made(f"counts: {COUNTS[0]}").standing is None

"""Whether a scorecard is in balance, and which measures are green outside and red inside."""

from __future__ import annotations

import pytest

from builder.load.metrics import read_metric
from builder.model.metric import Measured
from builder.plan.balance import balance, falls
from builder.plan.measured import measured
from tests.values import MEASURE, file

FEW, SOME, MANY = (
    "{satisfied: 250, others: 250}",
    "{satisfied: 320, others: 180}",
    "{satisfied: 480, others: 20}",
)


def made(id: str, *counts: str, side: str = "external", more: str = "target: 80\n") -> Measured:
    text = more + MEASURE.replace("side: external", f"side: {side}")
    text += "".join(f"- {{period: 2026-{at:02}, counts: {one}}}\n" for at, one in enumerate(counts, 1))
    metric, _ = read_metric(file(f"stories/metrics/{id}.yaml", text))
    assert metric is not None
    return measured(metric)


def inside(id: str, *counts: str, pair: str = "o") -> Measured:
    return made(id, *counts, side="internal", more=f"target: 80\npair: {pair}\n")


@pytest.mark.parametrize(
    ("internal", "external", "watermelon"),
    [
        ((MANY,), (FEW,), True),
        ((MANY,), (MANY,), False),
        ((FEW,), (FEW,), False),
        ((MANY,), (MANY, SOME), True),
    ],
)
def test_a_watermelon_is_green_outside_and_red_inside(
    internal: tuple[str, ...], external: tuple[str, ...], watermelon: bool
):
    found = balance([inside("i", *internal), made("o", *external)])
    assert found.watermelons == (("i",) if watermelon else ())
    assert (found.external, found.internal, found.unpaired) == (1, 1, ())


def test_a_measure_falls_by_a_clear_change_alone():
    assert falls(made("o", MANY, SOME))
    assert not falls(made("o", SOME, MANY))
    assert not falls(made("o", MANY, "{satisfied: 478, others: 22}"))
    assert falls(made("o", FEW, SOME, more="direction: down\n"))


def test_a_measure_falls_by_its_trend_where_nobody_was_asked():
    counts = [f"{{satisfied: {90 - 2 * step}, others: {10 + 2 * step}}}" for step in range(12)]
    assert falls(made("i", *counts, side="internal"))
    assert not falls(made("i", *reversed(counts), side="internal"))
    assert not falls(made("i", *counts[:9], side="internal"))


def test_a_pair_that_is_not_there_or_looks_from_inside_too_is_none():
    assert balance([inside("i", FEW), made("p", FEW)]).unpaired == ("i",)
    assert balance([inside("i", FEW, pair="j"), inside("j", FEW, pair="i")]).unpaired == ("i", "j")


@pytest.mark.parametrize(
    ("external", "internal", "fair"),
    [(1, 1, True), (2, 3, True), (3, 2, True), (1, 3, False), (3, 1, False), (0, 0, True)],
)
def test_between_two_and_three_of_five_is_fair(external: int, internal: int, fair: bool):
    all_ = [made(f"o{at}", FEW) for at in range(external)] + [inside(f"i{at}", FEW) for at in range(internal)]
    assert balance(all_).is_fair is fair

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from builder.model.measure_file import MeasureFile, ReadingPlace
from builder.model.survey import Round, State
from builder.plan.measure_changes import jumps, of_rounds, of_values


def file(*readings: dict[str, Any], method: str = "csat") -> MeasureFile:
    places = tuple(
        ReadingPlace(period=one["period"], data=one, first=0, last=0, dash=0, flow=True) for one in readings
    )
    return MeasureFile(
        id="m", path="m", names=(), method=method, scale=None, readings=places, begin=0, data={}, raw=b""
    )


def one(period: str, **counts: int) -> Round:
    return Round(period=period, counts=counts, segments={})


def test_a_period_is_new_or_there_already_or_differs():
    measure = file({"period": "2026-01", "counts": {"satisfied": "4", "others": "1"}, "invited": "30"})
    found = of_rounds(
        measure, [one("2026-01", others=1, satisfied=4), one("2026-02", satisfied=1, others=1)], {}
    )
    assert [change.state for change in found] == [State.SAME, State.NEW]
    found = of_rounds(measure, [one("2026-01", satisfied=5, others=1)], {"2026-01": 40})
    assert [change.state for change in found] == [State.DIFFERS]
    assert found[0].after == {
        "period": "2026-01",
        "counts": {"satisfied": "5", "others": "1"},
        "invited": "40",
    }


def test_how_many_wrote_something_is_said_where_people_were_asked_for_words():
    measure = file({"period": "2026-01", "counts": {"satisfied": "4", "others": "1"}})
    rounds = [replace(one("2026-01", satisfied=4, others=1), wrote=3), one("2026-02", satisfied=1, others=1)]
    without = of_rounds(measure, rounds, {})
    assert [(change.state, change.after.get("comments")) for change in without] == [
        (State.SAME, None),
        (State.NEW, None),
    ]
    found = of_rounds(measure, rounds, {}, commented=True)
    assert [(change.state, change.after["comments"]) for change in found] == [
        (State.DIFFERS, "3"),
        (State.NEW, "0"),
    ]
    again = file(*(dict(change.after) for change in found))
    assert {change.state for change in of_rounds(again, rounds, {}, commented=True)} == {State.SAME}
    assert {change.state for change in of_rounds(again, rounds, {})} == {State.SAME}, "what is known stays"


def test_a_mark_that_nobody_gave_may_be_written_or_not():
    measure = file({"period": "2026-01", "counts": {"1": "0", "5": "3"}}, method="mean")
    assert (
        of_rounds(measure, [Round(period="2026-01", counts={"1": 0, "5": 3}, segments={})], {})[0].state
        is State.SAME
    )


def test_a_value_is_the_same_however_it_is_written():
    measure = file({"period": "2026-01", "value": "12.50"})
    assert of_values(measure, {"2026-01": (Decimal("12.5"), None)})[0].state is State.SAME
    assert of_values(measure, {"2026-01": (Decimal("12.6"), None)})[0].after["value"] == "12.6"
    assert of_values(None, {"2026-01": (Decimal(1), 3)})[0].after == {
        "period": "2026-01",
        "value": "1",
        "n": "3",
    }


def test_counts_take_the_place_of_a_value_and_all_that_belonged_to_it():
    measure = file({"period": "2026-01", "value": "4", "n": "9", "spread": "1", "invited": "20"})
    after = of_rounds(measure, [one("2026-01", satisfied=1, others=1)], {})[0].after
    assert set(after) == {"period", "counts", "invited"}


def test_a_change_of_unit_shows_as_a_jump():
    values = {
        "2026-01": Decimal(12),
        "2026-02": Decimal(0),
        "2026-03": Decimal(13),
        "2026-04": Decimal(12_800),
    }
    assert jumps(values) == (("2026-03", "2026-04"),)
    assert jumps({"2026-01": Decimal(1), "2026-02": Decimal(50)}) == ()

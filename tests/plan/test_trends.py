"""The course of a measure: its usual range, and four signals that are more than chance."""

from __future__ import annotations

import pytest

from builder.model.trend import Sign, Signal
from builder.plan.trends import trend

CALM = [50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 51.0, 49.0, 52.0, 50.0, 49.0, 51.0]


def signals(values: list[float]) -> list[Signal]:
    shown = trend(values)
    assert shown is not None
    return list(shown.signals)


def test_fewer_than_ten_readings_show_no_trend():
    assert trend(CALM[:9]) is None
    assert trend(CALM[:10]) is not None


def test_a_calm_line_has_limits_and_no_signal():
    shown = trend(CALM)
    assert shown is not None
    # Mean 50.17; the steps add up to 23 over 11 of them; 2.66 times that is 5.56.
    assert (round(shown.middle, 2), round(shown.low, 2), round(shown.high, 2)) == (50.17, 44.6, 55.73)
    assert shown.signals == ()


def test_a_point_outside_the_limits_is_seen_on_its_side():
    assert signals([*CALM, 90.0])[-1] == Signal(Sign.OUTSIDE, 12, 12, up=True)
    assert Signal(Sign.OUTSIDE, 12, 12, up=False) in signals([*CALM, 10.0])


@pytest.mark.parametrize(("run", "seen"), [(6, 0), (7, 1), (9, 1)])
def test_seven_in_a_row_on_one_side_are_a_shift(run: int, seen: int):
    line = [50.0, 52.0] * 5 + [53.0, 52.5] * 5
    below = [45.0 + place % 2 for place in range(run)]
    found = [
        one for one in signals(line + below) if one.sign is Sign.SHIFT and not one.up and one.first >= 20
    ]
    assert len(found) == seen
    assert all((one.first, one.last) == (20, 19 + run) for one in found)


def test_a_point_on_the_middle_ends_a_run():
    high, low = [51.0] * 6, [49.0] * 6
    assert [one for one in signals([*high, 50.0, *low]) if one.sign is Sign.SHIFT] == []
    assert [one for one in signals([*high, 51.0, *low, 49.0]) if one.sign is Sign.SHIFT] == [
        Signal(Sign.SHIFT, 0, 6, up=True),
        Signal(Sign.SHIFT, 7, 13, up=False),
    ]


@pytest.mark.parametrize(("length", "seen"), [(6, 0), (7, 1)])
def test_seven_each_higher_than_the_one_before_are_a_drift(length: int, seen: int):
    climb = [47.0 + place for place in range(length)]
    found = [one for one in signals([49.0, 50.0, 48.0, 51.0, 47.5, *climb, 47.0]) if one.sign is Sign.DRIFT]
    assert len(found) == seen
    assert all(one.up and one.last - one.first == 6 for one in found)


def test_two_equal_readings_end_a_drift():
    assert [one.sign for one in signals([1, 2, 3, 4, 4, 5, 6, 7, 1, 9, 1, 9]) if one.sign is Sign.DRIFT] == []


def test_two_of_three_near_the_same_limit_are_a_signal_and_near_both_are_not():
    wide = [51.0, 53.0] * 6
    # Two thirds of the way to the limits are at 58.3 above in the first, and at 57.2 and 47.0 in the second.
    same, both = [*wide, 58.5, 52.0, 58.5, 51.0, 53.0], [*wide, 58.5, 52.0, 46.5, 51.0, 53.0]
    assert [one for one in signals(same) if one.sign is Sign.EDGE] == [Signal(Sign.EDGE, 12, 14, up=True)]
    assert [one for one in signals(both) if one.sign is Sign.EDGE] == []


def test_a_line_that_never_moves_has_no_signal():
    shown = trend([7.0] * 12)
    assert shown is not None
    assert (shown.low, shown.high, shown.signals) == (7.0, 7.0, ())

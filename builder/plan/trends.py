"""What the course of a measure shows, and when it shows nothing: an XmR chart with four rules.

Source: Wheeler, Understanding Variation (1993): middle = mean, limits = middle ± 2.66 times the mean moving range. The rules
are those of the NHS's Making Data Count; its guide asks for ten points, and fewer are dots without a line of judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from builder.model.trend import Sign, Signal, Trend

FEWEST = 10
RUN = 7
_LIMIT = 2.66
"""3 / 1.128: how many mean moving ranges lie between the middle and a limit."""


def trend(values: Sequence[float]) -> Trend | None:
    """The trend of readings of one series in order, oldest first; None of fewer than ten.

    >>> trend([1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    Trend(middle=1.0, low=1.0, high=1.0, signals=(), points=10)
    """
    if len(values) < FEWEST:
        return None
    middle = sum(values) / len(values)
    reach = _LIMIT * sum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)
    signals = (
        *_outside(values, middle, reach),
        *_edge(values, middle, reach),
        *_runs(Sign.SHIFT, values, lambda place: _side(values[place], middle)),
        *_drifts(values),
    )
    return Trend(
        middle,
        middle - reach,
        middle + reach,
        tuple(sorted(signals, key=lambda one: (one.last, one.first, one.sign.value))),
        len(values),
    )


def _side(value: float, middle: float) -> int:
    """1 above, -1 below, 0 on the line, which belongs to neither side."""
    return (value > middle) - (value < middle)


def _outside(values: Sequence[float], middle: float, reach: float) -> Iterator[Signal]:
    for place, value in enumerate(values):
        if abs(value - middle) > reach:
            yield Signal(Sign.OUTSIDE, place, place, value > middle)


def _edge(values: Sequence[float], middle: float, reach: float) -> Iterator[Signal]:
    """Two of three in a row beyond two thirds, both on the same side; told once, where the second of them is."""
    beyond = [_side(value, middle) if abs(value - middle) > reach * 2 / 3 else 0 for value in values]
    for place, side in enumerate(beyond):
        before = [
            earlier for earlier in (place - 2, place - 1) if side and earlier >= 0 and beyond[earlier] == side
        ]
        if before:
            yield Signal(Sign.EDGE, before[-1], place, side > 0)


def _drifts(values: Sequence[float]) -> Iterator[Signal]:
    steps = [_side(after, before) for before, after in pairwise(values)]
    for one in _runs(Sign.DRIFT, steps, lambda place: steps[place], RUN - 1):
        yield Signal(one.sign, one.first, one.last + 1, one.up)


def _runs(
    sign: Sign, line: Sequence[float], side: Callable[[int], int], length: int = RUN
) -> Iterator[Signal]:
    """Stretches of at least `length` places on one side, each told once and whole."""
    first = 0
    for place in range(1, len(line) + 1):
        if place == len(line) or side(place) != side(first):
            if side(first) and place - first >= length:
                yield Signal(sign, first, place - 1, side(first) > 0)
            first = place

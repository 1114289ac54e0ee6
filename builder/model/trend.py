"""What the course of a measure shows: its usual range, and the signals that something changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Sign(Enum):
    """How a line of points says that it is more than chance."""

    OUTSIDE = "outside"
    """A point outside the limits."""
    SHIFT = "shift"
    """Seven or more in a row on one side of the middle."""
    DRIFT = "drift"
    """Seven or more in a row, each higher, or each lower, than the one before."""
    EDGE = "edge"
    """Two of three in a row beyond two thirds of the way to the same limit."""


@dataclass(frozen=True, slots=True)
class Signal:
    """`first` and `last` are the places of its points in the line, counted from 0; `up` says towards which side."""

    sign: Sign
    first: int
    last: int
    up: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The middle of a line of so many points and its natural limits, in the units of the measure, and every signal in order
    of its last point.
    """

    middle: float
    low: float
    high: float
    signals: tuple[Signal, ...] = ()
    points: int = 0

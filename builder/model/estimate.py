"""How sure a score is: the range in which the whole of those it speaks for may lie, and what can be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both in the units of the score: with 95 % confidence the truth lies between them."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score as it was counted, and how sure it is. The score need not be the middle of its interval."""

    score: float
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """From one reading to the next: the best guess at the difference, and how sure it is, in the units of the score."""

    difference: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no change at all."""
        return not self.interval.holds(0)


@dataclass(frozen=True, slots=True)
class Response:
    """Which share of those who were asked answered, from 0 to 1: of all whom the question reached, and by AAPOR's first
    response rate (RR1). None where what it needs was not counted.
    """

    simple: float | None = None
    strict: float | None = None


class Standing(Enum):
    """Where a score stands against its target."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    UNCERTAIN = "uncertain"
    """The target lies within the interval: nobody can say."""

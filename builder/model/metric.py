"""A measure of how customers feel or how work goes, with its readings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from builder.model.estimate import Change, Estimate, Standing
from builder.model.story import Audience
from builder.model.text import Words


class Method(Enum):
    """How a score comes from what was counted (docs/numbers.md)."""

    NPS = "nps"
    CSAT = "csat"
    PROPORTION = "proportion"
    MEAN = "mean"
    TOTAL = "total"


BOUNDS = {Method.NPS: (-100, 100), Method.CSAT: (0, 100), Method.PROPORTION: (0, 100)}
"""The lowest and highest score of the methods that have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One team's part of a reading."""

    team: str
    n: int | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One period's result: `period` is 2026, 2026-Q1 or 2026-03; `counts` are (name, number) pairs."""

    period: str
    score: float
    n: int | None = None
    counts: tuple[tuple[str, int], ...] = ()
    invited: int | None = None
    comments: int | None = None
    """How many comments came in with it; None where nobody says."""
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A change of method: the line is not drawn across the start of `period`."""

    period: str
    note: Words = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    id: str
    name: Words
    plain_words: Words
    unit: Words
    method: Method
    direction: str
    side: str
    file: str
    target: float | None = None
    pair: str = ""
    audience: Audience = Audience.STAFF
    breaks: tuple[Break, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measure and how sure its numbers are.

    `estimates` has one for each of its readings, None where nothing was counted that would say. `change` is that to the
    last reading from the one before, `standing` that of the last against the target.
    """

    metric: Metric
    estimates: tuple[Estimate | None, ...] = ()
    change: Change | None = None
    standing: Standing | None = None

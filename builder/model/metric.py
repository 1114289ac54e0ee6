"""A measure of how customers feel or how work goes, with its readings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import inf

from builder.model.estimate import Change, Estimate, Interval, Response, Standing
from builder.model.story import Audience
from builder.model.text import Words
from builder.model.trend import Trend


class Method(Enum):
    """How a score comes from what was counted (docs/numbers.md)."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    PROPORTION = "proportion"
    FCR = "fcr"
    MEAN = "mean"
    RATE = "rate"
    COUNT = "count"


BOUNDS = {
    Method.NPS: (-100, 100),
    Method.CSAT: (0, 100),
    Method.CES: (0, 100),
    Method.PROPORTION: (0, 100),
    Method.FCR: (0, 100),
}
"""The lowest and highest score of the methods that have them."""


Counts = tuple[tuple[str, int], ...]
"""How many gave each answer, or each mark of a scale."""


def scored(method: Method, counts: Counts) -> float:
    """The score of counts that are not all 0: a mean of marks, a net promoter score of (promoters, passives, detractors),
    or how many of 100 gave the first answer. Sources: Reichheld 2003 for the second; the others are what they say.

    >>> scored(Method.NPS, (("promoters", 5), ("passives", 3), ("detractors", 2)))
    30.0
    """
    n = sum(number for _, number in counts)
    if method is Method.MEAN:
        return sum(int(mark) * number for mark, number in counts) / n
    good = counts[0][1] - (counts[2][1] if method is Method.NPS else 0)
    return 100 * good / n


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One team's part of a reading: what its people, or its customers, answered."""

    team: str
    score: float
    counts: Counts

    @property
    def n(self) -> int:
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What became of those who were asked and did not answer in full, by the names of AAPOR's Standard Definitions (2023).

    `partial`: began and did not end. `refused`, `not_reached` and `other`: would have been right to ask. `unknown`: nobody
    knows whether it was right to ask them.
    """

    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One period's result (model.period); `counts` are (name, number) pairs.

    `spread` is the standard deviation of the answers, where their mean alone was written down. `undelivered` are those of
    the `invited` whom the question never reached. `comments` is how many wrote something beside their answer.
    """

    period: str
    score: float
    n: int | None = None
    counts: Counts = ()
    spread: float | None = None
    invited: int | None = None
    undelivered: int = 0
    outcomes: Outcomes | None = None
    comments: int | None = None
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A change of method: the line is not drawn across the start of `period`."""

    period: str
    note: Words = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure. `owner` is a team, never a person: no number stands beside a name. `near` is how far from the target is
    still near it: a score; None: a twentieth short of it. `scale` is the lowest and the highest mark.
    """

    id: str
    name: Words
    plain_words: Words
    unit: Words
    method: Method
    direction: str
    side: str
    file: str
    target: float | None = None
    near: float | None = None
    scale: tuple[int, int] | None = None
    owner: str = ""
    goal: Words = Words()
    pair: str = ""
    audience: Audience = Audience.STAFF
    breaks: tuple[Break, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest score there can be; infinite where there is no end."""
        low, high = self.scale or BOUNDS.get(self.method) or (-inf, inf)
        return low, high

    @property
    def since(self) -> str:
        """The period from which on today's method counts; "" where it never changed."""
        last = self.readings[-1].period if self.readings else ""
        return max((one.period for one in self.breaks if one.period <= last), default="")

    @property
    def series(self) -> tuple[Reading, ...]:
        """The readings of today's method: what was counted in another way is another series."""
        return tuple(one for one in self.readings if one.period >= self.since)

    def asked(self, reading: Reading) -> bool:
        """Whether people answered who were asked: all that speaks from outside, and whoever was invited to."""
        return self.side == "external" or reading.invited is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A team's part of a reading as it may be shown; `team` is "" for all that are not shown, together."""

    team: str
    score: float
    n: int
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The teams' parts of all readings from `first` to `last`, the periods of one year."""

    first: str
    last: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One reading of a measure, and all that may be said of it. `metric` comes without its readings.

    `before` is the reading before it, None where there is none or the method changed between. `estimate`, `response` and
    `parts` are None or none where nothing was counted that would say. `change` is that from `before`, `standing` that
    against the target. `is_thinned` says that some of the teams are not shown, for the sake of those who answered.
    """

    metric: Metric
    reading: Reading
    before: Reading | None = None
    estimate: Estimate | None = None
    response: Response | None = None
    parts: tuple[Part, ...] = ()
    change: Change | None = None
    standing: Standing | None = None
    is_thinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measure as it may be shown, and how sure its numbers are.

    `results` has one for each of its readings. `together` are the parts of the year of the last reading with any, where it
    is not that reading alone. `trend` is what the readings show since the method last changed. `hidden` are the periods in
    which too few answered to be shown.
    """

    metric: Metric
    results: tuple[Result, ...] = ()
    together: Together | None = None
    trend: Trend | None = None
    hidden: tuple[str, ...] = ()

    @property
    def latest(self) -> Result:
        """The last reading. Raises IndexError where there is none."""
        return self.results[-1]

    @property
    def estimates(self) -> tuple[Estimate | None, ...]:
        """How sure each reading is."""
        return tuple(one.estimate for one in self.results)

    @property
    def change(self) -> Change | None:
        """That to the last reading."""
        return self.results[-1].change if self.results else None

    @property
    def standing(self) -> Standing | None:
        """That of the last reading."""
        return self.results[-1].standing if self.results else None

    @property
    def thinned(self) -> tuple[str, ...]:
        """The periods in which some of the teams are not shown."""
        return tuple(one.reading.period for one in self.results if one.is_thinned)

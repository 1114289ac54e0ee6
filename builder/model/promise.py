"""A promise to a customer: what was promised and delivered, what was expected and felt, as two gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from builder.model.story import Audience, Status
from builder.model.text import Words

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
"""The five dimensions of service quality (Parasuraman, Zeithaml and Berry 1988, SERVQUAL)."""

Verdict = Literal["kept", "better", "worse"]


@dataclass(frozen=True, slots=True)
class Gap:
    """From what was to be to what is, both in the promise's unit: promised and delivered, or expected and perceived.

    A promise is one of a supplier's gap (the fourth of Parasuraman, Zeithaml and Berry 1985) and of a customer's (the
    fifth); they are answers to two questions, and no sum of them means anything.
    """

    first: float
    second: float

    @property
    def size(self) -> float:
        """How much more there is than there was to be; negative: less."""
        return self.second - self.first

    def verdict(self, *, up: bool) -> Verdict:
        """What that means where more is better (`up`), or less.

        >>> Gap(15, 22).verdict(up=False), Gap(4.2, 4.2).verdict(up=True)
        ('worse', 'kept')
        """
        if self.size == 0:
            return "kept"
        return "better" if (self.size > 0) == up else "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """`to` is the id of a kind of customer; numbers are in `unit`; `source` says where `delivered` comes from."""

    id: str
    to: str
    text: Words
    unit: Words
    direction: str
    promised: float
    owner: str
    file: str
    delivered: float | None = None
    source: Words = Words()
    as_of: datetime | None = None
    expected: float | None = None
    perceived: float | None = None
    dimension: str = ""
    agreed: Words = Words()
    review: datetime | None = None
    metric: str = ""
    status: Status = Status.READY
    audience: Audience = Audience.STAFF
    publish: datetime | None = None
    expires: datetime | None = None

    @property
    def key(self) -> str:
        return f"promise:{self.id}"

    @property
    def delivery(self) -> Gap | None:
        """Promised, and delivered."""
        return None if self.delivered is None else Gap(self.promised, self.delivered)

    @property
    def perception(self) -> Gap | None:
        """Expected, and perceived."""
        if self.expected is None or self.perceived is None:
            return None
        return Gap(self.expected, self.perceived)

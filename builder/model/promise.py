"""A promise to a customer: what was promised and delivered, what was expected and felt, as two gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from builder.model.gap import Gap, GapKind
from builder.model.story import Audience, Status
from builder.model.text import Words

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
"""The five dimensions of service quality (Parasuraman, Zeithaml and Berry 1988, SERVQUAL)."""


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
        if self.delivered is None:
            return None
        return Gap(
            id=f"{self.id}-delivery",
            kind=GapKind.DELIVERY,
            wanted=self.promised,
            found=self.delivered,
            up=self.direction == "up",
        )

    @property
    def perception(self) -> Gap | None:
        """Expected, and perceived."""
        if self.expected is None or self.perceived is None:
            return None
        return Gap(
            id=f"{self.id}-perception",
            kind=GapKind.PERCEPTION,
            wanted=self.expected,
            found=self.perceived,
            up=self.direction == "up",
        )

"""You said, we did: what the firm does about something it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from builder.model.estimate import Change
from builder.model.metric import Metric
from builder.model.story import Audience, Status
from builder.model.text import Words


class Progress(Enum):
    """How far a commitment has come; nobody writes it down, it follows from its dates."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a commitment comes from: one of these, an id, or the words for a meeting."""

    voice: str = ""
    story: str = ""
    metric: str = ""
    meeting: Words = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remeasured:
    """The measure that was looked at again, and the two of its periods that are compared."""

    metric: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """`due` is the instant at which its day is over, `done` that at which its day began (aware datetimes)."""

    id: str
    origin: Origin
    did: Words
    owner: str
    due: datetime
    due_day: datetime
    file: str
    said: Words = Words()
    done: datetime | None = None
    result: Words = Words()
    measured: Remeasured | None = None
    status: Status = Status.READY
    audience: Audience = Audience.STAFF
    publish: datetime | None = None
    expires: datetime | None = None

    @property
    def key(self) -> str:
        return f"commitment:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A measure before and after: its two readings, and whether they can be compared.

    `change` is how sure the difference is, None where that cannot be said; `joined` False where the method changed
    between them.
    """

    metric: Metric
    change: Change | None
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A commitment, how far it has come by now, and what was found when the measure was looked at again."""

    commitment: Commitment
    progress: Progress
    again: Again | None = None

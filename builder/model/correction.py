"""A correction: what an edition said wrongly, and what is right, dated and in the open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from builder.model.story import Status
from builder.model.text import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`edition` and `story` are ids; `story` is "" where no single story is meant. `date` is when it was put right (aware).

    Whom it is for, its edition says.
    """

    id: str
    edition: str
    date: datetime
    reason: Words
    file: str
    story: str = ""
    status: Status = Status.READY

    @property
    def key(self) -> str:
        return f"correction:{self.id}"

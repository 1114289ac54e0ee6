"""An edition: the stories and numbers of one day, chosen by an editor or filled in by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from builder.model.metric import Measured
from builder.model.story import Audience, Status
from builder.model.text import Text


class EditionKind(Enum):
    WEEKLY = "weekly"
    SPECIAL = "special"
    DAILY = "daily"
    DAY_AFTER = "day-after"
    CORRECTION = "correction"
    YEARBOOK = "yearbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionWords:
    """An edition's own words in one language; `body` is the Markdown of its opening text."""

    lang: str
    subject: Text
    preheader: Text
    body: str
    file: str
    body_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    id: str
    kind: EditionKind
    date: datetime
    words: tuple[EditionWords, ...]
    file: str
    number: int | None = None
    status: Status = Status.READY
    audience: Audience = Audience.STAFF
    send_at: datetime | None = None
    stories: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """An edition's works (the lead first) and measures, all of them visible."""

    edition: Edition
    works: tuple[str, ...]
    metrics: tuple[Measured, ...]

"""A story as an editor wrote it: checked, dated, not yet decided upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from builder.model.person import Narrowing
from builder.model.text import Text


class Kind(Enum):
    """What sort of story it is; each has its own shape on the page."""

    HEROIC = "heroic"
    SMALL = "small"
    LEARNING = "learning"
    LIGHT = "light"
    RECOVERY = "recovery"
    LEADER = "leader"


class Status(Enum):
    READY = "ready"
    DRAFT = "draft"


class Audience(Enum):
    """Who may see an item, each wider than the one before."""

    STAFF = "staff"
    VISITORS = "visitors"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who was served: a customer of the company (external) or a colleague (internal), and how they are named."""

    kind: str
    called: Text = Text()
    words: Text = Text()
    """What they said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture beside a story: `file` is its path inside `stories/`; `shows` the ids of the people to be seen on it."""

    file: str
    alt: Text
    credit: Text = Text()
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story in one language.

    `kind` is None for a story that says nothing of its kind, such as an imported post. `id` is the file's name; `work`
    the id that a story shares with its translations. `date`, `publish` and `expires` are aware datetimes. `body` is
    Markdown, which begins at `body_line` of `file`; "" once it is set in type, for it lies in that file.
    """

    id: str
    work: str
    lang: str
    title: Text
    date: datetime
    body: str
    file: str
    body_line: int
    kind: Kind | None = None
    by: Text = Text()
    heroes: tuple[str, ...] = ()
    team: str = ""
    tags: tuple[str, ...] = ()
    behaviours: tuple[str, ...] = ()
    perspective: str = ""
    customer: Customer | None = None
    summary: Text = Text()
    why_it_matters: Text = Text()
    what_changed: Text = Text()
    picture: Picture | None = None
    status: Status = Status.READY
    publish: datetime | None = None
    expires: datetime | None = None
    audience: Audience = Audience.STAFF
    narrowings: tuple[Narrowing, ...] = ()
    supports: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    not_a_name: tuple[str, ...] = ()
    imported: bool = False

    @property
    def version(self) -> str:
        """What tells this text from the same work in another language: `night/fa`."""
        return f"{self.work}/{self.lang}"

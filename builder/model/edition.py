"""An edition: the stories and numbers of one day, chosen by an editor or filled in by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from builder.model.metric import Measured
from builder.model.reading import minutes
from builder.model.story import Audience, Status
from builder.model.text import Text

SUBJECT_SEEN = 42
"""Letters of a subject that every inbox shows."""


class EditionKind(Enum):
    WEEKLY = "weekly"
    SPECIAL = "special"
    DAILY = "daily"
    DAY_AFTER = "day-after"
    CORRECTION = "correction"
    YEARBOOK = "yearbook"


class Slot(Enum):
    """A place in an edition; the value is the word editors write for it in `slots:`."""

    LEAD = "lead"
    STORY = "story"
    SMALL = "small"
    BEHIND = "behind"
    LEADER = "leader"


class Reason(Enum):
    """Why a story or a number stands in an edition, or was passed over."""

    CHOSEN = "chosen"
    HEROIC = "heroic"
    NEWEST = "newest"
    ONLY_SMALL = "only-small"
    ONE_MORE = "one-more"
    SMALL = "small"
    BEHIND = "behind"
    LEADER = "leader"
    WANTED = "wanted"
    """`slots:` names a place that what was chosen leaves empty."""
    OF_ITS_TIME = "of-its-time"
    """The one of its month or week, in a yearbook."""
    OUTSIDE = "outside"
    """A number: the newest that customers gave."""
    ANY_NUMBER = "any-number"

    DRAFT = "draft"
    NOT_YET = "not yet"
    EXPIRED = "expired"
    AUDIENCE = "audience"
    BROKEN = "broken"
    NOT_CHOSEN = "not-chosen"
    TOLD = "told"
    ANOTHER_TIME = "another-time"
    ANOTHER_THEME = "another-theme"
    TAKEN = "taken"
    WORDS = "words"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason, and what there is to know about it.

    `edition` and `days` say which one told a story and how many days before; `by` who has the place (`slot`, `period`);
    `words` or `share` what it would come to, and `most` what there may be; `date` when that begins or ended.
    """

    reason: Reason
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """What is known under this name, or ""."""
        return dict(self.facts).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A story (work) in its place."""

    work: str
    slot: Slot
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A story that was considered and does not stand in the edition."""

    work: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A place that has to be filled, and where an editor says so; `excerpt` is that line."""

    slot: Slot
    line: int
    column: int
    excerpt: str


class Fullness(Enum):
    """Whether there is enough for an edition: `SHORT` goes out with the little there is, `NONE` does not go out."""

    FULL = "full"
    SHORT = "short"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionWords:
    """An edition's own words in one language; `body` is the Markdown of its opening text, `theme` what it is all about."""

    lang: str
    subject: Text
    preheader: Text
    body: str
    file: str
    body_line: int
    theme: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """`stories` and `numbers` are what its editor chose, `tags` those of the stories it is filled from; `slots` have to
    be filled. `one_per` is how often a yearbook has a story: "month" or "week".
    """

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
    tags: tuple[str, ...] = ()
    slots: tuple[Wanted, ...] = ()
    one_per: str = "month"
    aliases: tuple[str, ...] = ()

    def said_in(self, *languages: str) -> EditionWords:
        """Its words in the first of these languages that it has, else its main ones."""
        by_language = {words.lang: words for words in self.words}
        return next((by_language[one] for one in languages if one in by_language), self.words[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What an edition holds, all of it visible, and why.

    `placed` has the lead first. `since` and `before` are the time its rule looked at (None: it looks for nothing).
    `passed` is all else of that time, and what was chosen and cannot be seen; `empty` what had to be filled and is not.
    `words` counts those of its mail, by site language (`plan.budget.tally` says which).
    """

    edition: Edition
    placed: tuple[Placed, ...] = ()
    passed: tuple[PassedOver, ...] = ()
    metrics: tuple[Measured, ...] = ()
    numbers_why: Why | None = None
    fullness: Fullness = Fullness.FULL
    empty: tuple[Wanted, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    words: tuple[tuple[str, int], ...] = ()

    @property
    def works(self) -> tuple[str, ...]:
        """The stories, the lead first."""
        return tuple(one.work for one in self.placed)

    def in_slot(self, *slots: Slot) -> tuple[str, ...]:
        """The stories that stand in any of these places."""
        return tuple(one.work for one in self.placed if one.slot in slots)

    def minutes(self, language: str) -> int:
        """How long its mail takes to read, to put at the top of it."""
        return minutes(dict(self.words).get(language, 0))

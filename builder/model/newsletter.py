"""The newsletter's settings, and everything its editors wrote, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from zoneinfo import ZoneInfo

from builder.model.approval import Approval
from builder.model.brand import Brand
from builder.model.commitment import Commitment
from builder.model.correction import Correction
from builder.model.edition import Edition
from builder.model.event import Event
from builder.model.facet import FILTERS, Facet
from builder.model.metric import Metric
from builder.model.person import Person
from builder.model.promise import Promise
from builder.model.story import Story
from builder.model.team import Team
from builder.model.text import Words
from builder.model.voice import CustomerVoice


class Leavers(Enum):
    """What becomes of the names of people who left."""

    ANONYMISE = "anonymise"
    FIRST = "first"
    KEEP = "keep"


class MailPictures(Enum):
    """Whether the pictures of a mail travel with it, are asked for from the site, or are left out.

    A picture of the site is seen only where the site is; one that travels is seen everywhere, and makes each mail heavier.
    """

    ATTACHED = "attached"
    HOSTED = "hosted"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A behaviour, a perspective or a kind of customer: its id, its name, and in a sentence what it means here."""

    id: str
    name: Words
    means: Words = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """`sender` and `reply_to` are mailboxes, `unsubscribe` a mail address, `help` one or the whole address of a page.

    `words` is how many of them a mail may have; `repeat_after` for how many weeks no story is filled in again.
    `thin_goes_out`: an edition with too little to fill it goes out all the same, with that little.
    """

    sender: str = ""
    reply_to: str = ""
    pictures: MailPictures = MailPictures.ATTACHED
    list_name: str = "weekly"
    unsubscribe: str = ""
    unsubscribe_url: str = ""
    """An https: address in which `{reader}` stands where each reader's own mark goes; "" where no page takes it."""
    help: str = ""
    words: int = 500
    repeat_after: int = 12
    thin_goes_out: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacySettings:
    """`smallest_team`: a team below this headcount is not named for an unnamed person. `smallest_group`: a number
    of fewer answers is not shown. `smallest_comments`: comments in a survey are not shown where fewer wrote any."""

    contact: str = ""
    smallest_team: int = 5
    smallest_group: int = 5
    smallest_comments: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    title: Words
    timezone: ZoneInfo
    languages: tuple[str, ...]
    tagline: Words = Words()
    base_url: str = ""
    """Where the site stands, with a slash at its end; "" where that is not known."""
    visitors_url: str = ""
    public_url: str = ""
    """Where the sites for others than staff stand, likewise."""
    behaviours: tuple[Named, ...] = ()
    perspectives: tuple[Named, ...] = ()
    customers: tuple[Named, ...] = ()
    """Whom teams serve beside one another."""
    about: Words = Words()
    nominate: str = ""
    """Where colleagues name someone for a story: a mail address, or the whole address of a form."""
    programme: tuple[Event, ...] = ()
    filters: tuple[Facet, ...] = FILTERS
    both_calendars: bool = False
    """Whether a date of another calendar says the common one too."""
    related: int = 3
    typographic: bool = False
    """Whether straight quotation marks become those of each text's language."""
    leavers: Leavers = Leavers.ANONYMISE
    digest: DigestSettings = DigestSettings()
    privacy: PrivacySettings = PrivacySettings()
    brand: Brand = field(default_factory=Brand)

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an editor's words and where it stands; what checks of wording read.

    `source` is the text of the whole file, where the words stand in it folded, quoted or behind a key.
    """

    file: str
    line: int
    column: int
    text: str
    source: str = ""
    excused: tuple[str, ...] = ()

    def place(self, offset: int, words: str) -> tuple[int, int, str]:
        """The line and column of `words`, which stand at `offset` of the text, and the whole line.

        YAML folds lines and drops quotation marks, so in a value they are looked for in the file: as often as they
        stand in the text before, they are passed over.
        """
        if not self.line:
            return 0, 0, ""
        if not self.source:
            line, column = (
                self.line + self.text.count("\n", 0, offset),
                offset - self.text.rfind("\n", 0, offset),
            )
            return line, column if line > self.line else self.column + offset, _line_at(self.text, offset)
        lines = self.source.split("\n")
        begin = sum(len(one) + 1 for one in lines[: self.line - 1]) + self.column - 1
        at = begin - 1
        wanted = words if words in self.source[begin:] else words.split(" ", maxsplit=1)[0]
        for _ in range(self.text.count(wanted, 0, offset) + 1):
            at = self.source.find(wanted, at + 1)
            if at < 0:
                return self.line, self.column, lines[self.line - 1]
        return (
            self.source.count("\n", 0, at) + 1,
            at - self.source.rfind("\n", 0, at),
            _line_at(self.source, at),
        )


def _line_at(text: str, offset: int) -> str:
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Everything the editors wrote that is whole; what is not whole became a Problem.

    `lost` names the source files that could not be understood, so that what was published from them is neither
    believed deleted nor believed unchanged. `people_known` and `settings_known` are False
    when that whole file is unreadable (and stand-in settings are used).
    `passages` are the words of all of it, as written; `unsound` the stories with errors as far as they go, for checks
    alone.
    """

    settings: Settings
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    stories: tuple[Story, ...]
    editions: tuple[Edition, ...]
    metrics: tuple[Metric, ...]
    voices: tuple[CustomerVoice, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    promises: tuple[Promise, ...] = ()
    corrections: tuple[Correction, ...] = ()
    approvals: tuple[Approval, ...] = ()
    pictures: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    unsound: tuple[Story, ...] = ()
    passages: tuple[Passage, ...] = ()
    lost: frozenset[str] = frozenset()
    people_known: bool = True
    settings_known: bool = True

    @property
    def said(self) -> tuple[CustomerVoice | Commitment | Promise | Correction, ...]:
        """All that customers said, that we did about it and promised, and that we put right."""
        return (*self.voices, *self.commitments, *self.promises, *self.corrections)

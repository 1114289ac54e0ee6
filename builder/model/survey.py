"""What a survey's answers become on their way into the newsroom: counts, and words without a score beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from builder.model.measure_file import MeasureFile
from builder.model.table import Refusal
from builder.problem import Problem


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody answered, in the newsletter's zone; `timed` where the hour is known too."""

    at: datetime
    timed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One row understood: `group` is what the measure counts it as (`promoters`, or the mark of a mean)."""

    row: int
    group: str
    moment: Moment | None = None
    team: str = ""
    team_unknown: bool = False
    respondent: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody wrote; nothing here says which score they gave."""

    digest: str
    words: str
    received: date | None = None
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The answers of one period. `wrote` is how many wrote something; `comments` those of them that are brought in."""

    period: str
    counts: Mapping[str, int]
    segments: Mapping[str, Mapping[str, int]]
    wrote: int = 0
    comments: tuple[Comment, ...] = ()

    @property
    def n(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    rounds: tuple[Round, ...]
    refusals: tuple[Refusal, ...]
    rows: int = 0
    """How many rows were looked at, blank ones left out."""


class State(Enum):
    """How a period of the table stands to the measure's file."""

    NEW = "new"
    SAME = "there already"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One period: what the file says of it (None: nothing) and what it would say."""

    period: str
    state: State
    before: Mapping[str, object] | None
    after: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """Words with what could tell who wrote them taken out; `kinds` says what that was, in plain words."""

    words: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChanges:
    """What becomes of one measure's file: `written` are the periods that went into it."""

    measure: MeasureFile
    changes: tuple[Change, ...]
    written: tuple[str, ...] = ()
    begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, for whoever asked for it. `dry`: it would have."""

    read_as: str
    rows: int
    taken: int
    refusals: tuple[Refusal, ...]
    measures: tuple[MeasureChanges, ...]
    dry: bool
    voices: tuple[str, ...] = ()
    voices_there: int = 0
    masked: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

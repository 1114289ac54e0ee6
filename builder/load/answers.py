"""A row of a survey becomes an answer, or the reason why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from builder.load import days
from builder.load.figures import COMMA, POINT, UNSURE, decimal_mark, number, plain
from builder.load.headings import COMMENT, DATE, RESPONDENT, SCORE, TEAM, Header, folded
from builder.model.survey import Answer
from builder.model.table import Refusal, Row, Table
from builder.problem import Level, Problem, Trouble

_YES = frozenset(
    map(folded, "yes; y; true; resolved; solved; بله; بلی; آری; حل شد; ναι; λύθηκε; ya; selesai".split("; "))
)
_NO = frozenset(map(folded, "no; n; false; unresolved; not resolved; خیر; نه; نخیر; حل نشد; όχι; δεν λύθηκε; tidak; tak; belum".split("; ")))  # fmt: skip
_BEHIND_A_NUMBER = re.compile(r"(\d{1,2})(?:\s*[-–—:(=]\s*|\s+)\D.*", re.DOTALL)
_SHORT = 12
_NOTHING_SAID = frozenset(
    ("", "n a", "na", "none", "nil", "null", "nan", "no comment", "-", "ندارد", "tiada", "οχι")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a score is counted: marks from `least` to `most`, each belonging to a group. `words`: yes and no are answers.

    `groups` are all there are, in the order in which a measure's file has them.
    """

    least: int
    most: int
    groups: tuple[str, ...]
    group_of: Mapping[int, str]
    words: bool = False


def rules_of(method: str, scale: tuple[int, int] | None, satisfied: Sequence[int] = ()) -> Rules | None:
    """The rules of a method, or None where it counts no answers.

    Promoters give 9 or 10 and detractors 0 to 6 (Reichheld 2003). Satisfied are the upper two marks of the scale, or those
    that are named; easy are the marks above its middle, and hard those below it.
    """
    if method == "nps":
        groups = ("promoters", "passives", "detractors")
        return _ruled((0, 10), groups, lambda mark: groups[(mark < 9) + (mark < 7)])
    if method == "csat":
        low, high = scale or (1, max(5, *satisfied) if satisfied else 5)
        good = set(satisfied or (high - 1, high))
        return _ruled(
            (low, high), ("satisfied", "others"), lambda mark: "satisfied" if mark in good else "others"
        )
    if method == "ces":
        low, high = scale or (1, 7)
        middle = (low + high) / 2
        named = {1: "easy", 0: "middling", -1: "hard"}
        return _ruled(
            (low, high), tuple(named.values()), lambda mark: named[(mark > middle) - (mark < middle)]
        )
    if method in ("proportion", "fcr"):
        two = ("yes", "no") if method == "proportion" else ("resolved", "others")
        return _ruled((0, 1), two, lambda mark: two[1 - mark], words=True)
    if method == "mean":
        low, high = scale or (1, 5)
        return _ruled((low, high), tuple(map(str, range(low, high + 1))), str)
    return None


def _ruled(
    ends: tuple[int, int], groups: tuple[str, ...], group_of: Callable[[int], str], *, words: bool = False
) -> Rules:
    least, most = ends
    marks = {mark: group_of(mark) for mark in range(least, most + 1)}
    return Rules(least=least, most=most, groups=groups, group_of=marks, words=words)


def date_order(table: Table, header: Header, said: str = "") -> str:
    """Whether the column of dates has its day or its month first, by all its dates together, or as somebody `said`.

    Raises Trouble where that cannot be told, or where some show the one and some the other.
    """
    column = header.columns.get(DATE)
    if said or column is None:
        return said or days.DAY_FIRST
    seen: dict[str, int] = {}
    for row in table.rows():
        if row.number > header.row and column < len(row.cells):
            seen.setdefault(days.order_shown(row.cells[column]), row.number)
    if days.DAY_FIRST in seen and days.MONTH_FIRST in seen:
        message = (
            f"some dates have the day first (row {seen[days.DAY_FIRST]}) and some the month "
            f"(row {seen[days.MONTH_FIRST]}), so those that may be either cannot be read"
        )
    elif days.UNSURE in seen and days.DAY_FIRST not in seen and days.MONTH_FIRST not in seen:
        message = f"every date may have its day or its month first, as in row {seen[days.UNSURE]}"
    else:
        return days.MONTH_FIRST if days.MONTH_FIRST in seen else days.DAY_FIRST
    raise Trouble(
        Problem(
            code="table-dates",
            level=Level.ERROR,
            file=table.file,
            message=message,
            mend="Say which:  --dates day-first  or  --dates month-first; or export with dates as 2026-03-05.",
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads rows: `teams` are ids by folded id and name, `order` that of the dates."""

    rules: Rules
    header: Header
    order: str
    zone: ZoneInfo
    teams: Mapping[str, str]

    def read(self, table: Table) -> Iterator[Answer | Refusal]:
        """What each row below the header says; rows in which nothing stands are passed over."""
        above = tuple(folded(name) for name in self.header.names)
        for row in table.rows():
            if row.number <= self.header.row or not (row.fault or any(cell.strip() for cell in row.cells)):
                continue
            yield Refusal(row.number, row.fault) if row.fault else self._answer(row, above)

    def _answer(self, row: Row, above: tuple[str, ...]) -> Answer | Refusal:
        cells, width = row.cells, len(self.header.names)
        if width and len(cells) > width and any(cell.strip() for cell in cells[width:]):
            return Refusal(
                row.number,
                f"it has more cells ({len(cells)}) than the header ({width}): a separator stands bare in a cell",
            )
        if above and self._is_header(cells, above):
            return Refusal(row.number, "it is the header once more")
        mark = self._mark(self._cell(cells, SCORE))
        if isinstance(mark, str):
            return Refusal(row.number, mark)
        moment = None
        if DATE in self.header.columns:
            written = self._cell(cells, DATE)
            moment = days.moment(written, self.order, self.zone)
            if moment is None:
                return Refusal(row.number, "its date cannot be read" if written.strip() else "it has no date")
        team = folded(self._cell(cells, TEAM))
        comment = self._cell(cells, COMMENT).strip()
        return Answer(
            row=row.number,
            group=self.rules.group_of[mark],
            moment=moment,
            team=self.teams.get(team, ""),
            team_unknown=bool(team) and team not in self.teams,
            respondent=plain(self._cell(cells, RESPONDENT)).casefold(),
            comment="" if len(comment) < _SHORT and folded(comment) in _NOTHING_SAID else comment,
        )

    def _is_header(self, cells: Sequence[str], above: tuple[str, ...]) -> bool:
        """Whether this is the header again, as where files were put together."""
        column = self.header.columns[SCORE]
        there = (
            column < min(len(cells), len(above)) and cells[column] and folded(cells[column]) == above[column]
        )
        return bool(there) and tuple(map(folded, cells)) == above

    def _cell(self, cells: Sequence[str], role: str) -> str:
        column = self.header.columns.get(role)
        return cells[column] if column is not None and column < len(cells) else ""

    def _mark(self, written: str) -> int | str:
        """The mark that somebody gave, or why it is none; never in the words that stand there."""
        text = plain(written)
        if not text or text in ("-", "–"):
            return "its score is blank"
        if text.startswith("#"):
            return "its score is an error of a formula"
        if text.startswith("="):
            return "its score is a formula that was never worked out"
        if self.rules.words:
            word = folded(text)
            if word in _YES or word in _NO:
                return int(word in _YES)
        found = _BEHIND_A_NUMBER.fullmatch(text)
        bare = found[1] if found else text
        mark = decimal_mark(bare)
        value = number(bare, (COMMA if COMMA in bare else POINT) if mark == UNSURE else "")
        if value is None or "%" in bare:
            return "its score is neither yes nor no" if self.rules.words else "its score is not a number"
        if self.rules.words and value not in (0, 1):
            return "its score is neither yes nor no"
        if not self.rules.least <= value <= self.rules.most:
            return f"its score lies outside {self.rules.least} to {self.rules.most}"
        if value != int(value):
            return "its score is not a whole number"
        return int(value)

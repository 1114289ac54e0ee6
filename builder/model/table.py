"""A table from elsewhere: a CSV file or a sheet of a workbook, as rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the one a spreadsheet shows at the row's left; `fault` says why the row could not be read, or is ""."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that may be gone through more than once and are never all in memory.

    `file` is how it is called on screen, `read_as` how its bytes became text, in words for people.
    """

    file: str
    read_as: str
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, or only in part, and why; its words never hold what stands in the row."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The numbers of one measure, by period: each value, and of how many answers where that is known.

    `id` may be "", where a table only has its `label`, the words that people read.
    """

    id: str
    label: str
    values: Mapping[str, tuple[Decimal, int | None]]
    unit: str = ""

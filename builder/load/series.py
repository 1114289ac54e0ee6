"""A table of periods and values, or YAML that says the same, becomes the numbers of measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from builder.load import days
from builder.load.figures import UNSURE, decimal_mark, number, plain
from builder.load.headings import MEASURE, PERIOD, VALUE, N, find, folded, no_column
from builder.load.kinds import ID
from builder.load.marks import read_yaml
from builder.load.pages import decode
from builder.load.tables import unreadable
from builder.model.period import Length, holding
from builder.model.sources import SourceFile
from builder.model.table import Refusal, Row, Series, Table
from builder.problem import Level, Problem, Trouble

MOST_ROWS = 100_000
"""Rows of a table of periods; one with more holds something else."""

_YEAR = r"(?P<year>[12]\d{3})"
_PERIODS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _YEAR,
        rf"{_YEAR}[-/. ]?[QTΤ](?P<quarter>[1-4])",
        rf"[QTΤ](?P<quarter>[1-4])[-/. ]*{_YEAR}",
        rf"{_YEAR}[-/. ]?W(?P<week>\d{{1,2}})",
        rf"W(?P<week>\d{{1,2}})[-/. ]*{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})",
        rf"(?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"(?P<name>[^\W\d_]{{2,12}})\.?[-/., ]+{_YEAR}",
        r"(?P<name>[^\W\d_]{2,12})\.?[-/., ]+(?P<short>\d{2})",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a table says, and the rows that were not taken."""

    series: tuple[Series, ...]
    refusals: tuple[Refusal, ...]
    rows: int


def period_of(text: str, order: str = days.DAY_FIRST) -> str:
    """The period that `text` says, as a measure's file has it, or "".

    >>> period_of("Q1 2026"), period_of("03/2026"), period_of("Μάρτιος 2026"), period_of("۲۰۲۶"), period_of("5.3.2026")
    ('2026-Q1', '2026-03', '2026-03', '2026', '2026-03-05')
    """
    written = plain(text)
    for pattern in _PERIODS:
        match = pattern.fullmatch(written)
        if match:
            return _period(match.groupdict())
    found = days.moment(written, order, ZoneInfo("UTC"))
    return found.at.date().isoformat() if found else ""


def _period(given: Mapping[str, str | None]) -> str:
    year = int(given.get("year") or f"20{given.get('short')}")
    if not 1900 <= year <= 2100:
        return ""
    if given.get("quarter"):
        return f"{year}-Q{given['quarter']}"
    with suppress(ValueError):
        if given.get("week"):
            return holding(date.fromisocalendar(year, int(given["week"] or 0), 1), Length.WEEK)
        month = int(given.get("month") or 0)
        if given.get("name"):
            month = days.month_named(given["name"] or "")
        if given.get("month") or given.get("name"):
            return holding(date(year, month, 1), Length.MONTH)
        return str(year)
    return ""


def read_series(table: Table, *, metric: str, decimals: str, order: str) -> Found:
    """The numbers of a table: long (a row for each value), or wide (a column or a row for each measure).

    `metric` is the measure of a table that names none; `decimals` and `order` tell what the numbers and dates alone do not.
    Raises Trouble where they do not, or where the table has another form.
    """
    cells = list(_read(table, order, metric))
    mark = _mark(table.file, (one.text for one in cells if one.text), decimals)
    values: dict[str, dict[str, tuple[Decimal, int | None]]] = {}
    refusals: list[Refusal] = []
    for one in cells:
        if not one.period or one.fault:
            refusals.append(Refusal(one.row, one.fault or "its period cannot be read"))
            continue
        there = values.setdefault(one.measure, {})
        if not one.text or folded(one.text) in ("", "na", "n a", "null", "none", "nan"):
            continue  # a gap
        value, n = number(one.text, mark), number(one.n, mark)
        if value is None or abs(value) > 10**12:
            refusals.append(Refusal(one.row, "its value is not a number"))
        elif one.period in there and there[one.period][0] != value:
            refusals.append(Refusal(one.row, f"it says something else of {one.period} than a row above it"))
        else:
            there[one.period] = value, int(n) if n is not None and n == int(n) and n >= 0 else None
    return Found(
        series=tuple(_series(name, found, metric) for name, found in values.items()),
        refusals=tuple(dict.fromkeys(refusals)),
        rows=len({one.row for one in cells}),
    )


def _series(name: str, values: Mapping[str, tuple[Decimal, int | None]], metric: str) -> Series:
    id = metric or (name if ID.fullmatch(name) else "")
    return Series(id=id, label=name, values=values, unit="")


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    measure: str
    period: str
    text: str
    n: str = ""
    fault: str = ""


def _read(table: Table, order: str, metric: str) -> Iterator[_Cell]:
    header = find(table, (PERIOD, MEASURE, VALUE, N), {}, {VALUE: (metric,) if metric else ()})
    rows = _rows(table)
    top = next((row for row in rows if row.number == header.row), None) or next(
        (row for row in rows if sum(bool(period_of(cell, order)) for cell in row.cells[1:]) > 1), rows[0]
    )
    below = [row for row in rows if row.number > top.number]
    columns = header.columns
    names = [" ".join(name.split()) for name in top.cells]
    across = [period_of(name, order) for name in names]
    if VALUE in columns and PERIOD in columns and (MEASURE in columns or metric or len(names) <= 3):
        if MEASURE not in columns and not metric:
            raise no_column(
                table.file, MEASURE, header, "Say of which measure these are:  --metric outpatient-nps"
            )
        yield from _long(below, columns, order, metric)
    elif sum(map(bool, across)) > 1:
        first = next(column for column, period in enumerate(across) if period)
        for row in below:
            name = next((cell.strip() for cell in row.cells[:first] if cell.strip()), metric)
            for column, period in enumerate(across):
                if period:
                    yield _Cell(row.number, name, period, _at(row, column), "", row.fault)
    elif len(names) > 1:
        column = columns.get(PERIOD, 0)
        for row in below:
            period = period_of(_at(row, column), order)
            for at, name in enumerate(names):
                if at != column and name:
                    yield _Cell(row.number, metric or name, period, _at(row, at), "", row.fault)
    else:
        raise no_column(
            table.file, PERIOD, header, "A table has a column of periods and one of values, at least."
        )


def _rows(table: Table) -> list[Row]:
    found: list[Row] = []
    for row in table.rows():
        if row.fault or any(cell.strip() for cell in row.cells):
            found.append(row)
        if len(found) > MOST_ROWS:
            raise unreadable(
                table.file, f"this table has more than {MOST_ROWS:,} rows", "Keep a row for each period."
            )
    return found


def _long(rows: Iterable[Row], columns: Mapping[str, int], order: str, metric: str) -> Iterator[_Cell]:
    for row in rows:
        yield _Cell(
            row.number,
            metric or _at(row, columns[MEASURE]),
            period_of(_at(row, columns[PERIOD]), order),
            _at(row, columns[VALUE]),
            _at(row, columns[N]) if N in columns else "",
            row.fault,
        )


def _at(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""


def _mark(file: str, texts: Iterable[str], said: str) -> str:
    """The decimal mark of a table's numbers, by all of them together, or as somebody said."""
    if said:
        return {"comma": ",", "point": "."}[said]
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(decimal_mark(text), plain(text))
    shown = [one for one in seen if one in (",", ".")]
    if UNSURE in seen and len(shown) != 1:
        raise Trouble(
            Problem(
                code="table-decimals",
                level=Level.ERROR,
                file=file,
                message=f"{seen[UNSURE]} may be a little more than {re.split('[.,]', seen[UNSURE])[0]}, or a thousand times "
                "as much: nothing in this table tells which",
                mend="Say which sign the decimals stand behind:  --decimals point  or  --decimals comma",
            )
        )
    return shown[0] if len(shown) == 1 else ""


def read_series_yaml(source: SourceFile) -> Found:
    """A list of {id, label, unit, series: [{period, value}]}, by itself or under `metrics:`; null is a gap.

    Raises Trouble where it is of another form.
    """
    page, problems = decode(source)
    marked = read_yaml(page)
    for problem in (*problems, *marked.problems):
        if problem.level is Level.ERROR:
            raise Trouble(problem)
    listed = marked.data.get("metrics") if isinstance(marked.data, dict) else marked.data
    if not isinstance(listed, list):
        raise unreadable(
            source.path,
            "this is no list of measures",
            "Write  - {id: calls, label: Calls, unit: calls, series: [{period: 2026-Q1, value: 812}]}",
        )
    refusals: list[Refusal] = []
    series = [
        one
        for index, entry in enumerate(listed)
        if (one := _entry(entry, marked.at(("metrics", index))[0] or index + 1, refusals))
    ]
    return Found(
        series=tuple(series),
        refusals=tuple(refusals),
        rows=sum(len(one.values) for one in series) + len(refusals),
    )


def _entry(entry: Any, line: int, refusals: list[Refusal]) -> Series | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("series"), list):
        refusals.append(Refusal(line, "it has no  series:  with its numbers"))
        return None
    id = str(entry.get("id") or "")
    values: dict[str, tuple[Decimal, int | None]] = {}
    for one in entry["series"]:
        period = period_of(str(one.get("period") or "")) if isinstance(one, dict) else ""
        written = one.get("value") if isinstance(one, dict) else None
        if not period:
            refusals.append(Refusal(line, "one of its periods cannot be read"))
        elif written is not None:
            value = number(str(written), ".")
            if value is None or abs(value) > 10**12:
                refusals.append(Refusal(line, f"its value for {period} is not a number"))
            else:
                values[period] = value, None
    return Series(
        id=id if ID.fullmatch(id) else "",
        label=str(entry.get("label") or id),
        values=values,
        unit=str(entry.get("unit") or ""),
    )


def of_one_kind(series: Sequence[str], kind: Length | None) -> dict[str, str]:
    """Each period as one of the measure's kind: a spreadsheet writes a month as the first of its days."""
    written = {period: period for period in series}
    if all(len(period) == 10 for period in series) and series:
        wanted = kind or (Length.MONTH if all(period.endswith("-01") for period in series) else Length.DAY)
        if wanted is not Length.DAY:
            return {
                period: holding(date.fromisoformat(period), wanted)
                for period in series
                if period.endswith("-01")
            }
    return written

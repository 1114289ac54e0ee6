"""A sheet of a workbook (.xlsx) becomes rows of text."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from typing import Any, BinaryIO

from builder.load.tables import LONGEST_CELL, unreadable
from builder.model.table import Row, Table
from builder.problem import Level, Problem, Trouble, guess

_LARGEST_PART = 1_000_000_000
_LARGEST_SHARED = 100_000_000
"""Bytes of a sheet once unpacked, which is read as it goes by, and of what is held in memory at once."""

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 2_000
_CHUNK = 1 << 20
_EXPORT = "Save it as .xlsx, or as CSV UTF-8, and import that."


def is_workbook(file: BinaryIO, name: str) -> bool:
    """Whether this is an .xlsx file; raises Trouble where it is of another kind that is no text either."""
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(name, "this is an older workbook (.xls), or one locked with a password", _EXPORT)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<tabl"):
        raise unreadable(name, "this is a page of the web, whatever its name says", _EXPORT)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise unreadable(name, "this is no table", _EXPORT)
    return head.startswith(b"PK\x03\x04")


def read_workbook(file: BinaryIO, name: str, sheet: str = "") -> Table:
    """The rows of a sheet: the one named, or the only one with anything in it. Raises Trouble."""
    _look_inside(file, name)
    book = _opened(file, name)
    titles = [one.title for one in book.worksheets]
    filled = [one.title for one in book.worksheets if _holds_anything(one, name)]
    if not sheet and len(filled) > 1:
        raise _which_sheet(name, f"this workbook has {len(filled)} sheets with something in them", filled)
    if sheet and sheet not in titles:
        near = guess(sheet, titles)
        raise _which_sheet(name, f"this workbook has no sheet `{sheet}`", titles, near)
    chosen = sheet or (filled[0] if filled else "")
    if not chosen or chosen not in filled:
        raise unreadable(name, "nothing stands in this sheet", "Look into it, and name another with --sheet.")
    return Table(
        file=name,
        read_as=f"a workbook, its sheet `{chosen}`",
        rows=lambda: _rows(book[chosen], name),
    )


def _which_sheet(name: str, message: str, titles: list[str], near: str = "") -> Trouble:
    return Trouble(
        Problem(
            code="table-sheet",
            level=Level.ERROR,
            file=name,
            message=message,
            mend=f"Name one with --sheet: {', '.join(titles[:20])}.",
            guess=near,
        )
    )


def _opened(file: BinaryIO, name: str) -> Any:
    """The workbook. What its format cannot say, or says wrongly, is Trouble; closing it is left to whoever opened the file."""
    from openpyxl import load_workbook

    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which nobody here asks for
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as fault:  # a broken file may raise anything in there
        raise _broken(name) from fault


def _broken(name: str) -> Trouble:
    return unreadable(
        name, "this workbook is damaged, or is none", "Open it in a spreadsheet, and save it once more."
    )


def _holds_anything(sheet: Any, name: str) -> bool:
    if not hasattr(sheet, "iter_rows"):
        return False  # a sheet that is only a chart
    return any(any(row.cells) for row in islice(_rows(sheet, name), 50))


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from sheet.iter_rows(values_only=True)


def _rows(sheet: Any, name: str) -> Iterator[Row]:
    sheet.reset_dimensions()
    number = 0
    try:
        for values in _values(sheet):
            number += 1
            if number > _MOST_ROWS or len(values) > _MOST_COLUMNS:
                raise unreadable(
                    name,
                    "this sheet is larger than any survey's answers",
                    "Keep only the columns with answers.",
                )
            cells = tuple("" if one is None else _text(one) for one in values)
            if any(len(one) > LONGEST_CELL for one in cells):
                yield Row(number, (), f"a cell holds more than {LONGEST_CELL:,} signs")
            else:
                yield Row(number, cells)
    except Trouble:
        raise
    except Exception as fault:
        raise _broken(name) from fault


def _text(value: Any) -> str:
    """A cell as it would stand in a CSV file.

    >>> _text(9.0), _text(1.234), _text(datetime(2026, 3, 5)), _text(True)
    ('9', '1.2340', '2026-03-05', 'TRUE')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        shown = repr(value)
        return (
            f"{shown}0" if re.search(r"\.\d{3}$", shown) else shown
        )  # or its point could set thousands apart
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    return str(value)


def _look_inside(file: BinaryIO, name: str) -> None:
    """Raise Trouble for what would fill the memory, or is another kind of file in the same wrapping."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as parcel:
            parts = {part.filename: part for part in parcel.infolist()}
            if not any(one.startswith("xl/") for one in parts):
                raise unreadable(name, "this is no workbook of the kind .xlsx", _EXPORT)
            sizes = [part.file_size for part in parts.values()]
            shared = sum(
                part.file_size for path, part in parts.items() if not path.startswith("xl/worksheets/")
            )
            if len(sizes) > 5000 or sum(sizes) > _LARGEST_PART or shared > _LARGEST_SHARED:
                raise unreadable(
                    name,
                    f"this workbook would unpack to {sum(sizes) // 1_000_000:,} MB: so much is in no survey",
                    "Keep only the sheet with the answers, without pictures, or save it as CSV UTF-8.",
                )
            for path, part in parts.items():
                if path.endswith((".xml", ".rels")):
                    _refuse_definitions(parcel, part, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise _broken(name) from fault
    except OSError as fault:
        raise _broken(name) from fault
    finally:
        file.seek(0)


def _refuse_definitions(parcel: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """No spreadsheet writes a document type; whoever did wants an entity to grow, or to be fetched."""
    tail = b""
    with parcel.open(part) as read:
        while chunk := read.read(_CHUNK):
            text = (tail + chunk).replace(b"\0", b"")  # as UTF-16 would hide it
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise unreadable(
                    name,
                    "this workbook holds definitions that no spreadsheet writes, so it was not opened",
                    "Ask whoever sent it; or open it in a spreadsheet, and save it once more.",
                )
            tail = text[-16:]

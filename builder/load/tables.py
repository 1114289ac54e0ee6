"""A CSV file becomes rows of text, whatever program and country it comes from."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from builder.model.table import Row, Table
from builder.problem import Level, Problem, Trouble

LONGEST_CELL = 100_000
"""Signs; no one writes a comment of so many."""

_LONGEST_LINE = 1_000_000
_CHUNK = 1 << 20
_SAMPLE_LINES = 60
_SEPARATORS = ("\t", ";", "|", ",")
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_SAID = {"\t": "tabs", ";": "semicolons", "|": "upright strokes", ",": "commas"}
_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252 (Western European)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1256": "Windows-1256 (Arabic and Persian)",
}


def unreadable(file: str, message: str, mend: str) -> Trouble:
    """What keeps a table from being read at all."""
    return Trouble(Problem(code="table", level=Level.ERROR, file=file, message=message, mend=mend))


def read_csv(file: BinaryIO, name: str) -> Table:
    """The rows of a CSV file, gone through as they are asked for; raises Trouble, also while they are."""
    encoding = _encoding(file)
    sample = _sample(file, encoding, name)
    said = _SEP.fullmatch(sample[0]) if sample else None
    if not any(line.strip(" \r\n\t;,") for line in sample[1 if said else 0 :]):
        raise unreadable(name, "nothing stands in this file", "Export it once more, and look into it first.")
    separator = said[1] if said else _separator(sample)

    def rows() -> Iterator[Row]:
        lines = _lines(file, encoding, name)
        if said:
            next(lines)
        yield from _rows(lines, separator, name)

    read_as = f"{_ENCODINGS[encoding]}, columns set apart by {_SAID.get(separator, f'the sign {separator}')}"
    return Table(file=name, read_as=read_as, rows=rows)


def _rows(lines: Iterator[str], separator: str, name: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        begun = reader.line_num
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            said = str(fault)
            if "end of data" in said or (reader.line_num - begun > 1 and "field larger" in said):
                raise unreadable(
                    name,
                    f"a quotation mark opens in row {number} and is never closed, so the rows below it cannot be told apart",
                    "Close it, or take it out; then run it again.",
                ) from None
            if "field larger" in said:
                yield Row(number, (), f"a cell holds more than {LONGEST_CELL:,} signs")
            else:
                yield Row(
                    number, (), 'a quotation mark stands in the middle of a quoted cell; write it twice: ""'
                )
            continue
        yield Row(number, tuple(cells))


def _lines(file: BinaryIO, encoding: str, name: str) -> Iterator[str]:
    """The lines with their ends, for a quoted cell may hold some; signs of number 0 are left out."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        while line := text.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise unreadable(
                    name,
                    f"a line of this file is longer than {_LONGEST_LINE:,} signs: this is no table",
                    "Export the answers as CSV or .xlsx.",
                )
            yield line.replace("\0", "")
    finally:
        text.detach()


def _sample(file: BinaryIO, encoding: str, name: str) -> list[str]:
    found: list[str] = []
    lines = _lines(file, encoding, name)
    for line in lines:
        found.append(line)
        if len(found) == _SAMPLE_LINES:
            break
    lines.close()  # type: ignore[attr-defined]
    return found


def _separator(sample: Sequence[str]) -> str:
    """The sign by which most rows fall into the same number of cells, more than one; a comma where none does."""
    best, share = ",", 0.0
    for sign in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=sign) if any(row)]
        except csv.Error:
            continue
        several = Counter(width for width in widths if width > 1).most_common(1)
        agreed = several[0][1] / len(widths) if several else 0.0
        if (
            agreed > share + 0.1
        ):  # a comma is in many words and numbers: it must do clearly better than the others
            best, share = sign, agreed
    return best


def _encoding(file: BinaryIO) -> str:
    """How these bytes became letters: by their mark, as UTF-8 where they can be that, else by which letters they would be."""
    file.seek(0)
    head = file.read(1 << 16)
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    if _is_utf_8(file):
        return "utf-8"
    file.seek(0)
    return _of_one_byte(file.read(4 * _CHUNK))


def _is_utf_8(file: BinaryIO) -> bool:
    """Whether all of it is, or all but a stray byte here and there."""
    file.seek(0)
    good = bad = 0
    text = io.TextIOWrapper(file, "utf-8", errors="replace", newline="")
    try:
        while chunk := text.read(_CHUNK):
            if not chunk.isascii():
                bad += chunk.count("\ufffd")
                good += sum(one > "\x7f" for one in chunk)
    finally:
        text.detach()
    return bad == 0 or good > 5 * bad


def _of_one_byte(data: bytes) -> str:
    """Letters beyond ASCII stand among others in Latin words, and by themselves in Greek and Persian ones; of these two,
    Persian has most of its letters where Greek has its capitals."""
    high = [word for word in re.findall(rb"[A-Za-z\x80-\xff]+", data) if max(word) > 0x7F]
    alone = b"".join(word for word in high if min(word) > 0x7F and len(word) > 1)
    mixed = sum(len(word) for word in high if min(word) < 0x80)
    if len(alone) <= mixed:
        return "cp1252"
    capitals = sum(0xC7 <= one <= 0xDB or one in (0x81, 0x8D, 0x8E, 0x90, 0x98) for one in alone)
    return "cp1256" if capitals > len(alone) * 0.35 else "cp1253"

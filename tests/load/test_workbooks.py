from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from builder.load.workbooks import is_workbook, read_workbook
from builder.problem import Trouble


def saved(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with another content in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


def rows(data: bytes, sheet: str = "") -> list[tuple[str, ...]]:
    return [row.cells for row in read_workbook(io.BytesIO(data), "answers.xlsx", sheet).rows()]


SHEET = "xl/worksheets/sheet1.xml"
GOOD = saved(
    ["Date", "Score"],
    [datetime.fromisoformat("2026-03-05T09:30"), 9],
    [datetime.fromisoformat("2026-03-05"), 9.5],
    [None, "#N/A"],
)


def test_cells_are_text_as_in_a_csv_file():
    assert rows(GOOD) == [
        ("Date", "Score"),
        ("2026-03-05 09:30:00", "9"),
        ("2026-03-05", "9.5"),
        ("", "#N/A"),
    ]


def test_a_sheet_may_be_gone_through_again():
    table = read_workbook(io.BytesIO(GOOD), "answers.xlsx")
    assert list(table.rows()) == list(table.rows())


def test_a_wrong_note_of_its_size_hides_no_row():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as parcel:
        xml = parcel.read(SHEET)
    assert b'ref="A1:B4"' in xml
    assert len(rows(with_part(GOOD, SHEET, xml.replace(b'ref="A1:B4"', b'ref="A1:A1"')))) == 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (with_part(GOOD, "xl/sharedStrings.xml", b"<sst>" + b" " * 120_000_000), "unpack to"),
        (
            with_part(
                GOOD, SHEET, b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><worksheet>&d;</worksheet>'
            ),
            "definitions",
        ),
        (
            with_part(
                GOOD,
                SHEET,
                b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>',
            ),
            "definitions",
        ),
        (
            with_part(GOOD, SHEET, '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'.encode("utf-16")),
            "definitions",
        ),
        (with_part(GOOD, SHEET, b"<worksheet><sheetData><row>"), "damaged"),
        (with_part(GOOD, "xl/workbook.xml", b"<nothing/>"), "damaged|nothing stands"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"PK\x03\x04" + b"\0" * 400, "damaged"),
        (saved(), "nothing stands"),
    ],
    ids=["bomb", "entities", "file", "utf-16", "cut", "no sheets", "half", "zeros", "empty"],
)
def test_a_hostile_workbook_ends_in_words_and_soon(data: bytes, words: str):
    tracemalloc.start()
    begin = time.monotonic()
    with pytest.raises(Trouble, match=words):
        rows(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - begin < 20
    assert most < 60_000_000


def test_rows_and_cells_far_out_are_bounded():
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    wide = with_part(GOOD, SHEET, far % b'<row r="1"><c r="XFD1"><v>9</v></c></row>')
    with pytest.raises(Trouble, match="larger than"):
        rows(wide)
    deep = with_part(
        GOOD,
        SHEET,
        far % b'<row r="1"><c r="A1"><v>9</v></c></row><row r="99999999"><c r="A99999999"><v>9</v></c></row>',
    )
    with pytest.raises(Trouble, match="larger than"):
        rows(deep)


def test_a_cell_of_ten_megabytes_is_refused_by_its_row():
    data = with_part(
        GOOD,
        SHEET,
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Score</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>' + b"z" * 10_000_000 + b"</t></is></c></row>"
        b'<row r="3"><c r="A3"><v>9</v></c></row></sheetData></worksheet>',
    )
    found = list(read_workbook(io.BytesIO(data), "answers.xlsx").rows())
    assert [bool(row.fault) for row in found] == [False, True, False]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\xd0\xcf\x11\xe0", "older workbook"),
        (b"  <html>", "page of the web"),
        (b"<?xml ", "page of the web"),
        (b"%PDF-1.7", "no table"),
    ],
)
def test_what_only_has_the_name_of_a_workbook(head: bytes, words: str):
    with pytest.raises(Trouble, match=words):
        is_workbook(io.BytesIO(head + b"x" * 100), "answers.xls")


def test_another_kind_of_parcel_is_named():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parcel:
        parcel.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Trouble, match="no workbook of the kind"):
        rows(file.getvalue())

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.load.tables import read_csv
from builder.problem import Trouble

ROWS = [
    ("Date", "Score", "Comment"),
    ("2026-03-05", "9", "καλό, πολύ"),
    ("2026-03-06", "8", "خوب; بود"),
    ("2026-03-07", "7", 'a "b"\nc'),
]


def as_csv(rows: Sequence[tuple[str, ...]], sign: str, end: str = "\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(one in text for one in f'{sign}"\n') else text

    return "".join(sign.join(map(cell, row)) + end for row in rows)


def read(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_csv(io.BytesIO(data), "answers.csv").rows()]


@given(
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_same_rows_in_every_wrapping(sign: str, encoding: str, end: str):
    rows = (
        ROWS
        if encoding.startswith("utf-8")
        else [("Date", "Score"), ("2026-03-05", "9"), ("2026-03-06", "8")]
    )
    assert read(as_csv(rows, sign, end).encode(encoding)) == rows


def test_a_table_may_be_gone_through_again():
    table = read_csv(io.BytesIO(as_csv(ROWS, ";").encode()), "answers.csv")
    assert list(table.rows()) == list(table.rows())
    first = next(iter(table.rows()))
    assert first.number == 1
    assert len(list(table.rows())) == 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ωραία εξυπηρέτηση, ευχαριστώ", "cp1253"),
        ("خيلي خوب بود، ممنون از شما", "cp1256"),
        ("Très bien, à bientôt, für Größe", "cp1252"),
    ],
)
def test_letters_of_windows_are_told_by_what_they_would_be(text: str, encoding: str):
    assert read(f"Score;Comment\n9;{text}\n".encode(encoding))[1][1] == text


def test_one_stray_byte_makes_no_other_language_of_all():
    data = b"Score;Comment\n" + "9;خوب بود و دوستانه\n".encode() * 5 + b"8;caf\xe9\n"
    assert read(data)[1][1] == "خوب بود و دوستانه"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing stands"),
        (b"\n\n ; \n", "nothing stands"),
        (b"sep=;\n\n", "nothing stands"),
        (b"a,b\n" + b"x" * 3_000_000, "longer than"),
        (b'a,b\n1,"' + b"x\n" * 300_000, "never closed"),
        (b'a,b\n1,"open\n2,b\n', "never closed"),
    ],
)
def test_what_is_no_table_ends_in_words(data: bytes, words: str):
    with pytest.raises(Trouble, match=words):
        read(data)


def test_a_cell_of_ten_megabytes_is_refused_and_not_held():
    with pytest.raises(Trouble, match="longer than"):
        read(b"Score,Comment\n9," + b"z" * 10_000_000 + b"\n8,\n")


def test_one_row_that_is_broken_does_not_stop_the_others():
    rows = list(read_csv(io.BytesIO(b'Score,Comment\n9,"a"b\n8,c\n'), "answers.csv").rows())
    assert [bool(row.fault) for row in rows] == [False, True, False]
    assert rows[2].number == 3

"""The line that is shown, and the caret below it."""

from __future__ import annotations

import pytest

from builder.cli.excerpt import WIDEST, as_sentence, cells, pointed_at, seen


@pytest.mark.parametrize(
    ("text", "wide"), [("pears", 5), ("梨", 2), ("e\u0301", 1), ("می\u200cرود", 5), ("🍐!", 3), ("", 0)]
)
def test_a_letter_takes_the_cells_that_a_terminal_gives_it(text: str, wide: int):
    assert cells(text) == wide


def test_nothing_in_a_file_gives_orders_to_a_terminal():
    assert seen("a\x1b[2J\r\nb\u202ec") == "a�[2J� b�c"


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u200b", "\ufeff"])
def test_a_space_that_is_none_can_be_seen(space: str):
    assert seen(f"{space}a") == "␣a"
    assert seen("\ta") == "→a"


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        ("title: x", 8, "       ^"),
        ("\tfile: x", 2, " ^"),
        ("題: x", 4, "    ^"),
        ("cafe\u0301: x", 8, "      ^"),
        ("title: x", 0, ""),
        ("title: x", 9, "        ^"),
    ],
)
def test_the_caret_stands_under_the_letter_that_is_meant(line: str, column: int, caret: str):
    assert pointed_at(line, column)[1] == caret


def test_beside_letters_from_right_to_left_the_word_is_said():
    line = "title: چتر گم شده: پیش نگهبان"
    assert pointed_at(line, 12) == (line, "           ^ at گم")
    assert pointed_at(line, 18)[1] == "                 ^ behind شده"
    assert pointed_at("title: x: چتر", 9)[1] == "        ^"


@pytest.mark.parametrize("column", [1, 60, 150, 299])
def test_a_long_line_is_cut_around_the_caret(column: int):
    line = "".join(chr(0x4E00 + one) if one % 7 == 0 else "x" for one in range(300))
    shown, caret = pointed_at(line, column)
    assert cells(shown) <= WIDEST + 3
    position = cells(caret) - 1
    under = next(one for at, one in enumerate(shown) if cells(shown[: at + 1]) > position)
    assert under == line[column - 1]


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("nothing stands here", "Nothing stands here."),
        ("p-017 wants none", "p-017 wants none."),
        ("stories/2026/a.md is there", "stories/2026/a.md is there."),
        ("`x` is no date", "`x` is no date."),
        ("is it?", "Is it?"),
        ("this cannot be: why.", "This cannot be: why."),
    ],
)
def test_a_message_is_a_sentence_and_an_id_keeps_its_letters(message: str, sentence: str):
    assert as_sentence(message) == sentence

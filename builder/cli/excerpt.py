"""An author's line as a terminal shows it, with a caret under the letter that is meant."""

from __future__ import annotations

import re
from unicodedata import bidirectional, category, combining, east_asian_width

WIDEST = 100
"""Cells of a line that are shown; a longer one is cut to what stands around the caret."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN_AS = {
    "\t": "→",
    "\u00a0": "␣",
    "\u202f": "␣",
    "\u2007": "␣",
    "\u3000": "␣",
    "\u200b": "␣",
    "\ufeff": "␣",
}
"""What looks like a plain space, or like nothing at all, and is often the very fault."""


def seen(text: str) -> str:
    r"""`text` on one line, with nothing in it that a terminal would obey.

    >>> seen("a\nb\x1b[2Jc")
    'a b�[2Jc'
    """
    return "".join(map(_seen, text.replace("\n", " ")))


def _seen(one: str) -> str:
    if one in _SHOWN_AS:
        return _SHOWN_AS[one]
    return "�" if category(one) == "Cc" or one in _TURNING else one


def cells(text: str) -> int:
    r"""How many cells a terminal gives to `text`: two to a wide letter, none to an accent or a joiner.

    >>> cells("pears"), cells("梨"), cells("e\u0301"), cells("می\u200cرود")
    (5, 2, 1, 5)
    """
    return sum(map(_cells, text))


def _cells(one: str) -> int:
    if combining(one) or category(one) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(one) in "WF" else 1


def pointed_at(line: str, column: int) -> tuple[str, str]:
    """The line as it is shown, and the line with a caret below it; "" where there is no column to point at.

    A terminal may turn letters that run from right to left, and then the caret stands somewhere else: beside it
    stands the word that is meant.
    """
    start, end = _cut(line, column)
    shown = (
        ("…" if start else "") + seen(line[start:end]).rstrip() + ("…" if end < len(line.rstrip()) else "")
    )
    if not column:
        return shown, ""
    before = seen(line[start : column - 1])
    caret = " " * (cells(before) + (1 if start else 0)) + "^"
    if any(bidirectional(one) in ("R", "AL") for one in line[:column]):
        here = re.match(r"[^\s،.,;:]*", line[column - 1 :])
        above = line[: column - 1].split()
        word = f" at {here[0]}" if here and here[0] else f" behind {above[-1]}" if above else ""
        caret += seen(word[:40])
    return shown, caret


def _cut(line: str, column: int) -> tuple[int, int]:
    """The part of a long line that is shown, as the place of its first letter and of the one after its last."""
    beside = _walk(line, column, -1, WIDEST // 2)
    at_the_end = _walk(line, len(line), -1, WIDEST)
    start = max(0, min(beside, at_the_end, column - 1))
    return start, _walk(line, start, 1, WIDEST)


def _walk(line: str, place: int, step: int, room: int) -> int:
    """The place that is reached from `place` with no more than `room` cells between."""
    while 0 <= (one := place if step > 0 else place - 1) < len(line) and _cells(line[one]) <= room:
        room -= _cells(line[one])
        place += step
    return place


def as_sentence(message: str) -> str:
    """A message with a full stop, and with a capital where it begins with a plain word.

    >>> as_sentence("the file is empty"), as_sentence("p-017 wants none"), as_sentence("`x` is no date")
    ('The file is empty.', 'p-017 wants none.', '`x` is no date.')
    """
    first = re.match(r"[a-z]+(?=[ ,;:']|$)", message)
    capital = message[:1].upper() + message[1:] if first else message
    return capital if capital.endswith((".", "?", "!")) else f"{capital}."

"""The text part of a mail: lines that a terminal can show, each running in its own direction, with links whole."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from unicodedata import bidirectional, category, east_asian_width

from builder.model.message import COLUMNS

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
"""The marks that give a line its direction where its first letter would give another (UAX 9, 2.5)."""

_MARK = {"ltr": LEFT_TO_RIGHT, "rtl": RIGHT_TO_LEFT}
_ISOLATES, _POP = "\u2066\u2067\u2068", "\u2069"
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 div section article blockquote ul ol dl dt dd pre table tr figure figcaption hr".split()
)
_BEGINNING = re.compile(r"(?:> )*(?:(?:- |\d+\. ) ?)?")
_ADDRESS = re.compile(r"(?:https?|mailto):\S+$")


def side_of(direction: str) -> str:
    """Where a line of text begins."""
    return "right" if direction == "rtl" else "left"


def mark_of(direction: str, around: str) -> str:
    """The mark before words that run otherwise than the mail around them, "" before those that do not."""
    return _MARK[direction] if direction != around else ""


def plain_text(html: str) -> str:
    """Safe HTML as plain words: a blank line between blocks, quotations and lists as mails write them (`>`, `-`, `1.`), and an
    address behind the words it was linked from.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return "\n".join(reader.lines).strip("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words = ""
        self._quoted = 0
        self._lists: list[int] = []
        """For each list that is open the number of its last entry; 0 in one without numbers that has none yet, then -1."""
        self._bullet = ""
        self._address = ""
        self._link_from = 0
        self._verbatim = False
        self._cell = False
        self._row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "br":
            self._words += "\n"
        elif tag == "a":
            self._address = (given.get("href") or "").removeprefix("mailto:")
            self._link_from = len(self._words)
        elif tag in ("td", "th"):
            self._words += " · " if self._cell else ""
            self._cell = True
        elif tag == "li":
            self.end_block()
            number = self._lists[-1] if self._lists else None
            if number is not None and number >= 0:
                self._lists[-1] = number + 1
                self._bullet = f"{number + 1}. "
            else:
                self._bullet = "- "
        elif tag in _BLOCKS:
            self.end_block()
            self._cell = False
            self._row = tag == "tr"
            self._quoted += tag == "blockquote"
            self._verbatim = self._verbatim or tag == "pre"
            if tag in ("ul", "ol"):
                start = given.get("start") or "1"
                self._lists.append((int(start) if start.isdecimal() else 1) - 1 if tag == "ol" else -1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self._address and self._address not in self._words[self._link_from :]:
                self._words += f" ({self._address})"
            self._address = ""
        elif tag == "li" or tag in _BLOCKS:
            self.end_block()
            self._quoted -= tag == "blockquote" and self._quoted > 0
            self._verbatim = self._verbatim and tag != "pre"
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if tag in ("ul", "ol", "table"):
                self._row = False
                if not self._lists:
                    self._apart()

    def handle_data(self, data: str) -> None:
        self._words += data if self._verbatim else re.sub(r"\s+", " ", data)

    def _apart(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def end_block(self) -> None:
        """What was read since the last block stands as a paragraph, or as an entry of its list."""
        parts = self._words.split("\n")
        said = [part.rstrip() if self._verbatim else re.sub(r" {2,}", " ", part).strip() for part in parts]
        self._words = ""
        if not any(said):
            return
        before = "> " * self._quoted
        entry = bool(self._lists) or self._row
        if not entry:
            self._apart()
        bullet, self._bullet = self._bullet, ""
        inside = "  " * (len(self._lists) - 1)
        for number, line in enumerate(said):
            hang = bullet if number == 0 else " " * len(bullet)
            self.lines.append(f"{before}{inside}{hang}{line}".rstrip())
        if not entry:
            self.lines.append("")


def wrapped(text: str, direction: str = "ltr") -> str:
    """The same text in lines of at most COLUMNS as a terminal counts them. A link is never broken, what hangs from a bullet
    or a `>` goes on doing so, and each line begins with a mark where it would else run against its text.

    `direction` is that of the mail; a paragraph that begins with a mark has its own.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        own = next((way for way, mark in _MARK.items() if line.startswith(mark)), "")
        said = line[1:] if own else line
        lines += [_held(one, own or direction) for one in _folded(said.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _folded(line: str) -> list[str]:
    space = line[: len(line) - len(line.lstrip(" "))]
    begins = _BEGINNING.match(line.lstrip(" "))
    first = space + (begins[0] if begins else "")
    rest = "".join(one if one == ">" else " " for one in first)
    words = line[len(first) :].split()
    lines: list[list[str]] = []
    now: list[str] = []
    taken = len(first)
    for word in words:
        wide = columns(word)
        if now and taken + 1 + wide > COLUMNS:
            lines.append(now)
            now, taken = [], len(first)
        taken += wide + bool(now)
        now.append(word)
    return [(rest if number else first) + " ".join(one) for number, one in enumerate([*lines, now])]


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes: marks and joiners none, wide letters two (UAX 11)."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(one: str) -> int:
    return 0 if category(one) in ("Mn", "Me", "Cf") else 2 if east_asian_width(one) in "WF" else 1


def _held(line: str, direction: str) -> str:
    if _ADDRESS.fullmatch(line.strip()) or not any(one.isalnum() for one in line):
        return line
    runs = first_strong(line)
    # A line of figures alone runs as the terminal does, from left to right.
    return line if runs == direction or (not runs and direction == "ltr") else f"{_MARK[direction]}{line}"


def first_strong(line: str) -> str:
    """The direction that a line takes by its first letter outside any isolate, "" where it has none (UAX 9, P2)."""
    depth = 0
    for one in line:
        if one in _ISOLATES:
            depth += 1
        elif one == _POP:
            depth = max(0, depth - 1)
        elif depth == 0 and (kind := bidirectional(one)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""

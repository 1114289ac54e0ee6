"""Quotation marks, dashes and dots as a language prints them, for whoever types them straight."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.model.text import Reference, Text

Marks = tuple[str, str, str, str]
"""A quotation begins and ends, one inside it begins and ends."""

_HIGH: Marks = ("“", "”", "‘", "’")
_LOW: Marks = ("„", "“", "‚", "‘")
_ANGLES: Marks = ("«", "»", "“", "”")
_ANGLES_TWICE: Marks = ("«", "»", "‹", "›")
_ANGLES_AND_LOW: Marks = ("«", "»", "„", "“")
_CLOSING: Marks = ("”", "”", "’", "’")
_TURNED: Marks = ("”", "“", "’", "‘")
_CORNERS: Marks = ("「", "」", "『", "』")

MARKS: Mapping[str, Marks] = {
    **dict.fromkeys(("cs", "de", "et", "hr", "is", "lb", "mk", "sk", "sl"), _LOW),
    **dict.fromkeys(("ca", "el", "eu", "it", "kk"), _ANGLES),
    **dict.fromkeys(("am", "fa", "rm"), _ANGLES_TWICE),
    **dict.fromkeys(("be", "ky", "ru", "uk"), _ANGLES_AND_LOW),
    **dict.fromkeys(("fi", "he", "sv"), _CLOSING),
    **dict.fromkeys(("ar", "ur"), _TURNED),
    **dict.fromkeys(("ja", "yue"), _CORNERS),
    **dict.fromkeys(("nb", "nn", "no"), ("«", "»", "‘", "’")),
    **dict.fromkeys(("bg", "lt"), ("„", "“", "„", "“")),
    "ka": ("„", "“", "«", "»"),
    **dict.fromkeys(("pl", "ro"), ("„", "”", "«", "»")),
    "bs": ("„", "”", "‘", "’"),
    "fr": ("«\u202f", "\u202f»", "«\u202f", "\u202f»"),
    "hu": ("„", "”", "»", "«"),
    "hy": ("«", "»", "«", "»"),
    "nl": ("‘", "’", "‘", "’"),
    "sr": ("„", "”", "’", "’"),
}
"""By language (CLDR 48, delimiters; French with the narrow space that is printed there). All others print as English does."""

_STRAIGHT = re.compile(r"""["']|-{2,3}|\.{3}""")
_TOKEN = re.compile(r"(<[^<>]*>)")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
_AS_TYPED = frozenset(("code", "pre", "kbd", "samp", "var"))
_RUNNING = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins mark q s small span strong sub sup time u wbr".split()
)
_OPENS_BEFORE = frozenset("([{«“‘„‚‹—–-/")
_CLOSES_LATER = re.compile(r"(?<=\S)'(?![^\W_])")


def curl(text: Text, language: str) -> Text:
    r"""A short text with the marks of its language.

    >>> curl(Text(('"It\'s late," she said.',)), "en").parts
    ('“It’s late,” she said.',)
    """
    if not any(isinstance(part, str) and _STRAIGHT.search(part) for part in text.parts):
        return text
    pen = _Pen(language)
    parts: list[str | Reference] = []
    for part in text.parts:
        if isinstance(part, str):
            parts.append(pen.write(part))
        else:
            parts.append(part)
            pen.before = "x"
    return Text(tuple(parts))


def curl_html(html: str, language: str) -> str:
    """Safe HTML with the marks of its language; tags and what is shown as it was typed (`code`, `kbd`) stay as they are."""
    if _STRAIGHT.search(html) is None:
        return html
    pen = _Pen(language)
    typed = 0
    pieces = _TOKEN.split(html)
    for index, piece in enumerate(pieces):
        if index % 2:
            tag = _TAG.match(piece)
            name = tag[1] if tag else ""
            if name in _AS_TYPED:
                typed += -1 if piece.startswith("</") else 1
                pen.before = "x"
            elif name not in _RUNNING:
                pen.begin()
        elif piece and not typed:
            pieces[index] = pen.write(piece)
    return "".join(pieces)


class _Pen:
    """Writes a text from its beginning to its end; `before` is the letter that was written last, "" at a beginning."""

    def __init__(self, language: str) -> None:
        self._marks = MARKS.get(language.split("-", maxsplit=1)[0], _HIGH)
        self.begin()

    def begin(self) -> None:
        """A new paragraph: no quotation goes on into it."""
        self.before = ""
        self._inner = False

    def write(self, text: str) -> str:
        done: list[str] = []
        end = 0
        for match in _STRAIGHT.finditer(text):
            before = text[match.start() - 1] if match.start() else self.before
            after = text[match.end() : match.end() + 1]
            done += (text[end : match.start()], self._printed(match[0], before, after, text[match.end() :]))
            end = match.end()
        done.append(text[end:])
        self.before = text[-1:] or self.before
        return "".join(done)

    def _printed(self, typed: str, before: str, after: str, rest: str) -> str:
        if typed[0] == "-":
            return "—" if len(typed) == 3 else "–"
        if typed == "...":
            return "…"
        opens = not before or before.isspace() or before in _OPENS_BEFORE or before in "\"'"
        if typed == '"':
            return self._marks[0 if opens and not after.isspace() else 1]
        if opens and after and not after.isdigit() and not after.isspace() and _CLOSES_LATER.search(rest):
            self._inner = True
            return self._marks[2]
        if self._inner and not after.isalnum():
            self._inner = False
            return self._marks[3]
        return "’"

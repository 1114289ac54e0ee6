"""The HTML of a mail as a tree, with the place of everything; and once more as Word sees it, in whose hands Outlook for Windows is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr o:allowpng v:fill v:stroke".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table tbody td tfoot th thead tr ul body html".split()
)
_ENDED_BY = {
    "p": _BLOCKS - {"body", "html"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr", "tbody"},
    "th": {"td", "th", "tr", "tbody"},
    "tr": {"tr", "tbody"},
}
"""What ends an element that need not be closed."""

_BLANK = re.compile(r"[\s\u00a0\u00ad\u034f\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]+")
"""Spaces of every width, and letters that are not seen."""


@dataclass(eq=False, slots=True)
class Element:
    """An element with what stands in it. `line` and `column` count from 1; 0 means no place, as for the root."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, "" where it is absent."""
        return self.attributes.get(name, "")

    def __iter__(self) -> Iterator[Element]:
        """The element and all below it, in the order of the page."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [below for below in reversed(one.children) if isinstance(below, Element)]

    def above(self) -> Iterator[Element]:
        """The element and all that it stands in, the nearest first."""
        one: Element | None = self
        while one is not None:
            yield one
            one = one.parent

    @property
    def elements(self) -> list[Element]:
        """Its children that are elements."""
        return [one for one in self.children if isinstance(one, Element)]

    @property
    def is_block(self) -> bool:
        return self.tag in _BLOCKS

    def words(self) -> str:
        """All its text on one line, whatever is seen of it; an end of a block is a space."""
        return said("".join(self.pieces()))

    def pieces(self) -> Iterator[str]:
        """All its text as it stands."""
        if self.tag in ("style", "script", "title"):
            return
        edge = " " if self.is_block or self.tag == "br" else ""
        yield edge
        for one in self.children:
            if isinstance(one, str):
                yield one
            else:
                yield from one.pieces()
        yield edge


@dataclass(frozen=True, slots=True)
class Document:
    """`root` holds everything; `astray` are the tags that end what was not begun, or begin what does not end, by line."""

    root: Element
    astray: tuple[tuple[str, int], ...]

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of these tags, in the order of the page."""
        return (one for one in self.root if one.tag in tags)

    def first(self, tag: str) -> Element | None:
        return next(self.all(tag), None)


def said(text: str) -> str:
    r"""A text on one line, without the letters that are not seen; what joins and parts letters inside a word stays.

    >>> said(" a\u200a\n\u2068b\u2069 ")
    'a b'
    """
    return " ".join(_BLANK.sub(_seen, text).split()).strip(_JOINERS)


_JOINERS = "\u200c\u200d"


def _seen(blank: re.Match[str]) -> str:
    if any(one not in _UNSEEN for one in blank[0]):
        return " "
    return "".join(one for one in blank[0] if one in _JOINERS)


_UNSEEN = frozenset("\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\ufeff") | set(map(chr, range(0x202A, 0x202F)))
_UNSEEN |= frozenset(map(chr, range(0x2060, 0x2070)))


class _Grower(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, 0, 0)
        self.here = self.root
        self.astray: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while tag in _ENDED_BY.get(self.here.tag, ()) and self.here.parent:
            self.here = self.here.parent
        line, column = self.getpos()
        given: dict[str, str] = {}
        for name, value in attrs:
            given.setdefault(name, value or "")
        one = Element(tag, given, line, column + 1, self.here)
        self.here.children.append(one)
        if tag not in VOID:
            self.here = one

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and ":" in tag:
            self.here = self.here.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        begun = next((one for one in self.here.above() if one.tag == tag), None)
        if begun is None:
            self.astray.append((f"</{tag}>", self.getpos()[0]))
            return
        for one in self.here.above():
            if one is begun:
                break
            if one.tag not in _ENDED_BY:
                self.astray.append((f"<{one.tag}>", one.line))
        self.here = begun.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Document:
    """HTML as a tree; nothing is refused, and what comments hold is passed over."""
    grower = _Grower()
    grower.feed(html)
    grower.close()
    open_still = [one for one in grower.here.above() if one.tag and one.tag not in _ENDED_BY]
    left = [(f"<{one.tag}>", one.line) for one in open_still if one.tag not in ("html", "body")]
    return Document(grower.root, (*grower.astray, *left))


_MARK = re.compile(
    r"(?P<shown><!--\[if [^\]]*\]><!-->|<!--\[if [^\]]*\]>-->|<!\[if [^\]]*\]>)|(?P<hidden><!--\[if [^\]]*\]>)"
    r"|(?P<shown_end><!--<!\[endif\]-->|<!\[endif\]>)|(?P<hidden_end><!\[endif\]-->)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\[if ([^\]]*)\]", re.IGNORECASE)


def marks(html: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The beginnings and ends of what only Outlook reads (`hidden`), or all but Outlook (`shown`), in their order."""
    for match in _MARK.finditer(html):
        yield str(match.lastgroup), match


def as_word_sees_it(html: str) -> str:
    """The same HTML with what conditional comments say to Word, and without what they say to others; each stays in its place."""
    made: list[str] = []
    at, wanted = 0, True
    for kind, match in marks(html):
        piece = html[at : match.start()]
        made += [piece if wanted else _hollow(piece), _hollow(match[0])]
        at = match.end()
        wanted = True if kind.endswith("end") else _means_word(match[0])
    made.append(html[at:] if wanted else _hollow(html[at:]))
    return "".join(made)


def _means_word(mark: str) -> bool:
    condition = _CONDITION.search(mark)
    said = condition[1].lower() if condition else ""
    if "mso" not in said:
        return False
    if re.search(r"(?<!\w)(lt|lte) mso", said):
        return False  # releases that nobody has any more
    return not re.search(r"!\s*\(?\s*mso", said)


def _hollow(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)

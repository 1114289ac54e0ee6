"""Safe HTML cut into a Body: what only a page can know becomes a slot, and the words are told from the tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from builder.model.body import Body, Image, InAttribute, Link, Part, WideStart
from builder.model.text import Reference, Text

OPEN, CLOSE = "\ue000", "\ue001"
"""Private characters around a slot's number; an author's own are taken out first, so that none can be forged."""

SLOT = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_CUT = re.compile(
    r"<(?:(img|a|table)((?:\s+[^<>]*)?)>"
    r"|/table(?:\s+[^<>]*)?>"
    rf"|/?[a-zA-Z][a-zA-Z0-9]*+\s+[^<>{OPEN}]*+{OPEN}[^<>]*>)"
    f"|{OPEN}([0-9]+){CLOSE}"
)
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)="([^"]*)"')
_ID = re.compile(r'id="(?<=\sid=")([^"]*)"')
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s+[^<>]*)?>")
_FOOTNOTE_MARKS = re.compile(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', flags=re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(?!\s*<img[^>]*>\s*</p>)(.*?)</p>", flags=re.DOTALL)
_WIDE_SPACE = re.compile(r"[ \t\u00a0]+")
_BLOCKS = "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd div blockquote pre table tr figure figcaption section aside hr br".split()
SPACE = {**dict.fromkeys(_BLOCKS, "\n"), "td": " ", "th": " "}
"""What parts the words before and after the tags of these elements."""


class Slots(list[Reference]):
    """The references of the text that is being converted."""

    def take(self, reference: Reference) -> str:
        """What stands for the reference until the text is cut into parts."""
        self.append(reference)
        return f"{OPEN}{len(self) - 1}{CLOSE}"


def body_of(html: str, references: tuple[Reference, ...], refused: tuple[str, ...]) -> Body:
    """The Body of cleaned HTML in which numbers between private characters stand for these references."""
    first = _PARAGRAPH.search(html)
    return Body(
        parts=tuple(_merged(_parts(html, references))),
        words=_words(html, references),
        opening=_words(first[1], references) if first else Text(),
        ids=tuple(_ID.findall(html)),
        refused=refused,
    )


def _parts(html: str, references: tuple[Reference, ...]) -> Iterator[Part]:
    """HTML cut at its slots: people anywhere, and the addresses of links and pictures."""
    end = 0
    for cut in _CUT.finditer(html):
        yield html[end : cut.start()]
        end = cut.end()
        name, attributes, number = cut.groups()
        if number:
            yield references[int(number)]
        elif name == "img":
            given = dict(_ATTRIBUTE.findall(attributes))
            yield Image(unescape(given.get("src", "")), _text(unescape(given.get("alt", "")), references))
        elif name == "a" and 'href="' in attributes:
            before, _, rest = attributes.partition('href="')
            target, _, after = rest.partition('"')
            yield from _in_tag(f"<a{before.rstrip()}", references)
            yield Link(unescape(target))
            yield from _in_tag(f"{after}>", references)
        else:
            if name == "table":
                yield WideStart()
            yield from _in_tag(cut[0], references)
            if cut[0].startswith("</table"):
                yield "</section>"
    yield html[end:]


def _in_tag(html: str, references: tuple[Reference, ...]) -> Iterator[Part]:
    for index, piece in enumerate(SLOT.split(html)):
        yield InAttribute(references[int(piece)]) if index % 2 else piece


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        text = ""
        yield part
    if text:
        yield text


def _text(plain: str, references: tuple[Reference, ...]) -> Text:
    if OPEN not in plain:
        return Text((plain,) if plain else ())
    pieces = SLOT.split(plain)
    return Text(
        tuple(
            references[int(piece)] if index % 2 else piece
            for index, piece in enumerate(pieces)
            if index % 2 or piece
        )
    )


def _words(html: str, references: tuple[Reference, ...]) -> Text:
    """The words of safe HTML, a line per block, without what only eyes need."""
    if "footnote" in html or "fnref" in html:
        html = _FOOTNOTE_MARKS.sub("", html)
    pieces = _TAG.split(_one_line(html))
    pieces[1::2] = [SPACE.get(name.lower(), "") for name in pieces[1::2]]
    text = unescape("".join(pieces))
    if "  " in text or "\t" in text or "\u00a0" in text:
        text = _WIDE_SPACE.sub(" ", text)
    lines = [line.strip() for line in text.split("\n")]
    return _text("\n".join([line for line in lines if line]), references)


def _one_line(html: str) -> str:
    """Every line's end, with the spaces around it, as one space."""
    first, *lines = html.split("\n")
    if not lines:
        return html
    last = lines.pop().lstrip()
    kept = [line for line in map(str.strip, lines) if line]
    return " ".join((first.rstrip(), *kept, last))

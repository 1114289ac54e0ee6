"""Markdown becomes safe HTML, once, with a slot for each person, link and picture in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from builder.model.body import Body, Image, InAttribute, Link, Part, WideStart
from builder.model.text import REFERENCE, Reference, Text
from builder.problem import Level, Problem
from builder.render.clean import clean
from builder.render.swift import Swift

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private characters around a slot's number; an author's own are taken out first, so that none can be forged."""

_SLOT = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_ENTITY = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^<>]*)?)>")
_SLOTTED = re.compile(r"<(/?)(img|a|table)((?:\s+[^<>]*)?)>")
"""The tags at which there is something to do where no attribute holds a slot."""

_SLOT_IN_TAG = re.compile(f"<[^<>{_OPEN}]*{_OPEN}")
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)="([^"]*)"')
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd div blockquote pre table tr figure figcaption section aside hr br".split()
)
_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))})(?:\s+[^<>]*)?>", re.IGNORECASE)
_CELL = re.compile(r"</?(?:td|th)(?:\s+[^<>]*)?>", re.IGNORECASE)
_GAP = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[ \t\u00a0]+")
_FOOTNOTE_MARK = re.compile(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', re.DOTALL)


class _References(InlineProcessor):
    """Puts a numbered slot where a reference stands, before links and emphasis can take it apart."""

    def __init__(self, found: list[Reference], md: markdown.Markdown) -> None:
        super().__init__(REFERENCE.pattern, md)
        self.found = found

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        self.found.append(Reference.written(m))
        return f"{_OPEN}{len(self.found) - 1}{_CLOSE}", m.start(0), m.end(0)


class _HeadingOrder(Treeprocessor):
    """Headings begin at h2, below the page's own title, and skip no level."""

    def run(self, root: Element) -> None:
        open_levels: list[int] = []
        for element in root.iter():
            if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
                level = int(element.tag[1])
                while open_levels and open_levels[-1] >= level:
                    open_levels.pop()
                open_levels.append(level)
                element.tag = f"h{min(len(open_levels) + 1, 6)}"


class House(Extension):
    def __init__(self, found: list[Reference]) -> None:
        super().__init__()
        self.found = found

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(_References(self.found, md), "people", 165)
        md.treeprocessors.register(_HeadingOrder(md), "heading-order", 15)


def _heading_id(text: str, separator: str) -> str:
    """An address for a heading, in any script; never made of a person's name.

    >>> _heading_id("What we changed!", "-")
    'what-we-changed'
    """
    plain = unicodedata.normalize("NFC", _SLOT.sub("", text)).casefold()
    return re.sub(r"[^\w]+", separator, plain).strip(separator + "_") or "part"


CONFIGURATION: dict[str, dict[str, Any]] = {
    "toc": {"slugify": _heading_id, "marker": ""},
    "extra": {"footnotes": {"BACKLINK_TITLE": "{}"}, "tables": {"use_align_attribute": True}},
}
"""How the extensions of Python-Markdown are set."""


@lru_cache(maxsize=1)
def _converter() -> tuple[markdown.Markdown, list[Reference]]:
    """One converter per process: making one takes longer than converting a story."""
    found: list[Reference] = []
    return markdown.Markdown(
        extensions=["extra", "sane_lists", "toc", House(found), Swift()],
        extension_configs=CONFIGURATION,
        output_format="html",
    ), found


def convert(source: str) -> Body:
    """The Body of an author's Markdown (the `extra` dialect of Python-Markdown, with tables and footnotes)."""
    converter, found = _converter()
    found.clear()
    converter.reset()
    html = converter.convert(source.replace(_OPEN, "").replace(_CLOSE, ""))
    safe, refused = clean(_ENTITY.sub(_unless_ours, html))
    references = tuple(found)
    parts = tuple(_merged(_parts(safe, references)))
    return Body(
        parts=parts,
        words=_words(safe, references),
        opening=_words(_first_paragraph(safe), references),
        ids=tuple(re.findall(r'\sid="([^"]*)"', safe)),
        refused=refused,
    )


def _unless_ours(entity: re.Match[str]) -> str:
    """A numbered entity as it stands, but for those that would become our private characters."""
    return "" if unescape(entity[0]) in (_OPEN, _CLOSE) else entity[0]


def _parts(html: str, references: tuple[Reference, ...]) -> Iterator[Part]:
    """HTML cut at its slots: people anywhere, and the addresses of links and pictures."""
    end = 0
    for tag in (_TAG if _SLOT_IN_TAG.search(html) else _SLOTTED).finditer(html):
        yield from _people(html[end : tag.start()], references, in_attribute=False)
        end = tag.end()
        name, attributes = tag[2], tag[3]
        if not tag[1] and name == "img":
            given = dict(_ATTRIBUTE.findall(attributes))
            yield Image(unescape(given.get("src", "")), _text(unescape(given.get("alt", "")), references))
        elif not tag[1] and name == "a" and 'href="' in attributes:
            before, _, rest = attributes.partition('href="')
            target, _, after = rest.partition('"')
            yield from _people(f"<a{before.rstrip()}", references, in_attribute=True)
            yield Link(unescape(target))
            yield from _people(f"{after}>", references, in_attribute=True)
        elif name == "table":
            if not tag[1]:
                yield WideStart()
            yield from _people(tag[0], references, in_attribute=True)
            if tag[1]:
                yield "</section>"
        else:
            yield from _people(tag[0], references, in_attribute=True)
    yield from _people(html[end:], references, in_attribute=False)


def _people(html: str, references: tuple[Reference, ...], *, in_attribute: bool) -> Iterator[Part]:
    if _OPEN not in html:
        yield html
        return
    for index, piece in enumerate(_SLOT.split(html)):
        if index % 2 == 0:
            yield piece
        else:
            reference = references[int(piece)]
            yield InAttribute(reference) if in_attribute else reference


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
    pieces = _SLOT.split(plain)
    return Text(
        tuple(
            references[int(piece)] if index % 2 else piece
            for index, piece in enumerate(pieces)
            if index % 2 or piece
        )
    )


def _words(html: str, references: tuple[Reference, ...]) -> Text:
    """The words of safe HTML, a line per block, without what only eyes need."""
    html = _FOOTNOTE_MARK.sub("", html) if "footnote" in html else html
    spaced = _BLOCK.sub("\n", _GAP.sub(" ", html))
    text = unescape(_TAG.sub("", _CELL.sub(" ", spaced)))
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _text("\n".join(line for line in lines if line), references)


def _first_paragraph(html: str) -> str:
    match = re.search(r"<p>(?!\s*<img[^>]*>\s*</p>)(.*?)</p>", html, flags=re.DOTALL)
    return match[1] if match else ""


def excerpt(text: Text, most: int = 220) -> Text:
    """The beginning of a text, cut at a sentence or a word; people's places are never cut through."""
    taken: list[str | Reference] = []
    room = most
    for part in text.parts:
        length = len(part) if isinstance(part, str) else 12
        if length <= room:
            taken.append(part)
            room -= length
            continue
        if isinstance(part, str):
            head = part[:room]
            stop = max(head.rfind(mark) for mark in (". ", "! ", "? ", "؟ ", "; "))
            cut = head[: stop + 1] if stop > room // 2 else head.rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
            taken.append(cut)
        else:
            taken.append("…")
        break
    return Text(tuple(taken))


def converted(job: tuple[str, str]) -> tuple[str, Body | Problem]:
    """`convert` for one (source, file) of many, for a worker process; a Problem where the text is too tangled."""
    source, file = job
    try:
        return file, convert(source)
    except RecursionError:
        _converter.cache_clear()  # it stands where it fell, and would take the next text for a part of this one
        return file, Problem(
            code="nested-too-deep",
            level=Level.ERROR,
            file=file,
            message="lists, quotations or brackets stand inside one another too deeply in this text",
            mend="Take some of the > or spaces at the beginning of its lines out; one indented by mistake moves all below it.",
        )

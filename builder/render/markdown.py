"""Markdown becomes safe HTML, once, with a slot for each person, link and picture in it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from builder.model.body import Body
from builder.model.text import REFERENCE, Reference, Text
from builder.problem import Level, Problem
from builder.render.bounds import Tangled
from builder.render.clean import clean
from builder.render.inline import Inline
from builder.render.quotes import curl_html
from builder.render.slots import CLOSE, OPEN, SLOT, Slots, body_of
from builder.render.swift import Footnotes, HeadingAddresses, Swift

_NO_WORD = re.compile(r"[^\w]+")
_SLOT_IN_ADDRESS = re.compile(f'(?:href|src)="[^"]*{OPEN}')
_ENTITY = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")


class _References(InlineProcessor):
    """Puts a numbered slot where a reference stands, before links and emphasis can take it apart."""

    def __init__(self, slots: Slots, md: markdown.Markdown) -> None:
        super().__init__(REFERENCE.pattern, md)
        self.slots = slots

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        return self.slots.take(Reference.written(m)), m.start(0), m.end(0)


class _HeadingOrder(Treeprocessor):
    """Headings begin at h2, below the page's own title, and skip no level."""

    def run(self, root: Element) -> None:
        open_levels: list[int] = []
        for element in root.iter():
            tag = element.tag
            if tag[0] == "h" and len(tag) == 2 and tag[1].isdigit():
                level = int(tag[1])
                while open_levels and open_levels[-1] >= level:
                    open_levels.pop()
                open_levels.append(level)
                element.tag = f"h{min(len(open_levels) + 1, 6)}"


class _House(Extension):
    def __init__(self, slots: Slots) -> None:
        super().__init__()
        self.slots = slots
        self.inline: Inline

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(_References(self.slots, md), "people", 165)
        self.inline = Inline(md, self.slots.take)
        md.treeprocessors.register(self.inline, "inline", 20)
        md.treeprocessors.register(_HeadingOrder(md), "heading-order", 15)


def _heading_id(text: str, separator: str) -> str:
    """An address for a heading, in any script; never made of a person's name.

    >>> _heading_id("What we changed!", "-")
    'what-we-changed'
    """
    plain = unicodedata.normalize("NFC", SLOT.sub("", text)).casefold()
    return _NO_WORD.sub(separator, plain).strip(separator + "_") or "part"


@lru_cache(maxsize=1)
def _converter() -> tuple[Swift, _House]:
    """One converter per process: making one takes longer than converting a story."""
    house = _House(Slots())
    return Swift(
        extensions=[
            "extra",
            "sane_lists",
            Footnotes(BACKLINK_TITLE="{}"),
            HeadingAddresses(slugify=_heading_id, marker=""),
            house,
        ],
        extension_configs={"extra": {"tables": {"use_align_attribute": True}}},
    ), house


def convert(source: str, language: str = "") -> Body:
    """The Body of an author's Markdown (the `extra` dialect of Python-Markdown, with tables and footnotes).

    With a language, its quotation marks, dashes and dots take the place of a keyboard's.
    """
    converter, house = _converter()
    slots, inline = house.slots, house.inline
    text = source.replace(OPEN, "").replace(CLOSE, "")
    inline.whole = False
    html = _html(text, converter, slots)
    if inline.chained and _shows_its_counting(html, slots):
        inline.whole = True
        html = _html(text, converter, slots)
    safe, refused = clean(_ENTITY.sub(_unless_ours, html) if "&#" in html else html)
    return body_of(curl_html(safe, language) if language else safe, tuple(slots), refused)


def _html(text: str, converter: Swift, slots: Slots) -> str:
    slots.clear()
    converter.reset()
    return converter.convert(text)


def _shows_its_counting(html: str, slots: Slots) -> bool:
    """Whether a number that should never be seen stands in what came out: then the order of the work shows too."""
    return (
        STX in html
        or ETX in html
        or "zwxh:" in html
        or any(STX in one.otherwise or STX in one.pattern for one in slots)
        or (bool(slots) and _SLOT_IN_ADDRESS.search(html) is not None)
    )


def _unless_ours(entity: re.Match[str]) -> str:
    """A numbered entity as it stands, but for those that would become our private characters."""
    return "" if unescape(entity[0]) in (OPEN, CLOSE) else entity[0]


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


def converted(source: str, file: str, language: str = "") -> Body | Problem:
    """`convert`, or a Problem where the text is too tangled."""
    try:
        return convert(source, language)
    except RecursionError:
        _converter.cache_clear()  # it stands where it fell, and would take the next text for a part of this one
        return Problem(
            code="nested-too-deep",
            level=Level.ERROR,
            file=file,
            message="lists, quotations or brackets stand inside one another too deeply in this text",
            mend="Take some of the > or spaces at the beginning of its lines out; one indented by mistake moves all below it.",
        )
    except Tangled:
        _converter.cache_clear()
        return Problem(
            code="too-tangled",
            level=Level.ERROR,
            file=file,
            message="so many signs such as [, ( or < stand open at once that this text cannot be read in good time",
            mend="Look for one that is repeated over and over, and take it out; put a blank line before every heading.",
        )

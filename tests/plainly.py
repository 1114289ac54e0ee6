"""Markdown converted the long way: every stage of Python-Markdown as it ships, every tag looked at one by one.

What the builder does in less time must come out as this does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from builder.model.body import Body, Image, InAttribute, Link, Part, WideStart
from builder.model.text import REFERENCE, Reference, Text

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private characters around a slot's number; an author's own are taken out first, so that none can be forged."""

_SLOT = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_ENTITY = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^<>]*)?)>")
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)="([^"]*)"')
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd div blockquote pre table tr figure figcaption section aside hr br".split()
)
_CELLS = frozenset(("td", "th"))


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


class _House(Extension):
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


@lru_cache(maxsize=1)
def _converter() -> tuple[markdown.Markdown, list[Reference]]:
    """One converter per process: making one takes longer than converting a story."""
    found: list[Reference] = []
    return markdown.Markdown(
        extensions=["extra", "sane_lists", "toc", _House(found)],
        extension_configs={
            "toc": {"slugify": _heading_id, "marker": ""},
            "extra": {"footnotes": {"BACKLINK_TITLE": "{}"}, "tables": {"use_align_attribute": True}},
        },
        output_format="html",
    ), found


def convert_plainly(source: str) -> Body:
    converter, found = _converter()
    found.clear()
    converter.reset()
    html = converter.convert(source.replace(_OPEN, "").replace(_CLOSE, ""))
    safe, refused = _clean(_ENTITY.sub(_unless_ours, html))
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
    for tag in _TAG.finditer(html):
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
    pieces = _SLOT.split(html)
    for index, piece in enumerate(pieces):
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

    def space(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        return "\n" if name in _BLOCKS else " " if name in _CELLS else ""

    html = re.sub(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', "", html, flags=re.DOTALL)
    text = unescape(_TAG.sub(space, re.sub(r"\s*\n\s*", " ", html)))
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return _text("\n".join(line for line in lines if line), references)


def _first_paragraph(html: str) -> str:
    match = re.search(r"<p>(?!\s*<img[^>]*>\s*</p>)(.*?)</p>", html, flags=re.DOTALL)
    return match[1] if match else ""


_TAGS = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
_KEPT_ATTRIBUTES = {
    "*": {"lang", "dir", "id", "title"},
    "a": {"href", "class", "role"},
    "img": {"src", "alt"},
    "div": {"class"},
    "sup": {"class"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "abbr": {"title"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "details": {"open"},
}
_CLASSES = {"footnote", "footnote-ref", "footnote-backref"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")


def _clean(html: str) -> tuple[str, tuple[str, ...]]:
    refused = sorted({name.lower() for name in _NAME.findall(html)} - _TAGS - {"h1"})
    safe = nh3.clean(
        html.replace("<h1", "<h2").replace("</h1>", "</h2>"),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _KEPT_ATTRIBUTES.items()},
        attribute_filter=_filter,
        url_schemes=set(_SCHEMES),
        link_rel=None,
        clean_content_tags={
            "script",
            "style",
            "noscript",
            "template",
            "iframe",
            "object",
            "embed",
            "svg",
            "math",
        },
    )
    return safe, tuple(refused)


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        kept = [name for name in value.split() if name in _CLASSES]
        return " ".join(kept) or None
    if attribute == "dir" and value not in ("ltr", "rtl", "auto"):
        return None
    if attribute == "align" and value not in ("left", "right", "center"):
        return None
    return value

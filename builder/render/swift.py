"""Python-Markdown with less to do: what cannot match is not tried. Its output is the same, byte for byte.

It tries every pattern on every stretch of text and every kind of block on every block. Most texts are plain words in
paragraphs, for which a look at what they lack says that none of it can match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_ANY = re.compile(r"[`\\\[<&*_]|  \n")
"""What every stretch of text has in which any of our patterns matches."""

_PLAIN = re.compile(r"[^\W\d_][^\n]*(?:\n[^\W\d_][^\n]*)*")
"""A block whose every line begins with a letter: of all kinds of block, only a paragraph is that."""

Needs = Callable[[str], bool]


class Swift(Extension):
    """To be registered last: it takes the places of what is there."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "plain", 1000)
        for name, kind in _BRACKETED.items():
            pattern = md.inlinePatterns[name]
            md.inlinePatterns.deregister(name)
            md.inlinePatterns.register(kind(pattern.pattern, md), name, _PRIORITIES[name])
        md.treeprocessors.deregister("inline")
        md.treeprocessors.register(_Inline(md), "inline", 20)


class _PlainParagraph(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return _PLAIN.fullmatch(block) is not None and not self.parser.state.isstate("list")

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = blocks.pop(0).lstrip()


class _Inline(InlineProcessor):
    """Tries on a text only the patterns whose every necessary sign is in it.

    A pattern takes text away and puts a placeholder there, in which no sign of a pattern stands; so what is not in the
    text before it is not in it after.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self._needs: list[Needs] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if not self._needs:
            patterns = self.md.inlinePatterns
            self._needs = [_always] * len(patterns)
            for name, needs in _known(self.md).items():
                self._needs[patterns.get_index_for_name(name)] = needs
        return super().run(tree, ancestors)

    # The base class calls this method by the name that Python gives to what begins with two underscores.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or _ANY.search(data) is None:
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._needs)):
            if not self._needs[index](data):
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = apply(self.inlinePatterns[index], data, index, start)
        return data


def _always(text: str) -> bool:
    """For a pattern of which nothing is known."""
    return True


def _known(md: markdown.Markdown) -> dict[str, Needs]:
    """By its name, whether a pattern can match in a text."""
    notes: Any = md.treeprocessors["footnote"]
    return {
        "backtick": lambda text: "`" in text,
        "escape": lambda text: "\\" in text,
        "footnote": lambda text: "[^" in text and bool(notes.footnotes.footnotes),
        "reference": lambda text: "[" in text and bool(md.references),
        "link": lambda text: "](" in text,
        "image_link": lambda text: "![" in text and "](" in text,
        "image_reference": lambda text: "![" in text and bool(md.references),
        "short_reference": lambda text: "[" in text and bool(md.references),
        "short_image_ref": lambda text: "![" in text and bool(md.references),
        "autolink": lambda text: "<" in text and "://" in text,
        "automail": lambda text: "<" in text and "@" in text,
        "linebreak": lambda text: "  \n" in text,
        "html": lambda text: "<" in text and ">" in text,
        "entity": lambda text: "&" in text and ";" in text,
        "em_strong": lambda text: "*" in text or "_" in text,
    }


class _Brackets:
    """Finds the bracket that closes another in one walk over a text, however many there are in it."""

    _text: str | None = None
    _closing: Mapping[int, int]

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """What stands between the bracket that opens before `index` and the one that closes it, as in Python-Markdown."""
        if data is not self._text:
            self._text, self._closing = data, _closing(data)
        end = self._closing.get(index - 1)
        if end is None:
            return "", len(data), False
        return data[index:end], end + 1, True


def _closing(text: str) -> dict[int, int]:
    """For each bracket that opens and is closed, where it is closed.

    >>> _closing("[a[b]] [c")
    {2: 4, 0: 5}
    """
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r"[\[\]]", text):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            found[opened.pop()] = match.start()
    return found


class _Link(_Brackets, LinkInlineProcessor):
    pass


class _ImageLink(_Brackets, ImageInlineProcessor):
    pass


class _Reference(_Brackets, ReferenceInlineProcessor):
    pass


class _ShortReference(_Brackets, ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Brackets, ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Brackets, ShortImageReferenceInlineProcessor):
    pass


_BRACKETED: dict[str, type[LinkInlineProcessor]] = {
    "link": _Link,
    "image_link": _ImageLink,
    "reference": _Reference,
    "short_reference": _ShortReference,
    "image_reference": _ImageReference,
    "short_image_ref": _ShortImageReference,
}

_PRIORITIES = {
    "reference": 170,
    "link": 160,
    "image_link": 150,
    "image_reference": 140,
    "short_reference": 130,
    "short_image_ref": 125,
}
"""As Python-Markdown registers them."""

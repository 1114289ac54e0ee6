"""Emphasis, links, pictures and references in one walk over a text, where they stand as nearly always."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString

from builder.model.text import REFERENCE, Reference

_MARKED = re.compile(r"[`\\\[<&*_]")
_TARGET = r"""([^\s()<>"'\[\]]+)(?: +"((?:[^"'()\[\]<>\s]| )+)")?\)"""
_TOKEN = re.compile(
    rf"{REFERENCE.pattern}"
    rf"|\[([^\[\]<*_&]*)\]\({_TARGET}"
    rf"|!\[([^\[\]<]*)\]\({_TARGET}"
    r"|\*\**"
    r"|&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);"
    r"|\[|!\[|<|_",
    re.DOTALL,
)
_REFERENCE, _LINK, _PICTURE = REFERENCE.groups, REFERENCE.groups + 3, REFERENCE.groups + 6
_TAGS = ("", "em", "strong")


class Inline(InlineProcessor):
    """Does at once what a text holds where `walk` can, and leaves the others to the chain of patterns."""

    def __init__(self, md: object, slot: Callable[[Reference], str]) -> None:
        super().__init__(md)  # type: ignore[arg-type]
        self.slot = slot
        self.whole = False
        """Asked for: leave everything to the chain."""
        self.chained = False
        """Said afterwards: the chain had something to do, and the quick walk perhaps too."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.chained = False
        if self.whole:
            return super().run(tree, ancestors)
        easy: list[tuple[Element, Element]] = []
        hard: list[Element] = []
        for element in tree.iter():
            if _is_marked(element.text):
                text = element.text or ""
                made = None if element is tree else walk(text, self.slot)
                if made is not None:
                    easy.append((element, made))
                elif len(element) or "[^" in text:
                    # What stands in it is looked at twice, or in what order decides over the numbers of footnotes.
                    return self._chained(tree, ancestors)
                else:
                    hard.append(element)
            if _is_marked(element.tail):
                return self._chained(tree, ancestors)
        if hard:
            holder = Element("div")
            for element in hard:
                SubElement(holder, element.tag).text = element.text
            self._chained(holder)
            easy.extend(zip(hard, holder, strict=True))
        for element, made in easy:
            element.text = made.text
            element[0:0] = list(made)
        return tree

    def _chained(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.chained = True
        return super().run(tree, ancestors)


def _is_marked(text: str | None) -> bool:
    return bool(text and (_MARKED.search(text) or "  \n" in text)) and not isinstance(text, AtomicString)


def walk(text: str, slot: Callable[[Reference], str]) -> Element | None:
    """An element that holds what the text stands for; None where that takes more than one walk to know.

    >>> walk("Thanks to *all*.", str)[0].text
    'all'
    >>> walk("See [this][1].", str)
    """
    if "`" in text or "\\" in text or "[^" in text or "  \n" in text or STX in text:
        return None
    tokens = list(_TOKEN.finditer(text))
    stars = _paired(text, tokens) if "*" in text else {}
    if stars is None:
        return None
    shell = node = Element("d")
    last: Element | None = None
    words = ""
    end = 0
    for token in tokens:
        first = token[0][0]
        words += text[end : token.start()]
        end = token.end()
        if first == "*":
            tag = stars.get(token.start())
            if tag is None:
                words += token[0]
                continue
            _say(words, node, last)
            words = ""
            if tag:
                node = SubElement(node, tag)
                last = None
            else:
                node, last = shell, node
        elif first == "[" and token["person"]:
            words += slot(Reference.written(token))
        elif token.lastindex and not (first == "!" and token[_PICTURE - 1].startswith("@")):
            _say(words, node, last)
            words = ""
            last = _picture(node, token) if first == "!" else _link(node, token)
        elif (
            first == "_"
            and text[token.start() - 1 : token.start()].isalnum()
            and text[end : end + 1].isalnum()
        ):
            words += "_"
        else:
            return None
    _say(words + text[end:], node, last)
    return shell


def _say(words: str, node: Element, last: Element | None) -> None:
    if words:
        if last is None:
            node.text = words
        else:
            last.tail = words


def _link(parent: Element, token: re.Match[str]) -> Element:
    link = SubElement(parent, "a", {"href": token[_LINK - 1]})
    link.text = token[_LINK - 2]
    if token[_LINK]:
        link.set("title", token[_LINK].strip())
    return link


def _picture(parent: Element, token: re.Match[str]) -> Element:
    picture = SubElement(parent, "img", {"src": token[_PICTURE - 1], "alt": token[_PICTURE - 2]})
    if token[_PICTURE]:
        picture.set("title", token[_PICTURE].strip())
    return picture


def _paired(text: str, tokens: list[re.Match[str]]) -> dict[int, str] | None:
    """By the place of each run of stars that is one of a pair: the tag it opens, or "" where it closes one.

    None where they stand in any other way than one pair after another.
    """
    pairs: dict[int, str] = {}
    opened: tuple[int, int] | None = None
    for token in tokens:
        start, end = token.span()
        if text[start] != "*":
            continue
        after_words = start > 0 and not text[start - 1].isspace()
        before_words = end < len(text) and not text[end].isspace()
        size = end - start
        if opened is None:
            if before_words:
                if size > 2:
                    return None
                opened = start, size
        elif after_words:
            if size != opened[1]:
                return None
            pairs[opened[0]] = _TAGS[size]
            pairs[start] = ""
            opened = None
        elif before_words:
            return None
    return None if opened else pairs

"""Python-Markdown as it is, but for the work it does where there is nothing to do.

Each class takes the place of one of its own under the same name and priority. It knows the common case, in which the
answer is plain, and leaves every other case to the class it comes from: the words that come out are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.extensions.tables import TableProcessor
from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP, to_html_string  # type: ignore[attr-defined]
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

from builder.render.bounds import Extractor, Work, bound, unclosed

_OTHER = r"(?:[^\S ]| (?! {0,2}[^\W\d_])|[#>:=+|\x02-]|[*_](?![*_]{0,2}[^\s*_-])|\d+\.)"
_OPENS_OTHER = re.compile(_OTHER)
_GOES_ON_OTHER = re.compile(rf"\n{_OTHER}")
_HEADING = re.compile(r"(#{1,6})([^#\\\n]+)")
_MORE = r"(?:\n {0,3}[^\W\d_][^\n]*)*\n?"
_LIST = re.compile(rf"(?:[-*+] +\*{{0,2}}[^\s*_-][^\n]*{_MORE})+")
_NUMBERED = re.compile(rf"(?:\d+\. +\*{{0,2}}[^\s*_-][^\n]*{_MORE})+")
_QUOTE = re.compile(r"(?:>[^\n]*\n?)+")
_BLANK_LINES = re.compile(r"\n +(?=\n)")
_RAW = frozenset(("script", "style"))
_MORE_THAN_WORDS = re.compile(f"[<>&{STX}]")


class Blocks(BlockParser):
    """Takes a plain paragraph, heading, list or quotation for what it is, without asking every processor."""

    def settle(self) -> None:
        """To be called when all extensions have had their say."""
        assert isinstance(self.md, Swift)
        self.work = self.md.work
        self._chain: list[BlockProcessor] = list(self.blockprocessors)
        self._cheap = self._chain.index(self.blockprocessors["hashheader"])
        self._paragraph = self.blockprocessors["paragraph"]
        self._bullets = self.blockprocessors["ulist"]
        self._numbers = self.blockprocessors["olist"]
        self._quote = self.blockprocessors["quote"]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        while blocks:
            block = blocks[0]
            if self._is_plain(parent, block, blocks):
                continue
            left = len(blocks)
            asked = 0
            for processor in self._chain:
                asked += 1
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break
            if (
                len(blocks) >= left
            ):  # only its beginning was taken, and by each of these the rest is searched again
                self.work.spend(max(asked - self._cheap, 1) * len(blocks[0]))

    def _is_plain(self, parent: Element, block: str, blocks: list[str]) -> bool:
        """Whether the first of the blocks was one that can be taken at once; then it has been."""
        if not block.strip("\n"):
            if len(parent) and parent[-1].tag == "pre":
                return False
            del blocks[0]
            return True
        long = "\n" in block
        if long and "|" in block:  # perhaps a table
            return False
        if not (_OPENS_OTHER.match(block) or (long and _GOES_ON_OTHER.search(block))):
            if (
                "]:" in block or "] :" in block
            ):  # perhaps a footnote, an abbreviation or the address of a link
                return False
            if self.state and self.state[-1] == "list":
                self._paragraph.run(parent, blocks)
            else:
                del blocks[0]
                SubElement(parent, "p").text = block.lstrip()
            return True
        first = block[0]
        if first == "#":
            heading = _HEADING.fullmatch(block)
            if heading:
                del blocks[0]
                SubElement(parent, f"h{len(heading[1])}").text = heading[2].strip()
                return True
        elif first == ">":
            if _QUOTE.fullmatch(block) and self._quote.test(parent, block):
                self._quote.run(parent, blocks)
                return True
        elif first in "-*+":
            if _LIST.fullmatch(block):
                self._bullets.run(parent, blocks)
                return True
        elif first.isdecimal() and _NUMBERED.fullmatch(block):
            self._numbers.run(parent, blocks)
            return True
        return False


class Swift(markdown.Markdown):
    """A `Markdown` that asks once what a text has in it at all."""

    _block_level: frozenset[str] = frozenset()
    has_backslash = has_brace = True

    def __init__(
        self, extensions: Sequence[str | Extension], extension_configs: Mapping[str, Mapping[str, Any]]
    ) -> None:
        super().__init__(
            extensions=[*extensions, _Swiftly()], extension_configs=extension_configs, output_format="html"
        )
        self.serializer = to_html
        self._block_level = frozenset(self.block_level_elements)
        assert isinstance(self.parser, Blocks)
        self.parser.settle()

    def build_parser(self) -> Swift:
        super().build_parser()
        self.work = Work()
        bound(self, self.work)
        blocks = Blocks(self)
        blocks.blockprocessors = self.parser.blockprocessors
        for processor in blocks.blockprocessors:
            processor.parser = blocks
        self.parser = blocks
        return self

    def is_block_level(self, tag: object) -> bool:
        return tag in self._block_level or super().is_block_level(tag)

    def convert(self, source: str) -> str:
        self.work.begin()
        self.has_backslash = "\\" in source
        self.has_brace = "{" in source
        return super().convert(source)


class _Swiftly(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        assert isinstance(md, Swift)
        fenced: Any = md.preprocessors["fenced_code_block"]
        tables: Any = md.parser.blockprocessors["table"]
        md.parser.blockprocessors.register(_Tables(md.parser, tables.config), "table", 75)
        md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
        md.preprocessors.register(_Fenced(md, fenced.config), "fenced_code_block", 25)
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
        md.treeprocessors.register(_Pretty(md), "prettify", 10)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)


class _Tables(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, block)


class _Whitespace(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        source = source.replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        if "\n " in source:
            source = _BLANK_LINES.sub("\n", source)
        return source.split("\n")


class _Fenced(FencedBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if any(line.startswith(("```", "~~~")) for line in lines):
            self.md.work.spend(unclosed(lines) * sum(map(len, lines)))  # type: ignore[attr-defined]
            return super().run(lines)
        return lines


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "<" not in source and "&" not in source:
            return lines
        extractor = Extractor(self.md, self.md.work)  # type: ignore[attr-defined]
        extractor.feed(source)
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Pretty(PrettifyTreeprocessor):
    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
        is_block_level = self.md.is_block_level
        tag = elem.tag
        if tag not in ("code", "pre") and is_block_level(tag):
            text = elem.text
            if len(elem):
                if (not text or text.isspace()) and is_block_level(elem[0].tag):
                    elem.text = "\n"
                for child in elem:
                    if is_block_level(child.tag):
                        self._prettifyETree(child)
        tail = elem.tail
        if not tail or tail.isspace():
            elem.tail = "\n"


class _AttributeLists(AttrListTreeprocessor):
    def run(self, doc: Element) -> None:
        if self.md.has_brace:  # type: ignore[attr-defined]
            super().run(doc)


class _Unescape(UnescapeTreeprocessor):
    def run(self, root: Element) -> None:
        if self.md.has_backslash:  # type: ignore[attr-defined]
            super().run(root)


class _HeadingAddresses(TocTreeprocessor):
    """An id for every heading, and no table of contents, which nobody reads."""

    def run(self, doc: Element) -> None:
        headings = [
            element for element in doc.iter() if element.tag[0] in "hH" and self.header_rgx.match(element.tag)
        ]
        if not headings:
            return
        used = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}
        counters: dict[str, int] = {}
        for heading in headings:
            self.set_level(heading)
            if "id" not in heading.attrib:
                name = unescape(self._name(heading))
                heading.attrib["id"] = unique(self.slugify(name, self.sep), used, counters)  # type: ignore[call-arg]
            heading.attrib.pop("data-toc-label", None)

    def _name(self, heading: Element) -> str:
        text = heading.text
        if text and len(heading) == 0 and not _MORE_THAN_WORDS.search(text):
            return " ".join(text.split())
        return strip_tags(render_inner_html(remove_fnrefs(heading), self.md))


class HeadingAddresses(TocExtension):
    TreeProcessorClass = _HeadingAddresses


class Footnotes(FootnoteExtension):
    """Numbers the marks of a note by their count, and not by trying every number from the first again."""

    def unique_ref(self, reference: str, found: bool = False) -> str:
        if not found:
            return reference
        self.md.work.spend(3 * len(self.footnotes))  # type: ignore[attr-defined]  # what each mark goes through to find its note
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        name, separator, rest = reference.partition(self.get_separator())
        return f"{name}{count}{separator}{rest}" if count > 1 else reference


def to_html(element: Element) -> str:
    """As Python-Markdown's own `to_html_string`, for the elements that it makes."""
    pieces: list[str] = []
    try:
        _write(element, pieces.append)
    except RecursionError:
        return to_html_string(element)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], object]) -> None:
    tag = element.tag
    if not isinstance(tag, str):  # a comment or the like
        write(to_html_string(element))
        return
    write(f"<{tag}{_attributes(element.attrib)}>" if element.attrib else f"<{tag}>")
    text = element.text
    if text:
        write(text if tag.lower() in _RAW else _escaped(text))
    for child in element:
        _write(child, write)
    if tag not in HTML_EMPTY and tag.lower() not in HTML_EMPTY:
        write(f"</{tag}>")
    tail = element.tail
    if tail:
        write(_escaped(tail))


def _attributes(attributes: Mapping[str, str | None]) -> str:
    pieces: list[str] = []
    for name, value in sorted(attributes.items()):
        if value is None:
            pieces.append(f" {name}")
            continue
        escaped = _escaped(value).replace('"', "&quot;")
        alone = name == escaped and name in BOOLEAN_ATTRIBUTES["html"]
        pieces.append(f" {name}" if alone else f' {name}="{escaped}"')
    return "".join(pieces)


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text

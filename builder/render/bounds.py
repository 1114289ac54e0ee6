"""How much work one text may be: what looks again and again at the same signs is stopped, and said to be too much.

Some of what Python-Markdown looks for is searched to the end of the text from every place where it could begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

if TYPE_CHECKING:
    import markdown

MOST = 200_000_000
"""In steps of about ten nanoseconds: two seconds. The longest real texts we know take less than a thousandth of it."""


class Tangled(Exception):
    """A text has too many signs that open something and are never closed."""


class Work:
    """What is left of the work that a text may be."""

    def __init__(self) -> None:
        self.left = MOST

    def begin(self) -> None:
        self.left = MOST

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Tangled


class _Bounded(LinkInlineProcessor):
    """Looks for no end of brackets where no end can be, and counts the letters it looks at elsewhere."""

    work: Work

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        if data.find("]", index) < 0:
            return "", index, False
        text, end, found = super().getText(data, index)
        self.work.spend(8 * (end - index))
        return text, end, found

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        if all(data.find(sign, index) < 0 for sign in ")'\""):
            return "", None, index, False
        target, title, end, found = super().getLink(data, index)
        to_the_end = not found or (title is None and ('"' in target or "'" in target))
        self.work.spend(10 * ((len(data) if to_the_end else end) - index))
        return target, title, end, found


class _Reference(_Bounded, ReferenceInlineProcessor):
    pass


class _Picture(_Bounded, ImageInlineProcessor):
    pass


class _PictureReference(_Bounded, ImageReferenceInlineProcessor):
    pass


class _ShortReference(_Bounded, ShortReferenceInlineProcessor):
    pass


class _ShortPictureReference(_Bounded, ShortImageReferenceInlineProcessor):
    pass


_PATTERNS: tuple[tuple[str, int, type[_Bounded], str], ...] = (
    ("reference", 170, _Reference, LINK_RE),
    ("link", 160, _Bounded, LINK_RE),
    ("image_link", 150, _Picture, IMAGE_LINK_RE),
    ("image_reference", 140, _PictureReference, IMAGE_LINK_RE),
    ("short_reference", 130, _ShortReference, LINK_RE),
    ("short_image_ref", 125, _ShortPictureReference, IMAGE_LINK_RE),
)


def bound(md: markdown.Markdown, work: Work) -> None:
    """Lets whatever looks for brackets spend of this work."""
    for name, priority, kind, opening in _PATTERNS:
        pattern = kind(opening, md)
        pattern.work = work
        md.inlinePatterns.register(pattern, name, priority)


class Extractor(HTMLExtractorExtra):
    """Reads raw HTML, and counts how far each tag that is none made it look."""

    def __init__(self, md: markdown.Markdown, work: Work) -> None:
        super().__init__(md)
        self.work = work

    def parse_starttag(self, i: int) -> int:
        return self._counted(i, super().parse_starttag(i))

    def parse_html_declaration(self, i: int) -> int:
        looks_on = self.at_line_start() or self.intail or bool(self.mdstack)  # type: ignore[attr-defined]
        end = super().parse_html_declaration(i)
        return self._counted(i, end) if looks_on else end

    def _counted(self, start: int, end: int) -> int:
        self.work.spend(4 * ((end if end > start + 2 else len(self.rawdata)) - start))
        return end


def unclosed(lines: list[str]) -> int:
    """How many lines open a fenced block that no later line closes."""
    last = {line.rstrip(" "): number for number, line in enumerate(lines) if line.startswith(("```", "~~~"))}
    count = 0
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            fence = line[: len(line) - len(line.lstrip(line[0]))]
            count += last.get(fence, -1) <= number
    return count

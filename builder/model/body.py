"""A converted text: safe HTML with slots for what only a page can know."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.text import Reference, Text


@dataclass(frozen=True, slots=True)
class InAttribute:
    """A person's place inside an attribute, where no markup may stand."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class Link:
    """The place of a link's `href` attribute; `target` as the author wrote it."""

    target: str


@dataclass(frozen=True, slots=True)
class Image:
    """The place of a picture inside the text."""

    target: str
    alt: Text


@dataclass(frozen=True, slots=True)
class WideStart:
    """The place where a box begins that a wide table can be scrolled in; its name is in the page's words."""


Part = str | Reference | InAttribute | Link | Image | WideStart


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A text converted once: `parts` are safe HTML and slots, `words` the same without markup, a line per block.

    `opening` is the first paragraph's words; `refused` the names of HTML elements that were taken out.
    """

    parts: tuple[Part, ...]
    words: Text
    opening: Text
    ids: tuple[str, ...]
    refused: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(part.target for part in self.parts if isinstance(part, Link))

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(part for part in self.parts if isinstance(part, Image))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What others ask of a Body without its HTML: enough for listings, links and checks, and small.

    `excerpt` is the beginning of the words, for a story without a summary; `length` the number of its words.
    `references` are the people its words refer to, once each; `left` those whose reference stands in code or HTML,
    so that readers would see its brackets.
    """

    excerpt: Text
    length: int
    ids: tuple[str, ...]
    links: tuple[str, ...]
    images: tuple[Image, ...]
    refused: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    left: tuple[str, ...] = ()

"""All that pages are made from, in one frozen value; and the parts of it that pages of other things show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from builder.model.address import story_address
from builder.model.body import Gist, Part
from builder.model.edition import Contents
from builder.model.library import Library
from builder.model.newsletter import Settings
from builder.model.page import Page, PageKind, Plan
from builder.model.person import Narrowing
from builder.model.picture import Derived
from builder.model.story import Kind, Picture, Story
from builder.model.text import Text
from builder.render.templates import Templates
from builder.render.words import Speaker

Resolve = Callable[[str, str], str | None]
"""(target, file) -> an address of the site, an outside link, a fragment; None when it leads nowhere."""

NEWEST = 20
"""Stories in a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What was decided and converted, ready to be printed.

    `gists` are by source file and `parts` gives the rest of a text, `pictures` by path inside `stories/`, `contents` by
    edition; `resolve` says where an author's link leads and `picture_path` which picture one means. `shown` says who is
    to be seen on a picture, by path: whoever any story says, wherever else the picture stands. `related` gives for each
    work those to read next. `marks` tells, by source file, one story's words from any others; `assets` the names that
    files of the theme have on the site.
    """

    library: Library
    plan: Plan
    speakers: Mapping[str, Speaker]
    templates: Templates
    gists: Mapping[str, Gist]
    parts: Callable[[str], tuple[Part, ...]]
    pictures: Mapping[str, Derived]
    contents: Mapping[str, Contents]
    resolve: Resolve
    picture_path: Callable[[str, str], str]
    shown: Mapping[str, frozenset[str]]
    related: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, str]
    assets: Mapping[str, str]

    @property
    def settings(self) -> Settings:
        return self.library.newsroom.settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The part of a story that others show: nothing else of it changes their pages.

    `inside` says that those served were colleagues: it happened behind the scenes.
    """

    work: str
    version: str
    address: str
    lang: str
    title: Text
    kind: Kind | None
    date: datetime
    summary: Text
    team: str
    inside: bool
    picture: Picture | None
    narrowings: tuple[Narrowing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The least of a story that others show: its title, and where it stands."""

    work: str
    version: str
    address: str
    lang: str
    title: Text
    narrowings: tuple[Narrowing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as a page shows it, and who is to be seen on it.

    `webp` are addresses, each with its width in pixels, narrowest first; `plain` is that of the JPEG or PNG.
    """

    webp: tuple[tuple[str, int], ...]
    plain: str
    width: int
    height: int
    people: tuple[str, ...]


Translation = tuple[str, str, str]
"""A story's language, its address and its version."""


def title_of(story: Story, settings: Settings) -> Title:
    """What of a story stands where one only passes by."""
    return Title(
        work=story.work,
        version=story.version,
        address=story_address(story, settings),
        lang=story.lang,
        title=story.title,
        narrowings=story.narrowings,
    )


def card_of(story: Story, gist: Gist, settings: Settings) -> Card:
    """What of a story stands on other pages."""
    return Card(
        work=story.work,
        version=story.version,
        address=story_address(story, settings),
        lang=story.lang,
        title=story.title,
        kind=story.kind,
        date=story.date,
        summary=story.summary or gist.excerpt,
        team=story.team,
        inside=story.customer is not None and story.customer.kind == "internal",
        picture=story.picture,
        narrowings=story.narrowings,
    )


def twins(
    page: Page,
    languages: Iterable[str],
    translations: Callable[[str], Iterable[Translation]],
    stands: Callable[[str], bool],
) -> dict[str, str]:
    """The addresses of the same page in each site language in which it exists.

    `translations` gives those of a work, `stands` says whether there is a page at an address.
    """
    if page.kind is PageKind.STORY:
        versions = {language: address for language, address, _ in translations(page.key)}
        return {language: versions[language] for language in languages if language in versions}
    inside = page.address.partition("/")[2]
    found = {language: f"{language}/{inside}" for language in languages}
    return {language: address for language, address in found.items() if stands(address)}

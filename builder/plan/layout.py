"""Every page of the site and its address, before anything is made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from posixpath import normpath
from urllib.parse import urlsplit

from builder.model.address import (
    HOSTING,
    NOT_FOUND,
    PER_PAGE,
    edition_address,
    feed_address,
    filter_address,
    hero_address,
    home_address,
    listing_address,
    measure_address,
    round_address,
    section_address,
    shelf_address,
    story_address,
)
from builder.model.facet import Facet
from builder.model.library import Library
from builder.model.page import Page, PageKind, Plan
from builder.problem import Level, Problem


def lay_out(library: Library) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of the site, and a Problem for each address that two things claim."""
    settings = library.newsroom.settings
    pages: list[Page] = [Page(kind=PageKind.ROOT, address="index.html", lang=settings.language)]
    for language in settings.languages:
        pages += _of_language(language, library)
    for story in library.stories:
        pages.append(
            Page(
                kind=PageKind.STORY,
                address=story_address(story, settings),
                lang=story.lang if story.lang in settings.languages else settings.language,
                key=story.work,
                text=story.lang,
            )
        )
    pages.append(Page(kind=PageKind.NOT_FOUND, address=NOT_FOUND, lang=settings.language))
    if settings.base_url:
        pages.append(Page(kind=PageKind.SITEMAP, address="sitemap.xml", lang=settings.language))
    pages += [
        Page(kind=PageKind.HOSTING, address=address, lang=settings.language, key=template)
        for address, template in HOSTING.items()
    ]
    redirects, problems = _redirects(library)
    pages += redirects
    whole, collisions = _one_each(pages, library)
    ordered = tuple(sorted(whole, key=lambda page: page.address))
    plan = Plan(pages=ordered, at={page.address: page for page in ordered})
    return plan, (*problems, *collisions)


def _of_language(language: str, library: Library) -> Iterator[Page]:
    yield Page(kind=PageKind.HOME, address=home_address(language), lang=language)
    count = max(1, -(-len(library.works) // PER_PAGE))
    for number in range(1, count + 1):
        yield Page(
            kind=PageKind.LISTING, address=listing_address(language, number), lang=language, key=str(number)
        )
    yield Page(kind=PageKind.HEROES, address=section_address(language, PageKind.HEROES), lang=language)
    for hero in library.heroes:
        yield Page(
            kind=PageKind.HERO, address=hero_address(language, hero.person), lang=language, key=hero.person
        )
    yield Page(kind=PageKind.SCORECARD, address=section_address(language, PageKind.SCORECARD), lang=language)
    for one in library.metrics:
        yield Page(
            kind=PageKind.MEASURE,
            address=measure_address(language, one.metric.id),
            lang=language,
            key=one.metric.id,
        )
    for period in library.rounds:
        yield Page(kind=PageKind.ROUND, address=round_address(language, period), lang=language, key=period)
    yield Page(kind=PageKind.EDITIONS, address=section_address(language, PageKind.EDITIONS), lang=language)
    for edition in library.editions:
        yield Page(
            kind=PageKind.EDITION, address=edition_address(language, edition), lang=language, key=edition.id
        )
    for kind in (PageKind.ABOUT, PageKind.NOMINATE):
        yield Page(kind=kind, address=section_address(language, kind), lang=language)
    for kind, there in (
        (PageKind.VOICES, library.voices),
        (PageKind.COMMITMENTS, library.commitments),
        (PageKind.PROMISES, library.promises),
    ):
        if there:
            yield Page(kind=kind, address=section_address(language, kind), lang=language)
    yield Page(kind=PageKind.FEED, address=feed_address(language), lang=language)
    yield from _shelves(language, library)


_INDEX = {
    Facet.BEHAVIOURS: PageKind.BEHAVIOURS,
    Facet.TEAMS: PageKind.TEAMS,
    Facet.PERSPECTIVES: PageKind.PERSPECTIVES,
    Facet.TAGS: PageKind.TAGS,
}
"""Where all values of a facet stand side by side."""


def _shelves(language: str, library: Library) -> Iterator[Page]:
    """The pages of the facets that the newsroom has, where there is something to look through."""
    filters = library.newsroom.settings.filters
    if Facet.YEARS in filters and library.shelves.years:
        address = section_address(language, PageKind.YEARS)
        yield Page(kind=PageKind.YEARS, address=address, lang=language)
    if not (filters and library.works):
        return
    yield Page(kind=PageKind.FILTER, address=filter_address(language), lang=language)
    for facet in Facet:
        wanted = Facet.YEARS if facet is Facet.WEEKS else facet
        shelves = library.shelves.works.get(facet)
        if wanted not in filters or not shelves:
            continue
        if facet in _INDEX:
            yield Page(kind=_INDEX[facet], address=section_address(language, _INDEX[facet]), lang=language)
        for value, works in shelves.items():
            for number in range(1, -(-len(works) // PER_PAGE) + 1):
                yield Page(
                    kind=PageKind.SHELF,
                    address=shelf_address(language, facet, value, number),
                    lang=language,
                    key=f"{facet.value}/{value}/{number}",
                )


def _redirects(library: Library) -> tuple[list[Page], list[Problem]]:
    settings = library.newsroom.settings
    pages: list[Page] = []
    problems: list[Problem] = []
    for story in library.stories:
        target = story_address(story, settings)
        for alias in story.aliases:
            address = _alias_address(alias, f"{target.split('/')[0]}/stories")
            if address is None:
                problems.append(_no_address(alias, story.file))
            else:
                pages.append(_redirect(address, target, story.version))
    for edition in library.editions:
        for alias in edition.aliases:
            # A former id was an address in every language; a path was one alone, and says itself which.
            spoken = settings.languages if "/" not in alias else (_language_of(alias, library),)
            for language in spoken:
                address = _alias_address(alias, f"{language}/editions")
                if address is None:
                    problems.append(_no_address(alias, edition.file))
                    break
                pages.append(_redirect(address, edition_address(language, edition), f"edition:{edition.id}"))
    return [page for page in pages if page.address != page.key], problems


def _redirect(address: str, target: str, shows: str) -> Page:
    return Page(
        kind=PageKind.REDIRECT, address=address, lang=target.split("/", maxsplit=1)[0], key=target, text=shows
    )


def _language_of(path: str, library: Library) -> str:
    settings = library.newsroom.settings
    first = path.lstrip("/").split("/")[0]
    return first if first in settings.languages else settings.language


def _no_address(alias: str, file: str) -> Problem:
    return Problem(
        code="alias",
        level=Level.ERROR,
        file=file,
        message=f"the alias `{alias}` is not an address of this site",
        mend="Write the former name of the file (night-pharmacy) or its former path (2019/05/night-pharmacy/).",
    )


def _alias_address(alias: str, folder: str) -> str | None:
    """The file that answers for an alias: a former id, or a path of the site as it was before."""
    try:
        path = urlsplit(alias).path if "://" not in alias else ""
    except ValueError:
        return None
    path = unicodedata.normalize("NFC", path).strip()
    if not path or "\\" in path or any(ord(one) < 32 for one in path):
        return None
    if "/" not in path:
        return f"{folder}/{path.removesuffix('.html')}.html"
    inside = normpath(path.lstrip("/"))
    if inside.startswith("..") or inside in (".", ""):
        return None
    return inside if inside.endswith((".html", ".htm")) else f"{inside}/index.html"


def _one_each(pages: list[Page], library: Library) -> tuple[list[Page], list[Problem]]:
    """Pages with addresses of their own, and a Problem that names both where two things claim one."""
    settings = library.newsroom.settings
    sources = {story_address(story, settings): story.file for story in library.stories}
    sources |= {
        edition_address(language, edition): edition.file
        for edition in library.editions
        for language in settings.languages
    }
    files = {_folded(f"files/{path}"): f"stories/files/{path}" for path in library.newsroom.files}
    taken: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages:
        key = _folded(page.address)
        file = files and _file_in_the_way(key, files)
        if file:
            story = sources.get(page.key, page.address)
            problems.append(
                _twice(
                    story, file, page.address, "Take this address out of its `aliases:`, or rename the file."
                )
            )
            continue
        other = taken.setdefault(key, page)
        if other is page:
            continue
        if page.kind is PageKind.REDIRECT and other.kind is PageKind.REDIRECT and page.key == other.key:
            continue
        first, second = (
            sources.get(one.key or "", sources.get(one.address, one.address)) for one in (other, page)
        )
        redirect = PageKind.REDIRECT in (page.kind, other.kind)
        problems.append(
            _twice(
                second,
                first,
                page.address,
                "Take the old address out of `aliases:` in one of the two."
                if redirect
                else "Rename one of the two files.",
            )
        )
    return list(taken.values()), problems


def _twice(file: str, other: str, address: str, mend: str) -> Problem:
    return Problem(
        code="address-twice",
        level=Level.ERROR,
        file=file,
        message=f"this and {other} both want the address {address}",
        mend=mend,
    )


def _folded(address: str) -> str:
    """An address as a disk that knows no capitals sees it."""
    return unicodedata.normalize("NFC", address).casefold()


def _file_in_the_way(address: str, files: Mapping[str, str]) -> str:
    """The file of the newsroom that has this address, or stands where it needs a folder; "" if there is none."""
    while address:
        if address in files:
            return files[address]
        address = address.rpartition("/")[0]
    return ""

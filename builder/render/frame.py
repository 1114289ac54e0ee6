"""What stands around every page: its head, its masthead and its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from builder.model.address import (
    feed_address,
    home_address,
    listing_address,
    relative,
    section_address,
    shelf_address,
)
from builder.model.facet import Facet
from builder.model.page import Page, PageKind
from builder.model.story import Kind
from builder.render import headers
from builder.render.sheet import Sheet
from builder.render.styles import is_rich
from builder.render.views import LinkView, PageView, SiteView
from builder.render.words import direction_of, locale_of

_SECTIONS = (
    ("nav.home", PageKind.HOME),
    ("nav.stories", PageKind.LISTING),
    ("nav.heroes", PageKind.HEROES),
    ("nav.scorecard", PageKind.SCORECARD),
    ("nav.editions", PageKind.EDITIONS),
)


_MORE = (
    ("nav.years", PageKind.YEARS),
    ("nav.behaviours", PageKind.BEHAVIOURS),
    ("nav.teams", PageKind.TEAMS),
    ("nav.perspectives", PageKind.PERSPECTIVES),
    ("nav.tags", PageKind.TAGS),
    ("voices.title", PageKind.VOICES),
    ("commitments.title", PageKind.COMMITMENTS),
    ("promises.title", PageKind.PROMISES),
    ("nav.nominate", PageKind.NOMINATE),
    ("nav.about", PageKind.ABOUT),
)
"""Other ways in, at the foot of every page; those that there are."""


def site_view(page: Page, sheet: Sheet) -> SiteView:
    settings = sheet.reads.settings
    title_lang, title = sheet.speaker.own(settings.title, settings)
    return SiteView(
        title=title,
        title_lang=title_lang,
        tagline=sheet.speaker.own(settings.tagline, settings)[1],
        home=sheet.link(home_address(page.lang)),
        feed=sheet.link(feed_address(page.lang)),
        navigation=tuple(
            LinkView(
                text=sheet.speaker.say(key),
                url=sheet.link(_section(page.lang, kind)),
                current=_section(page.lang, kind) == page.address,
            )
            for key, kind in _SECTIONS
        ),
        more=tuple(
            LinkView(text=sheet.speaker.say(key), url=sheet.link(address), current=address == page.address)
            for key, address in _others(page.lang)
            if sheet.reads.stands(address)
        ),
        contact=settings.privacy.contact,
    )


_LINE_BEGINS = re.compile(r"\n\s+")


def outdented(html: str) -> str:
    r"""A page without the indents of its templates, which weigh a tenth of it; what is set in `<pre>` keeps its own.

    >>> outdented("<ul>\n    <li>a\n\n  </ul><pre>\n  b</pre>")
    '<ul>\n<li>a\n</ul><pre>\n  b</pre>'
    """
    if "<pre" not in html:
        return _LINE_BEGINS.sub("\n", html)
    parts = re.split(r"(<pre.*?</pre>)", html, flags=re.DOTALL)
    parts[::2] = [_LINE_BEGINS.sub("\n", part) for part in parts[::2]]
    return "".join(parts)


def _others(language: str) -> Iterator[tuple[str, str]]:
    """The other ways in: the key of their words, and where they stand."""
    for key, kind in _MORE:
        yield key, section_address(language, kind)
        if kind is PageKind.PERSPECTIVES:
            yield "nav.leaders", shelf_address(language, Facet.KINDS, Kind.LEADER.value)


def _section(language: str, kind: PageKind) -> str:
    if kind is PageKind.HOME:
        return home_address(language)
    return listing_address(language, 1) if kind is PageKind.LISTING else section_address(language, kind)


def page_view(page: Page, sheet: Sheet, title: Markup | str, description: str) -> PageView:
    settings = sheet.reads.settings
    twins = sheet.reads.twins(page)
    versions = twins
    if (
        page.kind is PageKind.STORY
    ):  # a text in a language that the site has no pages in stands beside them all the same
        versions = {**twins, **{one: address for one, address, _ in sheet.reads.translations(page.key)}}
    lasting = page.kind not in _UNLASTING
    base = settings.base_url if lasting else ""
    return PageView(
        lang=page.lang,
        dir=sheet.speaker.direction,
        locale=_locale(page.lang),
        kind=page.kind.value,
        title=title,
        description=description or _described(title, sheet),
        address=page.address,
        canonical=_whole(base, page.address) if base else "",
        policy=headers.policy(),
        robots=headers.robots(sheet.reads.audience()) or ("" if lasting else "noindex"),
        languages=tuple(
            LinkView(
                text=sheet.own_name(language),
                url=sheet.link(twins.get(language, home_address(language))),
                lang=language,
                dir=direction_of(language),
                current=language == page.lang,
            )
            for language in settings.languages
        ),
        alternates=tuple(
            LinkView(text=language, url=_whole(base, one) if base else sheet.link(one), lang=language)
            for language, one in versions.items()
        )
        if len(versions) > 1
        else (),
        accent=settings.brand.accent,
        rich=any(map(is_rich, sheet.texts)),
    )


def _whole(base: str, address: str) -> str:
    """An address of the site with the site's own before it, as search engines want it."""
    return base + relative("index.html", address)


def _locale(language: str) -> str:
    """A language as Open Graph writes it, with its country where it is said with one: `fa_IR`, `en`."""
    locale = locale_of(language)
    return f"{locale.language}_{locale.territory}" if (locale.territory or "").isalpha() else locale.language


_UNLASTING = (PageKind.NOT_FOUND, PageKind.NOTICE)
"""Pages that stand for others, and that nobody should look for."""


def _described(title: Markup | str, sheet: Sheet) -> str:
    """What a page is, for search engines and for whoever gets a link to it, where nothing better is known."""
    settings = sheet.reads.settings
    plain = title.striptags() if isinstance(title, Markup) else title
    site = sheet.speaker.own(settings.title, settings)[1]
    tagline = sheet.speaker.own(settings.tagline, settings)[1]
    return f"{plain} · {site}: {tagline}" if tagline else f"{plain} · {site}"

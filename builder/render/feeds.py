"""Machine-readable pages: an Atom feed per language, and the site map."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from builder.model.address import feed_address, home_address, relative, story_address
from builder.model.page import Naming, Output, Page, PageKind
from builder.model.person import Form
from builder.model.story import Story
from builder.render.facts import with_whole_addresses
from builder.render.press import Press, Sheet, summary_of

NEWEST = 20

_IN_SITEMAP = frozenset(
    (
        PageKind.HOME,
        PageKind.STORY,
        PageKind.LISTING,
        PageKind.HEROES,
        PageKind.HERO,
        PageKind.SCORECARD,
        PageKind.EDITIONS,
        PageKind.EDITION,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One story in a feed; addresses are whole, `content` is HTML, times are RFC 3339.

    The template puts the marks of `work` around the entry, as around a card: so it can be cut out.
    """

    work: str
    id: str
    title: str
    url: str
    updated: str
    published: str
    summary: str
    content: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    title: str
    subtitle: str
    id: str
    url: str
    self_url: str
    updated: str
    lang: str
    entries: tuple[EntryView, ...]


def feed(page: Page, press: Press) -> Output:
    """The newest stories that exist in the page's language (RFC 4287); those in no site language are in the default's.

    An entry's id is a tag URI (RFC 4151) of the oldest name the story has had, so that renaming it sends it to nobody
    a second time. Times are the stories' own: a build changes none.
    """
    speaker = press.speakers[page.lang]
    sheet = Sheet(press=press, here=page.address, speaker=speaker, named=[], works=[])
    base = press.settings.base_url
    stories = [story for story in press.library.stories if _belongs(story, page.lang, press)]
    stories.sort(key=lambda story: (story.date, story.id), reverse=True)
    entries = tuple(_entry(story, sheet) for story in stories[:NEWEST])
    title = speaker.own(press.settings.title, press.settings)[1]
    newest = max((story.publish or story.date for story in stories[:NEWEST]), default=None)
    view = FeedView(
        title=title,
        subtitle=speaker.own(press.settings.tagline, press.settings)[1],
        id=_tag(press, page.lang, "feed"),
        url=_whole(base, home_address(page.lang), page.address),
        self_url=_whole(base, feed_address(page.lang), page.address),
        updated=(newest.isoformat() if newest else "1970-01-01T00:00:00+00:00"),
        lang=page.lang,
        entries=entries,
    )
    xml = press.templates.render("feed.xml", feed=view, say=speaker.say)
    return Output(
        address=page.address,
        data=xml.encode("utf-8"),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
    )


def _belongs(story: Story, language: str, press: Press) -> bool:
    if story.lang in press.settings.languages:
        return story.lang == language
    return language == press.settings.language


def _entry(story: Story, sheet: Sheet) -> EntryView:
    sheet.works.append(story.version)
    voice = sheet.voice(story)
    address = story_address(story, sheet.press.settings)
    base = sheet.press.settings.base_url
    first_name = story.aliases[0] if story.aliases else story.id
    content = sheet.body(story.file, voice)
    if base:
        content = Markup(with_whole_addresses(str(content), base, sheet.here))  # noqa: S704  the same safe HTML, whole addresses
    when = (story.publish or story.date).isoformat()
    return EntryView(
        work=story.work,
        id=_tag(sheet.press, story.lang, first_name.strip("/")),
        title=voice.plain(story.title),
        url=_whole(base, address, sheet.here),
        updated=when,
        published=story.date.isoformat(),
        summary=voice.plain(summary_of(story, sheet.press.bodies)),
        content=str(content),
        lang=story.lang,
    )


def _tag(press: Press, language: str, name: str) -> str:
    host = urlsplit(press.settings.base_url).hostname or "newsletter.invalid"
    return f"tag:{host},2026:{language}/{name}"


def _whole(base: str, address: str, here: str) -> str:
    return base + relative("index.html", address) if base else relative(here, address)


def sitemap(page: Page, press: Press) -> Output:
    """All pages worth finding, with their other languages (sitemaps.org, and hreflang as Google reads it).

    An address tells that its page is there, so it counts as showing it.
    """
    base = press.settings.base_url
    named: list[Naming] = []
    works: list[str] = []
    rows: list[tuple[str, list[tuple[str, str]]]] = []
    for one in press.plan.pages:
        if one.kind in _IN_SITEMAP:
            if one.kind is PageKind.HERO:
                named.append(Naming(one.key, Form.INITIALS.value))
            elif one.kind is PageKind.STORY:
                works.append(f"{one.key}/{one.text}")
            elif one.kind is PageKind.EDITION:
                works.append(f"edition:{one.key}")
            twins = press.alternates(one)
            others = [(language, base + relative("index.html", twin)) for language, twin in twins.items()]
            rows.append((base + relative("index.html", one.address), others if len(others) > 1 else []))
    xml = press.templates.render("sitemap.xml", pages=rows)
    return Output(
        address=page.address,
        data=xml.encode("utf-8"),
        namings=tuple(sorted(set(named))),
        works=tuple(dict.fromkeys(works)),
    )

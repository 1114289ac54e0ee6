"""Machine-readable pages: an Atom feed per language, and the site map."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from builder.model.address import feed_address, home_address, relative, story_address
from builder.model.correction import Correction
from builder.model.page import Naming, Output, Page, PageKind
from builder.model.person import Form
from builder.model.story import Story
from builder.render.corrections import address_of
from builder.render.editions import edition_label
from builder.render.facts import with_whole_addresses
from builder.render.press import NEWEST, Press
from builder.render.sheet import Sheet
from builder.render.voices import spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One story or correction in a feed; addresses are whole, `content` is HTML, times are RFC 3339.

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
    sheet = Sheet.fresh(press, page.address, page.lang)
    speaker, settings = sheet.speaker, sheet.reads.settings
    sheet.reads.planned(page.address)
    base = settings.base_url
    stories = [sheet.reads.story(version) for version in sheet.reads.newest(page.lang)]
    corrected = [one for one in map(sheet.reads.correction, sheet.reads.corrections()) if one]
    dated = [(story.date, _entry(story, sheet)) for story in stories]
    oldest = min((when for when, _ in dated), default=None) if len(stories) == NEWEST else None
    # A correction that is older than every story here was read, or missed, long ago.
    dated += [
        (one.date, _correction(one, sheet)) for one in corrected if oldest is None or one.date >= oldest
    ]
    dated.sort(key=lambda one: one[0], reverse=True)
    entries = tuple(entry for _, entry in dated)
    title = speaker.own(settings.title, settings)[1]
    times = [story.publish or story.date for story in stories]
    times += [one.date for one in corrected if oldest is None or one.date >= oldest]
    newest = max(times, default=None)
    view = FeedView(
        title=title,
        subtitle=speaker.own(settings.tagline, settings)[1],
        id=_tag(base, page.lang, "feed"),
        url=_whole(base, home_address(page.lang), page.address),
        self_url=_whole(base, feed_address(page.lang), page.address),
        updated=(newest.isoformat() if newest else "1970-01-01T00:00:00+00:00"),
        lang=page.lang,
        entries=entries,
    )
    xml = sheet.reads.render("feed.xml", feed=view, say=speaker.say)
    return Output(
        address=page.address,
        data=xml.encode("utf-8"),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        asked=tuple(sheet.reads.asked),
    )


def _entry(story: Story, sheet: Sheet) -> EntryView:
    sheet.works.append(story.version)
    voice = sheet.voice(story)
    settings = sheet.reads.settings
    address = story_address(story, settings)
    base = settings.base_url
    first_name = story.aliases[0] if story.aliases else story.id
    content = sheet.body(story.file, voice)
    if base:
        content = Markup(with_whole_addresses(str(content), base, sheet.here))  # noqa: S704  the same safe HTML, whole addresses
    when = (story.publish or story.date).isoformat()
    return EntryView(
        work=story.work,
        id=_tag(base, story.lang, first_name.strip("/")),
        title=voice.plain(story.title),
        url=_whole(base, address, sheet.here),
        updated=when,
        published=story.date.isoformat(),
        summary=voice.plain(story.summary or sheet.reads.gist(story.file).excerpt),
        content=str(content),
        lang=story.lang,
    )


def _correction(one: Correction, sheet: Sheet) -> EntryView:
    """A correction as news of its own, so that whoever read what was wrong learns what is right."""
    sheet.works.append(one.key)
    words = spoken(one.reason, sheet, one.key)
    edition = sheet.reads.edition(one.edition)
    base, language = sheet.reads.settings.base_url, sheet.speaker.language
    address = address_of(one, edition, language)
    when = one.date.isoformat()
    content = Markup("<p>{}</p>").format(words.text)
    return EntryView(
        work=one.key,
        id=_tag(base, language, f"corrections/{one.id}"),
        title=sheet.speaker.say("corrections.feed", edition=edition_label(edition, sheet)),
        url=_whole(base, address, sheet.here),
        updated=when,
        published=when,
        summary=str(content.striptags()),
        content=str(content),
        lang=words.lang or language,
    )


def _tag(base: str, language: str, name: str) -> str:
    host = urlsplit(base).hostname or "newsletter.invalid"
    return f"tag:{host},2026:{language}/{name}"


def _whole(base: str, address: str, here: str) -> str:
    return base + relative("index.html", address) if base else relative(here, address)


def sitemap(page: Page, press: Press) -> Output:
    """All pages worth finding, with their other languages (sitemaps.org, and hreflang as Google reads it).

    An address tells that its page is there, so it counts as showing it.
    """
    sheet = Sheet.fresh(press, page.address, page.lang)
    sheet.reads.planned(page.address)
    base = sheet.reads.settings.base_url
    rows: list[tuple[str, list[tuple[str, str]]]] = []
    for one, twins in sheet.reads.sitemap():
        if one.kind is PageKind.HERO:
            sheet.named.append(Naming(one.key, Form.INITIALS.value))
        elif one.kind is PageKind.STORY:
            sheet.works.append(f"{one.key}/{one.text}")
        elif one.kind is PageKind.EDITION:
            sheet.works.append(f"edition:{one.key}")
        others = [(language, base + relative("index.html", twin)) for language, twin in twins]
        rows.append((base + relative("index.html", one.address), others if len(others) > 1 else []))
    xml = sheet.reads.render("sitemap.xml", pages=rows)
    return Output(
        address=page.address,
        data=xml.encode("utf-8"),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        asked=tuple(sheet.reads.asked),
    )

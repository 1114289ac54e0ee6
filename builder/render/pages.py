"""Planned pages become finished ones: one function a kind, all alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from builder.model.address import (
    PER_PAGE,
    edition_address,
    feed_address,
    hero_address,
    home_address,
    listing_address,
    relative,
    section_address,
    shelf_address,
)
from builder.model.edition import Edition, EditionWords
from builder.model.event import Event
from builder.model.facet import Facet
from builder.model.metric import Metric
from builder.model.page import Output, Page, PageKind
from builder.model.story import Kind
from builder.model.text import Reference
from builder.render import feeds, filter, shelves
from builder.render.measures import view as measure
from builder.render.press import Press
from builder.render.sheet import Made, Sheet
from builder.render.views import (
    AboutView,
    EditionCardView,
    EditionView,
    EventView,
    HeroPageView,
    HeroView,
    HomeView,
    LinkView,
    MetricView,
    NominateView,
    PageView,
    SiteView,
)
from builder.render.words import direction_of

RECENT = 9

_SMALL = (Kind.SMALL.value, Kind.LIGHT.value)
"""Kinds that stand together on the front page as small things."""

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
    ("nav.nominate", PageKind.NOMINATE),
    ("nav.about", PageKind.ABOUT),
)
"""Other ways in, at the foot of every page; those that there are."""


def render(page: Page, press: Press) -> Output:
    """The finished file for a planned page, with its facts. Raises Trouble when a template is wrong."""
    if page.kind in (PageKind.ROOT, PageKind.REDIRECT):
        return _redirect(page, press)
    if page.kind is PageKind.FEED:
        return feeds.feed(page, press)
    if page.kind is PageKind.SITEMAP:
        return feeds.sitemap(page, press)
    if page.kind is PageKind.FILTER:
        return filter.stories(page, press)
    sheet = Sheet.fresh(press, page.address, page.lang)
    sheet.reads.planned(page.address)
    name, title, description, values = _KINDS[page.kind](page, sheet)
    html = sheet.reads.render(
        f"{name}.html",
        page=_page_view(page, sheet, title, description),
        site=_site_view(page, sheet),
        say=sheet.speaker.say,
        address=sheet.link,
        **values,
    )
    return Output(
        address=page.address,
        data=html.encode("utf-8"),
        subject=_subject(page),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        asked=tuple(sheet.reads.asked),
    )


def _home(page: Page, sheet: Sheet) -> Made:
    reads = sheet.reads
    editions = reads.editions()
    shown = _edition_view(reads.edition(editions[0]), sheet) if editions else None
    inside = {card.id for card in shown.cards} if shown else set()
    newest = reads.works(0, RECENT + len(inside) + 1)
    leader = tuple(work for work in reads.shelf(Facet.KINDS, Kind.LEADER.value, 0, 1) if work not in inside)
    recent = tuple(work for work in newest if work not in inside and work not in leader)[:RECENT]
    more = None
    if newest:
        more = LinkView(text=sheet.speaker.say("home.more"), url=sheet.link(listing_address(page.lang, 1)))
    kept = shown.cards[1:] if shown else ()
    years = reads.years() if Facet.YEARS in reads.settings.filters else ()
    home = HomeView(
        edition=shown,
        recent=sheet.cards(recent),
        more=more,
        small=tuple(card for card in kept if card.kind in _SMALL),
        behind=tuple(card for card in kept if card.kind not in _SMALL and card.inside),
        others=tuple(card for card in kept if card.kind not in _SMALL and not card.inside),
        leader=next(iter(sheet.cards(leader)), None),
        programme=tuple(_event(one, sheet) for one in reads.programme()),
        year=shelves.year(sheet, years[0]) if years else None,
    )
    tagline = sheet.speaker.own(reads.settings.tagline, reads.settings)[1]
    return "home", sheet.speaker.say("nav.home"), tagline, {"home": home}


def _event(event: Event, sheet: Sheet) -> EventView:
    language, what = sheet.speaker.own(event.what, sheet.reads.settings)
    return EventView(
        first=event.first.isoformat(),
        days=sheet.speaker.days(event.first, event.last),
        what=what,
        lang=language,
        dir=direction_of(language),
        where=sheet.speaker.own(event.where, sheet.reads.settings)[1] if event.where else "",
    )


def _story(page: Page, sheet: Sheet) -> Made:
    view = sheet.story(f"{page.key}/{page.text}")
    return "story", view.card.title, str(view.card.summary.striptags()), {"story": view}


def _listing(page: Page, sheet: Sheet) -> Made:
    number = int(page.key)
    say = sheet.speaker.say
    listing = shelves.listing(
        sheet,
        sheet.cards(sheet.reads.works((number - 1) * PER_PAGE, number * PER_PAGE)),
        number,
        max(1, -(-sheet.reads.count() // PER_PAGE)),
        partial(listing_address, page.lang),
    )
    if number == 1:
        listing = replace(listing, ways=shelves.ways(sheet), filter_url=shelves.filter_url(sheet))
    title = say("listing.title") if number == 1 else say("listing.page", number=sheet.speaker.number(number))
    return "listing", title, "", {"listing": listing}


def _hero_view(person: str, works: tuple[str, ...], sheet: Sheet) -> HeroView:
    return HeroView(
        id=person,
        name=sheet.own_voice().marked(Reference(person)),
        url=sheet.link(hero_address(sheet.speaker.language, person)),
        team=sheet.team(sheet.reads.team_of(person)),
        stories=len(works),
    )


def _heroes(page: Page, sheet: Sheet) -> Made:
    heroes = tuple(_hero_view(hero.person, hero.works, sheet) for hero in sheet.reads.heroes())
    return "heroes", sheet.speaker.say("heroes.title"), "", {"heroes": heroes}


def _hero(page: Page, sheet: Sheet) -> Made:
    hero = sheet.reads.hero(page.key)
    if hero is None:
        raise KeyError(page.key)
    view = HeroPageView(hero=_hero_view(hero.person, hero.works, sheet), cards=sheet.cards(hero.works))
    return "hero", view.hero.name, "", {"hero": view}


def _measures(metrics: Iterable[Metric], sheet: Sheet) -> tuple[MetricView, ...]:
    scorecard = section_address(sheet.speaker.language, PageKind.SCORECARD)
    return tuple(
        measure(
            metric,
            sheet.speaker,
            sheet.reads.settings,
            sheet.reads.render,
            lambda fragment: sheet.link(f"{scorecard}#{fragment}"),
        )
        for metric in metrics
    )


def _scorecard(page: Page, sheet: Sheet) -> Made:
    found = [metric for metric in map(sheet.reads.metric, sheet.reads.metrics()) if metric]
    ordered = sorted(found, key=lambda one: (one.side != "external", one.id))
    metrics = _measures(ordered, sheet)
    return "scorecard", sheet.speaker.say("scorecard.title"), "", {"metrics": metrics}


def edition_label(edition: Edition, sheet: Sheet) -> str:
    if edition.number is not None:
        return sheet.speaker.say("edition.numbered", number=sheet.speaker.number(edition.number))
    return sheet.speaker.say(f"edition.kind.{edition.kind.value}")


def words_of(edition: Edition, languages: tuple[str, ...]) -> EditionWords:
    """An edition's words in the first of these languages that it has, else its main ones."""
    by_language = {words.lang: words for words in edition.words}
    return next((by_language[one] for one in languages if one in by_language), edition.words[0])


def _edition_card(edition: Edition, sheet: Sheet) -> EditionCardView:
    words = words_of(edition, (sheet.speaker.language, sheet.reads.settings.language))
    label = edition_label(edition, sheet)
    sheet.works.append(f"edition:{edition.id}")
    subject = sheet.own_voice(words.lang, f"edition:{edition.id}").markup(words.subject)
    return EditionCardView(
        id=edition.id,
        url=sheet.link(edition_address(sheet.speaker.language, edition)),
        label=label,
        lang=words.lang if subject else sheet.speaker.language,
        dir=direction_of(words.lang if subject else sheet.speaker.language),
        subject=subject or Markup("{}").format(label),
        date=sheet.speaker.day(edition.date),
    )


def _edition_view(edition: Edition, sheet: Sheet) -> EditionView:
    words = words_of(edition, (sheet.speaker.language, sheet.reads.settings.language))
    contents = sheet.reads.contents(edition.id)
    voice = sheet.own_voice(words.lang, f"edition:{edition.id}")
    return EditionView(
        card=_edition_card(edition, sheet),
        opening=sheet.body(words.file, voice),
        cards=sheet.cards(contents.works),
        numbers=_measures(contents.metrics, sheet),
    )


def _editions(page: Page, sheet: Sheet) -> Made:
    cards = tuple(_edition_card(sheet.reads.edition(id), sheet) for id in sheet.reads.editions())
    return "editions", sheet.speaker.say("editions.title"), "", {"editions": cards}


def _edition(page: Page, sheet: Sheet) -> Made:
    view = _edition_view(sheet.reads.edition(page.key), sheet)
    return "edition", view.card.subject, "", {"edition": view}


def _shelf(page: Page, sheet: Sheet) -> Made:
    return shelves.shelf(page, sheet, lambda id: _edition_card(sheet.reads.edition(id), sheet))


def _about(page: Page, sheet: Sheet) -> Made:
    settings, say = sheet.reads.settings, sheet.speaker.say
    language, words = sheet.speaker.own(settings.about, settings) if settings.about else (page.lang, "")
    about = AboutView(
        words=tuple(" ".join(one.split()) for one in words.split("\n\n") if one.strip()),
        lang=language,
        dir=direction_of(language),
        remove_url=sheet.mail(settings.privacy.contact, say("about.remove.subject"))
        if settings.privacy.contact
        else "",
    )
    return "about", say("about.title"), say("about.intro"), {"about": about}


def _nominate(page: Page, sheet: Sheet) -> Made:
    settings, say = sheet.reads.settings, sheet.speaker.say
    place = settings.nominate or settings.privacy.contact
    form = place.startswith("https://")
    body = "\n\n".join(say(f"nominate.ask.{one}") + "\n" for one in _PROMPTS)
    nominate = NominateView(
        url=place if form else sheet.mail(place, say("nominate.subject"), body) if place else "",
        form=form,
        place=place,
    )
    return "nominate", say("nominate.title"), say("nominate.intro"), {"nominate": nominate}


_PROMPTS = ("who", "moment", "did", "changed", "consent")
"""What a nomination should tell, in this order: each is a question in the catalogues."""


def _not_found(page: Page, sheet: Sheet) -> Made:
    return "404", sheet.speaker.say("notfound.title"), "", {}


def _notice(page: Page, sheet: Sheet) -> Made:
    return "notice", sheet.speaker.say("notice.title"), "", {}


_KINDS: Mapping[PageKind, Callable[[Page, Sheet], Made]] = {
    PageKind.HOME: _home,
    PageKind.STORY: _story,
    PageKind.LISTING: _listing,
    PageKind.HEROES: _heroes,
    PageKind.HERO: _hero,
    PageKind.SCORECARD: _scorecard,
    PageKind.EDITIONS: _editions,
    PageKind.EDITION: _edition,
    PageKind.SHELF: _shelf,
    PageKind.BEHAVIOURS: shelves.section(Facet.BEHAVIOURS, 1),
    PageKind.TEAMS: shelves.section(Facet.TEAMS, 0),
    PageKind.PERSPECTIVES: shelves.section(Facet.PERSPECTIVES, shelves.IN_A_LANE),
    PageKind.TAGS: shelves.section(Facet.TAGS, 0),
    PageKind.YEARS: shelves.years,
    PageKind.ABOUT: _about,
    PageKind.NOMINATE: _nominate,
    PageKind.NOT_FOUND: _not_found,
    PageKind.NOTICE: _notice,
}


def _redirect(page: Page, press: Press) -> Output:
    sheet = Sheet.fresh(press, page.address, page.lang)
    sheet.reads.planned(page.address)
    html = sheet.reads.render(
        "redirect.html",
        target=relative(page.address, page.key or home_address(page.lang)),
        lang=page.lang,
        dir=sheet.speaker.direction,
        say=sheet.speaker.say,
    )
    return Output(
        address=page.address,
        data=html.encode("utf-8"),
        works=(page.text,) if page.text else (),
        asked=tuple(sheet.reads.asked),
    )


def _subject(page: Page) -> str:
    """What the whole file is about: it goes when that goes."""
    if page.kind in (PageKind.STORY, PageKind.HERO, PageKind.EDITION):
        return f"{page.kind.value}:{page.key}{'/' + page.text if page.text else ''}"
    return ""


def _site_view(page: Page, sheet: Sheet) -> SiteView:
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


def _page_view(page: Page, sheet: Sheet, title: Markup | str, description: str) -> PageView:
    settings = sheet.reads.settings
    twins = sheet.reads.twins(page)
    return PageView(
        lang=page.lang,
        dir=sheet.speaker.direction,
        kind=page.kind.value,
        title=title,
        description=description,
        address=page.address,
        canonical=settings.base_url + relative("index.html", page.address) if settings.base_url else "",
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
        accent=settings.brand.accent,
    )


def notice(address: str, press: Press) -> Output:
    """The plain page that stands where something was taken out at someone's wish."""
    language = address.split("/", maxsplit=1)[0]
    lang = language if language in press.speakers else press.settings.language
    return render(Page(kind=PageKind.NOTICE, address=address, lang=lang), press)

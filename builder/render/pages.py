"""Planned pages become finished ones: one function a kind, all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from builder.model.address import (
    PER_PAGE,
    hero_address,
    home_address,
    listing_address,
    relative,
)
from builder.model.facet import Facet
from builder.model.page import Output, Page, PageKind
from builder.model.text import Reference
from builder.render import corrections, feeds, filter, headers, hosting, rounds, scorecard, shelves, year
from builder.render.about import about_page, nominate_page
from builder.render.commitments import all_commitments, of_a_story
from builder.render.editions import all_editions, edition_card, edition_view
from builder.render.frame import outdented, page_view, site_view
from builder.render.front import home_page
from builder.render.press import Press
from builder.render.promises import all_promises
from builder.render.sheet import Made, Sheet
from builder.render.views import (
    HeroPageView,
    HeroView,
)
from builder.render.voices import wall


def render(page: Page, press: Press) -> Output:
    """The finished file for a planned page, with its facts. Raises Trouble when a template is wrong."""
    if page.kind in (PageKind.ROOT, PageKind.REDIRECT):
        return _redirect(page, press)
    if page.kind is PageKind.FEED:
        return feeds.feed(page, press)
    if page.kind is PageKind.SITEMAP:
        return feeds.sitemap(page, press)
    if page.kind is PageKind.HOSTING:
        return hosting.settings(page, press)
    if page.kind is PageKind.FILTER:
        return filter.stories(page, press)
    sheet = Sheet.fresh(press, page.address, page.lang)
    sheet.reads.planned(page.address)
    name, title, description, values = _KINDS[page.kind](page, sheet)
    html = sheet.reads.render(
        f"{name}.html",
        page=page_view(page, sheet, title, description),
        site=site_view(page, sheet),
        say=sheet.speaker.say,
        address=sheet.link,
        **values,
    )
    return Output(
        address=page.address,
        data=outdented(html).encode("utf-8"),
        subject=_subject(page),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        asked=tuple(sheet.reads.asked),
    )


def _story(page: Page, sheet: Sheet) -> Made:
    view = sheet.story(f"{page.key}/{page.text}")
    return (
        "story",
        view.card.title,
        str(view.card.summary.striptags()),
        {
            "story": view,
            "said": of_a_story(page.key, sheet),
            "corrections": corrections.of_a_story(page.key, sheet),
        },
    )


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
    return "heroes", sheet.speaker.say("heroes.title"), sheet.speaker.say("heroes.intro"), {"heroes": heroes}


def _hero(page: Page, sheet: Sheet) -> Made:
    hero = sheet.reads.hero(page.key)
    if hero is None:
        raise KeyError(page.key)
    view = HeroPageView(hero=_hero_view(hero.person, hero.works, sheet), cards=sheet.cards(hero.works))
    return "hero", view.hero.name, "", {"hero": view}


def _shelf(page: Page, sheet: Sheet) -> Made:
    return shelves.shelf(page, sheet, lambda id: edition_card(sheet.reads.edition(id), sheet))


def _edition(page: Page, sheet: Sheet) -> Made:
    view = edition_view(sheet.reads.edition(page.key), sheet)
    values = {"edition": view, "corrections": corrections.of_an_edition(page.key, sheet)}
    return "edition", view.card.subject, "", values


def _not_found(page: Page, sheet: Sheet) -> Made:
    return "404", sheet.speaker.say("notfound.title"), sheet.speaker.say("notfound.text"), {}


def _notice(page: Page, sheet: Sheet) -> Made:
    return "notice", sheet.speaker.say("notice.title"), sheet.speaker.say("notice.text"), {}


_KINDS: Mapping[PageKind, Callable[[Page, Sheet], Made]] = {
    PageKind.HOME: home_page,
    PageKind.STORY: _story,
    PageKind.LISTING: _listing,
    PageKind.HEROES: _heroes,
    PageKind.HERO: _hero,
    PageKind.SCORECARD: scorecard.scorecard,
    PageKind.MEASURE: scorecard.measure,
    PageKind.ROUND: rounds.one_round,
    PageKind.EDITIONS: all_editions,
    PageKind.EDITION: _edition,
    PageKind.SHELF: _shelf,
    PageKind.BEHAVIOURS: shelves.section(Facet.BEHAVIOURS, 1),
    PageKind.TEAMS: shelves.section(Facet.TEAMS, 0),
    PageKind.PERSPECTIVES: shelves.section(Facet.PERSPECTIVES, shelves.IN_A_LANE),
    PageKind.TAGS: shelves.section(Facet.TAGS, 0),
    PageKind.YEARS: year.years,
    PageKind.ABOUT: about_page,
    PageKind.NOMINATE: nominate_page,
    PageKind.VOICES: wall,
    PageKind.COMMITMENTS: all_commitments,
    PageKind.PROMISES: all_promises,
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
        address=sheet.link,
        policy=headers.policy(),
        robots=headers.robots(sheet.reads.audience()),
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


def notice(address: str, press: Press) -> Output:
    """The plain page that stands where something was taken out at someone's wish."""
    language = address.split("/", maxsplit=1)[0]
    lang = language if language in press.speakers else press.settings.language
    return render(Page(kind=PageKind.NOTICE, address=address, lang=lang), press)

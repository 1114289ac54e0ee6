"""The ways in: the stories of one behaviour, team, perspective, kind, tag, language, year or week, and where each begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from builder.model.address import (
    PER_PAGE,
    filter_address,
    listing_address,
    section_address,
    shelf_address,
)
from builder.model.facet import Facet
from builder.model.page import Page, PageKind
from builder.model.week import Week, read_week, service_week
from builder.render.sheet import Made, Sheet
from builder.render.shelf_views import ShelfCardView, ShelfView
from builder.render.views import CardView, EditionCardView, LinkView, ListingView, OptionView, WayView
from builder.render.words import direction_of, script_in, script_of
from builder.render.year import week_name

IN_A_LANE = 5
"""Stories that a facet's first page shows of each of its values, where it shows some."""

_SECTIONS: Mapping[Facet, PageKind] = {
    Facet.BEHAVIOURS: PageKind.BEHAVIOURS,
    Facet.TEAMS: PageKind.TEAMS,
    Facet.PERSPECTIVES: PageKind.PERSPECTIVES,
    Facet.TAGS: PageKind.TAGS,
    Facet.YEARS: PageKind.YEARS,
    Facet.WEEKS: PageKind.YEARS,
}


def listing(
    sheet: Sheet, cards: tuple[CardView, ...], number: int, count: int, address: Callable[[int], str]
) -> ListingView:
    """A page of cards, and the ways to the pages beside it."""

    def beside(key: str, other: int) -> LinkView | None:
        if not 1 <= other <= count:
            return None
        return LinkView(text=sheet.speaker.say(key), url=sheet.link(address(other)))

    return ListingView(
        cards=cards,
        number=number,
        count=count,
        newer=beside("listing.newer", number - 1),
        older=beside("listing.older", number + 1),
    )


def shelf(page: Page, sheet: Sheet, edition_card: Callable[[str], EditionCardView]) -> Made:
    """The stories of one value of a facet."""
    folder, value, page_number = page.key.split("/")
    facet, number = Facet(folder), int(page_number)
    stories = sheet.reads.shelved(facet, value)
    card = _card(sheet, facet, value, stories)
    works = sheet.reads.shelf(facet, value, (number - 1) * PER_PAGE, number * PER_PAGE)
    language = sheet.speaker.language
    before = after = None
    editions: tuple[EditionCardView, ...] = ()
    if facet is Facet.WEEKS:
        before, after = _weeks_beside(sheet, read_week(value))
        editions = tuple(edition_card(id) for id in sheet.reads.editions_of(value))
    view = ShelfView(
        kind=facet.value,
        shelf=card,
        listing=listing(
            sheet,
            tuple(sheet.card(f"{work}/{value}") for work in works)
            if facet is Facet.LANGUAGES
            else sheet.cards(works),
            number,
            -(-stories // PER_PAGE),
            lambda other: shelf_address(language, facet, value, other),
        ),
        up=_up(sheet, facet),
        editions=editions,
        before=before,
        after=after,
    )
    title = card.name
    if number > 1:
        title = sheet.speaker.say("shelf.page", name=title, number=sheet.speaker.number(number))
    return "shelf", title, card.means, {"shelf": view}


def _up(sheet: Sheet, facet: Facet) -> LinkView:
    language, say = sheet.speaker.language, sheet.speaker.say
    if facet in _SECTIONS:
        kind = _SECTIONS[facet]
        return LinkView(text=say(f"{kind.value}.title"), url=sheet.link(section_address(language, kind)))
    return LinkView(text=say("listing.title"), url=sheet.link(listing_address(language, 1)))


def _weeks_beside(sheet: Sheet, week: Week) -> tuple[LinkView | None, LinkView | None]:
    """The weeks with stories before and after one."""

    def link(other: str) -> LinkView | None:
        if not other:
            return None
        address = shelf_address(sheet.speaker.language, Facet.WEEKS, other)
        return LinkView(text=week_name(sheet, read_week(other)), url=sheet.link(address))

    before, after = sheet.reads.weeks_beside(week.value)
    return link(before), link(after)


def _card(sheet: Sheet, facet: Facet, value: str, stories: int, shown: tuple[str, ...] = ()) -> ShelfCardView:
    """A shelf with its name, what it means, and its newest stories."""
    language, name = _name(sheet, facet, value)
    means_language, means = _means(sheet, facet, value)
    return ShelfCardView(
        value=value,
        name=name,
        lang=language,
        dir=direction_of(language),
        url=sheet.shelf_url(facet, value) if stories else "",
        stories=stories,
        means=means,
        means_lang=means_language,
        means_dir=direction_of(means_language),
        serves=_serves(sheet, value) if facet is Facet.TEAMS else (),
        cards=sheet.cards(shown),
    )


def _name(sheet: Sheet, facet: Facet, value: str) -> tuple[str, str]:
    """The language and the words of a value's name."""
    speaker, reads = sheet.speaker, sheet.reads
    if facet is Facet.TEAMS:
        team = reads.team(value)
        return speaker.own(team.name, reads.settings) if team else (speaker.language, value)
    if facet is Facet.BEHAVIOURS:
        return sheet.named_as("behaviour", value)
    if facet is Facet.PERSPECTIVES:
        return sheet.named_as("perspective", value)
    if facet is Facet.TAGS:
        return _language_of_tag(sheet, value), reads.tag(value)
    if facet is Facet.KINDS:
        return speaker.language, speaker.say("leaders.title" if value == "leader" else f"kind.{value}")
    if facet is Facet.LANGUAGES:
        return speaker.language, speaker.language_name(value)
    if facet is Facet.YEARS:
        return speaker.language, speaker.digits(value)
    week = read_week(value)
    title = speaker.say("week.of", week=week_name(sheet, week), days=speaker.days(week.monday, week.sunday))
    return speaker.language, title


def _language_of_tag(sheet: Sheet, value: str) -> str:
    """The likeliest language of a tag: the reader's own or another of the site, by the script it is written in."""
    languages = (sheet.speaker.language, *sheet.reads.settings.languages)
    return next((one for one in languages if script_of(one) == script_in(value)), languages[0])


def _means(sheet: Sheet, facet: Facet, value: str) -> tuple[str, str]:
    """What a value looks like here: the newsroom's own words, else the theme's."""
    speaker = sheet.speaker
    if facet in (Facet.BEHAVIOURS, Facet.PERSPECTIVES):
        own = sheet.reads.named(value)
        if own:
            return speaker.own(own.means, sheet.reads.settings) if own.means else (speaker.language, "")
        group = "behaviour" if facet is Facet.BEHAVIOURS else "perspective"
        return speaker.language, speaker.say(f"{group}-means.{value}")
    if facet is Facet.KINDS:
        return speaker.language, speaker.say(f"kind-means.{value}")
    if facet is Facet.WEEKS and read_week(value) == service_week(read_week(value).year):
        return speaker.language, speaker.say("year.service")
    return speaker.language, ""


def _serves(sheet: Sheet, team: str) -> tuple[LinkView, ...]:
    """Whom a team serves: other teams, kinds of customers, or anybody in a word."""
    found = []
    one = sheet.reads.team(team)
    for served in one.serves if one else ():
        other = sheet.reads.team(served)
        named = None if other else sheet.reads.named(served)
        words = other.name if other else named.name if named else None
        settings = sheet.reads.settings
        language, text = sheet.speaker.own(words, settings) if words else (settings.language, served)
        found.append(
            LinkView(
                text=text,
                url=sheet.shelf_url(Facet.TEAMS, served) if other else "",
                lang=language,
                dir=direction_of(language),
            )
        )
    return tuple(found)


def _values(sheet: Sheet, facet: Facet) -> tuple[tuple[str, int], ...]:
    """All values of a facet and how many stories each has, in the order in which readers should meet them."""
    told = dict(sheet.reads.values(facet))
    settings = sheet.reads.settings
    order: Sequence[str] = ()
    if facet is Facet.BEHAVIOURS:
        order = [one.id for one in settings.behaviours]
    elif facet is Facet.PERSPECTIVES:
        order = [one.id for one in settings.perspectives]
    elif facet is Facet.TEAMS:
        order = sheet.reads.teams()
    elif facet is Facet.YEARS:
        return tuple(sorted(told.items(), reverse=True))
    elif facet is Facet.LANGUAGES:
        order = [one for one in settings.languages if one in told]
    elif facet is Facet.TAGS:
        # Words in the reader's own script first: a tag may be of any language.
        script = script_of(sheet.speaker.language)
        order = [value for value in told if script_in(value) == script]
    elif facet is Facet.KINDS:
        order = [one for one in ("heroic", "small", "light", "learning", "recovery", "leader") if one in told]
    return tuple((value, told.get(value, 0)) for value in dict.fromkeys((*order, *told)))


def _unseen(sheet: Sheet, facet: Facet, value: str, most: int, seen: set[str]) -> tuple[str, ...]:
    """The newest works of a shelf that do not stand on the page yet; where all do, its newest."""
    if not most:
        return ()
    newest = sheet.reads.shelf(facet, value, 0, most + len(seen))
    shown = tuple(work for work in newest if work not in seen)[:most] or newest[:most]
    seen.update(shown)
    return shown


def section(facet: Facet, shown: int) -> Callable[[Page, Sheet], Made]:
    """The page on which all values of a facet stand, each with as many of its newest stories as `shown`."""
    template = {Facet.PERSPECTIVES: "perspectives", Facet.TAGS: "tags"}.get(facet, "shelves")

    def made(page: Page, sheet: Sheet) -> Made:
        seen: set[str] = set()
        cards = tuple(
            _card(sheet, facet, value, stories, _unseen(sheet, facet, value, shown, seen))
            for value, stories in _values(sheet, facet)
        )
        say = sheet.speaker.say
        head = {"title": say(f"{facet.value}.title"), "intro": say(f"{facet.value}.intro")}
        return template, head["title"], head["intro"], {"shelves": cards, "head": head}

    return made


def ways(sheet: Sheet) -> tuple[WayView, ...]:
    """By what all stories can be looked through."""
    found = []
    language, say = sheet.speaker.language, sheet.speaker.say
    for facet in sheet.reads.settings.filters:
        options = []
        for value, stories in _values(sheet, facet):
            if stories:
                lang, text = _name(sheet, facet, value)
                options.append(
                    OptionView(
                        value=value, text=text, lang=lang, url=sheet.shelf_url(facet, value), stories=stories
                    )
                )
        if not options:
            continue
        url = sheet.link(section_address(language, _SECTIONS[facet])) if facet in _SECTIONS else ""
        found.append(
            WayView(
                facet=facet.value,
                label=say(f"filter.{facet.value}"),
                any=say(f"filter.any.{facet.value}"),
                url=url,
                options=tuple(options),
            )
        )
    return tuple(found)


def filter_url(sheet: Sheet) -> str:
    """The script that holds all stories; "" where nothing can be filtered."""
    address = filter_address(sheet.speaker.language)
    return sheet.link(address) if sheet.reads.stands(address) else ""

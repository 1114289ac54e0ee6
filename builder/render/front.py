"""The front page: the edition of the week, and what stands around it."""

from __future__ import annotations

from builder.model.address import listing_address
from builder.model.edition import Fullness, Slot
from builder.model.event import Event
from builder.model.facet import Facet
from builder.model.page import Page
from builder.model.story import Kind
from builder.render.commitments import on_the_front_page
from builder.render.editions import edition_view
from builder.render.front_views import EventView, HomeView
from builder.render.sheet import Made, Sheet
from builder.render.views import LinkView
from builder.render.words import direction_of
from builder.render.year import strip

RECENT = 9
BESIDE_AN_EDITION = 4
"""So few new stories stand under an edition, which has its own: the whole page is read in a minute."""


def home_page(page: Page, sheet: Sheet) -> Made:
    reads = sheet.reads
    goes_out = (id for id in reads.editions() if reads.contents(id).fullness is not Fullness.NONE)
    newest_edition = next(goes_out, "")
    shown = edition_view(reads.edition(newest_edition), sheet) if newest_edition else None
    inside = {card.id for card in shown.cards} if shown else set()
    room = BESIDE_AN_EDITION if shown else RECENT
    newest = reads.works(0, room + len(inside) + 1)
    slots = {one.work: one.slot for one in reads.contents(shown.card.id).placed} if shown else {}
    kept = shown.cards[1:] if shown else ()
    lines = [card for card in kept if slots[card.id] is Slot.LEADER]
    newest_line = reads.shelf(Facet.KINDS, Kind.LEADER.value, 0, 1)
    leader = () if lines else tuple(work for work in newest_line if work not in inside)
    recent = tuple(work for work in newest if work not in inside and work not in leader)[:room]
    more = None
    if newest:
        more = LinkView(text=sheet.speaker.say("home.more"), url=sheet.link(listing_address(page.lang, 1)))
    years = reads.years() if Facet.YEARS in reads.settings.filters else ()
    home = HomeView(
        edition=shown,
        recent=sheet.cards(recent),
        more=more,
        small=tuple(card for card in kept if slots[card.id] is Slot.SMALL),
        behind=tuple(card for card in kept if slots[card.id] is Slot.BEHIND),
        others=(*(card for card in kept if slots[card.id] is Slot.STORY), *lines[1:]),
        leader=next(iter(lines or sheet.cards(leader)), None),
        programme=tuple(_event(one, sheet) for one in reads.programme()),
        year=strip(sheet, years[0]) if years else None,
    )
    tagline = sheet.speaker.own(reads.settings.tagline, reads.settings)[1]
    return "home", sheet.speaker.say("nav.home"), tagline, {"home": home, "said": on_the_front_page(sheet)}


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

"""The front page: the edition of the week, and what stands around it."""

from __future__ import annotations

from builder.model.address import listing_address
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

_SMALL = (Kind.SMALL.value, Kind.LIGHT.value)
"""Kinds that stand together on the front page as small things."""


def home_page(page: Page, sheet: Sheet) -> Made:
    reads = sheet.reads
    editions = reads.editions()
    shown = edition_view(reads.edition(editions[0]), sheet) if editions else None
    inside = {card.id for card in shown.cards} if shown else set()
    room = BESIDE_AN_EDITION if shown else RECENT
    newest = reads.works(0, room + len(inside) + 1)
    leader = tuple(work for work in reads.shelf(Facet.KINDS, Kind.LEADER.value, 0, 1) if work not in inside)
    recent = tuple(work for work in newest if work not in inside and work not in leader)[:room]
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

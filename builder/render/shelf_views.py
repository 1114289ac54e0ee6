"""What templates see of a shelf: all stories of a behaviour, team, week and so on."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.views import CardView, EditionCardView, LinkView, ListingView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCardView:
    """A shelf among others of its facet: `means` says what it looks like here, `serves` whom a team serves."""

    value: str
    name: str
    lang: str
    dir: str
    url: str
    """ "" where it has no stories yet."""
    stories: int
    means: str = ""
    means_lang: str = ""
    means_dir: str = ""
    serves: tuple[LinkView, ...] = ()
    cards: tuple[CardView, ...] = ()
    """Its newest stories, where the page shows some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfView:
    """All stories of a behaviour, team, week and so on, a page at a time; `up` leads to where the facet begins.

    `kind` is the facet's word (`teams`); `before` and `after` lead to the weeks before and after this one.
    """

    kind: str
    shelf: ShelfCardView
    listing: ListingView
    up: LinkView | None
    editions: tuple[EditionCardView, ...] = ()
    before: LinkView | None = None
    after: LinkView | None = None

"""What templates see of the front page: the latest edition, the newest stories, and what is to come."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.views import CardView, EditionView, LinkView, YearView


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """Something to come: `days` says when in words, `first` the first day as ISO 8601."""

    first: str
    days: str
    what: str
    lang: str
    dir: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The front page: the latest edition when there is one, and the newest stories that are not in it."""

    edition: EditionView | None
    recent: tuple[CardView, ...]
    more: LinkView | None
    small: tuple[CardView, ...] = ()
    """Of the edition's stories: the small things, and those from behind the scenes; `others` are neither, nor the lead."""
    behind: tuple[CardView, ...] = ()
    others: tuple[CardView, ...] = ()
    leader: CardView | None = None
    """The newest word from a leader, unless the edition has it."""
    programme: tuple[EventView, ...] = ()
    year: YearView | None = None

"""Which place a story takes in an edition: the same on the front page and in the mail."""

from __future__ import annotations

from collections.abc import Iterable

from builder.model.edition import Placed, Reason, Slot, Why
from builder.model.library import Library
from builder.model.story import Kind, Story

_BY_KIND = {Kind.SMALL: Slot.SMALL, Kind.LIGHT: Slot.SMALL, Kind.LEADER: Slot.LEADER}


def slot_of(story: Story) -> Slot:
    """The place of a story that does not lead.

    Small and light ones stand together as small things; what was done for colleagues happened behind the scenes.
    """
    inside = story.customer is not None and story.customer.kind == "internal"
    default = Slot.BEHIND if inside else Slot.STORY
    return _BY_KIND.get(story.kind, default) if story.kind else default


def as_chosen(works: Iterable[str], library: Library) -> tuple[Placed, ...]:
    """Works in the order in which an editor chose them, the lead first, each in its place."""
    language = library.newsroom.settings.language
    return tuple(
        Placed(
            work=work,
            slot=slot_of(library.version(work, language)) if number else Slot.LEAD,
            why=Why(reason=Reason.CHOSEN),
        )
        for number, work in enumerate(works)
    )

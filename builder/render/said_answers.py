"""What of customers' voices, commitments and corrections belongs to what: answers to questions that pages ask."""

from __future__ import annotations

from builder.model.commitment import Progress
from builder.render.press import Press


def voices_of(press: Press, work: str) -> tuple[str, ...]:
    """What customers said of a story, the newest first."""
    return tuple(one.id for one in press.library.voices if work in one.stories)


def commitments_of(press: Press, work: str) -> tuple[str, ...]:
    """What was done about a story, or about what a customer said of it."""
    voices = voices_of(press, work)
    kept = (one.commitment for one in press.library.commitments)
    return tuple(one.id for one in kept if one.origin.story == work or one.origin.voice in voices)


def commitments_in_short(press: Press) -> tuple[str, ...]:
    """The one that was done last, and of those that are not done the one due first."""
    kept = press.library.commitments
    done = [one.commitment for one in kept if one.progress is Progress.DONE and one.commitment.done]
    due = [one.commitment for one in kept if one.progress is not Progress.DONE]
    last = sorted(done, key=lambda one: (one.done or one.due, one.id), reverse=True)[:1]
    return tuple(one.id for one in (*last, *sorted(due, key=lambda one: (one.due, one.id))[:1]))


def corrections_of(press: Press, about: str) -> tuple[str, ...]:
    """What was put right of an edition (`edition:ID`) or of a story, the newest first."""
    corrections = press.library.corrections
    return tuple(one.id for one in corrections if about in (f"edition:{one.edition}", one.story))

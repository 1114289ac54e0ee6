"""What is amiss with an edition once it is filled: places left empty, too many words, too much of the leaders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.model.edition import SUBJECT_SEEN, Contents, Edition, Slot
from builder.model.reading import LEADERS_SHARE, Tally
from builder.model.text import seen
from builder.problem import Level, Problem

_FOR_A_PLACE: Mapping[Slot, str] = {
    Slot.LEAD: "a story",
    Slot.STORY: "a story about a customer that is not `kind: small`, `light` or `leader`",
    Slot.SMALL: "a story of `kind: small` or `light`",
    Slot.BEHIND: "a story that served a colleague (`customer: {kind: internal}`)",
    Slot.LEADER: "a story of `kind: leader`",
}


def places_left_empty(contents: Iterable[Contents]) -> Iterator[Problem]:
    """Places that an edition says have to be filled, and that no story fills."""
    for one in contents:
        for wanted in one.empty:
            yield Problem(
                code="slot-empty",
                level=Level.WARNING,
                file=one.edition.file,
                line=wanted.line,
                column=wanted.column,
                excerpt=wanted.excerpt,
                message=f"`{wanted.slot.value}` has to be filled here, and no story fills it",
                mend=f"Name {_FOR_A_PLACE[wanted.slot]} in `stories:`, or take `{wanted.slot.value}` out of `slots:`.",
            )


def over_budget(edition: Edition, tallies: Iterable[Tally], most: int) -> Iterator[Problem]:
    """Mails of more words than people read, with their longest parts; and those in which leaders speak too much."""
    for one in tallies:
        words = edition.said_in(one.language)
        if one.all > most:
            parts = sorted((("its opening", one.opening), *one.stories), key=lambda part: -part[1])
            yield Problem(
                code="edition-words",
                level=Level.WARNING,
                file=words.file,
                message=f"the mail in `{one.language}` has {one.all} words, and {most} is the most that it should have",
                mend=f"Shorten the longest: {', '.join(f'{_part(name)} ({count})' for name, count in parts[:3])}; "
                "or leave a story for the site.",
            )
        if one.share > LEADERS_SHARE:
            yield Problem(
                code="leaders-share",
                level=Level.WARNING,
                file=words.file,
                message=f"of 100 words of the mail in `{one.language}`, {one.share} are a leader's, and {LEADERS_SHARE} are enough",
                mend="Shorten the summary of the leader's story, or tell one story more.",
            )


def _part(name: str) -> str:
    return name if " " in name else f"`{name}`"


def subject_with_names(edition: Edition, language: str, subject: str) -> Iterator[Problem]:
    """A subject that fits until somebody's name stands in it; what is too long without is said where it is read."""
    words = edition.said_in(language)
    if words.subject.references and words.subject.letters <= SUBJECT_SEEN < seen(subject):
        yield Problem(
            code="subject-long",
            level=Level.WARNING,
            file=words.file,
            message=f"with the name in it the subject in `{language}` has {seen(subject)} letters, "
            f"and many inboxes show only the first {SUBJECT_SEEN}",
            mend="Put what matters first, or say it shorter.",
        )

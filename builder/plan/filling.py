"""What fills an edition: what its editor chose, and by rule what nobody chose; each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from builder.model.edition import (
    Edition,
    EditionKind,
    PassedOver,
    Placed,
    Reason,
    Slot,
    Wanted,
    Why,
)
from builder.model.library import Library
from builder.model.reading import LEADERS_SHARE, share
from builder.model.story import Kind
from builder.plan.budget import most_words, words_of, words_of_opening
from builder.plan.candidates import Candidate, Candidates
from builder.plan.slots import as_chosen, slot_of
from builder.plan.windows import Window

MOST = 6
"""So many stories fill an edition before a leader has a line: where other places stay empty, more stories take theirs."""

_A_WEEKS_PLACES = (
    Slot.LEAD,
    Slot.SMALL,
    Slot.BEHIND,
    Slot.STORY,
    Slot.SMALL,
    *(Slot.STORY,) * (MOST - 2),
    Slot.LEADER,
)

PLACES: Mapping[EditionKind, tuple[Slot, ...]] = {
    EditionKind.WEEKLY: _A_WEEKS_PLACES,
    EditionKind.SPECIAL: _A_WEEKS_PLACES,
    EditionKind.DAY_AFTER: _A_WEEKS_PLACES,
    EditionKind.DAILY: (Slot.LEAD, Slot.SMALL, Slot.BEHIND, Slot.LEADER),
}
"""The places that a rule fills, in the order in which it looks for somebody to fill them: who comes first has the words."""

SHOWN = (Slot.LEAD, Slot.STORY, Slot.BEHIND, Slot.SMALL, Slot.LEADER)
"""The order in which places stand in an edition."""

JUST_BEFORE = 6
"""So many stories that are just too old are named as passed over: more would only be noise."""

_LEADS = {Kind.HEROIC: 0, Kind.LIGHT: 2, Kind.SMALL: 3}
"""How fit a kind of story is to lead, the fittest first; all others are 1, and a leader's line never leads by rule."""

_WHY = {
    Slot.STORY: Reason.ONE_MORE,
    Slot.SMALL: Reason.SMALL,
    Slot.BEHIND: Reason.BEHIND,
    Slot.LEADER: Reason.LEADER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What editions before told of a work: the last that did, and whether it ever led one."""

    last: Edition
    led: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """`empty` are places that had to be filled."""

    placed: tuple[Placed, ...]
    passed: tuple[PassedOver, ...]
    empty: tuple[Wanted, ...] = ()


def fill(
    edition: Edition, window: Window | None, all: Candidates, told: Mapping[str, Told], library: Library
) -> Filled:
    """What stands in `edition`, and what was passed over.

    What an editor chose stands as chosen, less what cannot be seen, and nothing is added but to places in `slots`.
    `told` says what earlier editions held.
    """
    fit: list[Candidate] = []
    passed: list[PassedOver] = []
    chosen = set(edition.stories)
    for one in all.between(*window) if window else ():
        why = _unfit(one, edition, told, library)
        if one.work in chosen:
            continue
        if why:
            passed.append(PassedOver(work=one.work, why=why))
        else:
            fit.append(one)
    if edition.stories:
        filled = _as_chosen(edition, fit, all, told, library)
    elif edition.kind is EditionKind.YEARBOOK:
        filled = _a_year(edition, fit, told, library)
    else:
        filled = _by_rule(edition, fit, library)
    if window and not edition.stories:
        for one in all.just_before(window[0], JUST_BEFORE):
            again = _told_lately(one.work, edition, told, library)
            why = Why(reason=Reason.TOLD if again else Reason.ANOTHER_TIME, facts=again)
            if one.hidden is None:
                passed.append(PassedOver(work=one.work, why=why))
    filled_places = {one.slot for one in filled.placed}
    return Filled(
        placed=filled.placed,
        passed=(*filled.passed, *passed),
        empty=tuple(one for one in edition.slots if one.slot not in filled_places),
    )


def _unfit(one: Candidate, edition: Edition, told: Mapping[str, Told], library: Library) -> Why | None:
    """Why a story cannot be filled in, whatever else there is."""
    if one.hidden:
        return _hidden(one)
    if edition.tags:
        tags = {tag.casefold() for story in library.versions[one.work].values() for tag in story.tags}
        if tags.isdisjoint(tag.casefold() for tag in edition.tags):
            return Why(reason=Reason.ANOTHER_THEME)
    again = _told_lately(one.work, edition, told, library)
    return Why(reason=Reason.TOLD, facts=again) if again else None


def _told_lately(
    work: str, edition: Edition, told: Mapping[str, Told], library: Library
) -> tuple[tuple[str, str], ...]:
    """Which edition told a story so lately that it is not filled in again, and how many days before; () where none did."""
    before = told.get(work)
    if before is None or edition.kind is EditionKind.YEARBOOK:
        return ()
    settings = library.newsroom.settings
    then, today = (one.date.astimezone(settings.timezone).date() for one in (before.last, edition))
    if today - then >= timedelta(weeks=settings.digest.repeat_after):
        return ()
    return ("edition", before.last.id), ("days", str((today - then).days))


def _hidden(one: Candidate) -> Why:
    moment = {Reason.NOT_YET: one.moment, Reason.EXPIRED: one.story.expires}.get(one.hidden or Reason.BROKEN)
    facts = (("date", f"{moment:%Y-%m-%d}"),) if moment else ()
    return Why(reason=one.hidden or Reason.BROKEN, facts=facts)


def _as_chosen(
    edition: Edition,
    fit: Sequence[Candidate],
    all: Candidates,
    told: Mapping[str, Told],
    library: Library,
) -> Filled:
    seen = [work for work in edition.stories if work in library.versions]
    placed = [
        replace(one, why=replace(one.why, facts=_told_lately(one.work, edition, told, library)))
        for one in as_chosen(seen, library)
    ]
    passed = [
        PassedOver(
            work=work,
            why=_hidden(all.hidden[work]) if work in all.hidden else Why(reason=Reason.BROKEN),
        )
        for work in edition.stories
        if work not in library.versions
    ]
    taken: set[str] = set()
    for wanted in edition.slots:
        if not placed or wanted.slot in {one.slot for one in placed}:
            continue
        found = next((one for one in _ranked(fit) if slot_of(one.story) is wanted.slot), None)
        if found:
            placed.append(Placed(work=found.work, slot=wanted.slot, why=Why(reason=Reason.WANTED)))
            taken.add(found.work)
    passed += (
        PassedOver(work=one.work, why=Why(reason=Reason.NOT_CHOSEN)) for one in fit if one.work not in taken
    )
    return Filled(placed=tuple(placed), passed=tuple(passed))


def _by_rule(edition: Edition, fit: Sequence[Candidate], library: Library) -> Filled:
    """A place after another: the lead first, the leader's line last, each within the words that are left."""
    settings = library.newsroom.settings
    most = most_words(edition, settings)
    words = words_of_opening(edition, settings.language, settings)
    placed: list[Placed] = []
    refused: dict[str, Why] = {}
    left = _ranked(fit)
    for slot in PLACES.get(edition.kind, ()):
        if slot is Slot.STORY and len(placed) >= MOST:
            continue
        for one in _for_place(slot, left):
            more = words_of(one.story)
            if placed and words + more > most:
                over = (("words", str(words + more)), ("most", str(most)))
                refused.setdefault(one.work, Why(reason=Reason.WORDS, facts=over))
                continue
            part = share(more, words + more)
            if slot is Slot.LEADER and part > LEADERS_SHARE:
                over = (("share", str(part)), ("most", str(LEADERS_SHARE)))
                refused.setdefault(one.work, Why(reason=Reason.SHARE, facts=over))
                continue
            words += more
            placed.append(Placed(work=one.work, slot=slot, why=_why(slot, one)))
            left.remove(one)
            break
    placed.sort(key=lambda one: SHOWN.index(one.slot))
    holders = {one.slot: one.work for one in placed}
    passed = (
        PassedOver(
            work=one.work,
            why=refused.get(one.work)
            or Why(
                reason=Reason.TAKEN,
                facts=(
                    ("slot", slot_of(one.story).value),
                    ("by", holders.get(slot_of(one.story), holders.get(Slot.LEAD, ""))),
                ),
            ),
        )
        for one in left
    )
    return Filled(placed=tuple(placed), passed=tuple(passed))


def _ranked(fit: Iterable[Candidate]) -> list[Candidate]:
    """The newest first, and heroic ones before all."""
    return sorted(fit, key=lambda one: one.story.kind is not Kind.HEROIC)


def _for_place(slot: Slot, left: Sequence[Candidate]) -> list[Candidate]:
    """Those that may take a place, the first choice first."""
    if slot is not Slot.LEAD:
        return [one for one in left if slot_of(one.story) is slot]
    able = [one for one in left if one.story.kind is not Kind.LEADER]
    return sorted(able, key=lambda one: _LEADS.get(one.story.kind, 1) if one.story.kind else 1)


def _why(slot: Slot, one: Candidate) -> Why:
    if slot is not Slot.LEAD:
        return Why(reason=_WHY[slot])
    if one.story.kind is Kind.HEROIC:
        return Why(reason=Reason.HEROIC)
    return Why(reason=Reason.ONLY_SMALL if slot_of(one.story) is Slot.SMALL else Reason.NEWEST)


def _a_year(edition: Edition, fit: Sequence[Candidate], told: Mapping[str, Told], library: Library) -> Filled:
    """Of each month, or week, one story: one that led an edition, else a heroic one, else the newest that is not small."""
    zone = library.newsroom.settings.timezone
    form = "%G-w%V" if edition.one_per == "week" else "%Y-%m"
    by_time: dict[str, list[Candidate]] = {}
    for one in fit:
        by_time.setdefault(one.moment.astimezone(zone).strftime(form), []).append(one)

    def rank(one: Candidate) -> tuple[bool, bool, bool]:
        before = told.get(one.work)
        small = slot_of(one.story) in (Slot.SMALL, Slot.LEADER)
        return not (before and before.led), one.story.kind is not Kind.HEROIC, small

    placed: list[Placed] = []
    passed: list[PassedOver] = []
    for period, some in sorted(by_time.items()):
        best, *others = sorted(some, key=rank)
        why = Why(reason=Reason.OF_ITS_TIME, facts=(("period", period),))
        placed.append(Placed(work=best.work, slot=Slot.STORY if placed else Slot.LEAD, why=why))
        taken = Why(reason=Reason.TAKEN, facts=(("period", period), ("by", best.work)))
        passed += (PassedOver(work=one.work, why=taken) for one in others)
    return Filled(placed=tuple(placed), passed=tuple(passed))

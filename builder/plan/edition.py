"""What the editions hold: their stories, by choice or by rule, and their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from builder.model.edition import Contents, Edition, EditionKind, Fullness, Reason, Slot, Why
from builder.model.library import Library
from builder.model.metric import Measured, Metric
from builder.model.period import last_day
from builder.plan.budget import words_by_language
from builder.plan.candidates import candidates
from builder.plan.filling import Filled, Told, fill
from builder.plan.measured import measured
from builder.plan.windows import window

ENOUGH: Mapping[EditionKind, int] = {
    EditionKind.WEEKLY: 3,
    EditionKind.SPECIAL: 3,
    EditionKind.DAY_AFTER: 2,
    EditionKind.DAILY: 1,
    EditionKind.YEARBOOK: 3,
}
"""How many stories a rule must find for a full edition; fewer make it a thin one."""


def latest(library: Library) -> Edition | None:
    """The newest ready edition that is not after now."""
    return library.editions[0] if library.editions else None


def contents_of(library: Library) -> Mapping[str, Contents]:
    """What every edition of `library` holds, by its id.

    From the oldest to the newest, for what one tells another does not tell again so soon. Measures are as of each
    edition's day; where none were chosen, it is the external one (else any) that gave the latest reading.
    """
    settings = library.newsroom.settings
    all = candidates(library)
    told: dict[str, Told] = {}
    earlier: list[Edition] = []
    found: dict[str, Contents] = {}
    for edition in sorted(library.editions, key=lambda one: (one.date, one.id)):
        time = window(edition, earlier, settings)
        filled = fill(edition, time, all, told, library)
        metrics, why = _numbers(edition, library)
        contents = Contents(
            edition=edition,
            placed=filled.placed,
            passed=filled.passed,
            metrics=metrics,
            numbers_why=why,
            fullness=_fullness(edition, filled, library),
            empty=filled.empty,
            since=time[0] if time else None,
            before=time[1] if time else None,
        )
        found[edition.id] = replace(contents, words=words_by_language(contents, library))
        if contents.fullness is Fullness.NONE:
            continue  # nobody was told anything, and its time is not over
        for one in filled.placed:
            led = one.slot is Slot.LEAD or (one.work in told and told[one.work].led)
            told[one.work] = Told(last=edition, led=led)
        earlier.append(edition)
    return found


def _fullness(edition: Edition, filled: Filled, library: Library) -> Fullness:
    """Whether what a rule found is enough. What an editor chose is, if any of it may be seen, and so is a correction, which has its words."""
    says_something = filled.placed or any(words.body.strip() for words in edition.words)
    if says_something and (edition.stories or len(filled.placed) >= ENOUGH.get(edition.kind, 0)):
        return Fullness.FULL
    goes_out = library.newsroom.settings.digest.thin_goes_out and says_something
    return Fullness.SHORT if goes_out else Fullness.NONE


def _numbers(edition: Edition, library: Library) -> tuple[tuple[Measured, ...], Why | None]:
    known = {
        metric.id: metric
        for metric in (_as_of(edition, one.metric) for one in library.metrics)
        if metric.readings
    }
    if edition.numbers:
        chosen = tuple(measured(known[id]) for id in edition.numbers if id in known)
        return chosen, Why(reason=Reason.CHOSEN) if chosen else None
    if not known or edition.kind is EditionKind.CORRECTION:
        return (), None
    newest = max(known.values(), key=lambda one: (one.side == "external", one.readings[-1].period, one.id))
    reason = Reason.OUTSIDE if newest.side == "external" else Reason.ANY_NUMBER
    return (measured(newest),), Why(reason=reason, facts=(("period", newest.readings[-1].period),))


def _as_of(edition: Edition, metric: Metric) -> Metric:
    """A measure as it stood on an edition's day: an archived edition goes on saying what it said."""
    day = edition.date.date()
    return replace(metric, readings=tuple(one for one in metric.readings if last_day(one.period) < day))

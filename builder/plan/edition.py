"""What an edition holds: what its editor chose, and what the rule fills in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builder.model.edition import Contents, Edition
from builder.model.library import Library
from builder.model.metric import Metric
from builder.model.period import last_day
from builder.model.story import Kind
from builder.plan.measured import measured

MOST = 6
"""Stories in an edition that nobody chose stories for."""

FIRST_EDITION = timedelta(days=31)
"""How far back the first edition of all looks for stories."""


def latest(library: Library) -> Edition | None:
    """The newest ready edition that is not after now."""
    return library.editions[0] if library.editions else None


def fill(edition: Edition, library: Library) -> Contents:
    """What `edition` holds. Chosen items that are not visible are left out.

    Where no stories were chosen: the visible ones since the edition before, heroic ones first, at most MOST. Where no
    measures were chosen: the external one (else any) that gave the latest reading. Measures are as of the edition's day.
    """
    works = tuple(work for work in edition.stories if work in library.versions)
    if not edition.stories:
        works = _since_the_last(edition, library)
    all_ = (_as_of(edition, one.metric) for one in library.metrics)
    known = {metric.id: metric for metric in all_ if metric.readings}
    metrics = tuple(known[id] for id in edition.numbers if id in known)
    if not edition.numbers and known:
        newest = max(
            known.values(), key=lambda one: (one.side == "external", one.readings[-1].period, one.id)
        )
        metrics = (newest,)
    return Contents(edition=edition, works=works, metrics=tuple(map(measured, metrics)))


def _as_of(edition: Edition, metric: Metric) -> Metric:
    """A measure as it stood on an edition's day: an archived edition goes on saying what it said."""
    day = edition.date.date()
    return replace(metric, readings=tuple(one for one in metric.readings if last_day(one.period) < day))


def _since_the_last(edition: Edition, library: Library) -> tuple[str, ...]:
    before = [one.date for one in library.editions if one.date < edition.date]
    start = max(before, default=edition.date - FIRST_EDITION)
    settings = library.newsroom.settings
    found = [
        work
        for work in library.works
        if start <= library.version(work, settings.language).date < edition.date + timedelta(days=1)
    ]
    found.sort(key=lambda work: library.version(work, settings.language).kind is not Kind.HEROIC)
    return tuple(found[:MOST])

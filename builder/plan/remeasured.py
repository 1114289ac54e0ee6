"""What is found when a measure is looked at again after something was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from builder.model.commitment import Again, Kept
from builder.model.metric import Measured
from builder.plan.measured import measured


def remeasured(kept: Iterable[Kept], metrics: Iterable[Measured]) -> tuple[Kept, ...]:
    """Commitments with the measure they were held against, where readers may see that measure and both readings."""
    by_id = {one.metric.id: one for one in metrics}
    return tuple(replace(one, again=_again(one, by_id)) for one in kept)


def _again(kept: Kept, metrics: dict[str, Measured]) -> Again | None:
    wanted = kept.commitment.measured
    shown = metrics.get(wanted.metric) if wanted else None
    if wanted is None or shown is None:
        return None
    readings = {one.period: one for one in shown.metric.readings}
    if wanted.before not in readings or wanted.after not in readings:
        return None
    two = replace(shown.metric, readings=(readings[wanted.before], readings[wanted.after]))
    joined = not any(wanted.before < one.period <= wanted.after for one in two.breaks)
    return Again(metric=two, change=measured(two).change if joined else None, joined=joined)

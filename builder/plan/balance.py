"""Whether a scorecard listens to customers as much as it counts itself, and where the two disagree."""

from __future__ import annotations

from collections.abc import Sequence

from builder.model.balance import Balance
from builder.model.estimate import Standing
from builder.model.metric import Measured


def balance(shown: Sequence[Measured]) -> Balance:
    """The balance of the measures that are shown."""
    by_id = {one.metric.id: one for one in shown}
    internal = [one for one in shown if one.metric.side == "internal"]
    pairs = {one.metric.id: by_id.get(one.metric.pair) for one in internal}
    outside = {id: pair for id, pair in pairs.items() if pair and pair.metric.side == "external"}
    return Balance(
        external=len(shown) - len(internal),
        internal=len(internal),
        unpaired=tuple(id for id in pairs if id not in outside),
        watermelons=tuple(
            one.metric.id
            for one in internal
            if one.standing is Standing.MET
            and one.metric.id in outside
            and (outside[one.metric.id].standing is Standing.MISSED or falls(outside[one.metric.id]))
        ),
    )


def falls(shown: Measured) -> bool:
    """Whether a measure is getting worse by more than chance: since the reading before, or by its trend today."""
    up = shown.metric.direction == "up"
    change = shown.change
    if change and change.is_clear and (change.difference > 0) is not up:
        return True
    if not shown.trend:
        return False
    return any(one.last == shown.trend.points - 1 and one.up is not up for one in shown.trend.signals)

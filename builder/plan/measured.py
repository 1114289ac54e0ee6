"""What may be said of a measure: how sure each reading is, whether the last one is a change, and where it stands."""

from __future__ import annotations

from builder.model.estimate import Change, Estimate, Standing
from builder.model.metric import Measured, Method, Metric, Reading
from builder.plan import estimates


def measured(metric: Metric) -> Measured:
    """The measure with its doubt. Of scores that nobody counted, or that are a full count of our own work, there is none."""
    return Measured(
        metric=metric,
        estimates=tuple(_estimate(metric, reading) for reading in metric.readings),
        change=_change(metric),
        standing=_standing(metric),
    )


def _answers(metric: Metric, reading: Reading) -> list[int]:
    """What people answered who were asked, by answer; empty of what the firm has in its own books.

    Who speaks from outside was asked, and so was whoever was invited to.
    """
    asked = metric.side == "external" or reading.invited is not None
    return [number for _, number in reading.counts] if asked else []


def _estimate(metric: Metric, reading: Reading) -> Estimate | None:
    counts = _answers(metric, reading)
    if not counts:
        return None
    if metric.method is Method.NPS:
        promoters, passives, detractors = counts
        return estimates.net_promoter(promoters, passives, detractors)
    return estimates.share(counts[0], sum(counts))


def _change(metric: Metric) -> Change | None:
    """From the reading before the last, unless the method changed between them."""
    if len(metric.readings) < 2 or metric.readings[-1].period in {one.period for one in metric.breaks}:
        return None
    before, after = (_answers(metric, one) for one in metric.readings[-2:])
    if not before or not after:
        return None
    if metric.method is Method.NPS:
        return estimates.net_promoter_change(
            (before[0], before[1], before[2]), (after[0], after[1], after[2])
        )
    return estimates.share_change((before[0], sum(before)), (after[0], sum(after)))


def _standing(metric: Metric) -> Standing | None:
    if metric.target is None or not metric.readings:
        return None
    last = metric.readings[-1]
    found = _estimate(metric, last)
    return estimates.standing(
        last.score, found.interval if found else None, metric.target, up=metric.direction == "up"
    )

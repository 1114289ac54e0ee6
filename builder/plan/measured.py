"""What may be said of a measure: how sure each reading is, whether the last one is a change, and where it stands."""

from __future__ import annotations

from dataclasses import replace

from builder.model.estimate import Change, Estimate, Interval, Response, Standing
from builder.model.metric import Counts, Measured, Method, Metric, Reading, Result
from builder.plan import estimates
from builder.plan.breakdowns import parts, thinned, together
from builder.plan.trends import trend


def measured(metric: Metric, least: int = 0) -> Measured:
    """The measure with its doubt, less what speaks for fewer than `least` people or would give them away.

    Of scores that nobody counted, or that are a full count of our own work, there is no doubt.
    """
    enough = tuple(one for one in metric.readings if one.n is None or one.n >= least)
    kept = tuple(thinned(one, least) for one in enough)
    seen = replace(metric, readings=kept)

    def sure(reading: Reading, counts: Counts) -> Interval | None:
        found = _of_counts(seen, reading, counts)
        return found.interval if found else None

    bare = replace(seen, readings=())
    results = tuple(
        Result(
            metric=bare,
            reading=reading,
            before=_before(seen, place),
            estimate=_estimate(seen, reading),
            response=_response(reading),
            parts=parts(reading, seen.method, sure),
            change=_change(seen, _before(seen, place), reading),
            standing=_standing(seen, reading),
            is_thinned=any(one.n for one in written.segments if one not in reading.segments),
        )
        for place, (written, reading) in enumerate(zip(enough, kept, strict=True))
    )
    return Measured(
        metric=seen,
        results=results,
        together=together(enough, kept, seen.method, sure),
        trend=trend([one.score for one in seen.series]),
        hidden=tuple(one.period for one in metric.readings if one not in enough),
    )


def _before(metric: Metric, place: int) -> Reading | None:
    """The reading before the one at `place`, unless the method changed between them."""
    if not place:
        return None
    before, after = metric.readings[place - 1 : place + 1]
    changed = any(before.period < one.period <= after.period for one in metric.breaks)
    return None if changed else before


def _estimate(metric: Metric, reading: Reading) -> Estimate | None:
    if reading.counts:
        return _of_counts(metric, reading, reading.counts)
    if reading.spread is None or not reading.n or not metric.asked(reading):
        return None
    return _on_the_scale(metric, estimates.mean(reading.score, reading.spread, reading.n))


def _of_counts(metric: Metric, reading: Reading, counts: Counts) -> Estimate | None:
    """How sure the score of such counts is; None of what the firm has in its own books."""
    if not metric.asked(reading):
        return None
    if metric.method is Method.MEAN:
        return _on_the_scale(metric, estimates.mean(*estimates.of_answers(_marks(counts))))
    numbers = [number for _, number in counts]
    if metric.method is Method.NPS:
        promoters, passives, detractors = numbers
        return estimates.net_promoter(promoters, passives, detractors)
    return estimates.share(numbers[0], sum(numbers))


def _marks(counts: Counts) -> dict[int, int]:
    return {int(mark): number for mark, number in counts}


def _on_the_scale(metric: Metric, estimate: Estimate) -> Estimate:
    """A mean lies between the lowest mark and the highest, and so does the truth."""
    if metric.scale is None:
        return estimate
    least, most = metric.scale
    low, high = estimate.interval.low, estimate.interval.high
    return Estimate(estimate.score, Interval(max(low, least), min(high, most)), estimate.n)


def _response(reading: Reading) -> Response | None:
    if reading.n is None:
        return None
    reached = (reading.invited or 0) - reading.undelivered
    outcomes = reading.outcomes
    if reached <= 0 and outcomes is None:
        return None
    return Response(
        simple=estimates.response_rate(reading.n, reached) if reached > 0 else None,
        strict=estimates.strict_response_rate(
            reading.n,
            partial=outcomes.partial,
            refused=outcomes.refused,
            not_reached=outcomes.not_reached,
            other=outcomes.other,
            unknown=outcomes.unknown,
        )
        if outcomes and reading.n
        else None,
    )


def _change(metric: Metric, before: Reading | None, after: Reading) -> Change | None:
    if before is None:
        return None
    if not (metric.asked(before) and metric.asked(after)):
        return None
    if metric.method is Method.MEAN:
        first, second = _spread_of(before), _spread_of(after)
        return estimates.mean_change(first, second) if first and second else None
    if not before.counts or not after.counts:
        return None
    then, now = ([number for _, number in one.counts] for one in (before, after))
    if metric.method is Method.NPS:
        return estimates.net_promoter_change((then[0], then[1], then[2]), (now[0], now[1], now[2]))
    return estimates.share_change((then[0], sum(then)), (now[0], sum(now)))


def _spread_of(reading: Reading) -> tuple[float, float, int] | None:
    """(mean, standard deviation, n) of a mean's answers, where they are known."""
    if reading.counts:
        return estimates.of_answers(_marks(reading.counts))
    return (reading.score, reading.spread, reading.n) if reading.spread is not None and reading.n else None


def _standing(metric: Metric, reading: Reading) -> Standing | None:
    if metric.target is None:
        return None
    found = _estimate(metric, reading)
    return estimates.standing(
        reading.score,
        found.interval if found else None,
        metric.target,
        up=metric.direction == "up",
        near=metric.near,
    )

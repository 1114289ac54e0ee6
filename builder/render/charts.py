"""A measure as a line: where each reading stands on the paper. The drawing itself is a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

from builder.model.metric import BOUNDS, Measured, Metric, Reading
from builder.model.period import every
from builder.render.words import Speaker

WIDTH, HEIGHT = 640, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 18, 34
_LETTER, _SPACE = 11, 14
"""The room a letter and a gap between labels take where it is tightest: on a phone the letters are drawn larger."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What `charts/line.svg` draws; all coordinates in points of a WIDTH by HEIGHT paper, to one decimal."""

    width: int
    height: int
    title: str
    description: str
    title_id: str
    description_id: str
    lang: str
    plot: tuple[float, float, float, float]
    axis: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    segments: tuple[tuple[Point, ...], ...]
    bands: tuple[tuple[tuple[float, float, float], ...], ...]
    """A segment's x, and where its doubt begins and ends; empty where none is known."""
    points: tuple[tuple[float, float, str], ...]
    target: tuple[float, str] | None
    breaks: tuple[tuple[float, str], ...]


def line(shown: Measured, speaker: Speaker, *, title: str, description: str, decimals: int) -> Chart:
    """The line of a measure in the words and digits of `speaker`; broken at gaps and at changes of method.

    Around it stands the band in which the truth may lie, where that is known.
    """
    metric = shown.metric
    doubt = {
        reading.period: estimate.interval
        for reading, estimate in zip(metric.readings, shown.estimates, strict=True)
        if estimate
    }
    periods = list(every(metric.readings[0].period, metric.readings[-1].period))
    plot = (_LEFT, _TOP, WIDTH - _RIGHT, HEIGHT - _BOTTOM)
    lowest, highest, step = _scale(metric, [end for one in doubt.values() for end in (one.low, one.high)])

    def x(period: str) -> float:
        share = periods.index(period) / max(1, len(periods) - 1) if len(periods) > 1 else 0.5
        return round(plot[0] + 10 + share * (plot[2] - plot[0] - 20), 1)

    def y(score: float) -> float:
        return round(plot[3] - (score - lowest) / (highest - lowest) * (plot[3] - plot[1]), 1)

    count = round((highest - lowest) / step)
    axis_decimals = max(decimals if step < 1 else 0, 0 if step >= 1 else 1)
    labels = {period: speaker.short_period(period) for period in periods}
    widest = max(sum(not one.isspace() and one.isprintable() for one in label) for label in labels.values())
    step_of_labels = max(
        1, ceil(len(periods) / max(2, int((plot[2] - plot[0]) / (widest * _LETTER + _SPACE))))
    )
    target = metric.target
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=description,
        title_id=f"chart-{metric.id}-title",
        description_id=f"chart-{metric.id}-description",
        lang=speaker.language,
        plot=plot,
        axis=tuple(
            (y(lowest + step * i), speaker.number(lowest + step * i, axis_decimals)) for i in range(count + 1)
        ),
        ticks=tuple(
            (x(period), labels[period])
            for index, period in enumerate(periods)
            if (len(periods) - 1 - index) % step_of_labels == 0
        ),
        segments=tuple(
            tuple((x(one.period), y(one.score)) for one in stretch) for stretch in _stretches(metric, periods)
        ),
        bands=tuple(
            tuple(
                (x(one.period), y(doubt[one.period].low), y(doubt[one.period].high))
                for one in stretch
                if one.period in doubt
            )
            for stretch in _stretches(metric, periods)
        ),
        points=tuple(
            (x(one.period), y(one.score), speaker.number(one.score, decimals)) for one in metric.readings
        ),
        target=(y(target), speaker.number(target, 0 if target == int(target) else decimals))
        if target is not None
        else None,
        breaks=tuple(
            (x(one.period), speaker.say("metric.break")) for one in metric.breaks if one.period in periods
        ),
    )


def _stretches(metric: Metric, periods: list[str]) -> Iterator[tuple[Reading, ...]]:
    """Runs of readings that may be joined: no period missing between, no change of method."""
    broken = {one.period for one in metric.breaks}
    run: list[Reading] = []
    for reading in metric.readings:
        joined = run and periods.index(reading.period) == periods.index(run[-1].period) + 1
        if run and (not joined or reading.period in broken):
            yield tuple(run)
            run = []
        run.append(reading)
    if run:
        yield tuple(run)


def _scale(metric: Metric, doubt: list[float]) -> tuple[float, float, float]:
    """(lowest, highest, step) of the axis: round numbers that hold all readings, their doubt and the target, never cut to
    flatter.

    Shares and scores keep to their own bounds (0 to 100, -100 to 100).
    """
    scores = [reading.score for reading in metric.readings] + doubt
    scores += [metric.target] if metric.target is not None else []
    low, high = min(scores), max(scores)
    span = (high - low) or abs(high) or 1.0
    step = _round_step(span / 4)
    lowest, highest = floor(low / step) * step, ceil(high / step) * step
    if highest == high:
        highest += step
    if lowest == low:
        lowest -= step
    least, most = BOUNDS.get(metric.method, (0.0 if low >= 0 else lowest, highest))
    return max(lowest, least), min(highest, most), step


def _round_step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)

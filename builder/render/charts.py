"""A measure as a line: where each reading stands on the paper. The drawing itself is a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

from builder.model.metric import BOUNDS, Measured, Metric, Reading
from builder.model.period import every
from builder.render.words import Speaker

WIDTH, HEIGHT = 640, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 18, 34
_LETTER, _SPACE = 11, 26
"""The room a letter and a gap between labels take where it is tightest: on a phone the letters are drawn larger."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Where the points of a trend usually lie: from `start` to `end` across, around `middle`, between `low` and `high`.

    `label` says what these lines are, from `label_x` on, or up to it, as `anchor` says, at `label_y`: outside the lines, at
    that end of one of them where least is in its way.
    """

    start: float
    end: float
    middle: float
    low: float
    high: float
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What `charts/line.svg` draws; all coordinates in points of its paper, to one decimal."""

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
    usual: Usual | None = None
    signals: tuple[Point, ...] = ()
    """The points that say more than chance would, each marked by a diamond around it."""


def line(
    shown: Measured,
    speaker: Speaker,
    *,
    title: str,
    description: str,
    decimals: int,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Chart:
    """The line of a measure in the words and digits of `speaker`; broken at gaps and at changes of method.

    Around it stands the band in which the truth may lie, where that is known; and where there are points enough, the
    range in which they usually lie, with a mark on each that says more than chance.
    """
    metric = shown.metric
    doubt = {
        reading.period: estimate.interval
        for reading, estimate in zip(metric.readings, shown.estimates, strict=True)
        if estimate
    }
    periods = periods_of(metric)
    trend = shown.trend
    ends = [end for one in doubt.values() for end in (one.low, one.high)]
    lowest, highest, step = scale(metric, [*ends, *(limits(shown) if trend else ())])
    axis = _axis(lowest, highest, step, decimals, speaker)
    left = max(_LEFT, 8 + _LETTER * max(_seen(label) for _, label in axis))
    plot = (left, _TOP, width - _RIGHT, height - _BOTTOM)

    def x(period: str) -> float:
        share = periods.index(period) / max(1, len(periods) - 1) if len(periods) > 1 else 0.5
        return round(plot[0] + 10 + share * (plot[2] - plot[0] - 20), 1)

    def y(score: float) -> float:
        return round(plot[3] - (score - lowest) / (highest - lowest) * (plot[3] - plot[1]), 1)

    labels = {period: speaker.short_period(period) for period in periods}
    widest = max(map(_seen, labels.values()))
    step_of_labels = max(
        1, ceil(len(periods) / max(2, int((plot[2] - plot[0]) / (widest * _LETTER + _SPACE))))
    )
    target = metric.target
    told = _told(shown) if trend else ()
    return Chart(
        width=width,
        height=height,
        title=title,
        description=description,
        title_id=f"chart-{metric.id}-title",
        description_id=f"chart-{metric.id}-description",
        lang=speaker.language,
        plot=plot,
        axis=tuple((y(value), label) for value, label in axis),
        ticks=tuple(
            (x(period), labels[period])
            for index, period in enumerate(periods)
            if (len(periods) - 1 - index) % step_of_labels == 0
        ),
        segments=tuple(
            tuple((x(one.period), y(one.score)) for one in stretch) for stretch in stretches(metric, periods)
        ),
        bands=tuple(
            tuple(
                (x(one.period), y(doubt[one.period].low), y(doubt[one.period].high))
                for one in stretch
                if one.period in doubt
            )
            for stretch in stretches(metric, periods)
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
        usual=_usual(shown, speaker, x, y, (plot[0], plot[2])) if trend else None,
        signals=tuple((x(one.period), y(one.score)) for one in told),
    )


def _usual(
    shown: Measured,
    speaker: Speaker,
    x: Callable[[str], float],
    y: Callable[[float], float],
    sides: tuple[float, float],
) -> Usual:
    assert shown.trend
    low, high = (y(end) for end in limits(shown))
    readings = shown.metric.series
    start, end = max(sides[0], x(readings[0].period) - 6), sides[1]
    label = speaker.say("picture.usual")
    wide = _LETTER * _seen(label)
    points = [(x(one.period), y(one.score)) for one in shown.metric.readings]
    if shown.metric.target is not None:
        # Its words stand at the beginning of the line, or where that is taken at the end.
        points += [(start + 10, y(shown.metric.target)), (end - 10, y(shown.metric.target))]
    places = [(at_end, line) for at_end in (True, False) for line in (high - 6, low + 18)]
    at_end, label_y = max(places, key=lambda one: min(_NEAR, _air(points, start, end, wide, *one)))
    return Usual(
        start=start,
        end=end,
        middle=y(shown.trend.middle),
        low=low,
        high=high,
        label=label,
        label_x=end - 4 if at_end else start + 4,
        label_y=label_y,
        anchor="end" if at_end else "start",
    )


def _air(points: list[Point], start: float, end: float, wide: float, at_end: bool, label_y: float) -> float:
    """How far a label at one end of the lines is from what stands there already."""
    near = [across > end - wide - 24 if at_end else across < start + wide + 24 for across, _ in points]
    return min(
        (abs(down - label_y + 5) for (_, down), one in zip(points, near, strict=True) if one), default=_NEAR
    )


_NEAR = 26
"""Nearer to one another than this, words would touch what stands beside them."""


def limits(shown: Measured) -> tuple[float, float]:
    """From where to where a trend says the points usually lie, as far as there can be such scores."""
    assert shown.trend
    least, most = shown.metric.bounds
    if all(one.score >= 0 for one in shown.metric.readings):
        least = max(least, 0)
    return max(shown.trend.low, least), min(shown.trend.high, most)


def _told(shown: Measured) -> tuple[Reading, ...]:
    """The readings in which a signal of the trend ends: a run is marked where it became one."""
    assert shown.trend
    readings = shown.metric.series
    places = sorted({one.last for one in shown.trend.signals})
    return tuple(readings[place] for place in places)


def _seen(label: str) -> int:
    """How many of its letters take room."""
    return sum(not one.isspace() and one.isprintable() for one in label)


def _axis(
    lowest: float, highest: float, step: float, decimals: int, speaker: Speaker
) -> tuple[tuple[float, str], ...]:
    """The values that are written beside the paper, and how; large ones in short, unless two would then be the same."""
    values = [lowest + step * place for place in range(round((highest - lowest) / step) + 1)]
    if max(map(abs, values)) >= _LARGE:
        short = [speaker.placed(speaker.compact(value)) for value in values]
        if len(set(short)) == len(short):
            return tuple(zip(values, short, strict=True))
    shown = 0 if step >= 1 else max(1, decimals)
    return tuple((value, speaker.number(value, shown)) for value in values)


_LARGE = 10_000


def stretches(metric: Metric, periods: list[str]) -> Iterator[tuple[Reading, ...]]:
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


def periods_of(metric: Metric) -> list[str]:
    """All periods from the first reading to the last, those without one too."""
    return list(every(metric.readings[0].period, metric.readings[-1].period))


def scale(metric: Metric, doubt: list[float]) -> tuple[float, float, float]:
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

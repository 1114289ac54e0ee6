"""A measure's line without its words, as small as a card or one picture among many has room for."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.metric import Measured
from builder.render.charts import Point, periods_of, scale, stretches
from builder.render.words import Speaker

WIDTH, HEIGHT = 240, 72
_SIDE, _ABOVE = 8, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """What `charts/sparkline.svg` draws: every measure's on a paper of the same size, each on a scale of its own.

    `last` is the last reading with its number; `target` the height of the target's line. `breaks` are where the method
    changed.
    """

    width: int
    height: int
    title: str
    description: str
    title_id: str
    description_id: str
    lang: str
    segments: tuple[tuple[Point, ...], ...]
    last: tuple[float, float, str]
    target: float | None
    breaks: tuple[float, ...]


def sparkline(
    shown: Measured,
    speaker: Speaker,
    *,
    title: str,
    description: str,
    decimals: int,
    id: str = "",
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Sparkline:
    """The line of a measure with at least one reading. `id` tells it from others of the same measure on one page."""
    metric = shown.metric
    periods = periods_of(metric)
    lowest, highest, _ = scale(metric, [])

    def x(period: str) -> float:
        share = periods.index(period) / (len(periods) - 1) if len(periods) > 1 else 1
        return round(_SIDE + share * (width - 2 * _SIDE), 1)

    def y(score: float) -> float:
        return round(height - _ABOVE - (score - lowest) / (highest - lowest) * (height - 2 * _ABOVE), 1)

    last = metric.readings[-1]
    name = id or f"sparkline-{metric.id}"
    return Sparkline(
        width=width,
        height=height,
        title=title,
        description=description,
        title_id=f"{name}-title",
        description_id=f"{name}-description",
        lang=speaker.language,
        segments=tuple(
            tuple((x(one.period), y(one.score)) for one in stretch) for stretch in stretches(metric, periods)
        ),
        last=(x(last.period), y(last.score), speaker.number(last.score, decimals)),
        target=y(metric.target) if metric.target is not None else None,
        breaks=tuple(x(one.period) for one in metric.breaks if one.period in periods),
    )

"""All measures in one grid, each the same size: nothing is made to matter more by being drawn larger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from builder.model.metric import Measured
from builder.model.newsletter import Settings
from builder.render.measures import decimals_of, score_text, sentence, target_text
from builder.render.sparkline import sparkline
from builder.render.words import Speaker, direction_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleView:
    """A measure in little: its name, what it is now and when that was, its target and whether it is met ("" without one), and its line.

    `sentence` says what the line does, and is what a reader hears instead of it.
    """

    id: str
    side: str
    lang: str
    dir: str
    name: str
    latest: str
    period: str
    n: str
    target: str
    sentence: str
    chart: Markup


def multiples(
    shown: Iterable[Measured],
    speaker: Speaker,
    settings: Settings,
    draw: Callable[..., str],
) -> tuple[MultipleView, ...]:
    """Those of the measures that have a reading; `draw` fills a template."""
    return tuple(_one(one, speaker, settings, draw) for one in shown if one.metric.readings)


def _one(shown: Measured, speaker: Speaker, settings: Settings, draw: Callable[..., str]) -> MultipleView:
    metric, last = shown.metric, shown.metric.readings[-1]
    language, name = speaker.own(metric.name, settings)
    spoken = sentence(shown.latest, speaker, settings)
    chart = sparkline(
        shown,
        speaker,
        title=name,
        description=spoken,
        decimals=decimals_of(metric),
        id=f"multiple-{metric.id}",
    )
    return MultipleView(
        id=metric.id,
        side=metric.side,
        lang=language,
        dir=direction_of(language),
        name=name,
        latest=score_text(metric, last.score, speaker, settings),
        period=speaker.period(last.period),
        n=speaker.number(last.n) if last.n is not None else "",
        target=target_text(shown.latest, speaker, settings),
        sentence=spoken,
        chart=Markup(draw("charts/sparkline.svg", chart=chart)),  # noqa: S704  a template escapes for itself
    )

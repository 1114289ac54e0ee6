"""A measure as a reader gets it: its line, its table and its sentence, all from the same readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from builder.model.estimate import Estimate
from builder.model.metric import Measured, Method, Metric
from builder.model.newsletter import Settings
from builder.render.charts import line
from builder.render.views import MetricView, ReadingView
from builder.render.words import Speaker, direction_of, rounded

_DECIMALS = {Method.MEAN: 1}
"""Decimals shown; a share of some hundred answers is not known to a tenth."""


def decimals_of(metric: Metric) -> int:
    """How many decimals of its scores are shown on a drawing."""
    return _DECIMALS.get(metric.method, 0)


def view(
    shown: Measured, speaker: Speaker, settings: Settings, draw: Callable[..., str], url: Callable[[str], str]
) -> MetricView:
    """A measure for a page in the speaker's language; `draw` fills a template, `url` gives the link to a fragment of
    the scorecard.
    """
    metric = shown.metric
    language, name = speaker.own(metric.name, settings)
    decimals = _DECIMALS.get(metric.method, 0)
    last = metric.readings[-1]
    spoken = sentence(shown, speaker, settings)
    chart = line(shown, speaker, title=name, description=spoken, decimals=decimals)
    notes = {
        one.period: speaker.own(one.note, settings)[1] or speaker.say("metric.break") for one in metric.breaks
    }
    return MetricView(
        id=metric.id,
        lang=language,
        dir=direction_of(language),
        name=name,
        plain_words=speaker.own(metric.plain_words, settings)[1],
        side_label=speaker.say(f"side.{metric.side}"),
        latest=score_text(metric, last.score, speaker, settings),
        period=speaker.period(last.period),
        target=_target(shown, speaker, settings),
        standing=shown.standing.value if shown.standing else "",
        sentence=spoken,
        chart=Markup(draw("charts/line.svg", chart=chart)),  # noqa: S704  a template escapes for itself
        readings=tuple(
            ReadingView(
                period=speaker.period(reading.period),
                score=score_text(metric, reading.score, speaker, settings),
                n=speaker.number(reading.n) if reading.n is not None else "",
                range=_range(metric, estimate, speaker) if estimate else "",
                note=notes.get(reading.period, ""),
            )
            for reading, estimate in reversed(tuple(zip(metric.readings, shown.estimates, strict=True)))
        ),
        url=url(f"metric-{metric.id}"),
    )


def _target(shown: Measured, speaker: Speaker, settings: Settings) -> str:
    metric = shown.metric
    if metric.target is None or shown.standing is None:
        return ""
    target = score_text(metric, metric.target, speaker, settings)
    return speaker.say(
        "metric.target", target=target, standing=speaker.say(f"metric.standing.{shown.standing.value}")
    )


def _range(metric: Metric, estimate: Estimate, speaker: Speaker) -> str:
    low, high = (speaker.number(end, _DECIMALS.get(metric.method, 0)) for end in _ends(estimate))
    return speaker.say("metric.range", low=low, high=high)


def _ends(estimate: Estimate) -> tuple[float, float]:
    return estimate.interval.low, estimate.interval.high


def sentence(shown: Measured, speaker: Speaker, settings: Settings) -> str:
    """What the latest reading says, in words: against the reading before it, unless the method changed between.

    Two readings whose shown scores are equal are called the same, and two that chance alone would set so far apart are not
    called a change. How far chance reaches is said where that can be known.
    """
    metric = shown.metric
    last = metric.readings[-1]
    decimals = 1 if metric.method is Method.TOTAL else _DECIMALS.get(metric.method, 0)
    values: dict[str, Any] = {
        "name": speaker.own(metric.name, settings)[1],
        "score": score_text(metric, last.score, speaker, settings),
        "period": speaker.period(last.period),
    }
    key = "first"
    if len(metric.readings) > 1 and last.period not in {one.period for one in metric.breaks}:
        before = metric.readings[-2]
        values["before"] = score_text(metric, before.score, speaker, settings, unit_said=True)
        values["period_before"] = speaker.period(before.period)
        now, then = rounded(last.score, decimals), rounded(before.score, decimals)
        key = "up" if now > then else "down" if now < then else "level"
        if key != "level" and shown.change and not shown.change.is_clear:
            key = "unclear"
    said = [speaker.say(f"metric.sentence.{key}", **values)]
    if last.n is not None:
        said.append(speaker.say("metric.sentence.n", n=last.n))
    estimate = shown.estimates[-1]
    if estimate:
        low, high = (score_text(metric, end, speaker, settings, unit_said=True) for end in _ends(estimate))
        said.append(speaker.say("metric.sentence.range", low=low, high=high))
    return " ".join(said)


def score_text(
    metric: Metric, score: float, speaker: Speaker, settings: Settings, *, unit_said: bool = False
) -> str:
    """A score with its unit, as the language writes it; a unit in words need not be said twice in a sentence."""
    decimals = _DECIMALS.get(
        metric.method, 0 if score == int(score) or metric.method is not Method.TOTAL else 1
    )
    number = speaker.number(score, decimals)
    unit = speaker.own(metric.unit, settings)[1]
    if unit in ("%", "٪"):
        return speaker.percent(number)
    return f"{number} {unit}" if unit and not unit_said else number

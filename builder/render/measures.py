"""A measure as a reader gets it: its line, its table and its sentence, all from the same readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor, log10
from typing import Any

from markupsafe import Markup

from builder.model.estimate import Interval
from builder.model.metric import Measured, Method, Metric, Result
from builder.model.newsletter import Settings
from builder.render.charts import line
from builder.render.views import MetricView, ReadingView
from builder.render.words import Speaker, direction_of, rounded

_DECIMALS = {Method.MEAN: 1}
"""Decimals shown; a share of some hundred answers is not known to a tenth."""

_AS_THEY_COME = (Method.RATE, Method.COUNT)
"""Methods whose scores are shown as they were written, as far as a reader has use for it."""

_WHOLE = 10_000
"""From here on nobody reads what stands behind the point."""


def view(
    shown: Measured,
    speaker: Speaker,
    settings: Settings,
    draw: Callable[..., str],
    url: str,
    round_url: Callable[[str], str] = lambda period: "",
) -> MetricView:
    """A measure for a page in the speaker's language; `draw` fills a template, `url` is where its own page is, `round_url`
    gives the page of what people answered in a period, "" where there is none.
    """
    metric = shown.metric
    language, name = speaker.own(metric.name, settings)
    latest = shown.latest
    spoken = sentence(latest, speaker, settings)
    chart = line(shown, speaker, title=name, description=spoken, decimals=decimals_of(metric))
    return MetricView(
        id=metric.id,
        lang=language,
        dir=direction_of(language),
        name=name,
        plain_words=speaker.own(metric.plain_words, settings)[1],
        side=metric.side,
        side_label=speaker.say(f"side.{metric.side}"),
        latest=score_text(metric, latest.reading.score, speaker, settings),
        period=speaker.period(latest.reading.period),
        target=target_text(latest, speaker, settings),
        standing=latest.standing.value if latest.standing else "",
        sentence=spoken,
        chart=Markup(draw("charts/line.svg", chart=chart)),  # noqa: S704  a template escapes for itself
        readings=tuple(_rows(shown, speaker, settings, round_url)),
        url=url,
    )


def _rows(
    shown: Measured, speaker: Speaker, settings: Settings, round_url: Callable[[str], str]
) -> Iterator[ReadingView]:
    """A row of the table for each reading, and for each that is hidden, the newest first."""
    metric = shown.metric
    notes = {
        one.period: speaker.own(one.note, settings)[1] or speaker.say("metric.break") for one in metric.breaks
    }
    by_period = {one.reading.period: one for one in shown.results}
    for period in sorted((*by_period, *shown.hidden), reverse=True):
        result = by_period.get(period)
        if result is None:
            yield ReadingView(
                period=speaker.period(period), score="", n="", note=speaker.say("metric.hidden"), hidden=True
            )
            continue
        reading = result.reading
        yield ReadingView(
            period=speaker.period(period),
            score=score_text(metric, reading.score, speaker, settings),
            n=speaker.number(reading.n) if reading.n is not None else "",
            range=range_text(metric, result.estimate.interval, speaker) if result.estimate else "",
            response=share_text(result.response.simple, speaker)
            if result.response and result.response.simple is not None
            else "",
            note=notes.get(period, ""),
            url=round_url(period),
        )


def decimals_of(metric: Metric) -> int:
    """Decimals shown of the scores of this measure beside one another."""
    return max(
        (_decimals(metric, one.score) for one in metric.readings), default=_DECIMALS.get(metric.method, 0)
    )


def _decimals(metric: Metric, score: float) -> int:
    """Decimals shown of one score: of a price of 0.05 two, of 3.22 two, of 10.25 one, of 10,000.5 none, and never more than were written."""
    if metric.method not in _AS_THEY_COME or score == int(score):
        return _DECIMALS.get(metric.method, 0)
    size = abs(score)
    wanted = 0 if size >= _WHOLE else 1 if size >= 10 else 2 if size >= 1 else 1 - floor(log10(size))
    return min(wanted, len(f"{size:.9f}".rstrip("0").partition(".")[2]))


def share_text(share: float, speaker: Speaker) -> str:
    """A share from 0 to 1 in whole hundredths."""
    return speaker.percent(speaker.number(100 * share))


def target_text(result: Result, speaker: Speaker, settings: Settings) -> str:
    """The target and whether it is met; "" without one."""
    metric = result.metric
    if metric.target is None or result.standing is None:
        return ""
    target = score_text(metric, metric.target, speaker, settings)
    return speaker.say(
        "metric.target", target=target, standing=speaker.say(f"metric.standing.{result.standing.value}")
    )


def range_text(metric: Metric, interval: Interval, speaker: Speaker) -> str:
    """From where to where the truth may lie."""
    low, high = (speaker.number(end, decimals_of(metric)) for end in (interval.low, interval.high))
    return speaker.say("metric.range", low=low, high=high)


def sentence(result: Result, speaker: Speaker, settings: Settings) -> str:
    """What a reading says, in words: against the reading before it, unless the method changed between.

    Two readings whose shown scores are equal are called the same, and two that chance alone would set so far apart are not
    called a change. How far chance reaches is said where that can be known.
    """
    metric, reading = result.metric, result.reading
    values: dict[str, Any] = {
        "name": speaker.own(metric.name, settings)[1],
        "score": score_text(metric, reading.score, speaker, settings),
        "period": speaker.period(reading.period),
    }
    key = "first"
    if result.before:
        before = result.before
        values["before"] = score_text(metric, before.score, speaker, settings, unit_said=True)
        values["period_before"] = speaker.period(before.period)
        decimals = max(_decimals(metric, one) for one in (reading.score, before.score))
        now, then = rounded(reading.score, decimals), rounded(before.score, decimals)
        key = "up" if now > then else "down" if now < then else "level"
        if key != "level" and result.change and not result.change.is_clear:
            key = "unclear"
    said = [speaker.say(f"metric.sentence.{key}", **values)]
    if reading.n is not None:
        key = "answered" if metric.asked(reading) else "n"
        said.append(speaker.say(f"metric.sentence.{key}", n=reading.n))
    if result.estimate:
        interval = result.estimate.interval
        low, high = (
            score_text(metric, end, speaker, settings, unit_said=True)
            for end in (interval.low, interval.high)
        )
        said.append(speaker.say("metric.sentence.range", low=low, high=high))
    return " ".join(said)


def score_text(
    metric: Metric, score: float, speaker: Speaker, settings: Settings, *, unit_said: bool = False
) -> str:
    """A score with its unit, as the language writes it; a unit in words need not be said twice in a sentence."""
    number = speaker.number(score, _decimals(metric, score))
    unit = speaker.own(metric.unit, settings)[1]
    if unit in ("%", "٪"):
        return speaker.percent(number)
    return f"{number} {unit}" if unit and not unit_said else number

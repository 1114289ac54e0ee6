"""The scorecard, with what customers say beside what is counted inside, and a page for each measure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from builder.model.address import measure_address, round_address
from builder.model.balance import Balance
from builder.model.facet import Facet
from builder.model.metric import Measured, Together
from builder.model.page import Page
from builder.model.trend import Sign, Signal, Trend
from builder.render.balances import balance_chart
from builder.render.charts import limits
from builder.render.commitments import of_a_measure
from builder.render.measure_views import MeasureView, PartsView, ScorecardRowView, ScorecardView
from builder.render.measures import score_text, view
from builder.render.rounds import answers, of_parts, parts_view, response, round_link
from builder.render.sheet import Made, Sheet
from builder.render.views import LinkView, MetricView
from builder.render.voices import around
from builder.render.words import direction_of

STORIES = 3
"""Stories behind a measure that the scorecard names; the measure's own page shows all."""


def scorecard(page: Page, sheet: Sheet) -> Made:
    """Both sides, the same size; the measures of each in the order of their ids."""
    say, speaker = sheet.speaker.say, sheet.speaker
    balance = sheet.reads.balance()
    found = [one for one in map(sheet.reads.metric, sheet.reads.metrics()) if one]
    rows = [
        ScorecardRowView(
            metric=_metric(one, sheet),
            pair=_pair(one, sheet),
            watermelon=_watermelon(one, sheet),
            unpaired=say("scorecard.unpaired") if one.metric.id in balance.unpaired else "",
            stories=tuple(
                title
                for work in sheet.reads.supporting(one.metric.id)[:STORIES]
                if (title := sheet.titled(work))
            ),
        )
        for one in found
    ]
    card = ScorecardView(
        external=tuple(row for row in rows if row.metric.side == "external"),
        internal=tuple(row for row in rows if row.metric.side == "internal"),
        balance=say(
            "scorecard.balance",
            all=speaker.number(balance.external + balance.internal),
            external=speaker.number(balance.external),
            internal=speaker.number(balance.internal),
        )
        if rows
        else "",
        chart=_balance(balance, sheet) if rows else Markup(""),
        rounds=tuple(round_link(period, sheet) for period in sheet.reads.rounds()),
    )
    values = {"scorecard": card, "around": around(page.kind, sheet)}
    return "scorecard", say("scorecard.title"), say("scorecard.intro"), values


def measure(page: Page, sheet: Sheet) -> Made:
    """All about one measure."""
    shown = sheet.reads.metric(page.key)
    if shown is None:
        raise KeyError(page.key)
    metric, speaker, settings = shown.metric, sheet.speaker, sheet.reads.settings
    of = _metric(shown, sheet)
    latest = shown.latest
    found = MeasureView(
        metric=of,
        method=tuple(_method(shown, sheet)),
        trend=tuple(_trend(shown, sheet)),
        owner=_owner(metric.owner, sheet),
        goal=speaker.own(metric.goal, settings)[1],
        pair=_pair(shown, sheet),
        paired=tuple(_named(id, sheet) for id in sheet.reads.paired(metric.id)),
        watermelon=_watermelon(shown, sheet),
        response=tuple(response(latest, sheet)),
        asked=metric.asked(latest.reading),
        answers=answers(latest, sheet),
        parts=tuple(_parts(shown, sheet)),
        cards=sheet.cards(sheet.reads.supporting(metric.id)),
    )
    return "measure", of.name, of.plain_words, {"measure": found, "said": of_a_measure(metric.id, sheet)}


def _balance(balance: Balance, sheet: Sheet) -> Markup:
    title = sheet.speaker.say("scorecard.title")
    drawn = balance_chart(balance.external, balance.internal, sheet.speaker, title=title, id="balance")
    return Markup(sheet.reads.render("charts/balance.svg", chart=drawn))  # noqa: S704  a template escapes for itself


def _metric(shown: Measured, sheet: Sheet) -> MetricView:
    language = sheet.speaker.language

    def round_url(period: str) -> str:
        asked = any(one.reading.period == period and one.metric.asked(one.reading) for one in shown.results)
        return sheet.link(round_address(language, period)) if asked else ""

    return view(
        shown,
        sheet.speaker,
        sheet.reads.settings,
        sheet.reads.render,
        sheet.link(measure_address(language, shown.metric.id)),
        round_url,
    )


def _named(id: str, sheet: Sheet) -> LinkView:
    name = sheet.reads.metric_name(id)
    if name is None:
        raise KeyError(id)
    language, text = sheet.speaker.own(name, sheet.reads.settings)
    return LinkView(
        text=text,
        url=sheet.link(measure_address(sheet.speaker.language, id)),
        lang=language,
        dir=direction_of(language),
    )


def _pair(shown: Measured, sheet: Sheet) -> LinkView | None:
    pair = shown.metric.pair
    return _named(pair, sheet) if pair and sheet.reads.metric_name(pair) else None


def _watermelon(shown: Measured, sheet: Sheet) -> str:
    if shown.metric.id not in sheet.reads.balance().watermelons:
        return ""
    return sheet.speaker.say("scorecard.watermelon", pair=_named(shown.metric.pair, sheet).text)


def _owner(team: str, sheet: Sheet) -> LinkView | None:
    name = sheet.team(team) if team else ""
    return LinkView(text=name, url=sheet.shelf_url(Facet.TEAMS, team)) if name else None


def _parts(shown: Measured, sheet: Sheet) -> Iterator[PartsView]:
    """The teams in the last reading that has any, and in all of its year together."""
    last = next((one for one in reversed(shown.results) if one.parts), None)
    if last is None:
        return
    yield of_parts(last, sheet)
    together: Together | None = shown.together
    if together:
        period = sheet.speaker.period
        title = sheet.speaker.say(
            "metric.parts.together", first=period(together.first), last=period(together.last)
        )
        yield parts_view(title, shown.metric, together.parts, sheet, thinned=False)


def _method(shown: Measured, sheet: Sheet) -> Iterator[str]:
    say = sheet.speaker.say
    yield say(f"metric.method.{shown.metric.method.value}")
    if any(one.estimate for one in shown.results):
        yield say("metric.method.range")
    elif not any(shown.metric.asked(one.reading) for one in shown.results):
        yield say("metric.method.books")


# ---- What its course shows ------------------------------------------------------------------------------------------


def _trend(shown: Measured, sheet: Sheet) -> Iterator[str]:
    """The newest signal and the usual range, in words; of too few readings that they are too few."""
    speaker = sheet.speaker
    series = shown.metric.series
    score = partial(score_text, shown.metric, speaker=speaker, settings=sheet.reads.settings)
    if shown.trend is None:
        yield speaker.say("metric.trend.few", n=len(series))
    else:
        signal = _newest(shown.trend)
        low, high = limits(shown)
        low_text, high_text = score(low), score(high)
        if signal is None:
            yield speaker.say("metric.trend.usual", low=low_text, high=high_text)
        else:
            first, last = (speaker.period(series[at].period) for at in (signal.first, signal.last))
            if signal.sign is Sign.OUTSIDE:
                yield speaker.say(
                    "metric.trend.outside",
                    period=last,
                    score=score(series[signal.last].score),
                    low=low_text,
                    high=high_text,
                )
            else:
                key = f"metric.trend.{signal.sign.value}.{'up' if signal.up else 'down'}"
                yield speaker.say(key, first=first, last=last, middle=score(shown.trend.middle))
    if shown.metric.since:
        yield speaker.say("metric.trend.since", period=speaker.period(shown.metric.since))


def _newest(trend: Trend) -> Signal | None:
    """The signal that ends last, and of several the one that says most: a point outside, then the longest."""
    return max(
        trend.signals,
        key=lambda one: (one.last, one.sign is Sign.OUTSIDE, one.last - one.first),
        default=None,
    )

"""What people answered in a survey round, for everybody to read; and one answer's parts, wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.model.address import measure_address, round_address
from builder.model.metric import Method, Metric, Part, Result
from builder.model.page import Page
from builder.render.measure_views import AnswerView, PartsView, PartView, ResultView, RoundView
from builder.render.measures import range_text, score_text, sentence, share_text, target_text
from builder.render.sheet import Made, Sheet
from builder.render.views import LinkView
from builder.render.words import direction_of

SILENT = 0.5
"""Below this share of answers more people kept silent than spoke, and the page says so. It is no pass mark: none is known."""

_UNRESOLVED = {Method.FCR: {"others": "unresolved"}}
"""Answers that are called otherwise where another question was asked."""


def one_round(page: Page, sheet: Sheet) -> Made:
    """The page of all that people were asked in one period."""
    say, speaker = sheet.speaker.say, sheet.speaker
    newer, older = sheet.reads.rounds_beside(page.key)
    results = tuple(_result(sheet.reads.result(id, page.key), sheet) for id in sheet.reads.round(page.key))
    view = RoundView(
        period=speaker.period(page.key),
        results=results,
        newer=round_link(newer, sheet) if newer else None,
        older=round_link(older, sheet) if older else None,
    )
    return "round", say("round.title", period=view.period), say("round.intro"), {"round": view}


def round_link(period: str, sheet: Sheet) -> LinkView:
    """The link to a round, named by its period."""
    return LinkView(
        text=sheet.speaker.period(period), url=sheet.link(round_address(sheet.speaker.language, period))
    )


def _result(result: Result, sheet: Sheet) -> ResultView:
    metric, speaker, settings = result.metric, sheet.speaker, sheet.reads.settings
    language, name = speaker.own(metric.name, settings)
    return ResultView(
        metric_id=metric.id,
        lang=language,
        dir=direction_of(language),
        name=name,
        url=sheet.link(measure_address(speaker.language, metric.id)),
        plain_words=speaker.own(metric.plain_words, settings)[1],
        score=score_text(metric, result.reading.score, speaker, settings),
        target=target_text(result, speaker, settings),
        standing=result.standing.value if result.standing else "",
        sentence=sentence(result, speaker, settings),
        response=tuple(response(result, sheet)),
        answers=tuple(answers(result, sheet)),
        parts=of_parts(result, sheet) if result.parts else None,
    )


def response(result: Result, sheet: Sheet) -> Iterator[str]:
    """How many of those who were asked answered, in words; nothing where nobody counted them."""
    reading, found, speaker = result.reading, result.response, sheet.speaker
    if found is None or reading.n is None:
        return
    if found.simple is not None and reading.invited is not None:
        yield speaker.say(
            "metric.response.asked",
            answered=speaker.number(reading.n),
            asked=speaker.number(reading.invited - reading.undelivered),
            share=share_text(found.simple, speaker),
        )
    if found.strict is not None:
        yield speaker.say("metric.response.strict", share=share_text(found.strict, speaker))
    lower = min(one for one in (found.simple, found.strict) if one is not None)
    if lower < SILENT:
        yield speaker.say("metric.response.silent")


def answers(result: Result, sheet: Sheet) -> Iterator[AnswerView]:
    """How many gave each answer, in the order of the method, or of the scale."""
    metric, counts, speaker = result.metric, result.reading.counts, sheet.speaker
    n = sum(number for _, number in counts)
    for name, number in counts:
        share = number / n
        yield AnswerView(
            name=_answer_name(metric, name, sheet),
            n=speaker.number(number),
            share=share_text(share, speaker),
            width=f"{100 * share:.1f}",
        )


def _answer_name(metric: Metric, name: str, sheet: Sheet) -> str:
    if metric.method is Method.MEAN:
        return sheet.speaker.say("metric.answers.mark", mark=sheet.speaker.number(int(name)))
    return sheet.speaker.say(f"metric.answers.{_UNRESOLVED.get(metric.method, {}).get(name, name)}")


def of_parts(result: Result, sheet: Sheet) -> PartsView:
    """The teams' parts of one reading."""
    title = sheet.speaker.say("metric.parts.title", period=sheet.speaker.period(result.reading.period))
    return parts_view(title, result.metric, result.parts, sheet, thinned=result.is_thinned)


def parts_view(
    title: str, metric: Metric, parts: Iterable[Part], sheet: Sheet, *, thinned: bool
) -> PartsView:
    """A table by team, in the order of the teams' ids and never of their scores."""
    speaker, settings = sheet.speaker, sheet.reads.settings
    return PartsView(
        title=title,
        rows=tuple(
            PartView(
                name=sheet.team(one.team) if one.team else speaker.say("metric.others"),
                score=score_text(metric, one.score, speaker, settings),
                n=speaker.number(one.n),
                range=range_text(metric, one.interval, speaker) if one.interval else "",
            )
            for one in parts
        ),
        note=speaker.say("metric.thinned", n=settings.privacy.smallest_group) if thinned else "",
    )

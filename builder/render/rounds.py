"""What people answered in a survey round, for everybody to read; and one answer's parts, wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from builder.model.address import measure_address, round_address
from builder.model.metric import Method, Metric, Part, Result
from builder.model.page import Page
from builder.render.commitments import of_a_round
from builder.render.measure_views import AnswersView, AnswerView, PartsView, PartView, ResultView, RoundView
from builder.render.measures import range_text, score_text, sentence, share_text, target_text
from builder.render.sheet import Made, Sheet
from builder.render.stacks import GROUNDS, stack
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
    values = {"round": view, "said": of_a_round(page.key, sheet)}
    return "round", say("round.title", period=view.period), say("round.intro"), values


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
        answers=answers(result, sheet),
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
    share = found.simple if found.simple is not None else found.strict
    if share is not None and share < SILENT:
        yield speaker.say("metric.response.silent")


def answers(result: Result, sheet: Sheet) -> AnswersView | None:
    """How many gave each answer, in the order of the method, or the best mark first; None of what was not counted so."""
    metric, speaker = result.metric, sheet.speaker
    counts = result.reading.counts
    if metric.method is Method.MEAN and metric.direction == "up":
        counts = counts[::-1]
    n = sum(number for _, number in counts)
    if not n:
        return None
    named = [(_answer_name(metric, name, sheet), number) for name, number in counts]
    drawn = ""
    if len(named) <= len(GROUNDS):
        title = speaker.own(metric.name, sheet.reads.settings)[1]
        chart = stack(named, speaker, title=title, id=f"answers-{metric.id}")
        drawn = sheet.reads.render("charts/stack.svg", chart=chart)
    return AnswersView(
        chart=Markup(drawn),  # noqa: S704  a template escapes for itself
        rows=tuple(
            AnswerView(name=name, n=speaker.number(number), share=share_text(number / n, speaker))
            for name, number in named
        ),
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

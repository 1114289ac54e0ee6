"""Rules about measures: what of them readers do not see, and whether the scorecard is fair to customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.model.balance import Balance
from builder.model.metric import Measured, Metric
from builder.model.newsletter import Newsroom
from builder.problem import Level, Problem

FEWEST = 4
"""Measures from which on their balance says anything."""


def of_measures(newsroom: Newsroom, shown: Iterable[Measured], balance: Balance) -> Iterator[Problem]:
    """What staff do not see of the measures, and what is odd about those they see."""
    by_id = {one.metric.id: one for one in shown}
    least = newsroom.settings.privacy.smallest_group
    for metric in newsroom.metrics:
        if not metric.readings:
            continue
        if metric.id not in by_id:
            yield _of(
                metric,
                "metric-hidden",
                f"readers do not see this measure: each of its numbers speaks for fewer than {least} people, who could be "
                "told from it",
                "Put small groups together, or months into quarters.",
            )
        else:
            yield from _hidden_parts(by_id[metric.id], least)
        yield from _wordless(metric, newsroom.settings.languages)
    yield from _oddities(by_id, balance)


def _hidden_parts(shown: Measured, least: int) -> Iterator[Problem]:
    if shown.hidden:
        yield _of(
            shown.metric,
            "reading-hidden",
            f"readers do not see {_few(shown.hidden)}: fewer than {least} people answered, who could be told from it",
            "Put periods together, months into quarters; or leave it: the line then has a gap.",
        )
    if shown.thinned:
        yield _of(
            shown.metric,
            "segments-hidden",
            f"readers do not see every team in {_few(shown.thinned)}: fewer than {least} people answered in one, and what is "
            "hidden must not be found by taking the others from the whole",
            "Nothing need be done. To see more teams, put small ones together.",
        )


def _wordless(metric: Metric, languages: tuple[str, ...]) -> Iterator[Problem]:
    said = {language for language, _ in metric.plain_words.by_language}
    lacking = [one for one in languages if one not in said]
    if lacking and "" not in said:  # a text given once is for all
        yield _of(
            metric,
            "plain-words-missing",
            f"`plain_words:` says nothing in {', '.join(lacking)}: whoever reads that gets another language",
            "Write a line for each language of the site, as in  plain_words: {en: ..., fa: ...}",
        )


def _oddities(shown: dict[str, Measured], balance: Balance) -> Iterator[Problem]:
    for id in balance.unpaired:
        yield _of(
            shown[id].metric,
            "metric-unpaired",
            "this measure looks from inside, and names none from outside that it should move",
            "Add `pair:` with the id of a measure of `side: external`: what should customers feel when this one is good?",
        )
    for id in balance.watermelons:
        pair = shown[shown[id].metric.pair].metric
        yield _of(
            shown[id].metric,
            "watermelon",
            f"green outside, red inside: this measure meets its target, while `{pair.id}`, which it should move, misses its "
            "own or falls",
            "Nothing is wrong with the files. Ask customers what this number does not see; the scorecard says so as well.",
        )
    if balance.external + balance.internal >= FEWEST and not balance.is_fair:
        side, other = ("inside", "outside") if balance.share < 0.5 else ("outside", "inside")
        yield Problem(
            code="scorecard-lopsided",
            level=Level.HINT,
            file="stories/metrics/",
            message=f"the scorecard looks mostly from {side}: {balance.external} measures are external, {balance.internal} "
            "internal",
            mend=f"Add measures from {other}, until each side has about half.",
        )


def _few(periods: tuple[str, ...]) -> str:
    """Some periods in words, however many there are."""
    if len(periods) <= 3:
        return ", ".join(periods)
    return f"{', '.join(periods[:3])} and {len(periods) - 3} more periods"


def _of(metric: Metric, code: str, message: str, mend: str, level: Level = Level.WARNING) -> Problem:
    return Problem(code=code, level=level, file=metric.file, message=message, mend=mend)

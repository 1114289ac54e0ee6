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
            yield Problem(
                code="metric-hidden",
                level=Level.WARNING,
                file=metric.file,
                message=f"readers do not see this measure: each of its numbers is of fewer than {least} people",
                mend="Put small groups together, or months into quarters.",
            )
        else:
            yield from _hidden_parts(by_id[metric.id], least)
        yield from _wordless(metric, newsroom.settings.languages)
    yield from _oddities(by_id, balance)


def _hidden_parts(shown: Measured, least: int) -> Iterator[Problem]:
    if shown.hidden:
        yield Problem(
            code="reading-hidden",
            level=Level.WARNING,
            file=shown.metric.file,
            message=f"readers do not see {_few(shown.hidden)}: fewer than {least} people answered",
            mend="Put periods together, months into quarters; or leave it: the line then has a gap.",
        )
    if shown.thinned:
        yield Problem(
            code="segments-hidden",
            level=Level.HINT,
            file=shown.metric.file,
            message=f"readers do not see every team in {_few(shown.thinned)}: fewer than {least} people answered in one",
            mend="Nothing need be done: so nobody can work out who said what. To see more teams, put small ones together.",
        )


def _wordless(metric: Metric, languages: tuple[str, ...]) -> Iterator[Problem]:
    said = {language for language, _ in metric.plain_words.by_language}
    lacking = [one for one in languages if one not in said]
    if lacking and "" not in said:  # a text given once is for all
        yield Problem(
            code="plain-words-missing",
            level=Level.WARNING,
            file=metric.file,
            message=f"`plain_words:` says nothing in {', '.join(lacking)}: whoever reads that gets another language",
            mend="Write a line for each language of the site, as in  plain_words: {en: ..., fa: ...}",
        )


def _oddities(shown: dict[str, Measured], balance: Balance) -> Iterator[Problem]:
    for id in balance.unpaired:
        yield Problem(
            code="metric-unpaired",
            level=Level.WARNING,
            file=shown[id].metric.file,
            message="this measure looks from inside, and names none from outside that it should move",
            mend="Add `pair:` with the id of a measure of `side: external`: what should customers feel when this one is good?",
        )
    for id in balance.watermelons:
        pair = shown[shown[id].metric.pair].metric
        yield Problem(
            code="watermelon",
            level=Level.WARNING,
            file=shown[id].metric.file,
            message=f"green outside, red inside: this meets its target, and its pair `{pair.id}` misses its own or falls",
            mend="Nothing is wrong with the files. Ask customers what this number does not see; the scorecard says so as well.",
        )
    if balance.external + balance.internal >= FEWEST and not balance.is_fair:
        side, other = ("inside", "outside") if balance.share < 0.5 else ("outside", "inside")
        yield Problem(
            code="scorecard-lopsided",
            level=Level.HINT,
            file="stories/metrics/",
            message=f"the scorecard looks mostly from {side}: external measures {balance.external}, internal "
            f"{balance.internal}",
            mend=f"Add measures from {other}, until each side has about half.",
        )


def _few(periods: tuple[str, ...]) -> str:
    """Some periods in words, however many there are."""
    if len(periods) <= 3:
        return ", ".join(periods)
    return f"{', '.join(periods[:3])} and {len(periods) - 3} more periods"

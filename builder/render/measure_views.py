"""What templates see on the pages of measures: the scorecard, a measure by itself, a survey round."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.render.views import CardView, LinkView, MetricView, TitleView


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A row of a table by team; `name` is that of all others together in the last."""

    name: str
    score: str
    n: str
    range: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsView:
    """What the teams' customers, or their people, answered: `title` says in which period."""

    title: str
    rows: tuple[PartView, ...]
    note: str = ""
    """Why some teams are not shown by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """How many gave an answer: `share` of all, written."""

    name: str
    n: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersView:
    """All answers: `chart` is one bar cut into them, empty where they are too many for one."""

    chart: Markup
    rows: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """What people answered to one question in one period."""

    metric_id: str
    lang: str
    dir: str
    name: str
    url: str
    plain_words: str
    score: str
    target: str
    standing: str
    sentence: str
    response: tuple[str, ...]
    answers: AnswersView | None
    parts: PartsView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A survey round: all that people were asked in one period. `newer` and `older` are the rounds beside it."""

    period: str
    results: tuple[ResultView, ...]
    newer: LinkView | None
    older: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure's own page. `method` are sentences on how it is counted; `trend` says what its course shows."""

    metric: MetricView
    method: tuple[str, ...]
    trend: tuple[str, ...]
    owner: LinkView | None
    goal: str
    pair: LinkView | None
    """Of an internal measure, the external one it should move."""
    paired: tuple[LinkView, ...]
    """Of an external measure, those that should move it."""
    watermelon: str
    response: tuple[str, ...]
    asked: bool
    """Whether people answered; otherwise it was counted."""
    answers: AnswersView | None
    parts: tuple[PartsView, ...]
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardRowView:
    """A measure on the scorecard, with what is odd about it (`watermelon`, `unpaired`, in words, or "") and its stories."""

    metric: MetricView
    pair: LinkView | None
    watermelon: str
    unpaired: str
    stories: tuple[TitleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardView:
    """Both sides of the scorecard; `balance` says how they weigh; `rounds` are all surveys, the newest first."""

    external: tuple[ScorecardRowView, ...]
    internal: tuple[ScorecardRowView, ...]
    balance: str
    chart: Markup
    """The balance as squares."""
    rounds: tuple[LinkView, ...]

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from builder.model.period import Length, holding, length
from builder.model.survey import Answer, Moment
from builder.model.table import Refusal
from builder.plan import rounds
from builder.plan.rounds import MOST_COMMENTS, in_part

count = partial(rounds.count, smallest_comments=8)
GROUPS = ("yes", "no")
LONDON = ZoneInfo("Europe/London")


def answer(row: int, group: str = "yes", at: str = "2026-03-05T10:00", **more: str) -> Answer:
    when = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    timed = at[11:] not in ("", "00:00")
    return Answer(row=row, group=group, moment=Moment(when, timed), **more)  # type: ignore[arg-type]


def test_answers_are_counted_by_period_and_team():
    tally = count(
        [answer(2, team="a"), answer(3, "no", team="a", at="2026-03-05T11:00"), answer(4, at="2026-04-01")],
        GROUPS,
        kind=Length.MONTH,
    )
    assert [(one.period, dict(one.counts), dict(one.segments)) for one in tally.rounds] == [
        ("2026-03", {"yes": 1, "no": 1}, {"a": {"yes": 1, "no": 1}}),
        ("2026-04", {"yes": 1, "no": 0}, {}),
    ]


def test_who_answers_twice_in_a_period_is_counted_once():
    tally = count(
        [
            answer(2, respondent="a"),
            answer(3, "no", respondent="a"),
            answer(4, respondent="a", at="2026-06-01"),
        ],
        GROUPS,
        kind=Length.QUARTER,
    )
    assert [one.n for one in tally.rounds] == [1, 1]
    assert tally.refusals == (Refusal(3, "the same respondent was counted in row 2"),)


def test_without_ids_only_the_second_tells_and_a_day_does_not():
    assert len(count([answer(2), answer(3)], GROUPS, kind=Length.DAY).refusals) == 1
    assert (
        count([answer(2, at="2026-03-05"), answer(3, at="2026-03-05")], GROUPS, kind=Length.DAY).refusals
        == ()
    )


def test_a_team_that_is_not_known_is_counted_in_the_whole():
    tally = count([Answer(row=2, group="yes", team_unknown=True)], GROUPS, kind=None, period="2026")
    assert tally.rounds[0].n == 1
    assert [in_part(one) for one in tally.refusals] == [True]


def test_a_date_outside_the_period_that_was_named():
    tally = count([answer(2), answer(3, at="2026-04-05")], GROUPS, kind=Length.QUARTER, period="2026-Q1")
    assert [one.n for one in tally.rounds] == [1]
    assert tally.refusals == (Refusal(3, "its date lies outside 2026-Q1"),)


@pytest.mark.parametrize(
    ("wrote", "brought"),
    [(8 - 1, 0), (8, 8), (1000, MOST_COMMENTS)],
)
def test_comments_come_from_rounds_with_enough_of_them_and_never_too_many(wrote: int, brought: int):
    answers = [answer(row, at=f"2026-03-05T10:{row % 60:02}", comment=f"words {row}") for row in range(wrote)]
    found = count(answers, GROUPS, kind=Length.MONTH).rounds[0]
    assert (found.wrote, len(found.comments)) == (wrote, brought)
    again = count(list(reversed(answers)), GROUPS, kind=Length.MONTH).rounds[0]
    assert {one.words for one in again.comments} == {one.words for one in found.comments}


@pytest.mark.parametrize("period", ["2026", "2026-Q1", "2026-03", "2026-W10", "2026-03-05"])
def test_a_day_lies_in_the_period_of_each_kind(period: str):
    day = datetime.fromisoformat("2026-03-05").date()
    assert holding(day, length(period)) == period

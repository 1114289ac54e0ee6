"""What may be said of a measure: its doubt, and where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.load.metrics import read_metric
from builder.model.estimate import Standing
from builder.model.metric import Measured
from builder.plan.measured import measured
from tests.values import MEASURE, file

COUNTS = ("{satisfied: 61, others: 39}", "{satisfied: 58, others: 42}")


def made(*readings: str, side: str = "external", more: str = "") -> Measured:
    text = more + MEASURE.replace("side: external", f"side: {side}")
    text += "".join(f"- {{period: 2026-0{month}, {one}}}\n" for month, one in enumerate(readings, 1))
    metric, problems = read_metric(file("stories/metrics/m.yaml", text))
    assert metric is not None
    assert not problems
    assert metric.side == side
    return measured(metric)


def test_what_people_answered_has_its_doubt_in_every_reading():
    found = made(*(f"counts: {one}" for one in COUNTS))
    assert [one.n for one in found.estimates if one] == [100, 100]
    assert found.change is not None
    assert not found.change.is_clear


@pytest.mark.parametrize(("invited", "doubted"), [("", False), (", invited: 300", True)])
def test_our_own_books_have_none_unless_people_were_asked(invited: str, doubted: bool):
    found = made(*(f"counts: {one}{invited}" for one in COUNTS), side="internal")
    assert [bool(one) for one in found.estimates] == [doubted, doubted]
    assert (found.change is not None) is doubted


def test_a_score_that_nobody_counted_has_none():
    found = made("value: 61, n: 100", "value: 58, n: 100")
    assert (found.estimates, found.change) == ((None, None), None)


def test_over_a_change_of_method_there_is_no_change():
    assert made(*(f"counts: {one}" for one in COUNTS), more="breaks: [{period: 2026-02}]\n").change is None


def test_a_single_reading_is_no_change():
    assert made(f"counts: {COUNTS[0]}").change is None


@pytest.mark.parametrize(
    ("side", "standing"), [("external", Standing.UNCERTAIN), ("internal", Standing.NEAR)]
)
def test_a_target_within_the_doubt_is_neither_met_nor_missed(side: str, standing: Standing):
    assert made(f"counts: {COUNTS[1]}", side=side, more="target: 60\n").standing is standing


def test_without_a_target_nothing_stands_anywhere():
    assert made(f"counts: {COUNTS[0]}").standing is None


# ---- Means, and how many answered ------------------------------------------------------------------------------------


def mean(*readings: str, more: str = "") -> Measured:
    text = more + MEASURE.replace("method: csat", "method: mean")
    text += "".join(f"- {{period: 2026-0{month}, {one}}}\n" for month, one in enumerate(readings, 1))
    metric, problems = read_metric(file("stories/metrics/m.yaml", text))
    assert metric is not None
    assert not problems
    return measured(metric)


def test_a_mean_has_its_doubt_by_its_marks_or_by_its_spread():
    marks = mean("counts: {3: 10, 4: 20, 5: 20}").estimates[0]
    spread = mean("value: 4.2, spread: 0.7559289460184544, n: 50").estimates[0]
    assert marks is not None
    assert spread is not None
    assert (marks.interval.low, marks.interval.high) == pytest.approx(
        (spread.interval.low, spread.interval.high)
    )
    assert mean("value: 4.2, n: 50").estimates == (None,)


def test_a_means_doubt_keeps_to_the_scale():
    found = mean("counts: {4: 1, 5: 9}", more="scale: [1, 5]\n").estimates[0]
    assert found is not None
    assert found.interval.high == 5


def test_a_change_of_means_is_clear_or_not():
    small = mean("counts: {3: 10, 4: 20, 5: 20}", "counts: {3: 9, 4: 20, 5: 21}").change
    large = mean("counts: {3: 30, 4: 20}", "value: 4.6, spread: 0.5, n: 60").change
    assert small is not None
    assert large is not None
    assert (small.is_clear, large.is_clear) == (False, True)
    assert mean("value: 4, n: 9", "counts: {4: 9}").change is None


def test_how_many_answered_is_said_in_two_ways():
    outcomes = "outcomes: {partial: 20, refused: 80, not_reached: 300, other: 10, unknown: 90}"
    one = made(
        f"counts: {{satisfied: 250, others: 250}}, invited: 1040, undelivered: 40, {outcomes}"
    ).latest.response
    assert one is not None
    assert (one.simple, one.strict) == (0.5, 0.5)
    assert made("counts: {satisfied: 250, others: 250}").latest.response is None


# ---- What may be seen ------------------------------------------------------------------------------------------------


def seen(*readings: str, least: int = 5) -> Measured:
    text = MEASURE + "".join(f"- {one}\n" for one in readings)
    metric, problems = read_metric(file("stories/metrics/m.yaml", text))
    assert metric is not None
    assert not problems
    return measured(metric, least)


def month(number: int, whole: str, **teams: str) -> str:
    def counts(one: str) -> str:
        satisfied, others = one.split("/")
        return f"counts: {{satisfied: {satisfied}, others: {others}}}"

    segments = ", ".join(f"{{team: {team}, {counts(one)}}}" for team, one in teams.items())
    return f"{{period: 2026-{number:02}, {counts(whole)}, segments: [{segments}]}}"


def test_a_reading_of_too_few_is_no_reading_to_anybody():
    found = seen(month(1, "30/20"), month(2, "2/1"), month(3, "31/19"))
    assert [one.period for one in found.metric.readings] == ["2026-01", "2026-03"]
    assert found.hidden == ("2026-02",)
    assert "2026-02" not in repr(replace(found, hidden=()))


def test_a_small_team_is_in_no_answer_and_takes_another_along():
    found = seen(month(1, "40/19", stores="25/10", ward="12/8", chapel="3/1"), month(2, "30/20"))
    assert [[one.team for one in parts] for parts in (one.parts for one in found.results)] == [
        ["stores", ""],
        [],
    ]
    assert found.thinned == ("2026-01",)
    assert "chapel" not in repr(found)
    rest = found.results[0].parts[-1]
    assert (rest.n, rest.score) == (24, 62.5)


def test_a_year_adds_up_the_teams_that_are_seen_in_all_of_it():
    found = seen(
        month(1, "40/20", stores="25/10", ward="15/10"),
        month(2, "40/20", stores="25/10", ward="15/10"),
        month(3, "41/20", stores="25/10", ward="14/8", chapel="2/2"),
    ).together
    assert found is not None
    assert (found.first, found.last) == ("2026-01", "2026-03")
    assert [(one.team, one.n) for one in found.parts] == [("stores", 105), ("", 76)]


def test_one_reading_alone_is_no_year():
    assert seen(month(1, "40/20", stores="25/10", ward="15/10"), month(2, "40/20")).together is None


def test_teams_have_their_doubt():
    part = seen(month(1, "60/40", stores="18/2", ward="42/38")).latest.parts[0]
    assert part.interval is not None
    assert (round(part.interval.low, 1), round(part.interval.high, 1)) == (69.9, 97.2)

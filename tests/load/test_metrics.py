"""Measures: scores from counts, and what no score can come from."""

from __future__ import annotations

import pytest

from builder.load.metrics import read_metric
from builder.model.metric import Metric, Outcomes
from builder.problem import Problem
from tests.values import MEASURE, file, said


def read(readings: str, **changed: str) -> tuple[Metric | None, tuple[Problem, ...]]:
    text = MEASURE
    for key, value in changed.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = f"{key}: {value}\n" + "\n".join(lines) + "\n"
    return read_metric(file("stories/metrics/would-recommend.yaml", text + readings))


def whole(readings: str, **changed: str) -> Metric:
    metric, problems = read(readings, **changed)
    assert metric is not None
    assert not problems
    return metric


@pytest.mark.parametrize(
    ("method", "counts", "score", "n"),
    [
        ("nps", "{promoters: 50, passives: 30, detractors: 20}", 30.0, 100),
        ("nps", "{promoters: 0, passives: 0, detractors: 7}", -100.0, 7),
        ("csat", "{satisfied: 3, others: 1}", 75.0, 4),
        ("proportion", "{yes: 1, no: 2}", 100 / 3, 3),
        ("fcr", "{resolved: 3, others: 1}", 75.0, 4),
        ("ces", "{easy: 6, middling: 3, hard: 1}", 60.0, 10),
        ("mean", "{1: 1, 5: 3}", 4.0, 4),
    ],
)
def test_a_score_is_worked_out_from_what_was_counted(method: str, counts: str, score: float, n: int):
    reading = whole(f"- {{period: 2026-01, counts: {counts}}}\n", method=method).readings[0]
    assert (reading.score, reading.n) == (score, n)


def test_readings_are_put_in_order_of_their_periods():
    metric = whole("- {period: 2026-Q2, value: 2}\n- {period: 2025-Q4, value: 1}\n", method="mean")
    assert [one.period for one in metric.readings] == ["2025-Q4", "2026-Q2"]


@pytest.mark.parametrize(
    ("method", "reading", "fault"),
    [
        ("csat", "counts: {satisfied: 1, others: 1}, value: 3", "counts-and-value"),
        ("mean", "counts: {satisfied: 1}", "counts"),
        ("count", "counts: {satisfied: 1}", "counts-unwanted"),
        ("rate", "counts: {1: 4}", "counts-unwanted"),
        ("csat", "counts: {satisfied: 1}", "counts"),
        ("csat", "counts: {satisfied: 1, other: 1}", "counts"),
        ("csat", "counts: {satisfied: 0, others: 0}", "counts-zero"),
        ("csat", "counts: {satisfied: 1, others: 1}, n: 3", "n-differs"),
        ("csat", "n: 3", "reading-empty"),
        ("csat", "value: 101", "out-of-bounds"),
        ("proportion", "value: -1", "out-of-bounds"),
        ("nps", "value: 120", "out-of-bounds"),
        ("csat", "counts: {satisfied: 5, others: 5}, invited: 9", "more-than-invited"),
        ("csat", "counts: {satisfied: 5, others: 5}, invited: 11, undelivered: 2", "more-than-invited"),
        ("csat", "counts: {satisfied: 5, others: 5}, undelivered: 2", "undelivered-of-nobody"),
        ("csat", "counts: {satisfied: 5, others: 5}, spread: 2", "spread-unwanted"),
        ("mean", "value: 4, spread: 1", "spread-unwanted"),
        ("mean", "counts: {4: 3}, spread: 1", "spread-unwanted"),
        (
            "csat",
            "value: 50, segments: [{team: a, counts: {satisfied: 1, others: 1}}]",
            "segments-of-no-counts",
        ),
        (
            "csat",
            "counts: {satisfied: 5, others: 5}, segments: [{team: a, counts: {satisfied: 6, others: 1}}]",
            "more-than-the-whole",
        ),
        ("csat", "counts: {satisfied: 5, others: 5}, segments: [{team: a, counts: {yes: 6}}]", "counts"),
    ],
)
def test_a_reading_that_says_no_score_is_said(method: str, reading: str, fault: str):
    _, problems = read(f"- {{period: 2026-01, {reading}}}\n", method=method)
    assert [(one.code, one.line) for one in problems] == [(fault, 8)]


def test_a_misspelt_count_is_guessed():
    _, problems = read("- {period: 2026-01, counts: {satisfied: 1, other: 1}}\n")
    assert [one.guess for one in problems] == ["others"]


def test_a_target_beyond_what_the_method_gives_is_said():
    assert [one.code for one in read("", target="150")[1]] == ["out-of-bounds"]
    assert whole("", target="-150", method="mean").target == -150


def test_a_period_twice_and_periods_of_two_kinds_are_said():
    readings = "- {period: 2026-01, value: 1}\n- {period: 2026-01, value: 2}\n- {period: 2026-Q2, value: 2}\n"
    assert said(read(readings)[1]) == [
        "period-twice metrics/would-recommend.yaml:9:12",
        "periods-mixed metrics/would-recommend.yaml:10:12",
    ]


@pytest.mark.parametrize("name", ["Would Recommend", "nps_2026", "نظر"])
def test_a_file_name_that_is_no_id_is_said(name: str):
    metric, problems = read_metric(file(f"stories/metrics/{name}.yaml", MEASURE))
    assert metric is None
    assert [one.code for one in problems] == ["file-name"]


def test_a_reading_says_how_many_were_asked_and_what_became_of_them():
    reading = whole(
        "- {period: 2026-01, counts: {satisfied: 5, others: 5}, invited: 40, undelivered: 4, comments: 9,"
        " outcomes: {partial: 2, refused: 3, not_reached: 15, unknown: 6}}\n"
    ).readings[0]
    assert (reading.invited, reading.undelivered, reading.comments) == (40, 4, 9)
    assert reading.outcomes == Outcomes(partial=2, refused=3, not_reached=15, unknown=6)


def test_segments_keep_their_counts_in_the_order_of_the_whole():
    text = (
        "- {period: 2026-01, counts: {satisfied: 9, others: 5}, segments: ["
        "{team: a, counts: {others: 1, satisfied: 6}}, {team: b, counts: {satisfied: 0, others: 0}}]}\n"
    )
    segments = whole(text).readings[0].segments
    assert [(one.team, one.counts, one.n) for one in segments] == [
        ("a", (("satisfied", 6), ("others", 1)), 7)
    ]


def test_a_team_twice_among_segments_is_said():
    text = (
        "- period: 2026-01\n  counts: {satisfied: 9, others: 5}\n  segments:\n"
        "  - {team: a, counts: {satisfied: 1, others: 1}}\n  - {team: a, counts: {satisfied: 1, others: 1}}\n"
    )
    assert said(read(text)[1]) == ["segment-twice metrics/would-recommend.yaml:12:12"]


@pytest.mark.parametrize(
    ("scale", "method", "reading", "faults"),
    [
        ("[1, 5]", "mean", "value: 4", []),
        ("[1, 5]", "mean", "value: 5.2", ["out-of-bounds"]),
        ("[1, 5]", "mean", "counts: {6: 1}", ["counts"]),
        ("[0, 10]", "mean", "counts: {0: 1, 10: 4}", []),
        ("[5, 1]", "mean", "value: 4", ["scale"]),
        ("[1]", "mean", "value: 4", ["scale"]),
        ("[1, 5]", "csat", "value: 40", ["scale"]),
    ],
)
def test_a_mean_keeps_to_its_scale(scale: str, method: str, reading: str, faults: list[str]):
    _, problems = read(f"- {{period: 2026-01, {reading}}}\n", scale=scale, method=method)
    assert [one.code for one in problems] == faults


@pytest.mark.parametrize(
    ("direction", "target", "near", "right"),
    [
        ("up", "80", "70", True),
        ("up", "80", "90", False),
        ("down", "80", "90", True),
        ("up", "80", "80", True),
    ],
)
def test_near_lies_short_of_the_target(direction: str, target: str, near: str, right: bool):
    _, problems = read("", direction=direction, target=target, near=near)
    assert [one.code for one in problems] == ([] if right else ["near-beyond-the-target"])


def test_near_goes_with_a_target():
    assert [one.code for one in read("", near="70")[1]] == ["near-beyond-the-target"]


@pytest.mark.parametrize("period", ["2026", "2026-Q4", "2026-12", "2026-W53", "2026-02-28", "2024-02-29"])
def test_periods_are_years_quarters_months_weeks_and_days(period: str):
    assert whole(f"- {{period: {period}, value: 4}}\n", method="mean").readings[0].period == period


@pytest.mark.parametrize(
    "period", ["2026-Q5", "2026-13", "2025-W53", "2026-02-29", "2026-W00", "26-01", "2026-W7"]
)
def test_a_period_that_no_calendar_has_is_said(period: str):
    assert [one.code for one in read(f"- {{period: {period}, value: 4}}\n", method="mean")[1]] == ["value"]


def test_a_day_and_a_month_are_periods_of_two_kinds():
    readings = "- {period: 2026-01, value: 1}\n- {period: 2026-02-01, value: 2}\n"
    assert [one.code for one in read(readings, method="mean")[1]] == ["periods-mixed"]


def test_plain_words_are_forty_at_the_most():
    assert whole("", plain_words=" ".join(["word"] * 40)).plain_words
    assert [one.code for one in read("", plain_words=" ".join(["word"] * 41))[1]] == ["plain-words-long"]
    assert said(read("", plain_words=f"{{en: short, fa: {' '.join(['word'] * 41)}}}")[1]) == [
        "plain-words-long metrics/would-recommend.yaml:1:30"
    ]


def test_the_owner_is_a_team():
    text = "owner: store\n" + MEASURE
    _, problems = read_metric(file("stories/metrics/m.yaml", text), frozenset({"stores"}))
    assert [(one.code, one.guess) for one in problems] == [("id-unknown", "stores")]

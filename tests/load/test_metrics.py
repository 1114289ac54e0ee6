"""Measures: scores from counts, and what no score can come from."""

from __future__ import annotations

import pytest

from builder.load.metrics import read_metric
from builder.model.metric import Metric
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
        ("mean", "counts: {satisfied: 1}", "counts-unwanted"),
        ("csat", "counts: {satisfied: 1}", "counts"),
        ("csat", "counts: {satisfied: 1, other: 1}", "counts"),
        ("csat", "counts: {satisfied: 0, others: 0}", "counts-zero"),
        ("csat", "counts: {satisfied: 1, others: 1}, n: 3", "n-differs"),
        ("csat", "n: 3", "reading-empty"),
        ("csat", "value: 101", "out-of-bounds"),
        ("proportion", "value: -1", "out-of-bounds"),
        ("nps", "value: 120", "out-of-bounds"),
        ("csat", "counts: {satisfied: 5, others: 5}, invited: 9", "more-than-invited"),
        ("csat", "value: 50, segments: [{team: stores, value: 150}]", "out-of-bounds"),
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

"""A measure as a line: where readings stand, and where the line breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.load.metrics import read_metric
from builder.load.words import catalogues
from builder.model.metric import BOUNDS, Metric
from builder.model.trend import Sign, Signal, Trend
from builder.plan.measured import measured
from builder.render.charts import Chart, line
from builder.render.words import Speaker
from tests.values import LONDON, MEASURE, file, theme

ENGLISH, PERSIAN = (Speaker(catalogues(theme())[0][language], LONDON) for language in ("en", "fa"))


def metric(readings: dict[str, float], method: str = "mean", more: str = "") -> Metric:
    text = MEASURE.replace("csat", method) + "".join(
        f"- {{period: {period}, value: {value}}}\n" for period, value in readings.items()
    )
    made, problems = read_metric(file("stories/metrics/m.yaml", more + text))
    assert made is not None
    assert not problems
    return made


def chart(
    readings: dict[str, float], method: str = "mean", more: str = "", speaker: Speaker = ENGLISH
) -> Chart:
    return line(measured(metric(readings, method, more)), speaker, title="T", description="D", decimals=0)


def runs(drawn: Chart) -> list[int]:
    return [len(run) for run in drawn.segments]


def test_neighbours_are_joined_over_the_turn_of_the_year():
    assert runs(chart({"2025-11": 1, "2025-12": 2, "2026-01": 3})) == [3]
    assert runs(chart({"2025-Q4": 1, "2026-Q1": 2})) == [2]
    assert runs(chart({"2025": 1, "2026": 2})) == [2]


def test_a_missing_period_is_a_gap_and_keeps_its_room():
    drawn = chart({"2026-01": 1, "2026-02": 2, "2026-04": 3})
    assert runs(drawn) == [2, 1]
    first, second, third = (x for x, _, _ in drawn.points)
    assert third - second == pytest.approx(2 * (second - first), abs=0.2)


def test_a_change_of_method_breaks_the_line_and_is_marked():
    drawn = chart({"2026-01": 1, "2026-02": 2, "2026-03": 3}, more="breaks: [{period: 2026-03}]\n")
    assert runs(drawn) == [2, 1]
    assert [x for x, _ in drawn.breaks] == [drawn.points[2][0]]


def test_a_break_outside_the_readings_is_not_drawn():
    assert chart({"2026-01": 1}, more="breaks: [{period: 2027-01}]\n").breaks == ()


@pytest.mark.parametrize("value", [0, 5, -5, 0.001, 10**12, -(10**12)])
@pytest.mark.parametrize("count", [1, 3])
def test_a_single_reading_or_equal_ones_stand_on_the_paper(value: float, count: int):
    drawn = chart({f"2026-0{month}": value for month in range(1, count + 1)})
    left, top, right, bottom = drawn.plot
    assert len(drawn.points) == count
    assert all(left <= x <= right and top <= y <= bottom for x, y, _ in drawn.points)
    assert len({y for y, _ in drawn.axis}) >= 2


@pytest.mark.parametrize("method", ["nps", "csat", "proportion"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_a_scale_never_leaves_the_bounds_of_its_method(method: str, share: float):
    least, most = next(bounds for one, bounds in BOUNDS.items() if one.value == method)
    value = least + share * (most - least)
    for readings in ({"2026-01": value}, {"2026-01": value, "2026-02": (least + most) / 2}):
        drawn = chart(readings, method)
        _, top, _, bottom = drawn.plot
        assert all(top <= y <= bottom for _, y, _ in drawn.points)
        labels = [float(label.replace("−", "-").replace(",", "")) for _, label in drawn.axis]
        assert least <= min(labels) < max(labels) <= most
        assert labels == sorted(labels)


def test_the_target_is_on_the_paper_even_far_from_the_readings():
    drawn = chart({"2026-01": 1, "2026-02": 2}, more="target: 500\n")
    assert drawn.target is not None
    assert drawn.plot[1] <= drawn.target[0] <= drawn.plot[3]
    assert drawn.target[1] == "500"


def test_higher_is_higher_and_later_is_further_right():
    drawn = chart({"2026-01": 10, "2026-02": 30, "2026-03": 20})
    (x1, y1, _), (x2, y2, _), (x3, y3, _) = drawn.points
    assert x1 < x2 < x3
    assert y2 < y3 < y1


def test_the_last_period_always_has_its_label_and_labels_do_not_crowd():
    drawn = chart({f"{year}-{month:02}": 1 for year in (2024, 2025, 2026) for month in range(1, 13)})
    assert drawn.ticks[-1][1] == ENGLISH.short_period("2026-12")
    assert 2 <= len(drawn.ticks) <= 12


def test_labels_speak_the_language_of_the_page():
    drawn = chart({"2026-01": 10, "2026-02": 30}, speaker=PERSIAN)
    words = "".join(label for _, label in (*drawn.axis, *drawn.ticks)) + "".join(
        label for *_, label in drawn.points
    )
    assert not any(one in words for one in "0123456789")
    assert drawn.lang == "fa"


def test_the_band_holds_the_line_and_is_broken_where_the_line_is():
    text = MEASURE.replace('unit: "%"\n', "") + "".join(
        f"- {{period: {period}, counts: {{satisfied: {good}, others: {60 - good}}}}}\n"
        for period, good in (("2026-01", 40), ("2026-02", 44), ("2026-04", 50))
    )
    made, problems = read_metric(file("stories/metrics/m.yaml", text))
    assert made is not None
    assert not problems
    drawn = line(measured(made), ENGLISH, title="T", description="D", decimals=0)
    assert [len(band) for band in drawn.bands] == [2, 1]
    for segment, band in zip(drawn.segments, drawn.bands, strict=True):
        for (x, y), (band_x, low, high) in zip(segment, band, strict=True):
            assert x == band_x
            assert high < y < low  # a drawing counts downwards
            assert drawn.plot[1] <= high < low <= drawn.plot[3]


def test_what_nobody_counted_has_no_band():
    assert chart({"2026-01": 1, "2026-02": 2}).bands == ((),)


# ---- the usual range


def judged_line(values: list[float], trend: Trend, *, method: str = "mean", more: str = "") -> Chart:
    readings = {f"2026-{month:02}": value for month, value in enumerate(values, start=1)}
    shown = replace(measured(metric(readings, method, more)), trend=trend)
    return line(shown, ENGLISH, title="T", description="D", decimals=0)


def test_the_usual_range_lies_around_its_middle_and_signals_are_marked_where_they_end():
    trend = Trend(20, 15, 25, (Signal(Sign.OUTSIDE, 4, 4, up=True), Signal(Sign.SHIFT, 2, 8, up=True)))
    drawn = judged_line([20, 21, 19, 20, 30, 21, 22, 21, 22, 20], trend)
    assert drawn.usual
    assert drawn.usual.high < drawn.usual.middle < drawn.usual.low  # a drawing counts downwards
    assert [(x, y) for x, y in drawn.signals] == [drawn.points[4][:2], drawn.points[8][:2]]
    assert drawn.plot[1] <= drawn.usual.high
    assert drawn.usual.low <= drawn.plot[3]


def test_places_are_counted_from_where_the_method_last_changed():
    trend = Trend(20, 15, 25, (Signal(Sign.OUTSIDE, 1, 1, up=True),))
    drawn = judged_line([5, 5, 5, 20, 30, 20, 20], trend, more="breaks: [{period: 2026-04}]\n")
    assert drawn.signals == (drawn.points[4][:2],)
    assert drawn.usual
    assert drawn.points[2][0] < drawn.usual.start <= drawn.points[3][0]


def test_the_usual_range_holds_no_score_that_there_cannot_be():
    drawn = judged_line([97, 99, 98], Trend(98, 90, 106), method="csat")
    assert drawn.usual
    assert drawn.usual.high >= drawn.plot[1]
    below = judged_line([2, 1, 3], Trend(2, -4, 8))
    assert below.usual
    assert below.usual.low == below.plot[3], "what was never below nothing is not drawn there"


def test_without_a_trend_nothing_is_judged():
    drawn = chart({"2026-01": 1, "2026-02": 2})
    assert (drawn.usual, drawn.signals) == (None, ())


@pytest.mark.parametrize(
    ("language", "short"),
    [
        ("en", ["0", "500M", "1B", "1.5B", "2B"]),
        ("fa", ["۰", "۵۰۰\xa0میلیون", "۱\xa0میلیارد", "۱٫۵\xa0میلیارد", "۲\xa0میلیارد"]),
    ],
)
def test_large_numbers_are_short_and_have_room_beside_the_paper(language: str, short: list[str]):
    speaker = {"en": ENGLISH, "fa": PERSIAN}[language]
    drawn = chart({"2026-01": 4e8, "2026-02": 1.6e9}, speaker=speaker)
    assert [label.lstrip("\u200f") for _, label in drawn.axis] == short
    assert drawn.plot[0] >= 8 + 11 * max(len(one.replace("\xa0", "")) for one in short)


def test_numbers_that_would_look_alike_in_short_are_written_out():
    drawn = chart({"2026-01": 1_000_000_000, "2026-02": 1_000_000_400})
    labels = [label for _, label in drawn.axis]
    assert len(set(labels)) == len(labels)
    assert "1,000,000,200" in labels

"""A measure's own series: what may be held beside one another."""

from __future__ import annotations

import pytest

from builder.load.metrics import read_metric
from builder.model.metric import Metric
from tests.values import MEASURE, file


def made(*changes: str) -> Metric:
    breaks = "".join(f"- {{period: {one}}}\n" for one in changes)
    readings = "".join(f"- {{period: 2026-0{month}, value: {month}0}}\n" for month in (1, 2, 3, 4))
    text = (f"breaks:\n{breaks}" if breaks else "") + MEASURE + readings
    metric, problems = read_metric(file("stories/metrics/m.yaml", text))
    assert metric is not None
    assert not problems
    return metric


@pytest.mark.parametrize(
    ("changes", "since", "months"),
    [
        ((), "", ["2026-01", "2026-02", "2026-03", "2026-04"]),
        (("2026-03",), "2026-03", ["2026-03", "2026-04"]),
        (("2026-02", "2026-04"), "2026-04", ["2026-04"]),
        (("2026-04", "2026-02"), "2026-04", ["2026-04"]),
        (("2026-09",), "", ["2026-01", "2026-02", "2026-03", "2026-04"]),
    ],
)
def test_the_series_of_today_begins_where_the_method_last_changed(
    changes: tuple[str, ...], since: str, months: list[str]
):
    metric = made(*changes)
    assert metric.since == since
    assert [one.period for one in metric.series] == months

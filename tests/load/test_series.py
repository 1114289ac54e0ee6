from __future__ import annotations

from decimal import Decimal

import pytest

from builder.load.series import Found, of_one_kind, period_of, read_series, read_series_yaml
from builder.model.period import Length
from builder.model.sources import SourceFile
from builder.model.table import Row, Table
from builder.problem import Trouble


def read(*rows: str, metric: str = "", decimals: str = "") -> Found:
    made = [Row(number, tuple(row.split("|"))) for number, row in enumerate(rows, 1)]
    table = Table(file="values.csv", read_as="", rows=lambda: iter(made))
    return read_series(table, metric=metric, decimals=decimals, order="day-first")


def values(found: Found) -> dict[str, dict[str, Decimal]]:
    return {one.label: {period: value for period, (value, _) in one.values.items()} for one in found.series}


WANTED = {"calls": {"2026-01": Decimal(812), "2026-02": Decimal("799.5")}, "trips": {"2026-01": Decimal(4)}}


@pytest.mark.parametrize(
    "rows",
    [
        ("metric|period|value", "calls|2026-01|812", "calls|Feb 2026|799.5", "trips|01/2026|4"),
        ("Month|calls|trips", "2026-01|812|4", "2026-02|799.5|"),
        ("Measure|2026-01|2026-02", "calls|812|799.5", "trips|4|n/a"),
        ("A title", "", "Month|calls|trips", "Jan 2026|812|4", "Mac 2026||", "Feb 2026|799,5|-"),
    ],
)
def test_the_same_numbers_in_every_form_of_table(rows: tuple[str, ...]):
    found = values(read(*rows))
    assert {
        name: {period: value for period, value in of.items() if period != "2026-03"}
        for name, of in found.items()
    } == WANTED


def test_how_many_answered_comes_along():
    found = read("period|value|n", "2026-Q1|4.2|50", metric="stars")
    assert found.series[0].id == "stars"
    assert found.series[0].values == {"2026-Q1": (Decimal("4.2"), 50)}


def test_what_is_no_number_is_refused_and_what_contradicts_itself():
    found = read("period|value", "2026-01|many", "soon|4", "2026-02|1", "2026-02|2", metric="calls")
    assert [one.row for one in found.refusals] == [2, 3, 5]
    assert values(found) == {"calls": {"2026-02": Decimal(1)}}


def test_thousands_or_decimals_are_asked_unless_one_number_tells():
    with pytest.raises(Trouble, match="a thousand times"):
        read("period|value", "2026-01|1,234", metric="calls")
    assert values(read("period|value", "2026-01|1,234", "2026-02|0,5", metric="calls"))["calls"][
        "2026-01"
    ] == Decimal("1.234")
    assert (
        values(read("period|value", "2026-01|1,234", "2026-02|1.5", metric="calls"))["calls"]["2026-01"]
        == 1234
    )
    assert (
        values(read("period|value", "2026-01|1,234", metric="calls", decimals="point"))["calls"]["2026-01"]
        == 1234
    )


def test_a_table_that_names_no_measure_is_asked():
    with pytest.raises(Trouble, match="no column is called metric"):
        read("period|value", "2026-01|4")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026", "2026"),
        ("Q3 2026", "2026-Q3"),
        ("2026Q3", "2026-Q3"),
        ("Τ3 2026", "2026-Q3"),
        ("2026/3", "2026-03"),
        ("3.2026", "2026-03"),
        ("March 2026", "2026-03"),
        ("Mar-26", "2026-03"),
        ("Μαρτίου 2026", "2026-03"),
        ("مارس ۲۰۲۶", "2026-03"),
        ("W7 2026", "2026-W07"),
        ("2026-W53", "2026-W53"),
        ("2025-W53", ""),
        ("2026-13", ""),
        ("2026-02-30", ""),
        ("14.3.2026", "2026-03-14"),
        ("Score", ""),
        ("", ""),
    ],
)
def test_periods_as_people_write_them(text: str, period: str):
    assert period_of(text) == period


def test_a_month_that_became_the_first_of_its_days_is_a_month_again():
    assert of_one_kind(("2026-01-01", "2026-02-01"), None) == {
        "2026-01-01": "2026-01",
        "2026-02-01": "2026-02",
    }
    assert of_one_kind(("2026-01-01", "2026-04-01"), Length.QUARTER) == {
        "2026-01-01": "2026-Q1",
        "2026-04-01": "2026-Q2",
    }
    assert of_one_kind(("2026-01-01", "2026-01-02"), None) == {
        "2026-01-01": "2026-01-01",
        "2026-01-02": "2026-01-02",
    }


def test_yaml_says_the_same_and_null_is_a_gap():
    text = "metrics:\n- {id: calls, label: Calls, unit: calls, series: [{period: 2026-Q1, value: 8}, {period: 2026-Q2, value: null}]}\n- 4\n"
    found = read_series_yaml(SourceFile(path="values.yml", data=text.encode()))
    assert [(one.id, one.label, one.unit, dict(one.values)) for one in found.series] == [
        ("calls", "Calls", "calls", {"2026-Q1": (Decimal(8), None)})
    ]
    assert len(found.refusals) == 1
    with pytest.raises(Trouble, match="no list of measures"):
        read_series_yaml(SourceFile(path="values.yml", data=b"words"))
    with pytest.raises(Trouble):
        read_series_yaml(SourceFile(path="values.yml", data=b"- [\n"))

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.load.days import DAY_FIRST, MONTH_FIRST, moment, order_shown

LONDON = ZoneInfo("Europe/London")
days = st.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 31))


@given(days, st.sampled_from(["{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d}-{m}-{y}"]))
def test_a_short_date_is_read_as_it_was_said(day: date, form: str):
    found = moment(form.format(d=day.day, m=day.month, y=day.year), DAY_FIRST, LONDON)
    assert found is not None
    assert found.at.date() == day
    american = moment(form.format(d=day.month, m=day.day, y=day.year), MONTH_FIRST, LONDON)
    assert american is not None
    assert american.at.date() == day


@given(days)
def test_an_iso_date_needs_nobody_to_say_anything(day: date):
    for order in (DAY_FIRST, MONTH_FIRST):
        found = moment(day.isoformat(), order, LONDON)
        assert found is not None
        assert (found.at.date(), found.timed) == (day, False)
    assert order_shown(day.isoformat()) == ""


@given(st.text(max_size=30))
def test_whatever_stands_there_is_a_moment_or_none(text: str):
    found = moment(text, DAY_FIRST, LONDON)
    assert found is None or found.at.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("5/3/2026 2:30 μ.μ.", "2026-03-05T14:30"),
        ("5/3/2026 2:30 π.μ.", "2026-03-05T02:30"),
        ("5/3/26 12:05 AM", "2026-03-05T00:05"),
        ("۱۴۰۴/۱۲/۱۴ ۱۴:۳۰", "2026-03-05T14:30"),
        ("14 اسفند 1404", "2026-03-05T00:00"),
        ("5 مارس 2026", "2026-03-05T00:00"),
        ("5 Μαρτίου 2026", "2026-03-05T00:00"),
        ("5 Mac 2026", "2026-03-05T00:00"),
        ("March 5th, 2026", "2026-03-05T00:00"),
        ("05-Mar-26", "2026-03-05T00:00"),
        ("46086", "2026-03-05T00:00"),
        ("46086,5", "2026-03-05T12:00"),
        ("2026-07-05T23:30:00Z", "2026-07-06T00:30"),
        ("2026-03-05 14:30:00+03:30", "2026-03-05T11:00"),
    ],
)
def test_dates_of_other_programs_and_countries(text: str, at: str):
    found = moment(text, DAY_FIRST, LONDON)
    assert found is not None
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2026", "13/13/2026", "2026", "7", "soon", "1404/13/01", "5/3/1066", "2026-03-05 25:00"],
)
def test_what_is_no_day(text: str):
    assert moment(text, DAY_FIRST, LONDON) is None

"""Periods that readings are of: a year (2026), a quarter (2026-Q1), a month (2026-03), an ISO week (2026-W07) or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

WRITTEN = re.compile(
    r"(?P<year>[1-9][0-9]{3})"
    r"(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>[0-5][0-9])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?))?"
)
"""How a period is written; whether there is such a day or week the calendar says: `days`."""


class Length(Enum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


def length(period: str) -> Length:
    """How long a period is that is written rightly.

    >>> length("2026-W07"), length("2026-07-07")
    (<Length.WEEK: 'week'>, <Length.DAY: 'day'>)
    """
    part = period[5:]
    if not part:
        return Length.YEAR
    if part[0] in "QW":
        return Length.QUARTER if part[0] == "Q" else Length.WEEK
    return Length.DAY if len(part) > 2 else Length.MONTH


@lru_cache(maxsize=4096)
def days(period: str) -> tuple[date, date]:
    """The first and the last day of a period. Raises ValueError where the calendar has no such period.

    >>> [day.isoformat() for day in days("2026-Q3")], [day.isoformat() for day in days("2026-W53")]
    (['2026-07-01', '2026-09-30'], ['2026-12-28', '2027-01-03'])
    """
    match = WRITTEN.fullmatch(period)
    if match is None:
        raise ValueError(period)
    year = int(match["year"])
    if match["day"]:
        day = date.fromisoformat(period)
        return day, day
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return monday, monday + timedelta(days=6)
    if match["quarter"]:
        first, last = int(match["quarter"]) * 3 - 2, int(match["quarter"]) * 3
    else:
        first, last = (int(match["month"]),) * 2 if match["month"] else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def last_day(period: str) -> date:
    """The last day of a period.

    >>> last_day("2026-Q3").isoformat(), last_day("2024-02").isoformat(), last_day("2026").isoformat()
    ('2026-09-30', '2024-02-29', '2026-12-31')
    """
    return days(period)[1]


def holding(day: date, length: Length) -> str:
    """The period of this length in which a day lies.

    >>> holding(date(2027, 1, 3), Length.WEEK), holding(date(2026, 8, 1), Length.QUARTER)
    ('2026-W53', '2026-Q3')
    """
    if length is Length.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if length is Length.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {Length.YEAR: 4, Length.MONTH: 7, Length.DAY: 10}[length]]


def every(first: str, last: str) -> Iterator[str]:
    """All periods from `first` to `last`, of the length these two have.

    >>> list(every("2025-Q3", "2026-Q1")), list(every("2026-W52", "2027-W01"))
    (['2025-Q3', '2025-Q4', '2026-Q1'], ['2026-W52', '2026-W53', '2027-W01'])
    """
    kind = length(first)
    current = first
    while True:
        yield current
        if current >= last:
            return
        current = holding(last_day(current) + timedelta(days=1), kind)

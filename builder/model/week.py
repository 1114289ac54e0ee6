"""Weeks as the newsletter counts them: those of ISO 8601, from Monday to Sunday, 52 or 53 in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of an ISO year.

    >>> Week(2026, 7).value, Week(2026, 7).monday.isoformat(), Week(2026, 7).sunday.isoformat()
    ('2026-w07', '2026-02-09', '2026-02-15')
    """

    year: int
    number: int

    @property
    def value(self) -> str:
        """The week as it stands in addresses."""
        return f"{self.year:04}-w{self.number:02}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def week_of(day: date) -> Week:
    """The week that a day is in.

    >>> week_of(date(2027, 1, 3))
    Week(year=2026, number=53)
    """
    year, number, _ = day.isocalendar()
    return Week(year, number)


def read_week(value: str) -> Week:
    """The week of `2026-w07`. Raises ValueError."""
    year, _, number = value.partition("-w")
    return Week(int(year), int(number))


def weeks_of(year: int) -> tuple[Week, ...]:
    """All weeks of an ISO year: the 28th of December is always in the last.

    >>> len(weeks_of(2026)), len(weeks_of(2027))
    (53, 52)
    """
    return tuple(Week(year, number) for number in range(1, week_of(date(year, 12, 28)).number + 1))


def service_week(year: int) -> Week:
    """Customer Service Week: the week of the first Monday of October.

    >>> [service_week(year).monday.isoformat() for year in (2018, 2023, 2026)]
    ['2018-10-01', '2023-10-02', '2026-10-05']
    """
    first = date(year, 10, 1)
    return week_of(first + timedelta(days=-first.weekday() % 7))

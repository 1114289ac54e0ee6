"""Dates as other blogs write them, in the one form our stories use."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH_FIRST = re.compile(
    r"(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"
)
_SHORT = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4})")
_MONTHS = ("january february march april may june july august september october november december").split()


def date_of(written: str) -> str:
    """A date or a time as stories write it, or "" when it cannot be told for certain.

    >>> date_of("2023/4/5 9:30:00 +0200")
    '2023-04-05 09:30 +02:00'
    >>> date_of("5 April 2023"), date_of("04/05/2023")
    ('2023-04-05', '')
    """
    text = written.strip()
    iso = _ISO.fullmatch(text)
    if iso:
        day = _day(iso["year"], iso["month"], iso["day"])
        return day if not day or iso["hour"] is None else _with_time(day, iso)
    for form in (_CLOSE, _MONTH_FIRST, _DAY_FIRST):
        match = form.fullmatch(text)
        if match:
            given = match.groupdict()
            return _day(given["year"], given.get("month") or _month(given["name"]), given["day"])
    short = _SHORT.fullmatch(text)
    if short:
        return _short(int(short["first"]), int(short["second"]), short["year"])
    return _mailed(text)


def day_of(written: str) -> str:
    """Likewise for the date in a file's name: only year, month and day, with hyphens."""
    match = _ISO.fullmatch(written)
    return _day(match["year"], match["month"], match["day"]) if match and match["hour"] is None else ""


def _day(year: str, month: str, day: str) -> str:
    """The day, if the calendar has it; a year far from ours is one of another calendar."""
    try:
        found = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - a day, in no zone yet
    except ValueError:
        return ""
    return f"{found:%Y-%m-%d}" if 1900 <= found.year < 2200 else ""


def _with_time(day: str, iso: re.Match[str]) -> str:
    hour, minute, second = int(iso["hour"]), int(iso["minute"]), int(iso["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    clock = f"{day} {hour:02}:{minute:02}" + (f":{second:02}" if second else "")
    zone = (iso["zone"] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone:
        zone = f"{zone[:3]}:{zone[-2:]}"
        if int(zone[1:3]) > 14 or int(zone[4:]) > 59:
            return ""
    return f"{clock} {zone}".rstrip()


def _month(name: str) -> str:
    return next(
        (str(number) for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), "0"
    )


def _short(first: int, second: int, year: str) -> str:
    """A day and a month in an order that only their sizes can tell."""
    if first == second or second > 12:
        return _day(year, str(first), str(second))
    return _day(year, str(second), str(first)) if first > 12 else ""


def _mailed(text: str) -> str:
    """A date as mails and feeds write it: Wed, 05 Apr 2023 09:30:00 +0200."""
    try:
        return date_of(parsedate_to_datetime(text).isoformat(sep=" "))
    except (ValueError, TypeError, IndexError):
        return ""

"""Days and times as forms, spreadsheets and people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from builder.load.figures import plain
from builder.model.survey import Moment

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
UNSURE = "?"

_CLOCK = re.compile(
    r"[T ,]+\(?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[^\W\d_]\.?\s?[^\W\d_]\.?|ptg)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?\)?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_CLOSE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-. /]+(?P<name>[^\W\d_]{2,12})\.?[-, /]+(?P<year>\d{4}|\d{2})"
)
_NAMED_FIRST = re.compile(
    r"(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_SERIALS_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001  Excel counts its days from here, in no zone

_AFTERNOON = frozenset(("pm", "μμ", "بظ", "ptg"))
_MONTHS = (
    ("jan", "ιαν", "ژانوی"),
    ("feb", "φεβ", "φλεβ", "فوری"),
    ("mar", "mac", "μαρ", "مارس"),
    ("apr", "απρ", "اوری"),
    ("may", "mei", "μαι", "مه", "می"),
    ("jun", "ιουν", "ژوئن"),
    ("jul", "ιουλ", "ژوئی", "جولای"),
    ("aug", "ogo", "αυγ", "اوت", "اگوست"),
    ("sep", "σεπ", "سپتامبر"),
    ("oct", "okt", "οκτ", "اکتبر"),
    ("nov", "νοε", "νοεμ", "نوامبر"),
    ("dec", "dis", "δεκ", "دسامبر"),
)
"""How the months begin in English, Malay, Greek and Persian, in folded letters."""
_PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر ابان اذر دی بهمن اسفند".split()
_FOLDED = str.maketrans("يىك", "ییک")


def order_shown(text: str) -> str:
    """Whether a date shows that its day or its month comes first; UNSURE where both can be, "" where nothing turns on it.

    >>> order_shown("31/12/2026"), order_shown("12/31/2026"), order_shown("03/04/2026"), order_shown("2026-03-04")
    ('day-first', 'month-first', '?', '')
    """
    short = _SHORT.fullmatch(_CLOCK.sub("", plain(text)))
    if not short:
        return ""
    first, second = int(short[1]), int(short[3])
    if first == second or not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return ""
    if first > 12:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 else UNSURE


def moment(text: str, order: str, zone: ZoneInfo) -> Moment | None:
    """When that is, or None; `order` tells whether the day or the month comes first in short dates.

    >>> moment("5.3.26 14:30", DAY_FIRST, ZoneInfo("UTC")).at.isoformat()
    '2026-03-05T14:30:00+00:00'
    """
    written = plain(text)
    serial = _SERIAL.fullmatch(written)
    if serial:
        return _serial(int(serial[1]), float(f"0.{serial[2] or 0}"), zone, timed=bool(serial[2]))
    clock = _CLOCK.search(written)
    day = _day(written[: clock.start()] if clock else written, order)
    if day is None or not 1990 <= day.year <= 2100:
        return None
    if not clock:
        return Moment(datetime(day.year, day.month, day.day, tzinfo=zone), timed=False)
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    half = _fold(re.sub(r"[.\s]", "", clock["half"] or ""))
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    given = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    named = (clock["zone"] or "").upper()
    if named in ("Z", "UTC", "GMT"):
        given = given.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
    elif named:
        behind = timedelta(hours=int(named[1:3]), minutes=int(named[-2:]))
        utc = given.replace(tzinfo=ZoneInfo("UTC")) - (behind if named[0] == "+" else -behind)
        given = utc.astimezone(zone)
    return Moment(given, timed=(hour, minute, second) != (0, 0, 0))


def _serial(days: int, part: float, zone: ZoneInfo, *, timed: bool) -> Moment | None:
    if not 32_000 < days < 73_000:
        return None
    found = _SERIALS_BEGIN + timedelta(days=days, seconds=round(part * 86_400))
    return Moment(found.replace(tzinfo=zone), timed=timed)


def _day(text: str, order: str) -> date | None:
    text = text.strip(" ,")
    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first:
        return _of(int(year_first[1]), int(year_first[3]), int(year_first[4]))
    close = _CLOSE.fullmatch(text)
    if close:
        return _of(*map(int, close.groups()))
    short = _SHORT.fullmatch(text)
    if short:
        first, second, year = int(short[1]), int(short[3]), int(short[4])
        day, month = (second, first) if order == MONTH_FIRST else (first, second)
        return _of(year if year > 99 else 2000 + year, month, day)
    named = _NAMED.fullmatch(text) or _NAMED_FIRST.fullmatch(text)
    if named:
        year = int(named["year"])
        year = year if year > 99 else 2000 + year
        return _of(year, _month(named["name"], persian=1300 <= year < 1500), int(named["day"]))
    return None


def _of(year: int, month: int, day: int) -> date | None:
    """A day of the common calendar, or of the Persian one where the year is one of ours only there."""
    try:
        if 1300 <= year < 1500:
            found: date = JalaliDate(year, month, day).to_gregorian()
            return found
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str, *, persian: bool) -> int:
    folded = _fold(name)
    if persian:
        return _PERSIAN_MONTHS.index(folded) + 1 if folded in _PERSIAN_MONTHS else 0
    return month_named(name)


def month_named(name: str) -> int:
    """The number of a month of the common calendar, by its name in four languages, or 0.

    >>> month_named("Ogos"), month_named("Ιούνιος"), month_named("Score")
    (8, 6, 0)
    """
    folded = _fold(name)
    return next((number for number, begins in enumerate(_MONTHS, 1) if folded.startswith(begins)), 0)


def _fold(word: str) -> str:
    taken = unicodedata.normalize("NFKD", word.translate(_FOLDED))
    return "".join(one for one in taken if not unicodedata.combining(one)).casefold()

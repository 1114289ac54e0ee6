"""The kinds of value that can stand behind a key: dates, languages, ids, each with words for what is wrong."""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from persiantools.jdatetime import JalaliDate
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from builder.load.dates import date_of
from builder.problem import guess

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_DATE = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_OTHER_DATE = re.compile(
    r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})"
)
_TAG = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Outside these a date is a slip of the finger, and calendars and time zones end not far from them."""


class Wrong(ValueError):
    """A value that does not fit; `mend` says how to write it."""

    def __init__(self, message: str, mend: str, near: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.near = near


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time as written; it becomes an aware datetime where the newsletter's time zone is known."""

    value: datetime
    bare: bool

    def at(self, zone: ZoneInfo) -> datetime:
        """This moment in `zone`: a bare date is the midnight that begins it, a naive time is local."""
        return self.value if self.value.tzinfo else self.value.replace(tzinfo=zone)


_WRITE_A_DATE = "Write the year, month and day as 2026-03-04, or with a time as 2026-03-04 08:40."


def _moment(value: Any) -> Moment:
    if not isinstance(value, str):
        raise Wrong("a date stands here in brackets", _WRITE_A_DATE)
    return _moment_written(value.strip())


@lru_cache(maxsize=10_000)
def _moment_written(text: str) -> Moment:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _no_date(text)
    year, month, day = (int(part) for part in match["day"].split("-"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _other_year(text, year, month, day)
    if not 1 <= month <= 12:
        near = _day(year, day, month)
        raise Wrong(
            f"there is no month {month} in `{text}`", "The order is year, month, day: months run to 12.", near
        )
    most = monthrange(year, month)[1]
    if not 1 <= day <= most:
        raise Wrong(
            f"there is no day `{match['day']}`: that month has {most} days",
            f"Write a day from 01 to {most}, or another month.",
        )
    clock = match["time"] or "0:00"
    zone = (match["zone"] or "").replace("Z", "+00:00")
    hours = clock if len(clock.split(":")[0]) == 2 else f"0{clock}"
    try:
        return Moment(datetime.fromisoformat(f"{match['day']}T{hours}{zone}"), bare=match["time"] is None)
    except ValueError:
        raise Wrong(
            f"there is no time `{text[len(match['day']) :].strip()}`",
            "Hours run from 00:00 to 23:59; midnight is 00:00 of the next day.",
        ) from None


def _no_date(text: str) -> Wrong:
    other = _OTHER_DATE.fullmatch(text)
    if not other:
        return Wrong(f"`{shortened(text)}` is not a date", _WRITE_A_DATE, date_of(text))
    found = [int(part) for part in other.groups() if part]
    year, month, day = found if found[0] > 31 else (found[2], found[1], found[0])
    near = _day(year, month, day) or _day(year, day, month)
    either = _day(year, day, month)
    if near and either and near != either and found[0] <= 31:
        return Wrong(
            f"`{text}` is not a date that everyone reads alike",
            f"Write {near}, or {either} if the month comes first.",
            near,
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _other_year(text, year, month, day)
    if not near:
        return Wrong(f"the calendar has no day `{text}`", _WRITE_A_DATE)
    return Wrong(f"`{text}` is not a date as it is written here", _WRITE_A_DATE, near)


def _day(year: int, month: int, day: int) -> str:
    """A day as it is written here, or "" where the calendar has none."""
    try:
        return date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else ""
    except ValueError:
        return ""


def _other_year(text: str, year: int, month: int, day: int) -> Wrong:
    if not 1200 <= year < 1600:
        return Wrong(f"`{text}` is not in a year of this newsletter", "Look at the digits of the year.")
    try:
        near = JalaliDate(year, month, day).to_gregorian().isoformat() if year < 1440 else ""
    except ValueError:
        near = ""
    return Wrong(
        f"`{text}` is a date of another calendar",
        "Write the date of the common calendar; readers of Persian see it in theirs.",
        near,
    )


def shortened(words: str, most: int = 80) -> str:
    """The words on one line, cut where they are very many."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _words(value: Any) -> Any:
    """A text, or a text per language, as a mapping; "" is the language of a text given once."""
    if isinstance(value, str):
        return {"": value}
    if isinstance(value, dict) and value:
        found = {}
        for language, text in value.items():
            found[tag(language)] = text
            if not isinstance(text, str) or not text.strip():
                raise Wrong(
                    f"the words for `{language}` are missing",
                    f"Write them behind the colon, as in  {language}: Pharmacy, or take the language out.",
                )
        return found
    raise Wrong("words are wanted here", "Write them, or a line for each language, such as  en: Pharmacy.")


def tag(value: Any) -> str:
    """A BCP-47 language tag as it is written best (`pt-BR`); raises Wrong for anything else."""
    if isinstance(value, str) and _TAG.fullmatch(value.strip()):
        with suppress(ValueError, UnknownLocaleError):
            return _tag_written(value.strip())
    named = str(value).strip().casefold() if isinstance(value, str) else ""
    near = next(
        (one for one, name in _english_names() if name.casefold() == named), _ALSO_CALLED.get(named, "")
    )
    raise Wrong(
        f"`{shortened(str(value))}` is not the tag of a language",
        "Write its tag, such as en, fa, el, ms or pt-BR.",
        near,
    )


@lru_cache(maxsize=1000)
def _tag_written(text: str) -> str:
    locale = Locale.parse(text.replace("_", "-"), sep="-")
    parts = (locale.language, locale.script, locale.territory)
    return "-".join(part for part in parts if part)


_ALSO_CALLED = {"farsi": "fa", "bahasa": "ms", "mandarin": "zh"}


@cache
def _english_names() -> tuple[tuple[str, str], ...]:
    return tuple((one, name) for one, name in Locale("en").languages.items() if "_" not in one)


def several(value: Any) -> Any:
    """One word where a list is wanted is a list of one."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _identity(value: Any) -> Any:
    if isinstance(value, str) and not ID.fullmatch(value):
        raise Wrong(
            f"`{shortened(value)}` is not written as ids are"
            if value
            else "an id is wanted here, and nothing stands here",
            "Write small letters a-z, digits and hyphens only, as in night-pharmacy.",
            slug(value),
        )
    return value


def slug(text: str) -> str:
    """The id nearest to `text`, or "".

    >>> slug("Night Pharmacy!")
    'night-pharmacy'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _fitting(pattern: re.Pattern[str], message: str, mend: str) -> Callable[[Any], Any]:
    def look(value: Any) -> Any:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Wrong(message.format(shortened(str(value))), mend)
        return value

    return look


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _zone(value: Any) -> Any:
    try:
        return ZoneInfo(value)
    except (ValueError, TypeError, OSError, KeyError):
        names = sorted(zoneinfo.available_timezones())
        city = f"/{str(value).strip().replace(' ', '_')}".casefold()
        raise Wrong(
            f"`{shortened(str(value))}` is not a time zone",
            "Write it as Region/City, such as Europe/London or Asia/Tehran.",
            next((name for name in names if name.casefold().endswith(city)), guess(str(value), names)),
        ) from None


def _text(pattern: str = "", **more: Any) -> WithJsonSchema:
    """How a kind looks to an editor's program; the validators beside it decide."""
    return WithJsonSchema({"type": "string", **({"pattern": pattern} if pattern else {}), **more})


def _one_or_several(of: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [of, {"type": "array", "items": of}]})


_ID_SCHEMA = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}

When = Annotated[Any, BeforeValidator(_moment), _text(r"^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}.*)?$")]
Language = Annotated[str, BeforeValidator(tag), _text("^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$")]
Identity = Annotated[str, BeforeValidator(_identity), WithJsonSchema(_ID_SCHEMA)]
Localised = Annotated[
    dict[str, str],
    BeforeValidator(_words),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ]
        }
    ),
]
Colour = Annotated[
    str,
    BeforeValidator(
        _fitting(
            _COLOUR,
            "`{}` is not a colour",
            'Write # and six digits or letters a-f, in quotation marks: "#0f6b6b".',
        )
    ),
    _text("^#[0-9a-fA-F]{6}$"),
]
Zone = Annotated[Any, BeforeValidator(_zone), _text()]
ChannelWord = Literal["site", "email", "print", "public"]
FilterWord = Literal["behaviours", "teams", "perspectives", "kinds", "tags", "languages", "years"]
FormWord = Literal["full", "first", "initials"]
Ids = Annotated[list[Identity], BeforeValidator(several), _one_or_several(_ID_SCHEMA)]
WordList = Annotated[
    list[str], BeforeValidator(several), _one_or_several({"type": ["string", "number", "boolean"]})
]
Count = Annotated[int, Field(ge=0, le=10**12)]
Number = Annotated[float, Field(ge=-(10**12), le=10**12, allow_inf_nan=False)]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[str, AfterValidator(_one_line)]

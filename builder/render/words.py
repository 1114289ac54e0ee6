"""Words, dates, numbers and directions in one language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from persiantools.jdatetime import JalaliDate

from builder.model.newsletter import Settings
from builder.model.period import Length, days, length
from builder.model.text import Words
from builder.model.words import Catalogue
from builder.render.views import DateView

_RIGHT_TO_LEFT = frozenset(("Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"))
_DIGITS = {"arabext": "۰۱۲۳۴۵۶۷۸۹", "arab": "٠١٢٣٤٥٦٧٨٩"}
_REGION = {"en": "en_001", "fa": "fa_IR", "el": "el_GR", "ms": "ms_MY"}
"""Where a bare language says too little: `en` alone would write American dates, `fa` begin its week on Monday."""


def script_of(language: str) -> str:
    """The ISO 15924 code of the script a language is written in, by CLDR's likely subtags.

    >>> script_of("fa"), script_of("el"), script_of("pt-BR")
    ('Arab', 'Grek', 'Latn')
    """
    parts = language.split("-")
    for part in parts[1:]:
        if len(part) == 4:
            return part.title()
    likely: Mapping[str, str] = get_global("likely_subtags")
    for key in ("_".join(parts), parts[0]):
        if key in likely:
            return likely[key].split("_")[1]
    return "Latn"


_SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "GREEK": "Grek", "CYRILLIC": "Cyrl", "HEBREW": "Hebr"}


def script_in(text: str) -> str:
    """The ISO 15924 code of the script in which some words begin; "" where it is none of those told apart here.

    >>> script_in("شب"), script_in("2026 night"), script_in("夜")
    ('Arab', 'Latn', '')
    """
    letter = next((one for one in text if one.isalpha()), "0")
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "")


def direction_of(language: str) -> str:
    """The direction of a language's script: `rtl` or `ltr`."""
    return "rtl" if script_of(language) in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """CLDR's locale for a language tag; English where CLDR has none."""
    for tag in (_REGION.get(language, ""), language.replace("-", "_"), language.split("-", maxsplit=1)[0]):
        try:
            if tag:
                return Locale.parse(tag)
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse("en_001")


def rounded(value: float, decimals: int) -> Decimal:
    """A number as it is shown: half is rounded up, as readers expect."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


# The weeks of a year are counted on many a page, and CLDR reads its pattern anew each time.
@lru_cache(maxsize=4096)
def _decimal(value: Decimal, pattern: str, locale: Locale) -> str:
    return format_decimal(value, format=pattern, locale=locale, numbering_system="default")


class Speaker:
    """Says things in one language: the theme's words, and the dates, numbers and names of CLDR."""

    def __init__(self, catalogue: Catalogue, zone: ZoneInfo, *, both_calendars: bool = False) -> None:
        self.language = catalogue.language
        self.direction = direction_of(self.language)
        self._texts = catalogue.texts
        self._locale = locale_of(self.language)
        self._zone = zone
        self._both_calendars = both_calendars
        system = self._locale.default_numbering_system
        self._digits = str.maketrans("0123456789", _DIGITS[system]) if system in _DIGITS else {}
        self._days: dict[date, DateView] = {}
        self.hear: Callable[[str], None] = _nobody_hears

    def heard_by(self, hear: Callable[[str], None]) -> Speaker:
        """The same Speaker, who tells `hear` the key of all words before they are said or looked for."""
        one = copy(self)
        one.hear = hear
        return one

    def forms(self, key: str) -> Mapping[str, str] | None:
        """The words for `key` in each plural form there is; None where there are none."""
        return self._texts.get(key)

    def say(self, key: str, n: float | None = None, **values: Any) -> str:
        """The words for `key`, its places filled; `n` chooses the plural form and stands at {n}. Raises KeyError."""
        self.hear(key)
        forms = self._texts[key]
        text = forms.get(self._locale.plural_form(n), forms["other"]) if n is not None else forms["other"]
        if n is not None:
            values["n"] = self.number(n)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with this language's digits and separators, rounded half up as readers expect."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = _decimal(rounded(value, decimals) + 0, pattern, self._locale)
        return text.replace("-", "\N{MINUS SIGN}").translate(self._digits)

    def compact(self, value: float) -> str:
        """A large number in as few letters as CLDR's short form has for it: 1.6B, ۱٫۶ میلیارد; to four digits or so."""
        text: str = format_compact_decimal(
            rounded(value, 0), format_type="short", locale=self._locale, fraction_digits=3
        )
        symbols = self._locale.number_symbols
        latin = symbols["latn"]
        own = symbols.get(self._locale.default_numbering_system) or latin
        text = text.replace("-", "\N{MINUS SIGN}").replace(str(latin["decimal"]), str(own["decimal"]))
        return text.translate(self._digits)

    def placed(self, text: str) -> str:
        """Words for a drawing, which goes from left to right in every language: a mark before them (U+200F) keeps theirs in
        their own order where they begin with a number.
        """
        return f"\u200f{text}" if self.direction == "rtl" and text else text

    def percent(self, number: str) -> str:
        """A number already written, with this language's sign for a hundredth."""
        system = self._locale.default_numbering_system
        symbols = self._locale.number_symbols
        sign: str = (symbols.get(system) or symbols["latn"]).get("percentSign", "%")
        return f"{number}{sign.strip(chr(0x200E) + chr(0x200F) + chr(0x61C))}"

    def digits(self, text: str) -> str:
        """The same text with this language's digits."""
        return text.translate(self._digits)

    def day(self, moment: datetime) -> DateView:
        """A day as readers of this language write it: in the Persian calendar for Persian."""
        day = moment.astimezone(self._zone).date()
        view = self._days.get(day)
        if view is None:
            view = self._days[day] = DateView(iso=day.isoformat(), text=self._said(day))
        return view

    def _said(self, day: date) -> str:
        common: str = format_date(day, "d MMMM y", locale=self._locale)
        if not self._persian:
            return common.translate(self._digits)
        own = JalaliDate(day)
        text = f"{own.day} {_persian_month(own)} {own.year}"
        return (f"{text} ({common})" if self._both_calendars else text).translate(self._digits)

    @property
    def _persian(self) -> bool:
        return self.language.split("-")[0] == "fa"

    def days(self, first: date, last: date, *, year: bool = True) -> str:
        """A stretch of days, with the year at its end; a month is said once where both days are in it.

        Without `year` for several days where what stands around them says it.
        """
        if first == last:
            return self._said(first)
        if self._persian:
            begin, end = JalaliDate(first), JalaliDate(last)
            until = (
                f"{end.day} {_persian_month(end)} {end.year}" if year else f"{end.day} {_persian_month(end)}"
            )
            start = f"{begin.day}" if begin.month == end.month else f"{begin.day} {_persian_month(begin)}"
        else:
            until = format_date(last, "d MMMM y" if year else "d MMMM", locale=self._locale)
            alike = "d" if first.month == last.month else "d MMMM" if first.year == last.year else "d MMMM y"
            start = format_date(first, alike, locale=self._locale)
        return self.say("date.span", start=start, end=until).translate(self._digits)

    def month(self, first: date, last: date) -> str:
        """The short name of the month that begins within these days, in this language's calendar; "" if none does."""
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if self._persian:
                own = JalaliDate(day)
                if own.day == 1:
                    return _persian_month(own)
            elif day.day == 1:
                return format_date(day, "LLL", locale=self._locale).rstrip(".")
        return ""

    def period(self, period: str) -> str:
        """A period of a measure, whatever its length; weeks, months and quarters are those of the common calendar."""
        first, _ = days(period)
        kind, year = length(period), self.digits(period[:4])
        if kind is Length.DAY:
            return self._said(first)
        if kind is Length.WEEK:
            return self.say("metric.period.week", week=self.digits(str(int(period[6:]))), year=year)
        if kind is Length.QUARTER:
            return self.say("metric.period.quarter", quarter=self.digits(period[6:]), year=year)
        if kind is Length.MONTH:
            return format_date(first, "LLLL y", locale=self._locale).translate(self._digits)
        return year

    def short_period(self, period: str) -> str:
        """A period as it stands under a chart."""
        first, _ = days(period)
        kind, year = length(period), period[2:4]
        if kind is Length.DAY:
            return self.digits(f"{first.day}/{first.month}")
        if kind is Length.QUARTER:
            quarters = self._locale.quarters["stand-alone"]["abbreviated"]
            return self.digits(f"{quarters[int(period[6:])]}/{year}")
        if kind is Length.YEAR:
            return self.digits(period)
        return self.digits(f"{period[5:].lstrip('W')}/{year}")

    def language_name(self, language: str) -> str:
        """Another language's name, as this language says it."""
        self.hear(f"language.{language}")
        if f"language.{language}" in self._texts:
            return self.say(f"language.{language}")
        return locale_of(language).get_display_name(self._locale) or language

    def own(self, words: Words, settings: Settings) -> tuple[str, str]:
        """The (language, text) of an editor's words, best for a reader of this language."""
        language, text = words.said_in(self.language, settings.language)
        return language or settings.language, text


def _persian_month(day: JalaliDate) -> str:
    month: str = day.strftime("%B", locale="fa")
    return month


def _nobody_hears(key: str) -> None:
    """For a Speaker whose words nobody notes."""


def speakers(catalogues: Mapping[str, Catalogue], settings: Settings) -> dict[str, Speaker]:
    """A Speaker for each of the site's languages; one without words of its own speaks those of English."""
    found = {}
    for language in settings.languages:
        texts = spoken_in(language, catalogues).texts
        found[language] = Speaker(
            Catalogue(language=language, texts=texts),
            settings.timezone,
            both_calendars=settings.both_calendars,
        )
    return found


def spoken_in(language: str, catalogues: Mapping[str, Catalogue]) -> Catalogue:
    """The words for a language: its own, else those of the language it is a kind of, else English."""
    return catalogues.get(language) or catalogues.get(language.split("-", maxsplit=1)[0]) or catalogues["en"]

"""Words, dates and numbers as readers of each language write them."""

from __future__ import annotations

import re

import pytest

from builder.load.words import catalogues
from builder.model.words import Catalogue
from builder.render.words import Speaker, direction_of, script_of, speakers
from tests.values import LONDON, SETTINGS, at, file, sources, theme, understood

CATALOGUES, FAULTS = catalogues(theme())


def speaker(language: str) -> Speaker:
    return Speaker(CATALOGUES[language], LONDON)


def test_the_themes_words_are_the_same_in_every_language():
    assert FAULTS == ()
    assert {frozenset(one.texts) for one in CATALOGUES.values()} == {frozenset(CATALOGUES["en"].texts)}


def test_a_word_that_is_missing_or_has_other_places_is_said():
    from dataclasses import replace

    words = tuple(
        (name, file(f"templates/words/{name}.yaml", text))
        for name, text in {"en": "a: {b: 'Hi {name}', c: x}\n", "fa": "a: {b: 'Hi {nme}', d: y}\n"}.items()
    )
    _, problems = catalogues(replace(theme(), words=words))
    assert sorted((one.code, one.file.rpartition("/")[2]) for one in problems) == [
        ("word-missing", "en.yaml"),
        ("word-missing", "fa.yaml"),
        ("word-places", "en.yaml"),
        ("word-places", "fa.yaml"),
    ]


# 1403 is a leap year of the Persian calendar and 1404 is not, so both 1404 and 1405 begin on 21 March: the year in
# which reckonings by a fixed rule go wrong by a day.
@pytest.mark.parametrize(
    ("day", "persian"),
    [
        ("2024-03-19", "۲۹ اسفند ۱۴۰۲"),
        ("2024-03-20", "۱ فروردین ۱۴۰۳"),
        ("2025-03-20", "۳۰ اسفند ۱۴۰۳"),
        ("2025-03-21", "۱ فروردین ۱۴۰۴"),
        ("2025-09-22", "۳۱ شهریور ۱۴۰۴"),
        ("2025-09-23", "۱ مهر ۱۴۰۴"),
        ("2025-12-21", "۳۰ آذر ۱۴۰۴"),
        ("2026-03-20", "۲۹ اسفند ۱۴۰۴"),
        ("2026-03-21", "۱ فروردین ۱۴۰۵"),
        ("2026-11-20", "۲۹ آبان ۱۴۰۵"),
        ("2027-03-20", "۲۹ اسفند ۱۴۰۵"),
        ("2027-03-21", "۱ فروردین ۱۴۰۶"),
    ],
)
def test_persian_readers_get_persian_dates_and_machines_iso(day: str, persian: str):
    view = speaker("fa").day(at(day))
    assert (view.text, view.iso) == (persian, day)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "4 March 2026"), ("el", "4 Μαρτίου 2026"), ("ms", "4 Mac 2026"), ("fa", "۱۳ اسفند ۱۴۰۴")],
)
def test_a_day_is_written_as_its_readers_write_it(language: str, text: str):
    assert speaker(language).day(at("2026-03-04")).text == text


def test_a_day_is_the_newsletters_own_wherever_the_instant_was_written():
    assert speaker("en").day(at("2026-07-01T23:30:00+00:00")).iso == "2026-07-02"


@pytest.mark.parametrize(
    ("language", "number", "decimals", "text"),
    [
        ("en", 1234567, 0, "1,234,567"),
        ("en", 4.25, 1, "4.3"),
        ("en", 0.5, 0, "1"),
        ("en", 2.5, 0, "3"),
        ("en", -0.4, 0, "0"),
        ("en", -12.5, 0, "−13"),
        ("en", 4, 1, "4.0"),
        ("el", 1234.5, 1, "1.234,5"),
        ("ms", 1234.5, 1, "1,234.5"),
        ("fa", 1234.5, 1, "۱٬۲۳۴٫۵"),
        ("en", 10**12, 0, "1,000,000,000,000"),
    ],
)
def test_a_number_has_the_digits_and_signs_of_its_language(
    language: str, number: float, decimals: int, text: str
):
    assert speaker(language).number(number, decimals) == text


def test_a_number_below_nothing_has_its_minus_in_persian_too():
    assert re.sub(r"[\u200e\u200f\u061c]", "", speaker("fa").number(-12)) == "−۱۲"


@pytest.mark.parametrize(("language", "text"), [("en", "87%"), ("el", "87%"), ("ms", "87%"), ("fa", "۸۷٪")])
def test_a_hundredth_has_the_sign_of_its_language(language: str, text: str):
    one = speaker(language)
    assert one.percent(one.number(87)) == text


@pytest.mark.parametrize(
    ("language", "period", "text", "short"),
    [
        ("en", "2026", "2026", "2026"),
        ("en", "2026-03", "March 2026", "03/26"),
        ("fa", "2026", "۲۰۲۶", "۲۰۲۶"),
        ("el", "2026-03", "Μάρτιος 2026", "03/26"),
    ],
)
def test_a_period_is_said_whole_and_short(language: str, period: str, text: str, short: str):
    one = speaker(language)
    assert (one.period(period), one.short_period(period)) == (text, short)


@pytest.mark.parametrize("language", ["en", "fa", "el", "ms"])
def test_a_quarter_is_said_with_its_year_in_the_digits_of_the_language(language: str):
    one = speaker(language)
    said = one.period("2026-Q3")
    assert one.digits("3") in said
    assert one.digits("2026") in said


def test_n_chooses_the_plural_and_stands_in_the_languages_digits():
    texts = {"days": {"one": "{n} day of {of}", "other": "{n} days of {of}"}, "plain": {"other": "x"}}
    english = Speaker(Catalogue(language="en", texts=texts), LONDON)
    assert [english.say("days", n=n, of=7) for n in (0, 1, 2)] == ["0 days of 7", "1 day of 7", "2 days of 7"]
    persian = Speaker(Catalogue(language="fa", texts=texts), LONDON)
    assert persian.say("days", n=1234, of="هفته") == "۱٬۲۳۴ days of هفته"
    assert persian.say("plain", n=1) == "x"


def test_a_word_that_is_not_there_is_an_error_and_no_silence():
    with pytest.raises(KeyError):
        speaker("en").say("no.such.word")


def test_a_language_without_words_of_its_own_speaks_its_parents_or_english():
    settings = SETTINGS.replace("[en, fa]", "[en, en-GB, de]")
    newsroom, _ = understood(sources(settings=settings))
    found = speakers(CATALOGUES, newsroom.settings)
    home = CATALOGUES["en"].texts["nav.home"]["other"]
    assert [(one.language, one.say("nav.home")) for one in found.values()] == [
        ("en", home),
        ("en-GB", home),
        ("de", home),
    ]
    assert found["de"].day(at("2026-03-04")).text == "4 März 2026"


@pytest.mark.parametrize(
    ("language", "script", "direction"),
    [
        ("en", "Latn", "ltr"),
        ("fa", "Arab", "rtl"),
        ("ar-EG", "Arab", "rtl"),
        ("ur", "Arab", "rtl"),
        ("he", "Hebr", "rtl"),
        ("el", "Grek", "ltr"),
        ("ms", "Latn", "ltr"),
        ("ms-Arab", "Arab", "rtl"),
        ("pa", "Guru", "ltr"),
        ("pa-Arab", "Arab", "rtl"),
        ("zh-Hant", "Hant", "ltr"),
        ("xx", "Latn", "ltr"),
    ],
)
def test_a_language_knows_its_script_and_direction(language: str, script: str, direction: str):
    assert (script_of(language), direction_of(language)) == (script, direction)

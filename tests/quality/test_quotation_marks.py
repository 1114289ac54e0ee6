"""The marks of each language, held against what Unicode's CLDR says of it."""

from __future__ import annotations

import json

import pytest

from builder.model.text import Text
from builder.render.quotes import MARKS, Marks, curl
from tests.quality import tools

PLACES = ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")


def of_cldr(language: str) -> Marks:
    file = tools.modules() / "cldr-misc-full" / "main" / language / "delimiters.json"
    marks = json.loads(file.read_text(encoding="utf-8"))["main"][language]["delimiters"]
    first, last, inner_first, inner_last = (marks[place] for place in PLACES)
    return first, last, inner_first, inner_last


@pytest.mark.parametrize("language", sorted(MARKS))
def test_a_language_of_its_own_has_the_marks_of_cldr(language: str):
    first, last, inner_first, inner_last = (mark.strip("\u202f") for mark in MARKS[language])
    assert (first, last, inner_first, inner_last) == of_cldr(language)


@pytest.mark.parametrize("language", ["en", "ms", "es", "pt", "tr", "da", "zh", "hi", "id", "vi", "th", "lv"])
def test_any_other_has_those_of_english(language: str):
    assert language not in MARKS
    first, last, _, _ = of_cldr(language)
    assert curl(Text(('"a"',)), language).parts == (f"{first}a{last}",)

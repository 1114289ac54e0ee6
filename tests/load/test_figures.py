from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.load.figures import UNSURE, decimal_mark, number, plain

SCRIPTS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९")
WAYS = (
    (",", "."),
    (".", ","),
    (" ", ","),
    ("\u00a0", ","),
    ("\u202f", ","),
    ("'", "."),
    ("’", "."),
    ("٬", "٫"),
    ("", "."),
    ("", ","),
)

values = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def written(value: Decimal, thousands: str, mark: str, digits: str) -> str:
    plain = f"{value:,.2f}"
    marked = plain.replace(",", "\0").replace(".", "\1").replace("\0", thousands).replace("\1", mark)
    return marked.translate(str.maketrans(SCRIPTS[0], digits))


@given(values, st.sampled_from(WAYS), st.sampled_from(SCRIPTS))
def test_a_number_is_the_same_in_every_country_and_script(value: Decimal, way: tuple[str, str], digits: str):
    assert number(written(value, *way, digits)) == value


@given(st.integers(0, 10**12), st.sampled_from(SCRIPTS))
def test_a_whole_number_is_the_same_in_every_script(value: int, digits: str):
    assert number(str(value).translate(str.maketrans(SCRIPTS[0], digits))) == value


@given(st.text(max_size=40))
def test_whatever_stands_there_is_a_number_or_none(text: str):
    found = number(text, ".")
    assert found is None or found.is_finite()
    assert decimal_mark(text) in ("", ".", ",", UNSURE)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_a_group_of_three_alone_is_not_guessed(head: int, tail: int, sign: str):
    text = f"{head}{sign}{tail:03}"
    assert decimal_mark(text) == UNSURE
    assert number(text) is None
    assert number(text, sign) == Decimal(f"{head}.{tail:03}")
    assert number(text, "." if sign == "," else ",") == head * 1000 + tail


@pytest.mark.parametrize(
    "text",
    ["", "-", "#N/A", "1.2.3", "1,23,4.5", "12a", "--1", "1e999", "NaN", "Infinity", "½", "²", "1" * 60],
)
def test_what_is_no_number(text: str):
    assert number(text, ".") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("85 %", "85"), ("£1,200.50", "1200.50"), ("−3,5", "-3.5"), ("\u200f۷\u200e", "7"), ("1E+05", "100000")],
)
def test_what_stands_around_a_number(text: str, value: str):
    assert number(text) == Decimal(value)


def test_unseen_signs_are_taken_out():
    assert plain("\ufeff \u200b۱۲\u00a03 \0") == "12 3"

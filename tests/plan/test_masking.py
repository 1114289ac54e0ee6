from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.plan.masking import MASK, mask

DIGITS = st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"])
APART = st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "/", "\u200b", ") ", "–"])


@pytest.mark.parametrize(
    "secret",
    [
        "amal@example.org",
        "amal.haddad+ward@mail.example.co.uk",
        "amal (at) example.org",
        "amal [at] example [dot] org",
        "+44 20 7946 0958",
        "(020) 7946-0958",
        "00306912345678",
        "۰۹۱۲ ۳۴۵ ۶۷۸۹",
        "4111 1111 1111 1111",
        "۶۰۳۷-۹۹۷۱-۱۲۳۴-۵۶۷۸",
        "GB82 WEST 1234 5698 7654 32",
        "GR1601101250000000012300695",
        "IR062960000000100324200001",
        "900101-14-5678",
        "0084575948",
        "ΑΒ 123456",
        "A1234567",
        "123456",
        "https://example.org/amal",
        "www.example.org/amal",
        "@amal_haddad",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Ring {} please.", "تماس: {}، ممنون", "Τηλ. {}!"])
def test_what_tells_who_it_was_is_taken_out(secret: str, around: str):
    found = mask(around.format(secret), lambda text: ())
    assert MASK in found.words
    assert found.kinds
    assert not re.search(r"\d{2}|amal|example", found.words)


@pytest.mark.parametrize(
    "text",
    [
        "Two minutes, at 14:30, on ward 7.",
        "It cost 12.50, not 1,200.",
        "In 2026 I waited 45 minutes",
        "Room B12, 3rd floor",
        "۱۵ دقیقه در بخش ۷",
        "was is my at on",
    ],
)
def test_plain_words_stay(text: str):
    assert mask(text, lambda text: ()).words == text


@given(st.lists(st.integers(0, 9), min_size=6, max_size=20), DIGITS, APART, st.integers(1, 5))
def test_a_long_number_is_taken_out_however_it_is_written(
    number: list[int], digits: str, apart: str, group: int
):
    written = [digits[one] for one in number]
    text = apart.join("".join(written[at : at + group]) for at in range(0, len(written), group))
    found = mask(f"x {text} y", lambda text: ())
    assert sum(one.isdecimal() for one in found.words) == 0


def test_names_are_taken_out_by_whoever_knows_them():
    found = mask(
        "Rania helped, then Rania left",
        lambda text: [(one.start(), "Rania") for one in re.finditer("Rania", text)],
    )
    assert found.words == f"{MASK} helped, then {MASK} left"
    assert found.kinds == ("a name",)


def test_it_takes_no_longer_for_words_that_were_meant_to_be_slow():
    for text in ("1 " * 2 + "-" * 50_000, "a@" * 25_000, "A" * 50_000, "x@" + "a." * 20_000, "1.-" * 20_000):
        mask(text, lambda text: ())

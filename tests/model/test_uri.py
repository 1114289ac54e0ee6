"""Addresses in ASCII, with nothing in them that could end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.uri import ascii_address, ascii_host, mail_address


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("https://light.example/", "https://light.example/"),
        (
            "https://light.example/our news/?a=1&b=%20#x",
            "https://light.example/our%20news/?a=1&b=%20#x",
        ),
        ("https://me@مثال.example:8443/نور", "https://me@xn--mgbh0fb.example:8443/%D9%86%D9%88%D8%B1"),
        ("https://[::1]:80/", "https://[::1]:80/"),
        ("https://light.example/off/{reader}", "https://light.example/off/%7Breader%7D"),
        ("https://li>ght.example/<a>", "https://li%3Eght.example/%3Ca%3E"),
    ],
)
def test_an_address_leads_to_where_it_led(given_: str, expected: str):
    assert ascii_address(given_) == expected
    assert ascii_address(expected).lower() == expected.lower()


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_can_end_itself(path: str, query: str):
    try:
        found = ascii_address(f"https://light.example/{path}?{query}")
    except (ValueError, UnicodeEncodeError):
        return
    assert found.isascii()
    assert not set(found) & set(' <>"\r\n\t\x00\x7f\\')


@pytest.mark.parametrize("host", ["φως..example", "φ" * 70])
def test_what_can_be_no_host_is_refused(host: str):
    with pytest.raises(ValueError, match="label"):
        ascii_host(host)


@pytest.mark.parametrize(
    ("to", "subject", "expected"),
    [
        ("light@example.org", "", "mailto:light@example.org"),
        (
            "light+off@example.org",
            "unsubscribe-weekly.fa",
            "mailto:light+off@example.org?subject=unsubscribe-weekly.fa",
        ),
        ("a&b?c%d@example.org", "a b", "mailto:a%26b%3Fc%25d@example.org?subject=a%20b"),
        ("light@παράδειγμα.example", "", "mailto:light@xn--hxajbheg2az3al.example"),
    ],
)
def test_a_mail_begins_with_its_address(to: str, subject: str, expected: str):
    assert mail_address(to, subject) == expected

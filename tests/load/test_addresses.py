"""Addresses that editors write: what a mail could not carry is said where it stands."""

from __future__ import annotations

import pytest

from builder.load.fill import fill_in
from builder.load.forms import SettingsForm
from builder.load.marks import Page, read_yaml
from builder.problem import Problem

HEAD = "title: T\ntimezone: Europe/London\nlanguages: [en]\n"


def filled(key: str, value: str) -> tuple[SettingsForm | None, tuple[Problem, ...]]:
    """The settings with one key of `digest:`, its value as YAML writes it."""
    return fill_in(
        SettingsForm, read_yaml(Page("stories/newsletter.yaml", f"{HEAD}digest:\n  {key}: {value}\n"))
    )


@pytest.mark.parametrize("key", ["from", "reply_to"])
@pytest.mark.parametrize(
    "mailbox",
    [
        "light@example.org",
        "The Light <light@example.org>",
        "'\"Light, The\" <light@example.org>'",
        "چراغ بندر <light@example.org>",
        "light@παράδειγμα.example",
        "o'neil+light_2.x-y@mail.example.org",
    ],
)
def test_a_mailbox_is_an_address_with_a_name_or_without(key: str, mailbox: str):
    assert filled(key, mailbox)[1] == ()


@pytest.mark.parametrize("key", ["from", "reply_to"])
@pytest.mark.parametrize(
    ("mailbox", "says"),
    [
        ("light.example.org", "is not a mail address"),
        ("The Light <light.example.org>", "is not a mail address"),
        ("a@b@c", "is not a mail address"),
        ("a@example.org, b@example.org", "is not a mail address"),
        ('"The Light\\nBcc: all@example.org <light@example.org>"', "has a line break in it"),
        ('"light@example.org\\r\\nBcc: all@example.org"', "has a line break in it"),
        ('"light@exa\\tmple.org"', "has a line break in it"),
        ('"Light\\0 <light@example.org>"', None),
        ("φως@example.org", "cannot be reached from every mail program"),
        ("Το Φως <φως@example.org>", "cannot be reached from every mail program"),
        (f"{'x' * 800}@example.org", "cannot be reached from every mail program"),
        (f"light@{'φ' * 70}.example", "is no domain"),
        ("light@φως..example", "is no domain"),
    ],
)
def test_what_no_mail_program_reaches_is_no_mailbox(key: str, mailbox: str, says: str | None):
    form, problems = filled(key, mailbox)
    assert form is None
    assert len(problems) == 1
    if says:
        assert says in problems[0].message
        assert (problems[0].code, problems[0].line) == ("value", 5)


def test_an_address_that_takes_readers_off_has_no_name():
    assert filled("unsubscribe", "off@example.org")[1] == ()
    for wrong in ("The Light <off@example.org>", "https://light.example.org/off"):
        assert ["is not a mail address" in one.message for one in filled("unsubscribe", wrong)[1]] == [True]


@pytest.mark.parametrize(
    "address",
    [
        "https://light.example.org/off",
        "https://light.example.org:8443/off/{reader}?list=weekly",
        "https://نور.example/خروج?who={reader}",
        "''",
    ],
)
def test_a_page_may_take_readers_off(address: str):
    form, problems = filled("unsubscribe_url", address)
    assert problems == ()
    assert form
    assert form.digest.unsubscribe_url == address.strip("'")


@pytest.mark.parametrize(
    ("address", "says", "guess"),
    [
        ("http://light.example.org/off", "is not the whole, safe address", "https://light.example.org/off"),
        ("light.example.org/off", "is not the whole, safe address", ""),
        ("mailto:off@example.org", "is not the whole, safe address", ""),
        ("javascript:alert(1)", "is not the whole, safe address", ""),
        ("https://", "is not the whole, safe address", ""),
        ("https://[", "is not the whole, safe address", ""),
        ("https://light.example.org:port/", "is not the whole, safe address", ""),
        ("https://me:word@light.example.org/", "is not the whole, safe address", ""),
        ("https://light.example.org/o f f", "is not the whole, safe address", ""),
        ('"https://light.example.org/off\\r\\nBcc: all@example.org"', "is not the whole, safe address", ""),
        ("https://light.example.org/off>", "is not the whole, safe address", ""),
        (f"https://light.example.org/{'x' * 800}", "is not the whole, safe address", ""),
        (f"https://light.example.org/{'ن' * 200}", "is not the whole, safe address", ""),
        ("https://light.example.org/{readr}", "has braces around something else", ""),
        ("https://light.example.org/{reader}/{reader}", "has braces around something else", ""),
        ("https://{reader}.example.org/", "has braces around something else", ""),
    ],
)
def test_a_page_that_takes_readers_off_is_whole_and_safe(address: str, says: str, guess: str):
    (problem,) = filled("unsubscribe_url", address)[1]
    assert says in problem.message
    assert (problem.code, problem.line, problem.column, problem.guess) == ("value", 5, 20, guess)


def test_help_is_a_page_or_a_mail_address():
    for good in ("help@example.org", "https://light.example.org/help"):
        assert filled("help", good)[1] == ()
    for wrong in (
        "call 1234",
        "http://light.example.org/help",
        '"a@example.org\\nX: 1"',
        "mailto:a@b.example",
    ):
        form, problems = filled("help", wrong)
        assert form is None
        assert [one.code for one in problems] == ["value"]


@pytest.mark.parametrize("name", ["weekly", "dock-news", "2"])
def test_a_lists_name_is_written_as_ids_are(name: str):
    assert filled("list", name)[1] == ()
    assert [one.code for one in filled("list", f"{name}.x Y")[1]] == ["value"]

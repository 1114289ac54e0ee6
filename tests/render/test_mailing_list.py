"""A newsletter as a mailing list: what mail programs file it under, and where they lead from it."""

from __future__ import annotations

import pytest

from builder.desk.digest import compose
from builder.model.edition import EditionKind
from builder.model.message import READER, MailingList, Message
from builder.render.mailing_list import SERIES, domain
from builder.render.message import encode
from tests.values import SETTINGS, desk, prepared, sources

EDITION = "---\ndate: 2026-03-12\nsubject: Soup\n---\nAll is well.\n"


def mails(settings: str = SETTINGS, head: str = "", name: str = "2026-w11.md") -> dict[str, Message]:
    """The mails of a newsroom's only edition, by language."""
    ready = prepared(
        sources(editions={name: EDITION.replace("subject", f"{head}subject")}, settings=settings)
    )
    assert ready.problems == ()
    (edition,) = ready.library.editions
    messages, problems = compose(edition, ready, desk())
    assert problems == ()
    return {one.lang: one for one in messages}


def list_of(settings: str = SETTINGS, language: str = "fa") -> MailingList:
    found = mails(settings)[language].mailing_list
    assert found
    return found


def with_digest(**more: str) -> str:
    keys = "".join(f", {key}: '{value}'" for key, value in more.items())
    return SETTINGS.replace("{from: light@light.example}", "{from: light@light.example" + keys + "}")


def test_what_is_not_set_follows_from_what_is():
    assert list_of() == MailingList(
        id="weekly.fa.light.example",
        name="The Light, فارسی",
        archive="https://light.example/fa/editions/index.html",
        help="https://light.example/fa/about.html",
        owner="mailto:light@light.example",
        unsubscribe=("mailto:light@light.example?subject=unsubscribe-weekly.fa",),
    )


def test_what_is_set_is_said():
    settings = with_digest(
        list="dock",
        reply_to="Us <us@light.example>",
        unsubscribe="off@light.example",
        unsubscribe_url="https://light.example/off/{reader}",
        help="https://help.example/",
    )
    found = list_of(settings, "en")
    assert found.id == "dock.en.light.example"
    assert found.owner == "mailto:us@light.example"
    assert found.help == "https://help.example/"
    assert found.unsubscribe == (
        f"https://light.example/off/{READER}",
        "mailto:off@light.example?subject=unsubscribe-dock.en",
    )
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in encode(mails(settings)["en"])
    assert list_of(with_digest(help="us@light.example")).help == "mailto:us@light.example"


@pytest.mark.parametrize(
    ("contact", "owner"),
    [
        ("privacy@light.example", "privacy@light.example"),
        ("extension 1234, or room 5", "light@light.example"),
        ("write to hr@light.example", "light@light.example"),
        ("γράψτε@φως..example", "light@light.example"),
    ],
)
def test_somebody_always_answers_for_the_list(contact: str, owner: str):
    settings = f"{SETTINGS}privacy: {{contact: '{contact}'}}\n"
    assert list_of(settings).owner == f"mailto:{owner}"


def test_a_newsletter_in_one_language_goes_by_its_title_alone():
    settings = SETTINGS.replace("[en, fa]", "[fa]")
    assert list_of(settings).name == "چراغ"


def test_a_sender_without_a_name_goes_by_the_title_that_readers_know():
    assert {one.sender for one in mails().values()} == {
        "The Light <light@light.example>",
        "چراغ <light@light.example>",
    }
    named = SETTINGS.replace("{from: light@light.example}", "{from: Us <light@light.example>}")
    assert {one.sender for one in mails(named).values()} == {"Us <light@light.example>"}


# ---- ids


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://light.example/", "light.example"),
        ("https://Light.EXAMPLE:8443/", "light.example"),
        ("https://intranet.example/news/light/", "light.news.intranet.example"),
        ("https://intranet.example/news/dock/", "dock.news.intranet.example"),
        ("https://intranet.example/our%20news/v1.2/", "v1-2.our-news.intranet.example"),
        ("https://intranet.example/نور/", "xn--wgb5bg.intranet.example"),
        ("https://مثال.example/", "xn--mgbh0fb.example"),
        ("http://[::1]:8000/", "1"),
        ("http://10.0.0.5/", "10.0.0.5"),
        ("http://localhost/", "localhost"),
    ],
)
def test_two_newsletters_are_never_one(address: str, expected: str):
    ready = prepared(sources(settings=SETTINGS.replace("https://light.example/", address)))
    assert domain(ready.newsroom.settings) == expected


def test_ids_differ_by_language_and_by_nothing_that_changes():
    first, again = mails(), mails()
    assert {one.id for one in first.values()} == {
        "<2026-w11.en@light.example>",
        "<2026-w11.fa@light.example>",
    }
    assert [one.id for one in first.values()] == [one.id for one in again.values()]
    assert len({one.mailing_list for one in first.values()}) == 2


@pytest.mark.parametrize("kind", EditionKind)
def test_mails_of_a_series_refer_to_one_id_and_others_to_none(kind: EditionKind):
    found = mails(head=f"kind: {kind.value}\n")["fa"]
    series = SERIES.get(kind)
    assert found.series == (f"<series.{series}.fa@light.example>" if series else "")
    assert found.series != found.id
    other = mails(head=f"kind: {kind.value}\n", name="2026-w12.md")["fa"]
    assert (other.series, other.id == found.id) == (found.series, False)


def test_what_comes_once_stands_alone():
    assert set(EditionKind) - set(SERIES) == {EditionKind.SPECIAL, EditionKind.YEARBOOK}


# ---- the day


def test_the_day_of_a_mail_is_when_it_is_to_go():
    planned = mails(head="send_at: 2026-03-12 08:40\n")["en"]
    assert planned.date.isoformat() == "2026-03-12T08:40:00+00:00"
    assert mails()["en"].date.isoformat() == "2026-03-12T00:00:00+00:00"
    assert b"\r\nDate: Thu, 12 Mar 2026 08:40:00 +0000\r\n" in encode(planned)

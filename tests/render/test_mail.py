"""An edition as a mail: its text part, its lines, and the bytes that are stored and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from builder.model.message import MailPicture, Message
from builder.render.mail import encode, seen_alone

MESSAGE = Message(
    edition="2026-w11",
    lang="en",
    subject="Eleven minutes",
    sender="The Light <light@example.org>",
    reply_to="stories@example.org",
    date=datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
    id="<2026-w11.en@example.org>",
    text="Hello — all.\n",
    html="<p>Hello — all.</p>\n",
)


def read(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def said(part: object) -> str:
    """A part's words; a mail's lines end with a carriage return."""
    assert isinstance(part, EmailMessage)
    content: str = part.get_content()
    return content.replace("\r\n", "\n").strip("\n")


# ---- bytes


def test_the_same_message_is_the_same_bytes():
    assert encode(MESSAGE) == encode(replace(MESSAGE))
    assert encode(MESSAGE) != encode(replace(MESSAGE, text="Hello.\n"))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "lang": "fa",
            "subject": "یازده دقیقه " * 12,
            "text": "سلام " * 400,
            "html": "<p>" + "سلام " * 900 + "</p>",
        },
        {
            "lang": "el",
            "subject": "Έντεκα λεπτά",
            "text": "Γεια " * 400,
            "html": "<p>" + "Γεια" * 900 + "</p>",
        },
        {"text": "x" * 3000, "html": "<p>" + "y" * 3000 + "</p>"},
        {"text": ".\n..\nFrom me\n \n=\n", "html": "<p>.</p>\n.\n"},
        {"sender": "چراغ بندر <light@example.org>"},
        {"sender": '"Light, The" <light@example.org>'},
        {"reply_to": ""},
        {"id": "<2026-" + "w" * 120 + ".en@example.org>"},
        {"subject": "\u2068Ράνια\u2069 and the ‘lift’"},
    ],
    ids=lambda changes: "-".join(changes) or "plain",
)
def test_a_mail_is_ascii_in_short_lines_and_reads_back_without_a_fault(changes: dict[str, str]):
    message = replace(MESSAGE, **changes)  # type: ignore[arg-type]
    data = encode(message)
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    mail = read(data)
    parts = list(mail.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part in (mail, *parts):
        assert part.defects == []
        for name, value in part.items():
            assert getattr(value, "defects", ()) == (), name
        assert part["Content-Language"] == message.lang
    assert mail["Subject"].strip() == message.subject.strip()
    assert mail["Message-ID"] == message.id
    assert mail["Date"].datetime == message.date
    assert mail["Reply-To"] == (message.reply_to or None)
    assert str(mail["From"].addresses[0].addr_spec) == "light@example.org"
    assert [said(part) for part in parts] == [message.text.strip("\n"), message.html.strip("\n")]


def test_nothing_in_a_mail_can_pass_for_the_end_of_a_part():
    first = encode(MESSAGE)
    boundary = read(first).get_boundary()
    forged = replace(MESSAGE, text=f"--{boundary}--\n")
    assert len(list(read(encode(forged)).iter_parts())) == 2


def test_a_picture_travels_with_the_words_that_call_it():
    picture = MailPicture(
        name="0f@newsletter.invalid", file="nps.png", data=b"\x89PNG\r\n" + bytes(range(256)) * 20
    )
    message = replace(
        MESSAGE, html='<p><img src="cid:0f@newsletter.invalid" alt="62"></p>', pictures=(picture,)
    )
    data = encode(message)
    assert data == encode(replace(message))
    assert data.isascii()
    assert b"Content-ID: <0f@newsletter.invalid>\r\n" in data, (
        "on one line: some programs do not look on the next"
    )
    mail = read(data)
    text, whole = mail.iter_parts()
    assert isinstance(whole, EmailMessage)
    html, enclosed = whole.iter_parts()
    assert isinstance(enclosed, EmailMessage)
    assert [one.get_content_type() for one in (text, whole, html, enclosed)] == [
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    assert enclosed.get_content() == picture.data
    assert enclosed.get_content_disposition() == "inline"
    assert whole.get_boundary() != mail.get_boundary()
    assert said(html) == message.html
    alone = seen_alone(message)
    assert "cid:" not in alone
    assert 'src="data:image/png;base64,' in alone

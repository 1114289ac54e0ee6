"""A message as the bytes that are stored and sent, and one reader's copy of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given

from builder.model.message import READER, Label, MailingList, MailPicture, Message
from builder.render.header_fields import one_line
from builder.render.message import NOBODY, addressed, encode, seen_alone
from tests.render.test_header_fields import ANY_WORDS

LIST = MailingList(
    id="weekly.en.light.example.org",
    name="The Light, English",
    archive="https://light.example.org/en/editions/index.html",
    help="https://light.example.org/en/about.html",
    owner="mailto:stories@example.org",
    unsubscribe=("mailto:stories@example.org?subject=unsubscribe-weekly.en",),
)
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
    mailing_list=LIST,
    series="<series.weekly.en@example.org>",
)
CLICK = f"https://light.example.org/off/{READER}?list=weekly.en"
PICTURE = MailPicture(
    name="0f@newsletter.invalid", file="nps.png", data=b"\x89PNG\r\n" + bytes(range(256)) * 20
)
PICTURED = replace(MESSAGE, html='<p><img src="cid:0f@newsletter.invalid" alt="62"></p>', pictures=(PICTURE,))


def read(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def said(part: object) -> str:
    """A part's words; a mail's lines end with a carriage return."""
    assert isinstance(part, EmailMessage)
    content: str = part.get_content()
    return content.replace("\r\n", "\n").strip("\n")


def head(data: bytes) -> str:
    return data.partition(b"\r\n\r\n")[0].decode("ascii")


def sound(data: bytes) -> EmailMessage:
    """The mail, read: ASCII, in lines that any server takes, and without a fault in any part."""
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    bare = data.replace(b"\r\n", b"")
    assert b"\n" not in bare
    assert b"\r" not in bare
    mail = read(data)
    for part in mail.walk():
        assert part.defects == []
        assert [name for name, value in part.items() if getattr(value, "defects", ())] == []
    return mail


# ---- the whole


def test_a_mail_begins_so():
    """Every header field, to be looked at: what is new here is sent to everybody."""
    clickable = replace(MESSAGE, mailing_list=replace(LIST, unsubscribe=(CLICK, *LIST.unsubscribe)))
    data = encode(clickable)
    boundary = read(data).get_boundary()
    assert head(data).split("\r\n") == [
        "To: undisclosed-recipients:;",
        "Message-ID: <2026-w11.en@example.org>",
        "Date: Thu, 12 Mar 2026 09:00:00 +0000",
        "List-Unsubscribe: <https://light.example.org/off/%7Breader%7D?list=weekly.en>,",
        " <mailto:stories@example.org?subject=unsubscribe-weekly.en>",
        "From: The Light <light@example.org>",
        "Reply-To: stories@example.org",
        "Subject: Eleven minutes",
        "References: <series.weekly.en@example.org>",
        'List-Id: "The Light, English" <weekly.en.light.example.org>',
        "List-Archive: <https://light.example.org/en/editions/index.html>",
        "List-Help: <https://light.example.org/en/about.html>",
        "List-Owner: <mailto:stories@example.org>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;",
        f' boundary="{boundary}"',
        "Content-Language: en",
    ]


@pytest.mark.parametrize(
    ("unsubscribe", "click"),
    [
        ((), False),
        (LIST.unsubscribe, False),
        (("https://light.example.org/off", *LIST.unsubscribe), False),
        ((CLICK, *LIST.unsubscribe), True),
        ((f"mailto:off+{READER}@example.org",), False),
    ],
)
def test_a_click_takes_off_the_list_only_where_the_address_says_whom(
    unsubscribe: tuple[str, ...], click: bool
):
    mail = read(encode(replace(MESSAGE, mailing_list=replace(LIST, unsubscribe=unsubscribe))))
    assert (mail["List-Unsubscribe-Post"] is not None) == click
    assert (mail["List-Unsubscribe"] is not None) == bool(unsubscribe)


def test_what_is_not_known_is_left_out():
    bare = replace(MESSAGE, mailing_list=None, series="", reply_to="")
    names = [name for name in read(encode(bare)) if name.startswith("List-")]
    assert names == []
    assert "References" not in read(encode(bare))
    unhelpful = replace(MESSAGE, mailing_list=MailingList(id="weekly.en.example", name=""))
    assert [name for name in read(encode(unhelpful)) if name.startswith("List-")] == ["List-Id"]


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
    mail = sound(encode(message))
    parts = list(mail.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part in (mail, *parts):
        assert part["Content-Language"] == message.lang
    assert mail["Subject"].strip() == message.subject.strip()
    assert mail["Message-ID"] == message.id
    assert mail["Date"].datetime == message.date
    assert mail["Reply-To"] == (message.reply_to or None)
    assert str(mail["From"].addresses[0].addr_spec) == "light@example.org"
    assert [said(part) for part in parts] == [message.text.strip("\n"), message.html.strip("\n")]


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("en", "quoted-printable"), ("ms", "quoted-printable"), ("fa", "base64"), ("el", "base64")],
)
def test_letters_that_are_not_latin_travel_in_base64(language: str, encoding: str):
    text, html = read(encode(replace(MESSAGE, lang=language))).iter_parts()
    for part in (text, html):
        assert part["Content-Transfer-Encoding"] == encoding
        assert part.get_content_charset() == "utf-8"


@given(ANY_WORDS, ANY_WORDS, ANY_WORDS)
@example("a\r\nBcc: x@y.example\r\n\r\nbody", 'b"\r\nX: 1', "\r\n.\r\n--=_\r\nFrom x\r\n")
def test_no_words_break_out_of_where_they_stand(subject: str, name: str, body: str):
    """Whatever an editor wrote is a value of its own field, or a part's text, and nothing else."""
    shown = one_line(name.replace("<", "").replace(">", ""))
    body = re.sub("[\ud800-\udfff]", "", body)
    message = replace(MESSAGE, subject=subject, sender=f"{shown} <light@example.org>", text=body, html=body)
    for language in ("en", "fa"):
        data = encode(replace(message, lang=language))
        mail = sound(data)
        assert mail.keys() == read(encode(MESSAGE)).keys()
        assert str(mail["Subject"]) == one_line(subject)
        assert [one.addr_spec for one in mail["From"].addresses] == ["light@example.org"]
        parts = list(mail.iter_parts())
        assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
        for part in parts:
            content: str = part.get_content()
            assert "".join(content.split()) == "".join(body.split())


def test_nothing_in_a_mail_can_pass_for_the_end_of_a_part():
    first = encode(MESSAGE)
    boundary = read(first).get_boundary()
    forged = replace(MESSAGE, text=f"--{boundary}--\n")
    assert len(list(read(encode(forged)).iter_parts())) == 2


# ---- pictures


def test_a_picture_travels_with_the_words_that_call_it():
    data = encode(PICTURED)
    assert data == encode(replace(PICTURED))
    assert b"Content-ID: <0f@newsletter.invalid>\r\n" in data, (
        "on one line: some programs do not look on the next"
    )
    mail = sound(data)
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
    assert whole["Content-Type"].params["type"] == "text/html"
    assert enclosed.get_content() == PICTURE.data
    assert enclosed.get_content_disposition() == "inline"
    assert whole.get_boundary() != mail.get_boundary()
    assert [part["Content-Language"] for part in mail.walk()] == ["en"] * 5
    assert said(html) == PICTURED.html
    alone = seen_alone(PICTURED)
    assert "cid:" not in alone
    assert 'src="data:image/png;base64,' in alone


@pytest.mark.parametrize("length", [78, 200, 500])
def test_a_picture_is_found_by_a_name_of_any_length(length: int):
    named = replace(PICTURE, name="f" * (length - 20) + "@newsletter.invalid")
    assert f"\r\nContent-ID: <{named.name}>\r\n".encode() in encode(replace(PICTURED, pictures=(named,)))


# ---- one reader's copy

LATER = datetime(2026, 3, 12, 14, 33, 20, tzinfo=timezone(timedelta(hours=3, minutes=30)))
RANIA = Label(
    to="رانیا بطرس <rania@example.org>", id="<2026-w11.en.k3Jx@example.org>", date=LATER, reader="k3Jx"
)


@pytest.mark.parametrize("message", [MESSAGE, PICTURED, replace(MESSAGE, mailing_list=None)])
def test_a_copy_is_the_same_mail_but_for_whom_it_is_for(message: Message):
    data = encode(message)
    copy = addressed(data, RANIA)
    mail = sound(copy)
    assert mail["To"].addresses[0].display_name == "رانیا بطرس"
    assert mail["To"].addresses[0].addr_spec == "rania@example.org"
    assert (mail["Message-ID"], mail["Date"].datetime) == (RANIA.id, LATER)
    assert mail.keys() == read(data).keys()
    assert copy.partition(b"\r\nFrom: ")[2] == data.partition(b"\r\nFrom: ")[2]
    assert NOBODY.encode() not in copy


def test_each_reader_has_an_address_of_their_own_that_takes_them_off():
    clickable = replace(MESSAGE, mailing_list=replace(LIST, unsubscribe=(CLICK, *LIST.unsubscribe)))
    copy = addressed(encode(clickable), RANIA)
    assert (
        b"List-Unsubscribe: <https://light.example.org/off/k3Jx?list=weekly.en>,\r\n"
        b" <mailto:stories@example.org?subject=unsubscribe-weekly.en>\r\n"
    ) in copy
    assert READER.encode() not in copy


def test_words_of_a_mail_are_no_place_to_write_an_address():
    """What looks like a field or a mark in the words of a mail stays as it was written."""
    trap = f"List-Unsubscribe: <https://x.example/{READER}>\nFrom: me\nTo: {NOBODY}\n"
    message = replace(MESSAGE, subject=f"From: {READER}", text=trap, html=f"<p>{trap}</p>", mailing_list=LIST)
    copy = addressed(encode(message), RANIA)
    text, html = read(copy).iter_parts()
    assert said(text) == trap.strip()
    assert trap.strip() in said(html)
    assert read(copy)["Subject"] == f"From: {READER}"


@given(ANY_WORDS)
@example("Rania\r\nBcc: all@example.org")
def test_a_readers_name_is_a_name_and_no_field(name: str):
    to = f"{one_line(name.replace('<', '').replace('>', ''))} <rania@example.org>"
    mail = sound(addressed(encode(MESSAGE), replace(RANIA, to=to)))
    assert mail.keys() == read(encode(MESSAGE)).keys()
    assert [one.addr_spec for one in mail["To"].addresses] == ["rania@example.org"]


@pytest.mark.parametrize(
    "changes",
    [{"id": "<a@b>\r\nBcc: all@example.org"}, {"reader": "x>\r\nBcc: all@example.org"}],
)
def test_nothing_that_is_written_on_a_label_begins_a_field(changes: dict[str, Any]):
    clickable = replace(MESSAGE, mailing_list=replace(LIST, unsubscribe=(CLICK,)))
    copy = addressed(encode(clickable), replace(RANIA, **changes))
    assert read(copy)["Bcc"] is None

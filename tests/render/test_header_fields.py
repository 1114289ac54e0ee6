"""Header fields as bytes: what the library's parser shows is not what a mail program gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.render.header_fields import (
    Field,
    addresses,
    exact,
    list_id,
    mailbox,
    moment,
    one_line,
    split_mailbox,
    text,
)

ANY_WORDS = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")),
        st.sampled_from('abc  \r\n\t=?_"\\<>@,;:()чراغφώ\u200c\u2067\u2069👩🏽‍⚕️'),
    ),
    max_size=300,
)


def wire(field: Field) -> bytes:
    return field.fold().encode("ascii")


def lines(field: Field) -> list[str]:
    folded = field.fold()
    assert folded.endswith("\r\n")
    assert "\r" not in folded.replace("\r\n", "")
    assert "\n" not in folded.replace("\r\n", "")
    return folded.removesuffix("\r\n").split("\r\n")


def unfolded(field: Field) -> str:
    return wire(field).decode().removesuffix("\r\n").replace("\r\n", "").partition(": ")[2]


def decoded(field: Field) -> str:
    """The value as RFC 2047 has it read."""
    return str(make_header(decode_header(unfolded(field))))


def sound(field: Field, *, longest: int = 78) -> None:
    """One field and no more, in lines that are short, none empty, and in encoded-words as they may be."""
    first, *more = lines(field)
    assert first.startswith(f"{field.name}: ")
    assert all(re.match(r" [^ ]", line) for line in more)
    assert all(len(line) <= longest for line in (first, *more))
    for line in (first, *more):
        found = re.findall(r"=\?utf-8\?[bq]\?[^? ]*\?=", line)
        assert all(len(word) <= 75 for word in found)
        assert not found or len(line) <= max(76, longest - 2)
    mail = message_from_bytes(wire(field) + b"\r\n", policy=policy.default)
    assert mail.keys() == [field.name]
    assert mail.defects == []
    assert getattr(mail[field.name], "defects", ()) == ()


# ---- words


@pytest.mark.parametrize(
    ("value", "bytes_"),
    [
        ("Eleven minutes", b"Subject: Eleven minutes\r\n"),
        (
            "\u200f" + "چراغ",
            b"Subject: =?utf-8?b?4oCP2obYsdin2Lo=?=\r\n",
        ),
        ("Café at two", b"Subject: =?utf-8?q?Caf=C3=A9_at_two?=\r\n"),
        ("What =?utf-8?q?is?= this", b"Subject: =?utf-8?b?V2hhdCA9P3V0Zi04P3E/aXM/PSB0aGlz?=\r\n"),
        ("Lamp\r\nBcc: all@example.org", b"Subject: Lamp Bcc: all@example.org\r\n"),
        (
            "word " * 20,
            b"Subject: " + b" ".join([b"word"] * 13) + b" word\r\n " + b" ".join([b"word"] * 6) + b"\r\n",
        ),
        ("", b"Subject: \r\n"),
    ],
)
def test_a_subject_is_written_so(value: str, bytes_: bytes):
    assert wire(text("Subject", value)) == bytes_


@given(ANY_WORDS)
@example("x" * 300)
@example("یازده دقیقه " * 20)
@example("Έντεκα λεπτά στο λιμάνι " * 9)
@example("a\u0301" * 60)
@example("\udc80")
@example("\u2067فارسی\u2069 and the ‘lift’")
@example("=?utf-8?q?=0D=0AX-Bad:_1?=")
def test_any_words_are_one_field_and_read_back_as_they_were(value: str):
    field = text("Subject", value)
    sound(field)
    assert decoded(field) == one_line(value)
    mail = message_from_bytes(wire(field) + b"\r\n", policy=policy.default)
    assert str(mail["Subject"]) == one_line(value)


@given(ANY_WORDS)
def test_one_line_is_one_line_and_leaves_letters_alone(value: str):
    line = one_line(value)
    assert line == one_line(line)
    assert len(line.splitlines()) <= 1
    kept = [one for one in value if one.isalnum() or one in "\u200c\u2067\u2069"]
    assert [one for one in line if one.isalnum() or one in "\u200c\u2067\u2069"] == kept


def test_a_letter_is_never_cut_in_two():
    for length in range(1, 90):
        for line in lines(text("Subject", "ш" * length + "👩" * 30)):
            for _, words in re.findall(r"=\?utf-8\?([bq])\?(.*?)\?=", line):
                assert words
            assert str(make_header(decode_header(line.partition(": ")[2] or line.strip())))


# ---- mailboxes


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("light@example.org", "light@example.org"),
        ("<light@example.org>", "light@example.org"),
        ("The Light <light@example.org>", "The Light <light@example.org>"),
        ('"Light, The" <light@example.org>', '"Light, The" <light@example.org>'),
        (r'"The \"Light\"" <light@example.org>', r'"The \"Light\"" <light@example.org>'),
        ("St. Mary (the Light) <light@example.org>", '"St. Mary (the Light)" <light@example.org>'),
        ("چراغ <light@example.org>", "=?utf-8?b?2obYsdin2Lo=?= <light@example.org>"),
        ("Φως <light@παράδειγμα.example>", "=?utf-8?b?zqbPic+C?= <light@xn--hxajbheg2az3al.example>"),
        ("Light <light@Example.ORG>", "Light <light@example.org>"),
        ("A\r\nBcc: b@c <light@example.org>", '"A Bcc: b@c" <light@example.org>'),
        ("=?utf-8?q?x?= <light@example.org>", "=?utf-8?b?PT91dGYtOD9xP3g/PQ==?= <light@example.org>"),
    ],
)
def test_a_mailbox_is_written_so(value: str, written: str):
    assert unfolded(mailbox("From", value)) == written
    sound(mailbox("From", value))


@given(ANY_WORDS, st.sampled_from([17, 78, 200, 500]))
@example("Το Φως του Λιμανιού και όσα κάνουμε για όποιον περνά την πόρτα μας", 78)
@example('a"b\\', 17)
@example("\\" * 40, 17)
@example("word " * 30, 500)
def test_any_name_is_shown_as_it_is_and_the_address_is_whole(name: str, length: int):
    address = "x" * (length - 12) + "@example.org"
    shown = one_line(name.replace("<", "").replace(">", ""))
    value = f"{shown} <{address}>"
    field = mailbox("From", value)
    sound(field, longest=max(78, len("From: ") + length))
    assert address in wire(field).decode()
    read = message_from_bytes(wire(field) + b"\r\n", policy=policy.default)["From"]
    (one,) = read.addresses
    assert one.addr_spec == address
    wanted = split_mailbox(value)[0]
    phrase = unfolded(field).removesuffix(f"<{address}>").strip() if wanted else ""
    if "=?" in phrase:
        assert str(make_header(decode_header(phrase))) == wanted
    if phrase.count("=?") < 2:  # between two of them the library's parser puts a space that is not there
        assert one.display_name.split() == wanted.split()  # and of several spaces it makes one


# ---- addresses


@pytest.mark.parametrize("length", [20, 76, 77, 78, 79, 200, 500, 900])
@pytest.mark.parametrize("name", ["List-Unsubscribe", "List-Archive", "List-Help", "List-Owner"])
def test_an_address_is_never_encoded_and_never_broken(name: str, length: int):
    """The raw bytes, for a parser puts together again what a mail program does not."""
    uri = "https://light.example/" + "x" * (length - 22)
    assert wire(addresses(name, (uri,))) == f"{name}: <{uri}>\r\n".encode()
    mail = EmailMessage(policy=policy.SMTP)
    mail[name] = addresses(name, (uri,))
    mail.set_content("x")
    assert f"{name}: <{uri}>\r\n".encode() in mail.as_bytes()


@pytest.mark.parametrize("length", [78, 200, 500])
def test_the_librarys_own_way_breaks_an_address_of_that_length(length: int):
    """Why `Field` is there. When this fails, the library does it, and `Field` may go."""
    uri = "https://light.example/" + "x" * (length - 22)
    mail = EmailMessage(policy=policy.SMTP)
    mail["List-Unsubscribe"] = f"<{uri}>"
    assert uri.encode() not in mail.as_bytes()


@pytest.mark.parametrize("length", [78, 200, 500])
def test_ids_are_whole_on_one_line(length: int):
    id = f"<{'w' * (length - 14)}@example.org>"
    for name in ("Message-ID", "References", "Content-ID"):
        assert wire(exact(name, id)) == f"{name}: {id}\r\n".encode()
    assert id in lines(list_id("List-Id", "چراغ بندر " * 9, id.strip("<>")))[-1]


def test_addresses_that_do_not_stand_on_one_line_stand_one_to_a_line():
    page, mail = "https://light.example.org/off/" + "7" * 40, "mailto:light@example.org?subject=off"
    assert lines(addresses("List-Unsubscribe", (page, mail))) == [
        f"List-Unsubscribe: <{page}>,",
        f" <{mail}>",
    ]
    assert lines(addresses("List-Unsubscribe", ("https://a.example/", "mailto:a@b.example"))) == [
        "List-Unsubscribe: <https://a.example/>, <mailto:a@b.example>"
    ]


# ---- lists and days


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("", "<weekly.fa.light.example>"),
        ("The Light", "The Light <weekly.fa.light.example>"),
        ("The Light, English", '"The Light, English" <weekly.fa.light.example>'),
        (
            "The Harbour Light, فارسی",
            "=?utf-8?b?VGhlIEhhcmJvdXIgTGlnaHQsINmB2KfYsdiz24w=?= <weekly.fa.light.example>",
        ),
    ],
)
def test_a_list_has_a_name_and_an_id(shown: str, written: str):
    field = list_id("List-Id", shown, "weekly.fa.light.example")
    sound(field)
    assert unfolded(field) == written


def test_a_moment_keeps_its_offset():
    assert wire(moment("Date", datetime(2026, 3, 12, 9, 0, tzinfo=UTC))) == (
        b"Date: Thu, 12 Mar 2026 09:00:00 +0000\r\n"
    )

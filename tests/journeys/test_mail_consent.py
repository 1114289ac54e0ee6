"""Somebody who allows their name on the site and not in mail stands in no part of any mail: not in headers, text, HTML, alt
texts, pictures or their metadata, nor in the name of any file.

Beside them stands a colleague who allows mail, referred to in all the same places: so each search is known to find what is there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.newsroom import Newsroom, dump, everything, newsroom, person, picture, where

NOW = "2026-03-12T09:00"
YES = {"form": "full", "date": "2026-01-01"}
EVERYWHERE = dict.fromkeys(("site", "email", "print", "public"), YES)
LANGUAGES = ("en", "fa", "el", "ms")
TEAL, NAVY = (0, 128, 128), (0, 0, 128)

UNNAMED_IN_MAIL = person(
    "p-1",
    "Zaquvi Xokewy",
    "Zaquvi",
    names={
        "latin": {
            "full": "Zaquvi Xokewy",
            "first": "Zaquvi",
            "initials": "Zq. X.",
            "cases": {"gen": {"full": "Zaquvija Xokewya", "first": "Zaquvija"}},
        },
        "arabic": {
            "full": "ژقوغث ضچذظ",
            "first": "ژقوغث",
            "initials": "ژق. ض.",
            "cases": {"gen": {"full": "ژقوغثِ ضچذظی", "first": "ژقوغثِ"}},
        },
    },
    consent={channel: yes for channel, yes in EVERYWHERE.items() if channel != "email"},
)
NAMED_IN_MAIL = person(
    "p-2",
    "Jofuke Wyvizu",
    "Jofuke",
    names={
        "latin": {
            "full": "Jofuke Wyvizu",
            "first": "Jofuke",
            "initials": "Jf. W.",
            "cases": {"gen": {"full": "Jofukeja Wyvizua", "first": "Jofukeja"}},
        },
        "arabic": {
            "full": "گشحطص غپخپ",
            "first": "گشحطص",
            "initials": "گش. غ.",
            "cases": {"gen": {"full": "گشحطصِ غپخپی", "first": "گشحطصِ"}},
        },
    },
)


def words_of(record: Mapping[str, Any]) -> list[str]:
    """Every word of a name, in each form, script and case."""
    return sorted(
        {
            word
            for name in record["names"].values()
            for forms in (name, *name.get("cases", {}).values())
            for form in ("full", "first", "initials")
            for word in forms.get(form, "").split()
            if len(word) > 2
        }
    )


def told(who: str, phrase: str, case: str = "") -> str:
    return f"[*](@{who}{case} '{phrase}')"


def said(language: str, place: str) -> str:
    """A sentence of a place that refers to both, and tells where it stood."""
    one, other = ("a nurse", "a cook") if language != "fa" else ("پرستاری", "آشپزی")
    return f"{place}: {told('p-1', one)} {told('p-1', one, ':gen')} {told('p-2', other)} {told('p-2', other, ':gen')}."


def in_each(place: str) -> dict[str, str]:
    return {language: said(language, f"{place}-{language}") for language in ("en", "fa")}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A newsroom that refers to both in every place that a mail could take words or pictures from."""
    room = newsroom(tmp_path_factory.mktemp("mail"))
    room.people(UNNAMED_IN_MAIL, NAMED_IN_MAIL)
    for who, colour in (("p-1", "teal"), ("p-2", "navy")):
        room.write(f"2026/of-{who}.jpg", picture(colour, size=(900, 600)))
    for name, who in (("night", "p-1"), ("day", "p-2")):
        for language, suffix in (("en", ""), ("fa", ".fa")):
            room.story(
                f"{name}{suffix}",
                said(language, "body") + f"\n\n![{said(language, 'alt')}](of-{who}.jpg)",
                title=said(language, "title"),
                summary=said(language, "summary"),
                why_it_matters=said(language, "why"),
                what_changed=said(language, "changed"),
                picture={
                    "file": f"of-{who}.jpg",
                    "alt": said(language, "alt"),
                    "credit": said(language, "credit"),
                    "shows": [who],
                },
                **(
                    {"date": "2026-03-10", "kind": "heroic", "heroes": ["p-1", "p-2"], "by": who}
                    if not suffix
                    else {}
                ),
            )
    for language, suffix in (("en", ""), ("fa", ".fa")):
        for id, date in (("2026-w10", "2026-03-05"), ("2026-w11", "2026-03-12")):
            room.edition(
                f"{id}{suffix}",
                said(language, "opening"),
                subject=said(language, "subject"),
                preheader=said(language, "preheader"),
                **({"date": date, "stories": ["night", "day"]} if not suffix else {}),
            )
    room.write(
        "voices/warm.yaml",
        dump(
            {
                "kind": "praise",
                "received": "2026-03-06",
                "text": in_each("voice"),
                "who": in_each("who"),
                "about": ["p-1", "p-2"],
                "permission": {"channels": ["site", "email"], "date": "2026-03-07"},
            }
        ),
    )
    room.write(
        "commitments/deed.yaml",
        dump(
            {
                "from": {"meeting": in_each("meeting")},
                "said": in_each("heard"),
                "did": in_each("did"),
                "result": in_each("result"),
                "owner": "ward",
                "due": "2026-03-08",
                "done": "2026-03-08",
            }
        ),
    )
    room.write(
        "corrections/one.yaml",
        dump({"edition": "2026-w10", "date": "2026-03-06", "reason": in_each("reason")}),
    )
    ran = room.build(now=NOW)
    assert ran.code == 0, ran.err
    for edition in ("2026-w10", "2026-w11"):
        ran = room.run("digest", "--edition", edition, now=NOW)
        assert ran.code == 0, ran.err
        shelf = room.folder / "mails" / edition
        shelf.parent.mkdir(exist_ok=True)
        room.outbox.rename(shelf)
    return room


def shelves(room: Newsroom) -> Path:
    return room.folder / "mails"


def mails(room: Newsroom) -> Iterator[tuple[str, EmailMessage]]:
    for path in sorted(shelves(room).rglob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        yield path.name, mail


def test_the_site_names_them_and_the_mails_name_the_other(room: Newsroom):
    site, outbox = everything(room.site), everything(shelves(room))
    for word in ("Zaquvi", "Zaquvija", "ژقوغث"):
        assert where(word, site) != [], word
    for word in ("Jofuke", "Jofukeja", "Wyvizu", "گشحطص"):
        assert where(word, site) != [], word
        assert where(word, outbox) != [], word


def test_each_edition_is_in_each_language(room: Newsroom):
    assert [name for name, _ in mails(room)] == [
        f"{edition}.{language}.eml" for edition in ("2026-w10", "2026-w11") for language in sorted(LANGUAGES)
    ]


@pytest.mark.parametrize("word", words_of(UNNAMED_IN_MAIL))
def test_no_part_of_any_mail_says_a_word_of_their_name(room: Newsroom, word: str):
    assert where(word, everything(shelves(room))) == []


def test_every_place_was_there_to_say_it(room: Newsroom):
    """The words around each reference are in the mail, so that what was looked for could have stood there."""
    says = everything(shelves(room))
    english = "mails/2026-w11/2026-w11.en.eml"
    persian = "mails/2026-w11/2026-w11.fa.eml"
    for place in ("subject", "preheader", "opening", "title", "summary", "why"):
        for address in (english, persian):
            assert where(f"{place}:", {address: says[address]}) != [], (place, address)
    for place in ("voice-en", "did-en", "heard-en", "reason-en"):
        assert where(f"{place}:", {english: says[english]}) != [], place


def test_headers_are_read_as_programs_read_them(room: Newsroom):
    words = words_of(UNNAMED_IN_MAIL)
    subjects = []
    for name, mail in mails(room):
        for part in mail.walk():
            for header, value in part.items():
                assert not any(word in str(value) for word in words), (name, header)
        subjects.append(str(mail["Subject"]))
    assert any("Jofuke" in subject for subject in subjects)
    assert any("a nurse" in subject for subject in subjects)


def test_pictures_bring_no_name_no_face_and_no_metadata(room: Newsroom):
    words = words_of(UNNAMED_IN_MAIL)
    for name, mail in mails(room):
        for part in mail.walk():
            if part.get_content_maintype() != "image":
                continue
            told = f"{part.get_filename()} {part['Content-ID']} {part['Content-Type']}"
            assert not any(word in told for word in words)
            assert "p-1" not in told, (name, told)
            shown = Image.open(io.BytesIO(part.get_content()))
            assert dict(shown.getexif()) == {}
            assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp", "Author", "Description"} & set(
                shown.info
            )
            assert not is_of(shown, TEAL), name


def is_of(shown: Image.Image, colour: tuple[int, int, int]) -> bool:
    """Whether a picture is the plain one of this colour, however it was re-encoded."""
    small = shown.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(small, tuple)
    return all(abs(one - other) < 12 for one, other in zip(small, colour, strict=True))


def test_a_face_is_told_from_any_other_picture():
    assert is_of(Image.open(io.BytesIO(picture("teal"))), TEAL)
    assert not is_of(Image.open(io.BytesIO(picture("navy"))), TEAL)
    assert is_of(Image.open(io.BytesIO(picture("navy"))), NAVY)


def test_no_file_is_called_after_anybody(room: Newsroom):
    names = [path.name for path in shelves(room).rglob("*")]
    assert not any(word.casefold() in name.casefold() for name in names for word in words_of(UNNAMED_IN_MAIL))
    assert not any("p-1" in name for name in names)


def test_the_record_beside_the_mails_knows_no_name_and_not_them(room: Newsroom):
    records = list(shelves(room).rglob(".yearround.json"))
    assert len(records) == 2
    for record in records:
        assert '"p-2"' in record.read_text()
        assert '"p-1"' not in record.read_text()

"""An edition on its way into the outbox: why it holds what it holds, and when there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.newsroom import Newsroom, newsroom, person

MAILS = {f"w11.{language}.{kind}" for language in ("en", "fa", "el", "ms") for kind in ("eml", "html", "txt")}


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = newsroom(tmp_path)
    made.people()
    made.story("bus", kind="heroic", summary="The bus went without her.")
    made.story("pocket", kind="small", date="2026-03-05")
    return made


def mails(room: Newsroom) -> set[str]:
    return {path.name for path in room.outbox.glob("w11.*")} if room.outbox.is_dir() else set()


def test_explaining_says_it_all_and_writes_nothing(room: Newsroom):
    room.edition("w11", "Hello.")
    before = sorted(room.folder.rglob("*"))
    ran = room.run("digest", "--explain")
    assert ran.code == 0, ran.err
    assert "The lead: `bus` (On bus), because of the heroic stories it is the newest" in ran.out
    assert "A small thing: `pocket` (On pocket), because" in ran.out
    assert sorted(room.folder.rglob("*")) == before


def test_what_customers_said_is_explained_under_their_consent_for_mail(room: Newsroom):
    room.edition("w11", "Hello.")
    for name, channels in (("heard", "site, email"), ("not-in-mail", "site")):
        room.write(
            f"voices/{name}.yaml",
            "kind: praise\nreceived: 2026-03-10\ntext: Thank you all.\nlang: en\nwho: a visitor\n"
            f"permission: {{channels: [{channels}], date: 2026-03-10}}\n",
        )
    told = json.loads(room.run("digest", "--explain", "--json").out)
    assert told["voices"] == ["heard"]
    assert "In a customer's words: `heard`, because" in room.run("digest", "--explain").out


def test_explaining_to_programs_is_one_json_object(room: Newsroom):
    room.edition("w11", "Hello.")
    told = json.loads(room.run("digest", "--explain", "--edition", "w11", "--json").out)
    assert (told["edition"], told["fullness"]) == ("w11", "short")
    assert [(one["work"], one["slot"], one["why"]) for one in told["placed"]] == [
        ("bus", "lead", "heroic"),
        ("pocket", "small", "small"),
    ]


def test_a_thin_week_goes_out_and_says_so(room: Newsroom):
    room.edition("w11", "Hello.")
    ran = room.run("digest")
    assert (ran.code, mails(room)) == (0, MAILS)
    assert "A thin time: 2 stories were found, so this is a short edition." in ran.out


def test_a_thin_week_is_none_where_the_newsroom_says_so(room: Newsroom):
    room.settings(digest={"from": "The Light <light@example.org>", "thin": "none"})
    room.edition("w11", "Hello.")
    ran = room.run("digest")
    assert (ran.code, mails(room)) == (0, set())
    assert "A thin time: 2 stories were found for edition w11, so there is none" in ran.out
    assert "No digest was written." in ran.out
    told = json.loads(room.run("digest", "--json").out)
    assert (told["written"], told["note"].split(",")[0]) == (
        False,
        "A thin time: 2 stories were found for edition w11",
    )


def test_the_front_page_goes_on_showing_the_edition_before_one_that_is_none(room: Newsroom):
    room.settings(digest={"from": "The Light <light@example.org>", "thin": "none"})
    room.edition("w10", date="2026-03-08", stories=["bus"], subject="The bus")
    room.edition("w11", "Hello.", subject="Nothing much")
    assert room.build().code == 0
    home = (room.site / "en" / "index.html").read_text("utf-8")
    assert "The bus" in home
    assert "Nothing much" not in home


def test_a_place_left_empty_keeps_the_mail_back_and_not_the_site(room: Newsroom):
    room.edition("w11", kind="special", stories=["bus"], slots=["lead", "behind"])
    ran = room.run("digest")
    assert (ran.code, mails(room)) == (1, set())
    assert "error: stories/editions/w11.md:8:3 [slot-empty]" in ran.err
    built = room.build()
    assert built.code == 0
    assert "warning: stories/editions/w11.md:8:3 [slot-empty]" in built.err
    room.story("night", kind="heroic", customer={"kind": "internal", "as": "a ward"})
    assert (room.run("digest").code, mails(room)) == (0, MAILS)


def test_a_subject_that_a_name_makes_too_long_is_said_of_the_mail(room: Newsroom):
    room.people(person("p-1", "Maximiliana Alexandropoulou-Featherstonehaugh", "Maximiliana"))
    room.edition("w11", stories=["bus"], subject='[*](@p-1 "Somebody") and the bus')
    assert "subject-long" not in room.run("check").err
    assert "with the name in it the subject in `en` has 57 letters" in room.run("digest").err.lower()


def test_what_an_edition_is_about_stands_beside_its_number(room: Newsroom):
    room.edition("w11", kind="special", number=11, theme="Lost buses", stories=["bus"])
    room.edition("w11.fa", theme="اتوبوس‌های گمشده")
    room.good_build()
    texts = {one: (room.outbox / f"w11.{one}.txt").read_text("utf-8") for one in ("en", "fa", "ms")}
    assert "Edition 11 · Lost buses" in texts["en"]
    assert "· اتوبوس‌های گمشده" in texts["fa"]
    assert "Lost buses" not in texts["ms"]

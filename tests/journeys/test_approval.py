"""An editor approves an edition, something changes, and everybody is told that it is not any more what was approved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.newsroom import Newsroom, Ran, dump, everything, newsroom, person, where

ASTRID: Mapping[str, Any] = person("p-1", "Astrid Vanterpool", "Astrid")
BRAM = person("p-2", "Bram Oosterling", "Bram")
BEFORE, AFTER = "2026-03-11T16:00", "2026-03-12T09:00"
METRIC = {
    "name": "Waits",
    "plain_words": "How long.",
    "method": "csat",
    "direction": "up",
    "side": "external",
    "readings": [
        {"period": "2026-01", "counts": {"satisfied": 40, "others": 60}},
        {"period": "2026-02", "counts": {"satisfied": 60, "others": 40}},
    ],
}


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """An edition that goes out tomorrow at 8:40, with a story in two languages and a number."""
    room = newsroom(tmp_path)
    room.settings(languages=["en", "fa"])
    room.people(ASTRID, BRAM)
    room.story("tea", "It was hot.", title="Title of tea", summary='By [*](@p-1 "a nurse").')
    room.story("tea.fa", "داغ بود.", title="چای", summary="چای داغ بود.")
    room.write("metrics/waits.yaml", dump(METRIC))
    room.edition("2026-w11", "Good morning.", subject="Of tea", send_at="2026-03-12T08:40", stories=["tea"])
    return room


def approve(room: Newsroom, *more: str, now: str = BEFORE) -> Ran:
    return room.run("digest", "--approve", "--by", "the editor", *more, now=now)


def approved(room: Newsroom) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((room.folder / "stories/approvals/2026-w11.yaml").read_text())
    return found


def reasons(room: Newsroom, now: str = AFTER) -> list[str]:
    """Why the approval is stale, as programs are told."""
    ran = room.run("digest", "--json", now=now)
    assert ran.code == 0, ran.out
    approval = json.loads(ran.out)["approval"]
    assert approval["state"] == ("stale" if approval["reasons"] else "approved")
    return [one["words"] for one in approval["reasons"]]


def test_an_edition_that_is_to_come_is_approved_as_it_will_be_sent(room: Newsroom):
    ran = approve(room)
    assert ran.code == 0, ran.err
    assert (
        "Edition 2026-w11 in en, fa is approved by the editor, as it will be on 2026-03-12 at 08:40."
        in ran.out
    )
    record = approved(room)
    assert record["by"] == "the editor"
    assert set(record["mails"]) == {"en", "fa"}
    assert list(record["mails"]["en"]["pictures"]) == ["waits.png"]
    assert record["stood_on"]["people"]["p-1"]["form"] == "full"
    assert {"tea/en", "tea/fa", "metric:waits", "edition:2026-w11/en"} <= set(record["stood_on"]["files"])
    assert not room.outbox.exists()
    assert reasons(room) == []
    said = room.run("digest", now=AFTER).out
    assert "Edition 2026-w11 is approved by the editor since 2026-03-11 at 16:00." in said
    assert room.build(now=AFTER).code == 0
    assert room.run("check", "--strict", now=BEFORE).code == 0


def test_it_is_not_approved_before_anybody_did(room: Newsroom):
    said = room.run("digest", now=AFTER)
    assert "Edition 2026-w11 is not approved." in said.out
    assert json.loads(room.run("digest", "--json", now=AFTER).out)["approval"]["state"] == "not approved"


def test_an_approval_says_who_gives_it(room: Newsroom):
    ran = room.run("digest", "--approve", now=BEFORE)
    assert ran.code == 2
    assert "--by NAME" in ran.err
    ran = room.run("digest", "--approve", now=BEFORE, env={"YEARROUND_BY": "desk two"})
    assert ran.code == 0
    assert approved(room)["by"] == "desk two"


def test_who_has_an_id_is_written_by_it_and_no_name_stands_in_the_record(room: Newsroom):
    assert room.run("digest", "--approve", "--by", "bram  oosterling", now=BEFORE).code == 0
    assert approved(room)["by"] == "p-2"
    for name in ("Astrid", "Vanterpool", "Bram", "Oosterling"):
        assert where(name, everything(room.folder / "stories" / "approvals")) == []


def test_approving_again_changes_nothing_until_something_changed(room: Newsroom):
    approve(room)
    file = room.folder / "stories/approvals/2026-w11.yaml"
    before = file.read_bytes()
    again = room.run("digest", "--approve", "--by", "somebody else", now="2026-03-11T17:00")
    assert again.code == 0
    assert "Nothing to do: edition 2026-w11 is approved by the editor since 2026-03-11 at 16:00." in again.out
    assert file.read_bytes() == before
    room.story("tea", "It was hot.", title="Title of the tea", summary='By [*](@p-1 "a nurse").')
    assert room.run("digest", "--approve", "--by", "somebody else", now="2026-03-11T17:00").code == 0
    assert approved(room)["by"] == "somebody else"
    assert reasons(room) == []


def test_a_changed_byte_of_a_story_makes_it_stale(room: Newsroom):
    approve(room)
    room.story("tea", "It was hot!", title="Title of tea!", summary='By [*](@p-1 "a nurse").')
    assert reasons(room) == ["the English text changed", "the story tea changed"]
    said = room.run("digest", now=AFTER).out
    assert "was approved by the editor on 2026-03-11 at 16:00, and is not any more what was approved:" in said
    assert "  the story tea changed" in said
    room.story("tea", "It was hot.", title="Title of tea", summary='By [*](@p-1 "a nurse").')
    assert reasons(room) == []


def test_what_no_reader_of_the_mail_sees_makes_nothing_stale(room: Newsroom):
    approve(room)
    room.story(
        "tea", "It was hot. Very.", title="Title of tea", summary='By [*](@p-1 "a nurse").', tags=["hot"]
    )
    room.story("rain", "It rained.", date="2026-03-12")
    assert reasons(room) == []


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn": "2026-03-10"},
        {"recognition": "private"},
        {"consent": {"site": {"form": "full", "date": "2026-01-01"}}},
    ],
)
def test_a_consent_that_is_withdrawn_makes_it_stale_and_names_the_id(
    room: Newsroom, change: Mapping[str, Any]
):
    approve(room)
    room.people({**ASTRID, **change}, BRAM)
    assert reasons(room) == ["the English text changed", "p-1 may no longer be named in mail"]
    warned = room.run("check", now=BEFORE)
    assert warned.code == 0
    assert "[approval-stale]" in warned.err
    assert "what was approved: p-1 may no longer be named in mail; the English text changed." in warned.err
    assert "Vanterpool" not in warned.err
    assert approve(room).code == 0
    assert reasons(room) == []
    assert "p-1" not in approved(room)["stood_on"]["people"]


def test_a_name_that_is_written_otherwise_makes_it_stale(room: Newsroom):
    approve(room)
    room.people({**ASTRID, **person("p-1", "Astrid van der Pool", "Astrid")}, BRAM)
    assert reasons(room) == ["the English text changed", "the name of p-1 is written otherwise"]


def test_a_number_changes_its_picture(room: Newsroom):
    approve(room)
    readings = [METRIC["readings"][0], {"period": "2026-02", "counts": {"satisfied": 61, "others": 39}}]
    room.write("metrics/waits.yaml", dump({**METRIC, "readings": readings}))
    assert reasons(room) == [
        "the English text changed",
        "a picture changed in the English mail: waits.png",
        "the Persian text changed",
        "a picture changed in the Persian mail: waits.png",
        "the measure waits changed",
    ]


def test_a_sender_changes_headers_alone(room: Newsroom):
    approve(room)
    room.settings(languages=["en", "fa"], digest={"from": "The Lamp <light@example.org>"})
    assert reasons(room) == [
        "the headers of the English mail changed",
        "the headers of the Persian mail changed",
        "the settings (newsletter.yaml) changed",
    ]


def test_a_language_less_is_a_change(room: Newsroom):
    approve(room)
    room.settings(languages=["en"])
    assert "there is no Persian mail any more" in reasons(room)


def test_a_theme_of_ones_own_is_a_change(room: Newsroom):
    approve(room)
    mine = room.folder / "templates" / "words"
    mine.mkdir(parents=True)
    (mine / "en.yaml").write_text("mail:\n  edition: Read it there\n")
    assert reasons(room) == ["the English text changed", "the theme or its words changed"]


def test_the_time_of_day_and_lines_of_another_system_change_nothing(room: Newsroom):
    approve(room)
    for folder in ("2026", "editions", "metrics"):
        for file in (room.folder / "stories" / folder).iterdir():
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert reasons(room, now="2026-03-20T23:59") == []
    tea = room.folder / "stories" / "2026" / "tea.md"
    tea.write_bytes(tea.read_bytes().replace(b"Title of tea", b"Title of the tea"))
    assert reasons(room) == ["the English text changed", "the story tea changed"]


def test_check_warns_only_of_what_is_still_to_go_out(room: Newsroom):
    approve(room)
    room.story("tea", "It was hot.", title="Another title", summary='By [*](@p-1 "a nurse").')
    assert "[approval-stale]" in room.run("check", now=BEFORE).err
    assert "[approval-stale]" not in room.run("check", now=AFTER).err


def test_an_approved_edition_that_is_a_draft_again_is_stale(room: Newsroom):
    approve(room)
    room.edition("2026-w11", "Good morning.", send_at="2026-03-12T08:40", stories=["tea"], status="draft")
    warned = room.run("check", now=BEFORE).err
    assert "its mails cannot be composed" in warned


def test_a_draft_is_refused(room: Newsroom):
    room.edition("2026-w12", date="2026-03-19", status="draft")
    ran = approve(room, "--edition", "2026-w12")
    assert ran.code == 1
    assert "[approval-draft]" in ran.err
    assert not (room.folder / "stories/approvals").exists()


def test_what_has_an_error_is_refused(room: Newsroom):
    room.story("broken", "No date.", date="never")
    ran = approve(room)
    assert ran.code == 1
    assert "Nothing was approved." in ran.out
    assert not (room.folder / "stories/approvals").exists()


def test_the_next_to_go_out_is_approved_unless_one_is_named(room: Newsroom):
    room.edition("2026-w10", date="2026-03-05", stories=["tea"])
    room.edition("2026-w12", date="2026-03-19", stories=["tea"])
    files = room.folder / "stories" / "approvals"
    approve(room)
    approve(room, "--edition", "2026-w10")
    approve(room, now="2026-03-30T09:00")
    assert sorted(one.stem for one in files.iterdir()) == ["2026-w10", "2026-w11", "2026-w12"]


def test_a_record_that_was_touched_counts_as_none_and_stops_nothing(room: Newsroom):
    approve(room)
    file = room.folder / "stories/approvals/2026-w11.yaml"
    file.write_text(file.read_text().replace("by: the editor", "<<<<<<< ours"))
    ran = room.build(now=AFTER)
    assert ran.code == 0
    assert "nobody has approved this edition" in ran.err
    assert "is not approved" in room.run("digest", now=AFTER).out


@pytest.mark.parametrize(
    "by", ["Vanterpool Astrid", "Astrid", "Astrid Vanterpool (nurse)", "Ástrid Vanterpool"]
)
def test_words_that_name_somebody_are_not_taken_for_the_history(room: Newsroom, by: str):
    ran = room.run("digest", "--approve", "--by", by, now=BEFORE)
    assert ran.code == 1
    assert "name somebody of the people file" in " ".join(ran.err.split())
    assert "Nothing was approved." in ran.out
    assert not (room.folder / "stories/approvals").exists()


def test_an_id_is_taken_as_it_is(room: Newsroom):
    assert room.run("digest", "--approve", "--by", "p-2", now=BEFORE).code == 0
    assert approved(room)["by"] == "p-2"


def test_what_a_digest_refuses_is_not_approved(room: Newsroom):
    room.edition("2026-w11", "Good morning.", send_at="2026-03-12T08:40", stories=["tea"], slots=["leader"])
    for verb in (["digest"], ["digest", "--approve", "--by", "the editor"]):
        ran = room.run(*verb, now=AFTER)
        assert ran.code == 1
        assert "slot-empty" in ran.err


def test_an_edition_that_does_not_go_out_is_not_approved(room: Newsroom):
    room.settings(languages=["en", "fa"], digest={"from": "The Light <light@example.org>", "thin": "none"})
    room.edition("2026-w11", "Good morning.", send_at="2026-03-12T08:40")
    ran = approve(room)
    assert ran.code == 1
    assert "so there is none" in ran.err
    assert not (room.folder / "stories/approvals").exists()


def test_it_is_said_where_the_outbox_holds_another_minute_s_mails(room: Newsroom):
    room.story("late", "At last.", publish="2026-03-12T08:30", date="2026-03-12")
    room.edition("2026-w11", "Good morning.", send_at="2026-03-12T08:40", stories=["tea", "late"])
    assert approve(room).code == 0
    early = room.run("digest", now="2026-03-12T07:30")
    assert "What lies in outbox/ is other than that" in early.out
    told = json.loads(room.run("digest", "--json", now="2026-03-12T07:30").out)["approval"]
    assert (told["state"], told["outbox_as_approved"]) == ("approved", False)
    assert "What lies in outbox/" not in room.run("digest", now=AFTER).out
    told = json.loads(room.run("digest", "--json", now=AFTER).out)["approval"]
    assert (told["state"], told["outbox_as_approved"]) == ("approved", True)


def test_one_thing_is_asked_at_a_time(room: Newsroom):
    ran = room.run("digest", "--explain", "--approve", "--by", "x", now=BEFORE)
    assert ran.code == 2
    assert "One at a time" in ran.err

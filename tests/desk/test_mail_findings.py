"""What is wrong with a mail is said before anybody gets it, by `digest` and by `check`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.cli.world import open_desk
from builder.desk import digest
from builder.desk.mail_findings import findings, findings_of_all
from builder.desk.newsroom import prepare
from tests.built import ROOT
from tests.newsroom import NOW, Newsroom

EDITION = "---\ndate: 2026-03-12\nsubject: Eleven minutes\n---\nThe lift stood still.\n"
STORY = "---\ntitle: The last prescription\nteam: ward\ndate: 2026-03-10\nsummary: She went by the stairs.\n---\nShe went by the stairs.\n"
COUNTING = '<mj-text><a href="https://elsewhere.example.com/?utm_source=light">Lifts</a></mj-text>'


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = Newsroom(tmp_path)
    made.settings(languages=["en"])
    made.write("teams.yaml", "- {id: ward, name: Ward Nine, headcount: 12}\n")
    made.write("2026/lift.md", STORY)
    made.write("editions/2026-w11.md", EDITION)
    return made


def counted(room: Newsroom) -> None:
    """The mail's template, with a link in it that counts clicks."""
    shipped = (ROOT / "templates" / "digest.mjml").read_text("utf-8")
    end = shipped.rindex("</mj-column>")
    own = room.folder / "templates" / "digest.mjml"
    own.parent.mkdir()
    own.write_text(shipped[:end] + COUNTING + shipped[end:], "utf-8")


def codes(words: str) -> list[str]:
    return re.findall(r"^(?:error|warning|hint): \S+ \[(mail-[a-z]+)\]$", words, re.MULTILINE)


def test_a_digest_without_a_fault_is_written(room: Newsroom):
    ran = room.run("digest")
    assert (ran.code, codes(ran.err)) == (0, [])
    assert (room.outbox / "2026-w11.en.eml").is_file()


def test_an_error_in_a_mail_keeps_the_digest_from_being_written(room: Newsroom):
    counted(room)
    ran = room.run("digest")
    assert ran.code == 1
    assert "mail-tracking" in codes(ran.err)
    assert "No digest was written." in ran.out
    assert not room.outbox.exists() or not list(room.outbox.glob("*.eml"))


def test_check_looks_over_the_newest_edition_and_writes_nothing(room: Newsroom):
    assert room.run("check").code == 0
    counted(room)
    ran = room.run("check")
    assert ran.code == 1
    assert "mail-tracking" in codes(ran.err)
    assert not room.outbox.exists()


def test_check_asks_for_no_mail_where_none_is_sent(room: Newsroom):
    counted(room)
    room.settings(languages=["en"], digest={})
    assert codes(room.run("check").err) == []
    room.settings(languages=["en"])
    (room.folder / "stories/editions/2026-w11.md").unlink()
    assert codes(room.run("check").err) == []


def test_one_message_can_be_looked_over_by_itself(room: Newsroom):
    counted(room)
    sources, desk = open_desk(room.folder, None, NOW, 1, quiet=True, writing=False)
    prepared = prepare(sources, desk)
    messages, _ = digest.compose(prepared.library.editions[0], prepared, desk)
    (found,) = (
        [one for one in findings(message, prepared.newsroom.settings, desk) if one.code == "mail-tracking"]
        for message in messages
    )
    assert [one.file for one in found] == ["outbox/2026-w11.en.html"]


def test_nothing_is_wrong_with_any_mail_of_the_harbour_light():
    """Of all its editions, in all its languages."""
    sources, desk = open_desk(ROOT, None, "2026-12-31T23:00", 1, quiet=True, writing=False)
    prepared = prepare(sources, desk)
    found: dict[str, list[str]] = {}
    mails = 0
    for edition in prepared.library.editions:
        messages, _ = digest.compose(edition, prepared, desk)
        mails += len(messages)
        problems = findings_of_all(messages, prepared.newsroom.settings, desk)
        found[edition.id] = [f"{one.level.value} {one.code} {one.file}: {one.message}" for one in problems]
    assert mails >= 13 * 4
    assert {edition: said for edition, said in found.items() if said} == {}

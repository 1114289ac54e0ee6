"""What was wrong is put right in the open: on the edition's page, on the story's, in the feeds, never in silence."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.newsroom import Newsroom, everything, newsroom, person, where

ASTRID = person("p-1", "Astrid Vanterpool", "Astrid")
OUT = "2026-03-13T10:15"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = newsroom(tmp_path)
    room.people(ASTRID)
    room.story("tea", "It was hot.", title="Title of tea")
    room.story("rain", "It rained.", title="Title of rain")
    room.edition("2026-w11", "Opening words.", subject="Subject of w11", number=11, stories=["tea", "rain"])
    return room


def correct(room: Newsroom, *more: str, now: str = OUT) -> Path:
    ran = room.run("correct", "2026-w11", *more, now=now)
    assert ran.code == 0, ran.err
    return Path(ran.out.splitlines()[0])


def page(room: Newsroom, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((room.site / address).read_text())


def notes(room: Newsroom, address: str) -> list[str]:
    return [" ".join(one.text().split()) for one in page(room, address).css(".correction")]


def test_a_correction_stands_dated_on_the_page_the_story_and_in_the_feeds(room: Newsroom):
    file = correct(
        room,
        "--lang",
        "en",
        "--reason",
        "It was cold.",
        "--lang",
        "fa",
        "--reason",
        "سرد بود.",
        "--story",
        "tea",
    )
    assert file.name == "2026-03-13-2026-w11.yaml"
    room.good_build(OUT)
    assert notes(room, "en/editions/2026-w11.html") == [
        "13 March 2026 It was cold. In the story: Title of tea"
    ]
    assert notes(room, "fa/editions/2026-w11.html")[0].startswith("۲۲ اسفند ۱۴۰۴ سرد بود.")
    assert notes(room, "el/editions/2026-w11.html")[0].endswith("It was cold. Στην ιστορία: Title of tea")
    assert notes(room, "en/stories/tea.html") == ["13 March 2026 It was cold. It stood in: Edition 11"]
    assert notes(room, "en/stories/rain.html") == []
    linked = page(room, "en/stories/tea.html").css_first(".correction a")
    assert linked
    assert linked.attributes["href"] == "../editions/2026-w11.html#correction-2026-03-13-2026-w11"
    assert page(room, "en/editions/2026-w11.html").css_first("#correction-2026-03-13-2026-w11")
    for language, words in (("en", "It was cold."), ("fa", "سرد بود."), ("ms", "It was cold.")):
        feed = ET.fromstring((room.site / language / "feed.xml").read_bytes())
        entry = feed.findall(f"{ATOM}entry")[0]
        assert entry.findtext(f"{ATOM}summary") == words
        assert entry.findtext(f"{ATOM}updated") == "2026-03-13T10:15:00+00:00"
        assert feed.findtext(f"{ATOM}updated") == "2026-03-13T10:15:00+00:00"
        assert entry.find(f"{ATOM}link").attrib["href"].endswith("#correction-2026-03-13-2026-w11")  # type: ignore[union-attr]


def test_the_next_digest_says_it_once_in_each_language(room: Newsroom):
    correct(room, "--lang", "en", "--reason", "It was cold.", "--lang", "fa", "--reason", "سرد بود.")
    room.edition("2026-w12", "Opening of w12.", date="2026-03-19", stories=["rain"])
    room.edition("2026-w13", "Opening of w13.", date="2026-03-26", stories=["tea"])
    brought: dict[str, list[str]] = {}
    for edition in ("2026-w11", "2026-w12", "2026-w13"):
        ran = room.run("digest", "--edition", edition, now="2026-03-27T09:00")
        assert ran.code == 0, ran.err
        for words in ("It was cold.", "سرد بود.", "#correction-2026-03-13-2026-w11"):
            brought.setdefault(words, []).extend(where(words, everything(room.outbox)))
    for words, languages in (
        ("It was cold.", "en el ms"),
        ("سرد بود.", "fa"),
        ("#correction", "en fa el ms"),
    ):
        found = next(files for said, files in brought.items() if said.startswith(words))
        assert sorted(found) == sorted(
            f"outbox/2026-w12.{language}.{kind}"
            for language in languages.split()
            for kind in ("eml", "html", "txt")
        )


def test_a_page_without_one_has_nothing_of_it(room: Newsroom):
    room.good_build(OUT)
    for address in ("en/editions/2026-w11.html", "en/stories/tea.html"):
        html = (room.site / address).read_text()
        assert "correction" not in html


def test_colleagues_are_in_it_as_they_allow(room: Newsroom):
    correct(room, "--reason", '[*](@p-1 "A nurse") brought it.')
    room.good_build(OUT)
    assert notes(room, "en/editions/2026-w11.html") == ["13 March 2026 Astrid Vanterpool brought it."]
    room.people({**ASTRID, "withdrawn": "2026-03-13"})
    room.story("broken", "No date.", date="never")
    ran = room.build(now=OUT)
    assert ran.code == 3, ran.err
    assert where("Vanterpool", everything(room.site)) == []
    assert notes(room, "en/editions/2026-w11.html") == []
    assert "Opening words" in (room.site / "en/editions/2026-w11.html").read_text()
    assert "Title of tea" in (room.site / "en/feed.xml").read_text()
    (room.folder / "stories/2026/broken.md").unlink()
    room.good_build(OUT)
    assert notes(room, "en/editions/2026-w11.html") == ["13 March 2026 A nurse brought it."]


def test_a_name_written_out_is_refused_before_it_is_written(room: Newsroom):
    ran = room.run("correct", "2026-w11", "--reason", "Astrid Vanterpool brought it.", now=OUT)
    assert ran.code == 1
    assert "[bare-name]" in ran.err
    assert not (room.folder / "stories/corrections").exists()


def test_one_that_is_taken_away_is_gone_at_the_next_build(room: Newsroom):
    file = correct(room, "--reason", "It was cold.", "--story", "tea")
    room.good_build(OUT)
    file.unlink()
    room.good_build(OUT)
    assert where("It was cold", everything(room.site)) == []


def test_a_draft_and_one_of_tomorrow_are_not_seen_yet(room: Newsroom):
    file = correct(room, "--reason", "It was cold.", now="2026-03-14T09:00")
    room.good_build(OUT)
    assert where("It was cold", everything(room.site)) == []
    file.write_text(f"{file.read_text()}status: draft\n")
    room.good_build("2026-03-15T09:00")
    assert where("It was cold", everything(room.site)) == []


def test_whoever_may_not_read_the_edition_does_not_learn_from_its_correction(room: Newsroom):
    room.story("tea", "It was hot.", title="Title of tea", audience="public")
    correct(room, "--reason", "It was cold.", "--story", "tea")
    public = room.folder / "site-public"
    assert room.run("build", "--audience", "public", "--out", str(public), now=OUT).code == 0
    assert where("Title of tea", everything(public)) != []
    assert where("It was cold", everything(public)) == []


def test_two_on_one_day_have_two_files(room: Newsroom):
    names = [correct(room, "--reason", words).name for words in ("One.", "Two.")]
    assert names == ["2026-03-13-2026-w11.yaml", "2026-03-13-2026-w11-2.yaml"]
    room.good_build(OUT)
    assert [note.rpartition(" ")[2] for note in notes(room, "en/editions/2026-w11.html")] == ["Two.", "One."]


def test_languages_and_reasons_come_in_pairs(room: Newsroom):
    for wrong in (
        ("--reason", "a", "--reason", "b"),
        ("--reason", "a", "--lang", "en", "--lang", "fa"),
        ("--reason", "a", "--lang", "en", "--reason", "b", "--lang", "en"),
        ("--reason", " "),
        (),
    ):
        assert room.run("correct", "2026-w11", *wrong, now=OUT).code == 2
    said = room.run("correct", "2026-w11", "--reason", "غلط بود.", "--lang", "fa", now=OUT)
    assert "Add a line to `reason:` for each other language: en, el, ms." in said.out


def test_what_is_not_out_is_changed_and_not_corrected(room: Newsroom):
    room.edition("2026-w12", date="2026-03-19")
    ran = room.run("correct", "2026-w12", "--reason", "a", now=OUT)
    assert (ran.code, "[correction-early]" in ran.err) == (1, True)


def test_why_tells_of_a_correction(room: Newsroom):
    correct(room, "--reason", "It was cold.")
    room.good_build(OUT)
    said = room.run("why", "2026-03-13-2026-w11", now=OUT).out
    assert "stories/corrections/2026-03-13-2026-w11.yaml is shown." in said
    assert "en/editions/2026-w11.html" in said


def test_the_address_of_an_edition_lasts_when_its_name_does_not(room: Newsroom):
    room.good_build(OUT)
    (room.folder / "stories/editions/2026-w11.md").rename(room.folder / "stories/editions/tea-time.md")
    ran = room.build(now=OUT)
    assert "[address-gone]" in ran.err
    assert "aliases: [2026-w11]" in ran.err
    room.edition(
        "tea-time", subject="Subject of w11", stories=["tea"], aliases=["2026-w11", "/fa/old/eleven/"]
    )
    (room.folder / "site").rename(room.folder / "before")
    room.good_build(OUT)
    for language in ("en", "fa", "el", "ms"):
        assert "tea-time.html" in (room.site / f"{language}/editions/2026-w11.html").read_text()
    assert "../../editions/tea-time.html" in (room.site / "fa/old/eleven/index.html").read_text()


def test_an_archived_edition_follows_the_consent_of_today(room: Newsroom):
    room.edition("2026-w10", 'Said [*](@p-1 "a nurse").', date="2026-03-05", subject='Of [*](@p-1 "a nurse")')
    room.good_build(OUT)
    address = "en/editions/2026-w10.html"
    assert "Astrid" in (room.site / address).read_text()
    room.people({**ASTRID, "withdrawn": "2026-03-13"})
    room.good_build("2026-03-14T09:00")
    html = (room.site / address).read_text()
    assert "Said a nurse." in html
    assert where("Astrid", everything(room.site, room.outbox)) == []


def test_a_reason_in_one_language_keeps_no_mail_back(room: Newsroom):
    correct(room, "--reason", "It was cold, and it had been cold for a while.")
    room.edition("2026-w12", "More words.", date="2026-03-19", stories=["tea"])
    ran = room.run("digest", now="2026-03-20T09:00")
    assert ran.code == 0, ran.err
    for language in ("en", "fa"):
        assert "It was cold" in (room.outbox / f"2026-w12.{language}.txt").read_text("utf-8")


def test_an_edition_that_does_not_go_out_leaves_it_to_the_next(room: Newsroom):
    correct(room, "--reason", "It was cold.")
    room.settings(digest={"from": "The Light <light@example.org>", "thin": "none"})
    room.edition("2026-w12", "", date="2026-03-19")
    room.edition("2026-w13", "More words.", date="2026-03-26", stories=["tea"])
    assert "there is none" in room.run("digest", "--edition", "2026-w12", now="2026-03-27T09:00").out
    assert room.run("digest", now="2026-03-27T09:00").code == 0
    assert "It was cold." in (room.outbox / "2026-w13.en.txt").read_text("utf-8")

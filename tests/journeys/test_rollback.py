"""A site that was wrong goes, and the one before it comes back, less what may not be shown today."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from builder.deliver import kept as kept_sites
from tests.newsroom import Newsroom, newsroom, person


def built(folder: Path, *builds: str) -> Newsroom:
    """A newsroom that was built with each of these words in its story."""
    room = newsroom(folder)
    room.people(person("p-1", "Astrid Vanterpool", "Astrid"), person("p-2", "Bao Nguyen", "Bao"))
    for words in builds:
        room.story("night", words, title=f"Of {words.split()[0]}")
        ran = room.build()
        assert ran.code == 0, ran.err
    return room


def says(room: Newsroom) -> str:
    return (room.site / "en/stories/night.html").read_text("utf-8")


def kept(room: Newsroom) -> list[Path]:
    return sorted((room.folder / ".yearround/sites/site/kept").iterdir(), reverse=True)


def all_words(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "ignore") for path in folder.rglob("*") if path.is_file())


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_site_before_this_one_is_back_and_what_changed_is_said(tmp_path: Path):
    room = built(tmp_path, "Good words.", "Wrong words.")
    ran = room.run("rollback")
    assert ran.code == 0, ran.err
    assert "Good words." in says(room)
    assert "The site before this one is back: 0 files new, " in ran.out
    assert "For readers: 0 pages new, " in ran.out
    assert "After it no earlier one is kept." in ran.out
    assert kept(room) == []


def test_it_comes_back_byte_for_byte(tmp_path: Path):
    room = built(tmp_path, "Good words.")
    before = tree(room.site)
    room.story("night", "Wrong words.")
    assert room.build().code == 0
    assert room.run("rollback").code == 0
    assert tree(room.site) == before


def test_each_rollback_goes_one_further_back_until_nothing_is_kept(tmp_path: Path):
    room = built(tmp_path, "One.", "Two.", "Three.", "Four.", "Five.")
    for words in ("Four.", "Three.", "Two."):
        ran = room.run("rollback")
        assert ran.code == 0, ran.err
        assert words in says(room)
    ran = room.run("rollback")
    assert ran.code == 1
    assert "nothing-kept" in ran.err
    assert "Two." in says(room)


def test_the_next_build_comes_forward_again(tmp_path: Path):
    room = built(tmp_path, "Good words.", "Wrong words.")
    assert room.run("rollback").code == 0
    assert room.build().code == 0
    assert "Wrong words." in says(room)
    assert room.run("rollback").code == 0
    assert "Good words." in says(room)


def test_a_site_like_the_one_that_stands_is_passed_over(tmp_path: Path):
    room = built(tmp_path, "One.", "Two.", "Three.")
    newest = kept(room)[0]
    twin = newest.with_name(f"{int(newest.name) + 1:09}")
    twin.mkdir()
    for address, data in tree(room.site).items():
        (twin / address).parent.mkdir(parents=True, exist_ok=True)
        (twin / address).write_bytes(data)
    assert room.run("rollback").code == 0
    assert "Two." in says(room)
    assert len(kept(room)) == 1


def test_a_name_that_was_taken_back_leaves_every_kept_site_at_the_next_build(tmp_path: Path):
    room = built(tmp_path, "With [*](@p-1).", "And [*](@p-1) again.", "Without.")
    assert "Vanterpool" in all_words(kept(room)[0])
    room.people(
        person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"), person("p-2", "B N", "Bao")
    )
    room.write("2026/typo.md", "---\ntitle: x\ndate: never\n---\n")
    ran = room.build()
    assert ran.code == 1
    assert "Vanterpool" not in all_words(room.folder / "site") + all_words(room.folder / ".yearround")


def test_a_name_that_was_taken_back_does_not_come_back(tmp_path: Path):
    room = built(tmp_path, "With [*](@p-1) and [*](@p-2).", "Without.")
    room.people(
        person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"), person("p-2", "Bao Nguyen", "B")
    )
    ran = room.run("rollback")
    assert ran.code == 0, ran.err
    assert "Vanterpool" not in all_words(room.folder / "site") + all_words(room.folder / ".yearround")
    assert (room.site / "en/stories/night.html").exists()


def test_a_story_that_was_taken_back_does_not_come_back(tmp_path: Path):
    room = built(tmp_path, "Secret words.")
    room.story("day", "Other words.")
    assert room.build().code == 0
    room.story("night", "Secret words.", status="draft")
    assert room.run("rollback").code == 0
    assert "Secret words." not in all_words(room.folder / "site") + all_words(room.folder / ".yearround")


def test_what_ended_since_does_not_come_back(tmp_path: Path):
    room = newsroom(tmp_path)
    room.story("night", "Good words.", expires="2026-03-20")
    room.story("day", "One.")
    for words in ("One.", "Two."):
        room.story("day", words)
        assert room.build().code == 0
    ran = room.run("rollback", now="2026-04-01T09:00")
    assert ran.code == 0, ran.err
    assert "Good words." not in all_words(room.folder / "site")
    assert "One." in (room.site / "en/stories/day.html").read_text("utf-8")


@pytest.mark.parametrize(
    "file", ["people.yaml", "newsletter.yaml", "2026/night.md", "2026/new.md", "editions/2026-w11.md"]
)
def test_while_something_cannot_be_judged_nothing_comes_back(tmp_path: Path, file: str):
    room = built(tmp_path, "Good words.", "Wrong words.")
    before = tree(room.site)
    room.write(file, "---\n\tdate: [never\n---\n")
    ran = room.run("rollback")
    assert ran.code == 1
    assert "rollback-unjudged" in ran.err
    assert "Nothing was brought back; the site stands as it was." in ran.out
    assert tree(room.site) == before
    assert len(kept(room)) == 1


@pytest.mark.parametrize("how", ["changed", "gone", "record", "link"])
def test_a_kept_site_that_somebody_changed_does_not_come_back(tmp_path: Path, how: str):
    room = built(tmp_path, "Good words.", "Wrong words.")
    before = tree(room.site)
    page = kept(room)[0] / "en/stories/night.html"
    if how == "record":
        (kept(room)[0] / ".yearround.json").write_text("{")
    elif how == "changed":
        page.write_text("mine")
    else:
        page.unlink()
        if how == "link":
            page.symlink_to(room.folder / "stories/people.yaml")
    ran = room.run("rollback")
    assert ran.code == 1
    assert ("record-damaged" if how == "record" else "kept-damaged") in ran.err
    assert tree(room.site) == before


def test_another_site_goes_back_by_itself_and_for_its_own_readers(tmp_path: Path):
    room = newsroom(tmp_path)
    for words in ("One.", "Two."):
        room.story("night", words, audience="public")
        room.story("day", words)
        assert room.build().code == 0
        assert room.build("--audience", "public", "--out", str(tmp_path / "site-public")).code == 0
    assert room.run("rollback", "--out", str(tmp_path / "site-public")).code == 0
    assert "Two." in says(room)
    assert "One." in (tmp_path / "site-public/en/stories/night.html").read_text("utf-8")
    assert not (tmp_path / "site-public/en/stories/day.html").exists()


def test_programs_are_told_the_same(tmp_path: Path):
    room = built(tmp_path, "One.", "Two.", "Three.")
    told = json.loads(room.run("rollback", "--json").out)
    assert (told["published"], told["kept"], told["change"]["way"]) == (True, 1, "exchange")
    assert "en/stories/night.html" in told["change"]["changed"]


def test_a_folder_that_was_never_built_has_nothing_to_go_back_to(tmp_path: Path):
    room = newsroom(tmp_path)
    ran = room.run("rollback")
    assert ran.code == 1
    assert "No site from before this one is kept" in ran.err
    assert not room.site.exists()


@pytest.mark.parametrize(
    "words",
    [
        "Thanks to Astrid Vanterpool.",
        "Thanks to **Astrid** *Vanter*pool.",
        "By VANTERPOOL, Astrid.",
        "[her](https://example.org/Astrid%20Vanterpool)",
        '<span title="&#65;strid Vanterpool">her</span>',
    ],
)
def test_a_name_written_out_before_its_person_was_known_does_not_come_back(tmp_path: Path, words: str):
    room = newsroom(tmp_path)
    for text in (words, "Thanks to all."):
        room.story("night", text)
        assert room.build().code == 0
    before = tree(room.site)
    room.people(person("p-1", "Astrid Vanterpool", "Astrid", recognition="private"))
    ran = room.run("rollback")
    assert ran.code == 1
    assert "[rollback-names]" in ran.err
    assert "The name of p-1 stands written out in this file of the kept site" in ran.err
    assert "Vanterpool" not in ran.err
    assert tree(room.site) == before
    assert len(kept(room)) == 1


def test_a_name_that_may_be_said_or_is_somebody_else_s_or_stands_there_now_holds_nothing_up(tmp_path: Path):
    room = newsroom(tmp_path)
    room.people(person("p-2", "Bao Nguyen", "Bao", recognition="private"))
    for text in ("One.", "Two."):
        room.story("night", f"{text} Thanks to Astrid Vanterpool.")
        room.story("day", f"{text} The singer Bao Nguyen came.", not_a_name=["Bao Nguyen"])
        room.write("files/rota.txt", "Chloe Papadaki")
        assert room.build().code == 0
    room.people(
        person("p-1", "Astrid Vanterpool", "Astrid"),
        person("p-2", "Bao Nguyen", "Bao", recognition="private"),
        person("p-3", "Chloe Papadaki", "Chloe", recognition="private"),
    )
    ran = room.run("rollback")
    assert ran.code == 0, ran.err
    assert "One. Thanks to Astrid" in says(room)


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_disk_that_cannot_be_looked_into_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
):
    room = built(tmp_path, "One.", "Two.", "Three.")
    looks = kept_sites.sites
    calls = 0

    def refused(folder: Path, house: Path) -> list[Path]:
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(errno.EIO, "Input/output error", str(house / "sites"))
        return looks(folder, house)

    monkeypatch.setattr(kept_sites, "sites", refused)
    ran = room.run("rollback")
    assert ran.code == 1
    assert "[unwritable]" in ran.err
    assert "input/output error" in ran.err

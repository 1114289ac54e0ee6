"""A folder comes to hold exactly what it should: real folders, and all that people and accidents do to them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from builder.deliver.files import write
from builder.deliver.publish import manifest_of, publish, withdraw
from builder.deliver.record import IGNORE, MANIFEST, damaged, read_manifest, told
from builder.model.manifest import Manifest, Withdrawal
from builder.model.page import Naming, Output
from builder.problem import Trouble
from tests.newsroom import newsroom, person


def record(outputs: tuple[Output, ...]) -> Manifest:
    return manifest_of(outputs, channel="site", audience="staff", people_end={}, works_end={})


def put(folder: Path, files: Mapping[str, str]) -> object:
    outputs = tuple(Output(address=address, data=text.encode()) for address, text in files.items())
    return publish(folder, outputs, record(outputs), folder.parent / "found")


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, IGNORE)
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    put(site, {"en/a.html": "a", "en/deep/er/b.html": "b", "c.css": "c"})
    return site


def test_the_folder_holds_the_files_and_no_others(site: Path):
    assert held(site) == {"en/a.html": "a", "en/deep/er/b.html": "b", "c.css": "c"}
    put(site, {"en/a.html": "A", "d.html": "d"})
    assert held(site) == {"en/a.html": "A", "d.html": "d"}


def test_the_change_is_told(tmp_path: Path, site: Path):
    change = put(site, {"en/a.html": "A", "d.html": "d", "c.css": "c"})
    assert (change.added, change.changed, change.removed, change.unchanged, change.aside) == (  # type: ignore[attr-defined]
        ("d.html",),
        ("en/a.html",),
        ("en/deep/er/b.html",),
        1,
        (),
    )


def test_a_file_that_is_right_is_not_touched(site: Path):
    before = (site / "c.css").stat()
    put(site, {"en/a.html": "other", "c.css": "c"})
    after = (site / "c.css").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (site / "en/a.html").stat().st_mode & 0o777 == 0o644


def test_folders_left_empty_go(site: Path):
    put(site, {"c.css": "c"})
    assert [path.name for path in site.iterdir() if path.is_dir()] == []


def test_a_tracked_gitignore_stands_there_every_time(site: Path):
    assert (site / IGNORE).read_text() == "*\n!.gitignore\n"
    (site / IGNORE).unlink()
    put(site, {"c.css": "c"})
    assert (site / IGNORE).exists()


def test_a_file_of_somebody_else_is_put_aside_and_named(site: Path):
    found = site.parent / "found"
    for text in ("mine", "mine too"):
        (site / "notes").mkdir(exist_ok=True)
        (site / "notes/own.txt").write_text(text)
        change = put(site, {"c.css": "c"})
        assert change.aside == ("notes/own.txt",)  # type: ignore[attr-defined]
    assert held(found) == {"notes/own.txt": "mine", "notes/own.txt.2": "mine too"}
    assert not (site / "notes").exists()


def test_a_file_changed_by_hand_is_ours_again(site: Path):
    (site / "c.css").write_text("mine")
    put(site, {"c.css": "c"})
    assert held(site) == {"c.css": "c"}


def test_what_a_killed_run_left_half_written_goes(site: Path):
    (site / "en/.writing-x1").write_text("half")
    change = put(site, {"c.css": "c"})
    assert held(site) == {"c.css": "c"}
    assert change.aside == ()  # type: ignore[attr-defined]


def test_a_folder_that_was_never_ours_is_refused(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.odt").write_text("years of work")
    with pytest.raises(Trouble) as trouble:
        put(home, {"c.css": "c"})
    assert trouble.value.problem.code == "not-ours"
    assert (
        trouble.value.problem.message == "this folder holds files that Yearround did not write (thesis.odt)"
    )
    assert held(home) == {"thesis.odt": "years of work"}


def test_an_empty_folder_and_one_with_only_our_gitignore_are_taken(tmp_path: Path):
    for name in ("empty", "tracked"):
        (tmp_path / name).mkdir()
    (tmp_path / "tracked" / IGNORE).write_text("*\n")
    for name in ("empty", "tracked", "new/and/deep"):
        put(tmp_path / name, {"c.css": "c"})
        assert held(tmp_path / name) == {"c.css": "c"}


@pytest.mark.parametrize("address", ["../out.html", "en/../../out.html", "/tmp/out.html"])
def test_nothing_is_written_outside(site: Path, address: str):
    with pytest.raises(Trouble) as trouble:
        put(site, {address: "out"})
    assert trouble.value.problem.code == "leads-out"
    assert not (site.parent / "out.html").exists()


def test_a_link_inside_the_folder_leads_nothing_out(site: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (site / "el").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble):
        put(site, {"el/a.html": "a"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_record_comes_back_as_it_was_written(tmp_path: Path):
    site = tmp_path / "site"
    outputs = (
        Output(
            address="a.html",
            data=b"a",
            subject="hero:p-1",
            namings=(Naming("p-1", "first", "night/fa"),),
            works=("night/fa",),
        ),
    )
    publish(site, outputs, record(outputs), tmp_path / "found")
    assert read_manifest(site) == record(outputs)
    assert damaged(site) == ()


def changed(key: str, value: object) -> str:
    whole: dict[str, object] = {
        "version": 1,
        "channel": "site",
        "audience": "staff",
        "people_end": {},
        "works_end": {},
        "files": {"a.html": {"sha256": "0"}},
    }
    return json.dumps({**whole, key: value})


DAMAGED = {
    "nothing": "",
    "half": changed("version", 1)[:60],
    "a list": "[]",
    "of another kind": changed("version", 99),
    "a channel nobody knows": changed("channel", "radio"),
    "an audience nobody knows": changed("audience", "all"),
    "a form nobody knows": changed("files", {"a.html": {"sha256": "0", "names": [["p-1", "whole", ""]]}}),
    "names of another shape": changed("files", {"a.html": {"sha256": "0", "names": [["p-1"]]}}),
    "an end without a zone": changed("people_end", {"p-1": "2026-03-12T09:00"}),
    "an end that is none": changed("works_end", {"night/en": "soon"}),
    "an address that leads out": changed("files", {"../../etc/passwd": {"sha256": "0"}}),
    "an address from the root": changed("files", {"/etc/passwd": {"sha256": "0"}}),
    "nested without end": "[" * 100_000,
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_record_is_not_believed_and_that_is_said(site: Path, how: str):
    (site / MANIFEST).write_text(DAMAGED[how])
    assert read_manifest(site) is None
    assert [problem.code for problem in damaged(site)] == ["record-damaged"]
    with pytest.raises(Trouble):
        put(site, {"c.css": "c"})
    assert held(site) == {"en/a.html": "a", "en/deep/er/b.html": "b", "c.css": "c"}


def test_a_record_of_before_is_the_record_that_these_tests_change(site: Path):
    (site / MANIFEST).write_text(changed("version", 1))
    assert read_manifest(site) is not None


def test_the_command_says_that_a_damaged_record_hides_what_was_taken_back(tmp_path: Path):
    room = newsroom(tmp_path)
    room.people(person("p-1", "Astrid Vanterpool", "Astrid"))
    room.story("night", "With [*](@p-1).")
    room.good_build() if (tmp_path / "stories/editions").exists() else room.build()
    (room.site / MANIFEST).write_text("{")
    room.people(person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"))
    ran = room.build()
    assert ran.code == 1
    assert "The record of what was published here is damaged" in ran.err


@pytest.mark.parametrize("what", ["site", "outbox"])
def test_a_folder_that_cannot_be_written_is_a_problem_and_the_other_one_is_still_seen_to(
    tmp_path: Path, what: str
):
    room = newsroom(tmp_path)
    room.people(person("p-1", "Astrid Vanterpool", "Astrid"))
    room.story("night", "With [*](@p-1).", title="With [*](@p-1)")
    room.edition("2026-w11", "Hello [*](@p-1).")
    room.good_build()
    room.people(person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"))
    if what == "site":
        blocked, other = room.site / "en/stories/night.html", room.outbox
    else:
        blocked, other = room.outbox / "2026-w11.en.txt", room.site
    blocked.unlink()
    blocked.mkdir()
    (blocked / "in the way").write_text("")
    record = json.loads((other / MANIFEST).read_text())
    ran = room.build()
    assert "Vanterpool" not in "".join(
        path.read_text("utf-8", "ignore") for path in other.rglob("*") if path.is_file()
    )
    assert record != json.loads((other / MANIFEST).read_text())
    if what == "outbox":
        assert ran.code == 3
        assert f"error: {blocked}" in ran.err


def test_where_a_file_stands_instead_of_the_folder_that_is_said(tmp_path: Path):
    room = newsroom(tmp_path)
    room.story("night")
    room.site.write_text("a file")
    ran = room.build()
    assert ran.code == 1
    assert "cannot be written" in ran.err
    assert room.site.read_text() == "a file"


def test_what_the_disk_refuses_is_told_with_its_path(tmp_path: Path):
    with pytest.raises(OSError) as fault:
        write(Path("/proc/nobody/may/write"), b"")
    problem = told(tmp_path, fault.value)
    assert problem.code == "unwritable"
    assert problem.message.startswith(f"{tmp_path}/ cannot be written: ")


def test_a_reader_finds_the_old_bytes_or_the_new(tmp_path: Path):
    path = tmp_path / "a.html"
    write(path, b"old")
    with path.open("rb") as reader:
        write(path, b"new and longer")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new and longer"
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


# ---- taking out


CARDS = (
    "<p>before</p><!--[night]--><b>night</b><!--[/night]--><!--[day]--><b>day</b><!--[/day]--><p>after</p>"
)


def taken(tmp_path: Path, withdrawal: Withdrawal, html: str = CARDS) -> tuple[dict[str, str], Manifest]:
    outputs = (
        Output(
            address="list.html",
            data=html.encode(),
            works=("night/en", "day/en"),
            namings=(Naming("p-1", "full", "night/en"), Naming("p-2", "full", "day/en")),
        ),
        Output(address="night.html", data=b"night", subject="story:night/en", works=("night/en",)),
        Output(address="en/feed.xml", data=b"night day", works=("night/en", "day/en")),
    )
    site = tmp_path / "site"
    publish(site, outputs, record(outputs), tmp_path / "found")
    manifest = read_manifest(site)
    assert manifest is not None
    withdraw(site, manifest, withdrawal, lambda address: f"notice at {address}".encode())
    after = read_manifest(site)
    assert after is not None
    return held(site), after


def test_cards_are_cut_and_pages_become_notices_and_files_go(tmp_path: Path):
    files, after = taken(
        tmp_path, Withdrawal(remove=("en/feed.xml",), notice=("night.html",), cut={"list.html": ("night",)})
    )
    assert files == {
        "list.html": "<p>before</p><!--[day]--><b>day</b><!--[/day]--><p>after</p>",
        "night.html": "notice at night.html",
    }
    assert after.files["list.html"].works == ("day/en",)
    assert after.files["list.html"].namings == (Naming("p-2", "full", "day/en"),)
    assert after.files["night.html"].works == ()
    assert "en/feed.xml" not in after.files


@pytest.mark.parametrize(
    "html", ["<b>night</b>", "<!--[night]--><b>night</b>", "<b>night</b><!--[/night]-->"]
)
def test_a_page_without_the_marks_of_a_card_becomes_a_notice(tmp_path: Path, html: str):
    files, after = taken(tmp_path, Withdrawal(cut={"list.html": ("night",)}), html)
    assert files["list.html"] == "notice at list.html"
    assert after.files["list.html"].namings == ()


def test_a_work_whose_id_begins_another_s_is_cut_alone(tmp_path: Path):
    html = CARDS.replace("[night]", "[night-2]").replace("[/night]", "[/night-2]")
    assert (
        taken(tmp_path, Withdrawal(cut={"list.html": ("night",)}), html)[0]["list.html"]
        == "notice at list.html"
    )


def test_a_page_that_is_gone_already_leaves_the_record(tmp_path: Path, site: Path):
    manifest = read_manifest(site)
    assert manifest is not None
    (site / "en/a.html").unlink()
    withdraw(site, manifest, Withdrawal(notice=("en/a.html",)), lambda address: b"notice")
    after = read_manifest(site)
    assert after is not None
    assert "en/a.html" not in after.files
    assert not (site / "en/a.html").exists()


def with_a_house(tmp_path: Path) -> tuple[Path, Path, Manifest]:
    house = tmp_path / ".yearround"
    outputs = (
        Output(address="list.html", data=CARDS.encode(), works=("night/en", "day/en")),
        Output(address="night.html", data=b"night", subject="story:night/en", works=("night/en",)),
        Output(address="same.html", data=b"same"),
    )
    publish(tmp_path / "site", outputs, record(outputs), house / "found")
    manifest = read_manifest(tmp_path / "site")
    assert manifest is not None
    return tmp_path / "site", house, manifest


TAKEN = Withdrawal(notice=("night.html",), cut={"list.html": ("night",)})


def test_readers_find_all_of_it_taken_out_at_one_stroke(tmp_path: Path):
    site, house, manifest = with_a_house(tmp_path)
    before, same = site.stat().st_ino, (site / "same.html").stat().st_ino
    handle = os.open(site, os.O_RDONLY)
    touched = withdraw(site, manifest, TAKEN, lambda address: b"notice", house)
    assert touched == ("list.html", "night.html")
    assert site.stat().st_ino != before
    assert (site / "same.html").stat().st_ino == same
    assert "night" not in "".join(held(site).values())
    with pytest.raises(FileNotFoundError):
        os.open("night.html", os.O_RDONLY, dir_fd=handle)
    os.close(handle)
    assert [path for path in house.rglob("*") if path.is_file()] == []


def test_files_of_others_stay_where_they_are_while_something_is_taken_out(tmp_path: Path):
    site, house, manifest = with_a_house(tmp_path)
    before = site.stat().st_ino
    (site / "notes.txt").write_text("mine")
    withdraw(site, manifest, TAKEN, lambda address: b"notice", house)
    assert site.stat().st_ino == before
    assert held(site)["notes.txt"] == "mine"
    assert held(site)["night.html"] == "notice"
    assert [path for path in house.rglob("*") if path.is_file()] == []


def test_what_will_not_go_holds_nothing_else_up_and_stays_on_record(tmp_path: Path):
    site, house, manifest = with_a_house(tmp_path)
    (site / "list.html").unlink()
    (site / "list.html").mkdir()
    (site / "list.html/in the way").write_text("")
    with pytest.raises(IsADirectoryError):
        withdraw(site, manifest, Withdrawal(remove=("list.html", "night.html")), lambda address: b"", house)
    assert not (site / "night.html").exists()
    after = read_manifest(site)
    assert after is not None
    assert set(after.files) == {"list.html", "same.html"}


def test_a_kept_copy_that_shares_a_file_is_not_changed_with_it(tmp_path: Path):
    site, _, manifest = with_a_house(tmp_path)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/list.html").hardlink_to(site / "list.html")
    withdraw(site, manifest, TAKEN, lambda address: b"notice")
    assert (tmp_path / "kept/list.html").read_text() == CARDS


def test_a_page_that_is_not_as_it_was_published_becomes_a_notice_and_the_others_are_cut(tmp_path: Path):
    site, house, manifest = with_a_house(tmp_path)
    for damage in (b"\xe9", b"<!--[night]--><b>night</b>", "<p>ünd night</p>".encode()):
        (site / "list.html").write_bytes(CARDS.encode() + damage)
        withdraw(site, manifest, TAKEN, lambda address: f"notice at {address}".encode(), house)
        assert held(site) == {
            "list.html": "notice at list.html",
            "night.html": "notice at night.html",
            "same.html": "same",
        }


def test_a_page_of_another_encoding_that_editors_publish_becomes_a_notice(tmp_path: Path):
    house = tmp_path / ".yearround"
    outputs = (Output(address="files/old.html", data=b"caf\xe9", works=("night/en", "day/en")),)
    publish(tmp_path / "site", outputs, record(outputs), house / "found")
    manifest = read_manifest(tmp_path / "site")
    assert manifest is not None
    withdraw(
        tmp_path / "site",
        manifest,
        Withdrawal(cut={"files/old.html": ("night",)}),
        lambda address: b"notice",
        house,
    )
    assert held(tmp_path / "site") == {"files/old.html": "notice"}


def test_a_page_that_may_be_of_either_of_two_sites_is_cut_by_its_marks(tmp_path: Path):
    site, house, manifest = with_a_house(tmp_path)
    either = replace(
        manifest, files={address: replace(one, digest="") for address, one in manifest.files.items()}
    )
    withdraw(site, either, TAKEN, lambda address: b"notice", house)
    assert held(site)["list.html"] == "<p>before</p><!--[day]--><b>day</b><!--[/day]--><p>after</p>"


def test_a_link_that_leads_out_holds_up_only_what_lies_behind_it(tmp_path: Path):
    outputs = tuple(
        Output(address=address, data=b"night", subject="story:night/en")
        for address in ("a/x.html", "b/x.html")
    )
    publish(tmp_path / "site", outputs, record(outputs), tmp_path / ".yearround/found")
    manifest = read_manifest(tmp_path / "site")
    assert manifest is not None
    (tmp_path / "site/a").rename(tmp_path / "away")
    (tmp_path / "site/a").symlink_to(tmp_path / "away")
    with pytest.raises(Trouble) as trouble:
        withdraw(
            tmp_path / "site",
            manifest,
            Withdrawal(notice=("a/x.html", "b/x.html")),
            lambda address: b"notice",
            tmp_path / ".yearround",
        )
    assert trouble.value.problem.code == "leads-out"
    assert (tmp_path / "site/b/x.html").read_bytes() == b"notice"
    assert (tmp_path / "away/x.html").read_bytes() == b"night"

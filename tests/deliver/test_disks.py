"""Publishing where disks are full, shut, mounted or layered: real file systems, each mounted for one test."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from builder.cli.world import memory_only, open_desk, places
from builder.deliver import files, kept, switch
from builder.deliver.cache import Cache
from builder.deliver.publish import withdraw
from builder.deliver.record import read_manifest
from builder.deliver.staging import Staging
from builder.deliver.switch import Way
from builder.desk.verify import verify
from builder.model.manifest import Withdrawal
from builder.problem import Trouble
from tests.mounts import in_child, mount, read_only, small_disk, with_own_mounts
from tests.newsroom import NOW, newsroom, person
from tests.publishing import hashed, held, put, record, site_of

if sys.platform != "linux":
    pytest.skip("mounts of a test's own are Linux's", allow_module_level=True)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom's folder."""
    (tmp_path / "room").mkdir()
    return tmp_path / "room"


def of(build: int, *earlier: int) -> dict[str, bytes]:
    """The files of a site that comes after these."""
    found = dict(site_of(build))
    for one in earlier:
        found |= hashed(site_of(one))
    return found


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def fill(folder: Path, leave: int = 0) -> None:
    """Use up a disk, but for `leave` bytes."""
    state = os.statvfs(folder)
    with (folder / "full").open("wb") as file, suppress(OSError):
        file.write(b"\0" * max(0, state.f_bavail * state.f_frsize - leave))


# ---- a full disk


@with_own_mounts
def test_on_a_full_disk_the_old_site_stays_and_nothing_is_left_over(room: Path):
    small_disk(room, 1_000_000)
    house = room / ".yearround"
    put(room / "site", house, site_of(1))
    put(room / "site", house, site_of(2))
    before = everything(room)
    for leave in range(0, 120_000, 8192):
        fill(room, leave)
        with pytest.raises(OSError, match="No space left"):
            put(room / "site", house, {**site_of(3), "files/large.pdf": b"-" * 300_000})
        (room / "full").unlink()
        assert held(room / "site") == of(2, 1)
        assert everything(room) == before
    put(room / "site", house, site_of(3))
    assert held(room / "site") == of(3, 2, 1)


@with_own_mounts
def test_on_a_full_disk_of_the_site_alone_the_old_site_stays_too(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 500_000)
    put(site, house, site_of(1))
    before = everything(site)
    for leave in range(0, 120_000, 8192):
        fill(site, leave)
        with pytest.raises(OSError, match="No space left"):
            put(site, house, {**site_of(2), "files/large.pdf": b"-" * 300_000})
        # Put aside, because nobody said that it is ours; so the disk is full no more.
        assert not (site / "full").exists()
        (house / "found/full").unlink()
        assert held(site) == site_of(1)
        assert everything(site) == before


@pytest.mark.parametrize("mounted", [True, False])
@with_own_mounts
def test_a_full_disk_keeps_nothing_online(room: Path, mounted: bool):
    site, house = (
        (room / "site", room / ".yearround") if mounted else (room / "in/site", room / "in/.yearround")
    )
    small_disk(site if mounted else site.parent, 1_000_000)
    big = {f"en/{n}.html": b"<p>somebody</p>" * 200 for n in range(20)}
    put(site, house, big)
    fill(site if mounted else site.parent)
    manifest = read_manifest(site)
    assert manifest is not None
    notice = b"taken out" * 1000
    withdraw(site, manifest, Withdrawal(notice=tuple(big)), lambda address: notice, house)
    says = held(site)
    assert not [address for address, data in says.items() if b"somebody" in data]
    after = read_manifest(site)
    assert after is not None
    assert {*after.files} == {*says} - {"full"}
    assert all(says[address] == notice for address in after.files)


@pytest.mark.parametrize("locked_before", [True, False])
@with_own_mounts
def test_on_a_full_disk_the_command_takes_out_what_was_taken_back_and_says_what_is_wrong(
    room: Path, locked_before: bool
):
    small_disk(room, 4_000_000)
    there = newsroom(room)
    there.people(person("p-1", "Astrid Vanterpool", "Astrid"))
    there.story("night", "With [*](@p-1).")
    there.edition("2026-w11", "Hello [*](@p-1).")
    there.good_build()
    there.people(person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"))
    there.write("files/large.pdf", "-" * 300_000)
    if not locked_before:
        (room / ".yearround/lock").unlink()
    fill(room)
    ran = there.build()
    assert ran.code == 3
    assert "site/ cannot be written: no space left on device." in ran.err
    assert "Taken out of " in ran.err
    assert b"Vanterpool" not in b"".join([*held(there.site).values(), *held(there.outbox).values()])
    assert b"Vanterpool" not in b"".join(held(room / ".yearround").values())
    (room / "full").unlink()
    there.good_build()


# ---- a folder that is a mount


@with_own_mounts
def test_a_mounted_site_is_replaced_file_by_file_and_that_is_said(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 4_000_000)
    assert put(site, house, site_of(1)).way is Way.IN_PLACE
    for build in range(2, 6):
        change = put(site, house, site_of(build))
        assert change.way is Way.IN_PLACE
        assert change.note.endswith(
            "it is a mount of its own. Mount the folder above it to have the whole site switched at once."
        )
        assert held(site) == of(build, *range(max(1, build - 3), build))
    assert [held(one)["en/stories/00.html"] for one in kept.sites(site, house)] == [
        site_of(build)["en/stories/00.html"] for build in (4, 3, 2)
    ]
    assert put(site, house, site_of(5)).way is Way.UNCHANGED
    assert not list(site.glob(".yearround-*"))
    assert everything(room / ".yearround/sites/site") == {
        one for one in everything(room / ".yearround/sites/site") if one.startswith("kept")
    }


@with_own_mounts
def test_what_takes_another_s_place_may_be_a_folder_or_a_file(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 1_000_000)
    for build in (
        {"a": b"file", "b/c.html": b"folder"},
        {"a/x.html": b"folder", "b": b"file"},
        {"a": b"file"},
    ):
        put(site, house, build)
        assert held(site) == build


@with_own_mounts
def test_in_place_pictures_and_styles_come_before_pages_and_nothing_goes_before_them(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 4_000_000)
    put(site, house, site_of(1))
    seen: list[dict[str, bytes]] = []
    replace = Path.replace
    remove = files.remove

    def replaced(self: Path, target: Path) -> Path:
        seen.append(held(site))
        return replace(self, target)

    def removed(folder: Path, address: str) -> None:
        seen.append(held(site))
        remove(folder, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", replaced)
        patch.setattr(switch, "remove", removed)
        put(site, house, site_of(2))
    assert len(seen) > 24
    for moment in seen:
        new = {address for address, data in moment.items() if site_of(2).get(address) == data}
        if any(address.endswith(".html") for address in new):
            assert set(hashed(site_of(2))) <= new
        gone = set(site_of(1)) - set(moment)
        if gone:
            assert set(site_of(2)) <= new


@with_own_mounts
def test_killed_while_files_are_replaced_the_record_knows_both_sites_and_the_next_build_mends_all(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 4_000_000)
    put(site, house, site_of(1))

    def killed_at(moment: int) -> None:
        count = 0
        replace = Path.replace

        def replaced(self: Path, target: Path) -> Path:
            nonlocal count
            count += 1
            if count == moment:
                os.kill(os.getpid(), 9)
            return replace(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", replaced)
            put(site, house, site_of(2))

    for moment in range(1, 40, 3):
        in_child(lambda moment=moment: killed_at(moment))  # type: ignore[misc]
        manifest = read_manifest(site)
        assert manifest is not None
        stands = {address for address in held(site) if not address.startswith(".")}
        assert stands <= set(manifest.files)
        put(site, house, site_of(1))
        assert held(site).keys() - hashed(held(site)).keys() == site_of(1).keys() - hashed(site_of(1)).keys()
        assert not list(site.rglob(".yearround-*"))
        assert not list(site.rglob(".writing-*"))


def in_folders(build: int, folders: int) -> dict[str, bytes]:
    """A site, and pages in folders that no other build has."""
    return {**small_site(build), **{f"en/{build}/{n}/p.html": b"page" for n in range(folders)}}


def small_site(build: int) -> dict[str, bytes]:
    return {address: data for address, data in site_of(build).items() if address[-7:-5] < "08"}


@with_own_mounts
def test_a_mount_without_room_for_new_folders_keeps_the_old_site_whole(room: Path):
    site, house = room / "site", room / ".yearround"
    site.mkdir()
    mount("tmpfs", site, "nr_inodes=60,mode=755")
    put(site, house, small_site(1))
    before, folders = held(site), everything(site)
    refused = 0
    for more in range(30):
        try:
            put(site, house, in_folders(2, more))
        except OSError:
            refused += 1
            assert held(site) == before
            assert everything(site) == folders
        else:
            assert held(site).keys() >= in_folders(2, more).keys()
            put(site, house, small_site(1))
            put(site, house, small_site(3))  # what lingers goes
            put(site, house, small_site(1))
            before, folders = held(site), everything(site)
    assert 0 < refused < 30


@with_own_mounts
def test_a_disk_that_refuses_half_way_is_told_as_what_it_is_and_the_next_build_finishes(room: Path):
    there = newsroom(room)
    small_disk(there.site, 8_000_000)
    there.people(person("p-1", "Astrid Vanterpool", "Astrid"))
    there.story("night", "Old words with [*](@p-1).")
    assert there.build().code == 0
    old = held(there.site)
    there.story("night", "New words with [*](@p-1).", title="New")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", refusing(3, there.site))
        ran = there.build()
    assert ran.code == 1
    assert "[half-published]" in ran.err
    assert (
        f"{there.site}/ is partly new and partly old, because the disk refused something half-way" in ran.err
    )
    assert "as it was" not in ran.out
    assert "The site is partly new and partly old" in ran.out
    assert old != held(there.site)
    assert not (there.site / ".yearround-writing").exists()
    there.people(person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"))
    there.story("tea", date="the other day")
    assert there.build().code == 3
    assert b"Vanterpool" not in b"".join(
        [*held(there.site).values(), *held(room / ".yearround/sites").values()]
    )
    there.people(person("p-1", "Astrid Vanterpool", "Astrid"))
    there.story("tea")
    assert there.build().code == 0
    assert b"New words" in held(there.site)["en/stories/night.html"]


@with_own_mounts
def test_the_site_before_one_that_came_in_by_halves_is_kept_and_the_half_is_not(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 4_000_000)
    put(site, house, site_of(1))
    for moment in (1, 5, 20):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", refusing(moment, site))
            with pytest.raises(Trouble) as trouble:
                put(site, house, site_of(2))
        assert trouble.value.problem.code == "half-published"
        put(site, house, site_of(2))
        [one] = [held(one) for one in kept.sites(site, house)]
        assert set(one.items()) >= set(site_of(1).items())
        put(site, house, site_of(1))
        for again in kept.sites(site, house):
            kept.forget(again, site, house)


def refusing(moment: int, site: Path) -> Callable[[Path, Path], Path]:
    """A way to move files by which the disk refuses one that readers would see."""
    replace = Path.replace
    count = 0

    def replaced(self: Path, target: Path) -> Path:
        nonlocal count
        if self.parent.name == ".yearround-writing":
            count += 1
            if count == moment:
                raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return replace(self, target)

    return replaced


@with_own_mounts
def test_where_no_folder_can_be_renamed_it_is_made_anew(room: Path):
    site, house = room / "site", room / ".yearround"
    small_disk(site, 4_000_000)
    put(site, house, site_of(1))
    rename = Path.rename

    def renamed(self: Path, target: Path) -> Path:
        if self.parent.name == ".yearround-writing":
            cannot()
        return rename(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", renamed)
        put(site, house, in_folders(2, 3))
    assert held(site).keys() >= in_folders(2, 3).keys()


def test_a_site_that_is_published_is_said_to_be_so_when_the_one_before_cannot_be_put_away(
    room: Path, monkeypatch: pytest.MonkeyPatch
):
    site, house = room / "site", room / ".yearround"
    put(site, house, site_of(1))

    def full(self: kept.Room, old: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(old))

    monkeypatch.setattr(kept.Room, "keep", full)
    change = put(site, house, site_of(2))
    assert change.way is Way.EXCHANGE
    assert f"{site} is published, but the site before it could not be put away (no space left on device)" in (
        change.note
    )
    assert held(site) == of(2, 1)
    assert not (house / "sites/site/stage").exists()


@with_own_mounts
def test_a_proof_needs_no_room_on_the_disk(room: Path):
    small_disk(room, 8_000_000)
    there = newsroom(room)
    there.story("night")
    assert there.build().code == 0
    given, bench = open_desk(room, None, NOW, 1, quiet=True)
    assert isinstance(bench.keep, Cache)
    bench.keep.close()  # else its files go at whatever moment the garbage is collected
    bench = replace(bench, keep=memory_only())
    where = places(room)
    before = everything(room / ".yearround")
    fill(room)
    assert verify(given, bench, where) == ()
    assert everything(room / ".yearround") == before
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "digest_at", cannot)
        [problem] = verify(given, bench, where)
    assert problem.code == "unwritable"


# ---- no permission


@with_own_mounts
def test_where_nothing_may_be_written_the_site_stays_and_that_is_an_error_of_the_disk(room: Path):
    site, house = room / "site", room / ".yearround"
    put(site, house, site_of(1))
    read_only(site)
    with pytest.raises(OSError, match="Read-only") as fault:
        put(site, house, site_of(2))
    assert str(site) in str(fault.value.filename)
    assert held(site) == site_of(1)
    assert not list((house / "sites").rglob("stage"))


@with_own_mounts
def test_the_command_says_so_in_plain_words(room: Path):
    there = newsroom(room)
    there.story("night", "Old words.")
    assert there.build().code == 0
    before = held(there.site)
    there.story("night", "New words.")
    read_only(there.site)
    ran = there.build()
    assert ran.code == 1
    assert "site/ cannot be written: read-only file system." in ran.err
    assert "Nothing was published; the site stands as it was." in ran.out
    assert held(there.site) == before


@with_own_mounts
def test_a_site_on_another_disk_has_its_stage_beside_it(room: Path, tmp_path: Path):
    www = tmp_path / "www"
    small_disk(www, 4_000_000)
    put(www / "site", room / ".yearround", site_of(1))
    change = put(www / "site", room / ".yearround", site_of(2))
    assert change.way is Way.EXCHANGE
    assert held(www / "site") == of(2, 1)
    assert sorted(path.name for path in www.iterdir()) == [".site.yearround", "site"]
    assert [held(one) for one in kept.sites(www / "site", room / ".yearround")] == [site_of(1)]


@with_own_mounts
def test_sites_that_were_kept_elsewhere_before_a_disk_was_mounted_are_not_forgotten_there(
    room: Path, tmp_path: Path
):
    www = tmp_path / "www"
    for build in (1, 2):
        put(www / "site", room / ".yearround", site_of(build))
    [old] = kept.sites(www / "site", room / ".yearround")
    small_disk(www, 4_000_000)
    put(www / "site", room / ".yearround", site_of(3))
    assert not old.exists()


@pytest.fixture
def open_room() -> Iterator[Path]:
    """A newsroom's folder that others than root may enter."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def as_nobody(folder: Path, *theirs: Path) -> None:
    """Go on as somebody to whom these folders belong, and the one above does not."""
    if os.geteuid() == 0:
        for one in theirs:
            os.chown(one, 65534, 65534)
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    else:
        folder.chmod(0o555)


def test_where_the_folder_above_is_shut_files_are_replaced_one_by_one(open_room: Path):
    site, house = open_room / "www/site", open_room / ".yearround"
    for folder in (site.parent, site, house):
        folder.mkdir()

    def scenario() -> None:
        as_nobody(site.parent, site, house)
        for build in (1, 2):
            change = put(site, house, site_of(build))
            assert change.way is Way.IN_PLACE
            assert f"{site.parent} may not be written" in change.note
            assert held(site) == of(build, *range(1, build))

    try:
        assert in_child(scenario) == ""
    finally:
        site.parent.chmod(0o755)


# ---- layers, links, and disks that cannot exchange


@with_own_mounts
def test_a_site_in_the_lower_layer_of_an_overlay_is_replaced_in_place(room: Path, tmp_path: Path):
    disk = tmp_path / "layers"
    small_disk(disk, 4_000_000)
    for name in ("lower", "upper", "work"):
        (disk / name).mkdir()
    put(disk / "lower/site", disk / "lower/.yearround", site_of(1))
    layers = f"lowerdir={disk}/lower,upperdir={disk}/upper,workdir={disk}/work"
    try:
        mount("overlay", room, layers)
    except OSError as fault:
        pytest.skip(f"no overlay here: {fault}")
    change = put(room / "site", room / ".yearround", site_of(2))
    assert held(room / "site") == of(2, 1)
    assert change.way is Way.IN_PLACE
    assert "invalid cross-device link" in change.note
    more = {**site_of(3), "en/new/folder/a.html": b"a"}
    assert put(room / "site", room / ".yearround", more).way is Way.IN_PLACE
    assert held(room / "site") == {**of(3, 2, 1), **more}


def cannot(*arguments: object) -> None:
    raise OSError(errno.EINVAL, "Invalid argument")


def test_where_two_folders_cannot_be_exchanged_they_are_renamed(room: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(switch, "exchange", cannot)
    site, house = room / "site", room / ".yearround"
    put(site, house, site_of(1))
    change = put(site, house, site_of(2))
    assert change.way is Way.RENAME
    assert (
        change.note
        == f"This file system cannot exchange two folders at once, so for an instant {site} was not there."
    )
    assert held(site) == of(2, 1)
    assert [held(one) for one in kept.sites(site, house)] == [site_of(1)]


def test_a_rename_that_fails_half_way_brings_the_old_site_back(room: Path, monkeypatch: pytest.MonkeyPatch):
    site, house = room / "site", room / ".yearround"
    put(site, house, site_of(1))
    rename = Path.rename

    def halfway(self: Path, target: Path) -> Path:
        if self.name == "stage" and target == site:
            cannot()
        return rename(self, target)

    monkeypatch.setattr(switch, "exchange", cannot)
    monkeypatch.setattr(Path, "rename", halfway)
    assert put(site, house, site_of(2)).way is Way.IN_PLACE
    assert held(site) == of(2, 1)


def test_where_no_file_can_have_two_names_it_is_copied(room: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "link", lambda *arguments, **values: cannot())
    site, house = room / "site", room / ".yearround"
    for build in (1, 2, 3):
        put(site, house, site_of(build))
    assert held(site) == of(3, 2, 1)
    assert put(site, house, site_of(3)).way is Way.UNCHANGED


def test_a_site_that_is_a_link_stays_one_and_what_it_leads_to_is_switched(room: Path, tmp_path: Path):
    real = tmp_path / "www" / "light"
    real.parent.mkdir()
    site = room / "site"
    site.symlink_to(real)
    put(site, room / ".yearround", site_of(1))
    assert put(site, room / ".yearround", site_of(2)).way is Way.EXCHANGE
    assert site.readlink() == real
    assert held(real) == held(site) == of(2, 1)
    assert [held(one) for one in kept.sites(real, room / ".yearround")] == [site_of(1)]


def test_a_file_where_the_site_should_stand_is_left_alone(room: Path):
    (room / "site").write_text("a file")
    with pytest.raises(NotADirectoryError):
        Staging.at(room / "site", room / ".yearround")
    assert (room / "site").read_text() == "a file"


def test_this_machine_can_exchange_two_folders(tmp_path: Path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "says").write_text(name)
    switch.exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one/says").read_text() == "other"
    with pytest.raises(FileNotFoundError):
        switch.exchange(tmp_path / "one", tmp_path / "none")
    assert files.digest_at(tmp_path / "one/says") == record({"": b"other"}).files[""].digest

"""A site is staged whole and switched: real folders, with what shares, lingers, is kept and is left over."""

from __future__ import annotations

import json
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from builder.deliver import kept
from builder.deliver.record import MANIFEST, read_manifest
from builder.deliver.staging import Staging
from builder.deliver.switch import Way
from builder.problem import Trouble
from tests.publishing import hashed, held, put, record, site_of

ONE = {"en/a.html": b"a", "en/deep/er/b.html": b"b", "c.css": b"c"}
ANOTHER = {"en/a.html": b"A", "c.css": b"c", "d.html": b"ddd"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    house = tmp_path / "room" / ".yearround"
    house.mkdir(parents=True)
    return house


@pytest.fixture
def site(house: Path) -> Path:
    return house.parent / "site"


def leftovers(house: Path) -> list[str]:
    """What stands in `.yearround/` beside kept sites."""
    return sorted(
        path.relative_to(house).as_posix()
        for path in house.rglob("*")
        if path.is_file() and "kept" not in path.relative_to(house).parts
    )


def kept_numbers(site: Path, house: Path) -> list[int]:
    return [int(one.name) for one in kept.sites(site, house)]


def test_nobody_sees_the_new_site_before_the_switch_and_everybody_after(site: Path, house: Path):
    put(site, house, ONE)
    staging = Staging.at(site, house)
    for address, data in ANOTHER.items():
        staging.write(address, data)
    assert held(site) == ONE
    change = staging.switch(record(ANOTHER), house / "found")
    assert held(site) == ANOTHER
    assert change.way is Way.EXCHANGE
    assert change.note == ""
    assert leftovers(house) == []


def test_the_change_for_readers_is_told_with_its_bytes(site: Path, house: Path):
    first = put(site, house, ONE)
    assert (first.way, first.gained, first.lost) == (Way.NEW, 3, 0)
    change = put(site, house, ANOTHER)
    assert (change.added, change.changed, change.removed, change.unchanged) == (
        ("d.html",),
        ("en/a.html",),
        ("en/deep/er/b.html",),
        1,
    )
    assert (change.gained, change.lost) == (4, 2)


def test_an_abandoned_site_leaves_no_trace(site: Path, house: Path):
    put(site, house, ONE)
    before = (site / MANIFEST).read_bytes()
    staging = Staging.at(site, house)
    staging.write("en/a.html", b"half")
    staging.share("c.css")
    staging.abandon()
    assert held(site) == ONE
    assert (site / MANIFEST).read_bytes() == before
    assert leftovers(house) == []


def test_what_stands_is_shared_and_what_is_written_never_touches_it(site: Path, house: Path):
    put(site, house, ONE)
    staging = Staging.at(site, house)
    staging.share("c.css")
    assert (staging.room.stage / "c.css").stat().st_ino == (site / "c.css").stat().st_ino
    staging.write("c.css", b"other")
    assert (site / "c.css").read_bytes() == b"c"
    staging.abandon()


def test_what_is_published_is_really_read(site: Path, house: Path):
    put(site, house, ONE)
    staging = Staging.at(site, house)
    assert staging.published("c.css") == record(ONE).files["c.css"].digest
    (site / "c.css").write_bytes(b"by hand")
    assert staging.published("c.css") == record({"c.css": b"by hand"}).files["c.css"].digest
    for nothing in ("none.css", "en", "c.css/below"):
        assert staging.published(nothing) is None
    staging.abandon()


def test_what_a_link_leads_to_is_neither_read_nor_shared(site: Path, house: Path, tmp_path: Path):
    put(site, house, ONE)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.html").write_bytes(b"private")
    (site / "el").symlink_to(tmp_path / "elsewhere")
    (site / "file.html").symlink_to(tmp_path / "elsewhere/a.html")
    staging = Staging.at(site, house)
    assert staging.published("el/a.html") is None
    assert staging.published("file.html") is None
    with pytest.raises(Trouble):
        staging.share("el/a.html")
    staging.write("en/a.html", b"a")
    change = staging.switch(record({"en/a.html": b"a"}), house / "found")
    assert change.aside == ("el", "file.html")
    assert (house / "found/el").is_symlink()
    assert (tmp_path / "elsewhere/a.html").read_bytes() == b"private"


def test_a_pipe_that_somebody_left_there_holds_nothing_up(site: Path, house: Path):
    put(site, house, ONE)
    os.mkfifo(site / "pipe.html")
    staging = Staging.at(site, house)
    assert staging.published("pipe.html") is None
    staging.abandon()
    assert put(site, house, ANOTHER).aside == ("pipe.html",)


@pytest.mark.parametrize("address", ["../out.html", "en/../../out.html", "/tmp/out.html", "", "a\0b"])
def test_no_address_leads_out(site: Path, house: Path, address: str):
    staging = Staging.at(site, house)
    for act in (staging.published, staging.share, lambda one: staging.write(one, b"out")):
        with pytest.raises(Trouble) as trouble:
            act(address)
        assert trouble.value.problem.code == "leads-out"
    staging.abandon()


def test_it_may_be_handed_to_other_processes_and_they_write_into_it(site: Path, house: Path):
    staging = Staging.at(site, house)
    files = {f"en/{n % 7}/{n}.html": str(n).encode() for n in range(40)}
    assert pickle.loads(pickle.dumps(staging)) == staging
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        digests = list(pool.map(staging.write, files, files.values()))
    assert digests == [entry.digest for entry in (record(files).files[one] for one in files)]
    staging.switch(record(files), house / "found")
    assert held(site) == files


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
def test_readers_may_open_every_file_and_folder_whatever_the_builder_keeps_to_itself(
    site: Path, house: Path, umask: int
):
    before = os.umask(umask)
    try:
        put(site, house, ONE)
        (site / "c.css").chmod(0o600)
        put(site, house, ANOTHER)
    finally:
        os.umask(before)
    modes = {path.relative_to(site).as_posix(): path.stat().st_mode & 0o7777 for path in site.rglob("*")}
    assert {mode for address, mode in modes.items() if (site / address).is_dir()} == {0o755}
    assert {mode for address, mode in modes.items() if (site / address).is_file()} == {0o644}
    assert site.stat().st_mode & 0o7777 == 0o755


def test_the_stage_and_its_record_must_agree(site: Path, house: Path):
    put(site, house, ONE)
    staging = Staging.at(site, house)
    staging.write("en/a.html", b"a")
    with pytest.raises(ValueError, match=r"c\.css"):
        staging.switch(record(ONE), house / "found")
    staging.abandon()
    assert held(site) == ONE


def test_a_build_that_changes_nothing_leaves_the_very_folder_there(site: Path, house: Path):
    put(site, house, ONE)
    put(site, house, ANOTHER)
    before = site.stat().st_ino, kept_numbers(site, house)
    change = put(site, house, ANOTHER)
    assert change.way is Way.UNCHANGED
    assert not change
    assert (site.stat().st_ino, kept_numbers(site, house)) == before


def test_a_file_spoilt_by_hand_is_put_right_even_when_nothing_else_changed(site: Path, house: Path):
    put(site, house, ONE)
    (site / "c.css").write_bytes(b"C")
    assert put(site, house, ONE).changed == ("c.css",)
    assert held(site) == ONE


def test_a_record_of_the_first_kind_forgets_nothing(site: Path, house: Path):
    put(site, house, ONE)
    old = json.loads((site / MANIFEST).read_text())
    old["version"] = 1
    for one in old["files"].values():
        del one["size"]
    (site / MANIFEST).write_text(json.dumps(old))
    change = put(site, house, ANOTHER)
    assert change.removed == ("en/deep/er/b.html",)
    assert change.aside == ()
    assert change.lost == 2
    assert json.loads((site / MANIFEST).read_text())["version"] == 2


# ---- files of others


def test_a_file_of_somebody_else_where_ours_must_stand_is_put_aside_too(site: Path, house: Path):
    put(site, house, ONE)
    (site / "d.html").write_bytes(b"years of work")
    change = put(site, house, ANOTHER)
    assert change.aside == ("d.html",)
    assert held(house / "found") == {"d.html": b"years of work"}
    assert held(site) == ANOTHER


def test_files_of_others_are_put_aside_when_nothing_else_changed(site: Path, house: Path):
    put(site, house, ONE)
    (site / "own.txt").write_bytes(b"mine")
    change = put(site, house, ONE)
    assert (change.aside, bool(change)) == (("own.txt",), False)
    assert held(site) == ONE
    assert kept_numbers(site, house) == []


# ---- sites that are kept, and assets that linger


def test_the_last_three_sites_are_kept(site: Path, house: Path):
    for build in range(1, 7):
        put(site, house, site_of(build))
    assert [held(one)["en/stories/00.html"] for one in kept.sites(site, house)] == [
        site_of(build)["en/stories/00.html"] for build in (5, 4, 3)
    ]


def test_hashed_assets_of_the_last_three_sites_linger_and_nothing_else_does(site: Path, house: Path):
    for build in range(1, 6):
        put(site, house, site_of(build))
    change = put(site, house, site_of(6))
    lingering = hashed(site_of(5)) | hashed(site_of(4)) | hashed(site_of(3))
    assert held(site) == site_of(6) | lingering
    manifest = read_manifest(site)
    assert manifest is not None
    assert {address for address, entry in manifest.files.items() if entry.lingering} == set(lingering)
    assert set(hashed(site_of(2))) < set(change.removed)


def test_they_stay_through_builds_that_change_nothing(site: Path, house: Path):
    for build in (1, 2, 3, 4, 5, 5, 5, 5):
        put(site, house, site_of(build))
    assert set(hashed(held(site))) == {one for build in (5, 4, 3, 2) for one in hashed(site_of(build))}


@pytest.mark.parametrize(
    "address", ["pictures/a.0123456789ab.webp", "assets/site.css", "en/a.0123456789ab.html"]
)
def test_what_may_show_somebody_never_lingers(site: Path, house: Path, address: str):
    put(site, house, {"en/a.html": b"a", address: b"x"})
    put(site, house, {"en/a.html": b"A"})
    assert held(site) == {"en/a.html": b"A"}


def test_an_asset_that_comes_back_is_the_site_s_own_again(site: Path, house: Path):
    for build in (1, 2, 1):
        put(site, house, site_of(build))
    manifest = read_manifest(site)
    assert manifest is not None
    assert manifest.own == record(site_of(1)).own


def test_a_lingering_asset_spoilt_by_hand_goes(site: Path, house: Path):
    put(site, house, site_of(1))
    (site / "assets/site.000000000001.css").unlink()
    (site / "assets/site.000000000001.css").write_bytes(b"mine")
    put(site, house, site_of(2))
    assert held(site) == site_of(2)


def test_two_sites_of_one_newsroom_and_one_outside_never_mix(house: Path, tmp_path: Path):
    folders = [
        house.parent / "site",
        house.parent / "site-public",
        house.parent / "out/site",
        tmp_path / "site",
    ]
    for build in (1, 2):
        for number, folder in enumerate(folders):
            put(folder, house, site_of(10 * number + build))
    for number, folder in enumerate(folders):
        assert held(folder)["en/stories/00.html"] == site_of(10 * number + 2)["en/stories/00.html"]
        assert [held(one) for one in kept.sites(folder, house)] == [site_of(10 * number + 1)]


def test_a_newsroom_that_was_moved_finds_its_kept_sites(site: Path, house: Path, tmp_path: Path):
    put(site, house, site_of(1))
    put(site, house, site_of(2))
    house.parent.rename(tmp_path / "moved")
    moved = tmp_path / "moved"
    assert [held(one) for one in kept.sites(moved / "site", moved / ".yearround")] == [site_of(1)]


def test_everything_of_ours_may_be_deleted_between_two_builds(site: Path, house: Path):
    put(site, house, site_of(1))
    kept_before = house / "sites"
    assert not (kept_before / "site/kept").exists()
    house.rename(house.with_name("gone"))
    change = put(site, house, site_of(2))
    assert change.way is Way.EXCHANGE
    assert [held(one) for one in kept.sites(site, house)] == [site_of(1)]


# ---- what killed builds leave


def test_a_stage_that_was_left_is_cleared_away(site: Path, house: Path):
    put(site, house, ONE)
    Staging.at(site, house).write("en/half.html", b"half")
    assert leftovers(house) == ["sites/site/stage/en/half.html"]
    put(site, house, ANOTHER)
    assert held(site) == ANOTHER
    assert leftovers(house) == []


def test_a_site_caught_between_two_renames_comes_back(site: Path, house: Path):
    put(site, house, ONE)
    staging = Staging.at(site, house)
    staging.write("en/a.html", b"A")
    site.rename(staging.room.out)
    assert kept.sites(site, house) == []
    assert held(site) == ONE
    assert leftovers(house) == []


def test_a_deletion_cut_short_is_finished(site: Path, house: Path):
    put(site, house, ONE)
    put(site, house, ANOTHER)
    [old] = kept.sites(site, house)
    old.rename(old.parent.parent / "gone")
    assert kept.sites(site, house) == []
    assert leftovers(house) == []


def test_a_kept_site_without_its_record_could_not_be_judged_and_goes(site: Path, house: Path):
    put(site, house, ONE)
    put(site, house, ANOTHER)
    [old] = kept.sites(site, house)
    (old / MANIFEST).unlink()
    assert kept.sites(site, house) == []
    assert not old.exists()

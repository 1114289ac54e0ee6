"""A build that keeps what it can is a build from nothing, byte for byte, whatever was done in between."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from builder.deliver.record import read_manifest
from builder.render.reads import Reads
from tests.journeys.edits import KINDS, Hand
from tests.newsroom import Newsroom, newsroom

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
RUNS, EDITS = (50, 20) if NIGHTLY else (4, 15)


def files_of(site: Path) -> dict[str, bytes]:
    """What a site holds of its own: styles that linger from former sites are none of it, in its record either."""
    record = json.loads((site / ".yearround.json").read_bytes())
    lingering = {address for address, one in record["files"].items() if one.get("lingering")}
    record["files"] = {address: one for address, one in record["files"].items() if address not in lingering}
    found = {
        address: path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and (address := path.relative_to(site).as_posix()) not in lingering
    }
    return {**found, ".yearround.json": json.dumps(record).encode()}


def copy(source: Path, target: Path) -> None:
    """What editors and designers wrote, with new dates on all of it."""
    for name in ("stories", "templates"):
        shutil.rmtree(target / name, ignore_errors=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, copy_function=shutil.copyfile)


def from_nothing(room: Newsroom, folder: Path, now: str) -> dict[str, bytes]:
    """What the same newsroom gives where nothing was ever built."""
    empty = newsroom(folder)
    copy(room.folder, empty.folder)
    ran = empty.run("build", now=now)
    assert ran.code == 0, ran.err
    return files_of(empty.site)


@pytest.mark.parametrize("seed", range(RUNS))
def test_after_any_edits_every_byte_is_as_if_it_were_built_from_nothing(seed: int, tmp_path: Path):
    chance = random.Random(random.randrange(2**32) if NIGHTLY else seed)
    hand = Hand(newsroom(tmp_path / "room"), chance)
    hand.begin()
    good = 0
    for number in range(EDITS):
        now = hand.now.isoformat()
        ran = hand.room.run("build", now=now)
        told = "\n".join(hand.said)
        assert ran.code in (0, 1, 3), f"{told}\n{ran.err}"
        if ran.code == 0:
            clean = from_nothing(hand.room, tmp_path / f"clean-{number}", now)
            built = files_of(hand.room.site)
            different = sorted(
                name for name in built.keys() | clean.keys() if built.get(name) != clean.get(name)
            )
            assert different == [], f"seed {seed}, after:\n{told}\n{ran.err}"
            good += 1
            copy(hand.room.folder, tmp_path / "good")
        elif good:
            copy(tmp_path / "good", hand.room.folder)
        hand.edit()
    assert good > EDITS // 2, hand.said


def _team_unnoted(reads: Reads, id: str) -> Any:
    return reads._press.library.newsroom.teams.get(id)


def test_a_dependency_that_nobody_notes_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The comparison can fail: a page that reads a team and does not say so stays as it was when the team is renamed."""
    monkeypatch.setattr(Reads, "team", _team_unnoted)
    room = newsroom(tmp_path / "room")
    room.story("night", team="ward")
    assert room.build().code == 0
    room.write("teams.yaml", "- {id: ward, name: Another Ward, headcount: 12}\n")
    ran = room.run("build", "--verify")
    assert ran.code == 1
    assert "[not-the-same]" in ran.err
    assert "the bytes of this file are not those" in ran.err.lower()
    clean = from_nothing(room, tmp_path / "clean", "2026-03-12T09:00")
    assert files_of(room.site) != clean


def test_verify_says_that_all_is_the_same_and_finds_a_file_that_somebody_changed(tmp_path: Path):
    hand = Hand(newsroom(tmp_path / "room"), random.Random(5))
    hand.begin()
    ran = hand.room.run("build", "--verify", now=hand.now.isoformat())
    assert (ran.code, "every byte is the same" in ran.out) == (0, True), ran.err


def test_no_kind_of_edit_is_left_out():
    assert len(KINDS) > 30


def test_what_is_published_is_noted_as_it_stands(tmp_path: Path):
    hand = Hand(newsroom(tmp_path / "room"), random.Random(0))
    hand.begin()
    hand.room.good_build(now=hand.now.isoformat())
    manifest = read_manifest(hand.room.site)
    assert manifest is not None
    assert manifest.files.keys() | {".yearround.json", ".gitignore"} == files_of(hand.room.site).keys()

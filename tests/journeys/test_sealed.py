"""A build that says "nothing has changed" is right about it, and what it knows this from holds nobody's name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner

from builder.cli import main, report
from tests.newsroom import Newsroom, Ran, newsroom, person

UNCHANGED = "nothing has changed"


def build(room: Newsroom, *more: str) -> Ran:
    """A build as of this very moment: of one at another time nothing is noted."""
    done = CliRunner().invoke(
        main, ["build", "--newsroom", str(room.folder), "--jobs", "1", *more], catch_exceptions=False
    )
    return Ran(done.exit_code, done.stdout, done.stderr)


def filled(folder: Path) -> Newsroom:
    room = newsroom(folder)
    room.people(person("p-017", "Rania Boutros", "Rania"))
    room.story("night", date="2025-03-04")
    room.story("day", date="2025-03-05")
    return room


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return filled(tmp_path / "room")


def seals(room: Newsroom) -> list[Path]:
    return sorted((room.folder / ".yearround" / "sealed").glob("*"))


def good_build(room: Newsroom, *more: str) -> Ran:
    ran = build(room, *more)
    assert ran.code == 0, ran.err
    return ran


def test_a_second_build_has_nothing_to_do(room: Newsroom):
    assert UNCHANGED not in good_build(room).out
    assert UNCHANGED in good_build(room).out


def test_a_story_below_a_linked_year_that_is_taken_down_leaves(room: Newsroom):
    years = room.folder / "years"
    shutil.move(room.folder / "stories" / "2026", years / "2026")
    (room.folder / "stories" / "2026").symlink_to("../years/2026")
    good_build(room)
    assert UNCHANGED in good_build(room).out
    assert (room.site / "en/stories/night.html").exists()
    night = years / "2026" / "night.md"
    night.write_text(night.read_text().replace("---\n", "---\nstatus: draft\n", 1))
    assert UNCHANGED not in build(room).out
    assert not (room.site / "en/stories/night.html").exists()


def _another_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "version", sys.version.replace(sys.version.split()[0], "3.99.0"))


def _another_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same Yearround, put into another environment."""
    package = tmp_path / "elsewhere" / "builder"
    (package / "cli").mkdir(parents=True)
    monkeypatch.setattr(report, "__file__", str(package / "cli" / "report.py"))


def _another_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One that is found before the one that was there."""
    (tmp_path / "more" / "markdown-99.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "more")


@pytest.mark.parametrize("change", [_another_python, _another_place, _another_library])
def test_another_program_does_not_take_the_word_of_this_one(
    change: Callable[[pytest.MonkeyPatch, Path], None],
    room: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    good_build(room)
    change(monkeypatch, tmp_path)
    assert UNCHANGED not in good_build(room).out


def _problem_with_other_fields(noted: dict[str, Any]) -> None:
    noted["problems"] = [{"level": "hint", "colour": "blue"}]


def _problem_of_another_level(noted: dict[str, Any]) -> None:
    noted["problems"] = [{"level": "grave"}]


def _problems_of_another_kind(noted: dict[str, Any]) -> None:
    noted["problems"] = [1]


def _without_numbers(noted: dict[str, Any]) -> None:
    del noted["stories"]


def _without_a_zone(noted: dict[str, Any]) -> None:
    noted["until"] = "2026-03-12T09:00"


@pytest.mark.parametrize(
    "change",
    [
        _problem_with_other_fields,
        _problem_of_another_level,
        _problems_of_another_kind,
        _without_numbers,
        _without_a_zone,
    ],
)
def test_what_was_noted_in_another_shape_is_as_good_as_nothing(
    change: Callable[[dict[str, Any]], None], room: Newsroom
):
    good_build(room)
    (seal,) = seals(room)
    noted = json.loads(seal.read_bytes())
    change(noted)
    seal.write_text(json.dumps(noted))
    assert UNCHANGED not in good_build(room).out
    assert UNCHANGED in good_build(room).out


def test_what_may_be_a_name_is_said_each_time_and_never_noted(room: Newsroom):
    good_build(room)
    assert len(seals(room)) == 1
    room.story("night", "Rania came.", date="2025-03-04")
    for _ in range(2):
        assert "`Rania` may be the name of p-017" in good_build(room).err
        assert seals(room) == []


def test_a_line_of_the_people_file_is_never_noted(room: Newsroom):
    people = room.folder / "stories" / "people.yaml"
    people.write_text(people.read_text() + "  favourite: Rania Boutros likes tea\n")
    assert "Rania Boutros likes tea" in good_build(room).err
    assert seals(room) == []


def test_other_warnings_are_noted_and_said_again(room: Newsroom):
    room.write("stray.txt", "")
    assert "[stray]" in good_build(room).err
    again = good_build(room)
    assert UNCHANGED in again.out
    assert "[stray]" in again.err


def test_what_is_noted_of_other_sites_goes_with_what_it_was_noted_from(room: Newsroom, tmp_path: Path):
    public = ("--audience", "public", "--out", str(tmp_path / "public"))
    good_build(room)
    good_build(room, *public)
    assert UNCHANGED in good_build(room).out
    assert UNCHANGED in good_build(room, *public).out
    assert len(seals(room)) == 2
    old = room.folder / ".yearround" / "sealed" / "0123456789abcdef.json"
    old.write_text('{"version": 1, "problems": [{"message": "`Rania` may be the name of p-017"}]}')
    room.story("tea", "It is: hot.", date="2025-03-06")
    good_build(room)
    assert len(seals(room)) == 1


@pytest.fixture
def strangers_room() -> Iterator[Newsroom]:
    """A newsroom of somebody who is not root and so may not look everywhere, as whom the test goes on."""
    with TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        room = filled(Path(above) / "room")
        (room.folder / "stories" / "lost+found").mkdir()
        user = os.geteuid()
        if user == 0:
            for path in (room.folder, *room.folder.rglob("*")):
                os.chown(path, 65534, 65534)
            os.seteuid(65534)
        yield room
        os.seteuid(user)
        for path in (room.folder, *room.folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)


def test_a_folder_that_may_not_be_read_is_told_of_and_not_fallen_over(strangers_room: Newsroom):
    (strangers_room.folder / "stories" / "lost+found").chmod(0)
    for _ in range(2):
        ran = good_build(strangers_room)
        assert "warning: stories/lost+found [stray]" in ran.err
        assert UNCHANGED not in ran.out
    (strangers_room.folder / "stories" / "2026").chmod(0)
    ran = build(strangers_room)
    assert ran.code in (1, 3)
    assert "error: stories/2026 [unreadable]" in ran.err


def test_a_newsroom_that_may_not_be_looked_at_is_told_of(strangers_room: Newsroom):
    strangers_room.folder.chmod(0)
    ran = build(strangers_room)
    assert ran.code == 1
    assert "[no-newsroom]" in ran.err


def test_a_newsroom_whose_path_is_no_text_is_built_and_noted(tmp_path: Path):
    room = filled(tmp_path / os.fsdecode(b"caf\xe9"))
    command = [sys.executable, "-m", "builder", "build", "--newsroom", str(room.folder)]
    for said in ("2 stories on", UNCHANGED):
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert said.encode() in done.stdout

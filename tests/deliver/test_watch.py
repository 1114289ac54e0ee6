"""Someone is woken when files have changed; an editor's own leavings are no change."""

from __future__ import annotations

from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)

from builder.deliver.watch import Watcher, _Stirring, on_far_mount

HERE = "/room/stories/"


def stirs(event: FileSystemEvent) -> bool:
    stirred = Event()
    _Stirring(stirred, (Path("/room/stories"), Path("/hr/people.yaml"))).on_any_event(event)
    return stirred.is_set()


@pytest.mark.parametrize(
    "name",
    [
        ".night.md.swp",
        "night.md~",
        "#night.md#",
        ".#night.md",
        "4913",
        "~$night.md",
        "2026/.night.md.1234.tmp",
        "night.md.tmp",
        ".obsidian/workspace.json",
        ".git/index",
    ],
)
def test_an_editors_own_files_are_no_change(name: str):
    assert not stirs(FileCreatedEvent(HERE + name))
    assert not stirs(FileClosedEvent(HERE + name))
    assert not stirs(FileMovedEvent(HERE + name, HERE + name + "~"))


@pytest.mark.parametrize("name", ["night.md", "2026/night.md", "2026/ward.jpg", "new", "metrics/a.tmp.yaml"])
def test_what_is_written_is_a_change(name: str):
    assert stirs(FileClosedEvent(HERE + name))
    assert stirs(FileMovedEvent(HERE + ".hidden.tmp", HERE + name))
    assert stirs(FileMovedEvent(HERE + name, HERE + name + "~"))


def test_reading_is_none_and_what_is_beside_is_none():
    assert not stirs(FileOpenedEvent(HERE + "night.md"))
    assert not stirs(FileClosedNoWriteEvent(HERE + "night.md"))
    assert not stirs(DirModifiedEvent("/room/stories"))
    assert not stirs(FileClosedEvent("/room/site/index.html"))
    assert not stirs(FileClosedEvent("/hr/salaries.yaml"))
    assert stirs(FileClosedEvent("/hr/people.yaml"))


def test_a_folder_that_comes_later_is_watched_from_then_on(tmp_path: Path):
    woken: SimpleQueue[set[str]] = SimpleQueue()
    templates = tmp_path / "templates"
    watcher = Watcher(
        [tmp_path / "stories", templates], lambda: woken.put({one.name for one in tmp_path.rglob("*")})
    )
    watcher.start()
    try:
        (templates / "assets").mkdir(parents=True)
        while "assets" not in woken.get(timeout=30):
            pass
        (templates / "assets" / "own.css").write_text("p {}")
        while "own.css" not in woken.get(timeout=30):
            pass
    finally:
        watcher.stop()


def test_where_nobody_tells_the_files_are_looked_at(tmp_path: Path):
    (tmp_path / "stories").mkdir()
    woken: SimpleQueue[bool] = SimpleQueue()
    watcher = Watcher([tmp_path / "stories"], lambda: woken.put(True), poll=True)
    watcher.start()
    try:
        (tmp_path / "stories" / "night.md").write_text("Once.")
        assert woken.get(timeout=30)
    finally:
        watcher.stop()


@pytest.mark.parametrize(
    ("path", "far"),
    [
        ("/", False),
        ("/srv/news/stories", True),
        ("/srv/newsroom", False),
        ("/srv/news/local", False),
        ("/mnt/our files/x", True),
    ],
)
def test_a_folder_on_a_network_is_known_by_the_mount_it_lies_on(path: str, far: bool):
    mounts = [
        "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        "36 25 0:31 / /srv/news rw - nfs4 server:/news rw",
        "37 36 8:2 / /srv/news/local rw - ext4 /dev/sdb1 rw",
        r"38 25 0:32 / /mnt/our\040files rw - cifs //server/files rw",
        "nonsense",
    ]
    assert on_far_mount(path, mounts) is far

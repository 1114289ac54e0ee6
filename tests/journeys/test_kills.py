"""`yearround build`, killed at any moment while people read: they see whole pages, and time never goes back for them."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.built import ROOT
from tests.kills import MANY, Readers, walked
from tests.newsroom import NOW, Newsroom, newsroom

STORIES = ("bread", "letters", "night", "tea")


def write(room: Newsroom, build: int) -> None:
    """The same stories, saying another number; an address that comes and goes."""
    for name in STORIES:
        room.story(name, f"This is build {build}.", title=f"Build {build}", aliases=[f"{name}-{build}"])


def start(room: Newsroom) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "builder", "build", "--newsroom", str(room.folder), "--now", NOW],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def page() -> str:
    return f"en/stories/{random.choice(STORIES)}.html"


def number(data: bytes) -> int:
    found = re.search(rb"This is build (\d+)\.", data)
    if not found or not data.rstrip().endswith(b"</html>"):
        raise ValueError(f"no whole page: {data[-80:]!r}")
    return int(found[1])


def digests(room: Newsroom) -> set[tuple[str, str]]:
    files = json.loads((room.site / ".yearround.json").read_text("utf-8"))["files"]
    return {(address, one["sha256"]) for address, one in files.items()}


def wrong(site: Path) -> str:
    handle = os.open(site, os.O_RDONLY)
    try:
        return walked(handle)
    finally:
        os.close(handle)


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(tmp_path: Path):
    room = newsroom(tmp_path / "room")
    build = 1
    write(room, build)
    began = time.monotonic()
    assert start(room).wait() == 0
    lasts = time.monotonic() - began
    published = digests(room)
    killed = 0
    with Readers(room.site, page, number) as readers:
        while killed < MANY:
            build += 1
            write(room, build)
            process = start(room)
            if build % 4:
                time.sleep(random.uniform(0.4, 1.1) * lasts)
                process.send_signal(signal.SIGKILL)
            ended = process.wait()
            assert ended in (0, -signal.SIGKILL)
            killed += ended != 0
            assert wrong(room.site) == ""
            published |= digests(room)
    assert readers.faults == []
    assert readers.seen <= published
    assert readers.walked > killed
    write(room, build + 1)
    ran = room.build()
    assert ran.code == 0, ran.err
    assert number((room.site / page()).read_bytes()) == build + 1
    assert wrong(room.site) == ""
    assert sorted(one.name for one in room.folder.iterdir()) == [".yearround", "site", "stories"]
    assert sorted(one.name for one in (room.folder / ".yearround/sites/site").iterdir()) == ["kept"]
    assert not (room.folder / ".yearround/found").exists()

"""Killed at any moment, a builder leaves the old site or the new one, and readers never see anything else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.deliver import kept
from tests.kills import MANY, Readers, any_page, walked
from tests.publishing import build_of, held, put, site_of

ROOT = Path(__file__).parent.parent.parent

if sys.platform != "linux":
    pytest.skip("only Linux exchanges two folders", allow_module_level=True)


def builder(site: Path, house: Path, *how: str) -> subprocess.Popen[str]:
    """Somebody who builds without end; back when the first build is done."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kills", str(site), str(house), *how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline()
    return process


def kill(process: subprocess.Popen[str], after: float) -> None:
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def whole(site: Path) -> str:
    """What is wrong with a site as it stands."""
    handle = os.open(site, os.O_RDONLY)
    try:
        return walked(handle)
    finally:
        os.close(handle)


def test_readers_find_the_old_site_or_the_new_one_however_often_the_builder_is_killed(tmp_path: Path):
    site, house = tmp_path / "room/site", tmp_path / "room/.yearround"
    put(site, house, site_of(1))
    with Readers(site, any_page, build_of) as readers:
        for _ in range(MANY):
            kill(builder(site, house), after=random.uniform(0, 0.1))
            assert whole(site) == ""
    assert readers.faults == []
    assert readers.asked > 10 * MANY
    assert readers.walked > MANY
    last = build_of((site / "en/stories/00.html").read_bytes())
    assert last > MANY
    put(site, house, site_of(last + 1))
    assert held(site).items() >= site_of(last + 1).items()
    assert len(kept.sites(site, house)) == 3
    assert sorted(path.name for path in house.iterdir()) == ["sites"]
    assert sorted(path.name for path in (house / "sites/site").iterdir()) == ["kept"]
    assert sorted(path.name for path in site.parent.iterdir()) == [".yearround", "site"]


def test_the_readers_would_notice_a_site_that_is_written_file_by_file(tmp_path: Path):
    site, house = tmp_path / "room/site", tmp_path / "room/.yearround"
    put(site, house, site_of(1))
    with Readers(site, any_page, build_of) as readers:
        kill(builder(site, house, "plainly"), after=1)
    assert [fault for fault in readers.faults if "after one of build" in fault]
    assert [fault for fault in readers.faults if "not as its record says" in fault]

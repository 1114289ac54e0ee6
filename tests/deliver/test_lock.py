"""One build at a time: real processes, some of which are killed."""

from __future__ import annotations

import json
import os
import platform
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.deliver import lock as room
from builder.deliver.lock import LOCK, lock
from builder.problem import Trouble
from tests.newsroom import newsroom

ROOT = Path(__file__).parent.parent.parent

OWNER = """
import os, sys, time
from pathlib import Path
from builder.deliver.lock import lock
with lock(Path(sys.argv[1]), print):
    worker = os.fork() if "worker" in sys.argv else 1
    if worker:
        print(worker, flush=True)
    time.sleep(600)
"""


@contextmanager
def owner(house: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Somebody else who builds, and the worker of theirs."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(house), *more], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    worker = int(process.stdout.readline())
    try:
        yield process, worker
    finally:
        process.kill()
        if worker > 1:
            os.kill(worker, signal.SIGKILL)
        process.communicate()


def refusal(house: Path) -> str:
    with pytest.raises(Trouble) as trouble, lock(house, print):
        pass
    assert trouble.value.problem.code == "locked"
    return f"{trouble.value.problem.message}. {trouble.value.problem.mend}"


def test_who_comes_second_hears_who_was_first_since_when_and_what_to_do(tmp_path: Path):
    with owner(tmp_path) as (process, _):
        assert re.fullmatch(
            rf"this newsroom is being built already, by process {process.pid} on {re.escape(platform.node())} "
            r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00, less than a minute ago\. "
            rf"Wait until that is done and run this again\. If it hangs, `kill {process.pid}` on "
            rf"{re.escape(platform.node())}; the lock goes with it\.",
            refusal(tmp_path),
        )


def test_the_age_of_a_lock_is_said_in_minutes(tmp_path: Path):
    with owner(tmp_path):
        text = json.loads((tmp_path / LOCK).read_text())
        (tmp_path / LOCK).write_text(json.dumps({**text, "since": "2026-01-01T00:00:00+00:00"}))
        assert re.search(r"since 2026-01-01T00:00:00\+00:00, \d{4,} minutes ago", refusal(tmp_path))


@pytest.mark.parametrize("text", ["", "half{", "[]", '{"pid": "x"}', '{"since": 4}', "\0" * 5000])
def test_whatever_stands_in_the_file_the_lock_itself_decides(tmp_path: Path, text: str):
    with owner(tmp_path):
        (tmp_path / LOCK).write_text(text)
        assert "is being built already, by" in refusal(tmp_path)
    with lock(tmp_path, print):
        pass


def test_in_one_process_too_the_second_is_refused(tmp_path: Path):
    with lock(tmp_path, print):
        assert f"process {os.getpid()} " in refusal(tmp_path)
        with lock(tmp_path / "another", print):
            pass
    with lock(tmp_path, print):
        pass


def test_a_lock_that_was_given_back_says_nothing(tmp_path: Path):
    told: list[str] = []
    for _ in range(2):
        with lock(tmp_path, told.append):
            assert json.loads((tmp_path / LOCK).read_text())["pid"] == os.getpid()
        assert (tmp_path / LOCK).read_text() == ""
    assert told == []


def test_it_is_given_back_when_the_work_fails(tmp_path: Path):
    with pytest.raises(KeyError), lock(tmp_path, print):
        raise KeyError
    with lock(tmp_path, print):
        pass


@pytest.mark.parametrize("more", [(), ("worker",)])
def test_the_lock_of_one_who_was_killed_is_taken_over_though_a_worker_lives_on(
    tmp_path: Path, more: tuple[str, ...]
):
    told: list[str] = []
    with owner(tmp_path, *more) as (process, worker):
        process.kill()
        process.wait()
        if worker > 1:
            os.kill(worker, 0)
        with lock(tmp_path, told.append):
            pass
    assert len(told) == 1
    assert told[0].startswith(f"going on after a run that was cut short (process {process.pid} on ")


def test_where_the_disk_has_no_locks_the_owner_s_words_decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import fcntl

    def none(*arguments: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", none)
    with lock(tmp_path, print):
        pass
    for words, refused in (
        ({"pid": os.getppid(), "host": platform.node()}, True),
        ({"pid": os.getppid(), "host": "another machine"}, True),
        ({"pid": 2**22 + 1, "host": platform.node()}, False),
    ):
        (tmp_path / LOCK).write_text(json.dumps(words))
        if refused:
            assert "is being built already" in refusal(tmp_path)
        else:
            with lock(tmp_path, print):
                pass
    assert room._held == set()


def test_where_it_cannot_be_held_that_is_said(tmp_path: Path):
    (tmp_path / "house").write_text("a file")
    with pytest.raises(Trouble) as trouble, lock(tmp_path / "house", print):
        pass
    assert trouble.value.problem.code == "unwritable"


# ---- the commands


@pytest.mark.parametrize("verb", ["build", "digest", "rollback"])
def test_a_command_that_writes_waits_for_nobody_and_writes_nothing(tmp_path: Path, verb: str):
    room = newsroom(tmp_path)
    room.story("night")
    with owner(tmp_path / ".yearround") as (process, _):
        ran = room.run(verb)
    assert ran.code == 1
    assert f"This newsroom is being built already, by process {process.pid} on" in ran.err
    assert not room.site.exists()
    assert not room.outbox.exists()


def test_many_at_once_are_one_after_the_other_or_refused(tmp_path: Path):
    room = newsroom(tmp_path)
    for name in ("night", "day"):
        room.story(name)
    command = [
        sys.executable,
        "-m",
        "builder",
        "build",
        "--newsroom",
        str(tmp_path),
        "--now",
        "2026-03-12T09:00",
    ]
    all_at_once = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ends = [(*process.communicate(), process.returncode) for process in all_at_once]
    assert [code for _, _, code in ends].count(0) >= 1
    for _, err, code in ends:
        assert (code == 0) != ("is being built already" in err)
    files = json.loads((room.site / ".yearround.json").read_text())["files"]
    assert {one.relative_to(room.site).as_posix() for one in room.site.rglob("*") if one.is_file()} == {
        *files,
        ".yearround.json",
        ".gitignore",
    }

"""Whole processes timed and weighed from outside, as the operating system accounts for them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock and of processors, with those of all child processes."""

    wall: float
    cpu: float


def run(command: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; ends the bench where it fails, with what it said."""
    start = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        sys.exit(
            f"{' '.join(map(str, command))} in {folder} ended with {process.returncode}:\n{said.decode()}"
        )
    return Run(wall=wall, cpu=used.ru_utime + used.ru_stime)


def peak(command: Sequence[str | Path], folder: Path) -> float:
    """The most memory in megabytes that a command and all its children held at once.

    It is the sum of their proportional set sizes (Linux, /proc/PID/smaps_rollup), in which a page that several share
    counts once; looked at every 20 ms or as fast as the system tells.
    """
    most = 0.0
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(_held, _family(process.pid))))
            time.sleep(0.02)
    return most / 1024


def _family(pid: int) -> Iterable[int]:
    yield pid
    with suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _held(pid: int) -> float:
    """Kilobytes."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0


def interleaved(runs: int, *each: Callable[[], float]) -> list[float]:
    """The median of each of several measurements, taken in turn so that a slow minute slows them all."""
    found: list[list[float]] = [[] for _ in each]
    for _ in range(runs):
        for index, one in enumerate(each):
            found[index].append(one())
    return [statistics.median(one) for one in found]


class Waiter(threading.Thread):
    """Reads lines from a stream until one has some words in it."""

    def __init__(self, lines: Iterable[bytes], words: bytes) -> None:
        super().__init__(daemon=True)
        self._lines = lines
        self._words = words
        self.seen = threading.Event()
        self.when = 0.0
        self.start()

    def run(self) -> None:
        with suppress(ValueError):  # the stream is closed under it where nobody waits any more
            for line in self._lines:
                if self._words in line:
                    self.when = time.perf_counter()
                    self.seen.set()
                    return


def idle(pid: int, patience: float = 180.0) -> None:
    """Wait until a process has had nothing to do for a second."""
    end = time.monotonic() + patience
    before = -1
    while time.monotonic() < end:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used = int(fields[11]) + int(fields[12])
        if used == before:
            return
        before = used
        time.sleep(1.0)

"""Builders that are killed at any moment, and readers that look at the site all the while.

`python -m tests.kills FOLDER HOUSE [plainly]` publishes numbered sites without end, each one higher than the one that
stands; `plainly` writes them file by file, as nobody should: the readers must notice.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import Self

from builder.deliver import files
from builder.deliver.record import MANIFEST, OURS, record_of, write_record
from tests.publishing import PAGES, build_of, put, record, site_of

MANY = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 20
"""How often somebody is killed: more at night."""


class Readers:
    """People who read a site while it changes: one asks for page after page, one walks through all of it.

    `faults` is what they saw and should not have seen.
    """

    def __init__(self, site: Path, address: Callable[[], str], number: Callable[[bytes], int]) -> None:
        self.site = site
        self.address = address
        self.number = number
        self.faults: list[str] = []
        self.seen: set[tuple[str, str]] = set()
        self.asked = 0
        self.walked = 0
        self._over = Event()
        self._threads = [Thread(target=self._ask), Thread(target=self._walk)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        """By its path, every page is whole, and never of an earlier build than the last one."""
        highest = 0
        while not self._over.is_set():
            address = self.address()
            try:
                data = (self.site / address).read_bytes()
                number = self.number(data)
            except (OSError, ValueError) as fault:
                self.faults.append(f"{address}: {fault!r}")
                continue
            self.seen.add((address, sha256(data).hexdigest()))
            self.asked += 1
            if number < highest:
                self.faults.append(f"{address} is of build {number}, after one of build {highest}")
            highest = max(highest, number)

    def _walk(self) -> None:
        """Who holds the folder open sees one site, the one of its record, as long as it is kept."""
        while not self._over.is_set():
            handle = os.open(self.site, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fault = walked(handle)
                where = str(Path(f"/proc/self/fd/{handle}").readlink())
                if where.endswith(("/gone", "(deleted)")):
                    continue
                self.walked += 1
                if fault:
                    self.faults.append(f"{fault} (in {where})")
            finally:
                os.close(handle)


def walked(folder: int) -> str:
    """What is wrong with an open folder: anything that its record does not say."""
    try:
        says = json.loads(_read(MANIFEST, folder))["files"]
        holds = {
            f"{above}/{name}".removeprefix("./"): sha256(_read(name, handle)).hexdigest()
            for above, _, names, handle in os.fwalk(".", dir_fd=folder)
            for name in names
        }
    except (OSError, ValueError) as fault:
        return repr(fault)
    told = {address: one["sha256"] for address, one in says.items()}
    wrong = sorted(address for address in {*told, *holds} - OURS if told.get(address) != holds.get(address))
    return f"not as its record says: {', '.join(wrong[:3])}" if wrong else ""


def _read(name: str, folder: int) -> bytes:
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()


def any_page() -> str:
    return f"en/stories/{random.randrange(PAGES):02}.html"


def forever(site: Path, house: Path, publish: Callable[[Path, Path, dict[str, bytes]], object]) -> None:
    """Publish one build after another, each one higher, until killed."""
    first = site / "en/stories/00.html"
    build = build_of(first.read_bytes()) if first.exists() else 0
    while True:
        build += 1
        publish(site, house, site_of(build))
        print(build, flush=True)


def plainly(site: Path, house: Path, new: dict[str, bytes]) -> None:
    """As one should not: each file whole, and one after the other."""
    for address, data in new.items():
        files.write(site / address, data)
    write_record(site, record(new))
    assert record_of(record(new))


if __name__ == "__main__":
    forever(Path(sys.argv[1]), Path(sys.argv[2]), plainly if "plainly" in sys.argv else put)

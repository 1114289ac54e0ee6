"""Whether anything at all has changed since the last build: asked of the disk's own records, and of nothing else.

A file counts as the same while its size, times and inode are as they were. One that was touched too shortly before it
was looked at could be touched again without a trace, so its bytes count as well (the rule by which git trusts its
index: https://git-scm.com/docs/racy-git). Where a place may not be looked at, nothing is known, and nothing is the same.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from errno import ELOOP, ENOENT, ENOTDIR
from hashlib import blake2b
from pathlib import Path
from time import sleep
from typing import Any

YOUNG = 2_000_000_000
"""Nanoseconds within which a source may have been touched again unseen, on the coarsest of disks."""

JUST_WRITTEN = 10_000_000
"""The same for what we wrote ourselves, on a disk whose times are finer than a second."""

_VERSION = 2

_NOT_THERE = (ENOENT, ENOTDIR, ELOOP)
"""What the disk answers where nothing is, or a link leads to itself."""

_LONG_AGO = -(2**63)
"""When a thing was touched that has no bytes: it is never young."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at some places found: one digest of all records, and the digests of files that were young.

    The digest is "" where something could not be looked at; that is equal to nothing.
    """

    digest: str
    young: dict[str, str]


def look(places: Iterable[Path], margin: int, clock: Path | None) -> Look:
    """Look at files and at all below folders. `clock` is a file that is touched to learn the disk's own time; without
    one, every file counts as young.

    `margin` is in nanoseconds.
    """
    now = _disk_time(clock) if clock else 0
    young: dict[str, str] = {}

    def notice(path: str, touched: int) -> None:
        if touched >= now - (margin if touched % 1_000_000_000 else YOUNG):
            young[path] = _bytes_of(path)

    try:
        return Look(digest=_digest(places, notice), young=young)
    except OSError:  # whoever reads what stands there says it in words
        return Look(digest="", young={})


def _digest(places: Iterable[Path], notice: Callable[[str, int], None]) -> str:
    found = blake2b(digest_size=16)
    for place in places:
        for path, record, touched in _records(str(place)):
            found.update(record.encode("utf-8", "surrogateescape"))
            notice(path, touched)
    return found.hexdigest()


def settle() -> None:
    """Wait until what was just written is no longer young."""
    sleep(3 * JUST_WRITTEN / 1_000_000_000)


def read(file: Path) -> dict[str, Any] | None:
    """What was sealed in `file`; None where nothing was, or nothing that can be read."""
    try:
        found = json.loads(file.read_bytes())
        return found if isinstance(found, dict) and found.get("version") == _VERSION else None
    except (OSError, ValueError, RecursionError):
        return None


def write(file: Path, sealed: dict[str, Any]) -> None:
    """Seal something; a disk that refuses costs the next build its time, and nothing else."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        waiting = file.with_name(file.name + ".new")
        noted = json.dumps({"version": _VERSION, **sealed}, ensure_ascii=False)
        waiting.write_text(
            noted, encoding="utf-8", errors="surrogatepass"
        )  # paths are bytes, of any encoding
        waiting.replace(file)


def still(places: Iterable[Path], digest: str, young: dict[str, str]) -> bool:
    """Whether all is as it was looked at then."""
    try:
        return _digest(places, lambda path, touched: None) == digest and all(
            _bytes_of(path) == was for path, was in young.items()
        )
    except (OSError, TypeError, ValueError, AttributeError):
        return False


def _records(place: str) -> Iterator[tuple[str, str, int]]:
    """Each file's path, what the disk says of it, and when it was touched last; "absent" for a place that is not there.

    Raises OSError where one may not look. Of a folder its name alone counts; of a link, where it leads as well. As when
    a newsroom is read (load/disk), a link to a folder is followed where it stands directly in a place and leads to
    something beside that place; further down none is, so no way is ever gone in circles.
    """
    try:
        status = os.stat(place)  # noqa: PTH116  ten thousand times, where a Path takes four times as long
    except OSError as fault:
        yield place, _absent(place, fault), _LONG_AGO
        return
    if not stat.S_ISDIR(status.st_mode):
        yield _record(place, status)
        return
    yield place, f"{place}/\0{os.path.realpath(place)}\n", _LONG_AGO
    beside = os.path.realpath(os.path.dirname(place) or ".").rstrip(os.sep) + os.sep  # noqa: PTH120
    waiting = [place]
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            leads = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if _is_folder(entry):
                yield entry.path, f"{entry.path}/\0{leads}\n", _LONG_AGO
                if not leads or (folder == place and f"{leads}{os.sep}".startswith(beside)):
                    waiting.append(entry.path)
                continue
            try:
                yield _record(entry.path, entry.stat(), leads)
            except OSError as fault:
                yield entry.path, _absent(entry.path, fault, leads), _LONG_AGO


def _record(path: str, status: os.stat_result, leads: str = "") -> tuple[str, str, int]:
    return (
        path,
        f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}\0{leads}\n",
        max(status.st_mtime_ns, status.st_ctime_ns),
    )


def _absent(path: str, fault: OSError, leads: str = "") -> str:
    """The record of what is not there; raises the fault where it is another one."""
    if fault.errno not in _NOT_THERE:
        raise fault
    return f"{path}\0absent\0{leads}\n"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself, or to where one may not look: asking for its record tells which


def _bytes_of(path: str) -> str:
    """The digest of a file's bytes; "" for what cannot be read, or is no file: a pipe would keep us waiting."""
    try:
        return blake2b(Path(path).read_bytes(), digest_size=16).hexdigest() if os.path.isfile(path) else ""  # noqa: PTH113
    except OSError:
        return ""


def _disk_time(clock: Path) -> int:
    """The time by which the disk dates a file that is touched now; a server's clock may not be ours.

    Where it does not say, that is the beginning of time, after which every file is young.
    """
    try:
        clock.parent.mkdir(parents=True, exist_ok=True)
        clock.touch()
        return clock.stat().st_ctime_ns
    except OSError:
        return 0

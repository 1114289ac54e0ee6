"""The only writer into `stories/`: it adds files, lines at the end of the people file, and approvals anew; what else is there stays."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from builder.problem import Level, Problem, Trouble


def write_new(newsroom: Path, files: Mapping[str, bytes]) -> None:
    """Write `files`, by their path inside `stories/`, in the order given; each appears whole or not at all.

    Raises ValueError for a path that leaves `stories/`, before anything is written; Trouble when a file is there
    already or the disk refuses.
    """
    stories = newsroom / "stories"
    for inside in files:
        _refuse_to_leave(stories, inside)
    for inside in files:
        if (stories / inside).exists():
            raise _there_already(inside)
    for inside, data in files.items():
        try:
            _write(stories / inside, data)
        except FileExistsError:
            raise _there_already(inside) from None
        except OSError as fault:
            raise _unwritable(f"stories/{inside}", fault) from fault


def write_longer(path: Path, before: bytes, data: bytes) -> None:
    """Put `data` in the place of `before`, whole or not at all; its permissions stay, and a link stays one.

    Raises Trouble where the file holds something else by now, or cannot be written.
    """
    real = path.resolve()
    try:
        if (real.read_bytes() if real.exists() else b"") != before:
            raise Trouble(
                Problem(
                    code="changed-meanwhile",
                    level=Level.ERROR,
                    file=str(path),
                    message="somebody has changed this file just now",
                    mend="Run it again.",
                )
            )
        real.parent.mkdir(parents=True, exist_ok=True)
        unfinished = real.with_name(f".{real.name}.{os.getpid()}.tmp")
        try:
            unfinished.touch(mode=0o600, exist_ok=False)
            unfinished.write_bytes(data)
            unfinished.chmod(stat.S_IMODE(real.stat().st_mode) if real.exists() else 0o644)
            unfinished.replace(real)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as fault:
        raise _unwritable(str(path), fault) from fault


def write_unless_there(path: Path, data: bytes) -> bool:
    """Write a file beside `stories/`, unless one is there; whether it was written. Raises OSError."""
    if path.exists():
        return False
    _write(path, data)
    return True


def _refuse_to_leave(stories: Path, inside: str) -> None:
    inner = Path(inside)
    leaves = inner.is_absolute() or ".." in inner.parts
    if leaves or not (stories / inner).resolve().is_relative_to(stories.resolve()):
        raise ValueError(f"{inside} leaves the folder of the stories")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(
        f".{path.name}.{os.getpid()}.tmp"
    )  # hidden: whoever reads the newsroom passes it over
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _name(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _name(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, unless a file has it: a hard link refuses that, a rename does not."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.rename(path)


def _unwritable(file: str, fault: OSError) -> Trouble:
    return Trouble(
        Problem(
            code="unwritable",
            level=Level.ERROR,
            file=file,
            message=f"this cannot be written: {(fault.strerror or 'the disk refused').lower()}",
            mend="Look at the free space, and at the owner and permissions of the folder; then run it again.",
        )
    )


def _there_already(inside: str) -> Trouble:
    return Trouble(
        Problem(
            code="there-already",
            level=Level.ERROR,
            file=f"stories/{inside}",
            message="a file of this name is there already, and nothing is ever written over",
            mend="Choose another name, or move the file that is there.",
        )
    )

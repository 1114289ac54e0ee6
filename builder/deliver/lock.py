"""One build at a time: who writes holds the newsroom's lock, and a lock whose owner died is nobody's."""

from __future__ import annotations

import errno
import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from builder.deliver.record import told
from builder.problem import Level, Problem, Trouble

LOCK = "lock"

_held: set[str] = set()
"""The locks that this very process holds: the system tells processes apart, not the threads of one."""


@contextmanager
def lock(house: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a newsroom's `.yearround/`; Trouble (`locked`) says who has it when somebody else does.

    The lock goes with the process that took it, however that ends. What the owner wrote into the file says then that
    its work was cut short, and that is told.
    """
    path = house / LOCK
    name = os.path.realpath(path)
    if name in _held:
        raise _locked(path, {"pid": os.getpid(), "host": platform.node()})
    try:
        house.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise Trouble(told(house, fault)) from fault
        # Without room for a lock there is none for a site; but taking out needs no room, and must not wait for it.
        tell("the disk is full, so nothing can be locked")
        yield
        return
    _held.add(name)
    try:
        owner = _owner(handle)
        if not _take(handle, owner):
            raise _locked(path, owner)
        if owner:
            tell(f"going on after a run that was cut short ({_said(owner)})")
        with suppress(OSError):
            _write(handle, _ourselves())
        try:
            yield
        finally:
            with suppress(OSError):
                _write(handle, b"")
    finally:
        _held.discard(name)
        os.close(handle)


def _take(handle: int, owner: dict[str, Any]) -> bool:
    # Of the kinds of lock there are, this one is not inherited: with flock, a worker that outlives a killed build would
    # go on holding it for a dead owner.
    try:
        import fcntl
    except ImportError:
        return not _alive(owner)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in (errno.EAGAIN, errno.EACCES):
            return False
        # A file system without locks: the owner's own words are all there is.
        return not _alive(owner)
    return True


def _alive(owner: dict[str, Any]) -> bool:
    """Whether the owner may be at work still; of another machine's nothing is known, so it may."""
    if not owner:
        return False
    if owner.get("host") != platform.node():
        return True
    try:
        os.kill(int(owner["pid"]), 0)
    except ProcessLookupError:
        return False
    except (OSError, KeyError, ValueError, TypeError, OverflowError):
        return True
    return True


def _owner(handle: int) -> dict[str, Any]:
    """What the last owner wrote; nothing when it ended well."""
    text = os.pread(handle, 4096, 0)
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _ourselves() -> bytes:
    since = datetime.now(UTC).replace(microsecond=0).isoformat()
    return json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since}).encode("utf-8")


def _write(handle: int, text: bytes) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, text, 0)


def _said(owner: dict[str, Any]) -> str:
    """The owner as a person says it, with the age of the lock."""
    words = [f"process {owner['pid']}" if "pid" in owner else "another process"]
    if owner.get("host"):
        words.append(f"on {owner['host']}")
    with suppress(ValueError, TypeError, KeyError):
        since = datetime.fromisoformat(owner["since"])
        minutes = int((datetime.now(UTC) - since).total_seconds() // 60)
        age = "less than a minute" if minutes < 1 else "a minute" if minutes == 1 else f"{minutes} minutes"
        words.append(f"since {owner['since']}, {age} ago")
    return " ".join(words)


def _locked(path: Path, owner: dict[str, Any]) -> Trouble:
    end = f"`kill {owner['pid']}` on {owner.get('host') or 'its machine'}" if "pid" in owner else "end it"
    return Trouble(
        Problem(
            code="locked",
            level=Level.ERROR,
            file=str(path),
            message=f"this newsroom is being built already, by {_said(owner)}",
            mend=f"Wait until that is done and run this again. If it hangs, {end}; the lock goes with it.",
        )
    )

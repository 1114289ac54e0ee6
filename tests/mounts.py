"""Real file systems of any kind and size, for one test alone: mounted where nobody else sees them, gone with the test."""

from __future__ import annotations

import ctypes
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import pytest

P = ParamSpec("P")

_CLONE_NEWNS = 0x00020000
_CLONE_NEWUSER = 0x10000000
_PRIVATE = 0x40000 | 0x4000  # MS_PRIVATE, MS_REC
READ_ONLY = 1
BIND = 4096
REMOUNT = 32


def mount(kind: str, at: Path, options: str = "", flags: int = 0, source: str = "") -> None:
    """Mount a file system of this kind; OSError where that is refused."""
    _called(
        "mount", os.fsencode(source or kind), os.fsencode(at), kind.encode() or None, flags, options.encode()
    )


def small_disk(at: Path, size: int) -> None:
    """A disk of `size` bytes, mounted on a folder."""
    at.mkdir(exist_ok=True)
    mount("tmpfs", at, f"size={size},mode=755")


def read_only(folder: Path) -> None:
    """From here on nothing in this folder can be written, by anyone, until the test ends."""
    mount("", folder, flags=BIND, source=str(folder))
    mount("", folder, flags=BIND | REMOUNT | READ_ONLY, source=str(folder))


def _called(name: str, *arguments: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)


def with_own_mounts(test: Callable[P, None]) -> Callable[P, None]:
    """Run a test in a process that may mount and whose mounts end with it: root can, and users where the system lets them."""

    @wraps(test)
    def run(*arguments: P.args, **values: P.kwargs) -> None:
        said = in_child(lambda: test(*arguments, **values), before=_enter)
        if said.startswith(_REFUSED):
            pytest.skip(f"no disk can be mounted here, so this was not tried: {said.removeprefix(_REFUSED)}")
        if said:
            pytest.fail(said, pytrace=False)

    return run


_REFUSED = "refused: "


def _enter() -> None:
    """Into a room where mounts are our own."""
    user, group = os.geteuid(), os.getegid()
    if user:
        _called("unshare", _CLONE_NEWUSER | _CLONE_NEWNS)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    else:
        _called("unshare", _CLONE_NEWNS)
    mount("", Path("/"), flags=_PRIVATE)


def in_child(scenario: Callable[[], None], before: Callable[[], None] = lambda: None) -> str:
    """Run something in a process of its own; what went wrong there, or nothing."""
    ear, mouth = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            try:
                before()
            except OSError as fault:
                said = f"{_REFUSED}{fault}"
            else:
                scenario()
        except BaseException:  # noqa: BLE001  whatever it is, the parent tells of it
            said = traceback.format_exc()
        with os.fdopen(mouth, "w") as file:
            file.write(said)
        os._exit(0)
    os.close(mouth)
    with os.fdopen(ear) as file:
        said = file.read()
    _, status = os.waitpid(child, 0)
    return said or ("" if status == 0 else f"the process ended with status {status}")

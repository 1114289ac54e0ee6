"""Our own folder in a newsroom, and what of it nobody needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_KEPT = frozenset(("sites", "found", "lock"))
"""Former sites, files of others and the lock are not ours to throw away unasked."""


def leavings(house: Path) -> Iterator[Path]:
    """What can be made again: the cache, what was put aside, and notes of former builds."""
    if house.is_dir():
        yield from (path for path in sorted(house.iterdir()) if path.name not in _KEPT)


def throw_away(paths: Iterator[Path]) -> int:
    """Remove files and folders; the bytes that came free. What the disk does not let go of stays."""
    freed = 0
    for path in paths:
        below = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
        sizes = sum(one.lstat().st_size for one in below)
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
            freed += sizes
    return freed

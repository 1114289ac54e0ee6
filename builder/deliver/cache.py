"""What was made before and need not be made again: one file under `.yearround/`, believed only where it is whole.

Everything is kept under the digest of all that went into it. So nothing in here is ever out of date: what no longer
fits is not found. Deleting the file costs time and nothing else.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

FILE = "cache.db"
ASIDE = "cache.aside.db"

_OURS = 0x59524E44
"""SQLite's application id of our files."""

_SUM = 8
"""Bytes before each value that tell whether it is still what was put there."""

_AT_ONCE = 400
"""Values asked of, or given to, the file at once."""

_SAYING = "kind IN ('galley', 'text', 'picture', 'picture-data')"
"""What holds words or pictures; the rest are facts without either."""

_SPARE = 2_000
"""Values beyond twice those in use that may stay: somebody may go back to yesterday's texts."""


class Cache:
    """Values by kind and key. Without a file (None, or one that the disk refuses) they stay in memory.

    With `look_only` nothing is ever written: what is new stays in memory, and a file in doubt is left where it is.
    A forked process may ask as well; it sees what was flushed before it came to be, and what it puts in is its own.
    """

    def __init__(
        self, file: Path | None, made_by: str, tell: Callable[[str], None], *, look_only: bool = False
    ) -> None:
        self._look_only = look_only
        self._file = file
        self._made_by = made_by
        self._tell = tell
        self._new: dict[tuple[str, str], bytes] = {}
        self._used: set[tuple[str, str]] = set()
        self._owner = os.getpid()
        self._open: sqlite3.Connection | None = None
        self._forked: tuple[int, sqlite3.Connection | None] = (0, None)
        if file is not None:
            self._open = self._opened(file)
        self.was_empty = self._open is None or self._count() == 0

    def get(self, kind: str, key: str) -> bytes | None:
        """What was kept, or None."""
        return self.get_all(kind, (key,)).get(key)

    def get_all(self, kind: str, keys: Iterable[str]) -> Mapping[str, bytes]:
        """What was kept of these, by key."""
        found: dict[str, bytes] = {}
        asked: list[str] = []
        for key in keys:
            self._used.add((kind, key))
            here = self._new.get((kind, key))
            if here is not None:
                found[key] = here
            else:
                asked.append(key)
        connection = self._connection()
        if connection is None or not asked:
            return found
        try:
            for start in range(0, len(asked), _AT_ONCE):
                some = asked[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT key, value FROM kept WHERE kind = ? AND key IN ({marks})",  # noqa: S608  marks alone
                    (kind, *some),
                )
                for key, value in rows:
                    if isinstance(value, bytes) and _sum(value[_SUM:]) == value[:_SUM]:
                        found[key] = value[_SUM:]
        except (sqlite3.Error, TypeError) as fault:
            self._lose(fault)
        return found

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep a value; it reaches the file at the next flush."""
        self._used.add((kind, key))
        self._new[kind, key] = data
        if len(self._new) >= _AT_ONCE * 2 and os.getpid() == self._owner:
            self.flush()

    def flush(self) -> None:
        """Bring what is new into the file, so that others may ask for it."""
        if self._open is not None and self._new and not self._look_only:
            self._write()

    def tidy(self, *, forget: bool = False) -> None:
        """Let go of what this run did not use, where that has become much. For a run that uses all there is.

        With `forget`, words and pictures go at once, and their bytes are overwritten: somebody took something back.
        """
        self.flush()
        with suppress(sqlite3.Error):
            if self._open is None or self._look_only:
                return
            if forget or self._count() > 2 * len(self._used) + _SPARE:
                self._let_go(_SAYING if forget else "")

    def close(self) -> None:
        """Flush, and let go of the file."""
        self.flush()
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None

    def _write(self) -> None:
        if self._open is None:
            return
        rows = ((kind, key, _sum(data) + data) for (kind, key), data in self._new.items())
        try:
            with self._open:
                self._open.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._new.clear()
        except sqlite3.Error as fault:
            self._lose(fault)

    def _let_go(self, kinds: str) -> None:
        connection = self._open
        if connection is None:
            return
        with connection:
            connection.execute("CREATE TEMP TABLE used (kind TEXT, key TEXT, PRIMARY KEY (kind, key))")
            connection.executemany("INSERT INTO used VALUES (?, ?)", self._used)
            connection.execute(
                f"DELETE FROM kept WHERE {kinds or 'TRUE'} AND NOT EXISTS "  # noqa: S608  a constant
                "(SELECT 1 FROM used WHERE used.kind = kept.kind AND used.key = kept.key)"
            )
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _count(self) -> int:
        if self._open is None:
            return 0
        found: int = self._open.execute("SELECT count(*) FROM kept").fetchone()[0]
        return found

    def _connection(self) -> sqlite3.Connection | None:
        """This process's own way into the file: a connection must not be carried through a fork."""
        if os.getpid() == self._owner:
            return self._open
        if self._open is None or self._file is None:
            return None
        if self._forked[0] != os.getpid():
            connection = None
            with suppress(sqlite3.Error):
                connection = sqlite3.connect(
                    f"{self._file.absolute().as_uri()}?mode=ro", uri=True, timeout=20
                )
            self._forked = (os.getpid(), connection)
        return self._forked[1]

    def _opened(self, file: Path) -> sqlite3.Connection | None:
        """The file, made anew where there is none that can be believed; None where the disk refuses."""
        doubt = _doubt(file, self._made_by) if file.exists() else ""
        if self._look_only and (doubt or not file.exists()):
            return None
        if doubt:
            self._put_aside(file, doubt)
        try:
            if self._look_only:
                return _looking(file)
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=20, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute("CREATE TABLE IF NOT EXISTS made (by TEXT PRIMARY KEY) WITHOUT ROWID")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS kept "
                "(kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
            )
            connection.execute("INSERT OR IGNORE INTO made VALUES (?)", (self._made_by,))
            connection.commit()
        except (sqlite3.Error, OSError):
            return None  # whoever cannot write here will hear of it where the site is written
        return connection

    def _put_aside(self, file: Path, doubt: str) -> None:
        self._tell(f"{file} {doubt}; it was put aside, and everything is made anew")
        with suppress(OSError):
            file.replace(file.with_name(ASIDE))
        for left in ("-wal", "-shm", "-journal"):
            with suppress(OSError):
                file.with_name(file.name + left).unlink()

    def _lose(self, fault: Exception) -> None:
        """From here on the file is not asked any more; the build goes on without it."""
        if self._open is not None and os.getpid() == self._owner:
            with suppress(sqlite3.Error):
                self._open.close()
            # A full disk, or one that went away, says nothing against what stands in the file.
            whole = isinstance(fault, sqlite3.OperationalError)
            if self._file is not None and not self._look_only and not whole:
                self._put_aside(self._file, f"is damaged ({fault})")
        self._open = None


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


def _looking(file: Path) -> sqlite3.Connection:
    """A way into the file by which nothing can be changed."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=20, check_same_thread=False
    )


def _doubt(file: Path, made_by: str) -> str:
    """Why a file is not to be believed, or ""."""
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return "belongs to someone else"
        with closing(_looking(file)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != _OURS:
                return "is no cache of ours"
            makers = [by for (by,) in connection.execute("SELECT by FROM made")]
            connection.execute("SELECT kind, key, value FROM kept LIMIT 1").fetchone()
    except (sqlite3.Error, OSError) as fault:
        return f"is damaged ({fault})"
    return "" if makers == [made_by] else "was made by another version of Yearround"

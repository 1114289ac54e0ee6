"""What was made before and need not be made again: one file under `.yearround/`, believed only where it is whole.

Everything is kept under the digest of all that went into it, or with the marks of it. So nothing in here is ever out of
date: what no longer fits is not found, or not used. Deleting the file costs time and nothing else.
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

_NO_FACTS = "kind NOT IN ('page', 'asked', 'reasons', 'names')"
"""What may hold words or pictures. Those are facts: ids of people and of headings, addresses, questions, digests."""

_SPARE = 2_000
"""Values beyond twice those in use that may stay: somebody may go back to yesterday's texts."""


_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a file, after its name; and the file itself."""

_PATIENCE = 20
"""Seconds to wait for somebody else who is at the file."""

_OF_THE_WORLD = frozenset(
    (
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    )
)
"""Faults that say nothing against what stands in a file: a full disk, or one that went away, or somebody else at it."""


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
        self._owed = False
        self.was_empty = True
        if file is not None:
            self._open = self._opened(file)

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
        if self._open is None or not self._new or self._look_only:
            return
        rows = ((kind, key, _sum(data) + data) for (kind, key), data in self._new.items())
        try:
            with self._open:
                self._open.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._new.clear()
        except sqlite3.Error as fault:
            self._lose(fault)

    def use(self, kind: str, keys: Iterable[str]) -> None:
        """Count these as used, though nobody asked for them: what was made of them stands."""
        self._used.update((kind, key) for key in keys)

    def owe(self) -> None:
        """Somebody took something back: note in the file that the next tidying has to forget, in whichever run that is."""
        if self._look_only:
            return
        self._owed = True
        if self._open is not None:
            try:
                self._open.execute("PRAGMA user_version = 1")
            except sqlite3.Error as fault:
                self._lose(fault)

    def tidy(self, *, forget: bool = False, printed: bool = False) -> None:
        """Let go of what this run did not use: where that has become much, or where something is to be forgotten.

        `printed` says that the run used all there is. To `forget`, or where that is owed, words and pictures that were
        not used go at once, and their bytes are overwritten; a file that was put aside is deleted. The facts of pages
        go likewise if the run printed; else that is owed, for they may be those of pages that stand.
        """
        self.flush()
        if self._file is None or self._look_only:
            return
        forget = forget or self._owed
        if forget:
            self._delete(self._file.with_name(ASIDE))
        try:
            if self._open is not None and forget:
                self._forget(self._open, printed=printed)
            elif self._open is not None and printed and _count(self._open) > 2 * len(self._used) + _SPARE:
                self._let_go(self._open, "TRUE")
        except sqlite3.Error as fault:
            self._lose(fault)
        if forget and self._open is None:  # what cannot be told apart goes as a whole: it is only a cache
            self._delete(self._file)
            self._delete(self._file.with_name(ASIDE))
            self._owed = False

    def close(self) -> None:
        """Flush, and let go of the file."""
        self.flush()
        self._leave()

    def _forget(self, connection: sqlite3.Connection, *, printed: bool) -> None:
        if not printed:
            self.owe()
        self._let_go(connection, "TRUE" if printed else _NO_FACTS)
        if printed:
            connection.execute("PRAGMA user_version = 0")
            self._owed = False

    def _let_go(self, connection: sqlite3.Connection, kinds: str) -> None:
        """Delete what was not used, and all traces of it: in free places of the file, and in the one beside it."""
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS used (kind TEXT, key TEXT, PRIMARY KEY (kind, key))"
        )
        unused = (
            f"FROM kept WHERE {kinds} AND NOT EXISTS "  # noqa: S608  constants
            "(SELECT 1 FROM used WHERE used.kind = kept.kind AND used.key = kept.key)"
        )
        with connection:
            connection.execute("DELETE FROM used")
            connection.executemany("INSERT INTO used VALUES (?, ?)", self._used)
            connection.execute(f"DELETE {unused}")
        if connection.execute(f"SELECT 1 {unused}").fetchone():
            raise sqlite3.DatabaseError("its keys are in no order")
        connection.execute("VACUUM")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise sqlite3.OperationalError("somebody else is still reading what was deleted")

    def _delete(self, file: Path) -> None:
        """Delete a file of ours, with what SQLite puts beside it."""
        try:
            for left in _BESIDE:
                file.with_name(file.name + left).unlink(missing_ok=True)
        except OSError as fault:
            self._tell(
                f"{file} may hold what somebody took back, and could not be deleted ({fault}): delete it"
            )

    def _leave(self) -> None:
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None

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
                    f"{self._file.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE
                )
            self._forked = (os.getpid(), connection)
        return self._forked[1]

    def _opened(self, file: Path) -> sqlite3.Connection | None:
        """The file, made anew where there is none that can be believed; None where the disk refuses."""
        doubt = _doubt(file, self._made_by) if file.exists() else ""
        if self._look_only and (doubt or not file.exists()):
            return None
        if doubt:
            self._owed = _owed(file)
            self._put_aside(file, doubt)
        try:
            return self._connected(file)
        except (sqlite3.Error, OSError) as fault:
            if self._look_only or not _speaks_against(fault):
                return None  # whoever cannot write here will hear of it where the site is written
            self._put_aside(file, f"is damaged ({fault})")
        with suppress(sqlite3.Error, OSError):
            return self._connected(file)
        return None

    def _connected(self, file: Path) -> sqlite3.Connection:
        """A way into the file, on which all its keys have been seen once."""
        if not self._look_only:
            file.parent.mkdir(parents=True, exist_ok=True)
        connection = (
            _looking(file)
            if self._look_only
            else sqlite3.connect(file, timeout=_PATIENCE, check_same_thread=False)
        )
        try:
            if not self._look_only:
                self._furnish(connection)
            self.was_empty = _count(connection) == 0
            self._owed = self._owed or bool(connection.execute("PRAGMA user_version").fetchone()[0])
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                connection.close()
            raise
        return connection

    def _furnish(self, connection: sqlite3.Connection) -> None:
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
        if self._owed:
            connection.execute("PRAGMA user_version = 1")

    def _put_aside(self, file: Path, doubt: str) -> None:
        self._tell(f"{file} {doubt}; it was put aside, and everything is made anew")
        with suppress(OSError):
            file.replace(file.with_name(ASIDE))
        for left in _BESIDE[1:]:
            with suppress(OSError):
                file.with_name(file.name + left).unlink()

    def _lose(self, fault: Exception) -> None:
        """From here on the file is not asked any more; the build goes on without it."""
        if os.getpid() != self._owner:
            self._open = None
            return
        was_open = self._open is not None
        self._leave()
        if was_open and self._file is not None and not self._look_only and _speaks_against(fault):
            self._put_aside(self._file, f"is damaged ({fault})")


def _count(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
    return found


def _owed(file: Path) -> bool:
    """Whether a file that is not believed was still to forget something."""
    with suppress(sqlite3.Error), closing(_looking(file)) as connection:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0])
    return False


def _speaks_against(fault: Exception) -> bool:
    """Whether a fault is the file's own; what SQLite gives no code says that a value is none."""
    code = getattr(fault, "sqlite_errorcode", None)
    return not isinstance(fault, OSError) and (code is None or code & 0xFF not in _OF_THE_WORLD)


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


def _looking(file: Path) -> sqlite3.Connection:
    """A way into the file by which nothing can be changed."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, check_same_thread=False
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

"""Wakes someone when files have changed and come to rest. What has changed is for the reader to find out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Thread

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

QUIET = 0.08
"""Seconds without an event after which files have come to rest: editors save in several steps, copies come in parts."""

LONGEST = 0.5
"""Seconds after which a wake-up comes even if events never cease."""

_TELLING = frozenset(("created", "modified", "moved", "deleted", "closed"))
"""Kinds of event that can mean a change; opening and reading a file is none."""


class Watcher:
    """Calls `wake` from a thread of its own, once for a flurry of events below the folders."""

    def __init__(self, folders: Iterable[Path], wake: Callable[[], None]) -> None:
        self._stirred = Event()
        self._stopping = Event()
        self._wake = wake
        self._observer = Observer()
        handler = _Stirring(self._stirred)
        for folder in folders:
            if folder.is_dir():
                self._observer.schedule(handler, str(folder), recursive=True)
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._observer.start()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._stirred.set()
        self._observer.stop()
        self._observer.join(timeout=5)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            self._stirred.wait()
            if self._stopping.is_set():
                return
            began = time.monotonic()
            while time.monotonic() - began < LONGEST:
                self._stirred.clear()
                if not self._stirred.wait(QUIET):
                    break
            self._stirred.clear()
            if not self._stopping.is_set():
                self._wake()


class _Stirring(FileSystemEventHandler):
    def __init__(self, stirred: Event) -> None:
        self._stirred = stirred

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory and event.event_type == "modified":
            return  # the file in it tells for itself
        if event.event_type in _TELLING and not all(_is_leaving(path) for path in paths):
            self._stirred.set()


def _is_leaving(path: Path) -> bool:
    """Whether a file is an editor's own: a swap file, a backup, a probe."""
    return (
        path.name.startswith((".", "~", "#"))
        or path.name.endswith(("~", ".tmp", ".swp"))
        or path.name == "4913"
    )

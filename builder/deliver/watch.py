"""Wakes someone when files have changed and come to rest. What has changed is for the reader to find out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Thread

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserver

QUIET = 0.03
"""Seconds without an event after which files have come to rest: editors save in several steps, copies come in parts."""

LONGEST = 0.5
"""Seconds after which a wake-up comes even if events never cease."""

EVERY = 1.0
"""Seconds between two looks where nobody tells."""

_FAR = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "drvfs", "vboxsf")
)
"""Kinds of file system on which others write, of which this machine's system does not hear (proc(5), mountinfo)."""


def is_far(folder: Path) -> bool:
    """Whether a folder lies on a network, or belongs to another system, as far as this one says."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return on_far_mount(str(folder.resolve()), lines)


def on_far_mount(path: str, mountinfo: Iterable[str]) -> bool:
    """The same, asked of the lines of mountinfo.

    >>> on_far_mount("/srv/news", ["36 25 0:31 / /srv rw - nfs4 server:/srv rw", "25 1 8:1 / / rw - ext4 /dev/sda rw"])
    True
    """
    kinds = {}
    for line in mountinfo:
        mount, _, kind = line.partition(" - ")
        fields, kind_fields = mount.split(), kind.split()
        if len(fields) > 4 and kind_fields:
            kinds[fields[4].replace("\\040", " ")] = kind_fields[0]
    above = [place for place in kinds if path == place or path.startswith(place.rstrip("/") + "/")]
    return bool(above) and kinds[max(above, key=len)] in _FAR


_TELLING = frozenset(("created", "modified", "moved", "deleted", "closed"))
"""Kinds of event that can mean a change; opening and reading a file is none."""


class Watcher:
    """Calls `wake` from a thread of its own, once for a flurry of events at these places: files, or whole folders.

    A place may come later, or go and come again; its parent's events tell of that. With `poll` the places are looked
    at every second instead of waiting for the system to tell, which of a network's folders it does not.
    """

    def __init__(self, places: Iterable[Path], wake: Callable[[], None], *, poll: bool = False) -> None:
        self._stirred = Event()
        self._stopping = Event()
        self._wake = wake
        self._observer = PollingObserver(timeout=EVERY) if poll else Observer()
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}
        self._places = sorted({place.absolute() for place in places})
        self._handler = _Stirring(self._stirred, self._places)
        for parent in sorted({place.parent for place in self._places}):
            if parent.is_dir() and parent not in self._places:
                self._observer.schedule(self._handler, str(parent), recursive=False)
        self._look_around()
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

    def _look_around(self) -> None:
        """Watch each folder that is there, and anew one that is another of the same name."""
        for folder in self._places:
            here = folder.stat().st_ino if folder.is_dir() else 0
            known, watch = self._watched.get(folder, (0, None))
            if here == known:
                continue
            if watch is not None:
                self._observer.unschedule(watch)
                del self._watched[folder]
            if here:
                self._watched[folder] = (
                    here,
                    self._observer.schedule(self._handler, str(folder), recursive=True),
                )

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
                self._look_around()
                self._wake()


class _Stirring(FileSystemEventHandler):
    def __init__(self, stirred: Event, places: Iterable[Path]) -> None:
        self._stirred = stirred
        self._places = tuple(places)

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory and event.event_type == "modified":
            return  # the file in it tells for itself
        if event.event_type in _TELLING and any(self._matters(path) for path in paths):
            self._stirred.set()

    def _matters(self, path: Path) -> bool:
        inside = [path.relative_to(place) for place in self._places if path.is_relative_to(place)]
        return any(not any(map(_is_leaving, one.parts)) for one in inside)


def _is_leaving(name: str) -> bool:
    """Whether a file or folder is a program's own: a swap file, a backup, a probe, whatever is hidden."""
    return name.startswith((".", "~", "#")) or name.endswith(("~", ".tmp", ".swp")) or name == "4913"

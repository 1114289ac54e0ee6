"""What a program that stays has read before, so that it need not read it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar

from builder.model.sources import SourceFile, Sources, Theme

YOUNG = 2_000_000_000
"""Nanoseconds: a file changed less than this before it was read may have changed again in the same tick of its clock."""

Whole = TypeVar("Whole")


class Stamp(NamedTuple):
    """What the disk says of a file: all of it is the same as long as its bytes are; times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int


class _Record(NamedTuple):
    stamp: Stamp
    source: SourceFile
    settled: bool


class Seen:
    """The files of one folder as they were read last. What has not changed is the same object at every reading.

    `clock` gives the nanoseconds since 1970; left out, the machine's own is asked.
    """

    def __init__(self, clock: Callable[[], int] | None = None) -> None:
        self.clock = clock
        self._moment = 0
        self._before: dict[str, _Record] = {}
        self._here: dict[str, _Record] = {}
        self._whole: Any = None

    def begin(self, moment: int) -> None:
        """A reading begins at `moment`; files that the last one did not meet are forgotten."""
        self._moment = moment
        self._before, self._here = self._here, {}

    def again(self, place: str, shown: str, stamp: Stamp) -> SourceFile | None:
        """The file at `place` as it was read before, or None where it has to be read."""
        record = self._before.get(place)
        if record is None or not record.settled or record.stamp != stamp or record.source.path != shown:
            return None
        self._here[place] = record
        return record.source

    def note(self, place: str, stamp: Stamp, source: SourceFile) -> SourceFile:
        """A file that was read after its stamp was taken; what comes back is the one known before, if it is equal."""
        record = self._before.get(place)
        known = record.source if record and record.source == source else source
        settled = max(stamp.modified, stamp.changed) <= self._moment - YOUNG
        self._here[place] = _Record(stamp, known, settled)
        return known

    def same(self, whole: Whole) -> Whole:
        """What was put together of it all: the one of the last reading if it is equal, or with its equal parts."""
        kept = self._whole
        if kept == whole:
            known: Whole = kept
            return known
        if isinstance(whole, (Sources, Theme)) and type(kept) is type(whole):
            pairs = [(one.name, getattr(kept, one.name), getattr(whole, one.name)) for one in fields(whole)]
            whole = replace(whole, **{name: old for name, old, new in pairs if old == new})
        self._whole = whole
        return whole

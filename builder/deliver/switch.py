"""The new site takes the old one's place: at one stroke where the file system can, else in the safest way that it can.

| what the file system can do | way | what a reader may see |
|---|---|---|
| exchange two folders (Linux: ext4, XFS, Btrfs, tmpfs and others) | `Way.EXCHANGE` | the old site or the new one |
| rename folders | `Way.RENAME` | for an instant, no site |
| neither: a mount, a folder above that is shut, a layer below an overlay | `Way.IN_PLACE` | for a moment, both |
"""

from __future__ import annotations

import ctypes
import errno
import os
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path, PurePosixPath

from builder.deliver.files import delete, make_folder, remove, same_bytes, settle, share
from builder.deliver.kept import Room, one_file_system
from builder.deliver.record import MANIFEST, OURS, write_record
from builder.model.manifest import Entry, Manifest


class Way(Enum):
    """How a site came to stand in its folder; the value is the word in reports."""

    NEW = "new"
    EXCHANGE = "exchange"
    RENAME = "rename"
    IN_PLACE = "in place"
    UNCHANGED = "unchanged"


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def switch(room: Room, before: Manifest, manifest: Manifest, *, keep: bool) -> tuple[Way, str]:
    """Put the finished stage in the published folder's place; the way it went, and a line about it for the operator.

    The line is empty when nothing about the way need trouble anyone. With `keep` the old site joins the kept ones.
    """
    settle(room.stage / MANIFEST)
    settle(room.stage)
    if not os.path.lexists(room.real):
        try:
            make_folder(room.real.parent)
            room.stage.rename(room.real)
        except OSError as fault:
            if fault.errno != errno.EXDEV:
                raise
            make_folder(room.real)
        else:
            settle(room.real.parent)
            return Way.NEW, ""
    try:
        exchange(room.stage, room.real)
        way, old = Way.EXCHANGE, room.stage
        note = ""
    except OSError as fault:
        if _renamed(room):
            way, old = Way.RENAME, room.out
            note = f"This file system cannot exchange two folders at once, so for an instant {room.real} was not there."
        else:
            replace_in_place(room, before, manifest, keep=keep)
            way, old = Way.IN_PLACE, room.out
            note = _why_in_place(room, fault)
            room.drop(room.stage)
    settle(room.real.parent)
    if keep and old.is_dir():
        room.keep(old)
    else:
        room.drop(old)
    return way, note


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places at one stroke; OSError where the system or the file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))
    answer = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if answer:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _renamed(room: Room) -> bool:
    """The old folder moved away and the new one moved in; False, with all as it was, where that cannot be."""
    if os.path.ismount(room.real) or not one_file_system(room.stage, room.real.parent):
        return False
    try:
        room.real.rename(room.out)
    except OSError:
        return False
    try:
        room.stage.rename(room.real)
    except OSError:
        room.out.rename(room.real)
        return False
    return True


def replace_in_place(room: Room, before: Manifest, manifest: Manifest, *, keep: bool) -> None:
    """Replace the files of the published folder one by one, each whole, in the order that harms readers least.

    All that needs room on the disk comes first and can still be called off: a copy of the old site for the kept ones,
    and the new files beside their places. While they move in, the record names what stands there by either site.
    """
    try:
        if keep:
            _copy_old(room, before)
        ready = _make_ready(room, manifest)
        both = _either(before, manifest)
        write_record(room.real, both)
    except BaseException:
        with suppress(OSError):
            delete(room.writing)
        room.drop(room.out)
        raise
    for address, file in sorted(ready.items(), key=lambda one: (one[0].endswith(".html"), one[0])):
        target = room.real / address
        _clear_the_way(room.real, address)
        make_folder(target.parent)
        file.replace(target)
    for address in before.files:
        # A folder of the new site may have taken the place of a file of the old one, or the other way round.
        if address not in manifest.files and (room.real / address).is_file():
            remove(room.real, address)
    write_record(room.real, manifest)
    settle(room.real / MANIFEST)
    delete(room.writing)


def _copy_old(room: Room, before: Manifest) -> None:
    room.drop(room.out)
    make_folder(room.out)
    for address in (*before.files, *OURS):
        old, new = room.real / address, room.stage / address
        if old.is_file():
            share(new if same_bytes(old, new) else old, room.out / address)


def _make_ready(room: Room, manifest: Manifest) -> dict[str, Path]:
    """The files that differ, below the published folder already so that a rename brings each to its place."""
    delete(room.writing)
    room.writing.mkdir(mode=0o700)
    ready: dict[str, Path] = {}
    for address in manifest.files:
        if not same_bytes(room.stage / address, room.real / address):
            ready[address] = room.writing / str(len(ready))
            share(room.stage / address, ready[address])
    return ready


def _either(before: Manifest, manifest: Manifest) -> Manifest:
    """What may stand in a folder while one site replaces another there: all that a later withdrawal must know of."""
    files = dict(before.files)
    for address, entry in manifest.files.items():
        old = files.get(address, Entry(digest=""))
        files[address] = replace(
            entry,
            namings=tuple(dict.fromkeys((*entry.namings, *old.namings))),
            works=tuple(dict.fromkeys((*entry.works, *old.works))),
        )
    return replace(
        manifest,
        files=files,
        people_end={**before.people_end, **manifest.people_end},
        works_end={**before.works_end, **manifest.works_end},
    )


def _clear_the_way(folder: Path, address: str) -> None:
    """Take away what stands where a file or its folder must: a folder of the old site, or a file of it."""
    if (folder / address).is_dir():
        delete(folder / address)
    for above in PurePosixPath(address).parents:
        if above.parts and (folder / above).is_file():
            (folder / above).unlink()


def _why_in_place(room: Room, fault: OSError) -> str:
    said = f"The files of {room.real} were replaced one by one, so for a moment readers could see old and new ones side by side:"
    if os.path.ismount(room.real):
        return f"{said} it is a mount of its own. Mount the folder above it to have the whole site switched at once."
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{said} {room.real.parent} may not be written. Let whoever builds write there to have the whole site switched at once."
    return f"{said} this file system can neither exchange nor rename the folder ({(fault.strerror or 'it refused').lower()})."

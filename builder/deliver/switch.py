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
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path, PurePosixPath

from builder.deliver.files import delete, make_folder, remove, same_bytes, settle, share
from builder.deliver.kept import Room, one_file_system
from builder.deliver.record import MANIFEST, OURS, write_record
from builder.model.manifest import Entry, Manifest
from builder.problem import Level, Problem, Trouble


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
            _let_go(room.stage)
    settle(room.real.parent)
    # The new site stands. Whatever the disk refuses from here on, nobody must hear that nothing was published.
    try:
        if keep and old.is_dir():
            room.keep(old)
        else:
            room.drop(old)
    except OSError as fault:
        _let_go(old)
        note = f"{note} {_not_kept(room, fault)}".lstrip()
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
    the new files and folders, and the new record. While they move in, the record names what stands there by either
    site. Raises Trouble (`half-published`) where the disk refuses something after readers were given the first of it.
    """
    try:
        if keep:
            _copy_old(room, before)
        ready = _make_ready(room, manifest)
        write_record(room.real, _either(before, manifest))
    except BaseException:
        _let_go(room.writing)
        with suppress(OSError):
            room.drop(room.out)
        raise
    try:
        for address in sorted(ready.files, key=lambda one: (one.endswith(".html"), one)):
            _clear_the_way(room.real, address)
            _bring_folder(room.real, address, ready)
            ready.files[address].replace(room.real / address)
        for address in before.files:
            # A folder of the new site may have taken the place of a file of the old one, or the other way round.
            if address not in manifest.files and (room.real / address).is_file():
                remove(room.real, address)
        ready.record.replace(room.real / MANIFEST)
    except OSError as fault:
        _let_go(room.writing)
        if keep:
            with suppress(OSError):
                room.keep(room.out)
        raise _half(room.real, fault) from fault
    settle(room.real / MANIFEST)
    _let_go(room.writing)


def _let_go(folder: Path) -> None:
    """Delete a folder of our own; what the disk does not let go of now, the next run clears away."""
    with suppress(OSError):
        delete(folder)


def _half(folder: Path, fault: OSError) -> Trouble:
    return Trouble(
        Problem(
            code="half-published",
            level=Level.ERROR,
            file=str(fault.filename or folder),
            message=f"{folder}/ is partly new and partly old, because the disk refused something half-way: "
            + (fault.strerror or "it gave no reason").lower(),
            mend="See to the disk, and run `yearround build`: it finishes what was begun.",
        )
    )


def _copy_old(room: Room, before: Manifest) -> None:
    room.drop(room.out)
    make_folder(room.out)
    for address in (*before.files, *OURS):
        old, new = room.real / address, room.stage / address
        if old.is_file():
            share(new if same_bytes(old, new) else old, room.out / address)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """What a rename brings to its place: files by address, folders that are not there yet by theirs, and the record."""

    files: Mapping[str, Path]
    folders: dict[str, Path]
    record: Path


def _make_ready(room: Room, manifest: Manifest) -> _Ready:
    """The files that differ, and empty folders for them, below the published folder already."""
    delete(room.writing)
    room.writing.mkdir(mode=0o700)
    ready: dict[str, Path] = {}
    folders: dict[str, Path] = {}
    for address in manifest.files:
        if same_bytes(room.stage / address, room.real / address):
            continue
        ready[address] = room.writing / str(len(ready))
        share(room.stage / address, ready[address])
        folder = PurePosixPath(address).parent
        absent = [one for one in (folder, *folder.parents) if not (room.real / one).is_dir()]
        if absent:
            top = absent[-1].as_posix()
            folders.setdefault(top, room.writing / f"folder-{len(folders)}")
            make_folder(folders[top] / folder.relative_to(top))
    record = room.writing / "record"
    share(room.stage / MANIFEST, record)
    return _Ready(files=ready, folders=folders, record=record)


def _bring_folder(real: Path, address: str, ready: _Ready) -> None:
    """Have the folder of a file in its place before the file comes."""
    for above in PurePosixPath(address).parents:
        folder = ready.folders.pop(above.as_posix(), None)
        if folder is not None:
            # Some disks rename files and no folders; there it is made anew.
            with suppress(OSError):
                folder.rename(real / above)
    make_folder((real / address).parent)


def _either(before: Manifest, manifest: Manifest) -> Manifest:
    """What may stand in a folder while one site replaces another there: all that a later withdrawal must know of.

    A file has no digest whose bytes may be those of either site, or that may not stand there.
    """
    files = {address: replace(entry, digest="") for address, entry in before.files.items()}
    for address, entry in manifest.files.items():
        old = before.files.get(address, Entry(digest=""))
        files[address] = replace(
            entry,
            digest=entry.digest if entry.digest == old.digest else "",
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


def _not_kept(room: Room, fault: OSError) -> str:
    reason = (fault.strerror or "the disk refused").lower()
    return f"{room.real} is published, but the site before it could not be put away ({reason}): look at {room.base}."


def _why_in_place(room: Room, fault: OSError) -> str:
    said = f"The files of {room.real} were replaced one by one, so for a moment readers could see old and new ones side by side:"
    if os.path.ismount(room.real):
        return f"{said} it is a mount of its own. Mount the folder above it to have the whole site switched at once."
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{said} {room.real.parent} may not be written. Let whoever builds write there to have the whole site switched at once."
    return f"{said} this file system can neither exchange nor rename the folder ({(fault.strerror or 'it refused').lower()})."

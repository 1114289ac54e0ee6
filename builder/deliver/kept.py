"""Where a folder's new site grows and its last sites are kept: a room of its own for each folder that is published."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from builder.deliver.files import WRITING, delete, digest_at, make_folder, move_folder
from builder.deliver.record import MANIFEST
from builder.model.manifest import Manifest

KEPT = 3
"""How many sites before the one that stands are kept."""

HIDDEN = ".{}.yearround"
"""The name of the room beside a folder that stands on another file system than the newsroom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What is in a room, whosever it is."""

    base: Path

    @property
    def stage(self) -> Path:
        """Where the new site grows; after the exchange, for a moment, the old one."""
        return self.base / "stage"

    @property
    def out(self) -> Path:
        """Where the old site waits while the new one takes its place, on file systems that cannot exchange two."""
        return self.base / "out"

    @property
    def kept(self) -> Path:
        """Where the last sites are, by number: the higher, the newer."""
        return self.base / "kept"

    @property
    def gone(self) -> Path:
        """What is being deleted: under this name it is no site any more, whenever the deletion is cut short."""
        return self.base / "gone"

    def sites(self) -> list[Path]:
        """The kept sites, the newest first."""
        if not self.kept.is_dir():
            return []
        return sorted((path for path in self.kept.iterdir() if path.name.isdecimal()), reverse=True)

    def keep(self, site: Path) -> None:
        """Take a site that was published among the kept ones, and let the oldest go."""
        newest = next(iter(self.sites()), None)
        number = int(newest.name) + 1 if newest else 1
        make_folder(self.kept)
        move_folder(site, self.kept / f"{number:09}", last=MANIFEST)
        for old in self.sites()[KEPT:]:
            self.drop(old)

    def drop(self, site: Path) -> None:
        """Delete a site. When that is cut short, what is left is no site, and goes with the next clearing."""
        if not os.path.lexists(site):
            return
        delete(self.gone)
        make_folder(self.base)
        try:
            site.rename(self.gone)
        except OSError as fault:
            if fault.errno != errno.EXDEV:
                raise
            delete(site / MANIFEST)
            delete(site)
        delete(self.gone)

    def clear_growing(self) -> None:
        """Delete what a killed run left growing, or half deleted."""
        delete(self.gone)
        unfinished = (site for site in self.sites() if not (site / MANIFEST).is_file())
        for leaving in (self.stage, *unfinished):
            self.drop(leaving)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Shelf):
    """The places of one published folder: `real` is where it truly stands, however it is called.

    `former` is where they would be if disks were mounted otherwise, as they may have been before.
    """

    real: Path
    former: Path

    @property
    def writing(self) -> Path:
        """What is about to replace files one by one, where no folder can take another's place."""
        return self.real / WRITING

    def clear(self) -> None:
        """Put right what a killed run left: bring back a site that was on its way out, delete what was growing."""
        if self.out.is_dir() and not self.real.exists():
            make_folder(self.real.parent)
            self.out.rename(self.real)
        # Sites that nobody would find there are sites out of which nothing is taken.
        delete(self.former)
        self.drop(self.out)
        self.clear_growing()
        delete(self.writing)


def room(folder: Path, house: Path) -> Room:
    """The places of a folder: in the newsroom's `.yearround/` where both are on one file system, else beside it."""
    real = Path(os.path.realpath(folder))
    home = Path(os.path.realpath(house))
    base = house / "sites" / _name(real, home.parent)
    beside = real.parent / HIDDEN.format(real.name)
    if one_file_system(real.parent, home) or not _writable(real.parent):
        return Room(real=real, base=base, former=beside)
    return Room(real=real, base=beside, former=base)


def sites(folder: Path, house: Path) -> list[Path]:
    """The kept sites of a folder, the newest first; what a killed run left is cleared away before."""
    places = room(folder, house)
    places.clear()
    return places.sites()


def shelves_of_others(folders: Iterable[Path], house: Path) -> list[Shelf]:
    """What the newsroom's `.yearround/` holds of all folders but these, also of those that are gone."""
    known = {room(folder, house).base for folder in folders}
    try:
        bases = sorted((house / "sites").iterdir())
    except FileNotFoundError:
        return []
    return [Shelf(base=base) for base in bases if base not in known and base.is_dir()]


def sites_on(shelf: Shelf) -> list[Path]:
    """The sites in a room whose folder is not known: the kept ones, and one that a killed run left on its way out.

    That one is not deleted, for it may be all that there is of a site; the next build of its folder brings it back.
    """
    shelf.clear_growing()
    return [*([shelf.out] if (shelf.out / MANIFEST).is_file() else []), *shelf.sites()]


def texts(site: Path, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What files of a kept site say, as far as their bytes are text."""
    for address in addresses:
        yield address, (site / address).read_bytes().decode("utf-8", "replace")


def spoilt(site: Path, manifest: Manifest) -> tuple[str, ...]:
    """The files of a site whose bytes are not those that its record tells of."""
    return tuple(
        address for address, entry in manifest.files.items() if digest_at(site / address) != entry.digest
    )


def forget(site: Path, folder: Path, house: Path) -> None:
    """Delete a kept site of a folder."""
    room(folder, house).drop(site)


def _name(real: Path, newsroom: Path) -> str:
    """The name of a folder's room: its path inside the newsroom, so that a newsroom may be moved; else a digest."""
    if real != newsroom and real.is_relative_to(newsroom):
        return quote(real.relative_to(newsroom).as_posix(), safe="")
    return f"{quote(real.name, safe='')}@{sha256(os.fsencode(real)).hexdigest()[:12]}"


def _writable(path: Path) -> bool:
    return os.access(_nearest(path), os.W_OK)


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next((one for one in (path, *path.parents) if one.exists()), Path("/"))


def one_file_system(one: Path, other: Path) -> bool:
    """Whether a folder may be renamed from one place to the other."""
    return _mount_of(_nearest(one)) == _mount_of(_nearest(other))


def _mount_of(path: Path) -> tuple[int, str]:
    """The file system of a folder, and the mount by which it is seen: nothing is renamed from one mount to another."""
    device = path.stat().st_dev
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return device, ""
    try:
        facts = Path(f"/proc/self/fdinfo/{handle}").read_text()
    except OSError:
        return device, ""
    finally:
        os.close(handle)
    return device, next((line for line in facts.splitlines() if line.startswith("mnt_id:")), "")

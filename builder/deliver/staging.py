"""A new site grows out of readers' sight, sharing with the one that stands what has not changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from builder.deliver import files
from builder.deliver.kept import KEPT, Room, room
from builder.deliver.record import IGNORE, IGNORE_TEXT, MANIFEST, OURS, read_manifest, record_of
from builder.deliver.switch import Way, switch
from builder.model.manifest import Entry, Manifest
from builder.problem import Level, Problem, Trouble

_HASHED = re.compile(r"assets/.+\.[0-9a-f]{12}\.[a-z0-9]+")
"""Assets that never change under their name: the only files that may outlast their site. They show nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a folder: addresses added, changed and removed, and files of others that were moved aside.

    `gained` and `lost` are the bytes of what is new and of what it took the place of. `way` says how the new site came
    in, and `note`, where it was not at one stroke, what the operator should know of that.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    aside: tuple[str, ...] = ()
    gained: int = 0
    lost: int = 0
    way: Way = Way.UNCHANGED
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """A site that is being made for `folder`, to take the place of `before`; or a look at what stands there.

    Paths and facts only: it may be handed to other processes, and those may write into it too.
    """

    folder: Path
    room: Room
    before: Manifest
    links: tuple[str, ...] = ()

    @staticmethod
    def at(folder: Path, house: Path) -> Staging:
        """Claim a folder, and clear away what killed builds left; Trouble (`not-ours`) when others' files are in it."""
        places = room(folder, house)
        places.clear()
        before = _claim(folder)
        files.make_folder(places.base)
        places.stage.mkdir()
        places.stage.chmod(0o755)
        return Staging(folder=folder, room=places, before=before, links=_links(places.real))

    @staticmethod
    def looking_at(folder: Path, house: Path) -> Staging:
        """What stands in a folder, to be looked at alone: nothing is claimed, cleared away or written."""
        places = room(folder, house)
        before = read_manifest(folder) or Manifest()
        return Staging(folder=folder, room=places, before=before, links=_links(places.real))

    def published(self, address: str) -> str | None:
        """The SHA-256 of the bytes that stand at an address now; None when no file of ours can."""
        if self.links and address.startswith(self.links):
            return None
        return files.digest_at(self.room.real / files.trusted(address))

    def share(self, address: str) -> None:
        """Take the published file into the new site: under a second name, or as a copy."""
        if self.links and address.startswith(self.links):
            raise files.leads_out(address)
        files.share(self.room.real / files.trusted(address), self.room.stage / address)

    def write(self, address: str, data: bytes) -> str:
        """Write a file into the new site; the SHA-256 of its bytes."""
        files.fresh(self.room.stage / files.trusted(address), data)
        return sha256(data).hexdigest()

    def bring(self, address: str, data: bytes) -> str:
        """The same, by sharing what stands there already where it is right."""
        digest = sha256(data).hexdigest()
        if self.published(address) != digest:
            return self.write(address, data)
        self.share(address)
        return digest

    def take(self, address: str, source: Path) -> None:
        """Take a file into the new site from a kept one."""
        files.share(source / files.trusted(address), self.room.stage / address)

    def switch(self, manifest: Manifest, found: Path, *, keep: bool = True, linger: bool = True) -> Change:
        """Publish the new site, whose files `manifest` names: readers find the old one until then, and the new one after.

        A file that we did not write is moved below `found`. The old site joins the kept ones, unless nothing changed
        for readers or `keep` is False. With `linger`, hashed assets of the last sites stay for pages that are open.
        """
        strangers = self._strangers(manifest)
        whole = self._with_lingering(manifest) if linger else manifest
        self._must_hold(whole)
        change = replace(self._compare(whole), aside=strangers)
        record = record_of(whole)
        self.write(IGNORE, IGNORE_TEXT)
        self.write(MANIFEST, record)
        if not (change or strangers) and self._stands(MANIFEST) and self._stands(IGNORE):
            self.abandon()
            return change
        for address in strangers:
            files.move_aside(self.room.real, address, found)
        # A site that is partly old, as a disk or a kill may leave it, is none to come back to.
        one_site = bool(self.before.files) and all(entry.digest for entry in self.before.files.values())
        way, note = switch(self.room, self.before, whole, keep=keep and bool(change) and one_site)
        return replace(change, way=way, note=note)

    def abandon(self) -> None:
        """Delete the new site; the one that stands stays as it is."""
        self.room.drop(self.room.stage)

    def _stands(self, address: str) -> bool:
        return files.same_bytes(self.room.real / address, self.room.stage / address)

    def _strangers(self, manifest: Manifest) -> tuple[str, ...]:
        """Files of others in the published folder; Trouble where a link among them leads a file of ours elsewhere."""
        found = []
        for address, entry in files.standing(self.room.real):
            if entry.is_symlink():
                through = f"{address}/"
                for wanted in manifest.files:
                    if wanted.startswith(through):
                        raise files.leads_out(wanted)
            elif address in self.before.files or address in OURS:
                continue
            elif entry.name.startswith(files.UNFINISHED):
                os.unlink(entry.path)  # noqa: PTH108  a path as the system gave it
                continue
            elif address in manifest.files and self._stands(address):
                continue
            found.append(address)
        return tuple(sorted(found))

    def _with_lingering(self, manifest: Manifest) -> Manifest:
        """The new site with the hashed assets of the last ones, which pages that are open may still ask for."""
        lasting = dict(manifest.files)
        if manifest.own == self.before.own:
            earlier = [(self.room.real, self.before, True)]
        else:
            last = [(self.room.real, self.before, False)]
            last += [(site, read_manifest(site) or Manifest(), False) for site in self.room.sites()]
            earlier = last[:KEPT]
        for site, record, lingering in earlier:
            for address, entry in record.files.items():
                if address in lasting or entry.lingering != lingering or not _HASHED.fullmatch(address):
                    continue
                if files.digest_at(site / address) == entry.digest:
                    files.share(site / address, self.room.stage / address)
                    size = (site / address).stat().st_size
                    lasting[address] = Entry(digest=entry.digest, size=size, lingering=True)
        return replace(manifest, files=lasting)

    def _must_hold(self, manifest: Manifest) -> None:
        """The stage holds what the record will say: anything else is our own mistake, and must not be published."""
        held = {address for address, _ in files.standing(self.room.stage)}
        if held != set(manifest.files):
            wrong = sorted(held ^ set(manifest.files))
            raise ValueError(f"the stage and its record differ: {', '.join(wrong[:3])}")

    def _compare(self, manifest: Manifest) -> Change:
        added: list[str] = []
        changed: list[str] = []
        for address in manifest.files:
            if not self._stands(address):
                (changed if address in self.before.files else added).append(address)
        removed = [address for address in self.before.files if address not in manifest.files]
        return Change(
            added=tuple(sorted(added)),
            changed=tuple(sorted(changed)),
            removed=tuple(sorted(removed)),
            unchanged=len(manifest.files) - len(added) - len(changed),
            gained=_bytes(self.room.stage, (*added, *changed)),
            lost=_bytes(self.room.real, (*changed, *removed)),
        )


def _links(folder: Path) -> tuple[str, ...]:
    return tuple(f"{address}/" for address, entry in files.standing(folder) if entry.is_symlink())


def _bytes(folder: Path, addresses: Iterable[str]) -> int:
    total = 0
    for address in addresses:
        path = folder / address
        total += path.lstat().st_size if path.is_file() else 0
    return total


def _claim(folder: Path) -> Manifest:
    """The record of a folder that is ours to write into: one that we wrote, or an empty one."""
    manifest = read_manifest(folder)
    if manifest is not None:
        return manifest
    if folder.exists():
        others = sorted(path.name for path in folder.iterdir() if path.name not in OURS)
        if others:
            raise Trouble(
                Problem(
                    code="not-ours",
                    level=Level.ERROR,
                    file=str(folder),
                    message=f"this folder holds files that Yearround did not write ({', '.join(others[:3])})",
                    mend="Choose another folder with --out, or empty this one yourself if nobody needs it.",
                )
            )
    return Manifest()

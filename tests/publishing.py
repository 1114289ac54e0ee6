"""Small sites that say which build they are of, published by the rooms of `deliver` alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from builder.deliver.record import OURS
from builder.deliver.staging import Change, Staging
from builder.model.manifest import Entry, Manifest

PAGES = 24
"""Pages of a numbered site that every build has."""


def site_of(build: int) -> dict[str, bytes]:
    """The files of a build: each that changes says its number, some come and go, one never changes."""
    files = {f"en/stories/{name:02}.html": page(build, name) for name in range(PAGES)}
    files |= {f"en/odd-{name}.html": page(build, name) for name in range(3) if build % 2}
    files[f"assets/site.{build:012x}.css"] = f"/* build {build} */".encode()
    files["pictures/same.webp"] = b"same" * 500
    return files


def page(build: int, name: int) -> bytes:
    return f"<!doctype html><title>{name}</title><p>build {build}</p>{'.' * (200 * (name + 1))}".encode()


def build_of(data: bytes) -> int:
    """The number of the build that a whole page is of; ValueError for anything less than a whole page."""
    found = re.fullmatch(rb"<!doctype html><title>(\d+)</title><p>build (\d+)</p>\.+", data)
    if not found or data != page(int(found[2]), int(found[1])):
        raise ValueError(f"no whole page: {data[:80]!r} ({len(data)} bytes)")
    return int(found[2])


def record(files: Mapping[str, bytes]) -> Manifest:
    return Manifest(
        files={
            address: Entry(digest=sha256(data).hexdigest(), size=len(data))
            for address, data in sorted(files.items())
        }
    )


def put(folder: Path, house: Path, files: Mapping[str, bytes]) -> Change:
    """Publish a site, as a build does."""
    staging = Staging.at(folder, house)
    try:
        for address, data in files.items():
            staging.bring(address, data)
        return staging.switch(record(files), house / "found")
    except BaseException:
        staging.abandon()
        raise


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder but its record and its .gitignore."""
    return {
        address: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (address := path.relative_to(folder).as_posix()) not in OURS
    }


def hashed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those files that linger."""
    return {address: data for address, data in files.items() if address.startswith("assets/")}

"""A folder comes to hold exactly the files it should, and what someone takes back leaves it at once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from builder.deliver.files import inside, remove, standing, write
from builder.deliver.record import OURS, only_shown, write_record
from builder.deliver.staging import Change, Staging
from builder.model.manifest import Entry, Manifest, Withdrawal
from builder.model.page import Output
from builder.problem import Trouble

Notice = Callable[[str], bytes]
"""What stands at an address instead of a page that was taken out."""


def manifest_of(
    outputs: Iterable[Output],
    *,
    channel: str,
    audience: str,
    people_end: Mapping[str, datetime],
    works_end: Mapping[str, datetime],
) -> Manifest:
    """The record of finished files; of ends, only those of people and works that are shown."""
    files = {
        output.address: Entry(
            digest=sha256(output.data).hexdigest(),
            size=len(output.data),
            subject=output.subject,
            namings=output.namings,
            works=output.works,
        )
        for output in outputs
    }
    return only_shown(
        Manifest(files=files, channel=channel, audience=audience, people_end=people_end, works_end=works_end)
    )


def publish(folder: Path, outputs: Iterable[Output], manifest: Manifest, found: Path) -> Change:
    """Make `folder` hold these files and no others; what it held before is not kept.

    A file whose bytes are right already is not touched. A file that we did not write is moved below `found`, which
    stands in the newsroom's `.yearround/`. Raises Trouble when the folder was never ours.
    """
    staging = Staging.at(folder, found.parent)
    try:
        for output in outputs:
            staging.bring(output.address, output.data)
        return staging.switch(manifest, found, keep=False, linger=False)
    except BaseException:
        staging.abandon()
        raise


def withdraw(
    folder: Path, manifest: Manifest, withdrawal: Withdrawal, notice: Notice, house: Path | None = None
) -> tuple[str, ...]:
    """Take out of `folder` what may no longer be shown, and nothing else; the addresses touched.

    Works are cut out of pages and feeds by the marks around them; where a mark is missing, or the bytes are not those
    that were published, a page becomes a notice, and a feed is removed. Pictures are taken out when no file is left
    that shows their work.

    Given the newsroom's `.yearround/` as `house`, readers find all of it taken out at one stroke. Where that cannot be,
    and where nobody reads, it leaves file by file: a full disk keeps nothing online, for removing needs no room.
    """
    less = _less(folder, manifest, withdrawal, notice)
    done = False
    if house is not None:
        with suppress(OSError, Trouble):
            done = _at_one_stroke(folder, house, less)
    if not done:
        _file_by_file(folder, less, manifest)
    return tuple(sorted((*withdrawal.remove, *withdrawal.notice, *withdrawal.cut)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Less:
    """A folder less what was taken back: files that go, bytes that take the place of others, and the record then."""

    removed: tuple[str, ...]
    written: Mapping[str, bytes]
    manifest: Manifest


def _less(folder: Path, manifest: Manifest, withdrawal: Withdrawal, notice: Notice) -> _Less:
    files = dict(manifest.files)
    removed = list(withdrawal.remove)
    written: dict[str, bytes] = {}
    for address in (*withdrawal.notice, *withdrawal.cut):
        works = withdrawal.cut.get(address, ())
        if not _is_ours(folder, address):
            removed.append(address)
            continue
        data = _cut(folder / address, files[address], works) if works else None
        if data is None and not address.endswith(".html"):
            removed.append(address)
            continue
        if data is None:
            written[address] = notice(address)
            files[address] = _entry(written[address], Entry(digest=""), ())
        else:
            written[address] = data
            files[address] = _entry(data, files[address], works)
    for address in removed:
        files.pop(address, None)
    return _Less(removed=tuple(removed), written=written, manifest=only_shown(replace(manifest, files=files)))


def _is_ours(folder: Path, address: str) -> bool:
    """Whether a file stands there; where a link of somebody else leads out, none of ours does."""
    try:
        return inside(folder, address).is_file()
    except Trouble:
        return False


def _entry(data: bytes, entry: Entry, gone: tuple[str, ...]) -> Entry:
    """The facts of a page without the cards of these works."""
    return replace(
        entry,
        digest=sha256(data).hexdigest(),
        size=len(data),
        namings=tuple(one for one in entry.namings if one.work.partition("/")[0] not in gone),
        works=tuple(one for one in entry.works if one.partition("/")[0] not in gone),
    )


def _at_one_stroke(folder: Path, house: Path, less: _Less) -> bool:
    """Switch to a site that is less by what was taken back; False where nothing can be switched or others' files would be moved."""
    if os.path.ismount(folder):
        return False
    staging = Staging.at(folder, house)
    try:
        real = staging.room.real
        ours = {*staging.before.files, *OURS}
        if any(address not in ours for address, _ in standing(real)):
            staging.abandon()
            return False
        files = {}
        for address, entry in less.manifest.files.items():
            if address in less.written:
                staging.write(address, less.written[address])
            elif (real / address).is_file():
                staging.share(address)
            else:
                continue
            files[address] = entry
        staging.switch(replace(less.manifest, files=files), house / "found", keep=False, linger=False)
    except BaseException:
        staging.abandon()
        raise
    return True


def _file_by_file(folder: Path, less: _Less, before: Manifest) -> None:
    """What goes leaves first; a page for whose notice there is no room on the disk leaves as well.

    A file that will not go does not hold up the others. It stays in the record, and what refused it is raised.
    """
    files = dict(less.manifest.files)
    refused: list[OSError | Trouble] = []

    def leave(address: str) -> None:
        try:
            remove(folder, address)
            files.pop(address, None)
        except (OSError, Trouble) as fault:
            refused.append(fault)
            files[address] = before.files[address]

    for address in less.removed:
        leave(address)
    for address, data in less.written.items():
        try:
            write(inside(folder, address), data)
        except OSError:
            leave(address)
    write_record(folder, only_shown(replace(before, files=files)))
    if refused:
        raise refused[0]


def _cut(path: Path, entry: Entry, works: tuple[str, ...]) -> bytes | None:
    """A page without the cards of these works; None when one of them has no marks on it.

    None too for a page that is not as it was published, for then its marks may be damaged or say too little.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if entry.digest not in ("", sha256(data).hexdigest()):  # without one it may be of either of two sites
        return None
    for work in works:
        mark = re.escape(work.encode("utf-8"))
        data, count = re.subn(rb"<!--\[%b\]-->.*?<!--\[/%b\]-->" % (mark, mark), b"", data, flags=re.DOTALL)
        if not count:
            return None
    return data

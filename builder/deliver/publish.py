"""A folder comes to hold exactly the files it should, and what someone takes back leaves it at once."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from builder.model.manifest import Entry, Manifest, Withdrawal
from builder.model.page import Naming, Output
from builder.model.person import Channel, Form
from builder.model.story import Audience
from builder.problem import Level, Problem, Trouble

MANIFEST = ".yearround.json"
IGNORE = ".gitignore"
_IGNORE_TEXT = b"*\n!.gitignore\n"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a folder: addresses added, changed and removed, and files of others that were moved aside."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    aside: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest | None:
    """What we wrote into `folder`; None when it holds no record of ours that can be read and believed."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["version"] != _VERSION:
            return None
        return Manifest(
            files={
                _believed(address): Entry(
                    digest=one["sha256"],
                    subject=str(one.get("subject", "")),
                    namings=tuple(
                        Naming(str(person), Form(form).value, str(work))
                        for person, form, work in one.get("names", ())
                    ),
                    works=tuple(map(str, one.get("works", ()))),
                )
                for address, one in data["files"].items()
            },
            channel=Channel(data["channel"]).value,
            audience=Audience(data["audience"]).value,
            people_end=_ends(data["people_end"]),
            works_end=_ends(data["works_end"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _believed(address: str) -> str:
    """An address of a record, which must not lead out of its folder."""
    if not address or ".." in address.split("/") or address.startswith("/") or "\0" in address:
        raise ValueError(address)
    return address


def _ends(written: Mapping[str, str]) -> dict[str, datetime]:
    ends = {what: datetime.fromisoformat(end) for what, end in written.items()}
    if any(end.tzinfo is None for end in ends.values()):
        raise ValueError("a time without a zone")
    return ends


def damaged(folder: Path) -> tuple[Problem, ...]:
    """A Problem when a record of ours stands in `folder` and cannot be believed.

    What is published there can then not be judged, and nobody must think that it was.
    """
    if not (folder / MANIFEST).exists() or read_manifest(folder) is not None:
        return ()
    return (
        Problem(
            code="record-damaged",
            level=Level.ERROR,
            file=str(folder / MANIFEST),
            message="the record of what was published here is damaged, so what was taken back cannot be found in it",
            mend=f"Empty {folder}/ (all of it can be built again), look at who wrote into it, and run this again.",
        ),
    )


def told(folder: Path, fault: Trouble | OSError) -> Problem:
    """What kept `folder` from being written, as a Problem."""
    if isinstance(fault, Trouble):
        return fault.problem
    return Problem(
        code="unwritable",
        level=Level.ERROR,
        file=str(fault.filename or folder),
        message=f"{folder}/ cannot be written: {(fault.strerror or 'the disk refused').lower()}",
        mend="Look at its owner and permissions and at the room on the disk; whoever runs this must be able to write there.",
    )


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
            subject=output.subject,
            namings=output.namings,
            works=output.works,
        )
        for output in outputs
    }
    named = {naming.person for entry in files.values() for naming in entry.namings}
    shown = {work for entry in files.values() for work in entry.works}
    return Manifest(
        files=files,
        channel=channel,
        audience=audience,
        people_end={person: end for person, end in people_end.items() if person in named},
        works_end={work: end for work, end in works_end.items() if work in shown},
    )


def publish(folder: Path, outputs: Iterable[Output], manifest: Manifest, found: Path) -> Change:
    """Make `folder` hold these files and no others.

    A file whose bytes are right already is not touched. A file that we did not write is moved below `found`. Raises
    Trouble when the folder was never ours.
    """
    old = _claim(folder)
    added: list[str] = []
    changed: list[str] = []
    unchanged = 0
    wanted = {output.address: output.data for output in outputs}
    aside = _move_aside(folder, found, {*old.files, *wanted, MANIFEST, IGNORE})
    for address, data in wanted.items():
        path = _inside(folder, address)
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            unchanged += 1
            continue
        (changed if address in old.files else added).append(address)
        write(path, data)
    removed = [address for address in old.files if address not in wanted]
    for address in removed:
        _remove(folder, address)
    _write_record(folder, manifest)
    return Change(
        added=tuple(sorted(added)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed)),
        unchanged=unchanged,
        aside=aside,
    )


def withdraw(
    folder: Path, manifest: Manifest, withdrawal: Withdrawal, notice: Callable[[str], bytes]
) -> tuple[str, ...]:
    """Take out of `folder` what may no longer be shown, and nothing else; the addresses touched.

    Works are cut out of pages and feeds by the marks around them; where a mark is missing a page becomes a notice, and
    a feed is removed.
    Pictures are taken out when no file is left that shows their work.
    """
    files = dict(manifest.files)
    for address in withdrawal.remove:
        _remove(folder, address)
        files.pop(address)
    for address in (*withdrawal.notice, *withdrawal.cut):
        path = _inside(folder, address)
        if not path.is_file():
            files.pop(address)
            continue
        works = withdrawal.cut.get(address, ())
        data = _cut(path.read_bytes(), works) if works else None
        entry = files[address]
        gone = set(works)
        if data is None and not address.endswith(".html"):
            _remove(folder, address)
            files.pop(address)
            continue
        if data is None:
            data = notice(address)
            files[address] = Entry(digest=sha256(data).hexdigest())
        else:
            files[address] = Entry(
                digest=sha256(data).hexdigest(),
                subject=entry.subject,
                namings=tuple(one for one in entry.namings if one.work.partition("/")[0] not in gone),
                works=tuple(one for one in entry.works if one.partition("/")[0] not in gone),
            )
        write(path, data)
    _write_record(
        folder,
        Manifest(
            files=files,
            channel=manifest.channel,
            audience=manifest.audience,
            people_end=_of_these(
                manifest.people_end, (one.person for e in files.values() for one in e.namings)
            ),
            works_end=_of_these(manifest.works_end, (work for e in files.values() for work in e.works)),
        ),
    )
    return tuple(sorted((*withdrawal.remove, *withdrawal.notice, *withdrawal.cut)))


def _of_these(ends: Mapping[str, datetime], still_shown: Iterable[str]) -> dict[str, datetime]:
    shown = frozenset(still_shown)
    return {what: end for what, end in ends.items() if what in shown}


def _cut(data: bytes, works: tuple[str, ...]) -> bytes | None:
    """A page without the cards of these works; None when one of them has no marks on it."""
    text = data.decode("utf-8")
    for work in works:
        text, count = re.subn(
            rf"<!--\[{re.escape(work)}\]-->.*?<!--\[/{re.escape(work)}\]-->", "", text, flags=re.DOTALL
        )
        if not count:
            return None
    return text.encode("utf-8")


def _make_folder(path: Path) -> None:
    """A folder that readers may open, whatever the operator keeps to themselves otherwise."""
    if not path.is_dir():
        _make_folder(path.parent)
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def write(path: Path, data: bytes) -> None:
    """Write a file whole: whoever reads meanwhile finds the old bytes or the new."""
    _make_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _claim(folder: Path) -> Manifest:
    """The record of a folder that is ours to write into: one that we wrote, or an empty one."""
    manifest = read_manifest(folder)
    if manifest is not None:
        return manifest
    if folder.exists():
        others = sorted(path.name for path in folder.iterdir() if path.name not in (IGNORE, MANIFEST))
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


def _move_aside(folder: Path, found: Path, ours: set[str]) -> tuple[str, ...]:
    moved: list[str] = []
    if not folder.is_dir():
        return ()
    for path in sorted(folder.rglob("*")):
        address = path.relative_to(folder).as_posix()
        if path.is_dir() or address in ours:
            continue
        if path.name.startswith(".writing-"):
            path.unlink()
            continue
        target = found / address
        number = 1
        while target.exists():
            number += 1
            target = found / f"{address}.{number}"
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        _leave_no_empty(path, folder)
        moved.append(address)
    return tuple(moved)


def _inside(folder: Path, address: str) -> Path:
    path = folder / address
    if ".." in Path(address).parts or not path.resolve().is_relative_to(folder.resolve()):
        raise Trouble(
            Problem(
                code="leads-out",
                level=Level.ERROR,
                file=address,
                message="this address leads out of the folder that is being written",
                mend="Correct the id or alias that it comes from.",
            )
        )
    return path


def _remove(folder: Path, address: str) -> None:
    path = _inside(folder, address)
    path.unlink(missing_ok=True)
    _leave_no_empty(path, folder)


def _leave_no_empty(path: Path, folder: Path) -> None:
    for parent in path.parents:
        if parent == folder:
            break
        with suppress(OSError):
            parent.rmdir()


def _write_record(folder: Path, manifest: Manifest) -> None:
    record = {
        "version": _VERSION,
        "channel": manifest.channel,
        "audience": manifest.audience,
        "people_end": {person: end.isoformat() for person, end in sorted(manifest.people_end.items())},
        "works_end": {work: end.isoformat() for work, end in sorted(manifest.works_end.items())},
        "files": {
            address: {
                "sha256": entry.digest,
                **({"subject": entry.subject} if entry.subject else {}),
                **({"names": [[n.person, n.form, n.work] for n in entry.namings]} if entry.namings else {}),
                **({"works": list(entry.works)} if entry.works else {}),
            }
            for address, entry in sorted(manifest.files.items())
        },
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write(folder / MANIFEST, text.encode("utf-8"))
    write(folder / IGNORE, _IGNORE_TEXT)

"""The record in a folder: what we wrote there, and whom and what it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from builder.deliver.files import write
from builder.model.manifest import Entry, Manifest
from builder.model.page import Naming
from builder.model.person import Channel, Form
from builder.model.story import Audience
from builder.problem import Level, Problem, Trouble

MANIFEST = ".yearround.json"
IGNORE = ".gitignore"
IGNORE_TEXT = b"*\n!.gitignore\n"
OURS = frozenset((MANIFEST, IGNORE))
"""What stands in every folder of ours beside the files that its record names."""

_VERSION = 2
_READABLE = (1, 2)
"""Records that can be read. The first kind knew neither sizes nor files that linger."""


def read_manifest(folder: Path) -> Manifest | None:
    """What we wrote into `folder`; None when it holds no record of ours that can be read and believed."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["version"] not in _READABLE:
            return None
        return Manifest(
            files={_believed(address): _entry(one) for address, one in data["files"].items()},
            channel=Channel(data["channel"]).value,
            audience=Audience(data["audience"]).value,
            people_end=_ends(data["people_end"]),
            works_end=_ends(data["works_end"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _entry(one: Mapping[str, Any]) -> Entry:
    return Entry(
        digest=one["sha256"],
        size=int(one.get("size", 0)),
        lingering=one.get("lingering") is True,
        subject=str(one.get("subject", "")),
        namings=tuple(
            Naming(str(person), Form(form).value, str(work)) for person, form, work in one.get("names", ())
        ),
        works=tuple(map(str, one.get("works", ()))),
    )


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


def record_of(manifest: Manifest) -> bytes:
    """A manifest as it stands in its folder: the same bytes for the same facts."""
    record = {
        "version": _VERSION,
        "channel": manifest.channel,
        "audience": manifest.audience,
        "people_end": {person: end.isoformat() for person, end in sorted(manifest.people_end.items())},
        "works_end": {work: end.isoformat() for work, end in sorted(manifest.works_end.items())},
        "files": {
            address: {
                "sha256": entry.digest,
                "size": entry.size,
                **({"lingering": True} if entry.lingering else {}),
                **({"subject": entry.subject} if entry.subject else {}),
                **({"names": [[n.person, n.form, n.work] for n in entry.namings]} if entry.namings else {}),
                **({"works": list(entry.works)} if entry.works else {}),
            }
            for address, entry in sorted(manifest.files.items())
        },
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write_record(folder: Path, manifest: Manifest) -> None:
    """Put the record into a folder that stands, and the .gitignore beside it."""
    ignore = folder / IGNORE
    # The record comes last, so that a full disk leaves either the old one or the new one with all that belongs to it.
    if not (ignore.is_file() and ignore.read_bytes() == IGNORE_TEXT):
        write(ignore, IGNORE_TEXT)
    write(folder / MANIFEST, record_of(manifest))


def only_shown(manifest: Manifest) -> Manifest:
    """The same record, with the ends of those people and works alone that its files show."""
    named = {naming.person for entry in manifest.files.values() for naming in entry.namings}
    shown = {work for entry in manifest.files.values() for work in entry.works}
    return Manifest(
        files=manifest.files,
        channel=manifest.channel,
        audience=manifest.audience,
        people_end={person: end for person, end in manifest.people_end.items() if person in named},
        works_end={work: end for work, end in manifest.works_end.items() if work in shown},
    )


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

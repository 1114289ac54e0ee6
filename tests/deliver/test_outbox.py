"""The outbox: what one command writes leaves what others wrote, and nothing else."""

from __future__ import annotations

from pathlib import Path

from builder.deliver.outbox import lay_in
from builder.deliver.publish import manifest_of
from builder.model.page import Naming, Output


def laid(folder: Path, *outputs: Output, stays: str = "sheet") -> None:
    manifest = manifest_of(outputs, channel="email", audience="staff", people_end={}, works_end={})
    lay_in(
        folder / "outbox",
        outputs,
        manifest,
        folder / ".yearround" / "found",
        stays=lambda address: address.startswith(stays),
    )


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in (folder / "outbox").iterdir()
        if not path.name.startswith(".")
    }


def test_what_stays_stays_and_the_rest_is_replaced(tmp_path: Path):
    laid(tmp_path, Output(address="sheet.html", data=b"sheet"), stays="mail")
    laid(tmp_path, Output(address="mail-1.eml", data=b"one", namings=(Naming("p-001", "full"),)))
    assert held(tmp_path) == {"sheet.html": b"sheet", "mail-1.eml": b"one"}
    laid(tmp_path, Output(address="mail-2.eml", data=b"two"))
    assert held(tmp_path) == {"sheet.html": b"sheet", "mail-2.eml": b"two"}
    laid(tmp_path, Output(address="sheet.html", data=b"new"), stays="mail")
    assert held(tmp_path) == {"sheet.html": b"new", "mail-2.eml": b"two"}


def test_what_is_no_longer_what_we_wrote_is_not_vouched_for(tmp_path: Path):
    laid(tmp_path, Output(address="sheet.html", data=b"sheet"), stays="mail")
    (tmp_path / "outbox" / "sheet.html").write_bytes(b"drawn on")
    laid(tmp_path, Output(address="mail-1.eml", data=b"one"))
    assert held(tmp_path) == {"mail-1.eml": b"one"}


def test_what_others_put_there_is_put_aside_and_not_lost(tmp_path: Path):
    laid(tmp_path, Output(address="sheet.html", data=b"sheet"), stays="mail")
    (tmp_path / "outbox" / "mine.txt").write_bytes(b"mine")
    laid(tmp_path, Output(address="mail-1.eml", data=b"one"))
    assert held(tmp_path) == {"sheet.html": b"sheet", "mail-1.eml": b"one"}
    (found,) = (tmp_path / ".yearround" / "found").rglob("mine.txt")
    assert found.read_bytes() == b"mine"

"""Tests the workshop: what the Makefile offers, what is locked, what is vendored, what is shipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from scripts import vendor

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PARTS = (ROOT / "docs" / "parts.md").read_text()
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")

RUNTIME = PROJECT["project"]["dependencies"]
BUILD = PROJECT["dependency-groups"]["build"]
DEV = [part for part in PROJECT["dependency-groups"]["dev"] if isinstance(part, str)]


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    # The make that runs these tests must not hand its own options down.
    alone = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=alone, capture_output=True, text=True, check=False
    )


def name(part: str) -> str:
    # "types-PyYAML>=6.0" stands in a lock file as types-pyyaml.
    return re.split(r"[^\w.-]", part)[0].lower().replace("_", "-")


def locked(lock: str) -> dict[str, str]:
    """The versions in a lock file; two where older Pythons get another one, and then the newest."""
    lines = (ROOT / lock).read_text().splitlines()
    return dict(line.split()[0].split("==") for line in lines if re.match(r"\w[\w.-]*==", line))


def offered() -> list[str]:
    return re.findall(r"^  make ([\w-]+) ", make().stdout, flags=re.MULTILINE)


def test_make_alone_lists_what_can_be_done():
    promised = (
        "help site serve test check agree quality nightly bench shots mail-shots components vendor lock"
    )
    assert offered() == promised.split()


@pytest.mark.parametrize("target", offered())
def test_what_make_offers_can_be_made(target: str):
    planned = make("--dry-run", target)
    assert planned.returncode == 0, planned.stderr


@pytest.mark.parametrize("target", offered())
def test_the_scripts_that_make_runs_are_there(target: str):
    # Not those of .venv, and not what a target makes.
    named = re.findall(r"\b((?:scripts|tests)/[\w/]+\.(?:py|sh))", make("--dry-run", target).stdout)
    assert [path for path in named if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    ("lock", "parts"), [*zip(LOCKS, (RUNTIME, BUILD, RUNTIME + BUILD + DEV), strict=True)], ids=LOCKS
)
def test_a_lock_holds_every_part_with_a_checksum(lock: str, parts: list[str]):
    held = locked(lock)
    assert [part for part in parts if name(part) not in held] == []
    blocks = re.split(r"^(?=\w)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_builds_is_what_is_tested():
    tested = locked("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-build.lock"):
        assert locked(lock).items() <= tested.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str):
    text = (ROOT / lock).read_text()
    assert re.findall(r"\w+://\S*|^--?\w.*|\w+\.(?:org|com|net|io)\b", text, flags=re.MULTILINE) == []


def test_every_part_is_explained_with_the_version_that_is_locked():
    rows = re.findall(r"^\| [^|]+ \| ([\w.-]+) \| ([^| ]+) \| [^|]+ \| [^|]+ \|$", PARTS, flags=re.MULTILINE)
    explained = {
        part: version
        for part, version in rows
        if part not in {release.package for release in vendor.RELEASES}
    }
    tested = locked("requirements-dev.lock")
    assert explained == {name(part): tested[name(part)] for part in RUNTIME + BUILD + DEV}


def test_every_vendored_file_is_what_the_page_promises():
    promised = vendor.checksums(PARTS)
    assert [path for path, checksum in promised.items() if not vendor.is_right(ROOT / path, checksum)] == []


def test_every_vendored_file_is_promised_and_comes_with_its_licence():
    here = {
        path.relative_to(ROOT).as_posix()
        for folder in ("templates/assets/vendor", "templates/clients", "templates/letters", "tests/vendor")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    brought = {place for release in vendor.RELEASES for place in vendor.places(release)}
    assert here == brought == vendor.checksums(PARTS).keys()
    for release in vendor.RELEASES:
        assert release.version in release.folder
        assert f"{release.folder}/LICENSE" in here
        assert re.search(rf"{release.package} \| {release.version} \|", PARTS)


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_package_carries_the_theme(kind: str, tmp_path: Path):
    """A wheel made straight from the checkout, and one made as a stranger would: from the sdist."""
    source = ROOT
    if kind == "sdist":
        run("hatchling", "build", "-t", "sdist", "-d", str(tmp_path), cwd=ROOT)
        (archive,) = tmp_path.glob("*.tar.gz")
        source = archive
    run(
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        str(source),
        cwd=tmp_path,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    theme = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    expected = {f"builder/theme/{path.relative_to(ROOT / 'templates').as_posix()}" for path in theme}
    assert expected <= held
    assert {"builder/__init__.py", "builder/py.typed"} <= held
    assert [path for path in held if not path.startswith(("builder/", "yearround-"))] == []


def run(module: str, *arguments: str, cwd: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

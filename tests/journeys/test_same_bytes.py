"""The same sources and the same time give the same bytes, whoever builds them, where, and with how many hands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.built import NOW, ROOT, SMALL, copy_newsroom


def built(newsroom: Path, *options: str, umask: int = 0o022, **environment: str) -> dict[str, bytes]:
    """Build a site and a digest in a process of its own; every file that came of it."""
    for verb in ("build", "digest"):
        done = subprocess.run(
            [sys.executable, "-m", "builder", verb, "--newsroom", newsroom.name, "--now", NOW, *options],
            cwd=newsroom.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return {
        path.relative_to(newsroom).as_posix(): path.read_bytes()
        for folder in ("site", "outbox")
        for path in sorted((newsroom / folder).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_newsroom(SMALL, tmp_path_factory.mktemp("first") / "small")


@pytest.fixture(scope="module")
def expected(first: Path) -> dict[str, bytes]:
    return built(first, "--jobs", "1", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="0")


def test_all_that_is_compared_is_there(expected: dict[str, bytes]):
    assert {"site/.yearround.json", "site/index.html", "site/fa/index.html", "outbox/.yearround.json"} <= set(
        expected
    )
    assert {name.rpartition(".")[2] for name in expected} >= {
        "html",
        "xml",
        "css",
        "webp",
        "woff2",
        "eml",
        "txt",
        "json",
    }


def test_another_machine_makes_the_same_bytes(tmp_path: Path, expected: dict[str, bytes]):
    newsroom = copy_newsroom(SMALL, tmp_path / "elsewhere with spaces" / "اتاق خبر")
    there = {"TZ": "Asia/Tehran", "LC_ALL": "C", "PYTHONHASHSEED": "1", "LANG": "fa_IR", "COLUMNS": "40"}
    made = built(newsroom, "--jobs", "2", umask=0o077, **there)
    assert sorted(made) == sorted(expected)
    assert [name for name in made if made[name] != expected[name]] == []
    # Whoever builds with care for their own files still builds for readers.
    closed = [path for path in (newsroom / "site").rglob("*") if not path.stat().st_mode & 0o004]
    assert closed == []


def test_the_age_and_order_of_files_change_nothing(tmp_path: Path, expected: dict[str, bytes]):
    newsroom = tmp_path / "small"
    for path in sorted((SMALL / "stories").rglob("*"), reverse=True):
        if path.is_file():
            to = newsroom / path.relative_to(SMALL)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
            os.utime(to, (1_000_000_000, 1_000_000_000))
    environment = {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4294967295"}
    assert built(newsroom, "--jobs", "1", umask=0, **environment) == expected


def test_building_again_writes_nothing(first: Path, expected: dict[str, bytes]):
    pages = sorted((first / "site").rglob("*.html"))
    written = [path.stat().st_mtime_ns for path in pages]
    assert built(first, "--jobs", "1") == expected
    assert [path.stat().st_mtime_ns for path in pages] == written

"""The quick way through a text, held against Python-Markdown's own tests and against real texts.

Its tests are not in its wheel; its source archive is fetched, at the version and checksum of requirements.lock.
"""

from __future__ import annotations

import os
import re
import sys
import tarfile
from pathlib import Path

import pytest

from builder.render.markdown import convert
from tests.plainly import convert_plainly
from tests.quality import tools

CORPUS = os.environ.get("CORPUS", "")


@pytest.fixture(scope="session")
def pairs() -> Path:
    """The folder of Python-Markdown's own tests."""
    lock = (tools.ROOT / "requirements.lock").read_text(encoding="utf-8")
    pin = re.search(r"^markdown==.*(?:\n    --hash.*)+", lock, re.MULTILINE)
    assert pin
    folder = tools.CACHE / re.sub(r"[^0-9a-z.]+", "-", pin[0].split(" ")[0])
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "markdown.lock").write_text(pin[0] + "\n", encoding="utf-8")
        pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download")
        source = ("--no-binary", ":all:", "--no-deps", "--require-hashes", "-r", folder / "markdown.lock")
        tools.install("Fetching the source of Python-Markdown from PyPI", *pip, *source, "--dest", folder)
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        (folder / "ready").touch()
    return folder


def differing(files: list[Path]) -> list[str]:
    return [str(path) for path in files if convert(text_of(path)) != convert_plainly(text_of(path))]


def text_of(path: Path) -> str:
    """The text of a file, without front matter."""
    return re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_python_markdowns_own_tests_come_out_the_same(pairs: Path):
    files = sorted(pairs.rglob("tests/**/*.txt"))
    assert len(files) >= 90
    assert differing(files) == []


def test_python_markdowns_own_documentation_comes_out_the_same(pairs: Path):
    files = sorted(pairs.rglob("docs/**/*.md"))
    assert len(files) >= 20
    assert differing(files) == []


if CORPUS:

    def test_real_texts_come_out_the_same():
        files = sorted(Path(CORPUS).rglob("*.md"))
        assert files
        assert differing(files) == []

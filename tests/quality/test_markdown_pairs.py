"""Python-Markdown's own test texts come out of our swifter one as they come out of Python-Markdown itself."""

from __future__ import annotations

import tarfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest

from builder.render.markdown import convert
from tests.plainly import convert_plainly
from tests.quality import tools


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """The texts of its source distribution, by name; the release is the one that is installed here."""
    release = version("markdown")
    folder = tools.CACHE / f"markdown-{release}"
    if not list(folder.glob("*.tar.gz")):
        folder.mkdir(parents=True, exist_ok=True)
        tools.install(
            f"fetching the sources of Python-Markdown {release}",
            tools.ROOT / ".venv" / "bin" / "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary=:all:",
            f"--dest={folder}",
            f"markdown=={release}",
        )
    found = []
    [archive] = folder.glob("*.tar.gz")
    with tarfile.open(archive) as sources:
        for member in sources.getmembers():
            inside = Path(member.name)
            data = sources.extractfile(member) if "tests" in inside.parts else None
            if data is not None and inside.suffix in (".txt", ".md"):
                found.append((member.name, data.read().decode("utf-8", "replace")))
    return tuple(found)


def test_there_are_many():
    assert len(pairs()) > 60


@pytest.mark.parametrize("number", range(10))
def test_each_comes_out_the_same(number: int):
    """A tenth of them at a time."""
    different = []
    for name, text in pairs()[number::10]:
        if convert(text) != convert_plainly(text):
            different.append(name)
    assert different == []

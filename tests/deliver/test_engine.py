"""Another release of anything that can change a byte is another engine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from builder.deliver import engine
from tests.built import ROOT


@pytest.mark.parametrize("library", engine.LIBRARIES)
def test_another_version_of_a_library_is_another_engine(library: str, monkeypatch: pytest.MonkeyPatch):
    before = engine.mark()
    real = engine.version
    monkeypatch.setattr(engine, "version", lambda name: "999" if name == library else real(name))
    assert engine.mark() != before


def test_every_library_that_the_program_stands_on_is_asked_or_changes_no_byte():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {re.split(r"[ <>=;\[]", one)[0].lower() for one in project["dependencies"]}
    assert needed - set(engine.LIBRARIES) == {
        "click",
        "openpyxl",  # reads tables into stories/, which a build then reads as it reads all else
        "watchdog",
    }


def test_our_own_code_is_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = list(engine.code())
    assert ROOT / "builder" / "render" / "pages.py" in files
    before = engine.mark()
    more = tmp_path / "more.py"
    more.write_text("x = 1\n")
    monkeypatch.setattr(engine, "code", lambda: iter([*files, more]))
    assert engine.mark() != before

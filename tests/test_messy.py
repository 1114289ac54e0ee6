"""Tables as they come, and the exact words that an editor reads when they import them.

A folder of `tests/messy/` holds a file that somebody exported, the command that takes it (`command.txt`), and what is said
and changed then (`expected.txt`). The newsroom is `_newsroom/`; the file lies beside it, and inside where `inside` says so.
After a change of words, `make agree` writes what is said now; read every difference aloud before it is committed.
"""

from __future__ import annotations

import os
import re
import shutil
from difflib import unified_diff
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from builder.cli import main, world

MESSY = Path(__file__).parent / "messy"
CASES = sorted(path.name for path in MESSY.iterdir() if path.is_dir() and not path.name.startswith("_"))
AGREE = os.environ.get("YEARROUND_AGREE") == "1"
HOW = "If these words help more, run `make agree` and read `git diff -- tests/messy`."
OURS = ("command.txt", "expected.txt", "inside")

Tree = dict[str, str]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits here: a slow moment must not put a line of progress among the words."""
    monkeypatch.setattr(world, "PATIENCE", float("inf"))


def prepare(case: str, parent: Path) -> Path:
    newsroom = parent / "newsroom"
    shutil.copytree(MESSY / "_newsroom", newsroom)
    inside = (MESSY / case / "inside").exists()
    for file in (MESSY / case).iterdir():
        if file.name not in OURS:
            shutil.copy(file, newsroom if inside else parent)
    return newsroom


def said(newsroom: Path, case: str) -> str:
    command = (MESSY / case / "command.txt").read_text().split()
    before = Path.cwd()
    os.chdir(newsroom)
    try:
        ran = CliRunner().invoke(main, command, catch_exceptions=False)
        return f"{ran.output}(exit code {ran.exit_code})\n"
    finally:
        os.chdir(before)


def tree(newsroom: Path) -> Tree:
    """Every file that is kept with the newsroom, by its path."""
    return {
        path.relative_to(newsroom).as_posix(): path.read_text("utf-8")
        for path in sorted((newsroom / "stories").rglob("*"))
        if path.is_file()
    }


def changed(before: Tree, after: Tree) -> str:
    lines: list[str] = []
    for path in sorted({*before, *after}):
        old, new = before.get(path, "").splitlines(), after.get(path, "").splitlines()
        found = list(unified_diff(old, new, lineterm="", n=1))[2:]
        lines += [f"\n{path}", *found] if found else []
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("case", CASES)
def test_golden_the_words_of_a_messy_table(case: str, tmp_path: Path):
    newsroom = prepare(case, tmp_path)
    before = tree(newsroom)
    words = said(newsroom, case)
    words += changed(before, tree(newsroom))
    file = MESSY / case / "expected.txt"
    if AGREE:
        file.write_text(words, encoding="utf-8")
    assert words == (file.read_text(encoding="utf-8") if file.is_file() else ""), HOW


@pytest.mark.parametrize("case", CASES)
def test_twice_changes_nothing_and_nothing_raw_is_kept(case: str, tmp_path: Path):
    newsroom = prepare(case, tmp_path)
    said(newsroom, case)
    once = tree(newsroom)
    said(newsroom, case)
    assert tree(newsroom) == once
    kept = "\n".join([*once, *once.values()])
    assert "zq" not in kept, "ids, addresses and whatever else begins so is raw"
    for path, text in once.items():
        if path.startswith("stories/voices/"):
            voice = yaml.safe_load(text)
            assert voice["status"] == "draft"
            assert "permission" not in voice
            assert not {"score", "n", "counts", "value"} & voice.keys()


def test_nothing_is_written_where_only_to_look(tmp_path: Path):
    newsroom = prepare("looked-at-only", tmp_path)
    before = tree(newsroom)
    said(newsroom, "looked-at-only")
    assert tree(newsroom) == before


def test_no_line_of_ours_is_longer_than_a_wide_terminal():
    for case in CASES:
        text = (MESSY / case / "expected.txt").read_text("utf-8")
        assert not re.search(r"/tmp|/home|/root", text), case
        assert "Traceback" not in text
        assert not [
            line for line in text.splitlines() if len(line) > 180 and not line.startswith(("Read as", "+"))
        ], case

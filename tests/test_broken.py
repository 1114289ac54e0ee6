"""Broken newsrooms, and the exact words that an editor sees for each.

A folder of `tests/broken/` holds what differs from the small newsroom that is whole, `_whole/`; `expected.txt` is what
the command says then, and `note.md`, where there is one, what `docs/problems.md` says above it. After a change of
words, `make agree` writes what is said now; read every difference aloud before it is committed.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main, world
from scripts import problems

ROOT = Path(__file__).parent.parent
BROKEN = ROOT / "tests" / "broken"
NOW = "2026-03-12T09:00"
AGREE = os.environ.get("YEARROUND_AGREE") == "1"
HOW = "If these words help more, run `make agree` and read `git diff -- tests/broken`."
OURS = ("expected.txt", "note.md")
"""Files of a case that are no part of the newsroom."""

COMMANDS = {
    "why-of-nothing": "why umbrela",
    "address-gone": "build",
    "approval-of-a-draft": "digest --approve --edition 2026-w10 --by editor",
    "correction-of-what-is-to-come": "correct 2026-w10 --reason Quinces",
    "digest-without-a-sender": "digest",
    "edition-misspelt": "digest --edition 2026-w01",
    "edition-none-ready": "digest",
    "edition-of-a-leader": "digest",
    "edition-of-too-many-words": "digest",
    "folder-of-somebody-else": "build --out documents",
    "folder-that-cannot-be-written": "build",
    "mail-template-misspelt": "digest",
    "mail-template-without-a-unit": "digest",
    "mail-too-long-for-its-stories": "digest",
    "import-into-itself": "import posts stories",
    "import-into-braces": "import survey ../answers.csv --metric meals --period month",
    "import-into-brackets": "import survey ../answers.csv --metric meals",
    "import-of-a-blog": "import posts ../blog",
    "import-of-an-empty-table": "import survey ../answers.csv --metric would-recommend",
    "import-of-answers-for-a-total": "import survey ../answers.csv --metric calls",
    "import-of-answers-inside": "import survey answers.csv --metric would-recommend",
    "import-of-dates-either-way": "import survey ../answers.csv --metric would-recommend",
    "import-of-two-sheets": "import survey ../answers.xlsx --metric would-recommend",
    "import-of-values-either-way": "import metrics ../values.csv --metric would-recommend",
    "import-without-a-period": "import survey ../answers.csv --metric would-recommend",
    "import-without-a-score": "import survey ../answers.csv --metric would-recommend",
    "mail-template-not-closed": "digest",
    "mail-with-many-faults": "digest",
    "new-newsroom-over-another": "init --yes .",
    "people-file-missing": "check --people people/people.yaml",
    "person-whose-id-is-taken": "new person Somebody --name p-001",
    "print-in-another-language": "print scorecard --lang fr",
    "record-damaged": "build",
    "rollback-in-doubt": "rollback",
    "rollback-of-a-damaged-site": "rollback",
    "rollback-of-a-written-name": "rollback",
    "rollback-with-nothing-kept": "rollback",
    "new-story-with-a-capital": "new story Pears --name Pears",
}
"""What is run where it is not `check`."""


def _unreadable(folder: Path) -> None:
    (folder / "stories" / "2026" / "umbrella.md").chmod(0)


def _unreadable_folder(folder: Path) -> None:
    (folder / "stories" / "2026").chmod(0)


def _unwritable(folder: Path) -> None:
    (folder / "site").write_bytes(b"")


def _link_out(folder: Path) -> None:
    (folder / "stories" / "2026" / "secret.md").symlink_to(ROOT / "README.md")


def _links_to_folders(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    (folder / "stories" / "2025").symlink_to(elsewhere)
    (folder / "stories" / "2026" / "pictures").symlink_to(folder / "stories" / "metrics")


def _link_to_nowhere(folder: Path) -> None:
    (folder / "stories" / "teams.yaml").unlink()
    (folder / "stories" / "teams.yaml").symlink_to("../teams.yaml")


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _without_stories(folder: Path) -> None:
    shutil.rmtree(folder / "stories")


def _renamed(before: str, after: str) -> Callable[[Path], None]:
    def rename(folder: Path) -> None:
        (folder / before).rename(folder / after)

    return rename


def _large(folder: Path) -> None:
    (folder / "stories" / "2026" / "umbrella.md").write_bytes(b"-" * 4_000_001)


def _name_in_latin_1(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder / "stories" / "2026") + "/café.md".encode("latin-1"))).write_bytes(
        b""
    )


def _built_and_renamed(folder: Path) -> None:
    said(folder, "build")
    _renamed("stories/2026/tea.md", "stories/2026/mint-tea.md")(folder)


def _built_and_damaged(folder: Path) -> None:
    said(folder, "build")
    (folder / "site" / ".yearround.json").write_text("{")


def _built_twice_and_damaged(folder: Path) -> None:
    said(folder, "build")
    _renamed("stories/2026/umbrella.md", "stories/2026/parasol.md")(folder)
    said(folder, "build")
    for kept in (folder / ".yearround/sites/site/kept").iterdir():
        (kept / "en/stories/umbrella.html").write_text("mine")


def _built_twice_with_somebody_unknown(folder: Path) -> None:
    story, people = folder / "stories/2026/umbrella.md", folder / "stories/people.yaml"
    whole, known = story.read_text("utf-8"), people.read_text("utf-8")
    story.write_text(whole + "\nIt was Sotiris Daskalakis who ran.\n", "utf-8")
    said(folder, "build")
    story.write_text(whole, "utf-8")
    said(folder, "build")
    person = (
        "- id: p-900\n  names: {latin: {full: Sotiris Daskalakis, first: Sotiris}}\n  recognition: private\n"
    )
    people.write_text(f"{known}\n{person}", "utf-8")


def _built_and_made_unreadable(folder: Path) -> None:
    said(folder, "build")
    (folder / "stories" / "people.yaml").write_text("- id: p-001\n\tteam: kitchen\n")


CHANGES: dict[str, Callable[[Path], None]] = {
    "address-gone": _built_and_renamed,
    "file-name-of-another-encoding": _name_in_latin_1,
    "file-that-cannot-be-read": _unreadable,
    "file-that-is-no-text": _large,
    "folder-that-cannot-be-read": _unreadable_folder,
    "folder-that-cannot-be-written": _unwritable,
    "import-into-braces": _renamed("answers.csv", "../answers.csv"),
    "import-into-brackets": _renamed("answers.csv", "../answers.csv"),
    "import-of-a-blog": _renamed("blog", "../blog"),
    "import-of-an-empty-table": _renamed("answers.csv", "../answers.csv"),
    "import-of-answers-for-a-total": _renamed("answers.csv", "../answers.csv"),
    "import-of-dates-either-way": _renamed("answers.csv", "../answers.csv"),
    "import-of-two-sheets": _renamed("answers.xlsx", "../answers.xlsx"),
    "import-of-values-either-way": _renamed("values.csv", "../values.csv"),
    "import-without-a-period": _renamed("answers.csv", "../answers.csv"),
    "import-without-a-score": _renamed("answers.csv", "../answers.csv"),
    "link-out-of-the-newsroom": _link_out,
    "link-to-nowhere": _link_to_nowhere,
    "links-to-folders": _links_to_folders,
    "no-newsroom": _without_stories,
    "record-damaged": _built_and_damaged,
    "rollback-in-doubt": _built_and_made_unreadable,
    "rollback-of-a-damaged-site": _built_twice_and_damaged,
    "rollback-of-a-written-name": _built_twice_with_somebody_unknown,
    "settings-file-misnamed": _renamed("stories/newsletter.yaml", "stories/newsleter.yaml"),
    "settings-file-missing": _without("stories/newsletter.yaml"),
}
"""What cannot lie in a folder of files: it is done to the copy."""

PARTS = {"address-gone": ("warning: ", "1 warning\n")}
"""Where a case keeps only a part of what is said: the rest tells of pages, which come and go with the theme."""

AS_NOBODY = ("file-that-cannot-be-read", "folder-that-cannot-be-read")
"""Cases in which permissions count; they count for everyone but root."""

CASES = sorted(
    {path.name for path in BROKEN.iterdir() if path.is_dir() and not path.name.startswith("_")}
    | {*COMMANDS, *CHANGES}
)

IN_A_LIST = "stands in a list of an import's report, under a heading of its own"

NO_EXAMPLE = {
    "half-published": "depends on a disk that refuses something half-way",
    "process-ended": "somebody would have to end a process at the right moment",
    "locked": "depends on what else runs on the computer",
    "not-the-same": "would be our own fault, and we know of none",
    "said-elsewhere": "is dropped before anyone sees it: the same fault is told where its cause stands",
    "port": "depends on what else runs on the computer",
    "there-already": "two commands would have to write the same file in the same instant",
    "changed-meanwhile": "somebody would have to save a file in the same instant",
    "people": "every people file that we could think of has a fault with words of its own",
    "yaml": "every fault of YAML that we could think of has words of its own",
    "post-name": "a file with such a name cannot lie in every checkout",
    "front-matter-deep": "takes a hundred brackets to show",
    "mail-header": "would be our own fault, and we know of none",
    "mail-bytes": "would be our own fault, and we know of none",
    "mail-outlook": "takes a mark that our compiler refuses, so that only other mails have it",
    "mail-weight": "takes a hundred thousand letters to show",
    "post-code": IN_A_LIST,
    "post-html": IN_A_LIST,
    "post-link": IN_A_LIST,
    "post-more": IN_A_LIST,
    "post-picture-absent": IN_A_LIST,
    "post-picture-kind": IN_A_LIST,
    "post-picture-remote": IN_A_LIST,
}
"""Codes that no case shows, each with its reason."""


@contextmanager
def _as_nobody(wanted: bool) -> Iterator[None]:
    """As someone to whom permissions apply, where a case needs that: root may read everything."""
    if not wanted or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits here: a slow moment must not put a line of progress among the words."""
    monkeypatch.setattr(world, "PATIENCE", float("inf"))


def said(folder: Path, command: str) -> str:
    """Everything that a command says in a newsroom, as an editor sees it who stands in its folder."""
    before = Path.cwd()
    os.chdir(folder)
    at = () if command.startswith(("import", "init", "new")) else ("--now", NOW)
    try:
        return CliRunner().invoke(main, [*command.split(), *at], catch_exceptions=False).output
    finally:
        os.chdir(before)


def prepare(case: str, folder: Path) -> None:
    """The newsroom of a case, in `folder`."""
    shutil.copytree(BROKEN / "_whole", folder, dirs_exist_ok=True)
    if (BROKEN / case).is_dir():
        shutil.copytree(BROKEN / case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OURS))
    if case in CHANGES:
        CHANGES[case](folder)


@pytest.mark.parametrize("case", CASES)
def test_golden_the_words_of(case: str):
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        folder = Path(parent) / "newsroom"
        prepare(case, folder)
        with _as_nobody(case in AS_NOBODY):
            words = said(folder, COMMANDS.get(case, "check"))
    if case in PARTS:
        first, last = PARTS[case]
        words = words[words.index(first) : words.index(last) + len(last)]
    file = BROKEN / case / "expected.txt"
    if AGREE:
        file.parent.mkdir(exist_ok=True)
        file.write_text(words, encoding="utf-8")
    assert words == (file.read_text(encoding="utf-8") if file.is_file() else ""), HOW


def test_golden_the_page_of_all_problems_is_made_from_these_words():
    page = problems.page()
    if AGREE:
        problems.PAGE.write_text(page, encoding="utf-8")
    assert problems.PAGE.read_text(encoding="utf-8") == page, HOW


def test_the_whole_newsroom_is_whole(tmp_path: Path):
    prepare("", tmp_path / "newsroom")
    assert said(tmp_path / "newsroom", "check") == "Nothing is wrong.\n"


@pytest.mark.parametrize("case", ["a-first-story-with-nine-faults", "yes-and-no-are-words"])
def test_the_real_command_says_the_same(case: str, tmp_path: Path):
    prepare(case, tmp_path / "newsroom")
    ran = subprocess.run(
        [sys.executable, "-m", "builder", "check", "--now", NOW, "--newsroom", "."],
        cwd=tmp_path / "newsroom",
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    spoken = [line for line in (ran.stderr + ran.stdout).splitlines() if not line.endswith(" ...")]
    assert spoken == (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_no_line_of_ours_is_longer_than_a_wide_terminal():
    long = {
        f"{case}: {line}"
        for case in CASES
        for line in (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines()
        if len(line) > 130 and not line.startswith("    ")
    }
    assert not long


def test_what_is_said_names_no_folder_of_this_machine():
    for case in CASES:
        assert not re.search(
            r"/tmp|/home|/root|newsroom/stories", (BROKEN / case / "expected.txt").read_text()
        )


_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_SAID = re.compile(r"(yaml|post|word)(-[a-z]+)*")


def codes() -> set[str]:
    """Every code that a Problem can have, found where Problems are made."""
    found: set[str] = set()
    for path in (ROOT / "builder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= set(_given(node))
            elif (
                isinstance(node, ast.Tuple) and node.elts
            ):  # (code, message, mend), made into a Problem elsewhere
                found |= {one for one in _words(node.elts[0]) if one.startswith("post-")}
    return found


def _given(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for keyword in call.keywords:
        if keyword.arg == "code":
            yield from (one for one in _words(keyword.value) if _CODE.fullmatch(one))
    for argument in call.args[:2]:
        if name in ("problem", "_error") and argument is call.args[0]:
            yield from (one for one in _words(argument) if _CODE.fullmatch(one))
        elif name in ("say", "_say"):
            yield from (one for one in _words(argument) if _SAID.fullmatch(one))


def _words(value: ast.expr) -> Iterator[str]:
    for one in ast.walk(value):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def test_every_code_is_explained_and_shown():
    explained = problems.explained()
    hidden = set(NO_EXAMPLE)
    assert codes() - set(explained) - {"said-elsewhere"} == set(), "without a paragraph"
    assert set(explained) - codes() == set(), "explained, and never given"
    assert {code for code, shown in explained.items() if not shown} - hidden == set(), "without an example"
    assert {code for code, shown in explained.items() if shown} & hidden == set(), "shown after all"


def test_every_example_is_of_the_code_that_it_stands_under():
    for code, cases in problems.explained().items():
        for case in cases:
            assert code in problems.said_by(case), f"{case} does not say {code}"

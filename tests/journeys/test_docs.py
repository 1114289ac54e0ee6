"""The docs, done as they stand there: every command is run, every file written, by someone who believes each word."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click
import pytest

from builder.cli import main
from tests.built import ROOT
from tests.serving import Served, serving
from tests.values import sources, understood

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FIRST_HOUR = ROOT / "docs" / "editors" / "first-hour.md"

STEP = re.compile(
    r"^`(?P<file>[\w./-]+)`(?P<line>, this line)?:\n\n```\w+\n(?P<text>.*?)^```$"
    r"|^`(?P<gone>[\w./-]+)`: delete it\.$"
    r"|^```sh\n(?P<commands>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass
class Newcomer:
    """Someone in a folder of their own who does what they read; `today` is the day on which the doc was written."""

    folder: Path
    open: ExitStack
    served: Served | None = None
    said: list[str] = field(default_factory=list)

    def read(self, doc: Path) -> Iterator[str]:
        """Do one step after another; what each one was."""
        today = datetime.now().astimezone().date()
        year, week, _ = today.isocalendar()
        text = doc.read_text(encoding="utf-8").replace("2026-11-23", today.isoformat())
        text = text.replace("2026-w48", f"{year}-w{week:02}").replace("2026", str(today.year))
        for step in STEP.finditer(text):
            if step["commands"]:
                for command in step["commands"].splitlines():
                    self._say(command)
                    yield command
            else:
                self._save(step)
                yield step["file"] or f"delete {step['gone']}"

    def _say(self, command: str) -> None:
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder /= words[1]
            assert self.folder.is_dir()
        elif words == ["yearround", "serve"]:
            self.served = self.open.enter_context(serving(Path(), command=YEARROUND, cwd=self.folder))
        else:
            assert words[0] == "yearround"
            ran = subprocess.run(
                [*YEARROUND, *words[1:]],
                cwd=self.folder,
                input="\n" * 9,
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
            # Whoever has a slow machine is told meanwhile what is being done.
            self.said.append(ran.stdout + re.sub(r"(?m)^  .* \.\.\.\n", "", ran.stderr))

    def _save(self, step: re.Match[str]) -> None:
        path = self.folder / (step["file"] or step["gone"])
        assert path.is_file(), f"{path} is not there to be opened"
        with ExitStack() as stack:
            events = stack.enter_context(self.served.events(self._number())) if self.served else iter(())
            if step["gone"]:
                path.unlink()
            elif step["line"]:
                key = step["text"].partition(":")[0]
                changed, count = re.subn(rf"(?m)^{key}:.*\n", step["text"], path.read_text())
                assert count == 1, f"{path} has {count} lines that begin with {key}:"
                path.write_text(changed)
            else:
                path.write_text(step["text"])
            if self.served:
                assert "problems" in events

    def _number(self) -> int:
        """The last event that the page on show knows of."""
        found = re.search(r'data-number="(\d+)"', self.page("index.html"))
        assert found
        return int(found[1])

    def page(self, address: str) -> str:
        """A page as the browser has it just now."""
        assert self.served
        return self.served.ask(f"/en/{address}").text

    def problems(self) -> list[str]:
        assert self.served
        return [one["message"] for one in self.served.problems()]


YEARROUND = (os.fspath(Path(sys.executable).with_name("yearround")),)


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Newcomer]:
    with ExitStack() as stack:
        yield Newcomer(tmp_path, stack)


def test_a_first_hour_goes_as_it_is_told(newcomer: Newcomer):
    steps = newcomer.read(FIRST_HOUR)
    story = "stories/the-key-under-the-plant.html"

    def until(*wanted: str) -> None:
        """Go on until these have been done, in this order."""
        for words in wanted:
            assert any(words in step for step in steps), f"nothing like {words!r} is told"

    until("yearround init")
    assert newcomer.said[-1].count("[") >= 5
    until("yearround serve")
    assert "Our Newsletter" in newcomer.page("index.html")
    assert "umbrella" in newcomer.page("index.html")
    until("newsletter.yaml")
    assert "The Quay Post" in newcomer.page("index.html")
    until("yearround new story")
    assert newcomer.served
    newcomer.served.hears("pages")
    while "Draft: nobody else sees this yet" not in newcomer.page("index.html"):
        newcomer.served.hears("pages")
    until("the-key-under-the-plant.md")
    assert "He was inside at a quarter past six." in newcomer.page(story)
    until("the-key-under-the-plant.md")
    assert len(newcomer.problems()) == 1
    assert "He was inside at a quarter past six." in newcomer.page(story)
    until("the-key-under-the-plant.md")
    assert newcomer.problems() == []
    until("yearround check")
    assert newcomer.said[-1] == "Nothing is wrong.\n"
    until("yearround new person", "people.yaml", "the-key-under-the-plant.md")
    assert "Samira Rezaei" in newcomer.page(story)
    until("the-key-under-the-plant.md")
    assert "Draft:" not in newcomer.page("index.html")
    until("delete stories/", "yearround check")
    assert newcomer.said[-1] == "Nothing is wrong.\n"
    until("yearround build")
    assert "Samira Rezaei" in (newcomer.folder / "site" / "en" / story).read_text()
    assert "umbrella" not in (newcomer.folder / "site" / "en" / "index.html").read_text()
    until("editions/", "yearround digest")
    assert list(steps) == []
    (mail,) = (newcomer.folder / "outbox").glob("*.txt")
    assert re.search(r"raining, and Samira was\s+still on the tram", mail.read_text())
    assert "Rezaei" not in mail.read_text()
    assert newcomer.served.stop() == 0


@pytest.mark.parametrize(
    "doc",
    [doc for doc in DOCS if doc != FIRST_HOUR and "```sh\n" in doc.read_text(encoding="utf-8")],
    ids=lambda doc: doc.name,
)
def test_what_a_doc_says_to_type_works(newcomer: Newcomer, doc: Path):
    assert [step for step in newcomer.read(doc) if "build" in step]
    assert "site" in {path.name for path in newcomer.folder.iterdir()}


def test_the_second_of_two_builds_changes_nothing(newcomer: Newcomer):
    list(newcomer.read(ROOT / "docs" / "how-it-works.md"))
    builds = [said for said in newcomer.said if " pages: " in said]
    assert len(builds) == 2
    assert "nothing has changed" in builds[1]


def test_every_command_that_is_named_anywhere_is_one():
    known = main.list_commands(click.Context(main))
    named = {
        (doc.name, word)
        for doc in DOCS
        for word in re.findall(r"(?m)(?:`|^|&& )yearround ([a-z]+)", doc.read_text(encoding="utf-8"))
    }
    assert {word for _, word in named} >= set(known)
    assert [(doc, word) for doc, word in sorted(named) if word not in known] == []


def test_the_record_that_is_shown_to_people_is_one():
    text = (ROOT / "docs" / "consent.md").read_text()
    (record,) = re.findall(r"(?m)^(    - id:.*\n(?:      .*\n)+)", text)
    given = sources(
        people=re.sub(r"(?m)^    ", "", record), teams="- {id: front-desk, name: Desk, headcount: 8}\n"
    )
    newsroom, problems = understood(given)
    assert (list(newsroom.people), problems) == (["p-001"], ())


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.relative_to(ROOT).as_posix())
def test_every_link_from_doc_to_doc_leads_somewhere(doc: Path):
    prose = re.sub(r"(?ms)^```.*?^```$|^    .*?$|`[^`\n]*`", "", doc.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s#]+)[^)]*\)", prose)
    inside = [target for target in targets if "://" not in target and not target.startswith(("@", "mailto:"))]
    assert [target for target in inside if not (doc.parent / target).exists()] == []

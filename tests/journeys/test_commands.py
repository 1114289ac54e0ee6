"""The commands as people and programs call them: what they answer, and that nothing makes them fall over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.cli import main
from builder.desk import build as desk_build
from builder.desk.newsroom import prepare
from builder.desk.printing import InMemory, Printing
from builder.problem import Trouble, errors
from tests.built import NOW, ROOT
from tests.values import MEASURE, PEOPLE, SETTINGS, TEAMS, desk, sources, story

COMMANDS = sorted(main.commands or main.list_commands(click.Context(main)))


def put(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A small newsroom without a fault."""
    for name, text in {
        "newsletter.yaml": SETTINGS,
        "people.yaml": PEOPLE,
        "teams.yaml": TEAMS,
        "2026/a.md": story("", 'Thanks to [*](@p-1 "a nurse").\n'),
        "editions/w10.md": "---\ndate: 2026-03-05\nsubject: Night\n---\nHello\n",
        "metrics/m.yaml": MEASURE + "- {period: 2026-01, value: 50}\n",
        "files/form.pdf": "%PDF",
    }.items():
        put(tmp_path / "newsroom" / "stories" / name, text)
    return tmp_path / "newsroom"


def call(newsroom: Path, verb: str, *more: str) -> Result:
    """Call a command in this process; whatever is raised but an exit is raised here."""
    return CliRunner().invoke(
        main, [verb, "--newsroom", str(newsroom), "--now", NOW, "--jobs", "1", *more], catch_exceptions=False
    )


def test_a_build_that_is_well_is_nought(newsroom: Path):
    done = call(newsroom, "build")
    assert (done.exit_code, "Open " in done.stdout) == (0, True)
    assert (newsroom / "site" / "index.html").is_file()
    assert call(newsroom, "check").stdout == "Nothing is wrong.\n"


def test_errors_are_one_and_nothing_is_published(newsroom: Path):
    put(newsroom / "stories" / "2026" / "b.md", story("team: nobody\n"))
    done = call(newsroom, "build")
    assert done.exit_code == 1
    assert "Nothing was published" in done.stdout
    assert "stories/2026/b.md:4:7" in done.stderr
    assert not (newsroom / "site").exists()
    assert (call(newsroom, "check").exit_code, call(newsroom, "digest").exit_code) == (1, 1)


def test_warnings_are_nought_unless_one_asks_to_be_strict(newsroom: Path):
    put(newsroom / "stories" / "note.txt", "")
    assert call(newsroom, "build").exit_code == 0
    assert (call(newsroom, "check").exit_code, call(newsroom, "check", "--strict").exit_code) == (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["biuld"],
        ["build", "--nonsense"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--now"],
        ["build", "--audience", "everyone"],
        ["check", "extra"],
        ["--nonsense"],
    ],
)
def test_what_is_not_understood_is_two(words: list[str]):
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 2


@pytest.mark.parametrize(
    "now",
    [
        "",
        "soon",
        "2026-13-01",
        "2026-02-30T09:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "12:00",
        "now",
        "2026-03-12T25:00",
        "\x00",
        "۲۰۲۶-۰۳-۰۴",
    ],
)
def test_a_time_that_is_none_is_two_and_shows_one_that_is(newsroom: Path, now: str):
    done = CliRunner().invoke(
        main, ["check", "--newsroom", str(newsroom), "--now", now], catch_exceptions=False
    )
    assert done.exit_code == 2
    assert "2026-03-12T09:00" in done.stderr


def test_what_someone_took_back_is_three_when_there_are_errors_too(newsroom: Path):
    assert call(newsroom, "build").exit_code == 0
    page = newsroom / "site" / "en" / "stories" / "a.html"
    assert "Rania Boutros" in page.read_text()
    put(newsroom / "stories" / "people.yaml", PEOPLE.replace("recognition: everyone", "recognition: private"))
    put(newsroom / "stories" / "2026" / "b.md", story("team: nobody\n"))
    done = call(newsroom, "build")
    assert done.exit_code == 3
    assert "Taken out of" in done.stderr
    assert "Rania" not in page.read_text()
    assert call(newsroom, "build").exit_code == 1


@pytest.mark.parametrize("verb", ["build", "check", "digest"])
@pytest.mark.parametrize("broken", [False, True])
def test_json_is_json_and_nothing_else(newsroom: Path, verb: str, broken: bool):
    if broken:
        put(newsroom / "stories" / "2026" / "b.md", story("team: nobody\ntags: [شب]\n"))
    done = call(newsroom, verb, "--json")
    told = json.loads(done.stdout)
    assert [one["code"] for one in told["problems"]] == (["id-unknown"] if broken else [])
    if broken:
        problem = told["problems"][0]
        assert (problem["level"], problem["file"], problem["line"]) == ("error", "stories/2026/b.md", 4)
    assert done.exit_code == (1 if broken else 0)


@pytest.mark.parametrize("verb", ["build", "check", "digest"])
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_folder_without_a_newsroom_is_said_and_left_alone(tmp_path: Path, verb: str, more: list[str]):
    put(tmp_path / "letter.txt", "mine")
    done = call(tmp_path, verb, *more)
    assert done.exit_code == 1
    assert "yearround init" in (done.stdout if more else done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_of_someone_elses_is_refused(newsroom: Path, tmp_path: Path):
    put(tmp_path / "web" / "mine.html", "mine")
    done = call(newsroom, "build", "--out", str(tmp_path / "web"))
    assert (done.exit_code, "mine.html" in done.stderr) == (1, True)
    assert [path.name for path in (tmp_path / "web").iterdir()] == ["mine.html"]


@pytest.mark.parametrize("verb", [[], *([one] for one in COMMANDS)])
def test_every_command_says_what_it_does(verb: list[str]):
    done = CliRunner().invoke(main, [*verb, "--help"], catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage:")
    assert len(done.stdout.splitlines()) > 5


def test_the_front_door_lists_every_command_and_exit_code():
    told = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"\n  {one} " in told for one in COMMANDS)
    assert all(f"\n    {code}  " in told for code in range(4))


@pytest.mark.parametrize("wish", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb", "NO_COLOR": "yes"}])
def test_a_pipe_gets_no_colours_and_no_traceback(newsroom: Path, wish: dict[str, str]):
    put(newsroom / "stories" / "2026" / "b.md", b"\xff\xfe")
    done = subprocess.run(
        [sys.executable, "-m", "builder", "check", "--newsroom", str(newsroom)],
        cwd=ROOT,
        env={**os.environ, "FORCE_COLOR": "0", **wish},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"\x1b[" not in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


def _break(name: str, text: str | bytes) -> Callable[[Path], object]:
    return lambda newsroom: put(newsroom / "stories" / name, text)


def _folder(name: str) -> Callable[[Path], object]:
    def make(newsroom: Path) -> None:
        path = newsroom / "stories" / name
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)

    return make


def _link(name: str, to: str) -> Callable[[Path], object]:
    def make(newsroom: Path) -> None:
        path = newsroom / "stories" / name
        path.unlink(missing_ok=True)
        path.symlink_to(to)

    return make


GARBAGE = bytes(range(256)) * 4
SOURCES = ["newsletter.yaml", "people.yaml", "teams.yaml", "2026/a.md", "editions/w10.md", "metrics/m.yaml"]
NONSENSE: dict[str, Callable[[Path], object]] = {
    **{f"garbage as {name}": _break(name, GARBAGE) for name in SOURCES},
    **{f"nothing as {name}": _break(name, b"") for name in SOURCES},
    **{f"nulls as {name}": _break(name, b"\0" * 100) for name in SOURCES},
    **{f"a list as {name}": _break(name, "- [a, {b: c}]\n- d\n") for name in SOURCES},
    **{f"a word as {name}": _break(name, "word") for name in SOURCES},
    **{f"brackets as {name}": _break(name, "[" * 50_000) for name in SOURCES},
    **{f"a folder as {name}": _folder(name) for name in SOURCES},
    **{f"a link to nowhere as {name}": _link(name, "nowhere") for name in SOURCES},
    **{f"a link to itself as {name}": _link(name, Path(name).name) for name in SOURCES},
    "front matter with garbage inside": _break("2026/a.md", b"---\n" + GARBAGE + b"\n---\n"),
    "a story of brackets": _break("2026/a.md", story("", "![[" * 100)),
    "a story of lists in lists": _break(
        "2026/a.md", story("", "\n".join("    " * n + "- a" for n in range(400)))
    ),
    "a story of quotations": _break("2026/a.md", story("", ">" * 5000)),
    "a picture that is none": lambda newsroom: (
        put(newsroom / "stories" / "2026" / "b.jpg", GARBAGE),
        put(newsroom / "stories" / "2026" / "a.md", story("picture: {file: b.jpg, alt: x}\n")),
    ),
    "a picture that leads nowhere": lambda newsroom: (
        _link("2026/b.jpg", "nowhere.jpg")(newsroom),
        put(newsroom / "stories" / "2026" / "a.md", story("", "![x](b.jpg)\n")),
    ),
    "a file that leads nowhere": _link("files/form.pdf", "nowhere.pdf"),
    "a file whose name is no text": lambda newsroom: Path(
        os.fsdecode(os.fsencode(newsroom / "stories" / "files") + b"/\xff.pdf")
    ).write_bytes(b""),
    "a sender that is no address": _break("newsletter.yaml", SETTINGS.replace("light@light.example", '"<"')),
    "a base_url that is no address": _break("newsletter.yaml", SETTINGS.replace("light.example/\n", "[\n")),
    "an alias that is no address": _break("2026/a.md", story("aliases: ['//[x']\n")),
    "a date before calendars": _break("2026/a.md", story("date: 0001-01-01\n")),
    "a number beyond all numbers": _break("metrics/m.yaml", MEASURE + "- {period: 2026-01, value: 1e400}\n"),
    "a score above all scores": _break("metrics/m.yaml", MEASURE + "- {period: 2026-01, value: 120}\n"),
}


HARMLESS = {
    "a story of brackets",
    "a story of quotations",
    "a folder as 2026/a.md",
    "a folder as editions/w10.md",
    "a folder as metrics/m.yaml",
}
"""What looks worse than it is: nobody needs to mend it before the site can be published."""


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_no_nonsense_makes_a_traceback(newsroom: Path, nonsense: str):
    NONSENSE[nonsense](newsroom)
    done = call(newsroom, "build", "--json")
    told = json.loads(done.stdout)
    expected = 1 if any(one["level"] == "error" for one in told["problems"]) else 0
    assert done.exit_code == expected
    assert (expected == 0) is (nonsense in HARMLESS)
    assert call(newsroom, "check").exit_code == expected
    for problem in told["problems"]:
        assert problem["file"]
        assert problem["message"]
        assert problem["mend"]


@pytest.mark.parametrize("made", ["site", "outbox", ".yearround"])
@pytest.mark.parametrize("verb", ["build", "digest"])
def test_a_file_where_a_folder_is_to_be_written_is_no_traceback(newsroom: Path, made: str, verb: str):
    put(newsroom / made, "mine")
    assert call(newsroom, verb).exit_code in (0, 1)
    assert (newsroom / made).read_text() == "mine"


KINDS = {
    "settings": SETTINGS,
    "people": PEOPLE,
    "teams": TEAMS,
    "stories": story(),
    "editions": "",
    "metrics": MEASURE,
}
KEYS = (
    "title date status publish expires lang heroes consent picture by team tags aliases supports kind".split()
    + (
        "names id site form full recognition languages timezone base_url digest from readings period value n counts".split()
    )
)
SCRAPS = st.sampled_from(
    [
        *KEYS,
        "---",
        "\n",
        "\n  ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "|",
        ">",
        "&a",
        "*a",
        "#",
        "~",
        "@p-1",
        "p-1",
        "[*](@p-1)",
        "![x](a.jpg)",
        "<b>",
        "2026-03-04",
        "0",
        "-1",
        "1e9",
        "nan",
        "fa",
        "شب",
        "\u2028",
        "\ue000",
        "\t",
        ",",
    ]
)
TEXTS = st.one_of(st.binary(max_size=200), st.text(max_size=200), st.lists(SCRAPS, max_size=40).map("".join))


@given(kind=st.sampled_from(sorted(KINDS)), noise=TEXTS, at=st.integers(0, 400), whole=st.booleans())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_file_is_a_problem_or_nothing(
    kind: str, noise: str | bytes, at: int, whole: bool
):
    data = noise if isinstance(noise, bytes) else noise.encode("utf-8", "replace")
    if not whole:
        base = KINDS[kind].encode()
        data = base[:at] + data + base[at:]
    named = {"stories": {"a.md": data}, "editions": {"w10.md": data}, "metrics": {"m.yaml": data}}
    given_sources = sources(**{"stories": {"b.md": story()}, kind: named.get(kind, data)})  # type: ignore[arg-type]
    at_desk = desk()
    try:
        prepared = prepare(given_sources, at_desk)
        if not errors(prepared.problems):
            desk_build.render(prepared, at_desk, Printing(prepared, at_desk, InMemory()))
    except Trouble:
        pass

"""Schemas that help while one writes: true of every file we know, and of every key there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from builder.cli import main
from tests.built import ROOT, SMALL
from tests.journeys.test_begin import begun, new

KINDS = (
    "newsletter",
    "people",
    "teams",
    "metric",
    "voice",
    "commitment",
    "promise",
    "correction",
    "story",
    "edition",
)
NEWSROOMS = {"small": SMALL, "the harbour light": ROOT}


class Plain(yaml.SafeLoader):
    """YAML 1.2 as editors' programs read it: a date is a word, and so are yes and no."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))

SAID = {"voice", "commitment", "promise", "correction"}
"""What the small newsroom has none of, so that its pages show what a newsroom without them looks like."""


def schema(kind: str) -> dict[str, Any]:
    """The schema as the command prints it."""
    done = CliRunner().invoke(main, ["schema", kind], catch_exceptions=False)
    assert done.exit_code == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


SCHEMAS = {kind: schema(kind) for kind in KINDS}


def kind_of(path: Path) -> str:
    """Which schema is for a file of stories/."""
    if path.parent.name in ("voices", "commitments", "promises", "corrections"):
        return path.parent.name.removesuffix("s")
    if path.parent.name == "metrics":
        return "metric"
    if path.suffix == ".md":
        return "edition" if path.parent.name == "editions" else "story"
    return path.stem


def what_is_written(newsroom: Path) -> Iterator[Path]:
    for path in sorted((newsroom / "stories").rglob("*")):
        inside = path.relative_to(newsroom / "stories").parts
        if path.suffix in (".yaml", ".md") and not inside[0].startswith(".") and inside[0] != "files":
            yield path


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, Plain)


def complaints(kind: str, data: Any) -> list[str]:
    return [
        f"{one.json_path}: {one.message}" for one in Draft202012Validator(SCHEMAS[kind]).iter_errors(data)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str):
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("newsroom", NEWSROOMS)
def test_every_file_of_a_newsroom_is_accepted(newsroom: str):
    files = list(what_is_written(NEWSROOMS[newsroom]))
    assert {kind_of(path) for path in files} == set(KINDS) - (SAID if newsroom == "small" else set())
    assert {path.name: found for path in files if (found := complaints(kind_of(path), read(path)))} == {}


@pytest.mark.parametrize("language", ["en", "fa", "el", "ms"])
def test_what_is_begun_for_someone_is_accepted(tmp_path: Path, language: str):
    folder = begun(tmp_path, "--languages", f"{language},en", "--behaviours", "On time")
    for kind in ("story", "edition", "metric", "person"):
        new(folder, kind, "Where things are kept")
    files = list(what_is_written(folder))
    assert {path.name: found for path in files if (found := complaints(kind_of(path), read(path)))} == {}


STORY: Mapping[str, Any] = {"title": "A night", "date": "2026-03-04"}
PERSON: Mapping[str, Any] = {"id": "p-017", "names": {"latin": {"full": "Rania Boutros"}}}
TEAM: Mapping[str, Any] = {"id": "stores", "name": {"en": "Stores"}, "headcount": 12}
METRIC: Mapping[str, Any] = {
    "name": "Meals",
    "plain_words": "How many liked theirs.",
    "method": "csat",
    "direction": "up",
    "side": "external",
    "readings": [{"period": "2026-03", "counts": {"satisfied": 3, "others": 1}}],
}
SETTINGS: Mapping[str, Any] = {"title": "The Light", "timezone": "Europe/London", "languages": ["en"]}
EDITION: Mapping[str, Any] = {"date": "2026-03-12"}
WHOLE: Mapping[str, Any] = {
    "story": STORY,
    "people": [PERSON],
    "teams": [TEAM],
    "metric": METRIC,
    "voice": {"kind": "praise", "received": "2026-03-12", "text": "Thank you.", "who": "a visitor"},
    "commitment": {
        "from": {"story": "night"},
        "did": "We saw to it.",
        "owner": "stores",
        "due": "2026-03-31",
    },
    "promise": {
        "to": "patients",
        "text": "Ready by ten.",
        "unit": "minutes",
        "direction": "down",
        "promised": 10,
        "owner": "stores",
    },
    "correction": {"edition": "2026-w11", "date": "2026-03-13", "reason": "It was twelve."},
    "newsletter": SETTINGS,
    "edition": EDITION,
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_that_must_be_said_is_accepted(kind: str):
    assert complaints(kind, WHOLE[kind]) == []


MISTAKES = [
    ("story", {**STORY, "titel": "A night"}),
    ("story", {**STORY, "date": "4 March"}),
    ("story", {**STORY, "date": "04/03/2026"}),
    ("story", {**STORY, "kind": "hero"}),
    ("story", {**STORY, "status": "Ready"}),
    ("story", {**STORY, "heroes": ["Rania Boutros"]}),
    ("story", {**STORY, "customer": "a father"}),
    ("story", {**STORY, "customer": {"sort": "external"}}),
    ("story", {**STORY, "picture": {"file": "a.jpg", "alternative": "A ward"}}),
    ("story", {**STORY, "picture": {"file": "a.jpg", "decoration": "maybe"}}),
    ("story", {**STORY, "audience": "everyone"}),
    ("story", {**STORY, "behaviours": ["a", "b", "c"]}),
    ("story", {**STORY, "lang": "Englisch, bitte"}),
    ("story", {**STORY, "consent": {"p-1": {"form": "nickname"}}}),
    ("edition", {**EDITION, "number": "forty-one"}),
    ("edition", {**EDITION, "number": 0}),
    ("edition", {**EDITION, "storys": []}),
    ("edition", {**EDITION, "kind": "montly"}),
    ("people", PERSON),
    ("people", [{**PERSON, "recognition": "evryone"}]),
    ("people", [{"id": "p-017"}]),
    ("people", [{**PERSON, "names": {"latin": {"first": "Rania"}}}]),
    ("people", [{**PERSON, "names": {}}]),
    ("people", [{**PERSON, "consent": {"site": "yes"}}]),
    ("people", [{**PERSON, "consent": {"site": {"form": "full"}}}]),
    ("people", [{**PERSON, "consent": {"intranet": {"form": "full", "date": "2026-01-01"}}}]),
    ("teams", [{**TEAM, "headcount": "twelve"}]),
    ("teams", [{**TEAM, "headcount": -1}]),
    ("teams", [{"id": "stores", "name": "Stores"}]),
    ("teams", {"stores": TEAM}),
    ("metric", {**METRIC, "method": "average"}),
    ("metric", {**METRIC, "direction": "upwards"}),
    ("metric", {**METRIC, "readings": [{"period": "March"}]}),
    ("metric", {**METRIC, "readings": [{"counts": {}}]}),
    ("metric", {**METRIC, "target": "high"}),
    ("metric", {key: value for key, value in METRIC.items() if key != "name"}),
    ("newsletter", {**SETTINGS, "languages": []}),
    ("newsletter", {**SETTINGS, "brand": {"accent": "teal"}}),
    ("newsletter", {**SETTINGS, "digest": {"form": "light@light.example"}}),
    ("newsletter", {**SETTINGS, "privacy": {"smallest_group": 1}}),
    ("newsletter", {**SETTINGS, "leavers": "forget"}),
    ("newsletter", {key: value for key, value in SETTINGS.items() if key != "timezone"}),
]


@pytest.mark.parametrize(
    ("kind", "data"), MISTAKES, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(MISTAKES)]
)
def test_a_mistake_is_refused(kind: str, data: Any):
    assert complaints(kind, data)


def keys(schema: Any, where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every key of a form and of the forms inside it."""
    if isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items():
            yield f"{where}.{name}", one
        for name, one in schema.items():
            yield from keys(one, f"{where}.{name}")
    elif isinstance(schema, list):
        for one in schema:
            yield from keys(one, where)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is_for(kind: str):
    found = dict(keys(SCHEMAS[kind]))
    assert found
    assert [
        where for where, one in found.items() if not str(one.get("description", "")).endswith((".", '".'))
    ] == []


def test_a_required_key_is_required_and_no_other_takes_its_place():
    assert SCHEMAS["newsletter"]["required"] == ["title", "timezone", "languages"]
    assert SCHEMAS["teams"]["items"]["required"] == ["id", "name", "headcount"]


def test_all_are_written_and_wired_once_and_settings_of_ones_own_stay(tmp_path: Path):
    folder = begun(tmp_path)
    wired = json.loads((folder / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    for path, place in wired.items():
        assert (folder / path).is_file()
        assert list(folder.glob(place)) or "/*" in place
    mine = '{"editor.fontSize": 18}\n'
    (folder / ".vscode" / "settings.json").write_text(mine)
    (folder / "stories" / ".schemas" / "story.schema.json").write_text("old")
    done = CliRunner().invoke(main, ["schema", "--newsroom", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "stays as it is" in done.stdout
    assert (folder / ".vscode" / "settings.json").read_text() == mine
    assert json.loads((folder / "stories" / ".schemas" / "story.schema.json").read_text()) == SCHEMAS["story"]

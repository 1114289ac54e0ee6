"""The floors of the house: who may lean on whom, and who may touch the world.

Each question is asked of sources (a text for each module's path), so that each can be shown a breach as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HOUSE = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "builder").rglob("*.py"))
}

Sources = Mapping[str, str]

FLOORS = {
    "problem": 1,
    "model": 2,
    "load": 3,
    "plan": 3,
    "render": 3,
    "check": 3,
    "deliver": 3,
    "desk": 4,
    "cli": 5,
    "__main__": 6,
    "__init__": 0,
}

EDGES = ("builder/load/disk.py", "builder/deliver/", "builder/cli/")
"""The only rooms that touch disk, clock, network or environment."""

WORLDLY = frozenset(
    "os time random secrets uuid socket ssl smtplib http urllib.request subprocess tempfile shutil glob fileinput "
    "locale getpass logging sqlite3 asyncio threading multiprocessing concurrent signal select platform io.open sys "
    "webbrowser ftplib imaplib datetime.now".split()
)
"""Modules that are the world, or lead to it."""

WORLDLY_CALLS = frozenset(
    "open print input breakpoint read_text read_bytes write_text write_bytes now today utcnow urandom mkdir unlink "
    "rmdir iterdir rglob glob stat lstat exists is_file is_dir is_symlink resolve rename touch chmod symlink_to "
    "hardlink_to getenv cwd home expanduser".split()
)
"""Names that, called, touch the world (as functions, or as methods of a path or a date)."""

PARTS = {
    "babel": {"load/kinds", "render/words"},
    "click": {"cli/"},
    "csv": {"load/tables"},
    "jinja2": {"render/templates"},
    "markdown": {"render/bounds", "render/inline", "render/markdown", "render/swift"},
    "markupsafe": {"render/"},
    "css_inline": {"render/mail"},
    "mrml": {"render/mjml"},
    "nh3": {"render/clean"},
    "openpyxl": {"load/workbooks"},
    "persiantools": {"load/days", "load/kinds", "render/words"},
    "PIL": {"render/pictures"},
    "pydantic": {
        "load/addresses",
        "load/kinds",
        "load/forms",
        "load/metric_forms",
        "load/said_forms",
        "load/approval_forms",
        "load/fill",
        "load/kept",
    },
    "resvg_py": {"deliver/drawing"},
    "yaml": {"load/complaints", "load/marks", "render/source", "desk/init"},
    "zipfile": {"load/workbooks"},
}
"""Parts that others wrote, and the rooms (or, ending in a slash, wings) that may know of each."""

STANDARD = frozenset(
    "__future__ base64 bisect calendar collections contextlib copy dataclasses datetime decimal difflib email enum "
    "fractions functools hashlib heapq html importlib io itertools json math operator pathlib posixpath re string "
    "struct textwrap tomllib traceback types typing unicodedata urllib warnings xml zlib zoneinfo".split()
)
"""What any room may take from Python itself: nothing here reads or writes anything."""


def module_of(path: str) -> str:
    name = path.removesuffix(".py").replace("/", ".")
    return name.removesuffix(".__init__")


@cache
def nodes_of(text: str) -> tuple[ast.AST, ...]:
    """The imports and calls of a source, wherever they stand in it."""
    wanted = (ast.Import, ast.ImportFrom, ast.Call)
    return tuple(node for node in ast.walk(ast.parse(text)) if isinstance(node, wanted))


def imports_of(path: str, text: str, modules: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Every module that a source imports, wherever in it and for whatever reason, with its line."""
    package = module_of(path).split(".")
    if not path.endswith("/__init__.py"):
        package = package[:-1]
    for node in nodes_of(text):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield (inner if inner in modules else base), node.lineno
        elif isinstance(node, ast.Call) and _name_of(node.func) in ("import_module", "__import__"):
            for one in node.args[:1]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value, node.lineno


def _name_of(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def _wing(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def inner_imports(sources: Sources) -> Iterator[tuple[str, str, int]]:
    """(path, module of the house that it imports, line)."""
    modules = frozenset(map(module_of, sources))
    for path, text in sources.items():
        for name, line in imports_of(path, text, modules):
            if name == "builder" or name.startswith("builder."):
                yield path, name, line


def leaning(sources: Sources) -> list[str]:
    """Rooms that lean on a floor that is not below their own, or on another wing of it."""
    found = []
    for path, name, line in inner_imports(sources):
        here, there = _wing(module_of(path)), _wing(name)
        if here == there:
            continue
        if here not in FLOORS or there not in FLOORS or FLOORS[there] >= FLOORS[here]:
            found.append(f"{path}:{line} leans on {name}")
    return found


def circles(sources: Sources) -> list[str]:
    """Modules that import one another in a circle, each circle once."""
    graph: dict[str, set[str]] = {module_of(path): set() for path in sources}
    for path, name, _ in inner_imports(sources):
        graph[module_of(path)].add(name)
    found: set[str] = set()

    def walk(module: str, way: list[str]) -> None:
        if module in way:
            ring = way[way.index(module) :]
            first = ring.index(min(ring))
            found.add(" -> ".join([*ring[first:], *ring[:first], min(ring)]))
            return
        if module in done:
            return
        for other in sorted(graph.get(module, ())):
            walk(other, [*way, module])
        done.add(module)

    done: set[str] = set()
    for module in sorted(graph):
        walk(module, [])
    return sorted(found)


def touching(sources: Sources) -> list[str]:
    """Rooms that touch disk, clock, network or environment and are not at an edge.

    `pathlib.Path` may be imported by the desk alone, as the type of a value that it hands on: Path(...) is not called
    there, nor any method that reads or writes. Elsewhere only PurePosixPath is.
    """
    found = []
    for path, text in sources.items():
        if path.startswith(EDGES):
            continue
        for name, line in imports_of(path, text, frozenset()):
            if any(name == one or name.startswith(f"{one}.") for one in WORLDLY):
                found.append(f"{path}:{line} imports {name}")
        for node in nodes_of(text):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    paths = node.module == "pathlib" and alias.name != "PurePosixPath"
                    if whole in WORLDLY or (paths and not _may_pass(path, alias)):
                        found.append(f"{path}:{node.lineno} imports {whole}")
            elif isinstance(node, ast.Import) and any(alias.name == "pathlib" for alias in node.names):
                found.append(f"{path}:{node.lineno} imports pathlib")
            elif isinstance(node, ast.Call) and _is_worldly(node):
                found.append(f"{path}:{node.lineno} calls {_name_of(node.func)}")
    return found


def _may_pass(path: str, alias: ast.alias) -> bool:
    return path.startswith("builder/desk/") and alias.name == "Path" and alias.asname is None


def _is_worldly(call: ast.Call) -> bool:
    return _name_of(call.func) in {*WORLDLY_CALLS, "Path"} and not _is_pure(call)


def _is_pure(call: ast.Call) -> bool:
    """`Image.open` of bytes in memory, `parcel.open(part)` of a parcel that was opened elsewhere, and
    `resolver.resolve(target, file)`, which is ours: none touches a disk."""
    name = _name_of(call.func)
    if name == "open" and isinstance(call.func, ast.Attribute):
        first = call.args[0] if call.args else None
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "parcel":
            return isinstance(first, ast.Name) and first.id == "part"
        return isinstance(first, ast.Call) and _name_of(first.func) == "BytesIO"
    return name == "resolve" and len(call.args) == 2


def strangers(sources: Sources) -> list[str]:
    """Rooms that import a part which is not theirs to know, or one that nobody knows."""
    found = []
    for path, text in sources.items():
        room = path.removeprefix("builder/").removesuffix(".py")
        for name, line in imports_of(path, text, frozenset()):
            part = name.split(".")[0]
            if part == "builder" or part in STANDARD:
                continue
            if part in PARTS:
                if not any(
                    room == one or (one.endswith("/") and room.startswith(one)) for one in PARTS[part]
                ):
                    found.append(f"{path}:{line} imports {part}")
            elif not path.startswith(EDGES):
                found.append(f"{path}:{line} imports {part}, which nobody spoke of")
    return found


def test_a_room_leans_only_on_lower_floors():
    assert leaning(HOUSE) == []


def test_no_two_rooms_import_each_other_in_a_circle():
    assert circles(HOUSE) == []


def test_only_the_edges_touch_the_world():
    assert touching(HOUSE) == []


def test_each_part_is_known_in_few_rooms():
    assert strangers(HOUSE) == []


def test_every_wing_stands_on_a_floor_of_the_plan():
    assert {_wing(module_of(path)) for path in HOUSE} == set(FLOORS)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_part_that_nobody_uses_any_more_has_left_the_table(part: str):
    rooms = {
        path.removeprefix("builder/").removesuffix(".py")
        for path, text in HOUSE.items()
        if any(name.split(".")[0] == part for name, _ in imports_of(path, text, frozenset()))
    }
    unused = {one for one in PARTS[part] if not any(room == one or room.startswith(one) for room in rooms)}
    assert not unused


def places(breaches: list[str]) -> set[str]:
    """The files in which something was found."""
    return {one.partition(":")[0] for one in breaches}


def planted(path: str, text: str) -> dict[str, str]:
    return {**HOUSE, path: text}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("builder/plan/new.py", "from builder.load.disk import read"),
        ("builder/render/new.py", "from builder.plan import links"),
        ("builder/load/new.py", "import builder.check.rules"),
        ("builder/check/new.py", "def look():\n    from builder.render import pages\n"),
        (
            "builder/deliver/new.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from builder.load import marks",
        ),
        ("builder/plan/new.py", "from ..load import marks"),
        ("builder/plan/new.py", "from .. import load"),
        ("builder/model/new.py", "from builder.plan.visible import may_appear"),
        ("builder/problem.py", "from builder.model.story import Story"),
        ("builder/render/new.py", "from builder.desk import build"),
        ("builder/desk/new.py", "from builder.cli import show"),
        ("builder/load/new.py", "from importlib import import_module\nimport_module('builder.plan.links')"),
        ("builder/attic/new.py", "from builder.problem import Problem"),
        ("builder/plan/new.py", "from builder import attic"),
    ],
)
def test_a_planted_leaning_is_seen(path: str, text: str):
    house = planted(path, text) if "attic" not in text else {**planted(path, text), "builder/attic.py": ""}
    assert path in places(leaning(house))


def test_a_planted_circle_is_seen():
    house = planted(
        "builder/model/text.py", HOUSE["builder/model/text.py"] + "\nimport builder.model.story\n"
    )
    assert "builder.model.story -> builder.model.text -> builder.model.story" in circles(house)


def test_a_planted_circle_of_three_inside_functions_is_seen():
    house = {
        "builder/plan/a.py": "def f():\n    from builder.plan import b",
        "builder/plan/b.py": "from .c import x",
        "builder/plan/c.py": "import builder.plan.a",
    }
    assert circles(house) == ["builder.plan.a -> builder.plan.b -> builder.plan.c -> builder.plan.a"]


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "import os.path",
        "from os import environ",
        "import time",
        "import random",
        "import uuid",
        "import socket",
        "import smtplib",
        "import http.client",
        "from http import server",
        "import urllib.request",
        "from urllib import request",
        "import subprocess",
        "import tempfile",
        "import shutil",
        "import locale",
        "import getpass",
        "import sys",
        "import logging",
        "import pathlib",
        "from pathlib import Path",
        "from pathlib import PosixPath",
        "from io import open",
        "def f(path):\n    return open(path)",
        "def f():\n    print('hello')",
        "def f(path):\n    return path.read_text()",
        "def f(path):\n    return path.read_bytes()",
        "def f(path):\n    path.write_text('')",
        "def f(path):\n    path.write_bytes(b'')",
        "def f(path):\n    path.open()",
        "def f(path):\n    return path.resolve()",
        "def f(path):\n    return path.exists()",
        "from datetime import datetime\nnow = datetime.now()",
        "from datetime import datetime\nnow = datetime.utcnow()",
        "from datetime import date\nday = date.today()",
        "from datetime import datetime\nday = datetime.today()",
    ],
)
def test_a_planted_touch_of_the_world_is_seen(text: str):
    assert "builder/plan/new.py" in places(touching(planted("builder/plan/new.py", text)))


@pytest.mark.parametrize(
    "text",
    [
        "from pathlib import Path\ndef f():\n    return Path('stories')",
        "from pathlib import Path\ndef f(folder: Path):\n    return folder.is_dir()",
        "from pathlib import Path as Folder",
    ],
)
def test_the_desk_passes_paths_on_and_does_nothing_with_them(text: str):
    assert (
        touching(
            {"builder/desk/new.py": "from pathlib import Path\ndef f(folder: Path): return folder / 'a'"}
        )
        == []
    )
    assert len(touching({"builder/desk/new.py": text})) == 1


@pytest.mark.parametrize("edge", ["builder/load/disk.py", "builder/deliver/new.py", "builder/cli/new.py"])
def test_the_edges_may_touch_the_world(edge: str):
    assert touching({edge: "import os, time\nfrom pathlib import Path\nPath('a').read_text()"}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("builder/plan/new.py", "import yaml"),
        ("builder/load/marks.py", "import jinja2"),
        ("builder/render/pages.py", "def f():\n    from PIL import Image"),
        ("builder/desk/build.py", "from click import echo"),
        ("builder/render/new.py", "import requests"),
    ],
)
def test_a_planted_stranger_is_seen(path: str, text: str):
    assert path in places(strangers(planted(path, text)))

"""What stands on which line of a measure's file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from builder.load.marks import Marked, read_yaml
from builder.load.pages import decode
from builder.model.measure_file import KeyPlace, MeasureFile, ReadingPlace
from builder.model.sources import SourceFile
from builder.problem import Level, Problem, Trouble


def read_measure_file(source: SourceFile) -> MeasureFile:
    """The file as it is written. Raises Trouble where it is no YAML that says readings in a list of lines of their own.

    Nothing else of it is judged here: `check` does that.
    """
    page, problems = decode(source)
    marked = read_yaml(page)
    for problem in (*problems, *marked.problems):
        if problem.level is Level.ERROR:
            raise Trouble(problem)
    if not isinstance(marked.data, dict):
        raise Trouble(written_otherwise(source.path))
    lines = page.text.split("\n")
    listed = marked.data.get("readings")
    return MeasureFile(
        id=PurePosixPath(source.path).stem,
        path=source.path,
        names=_names(marked.data.get("name")),
        method=str(marked.data.get("method") or ""),
        scale=_scale(marked.data.get("scale")),
        readings=_readings(marked, lines, source.path) if listed else (),
        begin=marked.keys[("readings",)][0] - 1 if "readings" in marked.data else None,
        data=marked.data,
        raw=source.data,
    )


def written_otherwise(path: str, *, silent: bool = False) -> Problem:
    """What to say of a file into which no line can be put without harm; `silent`: one that says nothing of readings."""
    if silent:
        return Problem(
            code="measure-file",
            level=Level.ERROR,
            file=path,
            message="this file has no `readings:` yet, and is written in a way in which they cannot be put at its end",
            mend="Write  readings:  yourself, on a line of its own with nothing behind it; the lines below it are then filled in.",
        )
    return Problem(
        code="measure-file",
        level=Level.ERROR,
        file=path,
        message="the readings of this file are written in a way in which no line can be added to them",
        mend="Write them as a list, a line for each:  - {period: 2026-Q1, value: 4}",
    )


def _names(name: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in (name.values() if isinstance(name, dict) else [name]) if one)


def _scale(scale: Any) -> tuple[int, int] | None:
    try:
        low, high = (int(one) for one in scale)
    except (TypeError, ValueError):
        return None
    return (low, high) if -100 <= low < high <= 100 else None


def _readings(marked: Marked, lines: list[str], path: str) -> tuple[ReadingPlace, ...]:
    listed = marked.data["readings"]
    if not isinstance(listed, list) or not all(isinstance(one, dict) and one.get("period") for one in listed):
        raise Trouble(written_otherwise(path))
    places = [marked.values[("readings", index)] for index in range(len(listed))]
    found: list[ReadingPlace] = []
    for index, (line, column) in enumerate(places):
        first = line - 1
        before = lines[first][: column - 1]
        if before.strip() != "-":
            raise Trouble(written_otherwise(path))
        dash = before.index("-")
        end = places[index + 1][0] - 1 if index + 1 < len(places) else len(lines)
        last = _last_line(lines, first, end, dash)
        flow = lines[first][column - 1 :].startswith("{")
        found.append(
            ReadingPlace(
                period=str(listed[index]["period"]),
                data=listed[index],
                first=first,
                last=last,
                dash=dash,
                flow=flow,
                keys=() if flow else _keys(marked, index, lines, last),
            )
        )
    return tuple(found)


def _last_line(lines: list[str], first: int, end: int, dash: int) -> int:
    """The last line of an item that begins on line `first`: what is not further in than its hyphen is no part of it."""
    last = first
    for number in range(first + 1, end):
        line = lines[number]
        bare = line.strip()
        if bare and len(line) - len(line.lstrip()) <= dash:
            break
        if bare and not bare.startswith("#"):
            last = number
    return last


def _keys(marked: Marked, index: int, lines: list[str], last: int) -> tuple[KeyPlace, ...]:
    """The lines of each key; a remark above the next key is that one's."""
    at = [(key, *marked.keys[("readings", index, key)]) for key in marked.data["readings"][index]]
    found: list[KeyPlace] = []
    for number, (key, line, column) in enumerate(at):
        end = at[number + 1][1] - 2 if number + 1 < len(at) else last
        while end > line - 1 and (not lines[end].strip() or lines[end].lstrip().startswith("#")):
            end -= 1
        found.append(KeyPlace(key=key, first=line - 1, last=end, column=column - 1))
    return tuple(found)

"""A measure's file with readings put in: every line that says something else stays as its editors wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.model.measure_file import MeasureFile, ReadingPlace
from builder.model.survey import Change, State

_PLAIN = re.compile(r"[A-Za-z0-9+-][\w.+/%-]*(?: [\w.+/%-]+)*", re.ASCII)
_EMPTY = re.compile(
    r"""((?:readings|"readings"|'readings')[ \t]*:)[ \t]*\[[ \t]*\](?:([ \t]+)(#.*))?[ \t]*"""
)
"""`readings: []`, and a remark behind it; brackets over several lines, or with a tag in front, are none of ours to mend."""

_DASH = 2
"""How far in a list begins that we begin."""


def with_readings(file: MeasureFile, changes: Iterable[Change]) -> bytes:
    """The file with these changes in it: new readings in their place in time, others with what differs written anew.

    It may come out as no YAML, or another, where the file is written in a way that nobody thought of: whoever asks reads it
    again and compares it with `expected`.
    """
    mark = b"\xef\xbb\xbf" if file.raw.startswith(b"\xef\xbb\xbf") else b""
    text = file.raw.removeprefix(mark).decode("utf-8")
    end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    kept = text.split("\n")
    edits: list[tuple[int, int, list[str]]] = []
    for change in sorted(changes, key=lambda one: one.period):
        here = next((one for one in file.readings if one.period == change.period), None)
        if here and change.state is State.DIFFERS:
            edits += _rewritten(here, change, lines)
        elif here is None:
            at, dash = _place(file, change.period, lines)
            if file.begin is None and not edits:
                edits.append((at, at, ["readings:"]))
            elif not file.readings and not edits:
                edits += _opened(file, lines)
            edits.append((at, at, _item(change.after, dash)))
    for first, after, new in _together(edits):
        kept[first:after] = [line + ("\r" if end == "\r\n" else "") for line in new]
    whole = "\n".join(kept)
    return mark + (whole if whole.endswith("\n") else whole + end).encode()


def expected(file: MeasureFile, changes: Iterable[Change]) -> dict[str, Any]:
    """The data that the file must say afterwards."""
    changed = {one.period: one.after for one in changes if one.state is not State.SAME}
    readings = [changed.pop(one.period, one.data) for one in file.readings]
    for period, after in changed.items():
        at = next((index for index, one in enumerate(readings) if str(one["period"]) > period), len(readings))
        readings.insert(at, after)
    return {**file.data, "readings": readings} if readings else dict(file.data)


def in_short(values: Mapping[str, Any]) -> str:
    """A reading on one line, as in a measure's file.

    >>> in_short({"period": "2026-Q1", "counts": {"yes": "3", "no": "1"}})
    '{period: 2026-Q1, counts: {yes: 3, no: 1}}'
    """
    return _flow(values)


def _together(edits: Sequence[tuple[int, int, list[str]]]) -> list[tuple[int, int, list[str]]]:
    """From the last line up, so that the lines of the others keep their numbers; what goes to one place goes as one."""
    found: dict[tuple[int, int], list[str]] = {}
    for first, after, new in edits:
        found.setdefault((first, after), []).extend(new)
    return [(first, after, new) for (first, after), new in sorted(found.items(), reverse=True)]


def _place(file: MeasureFile, period: str, lines: Sequence[str]) -> tuple[int, int]:
    """Before which line a new reading goes, and how far in."""
    earlier = [one for one in file.readings if one.period < period]
    if earlier:
        last = max(earlier, key=lambda one: one.last)
        return last.last + 1, last.dash
    if file.readings:
        return file.readings[0].first, file.readings[0].dash
    if file.begin is not None:
        return file.begin + 1, _DASH
    at = len(lines)
    while at and lines[at - 1].strip() in ("", "..."):
        at -= 1
    return at, _DASH


def _opened(file: MeasureFile, lines: Sequence[str]) -> Iterable[tuple[int, int, list[str]]]:
    """The line `readings: []` without its brackets, so that a list can begin below it."""
    found = _EMPTY.fullmatch(lines[file.begin]) if file.begin is not None else None
    if found and file.begin is not None:
        yield file.begin, file.begin + 1, [found[1] + (found[2] or "") + (found[3] or "")]


def _item(reading: Mapping[str, Any], dash: int) -> list[str]:
    """On one line; where there are teams, a line for each."""
    if not reading.get("segments"):
        return [f"{' ' * dash}- {_flow(reading)}"]
    lines: list[str] = []
    for key, value in reading.items():
        lines += _key(key, value, dash + 2)
    return [f"{' ' * dash}- {lines[0].lstrip()}", *lines[1:]]


def _key(key: str, value: Any, column: int) -> list[str]:
    if isinstance(value, list):
        return [f"{' ' * column}{key}:", *(f"{' ' * (column + 2)}- {_flow(one)}" for one in value)]
    return [f"{' ' * column}{key}: {_flow(value)}"]


def _rewritten(
    here: ReadingPlace, change: Change, lines: Sequence[str]
) -> Iterable[tuple[int, int, list[str]]]:
    if here.flow:
        kept = _remarks(lines[here.first : here.last + 1])
        new = _item(change.after, here.dash)
        if len(kept) == 1 and len(new) == 1:
            new = [f"{new[0]} {kept[0]}"]
        elif kept:
            new = [*(f"{' ' * here.dash}{one}" for one in kept), *new]
        yield here.first, here.last + 1, new
        return
    for place in here.keys:
        if place.key not in change.after:
            yield place.first, place.last + 1, _indented(lines[place.first : place.last + 1], place.column)
        elif change.after[place.key] != here.data[place.key]:
            old = lines[place.first : place.last + 1]
            new = _key(place.key, change.after[place.key], place.column)
            new[0] = old[0][: place.column] + new[0][place.column :]
            kept = _remarks(old)
            if len(kept) == 1 and len(new) == 1:
                new = [f"{new[0]} {kept[0]}"]
                kept = []
            yield place.first, place.last + 1, [*new, *(f"{' ' * place.column}{one}" for one in kept)]
    more = {key: value for key, value in change.after.items() if key not in here.data}
    column = here.keys[0].column
    yield (
        here.last + 1,
        here.last + 1,
        [line for key, value in more.items() for line in _key(key, value, column)],
    )


def _indented(lines: Sequence[str], column: int) -> list[str]:
    return [f"{' ' * column}{one}" for one in _remarks(lines)]


def _remarks(lines: Iterable[str]) -> list[str]:
    """The remarks on these lines, which are nobody's to delete."""
    found: list[str] = []
    for line in lines:
        quoted = ""
        for at, sign in enumerate(line):
            if quoted:
                quoted = "" if sign == quoted else quoted
            elif sign in "'\"" and (at == 0 or line[at - 1] in " {[,:"):
                quoted = sign
            elif sign == "#" and (at == 0 or line[at - 1] in " \t"):
                found.append(line[at:].rstrip())
                break
    return found


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{_word(str(key), key=True)}: {_flow(one)}" for key, one in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "" if value is None else _word(str(value))


def _word(word: str, *, key: bool = False) -> str:
    """A word as it is, where it can be taken for nothing else; the mark of a scale is one, not the first of a list."""
    bare = _PLAIN.fullmatch(word) and not (key and word.isdecimal()) and not word.startswith("- ")
    return word if bare and word != "-" else json.dumps(word, ensure_ascii=False)

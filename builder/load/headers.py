"""The front matter of other generators' posts, in each of its spellings, as plain data."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from builder.load.marks import Page, read_yaml
from builder.problem import Level, Problem

DEEPEST = 24
"""Front matter that nests deeper than this is none; it must fit under `extra:` of a story and be read again."""

_META = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_ -]*):(?:[ \t]+(?P<value>.*))?")
_BROUGHT_BY_META = frozenset(
    ("title", "date", "author", "authors", "slug", "category", "tags", "status", "summary", "lang")
)
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Header:
    """A post taken apart: `data` holds words, lists, mappings and None; `first` and `last` are its lines' numbers."""

    data: dict[str, Any]
    body: str
    body_line: int
    first: int = 0
    last: int = 0


class _TooDeep(Exception):
    pass


def split(page: Page) -> tuple[Header | None, tuple[Problem, ...]]:
    """Front matter and text of a post; None with the reason where the front matter cannot be understood.

    A post without front matter is whole: its title and date may stand elsewhere.
    """
    lines = page.text.split("\n")
    begin = next((i for i, line in enumerate(lines) if line.strip()), None)
    if begin is None:
        return None, (page.problem("empty-file", "this file is empty", "Nothing needs doing, or delete it."),)
    first = lines[begin].rstrip()
    try:
        for opening, spelling in _SPELLINGS:
            if opening.fullmatch(first):
                return spelling(page, lines, begin)
    except (_TooDeep, RecursionError):
        return None, (
            page.problem(
                "front-matter-deep",
                "this front matter nests too deeply to be kept",
                "Write it out more plainly, or take the deep part out.",
                at=(begin + 1, 1),
            ),
        )
    return Header({}, page.text, 1), ()


def _yaml(page: Page, lines: list[str], begin: int) -> tuple[Header | None, tuple[Problem, ...]]:
    end = next((i for i in range(begin + 1, len(lines)) if lines[i].rstrip() in ("---", "...")), None)
    if end is None:
        return None, (_never_ends(page, begin, "---"),)
    marked = read_yaml(page, first=begin + 2, last=end)
    data = {} if marked.data is None and not marked.problems else marked.data
    if not isinstance(data, dict):
        return None, marked.problems or (_no_mapping(page, begin + 2),)
    # A key that stands twice, or is no plain word, is worth a look; the rest of the post is whole.
    notes = tuple(replace(problem, level=Level.WARNING) for problem in marked.problems)
    return _header(data, lines, begin + 2, end), notes


def _toml(page: Page, lines: list[str], begin: int) -> tuple[Header | None, tuple[Problem, ...]]:
    end = next((i for i in range(begin + 1, len(lines)) if lines[i].rstrip() == "+++"), None)
    if end is None:
        return None, (_never_ends(page, begin, "+++"),)
    try:
        data = tomllib.loads("\n".join(lines[begin + 1 : end]), parse_float=str)
    except ValueError as fault:
        place = _TOML_PLACE.search(str(fault))
        at = (int(place[1]) + begin + 1, int(place[2])) if place else (begin + 2, 1)
        said = _TOML_PLACE.sub("", str(fault)).strip().lower()
        return None, (
            page.problem(
                "toml",
                f"this is not TOML: {said}",
                'Put texts in quotation marks, as in  title = "One umbrella"',
                at=at,
            ),
        )
    return _header(data, lines, begin + 2, end), ()


def _json(page: Page, lines: list[str], begin: int) -> tuple[Header | None, tuple[Problem, ...]]:
    """Hugo's JSON begins the file; Eleventy's stands between `---json` and `---`."""
    fenced = lines[begin].startswith("---")
    start = begin + 1 if fenced else begin
    source = "\n".join(lines[start:])
    twice: list[str] = []

    def pairs(given: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in given:
            if key in found:
                twice.append(key)
            found.setdefault(key, value)
        return found

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=str)
    skipped = len(source) - len(source.lstrip())
    try:
        data, length = decoder.raw_decode(source, skipped)
    except json.JSONDecodeError as fault:
        at = (fault.lineno + start, fault.colno)
        return None, (
            page.problem(
                "json",
                f"this is not JSON: {fault.msg.lower()}",
                "Look at the comma at the end of the line above, and at quotation marks.",
                at=at,
            ),
        )
    if not isinstance(data, dict):
        return None, (_no_mapping(page, start + 1),)
    end = start + source.count("\n", 0, length)
    rest = source[length:].split("\n", 1)
    if fenced:
        end = next((i for i in range(end + 1, len(lines)) if lines[i].rstrip() == "---"), end)
        rest = ["", "\n".join(lines[end + 1 :])]
    notes = tuple(
        page.problem(
            "duplicate-key",
            f"`{key}` stands here a second time",
            "Keep one of the two; the first was taken.",
            at=(start + 1, 1),
            level=Level.WARNING,
        )
        for key in dict.fromkeys(twice)
    )
    body = rest[1] if len(rest) > 1 else ""
    if rest[0].strip():  # the text begins on the line of the last bracket
        return Header(_mapping(data), rest[0] + "\n" + body, end + 1, start + 1, end + 1), notes
    return Header(_mapping(data), body, end + 2, start + 1, end + 1), notes


def _meta(page: Page, lines: list[str], begin: int) -> tuple[Header | None, tuple[Problem, ...]]:
    """Pelican's `Key: value` lines down to the first empty one; indented lines go on with the value above.

    An article may well begin with a word and a colon, so one of the keys must be one that such headers have.
    """
    data: dict[str, Any] = {}
    last = ""
    end = begin
    while end < len(lines) and lines[end].strip():
        match = _META.fullmatch(lines[end].rstrip())
        if match:
            last = match["key"].strip()
            words = (match["value"] or "").strip()
            data[last] = f"{data[last]}, {words}" if last in data else words
        elif last and lines[end].startswith(("    ", "\t")):
            data[last] = f"{data[last]}\n{lines[end].strip()}"
        else:
            return Header({}, page.text, 1), ()
        end += 1
    if not _BROUGHT_BY_META.intersection(key.lower() for key in data):
        return Header({}, page.text, 1), ()
    return _header(data, lines, begin + 1, end), ()


Spelling = Callable[[Page, list[str], int], tuple[Header | None, tuple[Problem, ...]]]

_SPELLINGS: tuple[tuple[re.Pattern[str], Spelling], ...] = (
    (re.compile(r"---(?:\s*ya?ml)?", re.IGNORECASE), _yaml),
    (re.compile(r"\+\+\+"), _toml),
    (re.compile(r"---\s*json", re.IGNORECASE), _json),
    (re.compile(r"\{(?![{%#:]).*"), _json),
    (_META, _meta),
)


def _header(data: dict[str, Any], lines: list[str], first: int, end: int) -> Header:
    """`first` counts from 1; `end` is the index of the line that closes the front matter."""
    return Header(_mapping(data), "\n".join(lines[end + 1 :]), end + 2, first, end)


def _mapping(data: dict[str, Any]) -> dict[str, Any]:
    return {_clean(str(key)): _words(value, 1) for key, value in data.items()}


def _words(value: Any, depth: int) -> Any:
    """The same data with every scalar as the word it is written as, which is how our own front matter is read."""
    if depth > DEEPEST:
        raise _TooDeep
    if isinstance(value, dict):
        return {_clean(str(key)): _words(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_words(one, depth + 1) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return None if value is None else _clean(str(value))


def _clean(words: str) -> str:
    """Halves of characters, which JSON can hold, cannot be written to any file."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _never_ends(page: Page, begin: int, fence: str) -> Problem:
    return page.problem(
        "front-matter-open",
        "the front matter begins here and does not end",
        f"Put a line with only {fence} between the last key and the text.",
        at=(begin + 1, 1),
    )


def _no_mapping(page: Page, line: int) -> Problem:
    return page.problem(
        "front-matter-shape",
        "front matter gives keys and values, and this is something else",
        "Write each key on its own line, with a colon and a space after it.",
        at=(line, 1),
    )

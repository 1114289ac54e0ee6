"""YAML with a mark for every key and value: which line and column it stands on.

Scalars stay words here. What a word means (a date, a number, yes or no) is for the form that asks for it, so `no` is
never false by accident, `1:30` never 90 and `012` never 10.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from builder.load.complaints import ODD_SPACES, explain, odd_spaces
from builder.problem import Level, Problem

_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FastLoader):  # type: ignore[misc]
    """Leaves scalars the words they are, and so never asks which of YAML's kinds each would be."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


Place = tuple[str | int, ...]
"""Where a value stands in its document: `("picture", "alt")`, `("readings", 3, "n")`."""

MOST_NODES = 200_000
"""More values than this in one file is no newsroom's file; aliases that multiply themselves end here."""

DEEPEST = 32

_ENOUGH_TO_LOOK = 200
"""Signs that open something, from which a text is first asked how deep it nests: the library recurses into it."""

_REMARK = re.compile(r"[ \t]+#(?=[^\s#!])")
_NO_ITEM = re.compile(r"[•·*–—](?=\s)|-(?=[^\W\d])")
"""How a list looks that was pasted, or written without a space after the hyphen."""
_NO_ITEM_BEGINS = "•·*–—-"

_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))

_OTHER_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""Characters that end a line in YAML and nowhere else: every place below them would be a line off."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one file, and how to point into it."""

    file: str
    text: str

    def line(self, number: int) -> str:
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def problem(
        self,
        code: str,
        message: str,
        mend: str,
        *,
        at: tuple[int, int] = (0, 0),
        level: Level = Level.ERROR,
        guess: str = "",
    ) -> Problem:
        """A Problem that points at `at`, a (line, column) of this file."""
        line, column = at
        return Problem(
            code=code,
            level=level,
            file=self.file,
            line=line,
            column=column,
            excerpt=self.line(line),
            message=message,
            mend=mend,
            guess=guess,
        )


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML document as plain data (dict, list, str, None) with the places of its keys and values."""

    data: Any
    page: Page
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def at(self, place: Place) -> tuple[int, int]:
        """The (line, column) of the value at `place`, or of the nearest thing around it that has one."""
        if place in self.values:
            return self.values[place]
        for end in range(len(place), -1, -1):
            for marks in (self.values, self.keys):
                if place[:end] in marks:
                    return marks[place[:end]]
        return (0, 0)

    def key_at(self, place: Place) -> tuple[int, int]:
        return self.keys.get(place) or self.at(place)


class _TooMuch(Exception):
    pass


def read_yaml(page: Page, *, first: int = 1, last: int | None = None) -> Marked:
    """Read lines `first` to `last` of `page` as one YAML document; its faults are in the result's `problems`."""
    lines = page.text.split("\n")
    source = "\n".join(lines[first - 1 : last])
    problems: list[Problem] = []
    if not source.isascii():
        if any(one in source for one in ODD_SPACES):
            mended, problems = odd_spaces(page.problem, lines[first - 1 : last], first - 1)
            source = "\n".join(mended)
        source = source.translate(_OTHER_LINE_ENDS)
    walk = _Walk(page, lines, first - 1, problems, remarks="#" in source)
    try:
        node = _compose(source)
        data = walk.build(node, ()) if node is not None else None
        if walk.passed_over and _nests_too_deep(source):
            raise _TooMuch
    except yaml.MarkedYAMLError as fault:
        return Marked(None, page, problems=(*problems, explain(fault, page.problem, first - 1, lines)))
    except yaml.reader.ReaderError as fault:
        written = chr(fault.character) if isinstance(fault.character, int) else str(fault.character)
        offset = max(0, source.find(written))  # the library counts bytes, an editor characters
        line = source.count("\n", 0, offset) + first
        return Marked(
            None,
            page,
            problems=(
                *problems,
                page.problem(
                    "yaml-character",
                    f"a character stands here that cannot be seen and cannot stay (U+{ord(written[0]):04X}, shown as �)",
                    "Delete it, or delete the words around it and type them again; it usually comes from pasted text.",
                    at=(line, offset - source.rfind("\n", 0, offset)),
                ),
            ),
        )
    except (_TooMuch, RecursionError):
        return Marked(
            None,
            page,
            problems=(
                page.problem(
                    "yaml-too-big",
                    "this nests or repeats itself too much to be read",
                    "Write it out plainly, without the marks & and *, and split the file if it is really that large.",
                    at=(first, 1),
                ),
            ),
        )
    return Marked(data, page, walk.keys, walk.values, tuple(problems))


def _compose(source: str) -> yaml.Node | None:
    """The nodes of a document. What nests too deep is refused before anything else is said of it.

    Whoever walks over the nodes sees how deep they nest: that is asked beforehand only where there may be very many
    levels, and where there will be no nodes.
    """
    if sum(map(source.count, "[{-?:")) > _ENOUGH_TO_LOOK and _nests_too_deep(source):
        raise _TooMuch
    try:
        node: yaml.Node | None = yaml.compose(source, Loader=_Loader)
    except yaml.YAMLError:
        if _nests_too_deep(source):
            raise _TooMuch from None
        raise
    return node


def _nests_too_deep(source: str) -> bool:
    """Whether collections nest deeper than any form here; asked of the event stream, which does not recurse."""
    if len(source) < DEEPEST * 2:
        return False
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


class _Walk:
    """Builds plain data from composed nodes, marking each place on the way.

    `remarks`: whether there can be any. `passed_over`: it met nodes that it did not enter.
    """

    def __init__(
        self, page: Page, lines: Sequence[str], offset: int, problems: list[Problem], *, remarks: bool
    ) -> None:
        self.page = page
        self.lines = lines
        self.offset = offset
        self.first = offset + 1
        self.problems = problems
        self.remarks = remarks
        self.keys: dict[Place, tuple[int, int]] = {}
        self.values: dict[Place, tuple[int, int]] = {}
        self.nodes = 0
        self.passed_over = False

    def mark(self, node: yaml.Node) -> tuple[int, int]:
        mark = node.start_mark
        return mark.line + self.first, mark.column + 1

    def build(self, node: yaml.Node, place: Place) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES or len(place) > DEEPEST:
            raise _TooMuch
        mark = node.start_mark
        at = self.values[place] = (mark.line + self.first, mark.column + 1)
        if isinstance(node, yaml.ScalarNode):
            value: str = node.value
            style = node.style
            if self.remarks and style not in ("|", ">"):
                self.look_behind(node)
            if not style and value and value[0] in _NO_ITEM_BEGINS:
                self.look_before(value, at)
            return None if not style and value in _EMPTY else value
        if len(place) == DEEPEST:
            self.passed_over = True
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*place, index)) for index, child in enumerate(node.value)]
        if node.value and isinstance(node.value[0][0], yaml.MappingNode):
            return self.braces(node)
        return self.mapping(node, place)

    def look_behind(self, node: yaml.ScalarNode) -> None:
        """What YAML allows and an editor will not have meant: half a value taken for a remark."""
        end = node.end_mark.line + self.offset
        behind = self.lines[end][node.end_mark.column :] if end < len(self.lines) else ""
        remark = _REMARK.match(behind)
        if remark:
            at = (end + 1, node.end_mark.column + remark.end())
            self.problems.append(
                self.page.problem(
                    "yaml-remark",
                    "everything from # on is taken for a remark here and left out",
                    "If # belongs to the value, put quotation marks around it all; if not, put a space after #.",
                    at=at,
                    level=Level.WARNING,
                )
            )

    def look_before(self, value: str, at: tuple[int, int]) -> None:
        """Likewise: a list that is none."""
        line, column = at
        alone = not self.lines[line - 1][: column - 1].strip() if line <= len(self.lines) else False
        if alone and _NO_ITEM.match(value):
            self.problems.append(
                self.page.problem(
                    "yaml-list",
                    f"`{value[0]}` does not begin an item of a list here",
                    "Begin each item with a hyphen and a space:  - rain",
                    at=at,
                )
            )

    def braces(self, node: yaml.Node) -> None:
        """A key that is itself in braces, as in `{{ name }}`: somebody took this for a template."""
        self.passed_over = True
        self.problems.append(
            self.page.problem(
                "yaml-key",
                "two braces, {{, mean nothing in a newsroom's files: they belong into templates",
                "Write the words themselves.",
                at=self.mark(node),
            )
        )

    def mapping(self, node: yaml.Node, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            mark = key_node.start_mark
            at = (mark.line + self.first, mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.passed_over = True
                self.problems.append(
                    self.page.problem(
                        "yaml-key",
                        "what stands before a colon is a key, and a key is a plain word",
                        "Write  key: value , with one word before the colon.",
                        at=at,
                    )
                )
                continue
            key = key_node.value
            here = (*place, key)
            if here in self.keys:
                self.passed_over = True
                self.problems.append(
                    self.page.problem(
                        "duplicate-key",
                        f"`{key}` stands here a second time (first on line {self.keys[here][0]})",
                        "Keep one of the two; only one can count.",
                        at=at,
                    )
                )
                continue
            self.keys[here] = at
            found[key] = self.build(value_node, here)
        return found

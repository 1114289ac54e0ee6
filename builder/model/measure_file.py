"""The file of a measure as its editors wrote it: what stands on which line, so that a line can be added between theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """The lines that a key of a reading and its value take, from 0, the last one included."""

    key: str
    first: int
    last: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlace:
    """A reading as plain data, and its lines, likewise. `dash` is the column of its hyphen, from 0.

    `flow`: it is written in braces, as `- {period: 2026-Q1, value: 4}`; then it has no `keys`.
    """

    period: str
    data: Mapping[str, Any]
    first: int
    last: int
    dash: int
    flow: bool
    keys: tuple[KeyPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFile:
    """`begin` is the line of the key `readings:`, or None where there is none.

    `scale` is the lowest and the highest mark, where the file says so. `names` are its names in all languages.
    """

    id: str
    path: str
    names: tuple[str, ...]
    method: str
    scale: tuple[int, int] | None
    readings: tuple[ReadingPlace, ...]
    begin: int | None
    data: Mapping[str, Any]
    raw: bytes

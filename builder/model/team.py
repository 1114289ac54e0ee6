"""A team: whom it serves and how many it is."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.text import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    id: str
    name: Words
    headcount: int
    serves: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

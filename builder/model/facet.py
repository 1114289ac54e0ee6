"""What stories can be looked through by: each facet is a folder of pages, and each of its values a shelf of works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from builder.model.week import Week


class Facet(Enum):
    """The value is the folder of its pages, and the word by which settings and addresses call it."""

    BEHAVIOURS = "behaviours"
    TEAMS = "teams"
    PERSPECTIVES = "perspectives"
    KINDS = "kinds"
    TAGS = "tags"
    LANGUAGES = "languages"
    YEARS = "years"
    WEEKS = "weeks"


FILTERS = tuple(one for one in Facet if one is not Facet.WEEKS)
"""Those that a reader can choose among; a week is found on the strip of its year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Celebrated:
    """A week in which something was celebrated: how many stories and editions."""

    week: Week
    stories: int
    editions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """Works by facet and value, the newest first; and `of` each work the shelves on which it stands.

    `tags` gives the words of each tag by its value, which is their form in an address. `years` are the weeks of each
    ISO year in which there was something; `editions` the ids of those of a week, by its value (`2026-w11`).
    """

    works: Mapping[Facet, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    of: Mapping[str, tuple[tuple[Facet, str], ...]] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[int, tuple[Celebrated, ...]] = field(default_factory=dict)
    editions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def on(self, facet: Facet, value: str) -> tuple[str, ...]:
        """The works on one shelf."""
        return self.works.get(facet, {}).get(value, ())

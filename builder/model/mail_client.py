"""What mail programs understand: the answers of Can I Email, for the programs that our readers use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Something that HTML, CSS or a picture can be, and the programs that do not know it.

    `unknown_to` do not know it at all, `half_known_to` in part; both hold a program's id, and in words what is said of it.
    """

    slug: str
    title: str
    unknown_to: Mapping[str, str]
    half_known_to: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """All features by their slug, as they were known on `date` (ISO). `programs` are names by id (`gmail.ios`), in the order in
    which they are said."""

    date: str
    programs: Mapping[str, str]
    features: Mapping[str, Feature]

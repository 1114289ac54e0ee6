"""The theme's own words in one language: by key, a text or its plural forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """`texts` holds each key's text under the plural category "other", and under others where n decides."""

    language: str
    texts: Mapping[str, Mapping[str, str]]

"""A picture made ready for the site: re-encoded, measured, nameless."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """`address` is its place on the site, made from the bytes alone; `width` and `height` are in pixels."""

    address: str
    data: bytes
    width: int
    height: int

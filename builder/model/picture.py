"""A picture made ready for the site: re-encoded, measured, nameless."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """`address` is its place on the site, made from the bytes alone; `width` and `height` are in pixels.

    `digest` is the SHA-256 of the bytes, in hexadecimal; `data` is empty where they lie elsewhere until they are needed.
    """

    address: str
    width: int
    height: int
    digest: str
    data: bytes = b""

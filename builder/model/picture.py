"""A picture made ready for the site: re-encoded, measured, nameless."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """`address` is its place on the site, made from the bytes alone; `width` and `height` are in pixels.

    `size` is the number of bytes and `digest` their SHA-256, in hexadecimal; `data` is empty where they lie elsewhere until they are needed.
    """

    address: str
    width: int
    height: int
    size: int
    digest: str
    data: bytes = b""

"""A picture made ready for the site: re-encoded at several widths, measured, nameless."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a picture. `address` is its place on the site, made from the bytes alone; `width` and `height` are in pixels.

    `size` is the number of bytes and `digest` their SHA-256, in hexadecimal; `data` is empty where they lie elsewhere until they are needed.
    """

    address: str
    width: int
    height: int
    size: int
    digest: str
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A picture as browsers may choose from it: `webp` narrowest first, and `plain` for programs that know no WebP.

    `width` and `height` are those of the widest, in pixels; `plain` is a JPEG, or a PNG where one can see through.
    """

    width: int
    height: int
    webp: tuple[Rendition, ...]
    plain: Rendition

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        return (*self.webp, self.plain)

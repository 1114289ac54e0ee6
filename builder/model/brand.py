"""The colours and corners that are a newsletter's own, and what cannot be read in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What editors say of the look. Colours are `#rrggbb` in small letters; "" leaves one to the theme.

    Those that end in `_dark` hold where a reader's screen is dark.
    """

    accent: str = "#0f6b6b"
    accent_dark: str = ""
    paper: str = ""
    paper_dark: str = ""
    ink: str = ""
    ink_dark: str = ""
    round: bool = True
    """Whether corners are round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faint:
    """A pair of colours that is too faint: `colour`, which `key` of the brand says, on the surface `on`.

    `contrast` is what it has and `needed` what it must have, both as n in n:1; `nearest` is the colour nearest to it
    that would do. `readable` when it is no more than less than what text should have.
    """

    key: str
    colour: str
    on: str
    contrast: float
    needed: float
    nearest: str
    readable: bool = False

"""Every colour of the newsletter, by day and by night, made from the few that a brand says.

What a brand says of paper and ink is shown as it is; its accent is made darker (at night lighter) only as far as it
must be to be read. All else is the theme's taste, kept at the same distance from whatever paper and ink there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.model.brand import Brand, Faint
from builder.render import colours

READ, SEEN, WELL = 4.5, 3.0, 7.0
"""The contrasts asked for: of text (WCAG 2.2, 1.4.3), of marks and rings (1.4.11), and of a text read at length (1.4.6)."""

Palette = Mapping[str, str]
"""Colours by the names that the style sheet calls them by, without the hyphens in front."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scheme:
    """The theme's taste for one light.

    `surfaces` are grounds by the lightness they have more than the paper, their chroma, and their hue; None is the paper's.
    `line`, `soft` and `strong` say how far from paper to ink, or from ink to paper, a colour lies, and `warmth` how much
    more of a colour it is than what lies there. Paper darker than `floor` lends its surfaces no more darkness: on a black one
    they would all be black.
    """

    ending: str
    night: bool
    paper: str
    ink: str
    surfaces: Mapping[str, tuple[float, float, float | None]]
    line: float
    soft: float
    strong: float
    warmth: float
    floor: float = 0.0


_DAY = _Scheme(
    ending="",
    night=False,
    paper="#fcf9f4",
    ink="#25211c",
    surfaces={
        "paper-sunk": (-0.032, 0.016, None),
        "tint-learning": (-0.034, 0.012, 188),
        "tint-recovery": (-0.039, 0.022, 54),
        "tint-light": (-0.028, 0.047, 93),
        "tint-leader": (-0.038, 0.011, 303),
    },
    line=0.121,
    soft=0.3,
    strong=0.49,
    warmth=2.4,
)

_NIGHT = _Scheme(
    ending="_dark",
    night=True,
    paper="#1a1815",
    ink="#ece6db",
    surfaces={
        "paper-sunk": (0.043, 0.010, None),
        "tint-learning": (0.064, 0.015, 188),
        "tint-recovery": (0.065, 0.028, 52),
        "tint-light": (0.081, 0.036, 92),
        "tint-leader": (0.062, 0.020, 298),
    },
    line=0.17,
    soft=0.253,
    strong=0.427,
    warmth=1.8,
    floor=0.16,
)


def by_day(brand: Brand) -> Palette:
    return _palette(brand, _DAY)


def by_night(brand: Brand) -> Palette:
    return _palette(brand, _NIGHT)


def too_faint(brand: Brand) -> tuple[Faint, ...]:
    """The pairs of this brand that cannot be read and that we may not change; both lights."""
    return tuple(one for scheme in (_DAY, _NIGHT) for one in _faint(brand, scheme))


def _said(brand: Brand, key: str, scheme: _Scheme) -> str:
    return str(getattr(brand, key + scheme.ending))


def _surfaces(paper: str, scheme: _Scheme) -> dict[str, str]:
    lightness, chroma, hue = colours.oklch(paper)
    # Paper without any colour has no hue to lend, and should not turn pink.
    share = min(1.0, chroma / 0.004)
    return {"paper": paper} | {
        name: colours.of_oklch(
            max(lightness, scheme.floor) + more,
            of_its_own if own is not None else of_its_own * share,
            hue if own is None else own,
        )
        for name, (more, of_its_own, own) in scheme.surfaces.items()
    }


def _palette(brand: Brand, scheme: _Scheme) -> Palette:
    surfaces = _surfaces(_said(brand, "paper", scheme) or scheme.paper, scheme)
    grounds = tuple(surfaces.values())

    def legible(colour: str, needed: float) -> str:
        """As near to `colour` as can be read; where nothing can, the best there is, and `too_faint` says so."""
        best = colours.WHITE if scheme.night else colours.BLACK
        return colours.bent(colour, grounds, needed, lighter=scheme.night) or best

    ink = _said(brand, "ink", scheme) or legible(scheme.ink, READ)
    paper = surfaces["paper"]
    link, mark = _accents(brand, scheme)
    return {
        **surfaces,
        "ink": ink,
        "ink-soft": legible(_warm(ink, paper, scheme.soft, scheme), READ),
        "line": _warm(paper, ink, scheme.line, scheme),
        "line-strong": legible(_warm(ink, paper, scheme.strong, scheme), SEEN),
        "accent-ink": legible(link, READ),
        "accent-mark": legible(mark, SEEN),
    }


def _warm(one: str, other: str, share: float, scheme: _Scheme) -> str:
    """What lies between paper and ink looks grey beside them, unless it has a little more colour than they."""
    lightness, chroma, hue = colours.oklch(colours.between(one, other, share))
    return colours.of_oklch(
        max(lightness, scheme.floor + 0.1), max(chroma, min(chroma * scheme.warmth, _WARMEST)), hue
    )


_WARMEST = 0.025


def _accents(brand: Brand, scheme: _Scheme) -> tuple[str, str]:
    """The accent for words and for marks, before it is made readable: one that was meant for paper glows at night."""
    own = _said(brand, "accent", scheme)
    if own or not scheme.night:
        return own, own
    lightness, chroma, hue = colours.oklch(brand.accent)
    return (
        colours.of_oklch(max(lightness, 0.82), min(chroma, 0.1), hue),
        colours.of_oklch(max(lightness, 0.68), min(chroma, 0.14), hue),
    )


def _faint(brand: Brand, scheme: _Scheme) -> Iterator[Faint]:
    paper = _said(brand, "paper", scheme) or scheme.paper
    grounds = _surfaces(paper, scheme)
    own = _said(brand, "ink", scheme)
    best = colours.WHITE if scheme.night else colours.BLACK
    if colours.faintest(best, grounds.values()) < READ:
        worst = min(grounds, key=lambda name: colours.contrast(best, grounds[name]))
        yield Faint(
            key=f"paper{scheme.ending}",
            colour=best,
            on=worst,
            contrast=colours.contrast(best, grounds[worst]),
            needed=READ,
            nearest=_nearest_paper(paper, scheme),
        )
    elif own:
        worst = min(grounds, key=lambda name: colours.contrast(own, grounds[name]))
        found = colours.contrast(own, grounds[worst])
        # On some papers nothing is seen so well; then what can be read is enough.
        well = colours.faintest(best, grounds.values()) >= WELL
        needed = WELL if found >= READ and well else READ
        if found < needed:
            nearest = colours.bent(own, grounds.values(), needed, lighter=scheme.night)
            yield Faint(
                key=f"ink{scheme.ending}",
                colour=own,
                on=worst,
                contrast=found,
                needed=needed,
                nearest=nearest or best,
                readable=found >= READ,
            )


def _nearest_paper(paper: str, scheme: _Scheme) -> str:
    """The paper, as little lighter (at night darker) as lets every surface that is made from it carry text."""
    lightness, chroma, hue = colours.oklch(paper)
    best = colours.WHITE if scheme.night else colours.BLACK
    end = 0.0 if scheme.night else 1.0
    tried = (colours.of_oklch(lightness + (end - lightness) * step / 40, chroma, hue) for step in range(41))
    return next(
        (one for one in tried if colours.faintest(best, _surfaces(one, scheme).values()) >= READ),
        scheme.paper,
    )

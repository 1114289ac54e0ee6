"""How light a colour is, how well it is seen on another, and how to make it lighter or darker and leave it itself.

Contrast is that of WCAG 2.2 ("relative luminance" and "contrast ratio", https://www.w3.org/TR/WCAG22/#glossary). Lightness,
chroma and hue are those of OKLCH, in which equal steps look equal: B. Ottosson, "A perceptual color space for image
processing" (2020), with the matrices and the table of examples of CSS Color 4 (https://www.w3.org/TR/css-color-4/#ok-lab).
A colour is `#rrggbb`, in sRGB.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

Three = tuple[float, float, float]
Matrix = tuple[Three, Three, Three]

BLACK, WHITE = "#000000", "#ffffff"

_XYZ_FROM_RGB: Matrix = (
    (506752 / 1228815, 87881 / 245763, 12673 / 70218),
    (87098 / 409605, 175762 / 245763, 12673 / 175545),
    (7918 / 409605, 87881 / 737289, 1001167 / 1053270),
)
_RGB_FROM_XYZ: Matrix = (
    (12831 / 3959, -329 / 214, -1974 / 3959),
    (-851781 / 878810, 1648619 / 878810, 36519 / 878810),
    (705 / 12673, -2585 / 12673, 705 / 667),
)
_CONES_FROM_XYZ: Matrix = (
    (0.8190224379967030, 0.3619062600528904, -0.1288737815209879),
    (0.0329836539323885, 0.9292868615863434, 0.0361446663506424),
    (0.0481771893596242, 0.2642395317527308, 0.6335478284694309),
)
_XYZ_FROM_CONES: Matrix = (
    (1.2268798758459243, -0.5578149944602171, 0.2813910456659647),
    (-0.0405757452148008, 1.1122868032803170, -0.0717110580655164),
    (-0.0763729366746601, -0.4214933324022432, 1.5869240198367816),
)
_LAB_FROM_CONES: Matrix = (
    (0.2104542683093140, 0.7936177747023054, -0.0040720430116193),
    (1.9779985324311684, -2.4285922420485799, 0.4505937096174110),
    (0.0259040424655478, 0.7827717124575296, -0.8086757549230774),
)
_CONES_FROM_LAB: Matrix = (
    (1.0, 0.3963377773761749, 0.2158037573099136),
    (1.0, -0.1055613458156586, -0.0638541728258133),
    (1.0, -0.0894841775298119, -1.2914855480194092),
)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """The relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as n in n:1: from 1, when they are the same, to 21.

    >>> round(contrast("#000000", "#ffffff"), 2)
    21.0
    >>> round(contrast("#777777", "#ffffff"), 2)
    4.48
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def faintest(colour: str, surfaces: Iterable[str]) -> float:
    """The contrast of a colour on that of these surfaces on which it is seen worst."""
    return min(contrast(colour, one) for one in surfaces)


def oklab(xyz: Three) -> Three:
    """A colour of CIE XYZ (D65) in Oklab: lightness, and how far towards red and towards yellow.

    >>> [round(one, 3) for one in oklab((1.0, 0.0, 0.0))]
    [0.45, 1.236, -0.019]
    """
    cones = _times(_CONES_FROM_XYZ, xyz)
    return _times(_LAB_FROM_CONES, (math.cbrt(cones[0]), math.cbrt(cones[1]), math.cbrt(cones[2])))


def oklch(colour: str) -> Three:
    """The lightness (0 to 1), chroma (0 is grey) and hue (in degrees) of a colour.

    >>> [round(one, 3) for one in oklch("#ff0000")]
    [0.628, 0.258, 29.234]
    """
    lightness, red, yellow = oklab(_times(_XYZ_FROM_RGB, _linear(colour)))
    return lightness, math.hypot(red, yellow), math.degrees(math.atan2(yellow, red)) % 360


def of_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour with this lightness and hue, and of this chroma as much as a screen can show.

    >>> of_oklch(*oklch("#0f6b6b"))
    '#0f6b6b'
    """
    lightness = min(max(lightness, 0.0), 1.0)
    most, least = chroma, 0.0
    rgb = _rgb(lightness, most, hue)
    if not _shown(rgb):
        while most - least > 1e-4:
            middle = (most + least) / 2
            most, least = (most, middle) if _shown(_rgb(lightness, middle, hue)) else (middle, least)
        rgb = _rgb(lightness, least, hue)
    return "#" + "".join(f"{round(255 * _gamma(one)):02x}" for one in rgb)


def bent(colour: str, surfaces: Iterable[str], needed: float, *, lighter: bool) -> str | None:
    """The colour, made as little lighter (else darker) as gives it this contrast on all surfaces; its hue stays.

    None where even white (else black) would not do.

    >>> bent("#0f6b6b", ["#ffffff"], 4.5, lighter=False)
    '#0f6b6b'
    """
    grounds = tuple(surfaces)
    if faintest(colour, grounds) >= needed:
        return colour
    end = WHITE if lighter else BLACK
    if faintest(end, grounds) < needed or (luminance(end) > luminance(colour)) != lighter:
        return None
    lightness, chroma, hue = oklch(colour)
    found, short, enough = end, 0.0, 1.0
    for _ in range(_HALVES):  # the further it is bent, the better it is seen
        middle = (short + enough) / 2
        tried = of_oklch(lightness + (float(lighter) - lightness) * middle, chroma, hue)
        if faintest(tried, grounds) >= needed and (luminance(tried) > luminance(colour)) == lighter:
            found, enough = tried, middle
        else:
            short = middle
    return found


_HALVES = 9


def between(one: str, other: str, share: float) -> str:
    """The colour that lies `share` of the way from one to the other, as the eye measures it.

    >>> between("#000000", "#ffffff", 0.5)
    '#636363'
    """
    from_lab, to_lab = _lab(one), _lab(other)
    lightness, red, yellow = (a + (b - a) * share for a, b in zip(from_lab, to_lab, strict=True))
    return of_oklch(lightness, math.hypot(red, yellow), math.degrees(math.atan2(yellow, red)) % 360)


def _lab(colour: str) -> Three:
    return oklab(_times(_XYZ_FROM_RGB, _linear(colour)))


def _linear(colour: str) -> Three:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _light(red), _light(green), _light(blue)


def _light(value: float) -> float:
    """A part of sRGB as the amount of light that it is."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(light: float) -> float:
    light = min(max(light, 0.0), 1.0)
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _rgb(lightness: float, chroma: float, hue: float) -> Three:
    angle = math.radians(hue)
    roots = _times(_CONES_FROM_LAB, (lightness, chroma * math.cos(angle), chroma * math.sin(angle)))
    return _times(_RGB_FROM_XYZ, _times(_XYZ_FROM_CONES, (roots[0] ** 3, roots[1] ** 3, roots[2] ** 3)))


def _shown(rgb: Three) -> bool:
    """Whether a screen can show it, but for what rounding takes."""
    return all(-1e-4 <= one <= 1.0001 for one in rgb)


def _times(matrix: Matrix, vector: Three) -> Three:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third

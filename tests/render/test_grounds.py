"""The parts of a bar, and the lines of a chart, are told apart by eyes that see colours otherwise, or none, in both lights.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency" (2009), at full severity, for linear sRGB.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import combinations, pairwise

import pytest
from PIL import Image

from builder.deliver.drawing import LETTERS, Drawing
from builder.load.disk import theme_folder
from builder.load.words import catalogues
from builder.model.brand import Brand
from builder.render.palette import by_day, by_night
from builder.render.stacks import GROUNDS, stack
from builder.render.templates import Templates
from builder.render.words import Speaker
from tests.values import LONDON, theme

Three = tuple[float, float, float]

EYES: dict[str, tuple[Three, Three, Three]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
}
LIGHTS = {"day": by_day(Brand()), "night": by_night(Brand())}
SHEET = dict(theme().assets)["bars.css"].decode("utf-8")
DRAW = Drawing(theme_folder() / LETTERS)


def batched(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def linear(value: float) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def seen(pixels: list[tuple[int, int, int]], eyes: tuple[Three, Three, Three]) -> Three:
    """What a ground looks like from afar to these eyes: the mean of its light."""
    mean = [sum(linear(pixel[channel]) for pixel in pixels) / len(pixels) for channel in range(3)]
    red, green, blue = (
        min(1.0, max(0.0, sum(share * light for share, light in zip(row, mean, strict=True)))) for row in eyes
    )
    return red, green, blue


def lightness(colour: Three) -> float:
    """CIE L*, 0 to 100."""
    luminance = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def grounds_in(light: str) -> list[list[tuple[int, int, int]]]:
    """The pixels of each of the five grounds, as they are drawn in a light with the rules of the theme's own sheet."""
    speaker = Speaker(catalogues(theme())[0]["en"], LONDON)
    made = stack([(str(mark), 20) for mark in range(1, 6)], speaker, title="T", id="t")
    assert [part.ground for part in made.parts] == list(GROUNDS)
    palette = LIGHTS[light]
    rules = SHEET[SHEET.index(".ground, .chart-bar") : SHEET.index("@media (forced-colors")]
    style = ".chart { color: %s; } " % palette["accent-ink"] + rules  # noqa: UP031  braces are CSS's
    for name, colour in palette.items():
        style = style.replace(f"var(--{name})", colour)
    style = style.replace("currentColor", palette["accent-ink"])
    drawing = Templates(dict(theme().templates)).render("charts/stack.svg", chart=made)
    drawing = drawing.replace(
        "<defs>",
        f"<style>{style}</style><rect width='100%' height='100%' fill='{palette['paper']}'/><defs>",
        1,
    )
    picture = Image.open(BytesIO(DRAW(drawing))).convert("RGB")
    found = []
    for part in made.parts:
        box = (int(2 * part.x) + 8, 10, int(2 * (part.x + part.width)) - 8, 2 * 28 - 10)
        part_of_it = picture.crop(box).tobytes()
        found.append([(one[0], one[1], one[2]) for one in batched(part_of_it, 3)])
    return found


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("light", LIGHTS)
def test_no_two_grounds_look_alike_to_any_eyes(light: str, eyes: str):
    shades = [lightness(seen(pixels, EYES[eyes])) for pixels in grounds_in(light)]
    # Five steps of lightness are seen where the two touch, and their pattern besides; between the ends it must be far more.
    assert min(abs(one - other) for one, other in combinations(shades, 2)) >= 5
    assert abs(shades[0] - shades[-1]) >= 35
    order = [one < other for one, other in pairwise(shades)]
    assert order == [light == "day"] * 4, "less and less ink, from one end of a scale to the other"


@pytest.mark.parametrize("light", LIGHTS)
def test_neighbours_touch_with_an_edge_between_them(light: str):
    for pixels in grounds_in(light)[1:4]:
        assert len(set(pixels)) > 2, "a ground between the ends is drawn, and not a tint"


def test_two_tints_that_only_colour_tells_apart_are_found_out():
    """So that the test above can fail: a red and a green of one lightness are one ground to those who see no red."""
    red, green = [(196, 78, 82)], [(112, 122, 60)]
    assert abs(lightness(seen(red, EYES["protanopia"])) - lightness(seen(green, EYES["protanopia"]))) < 8

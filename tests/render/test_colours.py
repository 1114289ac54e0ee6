"""Colours: measured as WCAG measures them, bent as the eye sees them, against published values and a real browser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.render import colours

COLOURS = st.from_regex("#[0-9a-f]{6}", fullmatch=True)


# The first two follow from the definition; the others are those by which WebAIM's and the W3C's examples are known.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#abcdef", "#abcdef", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#000000", 15.3),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert colours.contrast(other, one) == colours.contrast(one, other)


# Ottosson 2020, "Table of example XYZ and Oklab pairs".
@pytest.mark.parametrize(
    ("xyz", "lab"),
    [
        ((0.950, 1.000, 1.089), (1.000, 0.000, 0.000)),
        ((1.000, 0.000, 0.000), (0.450, 1.236, -0.019)),
        ((0.000, 1.000, 0.000), (0.922, -0.671, 0.263)),
        ((0.000, 0.000, 1.000), (0.153, -1.415, -0.449)),
    ],
)
def test_oklab_is_ottossons(xyz: colours.Three, lab: colours.Three):
    assert colours.oklab(xyz) == pytest.approx(lab, abs=0.001)


# CSS Color 4, the sRGB primaries in oklch().
@pytest.mark.parametrize(
    ("colour", "lch"),
    [
        ("#ff0000", (0.62796, 0.25768, 29.234)),
        ("#00ff00", (0.86644, 0.29483, 142.495)),
        ("#0000ff", (0.45201, 0.31321, 264.052)),
    ],
)
def test_oklch_is_that_of_css(colour: str, lch: colours.Three):
    assert colours.oklch(colour) == pytest.approx(lch, abs=0.001)


def test_a_browser_measures_the_same(browser: Browser):
    page = browser.new_page()
    for colour in ("#0f6b6b", "#7a2e4d", "#ffd400", "#fcf9f4", "#123456", "#808080"):
        said = page.evaluate(
            """colour => { const one = document.createElement("i"); document.body.append(one);
            one.style.color = `oklch(from ${colour} l c h)`; return getComputedStyle(one).color }""",
            colour,
        )
        theirs = [
            float(one) if one != "none" else 0.0 for one in said.removeprefix("oklch(").rstrip(")").split()
        ]
        ours = colours.oklch(colour)
        assert theirs[:2] == pytest.approx(ours[:2], abs=0.0005)
        # A hue is worth as much as there is chroma: of a colour that is nearly grey it is mostly rounding.
        assert ours[1] * abs(theirs[2] - ours[2]) < 0.01
    page.close()


@given(COLOURS)
def test_a_colour_comes_back_as_it_went(colour: str):
    assert colours.of_oklch(*colours.oklch(colour)) == colour


@given(COLOURS, COLOURS, st.booleans())
def test_what_is_bent_can_be_read_and_keeps_its_side(colour: str, ground: str, lighter: bool):
    found = colours.bent(colour, [ground], 4.5, lighter=lighter)
    if found is None:
        assert colours.contrast("#ffffff" if lighter else "#000000", ground) < 4.6
    else:
        assert colours.contrast(found, ground) >= 4.5
        assert found == colour or (colours.luminance(found) > colours.luminance(colour)) == lighter


def test_what_can_be_read_stays_as_it_is():
    assert colours.bent("#0f6b6b", ["#ffffff", "#fcf9f4"], 4.5, lighter=False) == "#0f6b6b"
    assert colours.bent("#ffd400", ["#ffffff"], 4.5, lighter=False) != "#ffd400"


def test_a_hue_that_no_screen_shows_loses_chroma_and_nothing_else():
    lightness, chroma, hue = colours.oklch(colours.of_oklch(0.7, 0.4, 150))
    assert (lightness, hue) == pytest.approx((0.7, 150), abs=0.6)
    assert 0.15 < chroma < 0.3

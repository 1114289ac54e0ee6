"""Whatever a brand says, what is shown can be read, by day and by night; or it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.brand import Brand
from builder.render import colours, palette

COLOURS = st.from_regex("#[0-9a-f]{6}", fullmatch=True)
OR_NONE = st.one_of(st.just(""), COLOURS)
TEXT = ("ink", "ink-soft", "accent-ink")
MARKS = ("accent-mark", "line-strong")


def grounds(shown: palette.Palette) -> list[str]:
    return [colour for name, colour in shown.items() if name.startswith(("paper", "tint-"))]


def faintest(shown: palette.Palette, names: tuple[str, ...]) -> float:
    return min(colours.faintest(shown[name], grounds(shown)) for name in names)


def test_the_themes_own_colours_are_better_than_they_must_be():
    for shown in (palette.by_day(Brand()), palette.by_night(Brand())):
        assert len(grounds(shown)) == 6
        assert faintest(shown, ("ink",)) >= palette.WELL
        assert faintest(shown, TEXT) >= palette.READ
        assert faintest(shown, MARKS) >= palette.SEEN
    assert palette.too_faint(Brand()) == ()


@given(accent=COLOURS, dark=OR_NONE)
def test_any_accent_can_be_read(accent: str, dark: str):
    brand = Brand(accent=accent, accent_dark=dark)
    assert palette.too_faint(brand) == ()
    for shown in (palette.by_day(brand), palette.by_night(brand)):
        assert faintest(shown, TEXT) >= palette.READ
        assert faintest(shown, MARKS) >= palette.SEEN


@given(st.builds(Brand, accent=COLOURS, paper=OR_NONE, paper_dark=OR_NONE, ink=OR_NONE, ink_dark=OR_NONE))
def test_what_cannot_be_read_is_told_and_what_is_told_of_can_be_mended(brand: Brand):
    told = [one for one in palette.too_faint(brand) if not one.readable]
    for ending, shown in (("", palette.by_day(brand)), ("_dark", palette.by_night(brand))):
        if not any(one.key.endswith("_dark") == bool(ending) for one in told):
            assert faintest(shown, TEXT) >= palette.READ
            assert faintest(shown, MARKS) >= palette.SEEN
    for _ in range(4):  # ink may be measured once the paper is right
        for one in palette.too_faint(brand):
            assert one.contrast < one.needed
            brand = replace(brand, **{one.key: one.nearest})  # type: ignore[arg-type]
    assert palette.too_faint(brand) == ()


@pytest.mark.parametrize("accent", ["#0f6b6b", "#7a2e4d", "#1b3a8c"])
def test_an_accent_that_can_be_read_is_shown_as_it_is(accent: str):
    assert palette.by_day(Brand(accent=accent))["accent-ink"] == accent
    light = palette.by_night(Brand(accent_dark="#9fd8d8"))
    assert (light["accent-ink"], light["accent-mark"]) == ("#9fd8d8", "#9fd8d8")


def test_paper_and_ink_are_shown_as_they_were_said_even_when_they_are_wrong():
    shown = palette.by_day(Brand(paper="#ffffff", ink="#888888"))
    assert (shown["paper"], shown["ink"]) == ("#ffffff", "#888888")


def test_surfaces_differ_on_the_blackest_paper_too():
    shown = palette.by_night(Brand(paper_dark="#000000"))
    assert len(set(grounds(shown))) == 6


def test_white_paper_has_no_hue_to_lend():
    red, green, blue = (
        int(palette.by_day(Brand(paper="#ffffff"))["paper-sunk"][at : at + 2], 16) for at in (1, 3, 5)
    )
    assert max(red, green, blue) - min(red, green, blue) <= 1

"""docs/components.html is what the templates make now, and can be looked at where it lies."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser

from builder.model.brand import Brand
from builder.render import palette
from tests import components
from tests.built import ROOT

AGREE = os.environ.get("YEARROUND_AGREE") == "1"


def test_golden_the_page_of_components_is_made_from_these_templates():
    page = components.page()
    if AGREE:
        components.PAGE.write_text(page, encoding="utf-8")
    assert components.PAGE.read_text(encoding="utf-8") == page, (
        "The templates have changed: run `make components` and look at docs/components.html in a browser."
    )


def test_it_shows_all_of_them_in_four_languages_by_day_and_by_night(browser: Browser):
    page = browser.new_page()
    page.goto(components.PAGE.as_uri())
    page.wait_for_function("[...document.querySelectorAll('iframe')].every(one => one.offsetHeight > 3000)")
    frames = [frame for frame in page.frames if frame != page.main_frame]
    assert len(frames) == 2 * len(components.LANGUAGES)
    grounds = set()
    for frame in frames:
        assert frame.locator(".component").count() == len(components.COMPONENTS)
        assert frame.locator(".component:not(:has(> :nth-child(2)))").count() == 0
        grounds.add(frame.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert frame.evaluate("getComputedStyle(document.querySelector('.masthead')).maxInlineSize") != "none"
    assert len(grounds) == 2
    assert {frame.evaluate("document.documentElement.dir") for frame in frames} == {"ltr", "rtl"}
    page.close()


BOXES = (".card--small", ".card--light", ".why", ".numbers", ".filter")
SMALL_PRINT = (".meta", ".kicker", ".card-summary")
STYLE = """([selectors, name]) => selectors.map(one => getComputedStyle(document.querySelector(one))[name])"""


def test_high_contrast_forced_colours_and_stillness_hold(browser: Browser, tmp_path: Path):
    inside = components.components("en")
    sheets = "".join(
        f'<link rel="stylesheet" href="{(ROOT / "templates" / "assets" / f"{name}.css").as_uri()}">'
        for name in components.SHEETS
    )
    brand = tmp_path / "brand.css"
    colours = palette.by_day(Brand())
    brand.write_text(":where(:root) {" + "".join(f"--{key}: {one};" for key, one in colours.items()) + "}")
    (tmp_path / "page.html").write_text(
        f'<!doctype html><html lang="en" dir="ltr">{sheets}<link rel="stylesheet" href="brand.css">{inside}'
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())

    def seen(selectors: tuple[str, ...], name: str) -> set[str]:
        return set(page.evaluate(STYLE, [list(selectors), name]))

    assert "rgb(0, 0, 0)" not in seen(SMALL_PRINT, "color")
    assert seen(BOXES, "borderBlockEndColor") == {"rgba(0, 0, 0, 0)"}
    page.emulate_media(contrast="more")
    assert seen(SMALL_PRINT, "color") == {"rgb(0, 0, 0)"}
    assert seen(BOXES, "backgroundColor") == {"rgb(255, 255, 255)"}
    assert seen(BOXES, "borderBlockEndColor") == {"rgb(0, 0, 0)"}
    page.emulate_media(contrast="no-preference", forced_colors="active")
    assert seen(BOXES, "borderBlockEndStyle") == {"solid"}
    assert "rgba(0, 0, 0, 0)" not in seen(BOXES, "borderBlockEndColor")
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    assert seen(("html",), "scrollBehavior") == {"smooth"}
    page.emulate_media(reduced_motion="reduce")
    assert seen(("html",), "scrollBehavior") == {"auto"}
    page.close()

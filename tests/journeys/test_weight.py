"""What a page weighs and how still it stands: bytes by kind of page, fonts, scripts, and what moves when they come late."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.built import html_pages, page_kind
from tests.journeys.test_browser import LANGUAGES, Visit, opened, see_all

HEAVIEST: Mapping[str, tuple[float, float]] = {
    "home": (48.5, 13.0),
    "story": (37.5, 11.0),
    "listing": (56.0, 15.0),
    "scorecard": (53.0, 12.8),
    "measure": (51.5, 14.2),
    "round": (50.0, 12.5),
    "other": (42.5, 11.6),
}
"""kB by kind of page: HTML with its styles and scripts, plain and as servers send them (gzip 6), a little above the heaviest.

That is a Greek one, whose letters are two bytes each: of our own newsletter in English home has 44.9 and 12.2, a story 33.3 and
9.8 in the middle. 3.2 of each say what fonts there are (letters.css). Styles come once for all pages. Whoever adds to a page
sees here what readers pay.
"""
FONTS = 100.0
SCRIPTS = 15.0
ASKED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"')
PHONES = (320, 360, 375, 390, 412, 430)


def weight(site: Path, address: str) -> tuple[float, float]:
    """kB of a page with its styles and scripts: plain, and packed."""
    html = (site / address).read_text()
    asked = (style or script for style, script in ASKED.findall(html))
    files = [address, *(normpath(join(dirname(address), one)) for one in asked)]
    parts = [(site / one).read_bytes() for one in files]
    return sum(map(len, parts)) / 1000, sum(len(gzip.compress(one, 6)) for one in parts) / 1000


def heaviest(site: Path) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for address in html_pages(site):
        kind = page_kind((site / address).read_text()).split(" ")[0]
        if kind not in ("", "404"):  # the page for what is not there names its sheets from the root
            name = kind if kind in HEAVIEST else "other"
            plain, packed = weight(site, address)
            before = found.get(name, (0.0, 0.0))
            found[name] = (max(before[0], plain), max(before[1], packed))
    return found


def test_no_kind_of_page_grows_unseen(small: Path):
    found = heaviest(small / "site")
    assert set(found) == set(HEAVIEST)
    over = {
        kind: (found[kind], most)
        for kind, most in HEAVIEST.items()
        if found[kind][0] > most[0] or found[kind][1] > most[1]
    }
    assert over == {}


def test_a_page_brings_few_fonts_and_little_script(visits: dict[str, Visit]):
    over: list[str] = []
    for address, visit in visits.items():
        letters = sum(map(size, visit.fonts))
        scripts = sum(map(size, visit.scripts))
        if letters > FONTS or scripts > SCRIPTS:
            over.append(f"{address}: {letters:.1f} kB of fonts, {scripts:.1f} kB of scripts")
    assert over == []
    # Of letters for the names of four languages.
    assert max(len(visit.fonts) for visit in visits.values()) >= 3
    assert any(visit.scripts for visit in visits.values())


def size(url: str) -> float:
    return Path(url.removeprefix("file://")).stat().st_size / 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_begins_where_it_will_stay_whatever_fonts_are_there_yet(
    language: str, browser: Browser, small: Path
):
    """The masthead of a phone has its rows whether the words in it are set in our fonts or in what stands in for them."""
    address = (small / "site" / language / "heroes" / "index.html").as_uri()
    with opened(browser) as page, opened(browser) as bare:
        bare.route("**/*.woff2", lambda route: route.abort())
        page.goto(address)
        see_all(page)
        bare.goto(address)
        for width in PHONES:
            tops = []
            for one in (page, bare):
                one.set_viewport_size({"width": width, "height": 800})
                tops.append(one.locator("main").bounding_box())
            assert tops[0] is not None
            assert tops[1] is not None
            assert (width, tops[0]["y"]) == (width, tops[1]["y"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filter_is_as_high_before_its_script_as_after(language: str, browser: Browser, small: Path):
    address = (small / "site" / language / "stories" / "index.html").as_uri()
    with opened(browser) as page, opened(browser, java_script_enabled=False) as before:
        page.goto(address)
        page.locator(".filter select").first.wait_for()
        before.goto(address)
        for width in (320, 390, 768, 1280):
            heights = []
            for one in (page, before):
                one.set_viewport_size({"width": width, "height": 800})
                heights.append(one.locator(".filter").evaluate("one => one.getBoundingClientRect().height"))
            assert heights[0] == pytest.approx(heights[1], abs=0.5), width


@pytest.mark.parametrize(("light", "dark"), [("light", False), ("dark", True)])
def test_nobody_is_dazzled_while_the_styles_are_on_their_way(
    light: Literal["light", "dark"], dark: bool, browser: Browser, small: Path
):
    """A page is in the light of the reader's machine without any style sheet, and with them."""
    address = (small / "site" / "en" / "index.html").as_uri()
    with opened(browser, color_scheme=light, viewport={"width": 390, "height": 844}) as page:
        page.route("**/*.css", lambda route: route.abort())
        page.goto(address)
        assert page.locator(".masthead").evaluate("one => getComputedStyle(one).paddingInlineStart") == "0px"
        assert is_dark(page) is dark
        page.unroute_all()
        page.goto(address)
        see_all(page)
        assert is_dark(page) is dark


def is_dark(page: Page) -> bool:
    """Whether more of what is on the screen is darker than half grey than is lighter."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        shades = picture.convert("L").histogram()
    return sum(shades[:128]) > sum(shades[128:])

"""Pictures as readers get them: no larger than they are shown, in a room that was kept for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route
from selectolax.lexbor import LexborHTMLParser

from tests.built import html_pages
from tests.newsroom import Newsroom, newsroom, picture

PAGES = (
    "en/index.html",
    "en/stories/index.html",
    "en/editions/2026-w11.html",
    "en/perspectives/index.html",
    "en/stories/night.html",
)
COMPLETE = "() => [...document.images].every(one => one.complete)"
DRESSED = """() => document.readyState != "loading" && document.images.length
    && [...document.querySelectorAll("link[rel=stylesheet]")].every(one => one.sheet)"""
BOXES = """() => [...document.images].map(one => one.getBoundingClientRect())
    .map(box => [box.x, box.y, box.width, box.height].map(Math.round))"""
SHOWN = """() => [...document.images].filter(one => one.getBoundingClientRect().width).map(one => {
    const box = one.getBoundingClientRect(), share = one.getAttribute("width") / one.getAttribute("height")
    const cut = getComputedStyle(one).objectFit == "cover"
    return [one.currentSrc.split("/").pop(), cut ? Math.max(box.width, box.height * share) : box.width]
})"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """An edition of seven stories with large pictures, and one whose text has a large picture and a small one in it."""
    room = newsroom(tmp_path_factory.mktemp("pictures"))
    names = ("night", "day", "tea", "ward", "lamp", "door", "gull")
    for number, name in enumerate(names):
        room.write(f"2026/{name}.jpg", picture(f"hsl({number * 50}, 40%, 50%)", size=(1700, 1100)))
        room.story(
            name,
            picture={"file": f"{name}.jpg", "alt": f"A picture of {name}"},
            perspective="front-line",
            kind="heroic",
        )
    room.write("2026/small.jpg", picture("gold", size=(120, 80)))
    room.story(
        "night",
        "First words.\n\n![A wide one](day.jpg)\n\nMore words.\n\n![A small one](small.jpg)\n\nThe last words.",
        picture={"file": "night.jpg", "decoration": True},
        perspective="front-line",
        kind="heroic",
    )
    room.edition("2026-w11", stories=list(names))
    ran = room.build()
    assert ran.code == 0, ran.err
    return room


def the_pages(room: Newsroom, pages: tuple[str, ...] = PAGES) -> Iterator[tuple[str, str]]:
    for address in pages:
        assert (room.site / address).is_file(), address
        yield address, (room.site / address).as_uri()


def widths_of(room: Newsroom) -> dict[str, int]:
    found = {}
    for file in room.site.glob("pictures/*"):
        with Image.open(file) as opened:
            found[file.name] = opened.width
    return found


@pytest.mark.parametrize("density", [1, 2, 3])
@pytest.mark.parametrize("width", [320, 390, 700, 1280, 1900])
def test_a_browser_takes_no_more_of_a_picture_than_it_shows(
    room: Newsroom, browser: Browser, width: int, density: int
):
    steps = widths_of(room)
    wrong = []
    for address, url in the_pages(room):
        # A fresh one each time: what a browser holds already it takes rather than fetch a smaller one.
        page = browser.new_page(viewport={"width": width, "height": 9000}, device_scale_factor=density)
        page.goto(url)
        page.wait_for_function(COMPLETE)
        shown = page.evaluate(SHOWN)
        assert shown, address
        for name, wide in shown:
            taken, needed = steps[name], wide * density
            assert name.endswith(".webp")
            too_little = taken < 0.7 * needed and taken < 1600 and name != _small(steps)
            too_much = taken > 400 and taken > 2.6 * needed
            if too_little or too_much:
                wrong.append(f"{address}: {taken} pixels for {needed:.0f}")
        page.close()
    assert wrong == []


def _small(steps: dict[str, int]) -> str:
    return next(name for name, width in steps.items() if width == 120 and name.endswith(".webp"))


def test_a_stamp_on_a_plain_phone_is_the_smallest_file(room: Newsroom, browser: Browser):
    steps = widths_of(room)
    page = browser.new_page(viewport={"width": 390, "height": 9000})
    page.goto((room.site / "en/stories/index.html").as_uri())
    page.wait_for_function(COMPLETE)
    assert {steps[name] for name, _ in page.evaluate(SHOWN)} == {400}
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_a_picture_comes(room: Newsroom, browser: Browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 9000})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/pictures/*", hold)
    for address, url in the_pages(room):
        held.clear()
        page.goto(url, wait_until="commit")
        page.wait_for_function(DRESSED)
        page.evaluate("() => document.fonts.ready.then(() => 0)")
        before = page.evaluate(BOXES)
        _let_go(page, held)
        # Each width has a whole number of pixels of height, so it may be a line of them taller or shorter than the widest.
        after = page.evaluate(BOXES)
        assert [one for one in zip(before, after, strict=True) if not _same(*one)] == [], address
        assert all(box[2] and box[3] for box in before), address
    page.close()


def _same(before: list[int], after: list[int]) -> bool:
    return all(abs(one - other) <= 1 for one, other in zip(before, after, strict=True))


def _let_go(page: Page, held: list[Route]) -> None:
    while held or not page.evaluate(COMPLETE):
        while held:
            held.pop().continue_()
        page.wait_for_timeout(20)


def test_a_small_picture_is_not_blown_up_in_a_text(room: Newsroom, browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 9000})
    page.goto((room.site / "en/stories/night.html").as_uri())
    page.wait_for_function(COMPLETE)
    wide, small = [page.locator(".prose img").nth(one).bounding_box() for one in (0, 1)]
    assert wide is not None
    assert small is not None
    assert (small["width"], small["height"]) == (120, 80)
    assert 500 < wide["width"] < 650
    page.close()


def test_a_browser_that_knows_no_webp_gets_the_jpeg(room: Newsroom, browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 9000})
    page.goto((room.site / "en/stories/night.html").as_uri())
    page.evaluate("() => document.querySelectorAll('source').forEach(one => { one.type = 'image/none' })")
    page.wait_for_function(
        "() => [...document.images].every(one => one.complete && one.naturalWidth && one.currentSrc.endsWith('.jpg'))"
    )
    page.close()


def test_every_picture_has_its_room_and_its_words_and_only_what_a_page_begins_with_comes_first(
    room: Newsroom,
):
    seen = 0
    for address in html_pages(room.site):
        tree = LexborHTMLParser((room.site / address).read_text("utf-8"))
        images: list[dict[str, Any]] = [dict(node.attributes) for node in tree.css("img")]
        seen += len(images)
        for image in images:
            assert image["width"].isdigit(), address
            assert image["height"].isdigit(), address
            assert image["decoding"] == "async", address
            assert "alt" in image, address
            first = image.get("fetchpriority") == "high"
            assert first is ("loading" not in image), address
            assert first or image["loading"] == "lazy", address
        assert sum("fetchpriority" in image for image in images) <= 1, address
        assert len(tree.css("picture > source + img")) == len(images), address
    assert seen > 20


def test_what_only_decorates_is_passed_over_and_the_rest_is_not(room: Newsroom):
    tree = LexborHTMLParser((room.site / "en/stories/night.html").read_text("utf-8"))
    alts = [node.attributes["alt"] or "" for node in tree.css("main article > figure img, .prose img")]
    assert alts == ["", "A wide one", "A small one"]


def test_the_feed_names_every_file_of_a_picture_with_its_whole_address(tmp_path: Path):
    room = newsroom(tmp_path)
    room.settings(base_url="https://light.example/")
    room.write("2026/wide.jpg", picture(size=(1700, 1100)))
    room.story("night", "![A wide one](wide.jpg)")
    assert room.build().code == 0
    feed = (room.site / "en/feed.xml").read_text("utf-8")
    assert feed.count("https://light.example/pictures/") == feed.count("pictures/") == 5

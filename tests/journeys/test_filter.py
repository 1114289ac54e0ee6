"""A reader looks for a story: with the keyboard, with the mouse, without a script, from a disk and from a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.test_browser import Watch, opened


def focused(page: Page) -> str:
    """What has the keyboard, in the words a reader would call it by."""
    return str(
        page.evaluate(
            "() => { const one = document.activeElement; return (one.labels?.[0] ?? one).textContent.trim() }"
        )
    )


def tab_to(page: Page, words: str, most: int = 80) -> None:
    """Press Tab until `words` have the keyboard; what has it must be seen to have it all the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const one = document.activeElement, card = one.closest(".card");
                const ring = [one, card].some(some => some && getComputedStyle(some).outlineStyle !== "none");
                return ring && one.getClientRects().length > 0 }"""
        )
        assert seen, f"nobody sees that {focused(page)!r} has the keyboard"
        if focused(page) == words:
            return
    raise AssertionError(f"Tab never came to {words!r}")


def titles(page: Page) -> list[str]:
    return [one.strip() for one in page.locator(".card:visible .card-title a").all_inner_texts()]


def test_by_keyboard_alone_from_home_to_a_story_in_another_language(
    browser: Browser, small: Path, served: str
):
    with opened(browser, viewport={"width": 1280, "height": 900}) as page:
        watch = Watch(page)
        page.goto(served + "en/index.html")
        tab_to(page, "Stories")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/stories/index.html")
        tab_to(page, "Kind")
        page.keyboard.type("Above")
        page.wait_for_url("**/stories/index.html?kinds=heroic")
        assert "found" in page.locator("[role=status]").inner_text()
        found = titles(page)
        assert "The pharmacy that stayed open eleven minutes" in found
        tab_to(page, "The pharmacy that stayed open eleven minutes")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/stories/eleven-minutes.html")
        page.go_back()
        page.wait_for_url("**/stories/index.html?kinds=heroic")
        page.locator(".found .card").first.wait_for()
        assert titles(page) == found
        page.goto(served + "en/stories/eleven-minutes.html")
        tab_to(page, "فارسی")
        page.keyboard.press("Enter")
        page.wait_for_url("**/fa/stories/eleven-minutes.html")
        assert watch.wrong == []


@pytest.mark.parametrize("place", ["file", "http"])
def test_what_is_chosen_stands_in_the_address_and_can_be_taken_back(
    place: str, browser: Browser, small: Path, served: str
):
    base = (small / "site").as_uri() + "/" if place == "file" else served
    with opened(browser) as page:
        watch = Watch(page)
        page.goto(base + "en/stories/index.html")
        everything = titles(page)
        page.get_by_label("Team", exact=True).select_option(label="Catering")
        page.locator(".found .card").first.wait_for()
        catering = titles(page)
        assert 0 < len(catering) < len(everything)
        assert page.url.endswith("?teams=kitchen")
        kind = page.locator("#filter-kinds option:not([disabled])").nth(1).get_attribute("value")
        page.get_by_label("Kind", exact=True).select_option(kind)
        assert page.url.endswith(f"?teams=kitchen&kinds={kind}")
        assert set(titles(page)) < set(catering)
        assert page.locator("[role=status]").inner_text().startswith(str(len(titles(page))))
        page.go_back()
        assert titles(page) == catering
        assert page.get_by_label("Kind", exact=True).input_value() == ""
        page.get_by_role("button", name="Show all stories").click()
        assert page.url == base + "en/stories/index.html"
        assert titles(page) == everything
        assert watch.wrong == []


def test_a_choice_that_was_sent_on_opens_as_it_was_in_either_language(browser: Browser, small: Path):
    base = (small / "site").as_uri()
    with opened(browser) as page:
        page.goto(f"{base}/en/stories/index.html?teams=kitchen&years=2026")
        page.locator(".found .card").first.wait_for()
        count = len(titles(page))
        page.locator(".languages a[hreflang=fa]").click()
        page.wait_for_url("**/fa/stories/index.html?teams=kitchen&years=2026")
        page.locator(".found .card").first.wait_for()
        assert len(titles(page)) == count
        assert page.locator("[role=status]").inner_text().translate(
            str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
        ) == (f"{count} داستان پیدا شد")
        page.goto(f"{base}/en/stories/index.html?teams=nobody&nonsense=<b>")
        assert page.locator(".found").is_hidden()


def test_what_no_story_would_be_left_for_cannot_be_chosen(browser: Browser, small: Path):
    with opened(browser) as page:
        page.goto((small / "site" / "en" / "stories" / "index.html").as_uri() + "?teams=kitchen")
        page.locator(".found .card").first.wait_for()
        options = page.locator("#filter-kinds option:not([disabled])")
        for value in options.evaluate_all("all => all.map(one => one.value)"):
            page.get_by_label("Kind", exact=True).select_option(value)
            assert titles(page)
        assert page.locator("#filter-kinds option[disabled]").count() > 0


def test_without_the_script_that_holds_the_stories_the_links_are_back(browser: Browser, small: Path):
    with opened(browser) as page:
        page.route("**/filter.js", lambda route: route.abort())
        page.goto((small / "site" / "en" / "stories" / "index.html").as_uri())
        page.get_by_label("Team", exact=True).select_option(label="Catering")
        page.get_by_text("The stories could not be loaded").wait_for()
        assert titles(page)
        page.locator(".filter summary", has_text="Team").click()
        page.locator(".filter a", has_text="Catering").click()
        page.wait_for_url("**/en/teams/kitchen.html")


def test_without_any_script_every_choice_is_a_link(browser: Browser, small: Path):
    with opened(browser, java_script_enabled=False) as page:
        page.goto((small / "site" / "el" / "stories" / "index.html").as_uri())
        page.locator(".filter summary").first.click()
        assert page.locator(".filter-way[open] a").first.is_visible()
        assert page.locator(".filter select").count() == 0


def test_the_script_is_small_and_comes_where_it_is_of_use(small: Path):
    [script] = (small / "site" / "assets").glob("find.*.js")
    assert script.stat().st_size < 15_000
    using = [one for one in (small / "site").rglob("*.html") if b"<script" in one.read_bytes()]
    assert {one.relative_to(small / "site").as_posix() for one in using} == {
        f"{language}/stories/index.html" for language in ("en", "fa", "el", "ms")
    }

"""Every mail of our own newsroom in Chromium: on a telephone and in a window, by day and in the dark, and Persian beside English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.test_browser import AXE, FINDINGS, OVERFLOW, STRICT, opened
from tests.quality import tools
from tests.quality.mails import Mail, pairs

LANGUAGES = {"en": "ltr", "fa": "rtl", "el": "ltr", "ms": "ltr"}
WIDTHS = (360, 700)
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A mail is shown inside another page, which brings the landmarks. Every other rule holds.
WHOLE = {**STRICT, "rules": {"landmark-one-main": {"enabled": False}, "region": {"enabled": False}}}
# What another light or width may change; the rest is looked at once.
AGAIN = {
    **STRICT,
    "runOnly": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
}
BLOCKS = (tools.HERE / "mirror.js").read_text()
CLOSE = 2
"""Pixels by which two edges may differ and still be the same: a script's first letter may stand a little out."""

ABOUT = """() => {
    const seen = [...document.querySelectorAll("body *")].filter(one => one.getClientRects().length &&
        [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
    return {
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        inner: getComputedStyle(document.querySelector("h1").closest("[dir]:not(html)") ?? document.head).direction,
        innerDir: document.querySelector("h1").closest("[dir]:not(html):not(body)")?.getAttribute("dir") ?? "",
        title: document.title,
        h1: document.querySelectorAll("h1").length,
        tables: [...document.querySelectorAll("table")].filter(one => one.getAttribute("role") !== "presentation" && !one.querySelector("th")).length,
        small: [...new Set(seen.map(one => parseFloat(getComputedStyle(one).fontSize)).filter(size => size < 14))],
        noAlt: document.querySelectorAll("img:not([alt])").length,
        unsized: [...document.querySelectorAll("img")].filter(one => !one.getAttribute("width") || !one.style.width).length,
    }
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_is_hard_to_get_at_for_anyone(language: str, mails: tuple[Mail, ...], browser: Browser):
    found: list[str] = []
    some = [mail for mail in mails if mail.lang == language]
    with opened(browser, reduced_motion="reduce") as page:
        for mail in some:
            page.set_content(mail.alone)
            page.evaluate(AXE)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                for light in LIGHTS:
                    page.emulate_media(color_scheme=light)
                    first = (width, light) == (WIDTHS[0], LIGHTS[0])
                    faults = page.evaluate(FINDINGS, WHOLE if first else AGAIN)
                    found += [f"{mail.name} at {width} px, {light}: {one}" for one in faults]
    assert found == []
    assert len(some) >= 12


def test_every_mail_says_what_a_screen_reader_asks_and_nothing_is_small(
    mails: tuple[Mail, ...], browser: Browser
):
    wrong: dict[str, Any] = {}
    with opened(browser, viewport={"width": 360, "height": 900}) as page:
        for mail in mails:
            page.set_content(mail.alone)
            told = page.evaluate(ABOUT)
            direction = LANGUAGES[mail.lang]
            # The direction once more within: Gmail keeps nothing of <html> and <body>.
            expected = {
                "lang": mail.lang,
                "dir": direction,
                "inner": direction,
                "innerDir": direction,
                "title": mail.subject,
                "h1": 1,
                "tables": 0,
                "small": [],
                "noAlt": 0,
                "unsized": 0,
            }
            if told != expected:
                wrong[mail.name] = {name: value for name, value in told.items() if value != expected[name]}
    assert wrong == {}


def test_no_mail_is_wider_than_a_telephone_or_asks_anybody(mails: tuple[Mail, ...], browser: Browser):
    wide: list[str] = []
    asked: list[str] = []
    with opened(browser) as page:
        page.on("request", lambda one: asked.append(one.url) if not one.url.startswith("data:") else None)
        for mail in mails:
            page.set_content(mail.alone)
            for width in (320, *WIDTHS):
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate(OVERFLOW):
                    wide.append(f"{mail.name} at {width} px")
    assert wide == []
    assert asked == []


def test_what_is_hard_to_see_is_seen(mails: tuple[Mail, ...], browser: Browser):
    faint = re.sub(r'(<h1\b[^<>]*style=")', r"\1color:#ddd!important;", mails[0].alone, count=1)
    assert faint != mails[0].alone
    with opened(browser) as page:
        page.set_content(faint)
        page.evaluate(AXE)
        assert any(one.startswith("color-contrast: ") for one in page.evaluate(FINDINGS, WHOLE))


def blocks(page: Page, html: str, width: int) -> list[dict[str, Any]]:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(html)
    found: list[dict[str, Any]] = page.evaluate(BLOCKS)
    return found


def unlike(english: Sequence[Mapping[str, Any]], persian: Sequence[Mapping[str, Any]]) -> list[str]:
    """Where the Persian mail is not the English one in a mirror: other blocks, another order, or an edge in another place."""
    kinds = [[one["what"] for one in blocks] for blocks in (english, persian)]
    if kinds[0] != kinds[1]:
        return [f"blocks: {kinds[0]} and {kinds[1]}"]
    found: list[str] = []
    for one, other in zip(english, persian, strict=True):
        where = f"'{one['words']}' and '{other['words']}'"
        # A story that one of them tells in a language of its own goes the way of that language in both.
        own = not one["foreign"] and not other["foreign"]
        edges: list[tuple[int, ...]] = [(one["left"], one["right"]), (other["right"], other["left"])]
        if one["what"] == "button":
            # It is as wide as its label, so only the side at which it begins can be the same.
            edges = [edge[:1] if own else () for edge in edges]
        if any(abs(a - b) > CLOSE for a, b in zip(*edges, strict=True)):
            found.append(f"{where}: {edges[0]} from where a line begins and ends, and {edges[1]}")
        starts = {line["far"] for line in (*one["lines"], *other["lines"])}
        if starts and max(starts) - min(starts) > CLOSE:
            found.append(f"{where}: lines begin {sorted(starts)} within")
        sides = [{line["side"] for line in block["lines"]} for block in (one, other)]
        if own and any(sides) and sides != [{"left"}, {"right"}]:
            found.append(f"{where}: lines begin on the {sides[0]} and the {sides[1]}")
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_the_persian_mail_is_the_english_one_in_a_mirror(
    width: int, mails: tuple[Mail, ...], browser: Browser
):
    wrong: dict[str, list[str]] = {}
    mirrored = 0
    with opened(browser, reduced_motion="reduce") as page:
        for english, persian in pairs(mails, "en", "fa"):
            left, right = (blocks(page, mail.alone, width) for mail in (english, persian))
            faults = unlike(left, right)
            mirrored += sum(
                not one["foreign"] and not other["foreign"] for one, other in zip(left, right, strict=False)
            )
            if faults:
                wrong[english.edition] = faults
    assert wrong == {}
    # Enough of them are in the mail's own language, or this would say little.
    assert mirrored > 100


def test_the_mirror_shows_a_block_that_is_turned_the_wrong_way_or_out_of_its_place(
    mails: tuple[Mail, ...], browser: Browser
):
    english, persian = next(pairs(mails, "en", "fa"))
    with opened(browser) as page:
        one = blocks(page, english.alone, 700)
        turned = re.sub(r'(<h1\b[^<>]*style=")', r"\1text-align:left;", persian.alone, count=1)
        assert turned != persian.alone
        assert any("begin on the" in fault for fault in unlike(one, blocks(page, turned, 700)))
        moved = re.sub(r'(<h1\b[^<>]*style=")', r"\1padding-right:9px;", persian.alone, count=1)
        assert any("within" in fault for fault in unlike(one, blocks(page, moved, 700)))
        other = blocks(page, persian.alone, 700)
        heading = next(number for number, block in enumerate(other) if block["what"] == "h2")
        other.insert(0, other.pop(heading))
        assert any(fault.startswith("blocks:") for fault in unlike(one, other))

"""Every kind of page, in every language, width and light; and what `make test` sees a fair part of."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.built import ROOT, build, copy_newsroom
from tests.journeys.test_browser import (
    LANGUAGES,
    OVERFLOW,
    PLAIN,
    STRICT,
    Watch,
    both_ways,
    foreign_fonts,
    in_a_row,
    in_every_light,
    kinds,
    opened,
    read_twice,
    sample,
    see_all,
)
from tests.journeys.test_harbour_light import YEAR_END


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_hard_to_get_at_for_anyone_or_drawn_by_fonts_of_the_machine(
    language: str, browser: Browser, small: Path
):
    found: list[str] = []
    seen = 0
    with opened(browser, reduced_motion="reduce") as page:
        for (lang, _), address in kinds(small / "site").items():
            if lang == language:
                page.goto((small / "site" / address).as_uri())
                see_all(page)
                found += [f"{address}: {one}" for one in foreign_fonts(page)]
                found += in_every_light(page, (320, 1280), STRICT, address)
                seen += 1
    assert found == []
    assert seen > 20


def test_every_page_reads_the_same_without_javascript(browser: Browser, small: Path):
    plain = [address for (_, kind), address in kinds(small / "site").items() if kind in PLAIN]
    with_scripts, without = read_twice(browser, small / "site", plain)
    assert with_scripts == without
    assert all(len(text) > 20 for text in with_scripts.values())


def test_no_page_of_the_harbour_light_that_others_leave_out_is_hard_to_get_at(
    browser: Browser, tmp_path: Path
):
    """Those in languages whose turn it is not in `make test`; it sees the others."""
    site = build(copy_newsroom(ROOT, tmp_path / "light"), YEAR_END) / "site"
    found: list[str] = []
    seen = in_a_row(both_ways(site))
    left = [address for address in sample(site) if address not in seen]
    assert len(left) > 20
    with opened(browser, reduced_motion="reduce") as page:
        watch = Watch(page)
        for address in left:
            page.set_viewport_size({"width": 320, "height": 900})
            found += watch.findings((site / address).as_uri(), site.as_uri())
            if page.evaluate(OVERFLOW):
                found.append(f"{address}: wider than a phone")
            found += in_every_light(page, (320, 1280), STRICT, address, ("light",))
    assert found == []

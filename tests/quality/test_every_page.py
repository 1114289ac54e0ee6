"""Every kind of page, in every language, width and light."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.built import SMALL, build, copy_newsroom
from tests.journeys.test_browser import LANGUAGES, STRICT, in_every_light, kinds, opened, see_all


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(copy_newsroom(SMALL, tmp_path_factory.mktemp("every") / "small")) / "site"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_hard_to_get_at_for_anyone(language: str, browser: Browser, site: Path):
    found: list[str] = []
    seen = 0
    with opened(browser, reduced_motion="reduce") as page:
        for (lang, _), address in kinds(site).items():
            if lang == language:
                page.goto((site / address).as_uri())
                see_all(page)
                found += in_every_light(page, (320, 1280), STRICT, address)
                seen += 1
    assert found == []
    assert seen > 20

"""Tests the tests' own browser: found where it should be, and drawing Persian."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import NoBrowser, find


def test_a_page_in_persian_opens(browser: Browser):
    page = browser.new_page(locale="fa-IR")
    page.set_content("<html lang=fa dir=rtl><title>هفته</title><p>سپاس</p>")
    assert page.title() == "هفته"
    assert page.locator("p").evaluate("p => getComputedStyle(p).direction") == "rtl"
    page.close()


def test_the_browser_asked_for_is_taken_and_a_wrong_one_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YEARROUND_CHROMIUM", "/bin/sh")
    assert find() == "/bin/sh"
    monkeypatch.setenv("YEARROUND_CHROMIUM", "/no/such/browser")
    with pytest.raises(NoBrowser, match="'/no/such/browser'"):
        find()


def test_where_none_can_be_had_the_words_say_how_to_get_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("YEARROUND_CHROMIUM", raising=False)
    for source in ("on_the_system", "from_debian", "from_playwright"):
        monkeypatch.setattr(f"tests.browser.{source}", lambda: None)
    with pytest.raises(NoBrowser, match="apt install chromium-headless-shell"):
        find()

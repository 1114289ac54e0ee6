"""The scorecard on paper: one sheet, in a real browser, and nobody fetched anything for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.deliver import chromium
from tests import browser as browsers
from tests.built import ROOT
from tests.newsroom import Newsroom

NOW = "2026-11-20T09:00"


def newsroom_with(folder: Path, measures: int, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """The demo's settings and people with so many of its measures, told apart by their names."""
    monkeypatch.setenv(chromium.ASKED_FOR, browsers.find())
    stories = folder / "stories"
    (stories / "metrics").mkdir(parents=True)
    for name in ("newsletter.yaml", "teams.yaml", "people.yaml"):
        shutil.copy(ROOT / "stories" / name, stories / name)
    theirs = sorted((ROOT / "stories" / "metrics").glob("*.yaml"))
    for place in range(measures):
        source = theirs[place % len(theirs)]
        shutil.copy(source, stories / "metrics" / f"{source.stem}-{place}.yaml")
        if "pair:" in source.read_text("utf-8"):
            text = (stories / "metrics" / f"{source.stem}-{place}.yaml").read_text("utf-8")
            text = re.sub(r"^pair:.*\n", "", text, flags=re.MULTILINE)
            (stories / "metrics" / f"{source.stem}-{place}.yaml").write_text(text, "utf-8")
    return Newsroom(folder)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("measures", [0, 8, 12, 16, 20, 40])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_it_is_one_sheet_and_every_field_is_whole(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch, measures: int, language: str
):
    room = newsroom_with(tmp_path, measures, monkeypatch)
    ran = room.run("print", "scorecard", "--lang", language, now=NOW)
    assert ran.code == 0, ran.out
    assert pages((room.outbox / f"scorecard-{language}.pdf").read_bytes()) == 1
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((room.outbox / f"scorecard-{language}.html").as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.emulate_media(media="print")
    assert pages(page.pdf(prefer_css_page_size=True)) == 1
    assert page.evaluate("document.fonts.check('12px Inter')")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.field')].map(one => {"
        " const box = one.getBoundingClientRect(); return [box.width, box.height, one.scrollHeight - one.clientHeight, box.bottom]})"
    )
    assert len(sizes) == min(measures, 32)
    if sizes:
        # A hundredth of a pixel is lost where a field begins.
        assert {round(width) for width, *_ in sizes} == {round(sizes[0][0])}
        assert max(height for _, height, *_ in sizes) - min(height for _, height, *_ in sizes) < 1
        assert [over for _, _, over, _ in sizes if over > 1] == []
        foot = page.evaluate("document.querySelector('.sheet-foot').getBoundingClientRect().top")
        assert max(bottom for *_, bottom in sizes) <= foot
    assert page.locator(".more").count() == (2 if measures > 32 else 0)
    page.close()


def test_the_digest_leaves_the_sheet_and_the_sheet_leaves_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(chromium.ASKED_FOR, browsers.find())
    shutil.copytree(ROOT / "tests" / "newsrooms" / "small", tmp_path / "small")
    room = Newsroom(tmp_path / "small")
    room.run("digest", now=NOW)
    mails = {path.name: path.read_bytes() for path in room.outbox.glob("2026*")}
    assert mails
    for language in ("en", "fa"):
        assert room.run("print", "scorecard", "--lang", language, now=NOW).code == 0
    sheets = {path.name: path.read_bytes() for path in room.outbox.glob("scorecard*")}
    assert sheets.keys() == {f"scorecard-{one}.{kind}" for one in ("en", "fa") for kind in ("html", "pdf")}
    assert {path.name: path.read_bytes() for path in room.outbox.glob("2026*")} == mails
    assert room.run("digest", now=NOW).code == 0
    assert {path.name: path.read_bytes() for path in room.outbox.glob("scorecard*")} == sheets
    assert not (room.folder / ".yearround" / "found").exists()
    first = sheets["scorecard-fa.html"]
    assert room.run("print", "scorecard", "--lang", "fa", now=NOW).code == 0
    assert (room.outbox / "scorecard-fa.html").read_bytes() == first


def test_where_no_browser_is_it_says_so_and_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    room = newsroom_with(tmp_path, 2, monkeypatch)
    monkeypatch.setenv(chromium.ASKED_FOR, "no-such-browser")
    ran = room.run("print", "scorecard", now=NOW)
    assert ran.code == 0
    assert "there is no PDF: print the page from a browser" in ran.out
    assert [path.name for path in room.outbox.glob("scorecard*")] == ["scorecard-en.html"]


def test_a_browser_that_fails_is_said_and_the_page_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    room = newsroom_with(tmp_path, 2, monkeypatch)
    monkeypatch.setenv(chromium.ASKED_FOR, "false")
    ran = room.run("print", "scorecard", now=NOW)
    assert ran.code == 0
    assert "made no PDF (it ended with 1): print the page" in ran.out
    assert [path.name for path in room.outbox.glob("scorecard*")] == ["scorecard-en.html"]


def test_a_language_that_the_newsletter_has_not_is_a_problem_with_a_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    room = newsroom_with(tmp_path, 2, monkeypatch)
    ran = room.run("print", "scorecard", "--lang", "fr", now=NOW)
    assert ran.code == 1
    assert "The newsletter has no pages in `fr`" in ran.err
    assert list(room.outbox.glob("scorecard*")) == []

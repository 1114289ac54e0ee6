"""An editor looks at an edition before it goes, with `yearround digest --preview`: a real process, a real browser, real saves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.newsroom import NOW, Newsroom, newsroom, picture
from tests.serving import PATIENCE, Served, serving

EDITION = "editions/2026-w11.md"
PREVIEW = ("digest", "--preview")
AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
# The mails inside are looked over where mails are; in this page no script runs in them, axe's neither.
FINDINGS = """async () => (await axe.run(document, {preload: false, iframes: false})).violations.map(
    rule => rule.id + ": " + rule.nodes.map(node => node.target.join(" ")).join(", "))"""
LANGUAGES = {"fa": "فارسی", "el": "Ελληνικά", "ms": "Melayu", "en": "English"}


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A newsroom with an edition of one story, which has a picture, and one that is a draft."""
    made = newsroom(tmp_path / "room")
    made.write("2026/ward.jpg", picture(size=(640, 480)))
    made.story("night", "Words.", title="A night", picture={"file": "ward.jpg", "alt": "A ward at night"})
    made.edition(
        "2026-w11",
        "The window opened.",
        subject="The window",
        preheader="And who",
        date="2026-03-12",
        stories=["night"],
    )
    return made


@contextmanager
def looking(browser: Browser, served: Served, state: str = "") -> Iterator[Page]:
    """The page, which listens already; what it asked of others, or complained of, is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    wrong: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text))
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.on(
            "request",
            lambda asked: (
                wrong.append(asked.url) if urlsplit(asked.url).hostname not in ("127.0.0.1", None) else None
            ),
        )
        with page.expect_request("**/_yearround/events?*"):
            page.goto(f"{served.address}#{state}")
        yield page
        assert wrong == []
    finally:
        context.close()


def saved(room: Newsroom, old: str, new: str, path: str = EDITION) -> None:
    file = room.folder / "stories" / path
    text = file.read_text()
    assert old in text
    beside = file.with_name(f"{file.name}~new")
    beside.write_text(text.replace(old, new, 1))
    beside.replace(file)


def glass(page: Page, device: str = "desktop") -> FrameLocator:
    return page.frame_locator(f".device--{device} iframe:not(.coming)")


def choose(page: Page, name: str) -> None:
    """As somebody with a keyboard does it."""
    radio = page.get_by_role("radio", name=re.compile(f"^{name}"))
    radio.focus()
    radio.press("Space")
    expect(radio).to_be_checked()


def colours(frame: FrameLocator) -> str:
    found: str = frame.locator("h1").evaluate("one => getComputedStyle(one).color")
    return found


def everything_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_language_light_and_part_is_seen_and_nothing_is_written(room: Newsroom, browser: Browser):
    before = everything_below(room.folder)
    with (
        serving(room.folder, "--now", NOW, verb=PREVIEW) as served,
        looking(browser, served) as page,
    ):
        for lang, name in LANGUAGES.items():
            choose(page, name)
            for device in ("desktop", "phone"):
                expect(glass(page, device).locator("html")).to_have_attribute("lang", lang)
            expect(page).to_have_url(re.compile(f"#{lang}/light/pictures/mail"))
        widths = [frame.bounding_box() for frame in page.locator("iframe").all()]
        assert [round(one["width"]) for one in widths if one] == [700, 360]
        assert all(one and one["height"] > 400 for one in widths)
        by_day = colours(glass(page))
        expect(glass(page).get_by_alt_text("A ward at night")).to_have_js_property("complete", True)
        assert glass(page).get_by_alt_text("A ward at night").evaluate("one => one.naturalWidth") > 0
        choose(page, "Without")
        expect(page.locator("iframe").first).to_have_attribute("title", re.compile("without pictures"))
        expect(glass(page).get_by_alt_text("A ward at night")).not_to_have_attribute("src", re.compile("."))
        choose(page, "Dark")
        expect(glass(page).locator("meta[name=color-scheme]")).to_have_attribute("content", "dark")
        assert colours(glass(page)) != by_day
        choose(page, "Text")
        expect(page.locator("pre.sheet")).to_contain_text("The window opened.")
        choose(page, "Source")
        expect(page.locator("pre.sheet")).to_contain_text("Subject: The window")
        page.go_back()
        expect(page.locator("pre.sheet")).to_contain_text("The window opened.")
        expect(page.locator("#sizes")).to_contain_text(re.compile(r"[\d,]+ of 100,000 bytes"))
        expect(page.locator("#letters")).to_contain_text("Subject: 10 letters, all of them seen everywhere.")
        assert served.stop() == 0
    assert everything_below(room.folder) == before
    assert not room.outbox.exists()


def test_a_save_is_seen_where_one_reads_and_an_error_over_the_last_good_mail(
    room: Newsroom, browser: Browser
):
    with (
        serving(room.folder, "--now", NOW, verb=PREVIEW) as served,
        looking(browser, served, "en/dark") as page,
    ):
        expect(glass(page).locator("body")).to_contain_text("The window opened.")
        expect(page.locator("#findings")).not_to_have_class(re.compile("busy"))
        page.evaluate("() => { window.stayed = true; scrollTo(0, 200) }")
        saved(room, "The window opened.", "The window opened again.")
        for device in ("desktop", "phone"):
            expect(glass(page, device).locator("body")).to_contain_text("The window opened again.")
        assert page.evaluate("() => [window.stayed, scrollY]") == [True, 200]
        own = room.folder / "templates" / "digest.mjml"
        own.parent.mkdir()
        own.write_text(
            '{% extends "theme/digest.mjml" %}\n{% block masthead %}{{ mail.nothing }}{% endblock %}\n'
        )
        wrong = page.get_by_role("alert")
        expect(wrong).to_contain_text("1 error: these are the last mails that were whole")
        expect(wrong).to_contain_text("templates/digest.mjml:2")
        expect(glass(page).locator("body")).to_contain_text("The window opened again.")
        own.unlink()
        expect(wrong).to_be_hidden()
        saved(room, "subject: The window", "subject: The window that opened again and would not be shut")
        expect(page.locator("#subject .beyond")).to_have_text(" be shut")
        expect(page.locator("#findings summary")).to_contain_text("warning")


def test_another_edition_may_be_looked_at_a_draft_too(room: Newsroom, browser: Browser):
    room.edition("2026-w12", "Soon.", subject="What is to come", date="2026-03-19", status="draft")
    with (
        serving(room.folder, "--now", NOW, "--edition", "2026-w11", verb=PREVIEW) as served,
        looking(browser, served) as page,
    ):
        expect(glass(page).locator("h1")).to_have_text("The window")
        expect(page.locator("#note")).to_be_hidden()
        page.get_by_label("Edition").select_option("2026-w12")
        expect(glass(page).locator("h1")).to_have_text("What is to come")
        expect(page.locator("#note")).to_contain_text("This edition is a draft.")
        expect(page).to_have_url(re.compile("/2026-w12$"))
        saved(room, "What is to come", "What came", "editions/2026-w12.md")
        expect(glass(page).locator("h1")).to_have_text("What came")


def test_what_somebody_wrote_runs_nothing_and_asks_nobody(room: Newsroom, browser: Browser):
    own = room.folder / "templates" / "digest.mjml"
    own.parent.mkdir()
    own.write_text(
        '{% extends "theme/digest.mjml" %}\n{% block masthead %}{{ super() }}<mj-section><mj-column><mj-text>'
        "<script>parent.document.title = 'ran'</script><p onclick=\"parent.document.title = 'ran'\">press</p>"
        '<form action="https://elsewhere.example/"><button>send</button></form>'
        "</mj-text></mj-column></mj-section>{% endblock %}\n"
    )
    with (
        serving(room.folder, "--now", NOW, verb=PREVIEW) as served,
        served_page(browser, served) as page,
    ):
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        glass(page).get_by_text("press").click()
        glass(page).get_by_text("send").click()
        page.wait_for_timeout(200)
        assert page.title() == "The window · mail preview"
        assert [one for one in asked if "elsewhere" in one] == []
        for path in ("2026-w11/en/light/pictures.html", ""):
            policy = served.ask(f"/{path}").headers["content-security-policy"]
            assert "default-src 'none'" in policy
        assert served.ask("/", Host="evil.example").status == 403


@contextmanager
def served_page(browser: Browser, served: Served) -> Iterator[Page]:
    """The page of mails of which the browser may complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    try:
        page = context.new_page()
        page.goto(served.address)
        glass(page).locator("h1").wait_for()
        yield page
    finally:
        context.close()


def test_the_page_is_accessible_in_each_of_its_states_by_day_and_night(room: Newsroom, browser: Browser):
    saved(room, "subject: The window", "subject: The window that opened again and would not be shut")
    found = []
    with serving(room.folder, "--now", NOW, verb=PREVIEW) as served, looking(browser, served) as page:
        states: dict[str, Locator] = {
            "fa/dark": page.locator(".device--phone iframe:not(.coming)"),
            "en/text": page.locator("pre.sheet--text"),
            "el/source": page.locator("pre.sheet--source"),
        }
        for state, seen in states.items():
            page.evaluate("state => { location.hash = state }", state)
            seen.wait_for()
            expect(page.locator("#findings")).not_to_have_class(re.compile("busy"))
            page.evaluate("document.querySelector('#findings').open = true")
            for width in (1280, 1024, 600):
                page.set_viewport_size({"width": width, "height": 800})
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
                    page.evaluate(AXE)
                    found += [f"{state} {width} {scheme}: {one}" for one in page.evaluate(FINDINGS)]
        saved(room, "date: '2026-03-12'", "date: 2026-13-12")
        page.get_by_role("alert").wait_for()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            found += [f"with an error, {scheme}: {one}" for one in page.evaluate(FINDINGS)]
        told = json.loads(served.ask("/mails.json").data)
        assert (told["whole"], len(told["mails"])) == (False, 4)
    assert found == []

"""The mails of a whole newsroom, in its four languages, as a mail program gets them."""

from __future__ import annotations

import re
import shutil
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from builder.render.mail_text import columns
from tests.newsroom import Newsroom, newsroom

SMALL = Path(__file__).parent.parent / "newsrooms" / "small"
NOW = "2026-11-20T09:00"
EDITION = "2026-w47"
LANGUAGES = ("en", "fa", "el", "ms")
BASE = "https://light.harbour-hospital.example/"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom(tmp_path_factory.mktemp("digest"))
    shutil.copytree(SMALL / "stories", room.folder / "stories")
    room.good_build(NOW)
    return room


def mail_of(room: Newsroom, language: str) -> EmailMessage:
    mail = message_from_bytes((room.outbox / f"{EDITION}.{language}.eml").read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def parts_of(room: Newsroom, language: str) -> tuple[str, LexborHTMLParser]:
    mail = mail_of(room, language)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text
    assert html
    return text.get_content().replace("\r\n", "\n"), LexborHTMLParser(html.get_content())


def pictures_of(room: Newsroom, language: str) -> dict[str, bytes]:
    """The pictures that a mail brings with it, by what its HTML may call them."""
    return {
        f"cid:{part['Content-ID'].strip('<>')}": part.get_content()
        for part in mail_of(room, language).walk()
        if part.get_content_maintype() == "image"
    }


def test_there_is_a_mail_in_each_language_three_times_over(small: Newsroom):
    names = {path.name for path in small.outbox.iterdir() if not path.name.startswith(".")}
    assert names == {
        f"{EDITION}.{language}.{kind}" for language in LANGUAGES for kind in ("eml", "html", "txt")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_program_reads_it_without_a_fault(small: Newsroom, language: str):
    data = (small.outbox / f"{EDITION}.{language}.eml").read_bytes()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    mail = mail_of(small, language)
    assert mail.get_content_type() == "multipart/alternative"
    for part in mail.walk():
        assert part.defects == []
        assert [name for name, value in part.items() if getattr(value, "defects", ())] == []
        assert part["Content-Language"] == language
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "multipart/related"]
    text, whole = mail.iter_parts()
    html, photograph, line = whole.iter_parts()
    assert [part.get_content_type() for part in (html, photograph, line)] == [
        "text/html",
        "image/jpeg",
        "image/png",
    ]
    outbox = small.outbox / f"{EDITION}.{language}"
    for one, kind in ((text, "txt"), (html, "html")):
        alone = outbox.with_suffix(f".{language}.{kind}").read_text("utf-8")
        seen = re.sub(r"cid:[^\"]+", "", one.get_content())
        assert seen.split() == re.sub(r"data:image/(?:png|jpeg);base64,[^\"]+", "", alone).split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_number_comes_with_its_line_and_the_line_with_its_sentence(small: Newsroom, language: str):
    text, html = parts_of(small, language)
    _, image = html.css("img")
    said = image.attributes["alt"] or ""
    link = html.css_first('a[href*="/measures/"]')
    assert link is not None
    name = link.text().partition(": ")[2]
    assert said.startswith(f"{name}")
    assert len(re.findall(r"\d{4}|[۰-۹]{4}", said)) == 2  # from when to when
    sentence = next(line for line in " ".join(text.split()).split("----") if name in line)
    assert re.findall(r"\d+|[۰-۹]+", sentence)
    assert (image.attributes["width"], "width:100%" in (image.attributes["style"] or "")) == ("544", True)
    picture = Image.open(BytesIO(pictures_of(small, language)[image.attributes["src"] or ""]))
    assert picture.size == (2 * 544, 2 * 264)
    assert picture.convert("RGB").getpixel((4, 4)) == (252, 249, 244)  # paper of its own, in any mail
    alone = (small.outbox / f"{EDITION}.{language}.html").read_text("utf-8")
    assert "cid:" not in alone
    assert alone.count("data:image/png;base64,") == 1


def test_a_second_run_changes_no_byte_and_touches_no_file(small: Newsroom):
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in small.outbox.glob("2026*")}
    assert small.run("digest", now="2026-11-20T23:00").code == 0
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in small.outbox.glob("2026*")}
    assert before == after


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_parts_hold_the_same_titles_and_lead_to_the_same_places(small: Newsroom, language: str):
    text, html = parts_of(small, language)
    words = " ".join(text.split())
    titles = [" ".join(node.text().split()) for node in html.css("h2")]
    assert len(titles) >= 3
    assert [title for title in titles if title not in words] == []
    links = {link for node in html.css("a") if (link := node.attributes.get("href") or "").startswith("http")}
    assert len(links) >= 4
    assert links == {link.rstrip(").") for link in re.findall(r"https?://\S+", text)}
    subject = mail_of(small, language)["Subject"]
    heading = html.css_first("h1")
    assert heading is not None
    assert " ".join(heading.text().split()) == subject
    assert subject in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_is_whole_and_leads_to_a_page_of_the_site(small: Newsroom, language: str):
    _, html = parts_of(small, language)
    for node in html.css("a"):
        link = node.attributes.get("href") or ""
        if link.startswith("mailto:"):
            assert link.partition("?")[0] == "mailto:stories@harbour-hospital.example"
            continue
        assert link.startswith(BASE), link
        address, _, fragment = link.removeprefix(BASE).partition("#")
        page = small.site / unquote(address)
        assert page.is_file(), link
        if fragment:
            assert f'id="{fragment}"' in page.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_opening_it_asks_nobody_for_anything(small: Newsroom, language: str):
    _, html = parts_of(small, language)
    brought = pictures_of(small, language)
    assert {node.attributes["src"] for node in html.css("img")} == brought.keys()
    assert html.css("link, script, iframe, object, embed, video, audio, source, form, input") == []
    whole = html.html or ""
    assert "url(" not in whole
    assert "@import" not in whole
    assert [node.attributes for node in html.css("[src]:not(img), [srcset], [background], [poster]")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language_and_direction_and_so_does_each_text(small: Newsroom, language: str):
    _, html = parts_of(small, language)
    direction = "rtl" if language == "fa" else "ltr"
    root = html.css_first("html")
    assert root is not None
    assert (root.attributes.get("lang"), root.attributes.get("dir")) == (language, direction)
    for node in html.css("h1, h2"):
        around = node.parent
        assert around is not None
        assert around.attributes.get("lang")
        turned = around.attributes.get("dir")
        assert turned == ("rtl" if around.attributes.get("lang") == "fa" else "ltr")
        style = around.attributes.get("style") or ""
        assert f"direction:{turned}" in style
        assert f"text-align:{'right' if turned == 'rtl' else 'left'}" in style


def test_the_compiler_of_mails_knew_every_element(small: Newsroom):
    for language in LANGUAGES:
        _, html = parts_of(small, language)
        assert [node.tag for node in html.css("*") if (node.tag or "").startswith("mj")] == []
        title = html.css_first("title")
        assert title is not None
        assert title.text() == mail_of(small, language)["Subject"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_lines_are_at_most_72_columns_and_links_stand_whole(small: Newsroom, language: str):
    text, html = parts_of(small, language)
    long = [
        line
        for line in text.split("\n")
        if columns(line) > 72 and not line.lstrip("(").startswith("https://")
    ]
    assert long == []
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    for node in html.css("a"):
        link = node.attributes.get("href") or ""
        assert link.removeprefix("mailto:").partition("?")[0] in text


def test_a_relative_link_in_opening_words_is_made_whole(tmp_path: Path):
    room = newsroom(tmp_path)
    room.story("night", "Words.\n\n## Part two\n\nMore.")
    room.edition("2026-w11", "Read [the story](../2026/night.md#part-two), or [this](https://example.org/x).")
    room.good_build()
    mail = (room.outbox / "2026-w11.en.txt").read_text("utf-8")
    whole = urljoin("https://light.example.org/", "en/stories/night.html#part-two")
    assert f"the story ({whole})" in " ".join(mail.split())
    assert "this (https://example.org/x)" in " ".join(mail.split())
    assert urlsplit(whole).path.lstrip("/") in {
        path.relative_to(room.site).as_posix() for path in room.site.rglob("*")
    }


def test_a_subject_on_two_lines_is_one_header(tmp_path: Path):
    room = newsroom(tmp_path)
    room.edition("2026-w11", "Words.", subject="One\nBcc: everyone@example.org", preheader="A\n\nB")
    room.good_build()
    mail = message_from_bytes((room.outbox / "2026-w11.en.eml").read_bytes(), policy=policy.default)
    assert mail["Subject"] == "One Bcc: everyone@example.org"
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("settings", "editions", "arguments", "said"),
    [
        ({"base_url": ""}, ["2026-w11"], [], "`base_url:` is not set"),
        ({"digest": {}}, ["2026-w11"], [], "A digest needs to say whom it is from"),
        ({}, [], [], "No edition is ready today."),
        ({}, ["2026-w50"], [], "No edition is ready today."),
        ({}, ["2026-w11"], ["--edition", "2026-w12"], "Did you mean `2026-w11`?"),
    ],
)
def test_what_a_digest_needs_and_has_not_is_said(
    tmp_path: Path, settings: dict[str, object], editions: list[str], arguments: list[str], said: str
):
    room = newsroom(tmp_path)
    room.settings(**settings)
    for edition in editions:
        room.edition(edition, "Words.", date="2026-12-10" if edition == "2026-w50" else "2026-03-10")
    ran = room.run("digest", *arguments)
    assert ran.code == 1
    assert said in ran.err
    assert "No digest was written." in ran.out
    assert not room.outbox.exists()


def test_an_older_edition_can_be_asked_for_and_takes_the_place_of_the_other(tmp_path: Path):
    room = newsroom(tmp_path)
    for edition, date in (("2026-w10", "2026-03-05"), ("2026-w11", "2026-03-12")):
        room.edition(edition, f"Words of {edition}.", date=date)
    room.good_build()
    assert (room.outbox / "2026-w11.en.eml").exists()
    assert room.run("digest", "--edition", "2026-w10").code == 0
    assert {path.name.partition(".")[0] for path in room.outbox.glob("2026*")} == {"2026-w10"}


def test_a_translation_of_an_edition_that_is_a_draft_waits(tmp_path: Path):
    room = newsroom(tmp_path)
    room.edition("2026-w11", "Words for all.", subject="To all")
    room.edition("2026-w11.fa", "Half of a thought.", subject="Not yet", status="draft")
    room.good_build()
    for folder in (room.site, room.outbox):
        for path in folder.rglob("*"):
            if path.is_file():
                assert b"Half of a thought" not in path.read_bytes()
                assert b"Not yet" not in path.read_bytes()
    assert "Words for all." in (room.outbox / "2026-w11.fa.txt").read_text("utf-8")


def test_an_edition_of_forty_stories_is_cut_to_what_every_program_shows_and_says_so(tmp_path: Path):
    room = newsroom(tmp_path)
    names = [f"story-{number:02}" for number in range(40)]
    for name in names:
        room.story(
            name,
            summary="A ward was told how long it would be. " * 9,
            why_it_matters="Nobody likes to wait. " * 9,
        )
    room.edition("2026-w11", "Words.", stories=names)
    assert room.build().code == 0
    ran = room.run("digest")
    assert ran.code == 0
    for language in ("en", "fa", "el", "ms"):
        mail = message_from_bytes(
            (room.outbox / f"2026-w11.{language}.eml").read_bytes(), policy=policy.default
        )
        assert isinstance(mail, EmailMessage)
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert html is not None
        page = html.get_content()
        assert 80_000 < len(page.encode()) <= 100_000
        assert f"the mail in `{language}` was too long" in ran.err.lower()
        titles = [node.text() for node in LexborHTMLParser(page).css("h2")]
        assert titles[0] == "On story-00"
        assert [title for title in titles if title not in text.get_content()] == []
    english = (room.outbox / "2026-w11.en.txt").read_text("utf-8")
    lost = re.search(r"lost why it matters", ran.err)
    assert lost
    left = re.search(r"^(\d+) more stor(?:y is|ies are) on the intranet\.$", english, flags=re.MULTILINE)
    shown = len(re.findall(r"^On story-\d\d$", english, flags=re.MULTILINE))
    assert shown + (int(left[1]) if left else 0) == 40

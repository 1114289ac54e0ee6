"""A look of one's own: what docs/theming.md shows, done exactly as it stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.render import front_views, mail_views, measure_views, said_views, shelf_views, views
from tests.built import ROOT, SMALL, asset, copy_newsroom, yearround

PAGE = (ROOT / "docs" / "theming.md").read_text()
EXAMPLE = re.compile(r"^`(templates/[\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"{%-? block (\w+)")


def examples(number: int) -> Mapping[str, str]:
    """The files that the doc's example of this number shows, by their path."""
    section = re.split(r"(?m)^## ", PAGE)[number]
    assert section.startswith(f"{number}. ")
    found = dict(EXAMPLE.findall(section))
    assert len(found) == section.count("```") // 2
    return found


def with_files(folder: Path, files: Mapping[str, str]) -> Path:
    """The small newsroom with these files of its own."""
    newsroom = copy_newsroom(SMALL, folder / "room")
    for path, text in files.items():
        (newsroom / path).parent.mkdir(parents=True, exist_ok=True)
        (newsroom / path).write_text(text)
    return newsroom


def well(newsroom: Path, verb: str) -> None:
    done = yearround(newsroom, verb)
    assert done.returncode == 0, done.stderr


def test_a_token_and_a_colour_change_by_day_and_by_night(tmp_path: Path, browser: Browser):
    newsroom = with_files(tmp_path, examples(1))
    well(newsroom, "build")
    story = newsroom / "site" / "en" / "stories" / "eleven-minutes.html"
    for light, paper in (("light", "rgb(255, 253, 245)"), ("dark", "rgb(16, 20, 26)")):
        context = browser.new_context(color_scheme="light" if light == "light" else "dark")
        page = context.new_page()
        page.goto(story.as_uri())
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        spacing = page.evaluate("getComputedStyle(document.querySelector('.story-head h1')).letterSpacing")
        size = page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.story-head h1')).fontSize)"
        )
        assert float(spacing.removesuffix("px")) == pytest.approx(size / 100, rel=0.02)
        measure = "getComputedStyle(document.documentElement).getPropertyValue('--measure').trim()"
        assert page.evaluate(measure) == "34rem"
        context.close()
    assert "own.css" not in {path.name for path in (newsroom / "site" / "assets").iterdir()}


def test_a_block_of_the_story_page_is_filled_and_all_else_stays(tmp_path: Path):
    newsroom = with_files(tmp_path, examples(2))
    plain = copy_newsroom(SMALL, tmp_path / "plain")
    well(newsroom, "build")
    well(plain, "build")
    more = re.compile(r'<p class="more">\s*<a class="button" href="mailto:[^>]*>([^<]*)</a>\s*</p>\n')
    for language, words in (("en", "Did you see something like it?"), ("fa", "شما هم چیزی دیدید؟")):
        here = f"site/{language}/stories/eleven-minutes.html"
        mine, theirs = (newsroom / here).read_text(), (plain / here).read_text()
        assert more.findall(mine) == [words]
        assert more.sub("", mine).replace("\n\n", "\n") == theirs.replace("\n\n", "\n")
    for same in ("site/en/index.html", "site/en/stories/index.html", "site/en/feed.xml"):
        assert (newsroom / same).read_bytes() == (plain / same).read_bytes()


def test_words_and_the_mail_are_ones_own(tmp_path: Path):
    newsroom = with_files(tmp_path, examples(3))
    well(newsroom, "build")
    well(newsroom, "digest")
    story = (newsroom / "site" / "en" / "stories" / "eleven-minutes.html").read_text()
    assert "What it changed</h2>" in story
    assert "Why it matters" not in story
    persian = (newsroom / "site" / "fa" / "stories" / "eleven-minutes.html").read_text()
    assert "چرا مهم است" in persian
    for language in ("en", "fa", "el", "ms"):
        for kind in ("html", "txt"):
            mail = (newsroom / "outbox" / f"2026-w47.{language}.{kind}").read_text()
            assert mail.count("Canteen, Thursday at one: come and tell us yours.") == 1
    english = (newsroom / "outbox" / "2026-w47.en.txt").read_text()
    assert "The whole edition, on the intranet:" in english
    assert english.index("Canteen") < english.index("The whole edition")


@pytest.mark.parametrize(
    "block", ["style", "above", "masthead", "stories", "lead", "story", "numbers", "said", "colophon"]
)
def test_every_block_of_the_mail_can_be_filled(tmp_path: Path, block: str):
    text = (
        "%s" if block == "style" else "<mj-section><mj-column><mj-text>%s</mj-text></mj-column></mj-section>"
    )
    mine = text % (".mine { color: #111111 }" if block == "style" else "Mine")
    if block == "masthead":  # which says what the mail is called
        mine = mine.replace("Mine", '<h1 style="margin:0">Mine</h1>')
    if block == "story":
        mine = mine.replace("Mine", "Mine, {{ item.title }}, {{ loop.index }}")
    newsroom = with_files(
        tmp_path,
        {
            "templates/digest.mjml": f'{{% extends "theme/digest.mjml" %}}\n{{% block {block} %}}\n{mine}\n{{% endblock %}}\n'
        },
    )
    well(newsroom, "digest")
    mail = (newsroom / "outbox" / "2026-w47.en.html").read_text()
    if block == "style":
        assert ".mine { color: #111111 }" in mail
    else:
        assert mail.count("Mine") == (mail.count("Mine, ") if block == "story" else 1)
        assert block != "story" or re.findall(r"Mine, [^<]+, (\d+)<", mail)[:1] == ["1"]


def test_the_doc_names_every_block_of_every_template_and_no_other():
    rows = re.findall(r"^\| `([\w.]+)` \| ([^|]*) \|", PAGE, flags=re.MULTILINE)
    told = {name: re.findall(r"`(\w+)`", blocks) for name, blocks in rows}
    there = {
        path.name: list(dict.fromkeys(BLOCK.findall(path.read_text())))
        for path in (ROOT / "templates").iterdir()
        if path.is_file() and BLOCK.search(path.read_text())
    }
    assert told == there


def test_the_doc_names_everything_that_a_template_gets_and_nothing_else():
    rows = re.findall(r"^- \*\*(\w+)\*\*: (.*)$", PAGE, flags=re.MULTILINE)
    told = {name: re.findall(r"`(\w+)`", row) for name, row in rows}
    there = {
        name: [one.name for one in fields(view)]
        for rooms in (views, front_views, shelf_views, measure_views, said_views, mail_views)
        for name, view in vars(rooms).items()
        if isinstance(view, type) and is_dataclass(view) and name.endswith("View")
    }
    assert told == there


def test_a_mistake_is_told_with_its_own_file_and_line(tmp_path: Path):
    mistakes = {
        "story.html": '{% extends "theme/story.html" %}\n\n{% block main %}\n<p>{{ story.titel }}</p>\n{% endblock %}\n',
        "digest.mjml": '{% extends "theme/digest.mjml" %}\n\n{% block story %}\n{{ item.headline }}\n{% endblock %}\n',
        "partials/card.html": "{% macro card(item, level) %}\n\n\n{{ item.titel }}\n{% endmacro %}\n"
        "{% macro lead(item, level) %}{% endmacro %}\n",
    }
    for name, text in mistakes.items():
        folder = tmp_path / name.replace("/", "-")
        newsroom = with_files(folder, {f"templates/{name}": text})
        done = yearround(newsroom, "digest" if name.endswith("mjml") else "build")
        assert (done.returncode, f"templates/{name}:4" in done.stderr) == (1, True), done.stderr
        assert not (newsroom / "site").exists()
    assert "error: templates/story.html:4" in PAGE


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("templates/stroy.html", "", "story.html"),
        ("templates/words/en.yaml", "story: {wy: What it changed}\n", "story.why"),
        ("templates/words/en.yaml", "mail: {read: Read on}\n", "{title}"),
    ],
)
def test_what_replaces_nothing_or_loses_a_place_is_said(tmp_path: Path, path: str, text: str, says: str):
    done = yearround(with_files(tmp_path, {path: text}), "check", "--strict")
    assert done.returncode == 1
    assert path in done.stderr
    assert says in done.stderr


def test_a_language_of_ones_own_needs_its_words_and_then_speaks_them(tmp_path: Path):
    english = (ROOT / "templates" / "words" / "en.yaml").read_text()
    newsroom = with_files(
        tmp_path, {"templates/words/de.yaml": english.replace("All stories", "Alle Geschichten")}
    )
    settings = newsroom / "stories" / "newsletter.yaml"
    settings.write_text(re.sub(r"(?m)^languages: \[", "languages: [de, ", settings.read_text()))
    done = yearround(newsroom, "build")
    assert done.returncode == 0, done.stderr
    assert "Alle Geschichten" in (newsroom / "site" / "de" / "index.html").read_text()
    (newsroom / "templates" / "words" / "de.yaml").unlink()
    said_now = yearround(newsroom, "check").stderr
    assert "templates/words/de.yaml" in said_now


def test_a_file_among_the_assets_is_published_beside_the_themes(tmp_path: Path):
    crest = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'
    newsroom = with_files(tmp_path, {"templates/assets/crest.svg": crest, "templates/assets/icon.svg": crest})
    well(newsroom, "build")
    site = newsroom / "site"
    assert (site / asset(site, "crest.svg")).read_text() == crest
    assert (site / asset(site, "icon.svg")).read_text() == crest

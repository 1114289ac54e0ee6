"""Real blogs, from outside the repository: each post becomes a page in its language and direction, or is reported.

`CORPUS=DIR make quality` names a folder whose subfolders are blogs. Without it there is nothing here to collect,
and the head of the run says so.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.cli.world import clients_of_readers
from builder.deliver.cache import Cache
from builder.deliver.drawing import LETTERS, Drawing
from builder.desk.build import build
from builder.desk.import_ import import_posts
from builder.desk.newsroom import read
from builder.desk.setting import Desk
from builder.desk.verify import verify
from builder.desk.withdraw import Places
from builder.load import disk, intake
from builder.model.address import story_address
from builder.model.post import Report
from builder.problem import errors
from builder.render.words import direction_of

CORPUS = os.environ.get("CORPUS", "")
SETTINGS = "title: The Light\ntimezone: Europe/London\nlanguages: [en, fa, el, ms]\n"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)

BLOGS = sorted({path.parent for path in Path(CORPUS).glob("*/*.md")}) if CORPUS else []


def state(folder: Path) -> dict[str, str]:
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


if CORPUS:

    def test_there_is_a_blog_to_try():
        assert BLOGS, f"no folder in {CORPUS} holds .md files"

    @pytest.fixture(scope="module", params=BLOGS, ids=lambda path: path.name)
    def brought(request, tmp_path_factory) -> tuple[Path, Path, Report]:
        newsroom = tmp_path_factory.mktemp("newsroom")
        (newsroom / "stories").mkdir()
        (newsroom / "stories" / "newsletter.yaml").write_text(SETTINGS, encoding="utf-8")
        return request.param, newsroom, import_posts(request.param, newsroom)

    def test_every_post_is_written_or_reported(brought, capsys):
        blog, _, report = brought
        posts = {path.relative_to(blog).as_posix() for path in blog.rglob("*.md")}
        written = {source for source, _, _ in report.written}
        named = {problem.file for problem in report.problems}
        with capsys.disabled():
            print(
                f"\n{blog.name}: {len(posts)} posts, {len(written)} stories, {len(posts - written)} left out, "
                f"{len(report.pictures)} pictures, {len(report.problems)} things to say"
            )
        assert posts - written <= named

    def test_importing_twice_changes_nothing(brought):
        blog, newsroom, report = brought
        before, source = state(newsroom / "stories"), state(blog)
        again = import_posts(blog, newsroom)
        assert (state(newsroom / "stories"), state(blog)) == (before, source)
        assert (again.written, len(again.already)) == ((), len(report.written))

    def test_every_story_has_its_page_in_its_language_and_direction(brought, capsys):
        blog, newsroom, report = brought
        desk = Desk(
            theme=disk.read_theme(),
            now=NOW,
            tell=lambda line: None,
            spread=lambda function, items: [function(item) for item in items],
            open_picture=disk.open_inside(newsroom),
            picture_mark=disk.mark_inside(newsroom),
            draw=Drawing(disk.theme_folder() / LETTERS),
            mail_clients=clients_of_readers,
            keep=Cache(None, "tests", lambda line: None),
        )
        sources = disk.read(newsroom)
        site = newsroom / "site"
        house = newsroom / ".yearround"
        places = Places(site=site, outbox=newsroom / "outbox", house=house)
        built = build(read(sources, desk), desk, places)
        assert errors(built.problems) == ()
        assert verify(sources, replace(desk, keep=Cache(None, "", lambda line: None)), places) == ()
        kept = build(read(sources, desk), desk, places)
        assert (kept.reasons, kept.texts_made) == ((), 0)
        assert verify(sources, replace(desk, keep=Cache(None, "", lambda line: None)), places) == ()
        understood, _ = intake.understand(sources)
        stories = {story.file.removeprefix("stories/"): story for story in understood.stories}
        seen: dict[str, int] = {}
        for _, place, lang in report.written:
            story = stories[place]
            page = LexborHTMLParser((site / story_address(story, understood.settings)).read_bytes())
            title = page.css_first("h1")
            assert title is not None, place
            around: LexborNode | None = title
            while around is not None and not around.attributes.get("lang"):
                around = around.parent
            assert around is not None
            assert (around.attributes["lang"], around.attributes.get("dir")) == (lang, direction_of(lang))
            assert title.text(deep=True).split() == "".join(map(str, story.title.parts)).split()
            seen[lang] = seen.get(lang, 0) + 1
        with capsys.disabled():
            print(f"\n{blog.name}: {built.pages} pages, stories by language {dict(sorted(seen.items()))}")

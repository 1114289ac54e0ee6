"""An editor brings an old blog into the newsroom, and does it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from builder.cli import main
from builder.deliver.newsroom import write_new
from builder.desk.import_ import import_posts
from builder.load import disk, headers, intake
from builder.load.marks import Page
from builder.model.story import Status, Story
from builder.problem import Trouble, errors

SETTINGS = "title: The Light\ntimezone: Europe/London\nlanguages: [en, fa, el, ms]\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def paint(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "teal").save(path)


def jekyll(folder: Path) -> Path:
    paint(folder / "assets" / "ward.png")
    return write(
        folder,
        {
            "_posts/2022-11-30-the-soup.md": "---\nlayout: post\ntitle: The soup\nauthor: Ana Sá\ncategories: kitchen night\n"
            "image: /assets/ward.png\nimage_alt: A ward at night\nexcerpt: Soup, late.\n---\n"
            "Read [the other]({% post_url 2023-01-02-the-bread %}).\n\n{% include map.html %}\n\n"
            "![A spoon](/assets/spoon.png)\n{: .wide}\n",
            "_posts/2023-01-02-the-bread.md": "---\ntitle: The bread\nredirect_from: /old/bread/\nweight: 3\n---\n"
            "Back to [soup](/2022/11/30/the-soup.html).\n",
            "_drafts/2023-02-01-the-salt.md": "---\ntitle: The salt\n---\nNot yet.\n",
            "_layouts/post.md": "{{ content }}",
            "README.md": "# A blog\n",
        },
    )


def hugo(folder: Path) -> Path:
    paint(folder / "content" / "posts" / "night" / "ward.png")
    return write(
        folder,
        {
            "content/posts/night/index.md": '+++\ntitle = "Night"\ndate = 2023-04-05T22:00:00+02:00\ntags = ["care"]\n'
            'weight = 7\n[cover]\nimage = "ward.png"\nalt = "A ward"\n+++\n'
            '{{< figure src="ward.png" alt="The ward" >}}\n\n{{% note %}}\nMind the step.\n{{% /note %}}\n\n<!--more-->\n',
            "content/posts/night/index.fa.md": '+++\ntitle = "شب"\ndate = 2023-04-05\ndraft = true\n+++\nشب بود.\n',
            "content/posts/day.md": '{"title": "Day", "date": "2023-04-06", "slug": "bright-day", "series": ["one"]}\n'
            '[Night]({{< ref "night" >}})\n',
            "content/posts/_index.md": '+++\ntitle = "Posts"\n+++\n',
        },
    )


def pelican(folder: Path) -> Path:
    paint(folder / "images" / "ward.png")
    return write(
        folder,
        {
            "content/night.md": "Title: Night: a story\nDate: 2023-04-05 22:00\nCategory: Care\nTags: ward, night\n"
            "Authors: Ana Sá, Lin Wu\nSlug: night\nLang: en\nModified: 2023-05-01\n\n[Day]({filename}day.md)\n\n"
            "![A ward]({static}/images/ward.png)\n",
            "content/nuit.md": "Title: Nuit\nDate: 2023-04-05\nSlug: night\nLang: fr\nStatus: draft\n\nIl fait nuit.\n",
            "content/day.md": "Title: Day\nDate: 2023-04-06\nSummary: Bright.\n\nWords\n",
        },
    )


def eleventy(folder: Path) -> Path:
    return write(
        folder,
        {
            "posts/night.md": '---json\n{"title": "Night", "date": "2023-04-05", "tags": ["post", "care"],\n'
            ' "permalink": "/n/{{ page.fileSlug }}/", "eleventyNavigation": {"key": "night", "order": 2}}\n---\n'
            'It was late. {% image "x.png", "A ward" %}\n',
            "posts/2023-04-07-βράδυ.md": "---\ntitle: Βράδυ\ntranslation_key: evening\nauthor:\n  name: Ana\n  site: a.example\n"
            "---\nΈνα βράδυ.\n",
            "posts/2023-04-07-evening.md": "---\ntitle: Evening\ntranslation_key: evening\ndescription:\n---\nOne evening.\n",
            "posts/undated.md": "---\ntitle: Undated\ndate: Last Modified\n---\nWords\n",
        },
    )


BLOGS: list[Callable[[Path], Path]] = [jekyll, hugo, pelican, eleventy]


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return write(tmp_path / "newsroom", {"stories/newsletter.yaml": SETTINGS})


def state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stories(newsroom: Path) -> dict[str, Story]:
    understood, problems = intake.understand(disk.read(newsroom))
    assert errors(problems) == ()
    return {story.file.removeprefix("stories/"): story for story in understood.stories}


def test_a_jekyll_blog_comes_in(tmp_path, newsroom):
    report = import_posts(jekyll(tmp_path / "blog"), newsroom)
    found = stories(newsroom)
    assert sorted(found) == ["2022/the-soup.md", "2023/the-bread.md", "2023/the-salt.md"]
    soup = found["2022/the-soup.md"]
    assert soup.tags == ("kitchen", "night")
    assert soup.picture is not None
    assert (soup.picture.file, soup.picture.alt.parts) == ("2022/ward.png", ("A ward at night",))
    assert soup.body.strip() == "Read [the other](../2023/the-bread.md).\n\n*A spoon*"
    assert found["2023/the-bread.md"].body.strip() == "Back to [soup](../2022/the-soup.md)."
    assert found["2023/the-bread.md"].aliases == ("/old/bread/",)
    assert found["2023/the-salt.md"].status is Status.DRAFT
    assert report.extra == {"layout": 1, "weight": 1}
    assert {one.code for one in report.problems} == {
        "post-code",
        "post-picture-absent",
        "post-none",
        "post-folder",
    }


def test_a_hugo_blog_comes_in(tmp_path, newsroom):
    report = import_posts(hugo(tmp_path / "blog"), newsroom)
    found = stories(newsroom)
    assert sorted(found) == ["2023/bright-day.md", "2023/night.fa.md", "2023/night.md"]
    assert found["2023/night.md"].date.isoformat() == "2023-04-05T22:00:00+02:00"
    assert found["2023/night.md"].body.strip() == "![The ward](ward.png)\n\nMind the step."
    persian = found["2023/night.fa.md"]
    assert (persian.work, persian.lang, persian.status, persian.tags) == ("night", "fa", Status.DRAFT, ())
    assert persian.picture is None
    assert found["2023/bright-day.md"].body.strip() == "[Night](night.md)"
    assert report.extra == {"series": 1, "weight": 1}


def test_a_pelican_blog_comes_in(tmp_path, newsroom):
    import_posts(pelican(tmp_path / "blog"), newsroom)
    found = stories(newsroom)
    assert sorted(found) == ["2023/day.md", "2023/night.fr.md", "2023/night.md"]
    night = found["2023/night.md"]
    assert (night.title.parts, night.by.parts, night.tags) == (
        ("Night: a story",),
        ("Ana Sá, Lin Wu",),
        ("ward", "night", "Care"),
    )
    assert night.body.strip() == "[Day](day.md)\n\n![A ward](ward.png)"
    assert (found["2023/night.fr.md"].work, found["2023/night.fr.md"].lang) == ("night", "fr")


def test_an_eleventy_blog_comes_in(tmp_path, newsroom):
    report = import_posts(eleventy(tmp_path / "blog"), newsroom)
    found = stories(newsroom)
    assert sorted(found) == ["2023/evening.md", "2023/night.md", "2023/vrady.md"]
    assert (found["2023/vrady.md"].work, found["2023/vrady.md"].lang) == ("evening", "el")
    assert [one.file for one in errors(report.problems)] == ["posts/undated.md"]


@pytest.mark.parametrize("make", BLOGS)
def test_importing_again_changes_nothing(make, tmp_path, newsroom):
    blog = make(tmp_path / "blog")
    first = import_posts(blog, newsroom)
    before, source = state(newsroom), state(blog)
    again = import_posts(blog, newsroom)
    assert (state(newsroom), state(blog)) == (before, source)
    assert again.written == ()
    assert [(one, place) for one, place, _ in again.already] == sorted(
        ((one, place) for one, place, _ in first.written),
        key=lambda pair: [one for one, _, _ in again.already].index(pair[0]),
    )


@pytest.mark.parametrize("make", BLOGS)
def test_no_front_matter_is_dropped_in_silence(make, tmp_path, newsroom):
    """Every value of every post is found again in its story, or it is a flag, or the report names the post."""
    blog = make(tmp_path / "blog")
    report = import_posts(blog, newsroom)
    place = {source: target for source, target, _ in report.written}
    for source in disk.read_blog(blog, newsroom).posts:
        if source.path not in place:
            assert source.path in {one.file for one in report.problems}
            continue
        story = (newsroom / "stories" / place[source.path]).read_text(encoding="utf-8")
        header, _ = headers.split(Page(source.path, source.data.decode()))
        assert header is not None
        for value in values(header.data):
            assert value in place[source.path] or value in story, value


def values(data: object) -> Iterator[str]:
    """The words in front matter that must not be lost: a date's day, a picture's own name, each of several words."""
    if isinstance(data, dict):
        for value in data.values():
            yield from values(value)
    elif isinstance(data, list):
        for value in data:
            yield from values(value)
    elif isinstance(data, str) and data not in ("true", "false"):
        words = data.split(" ")[:1] if re.match(r"\d{4}-\d\d-\d\d", data) else re.split(r"[\s,]+", data)
        yield from (word.rpartition("/")[2] for word in words)


def test_a_story_that_an_editor_changed_and_moved_is_left_alone(tmp_path, newsroom):
    blog = jekyll(tmp_path / "blog")
    import_posts(blog, newsroom)
    moved = newsroom / "stories" / "2021" / "broth.md"
    moved.parent.mkdir()
    (newsroom / "stories" / "2022" / "the-soup.md").rename(moved)
    moved.write_text(moved.read_text(encoding="utf-8").replace("The soup", "Broth"), encoding="utf-8")
    (blog / "_posts" / "2023-01-02-the-bread.md").write_text(
        "---\ntitle: Other\n---\nChanged\n", encoding="utf-8"
    )
    before = state(newsroom)
    again = import_posts(blog, newsroom)
    assert state(newsroom) == before
    assert ("_posts/2022-11-30-the-soup.md", "2021/broth.md", False) in again.already
    assert ("_posts/2023-01-02-the-bread.md", "2023/the-bread.md", True) in again.already


def test_a_blog_that_grew_brings_only_what_is_new(tmp_path, newsroom):
    blog = jekyll(tmp_path / "blog")
    import_posts(blog, newsroom)
    before = state(newsroom)
    write(
        blog,
        {"_posts/2023-03-03-the-tea.md": "---\ntitle: Tea\n---\nAfter [bread](/2023/01/02/the-bread/).\n"},
    )
    report = import_posts(blog, newsroom)
    after = state(newsroom)
    assert [place for _, place, _ in report.written] == ["2023/the-tea.md"]
    assert {path: after[path] for path in before} == before
    assert stories(newsroom)["2023/the-tea.md"].body.strip() == "After [bread](the-bread.md)."


def test_a_post_that_would_break_the_newsroom_stays_outside_with_the_reason(tmp_path, newsroom):
    deep = "---\ntitle: Deep\nx: " + "[" * 23 + "]" * 23 + "\n---\n"
    blog = write(
        tmp_path / "blog",
        {"2023-01-01-deep.md": deep, "2023-01-02-by.md": "---\ntitle: x\nauthor: p-999\n---\nx\n"},
    )
    report = import_posts(blog, newsroom)
    assert [place for _, place, _ in report.written] == ["2023/deep.md"]
    assert [(one.code, one.file) for one in errors(report.problems)] == [
        ("post-unreadable", "2023-01-02-by.md")
    ]
    stories(newsroom)


def test_the_command_reports_and_its_exit_code_tells_whether_posts_were_left_out(tmp_path, newsroom):
    run = CliRunner()
    good = run.invoke(main, ["import", "posts", str(hugo(tmp_path / "hugo")), "--newsroom", str(newsroom)])
    assert (good.exit_code, good.exception) == (0, None)
    assert "content/posts/day.md -> stories/2023/bright-day.md (en)" in good.output
    assert "3 stories written, 0 there already, 0 left out, 1 pictures copied." in good.output
    bad = run.invoke(
        main, ["import", "posts", str(eleventy(tmp_path / "eleventy")), "--newsroom", str(newsroom), "--json"]
    )
    assert bad.exit_code == 1
    report = json.loads(bad.stdout)
    assert report["left_out"] == ["posts/undated.md"]
    assert {one["from"] for one in report["written"]} == {
        "posts/night.md",
        "posts/2023-04-07-βράδυ.md",
        "posts/2023-04-07-evening.md",
    }
    assert {"from": "posts/night.md", "to": "2023/night-2.md", "lang": "en"} in report["written"]


def test_a_language_that_is_none_is_a_question_of_usage(tmp_path, newsroom):
    blog = hugo(tmp_path / "blog")
    done = CliRunner().invoke(
        main, ["import", "posts", str(blog), "--newsroom", str(newsroom), "--lang", "klingonese"]
    )
    assert done.exit_code == 2
    assert "klingonese" in done.output


def test_where_there_is_no_newsroom_nothing_is_written(tmp_path):
    done = CliRunner().invoke(
        main, ["import", "posts", str(hugo(tmp_path / "blog")), "--newsroom", str(tmp_path / "none")]
    )
    assert done.exit_code == 1
    assert "no newsroom" in done.output
    assert not (tmp_path / "none").exists()


def test_the_newsrooms_own_stories_are_not_imported(newsroom):
    with pytest.raises(Trouble, match="own"):
        import_posts(newsroom / "stories", newsroom)


def test_a_file_that_is_there_is_never_written_over(newsroom):
    write(newsroom, {"stories/2023/night.md": "mine"})
    with pytest.raises(Trouble):
        write_new(newsroom, {"2023/day.md": b"theirs", "2023/night.md": b"theirs"})
    assert state(newsroom / "stories" / "2023") == {"night.md": sha256(b"mine").hexdigest()}


@pytest.mark.parametrize("path", ["../people.yaml", "/tmp/x", "2023/../../x"])
def test_nothing_is_written_outside_the_stories(path, newsroom):
    before = state(newsroom.parent)
    with pytest.raises(ValueError, match="leaves"):
        write_new(newsroom, {path: b"x"})
    assert state(newsroom.parent) == before

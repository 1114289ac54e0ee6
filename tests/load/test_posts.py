"""One foreign post becomes a value: its front matter in each spelling, its name, its date, its text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.load.dates import date_of
from builder.load.pages import decode, split_article
from builder.load.posts import imported, of_other_kinds, understand
from builder.model.post import Pointed, Post, Shown
from builder.model.sources import SourceFile
from builder.problem import Level, Problem
from builder.render.source import story_file

NAME = "_posts/2023-04-05-night.md"


def read(text: str, path: str = NAME, language: str = "") -> tuple[Post | None, tuple[Problem, ...]]:
    return understand(
        SourceFile(path=path, data=text.encode()), languages=["en", "fa", "el", "ms"], language=language
    )


def post(text: str, path: str = NAME, language: str = "") -> Post:
    found, problems = read(text, path, language)
    assert found is not None, problems
    return found


def words(found: Post) -> str:
    return "".join(part if isinstance(part, str) else "…" for part in found.body)


SPELLINGS = {
    "yaml": "---\ntitle: Night\ndate: 2023-04-05\ntags: [care, night]\nlayout: wide\n---\nBody\n",
    "toml": '+++\ntitle = "Night"\ndate = 2023-04-05\ntags = ["care", "night"]\nlayout = "wide"\n+++\nBody\n',
    "json": '{\n "title": "Night", "date": "2023-04-05",\n "tags": ["care", "night"], "layout": "wide"\n}\nBody\n',
    "fenced json": '---json\n{"title": "Night", "date": "2023-04-05", "tags": ["care", "night"], "layout": "wide"}\n---\nBody\n',
    "pelican": "Title: Night\nDate: 2023-04-05\nTags: care, night\nLayout: wide\n\nBody\n",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_front_matter_means_the_same_in_every_spelling(spelling):
    found = post(SPELLINGS[spelling], "posts/night.md")
    assert (found.title, found.date, found.front["tags"]) == ("Night", "2023-04-05", ["care", "night"])
    assert [key.lower() for key in found.extra] == ["layout"]
    assert words(found).strip() == "Body"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: a: b\n---\n", 2),
        ("---\ntitle: x\n", 1),
        ("+++\ntitle = x\n+++\n", 2),
        ('{"title": }\n', 1),
        ("---\n- one\n---\n", 2),
    ],
)
def test_front_matter_that_cannot_be_read_is_said_at_its_line(text, line):
    found, problems = read(text)
    assert found is None
    assert [(one.level, one.file, one.line) for one in problems] == [(Level.ERROR, NAME, line)]


def test_front_matter_that_nests_without_end_is_a_problem_and_no_crash():
    found, problems = read('{"title": "x", "deep": ' + "[" * 900 + "]" * 900 + "}\n")
    assert found is None
    assert [one.code for one in problems] == ["front-matter-deep"]


def test_a_post_in_another_encoding_is_left_out_with_the_reason():
    found, problems = understand(
        SourceFile(path=NAME, data="title: café".encode("latin-1")), languages=["en"]
    )
    assert found is None
    assert [one.code for one in problems] == ["encoding"]


@pytest.mark.parametrize(
    ("path", "name", "date", "language"),
    [
        ("_posts/2023-04-05-night.md", "night", "2023-04-05", "en"),
        ("2023-04-05-night.fa.md", "night", "2023-04-05", "fa"),
        ("2023/04/05/night.md", "night", "2023-04-05", "en"),
        ("posts/2023-04-05-night/index.el.md", "night", "2023-04-05", "el"),
        ("content/ms/2023-04-05-night.md", "night", "2023-04-05", "ms"),
        ("2023-04-05-version-1.2.md", "version-1-2", "2023-04-05", "en"),
        ("2023-04-05-Été à l’hôpital.md", "ete-a-lhopital", "2023-04-05", "en"),
        ("2023-04-05-Καλή-νύχτα.md", "kali-nychta", "2023-04-05", "en"),
        ("2023-04-05-شب.md", "", "2023-04-05", "en"),
    ],
)
def test_a_files_name_tells_the_name_the_date_and_the_language(path, name, date, language):
    found = post("---\ntitle: Night\n---\nSome words.\n", path)
    assert (found.name, found.date, found.lang) == (name.replace("nychta", "nychta"), date, language)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-04-05", "2023-04-05"),
        ("2023-4-5 9:30", "2023-04-05 09:30"),
        ("2023-04-05T09:30:15.123Z", "2023-04-05 09:30:15 +00:00"),
        ("2023-04-05 09:30:00 -0500", "2023-04-05 09:30 -05:00"),
        ("2023/04/05", "2023-04-05"),
        ("April 5th, 2023", "2023-04-05"),
        ("5 Apr 2023", "2023-04-05"),
        ("25/04/2023", "2023-04-25"),
        ("Wed, 05 Apr 2023 09:30:00 +0200", "2023-04-05 09:30 +02:00"),
        ("۲۰۲۳-۰۴-۰۵", "2023-04-05"),
        ("04/05/2023", ""),
        ("2023-02-30", ""),
        ("1402-01-16", ""),
        ("Last Modified", ""),
        ("", ""),
    ],
)
def test_a_date_is_understood_or_not_but_never_guessed(written, meant):
    assert date_of(written) == meant


def test_a_post_that_nobody_dated_is_left_out_with_the_reason():
    found, problems = read("---\ntitle: About us\n---\nWords\n", "about.md")
    assert found is None
    assert [(one.code, one.level) for one in problems] == [("post-undated", Level.ERROR)]


def test_a_date_in_doubt_gives_way_to_the_files_name_and_is_kept():
    found, problems = read("---\ntitle: Night\ndate: 04/05/2023\n---\n")
    assert found is not None
    assert (found.date, found.extra) == ("2023-04-05", {"date": "04/05/2023"})
    assert [one.code for one in problems] == ["post-date"]


def test_the_first_heading_is_the_title_where_front_matter_has_none():
    found = post("---\nlayout: x\n---\n\n# What *we* learnt\n\nWords\n")
    assert (found.title, words(found).strip()) == ("What we learnt", "Words")


def test_a_lower_heading_lends_its_words_and_stays():
    found = post("Words\n\n## Later\n")
    assert (found.title, words(found)) == ("Later", "Words\n\n## Later")


def test_the_files_name_is_the_title_where_nothing_else_is():
    assert post("Words\n", "2023-04-05-the-night-shift.md").title == "The night shift"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good morning", "en"),
        ("Καλημέρα σας", "el"),
        ("چه خبر از پرستاران؟", "fa"),
        ("صباح الخير", "ar"),
        ("Доброе утро", "ru"),
    ],
)
def test_letters_tell_the_language_where_nothing_else_does(text, language):
    assert post(f"---\ntitle: {text}\n---\n{text}\n").lang == language


def test_what_is_said_of_the_language_goes_before_what_letters_tell():
    assert post("---\ntitle: Bonjour\n---\n", language="fr").lang == "fr"
    assert post("---\ntitle: Bonjour\n---\n", "2023-04-05-x.ms.md", language="fr").lang == "ms"
    assert (
        post("---\ntitle: Bonjour\nlang: pt_BR\n---\n", "2023-04-05-x.ms.md", language="fr").lang == "pt-BR"
    )


@pytest.mark.parametrize(
    ("author", "by", "left"),
    [
        ("author: Ana Sá", "Ana Sá", {}),
        ("authors: [Ana Sá, Lin Wu]", "Ana Sá, Lin Wu", {}),
        ("author: {name: Ana Sá}", "Ana Sá", {}),
        (
            "author: {name: Ana Sá, mail: a@b.example}",
            "Ana Sá",
            {"author": {"name": "Ana Sá", "mail": "a@b.example"}},
        ),
        ("author: {mail: a@b.example}", "", {"author": {"mail": "a@b.example"}}),
    ],
)
def test_authors_sign_and_what_more_is_known_of_them_is_kept(author, by, left):
    found = post(f"---\ntitle: x\n{author}\n---\n")
    assert (found.front.get("by", ""), found.extra) == (by, left)


@pytest.mark.parametrize(
    "line",
    ["draft: true", "published: false", "status: draft", "status: hidden"],
)
def test_drafts_stay_drafts(line):
    assert post(f"---\ntitle: x\n{line}\n---\n").front["status"] == "draft"


def test_whatever_is_ready_says_nothing_of_its_status():
    found = post("---\ntitle: x\ndraft: false\npublished: true\n---\n")
    assert ("status" in found.front, found.extra) == (False, {})


@pytest.mark.parametrize(
    ("lines", "target", "alt"),
    [
        ("image: images/a.png", "images/a.png", None),
        ("hero: a.png\nhero_alt: A ward", "a.png", "A ward"),
        ("cover: {image: a.png, alt: A ward}", "a.png", "A ward"),
        ("featured_image: {src: a.png, caption: At night}", "a.png", "At night"),
        ("thumbnail: '{{ site.baseurl }}/a.png'", "/a.png", None),
    ],
)
def test_a_picture_is_found_under_any_of_its_names(lines, target, alt):
    cover = post(f"---\ntitle: x\n{lines}\n---\n").cover
    assert cover is not None
    assert (cover.target, cover.alt) == (target, alt)


def test_a_banner_that_is_no_picture_is_left_where_it_was():
    found = post("---\ntitle: x\nbanner: true\n---\n")
    assert (found.cover, found.extra) == (None, {"banner": "true"})


def test_former_addresses_become_aliases_and_patterns_do_not():
    found = post("---\ntitle: x\nredirect_from: [/a/b/, /c.html]\npermalink: /:year/:title/\n---\n")
    assert (found.aliases, found.extra) == (("/a/b/", "/c.html"), {"permalink": "/:year/:title/"})


def test_keys_without_a_value_are_told_apart_from_keys_without_a_place():
    found = post("---\ntitle: x\nimage:\nweight: 10\n---\n")
    assert (found.empty, found.extra) == (("image",), {"weight": "10"})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a {{< youtube 12ab >}} b", "a  b"),
        ("{{% note %}}\nMind the step.\n{{% /note %}}", "Mind the step."),
        ("one\n\n{% include map.html %}\n\ntwo", "one\n\ntwo"),
        ("one\n{: .lead}\ntwo", "one\n\ntwo"),
        ("* TOC\n{:toc}\n\nwords", "words"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ("{% comment %}secret{% endcomment %}words", "words"),
        ("before<!--more-->after", "beforeafter"),
    ],
)
def test_readers_never_see_code_for_another_generator(written, shown):
    found, problems = read(f"---\ntitle: x\n---\n{written}\n")
    assert found is not None
    assert words(found).strip() == shown
    assert problems
    assert all(one.line >= 4 and one.level is Level.HINT for one in problems)


@pytest.mark.parametrize(
    "code",
    ["```\n{{< youtube 1 >}} ![x](y.png)\n```", "~~~ md\n{% raw %}\n~~~", "Write `{{ page.title }}` so."],
)
def test_code_that_an_author_shows_is_never_touched(code):
    found, problems = read(f"---\ntitle: x\n---\n{code}\n")
    assert found is not None
    assert ("".join(part for part in found.body if isinstance(part, str)), problems) == (code, ())


def test_code_that_is_shown_hides_none_behind_it():
    found, problems = read("---\ntitle: x\n---\n```\n{{ open\n```\n\n{{ a }}\n\n`{% raw %}` {{ b }} `}}`\n")
    assert found is not None
    assert words(found) == "```\n{{ open\n```\n\n`{% raw %}`  `}}`"
    assert [one.line for one in problems] == [8, 10]


@pytest.mark.parametrize(
    "piece", ["{{ ", "{% x ", "` `` ", "<a href ", "![", "](", "[a](b.md) ", "[a]: b\n", "[a](b (c "]
)
def test_a_post_of_one_sign_many_times_is_read_in_a_moment(piece):
    start = time.process_time()
    read("---\ntitle: x\n---\n" + piece * 3_000)
    assert time.process_time() - start < 3


def test_every_piece_of_code_is_named_with_its_line():
    _, problems = read("---\ntitle: x\n---\none\n\n{{< a\n b >}}\n\n{% include c %}\n")
    assert [(one.line, one.message) for one in problems] == [
        (6, "`{{< a b >}}` is code for another generator"),
        (9, "`{% include c %}` is code for another generator"),
    ]


def test_pictures_and_links_are_found_where_they_stand():
    found = post(
        "---\ntitle: x\n---\n![A *ward*](a.png 'T') and [one](b.md), [![](c.png)](d/)\n"
        '<img alt="E" src="e.png"> <a href="f/">f</a>\n\n![g][g]\n\n[g]: g.png\n[h]: h.md\n'
    )
    assert [(part.target, part.alt, part.linked) for part in found.body if isinstance(part, Shown)] == [
        ("a.png", "A ward", False),
        ("c.png", "", True),
        ("e.png", "E", False),
        ("g.png", "g", False),
    ]
    assert [(part.target, part.spot.line) for part in found.body if isinstance(part, Pointed)] == [
        ("b.md", 4),
        ("d/", 4),
        ("f/", 5),
        ("h.md", 10),
    ]


def test_a_figure_is_a_picture():
    found = post('---\ntitle: x\n---\n{{< figure src="a.png" alt="A ward" >}}\n')
    assert [(part.target, part.alt) for part in found.body if isinstance(part, Shown)] == [
        ("a.png", "A ward")
    ]


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def _same(text: str) -> bool:
    """Whether an import promises to leave this text as it is: it holds neither code nor anything like a reference."""
    return not any(
        mark in text for mark in ("{{", "{%", "{#", "{:", "](@", "[[", "[TOC]", "<!--", "\x00", "{::")
    )


@given(
    title=ANY_TEXT.filter(lambda one: bool(one.strip()) and _same(one)),
    kept=ANY_TEXT,
    key=ANY_TEXT.filter(bool),
)
def test_any_words_come_back_from_a_written_story_as_they_were(title, kept, key):
    front = {"title": title, "date": "2023-04-05", "tags": [kept], "extra": {key: {"deep": [kept, None]}}}
    data = story_file(front, "Body\n")
    page, faults = decode(SourceFile(path="stories/2023/x.md", data=data))
    article, problems = split_article(page)
    assert (faults, problems) == ((), ())
    assert article is not None
    assert article.head.data == front
    assert article.body.strip() == "Body"


@given(title=ANY_TEXT.filter(lambda one: bool(one.strip()) and _same(one)))
def test_any_title_comes_through_an_import(title):
    import json

    found = post(json.dumps({"title": title, "date": "2023-04-05"}) + "\n")
    assert found.title == title.strip()


@given(st.text(max_size=300))
def test_no_post_makes_an_import_fall(text):
    understand(SourceFile(path=NAME, data=text.encode("utf-8", "replace")), languages=["en"])


def test_a_story_remembers_where_it_came_from():
    data = story_file(
        {"title": "x", "date": "2023-04-05", "extra": {"imported": {"from": "a: b.md", "sha256": "0" * 64}}},
        "",
    )
    kept = imported(SourceFile(path="stories/2023/x.md", data=data))
    assert kept is not None
    assert (kept.file, kept.source, kept.sha256) == ("2023/x.md", "a: b.md", "0" * 64)


def test_a_story_that_is_being_edited_still_remembers():
    data = story_file({"title": "x", "extra": {"imported": {"from": "a b.md", "sha256": "0" * 64}}}, "")
    kept = imported(SourceFile(path="stories/2023/x.md", data=data.replace(b"title: x", b"title: x: y")))
    assert kept is not None
    assert kept.source == "a b.md"


def test_a_story_that_was_written_here_remembers_nothing():
    assert imported(SourceFile(path="stories/2023/x.md", data=b"---\ntitle: x\n---\n")) is None


def test_posts_that_are_not_markdown_are_named():
    files = ["_posts/2023-04-05-night.html", "_layouts/post.html", "night.rst", "a.png"]
    assert [one.file for one in of_other_kinds(files)] == ["_posts/2023-04-05-night.html", "night.rst"]

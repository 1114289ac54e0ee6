"""Bytes become text, and a Markdown file becomes front matter and body."""

from __future__ import annotations

import pytest

from builder.load.pages import decode, split_article
from builder.problem import Problem
from tests.values import file, said


def split(data: bytes | str) -> tuple[object, str, int]:
    page, faults = decode(file("stories/2026/a.md", data))
    assert not faults
    article, problems = split_article(page)
    assert article is not None
    assert not problems
    return article.head.data, article.body, article.body_line


def faults(data: bytes | str) -> list[Problem]:
    page, wrong = decode(file("stories/2026/a.md", data))
    return list(wrong) or list(split_article(page)[1])


def test_front_matter_and_body_part_at_the_second_line_of_hyphens():
    assert split("---\na: 1\n---\nText\n\n---\n\nmore\n") == ({"a": "1"}, "Text\n\n---\n\nmore\n", 4)


def test_blank_lines_above_and_spaces_behind_the_hyphens_do_no_harm():
    assert split("\n\n---  \na: 1\n--- \nText") == ({"a": "1"}, "Text", 6)


def test_front_matter_with_nothing_in_it_is_empty():
    assert split("---\n---\nText") == ({}, "Text", 3)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf---\r\na: 1\r\n---\r\nText\r\n", b"---\ra: 1\r---\rText\r"])
def test_other_systems_line_ends_and_marks_are_read(data: bytes):
    assert split(data) == ({"a": "1"}, "Text\n", 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    problems = faults(mark + "---\ntitle: a\n---\n".encode(encoding))
    assert said(problems) == ["encoding 2026/a.md:0:0"]
    assert problems[0].message == "this file is saved as UTF-16, and only UTF-8 is read"


def test_latin_1_is_pointed_at_where_it_begins():
    problems = faults("---\ntitle: Ein schöner Tag\n---\n".encode("latin-1"))
    assert said(problems) == ["encoding 2026/a.md:2:15"]
    assert problems[0].excerpt.startswith("title: Ein sch")


def test_the_column_of_another_encoding_counts_characters():
    assert said(faults("یی ".encode() + b"\xe9")) == ["encoding 2026/a.md:1:4"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "empty-file 2026/a.md:0:0"),
        ("\n \n", "empty-file 2026/a.md:0:0"),
        ("\n# A story\n", "front-matter-missing 2026/a.md:2:1"),
        ("title: a\n---\n", "front-matter-missing 2026/a.md:1:1"),
        ("----\ntitle: a\n----\n", "front-matter-missing 2026/a.md:1:1"),
        ("---\ntitle: a\n\nText\n", "front-matter-open 2026/a.md:1:1"),
        ("---\n- a\n- b\n---\n", "front-matter-shape 2026/a.md:2:1"),
        ("---\njust words\n---\n", "front-matter-shape 2026/a.md:2:1"),
        ("---\na: 1\nb: c: d\n---\n", "yaml-colon 2026/a.md:3:5"),
    ],
)
def test_a_file_that_is_no_story_says_why(text: str, where: str):
    assert said(faults(text)) == [where]

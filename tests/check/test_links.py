"""Links that lead nowhere: in what authors wrote, and on finished pages."""

from __future__ import annotations

import pytest

from builder.check.links import pages_links
from builder.problem import Level, Problem
from tests.values import prepared, sources, story


def found(body: str, **others: str) -> list[Problem]:
    files: dict[str, str | bytes] = {"a.md": story("", body)}
    files |= {f"{name}.md": text for name, text in others.items()}
    return [one for one in prepared(sources(files)).problems if one.code.startswith("link")]


def test_a_link_to_nothing_is_said_at_its_place_with_a_guess():
    problems = found("One.\n\nsee [b](nigth.md) there\n", night=story())
    assert [(one.code, one.level, one.line, one.column, one.guess) for one in problems] == [
        ("link", Level.ERROR, 7, 9, "night.md")
    ]
    assert problems[0].excerpt == "see [b](nigth.md) there"


def test_a_link_written_twice_is_said_once():
    assert len(found("[b](none.md) and [c](none.md)\n")) == 1


@pytest.mark.parametrize("why", ["status: draft", "publish: 2099-01-01", "expires: 2026-02-01"])
def test_a_link_to_what_is_not_published_now_is_a_warning_for_time_alone_makes_no_errors(why: str):
    problems = found("[b](b.md)\n", b=story(f"{why}\n"))
    assert [(one.code, one.level) for one in problems] == [("link-withheld", Level.WARNING)]


def test_a_heading_that_is_not_there_is_said_with_the_one_that_was_meant():
    other = story("", "## What we changed\n")
    assert found("[b](b.md#what-we-changed)\n", b=other) == []
    problems = found("[b](b.md#what-we-chnged)\n", b=other)
    assert [(one.code, one.guess) for one in problems] == [("link-heading", "#what-we-changed")]


def test_a_heading_of_the_same_text_is_found_in_any_script():
    assert found("[x](#شب) [y](#%D8%B4%D8%A8)\n\n## شب\n") == []
    assert [one.code for one in found("[x](#nowhere)\n\n## شب\n")] == ["link-heading"]


def test_what_nobody_wrote_for_this_site_is_a_warning():
    problems = prepared(sources({"a.md": story("extra: {imported: {from: x}}\n", "[b](none.md)\n")})).problems
    assert [(one.code, one.level) for one in problems if one.code == "link"] == [("link", Level.WARNING)]


ADDRESSES = {"index.html", "en/index.html", "en/a.html", "assets/site.css", "files/a b.pdf"}
IDS = {"en/a.html": frozenset(("part", "شب")), "en/index.html": frozenset[str]()}


def pages(*links: str, here: str = "en/a.html") -> list[str]:
    return [one.code for one in pages_links({here: links}, IDS, ADDRESSES)]


@pytest.mark.parametrize(
    "link",
    [
        "index.html",
        "../index.html",
        "#part",
        "#%D8%B4%D8%A8",
        "a.html#part",
        "../assets/site.css",
        "../files/a%20b.pdf",
        "https://x.example/none",
        "mailto:a@b.example",
        "//x.example/",
        "data:,x",
        "./a.html",
    ],
)
def test_a_link_that_a_file_answers_is_well(link: str):
    assert pages(link) == []


@pytest.mark.parametrize(
    "link", ["none.html", "../en", "#none", "index.html#part", "../../index.html", "/index.html"]
)
def test_a_link_that_no_file_answers_is_our_own_fault(link: str):
    assert pages(link, link) == ["page-link"]

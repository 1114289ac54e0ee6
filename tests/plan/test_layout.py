"""Every page and its address, and what two things may not share."""

from __future__ import annotations

import unicodedata

import pytest

from builder.model.address import relative
from builder.model.page import Page, PageKind
from builder.plan.layout import lay_out
from builder.problem import Problem
from tests.values import SETTINGS, library, said, sources, story


def plan(
    files: dict[str, str | bytes], settings: str = SETTINGS, editions: dict[str, str | bytes] | None = None
) -> tuple[dict[str, Page], tuple[Problem, ...]]:
    laid, problems = lay_out(library(sources(files, settings=settings, editions=editions)))
    assert [one.address for one in laid.pages] == sorted(laid.at)
    return {one.address: one for one in laid.pages}, problems


def test_each_language_has_all_its_pages_and_the_root_leads_to_the_default():
    pages, problems = plan(
        {"a.md": story("heroes: [p-1]\n")}, editions={"w10.md": "---\ndate: 2026-03-05\n---\n"}
    )
    assert not problems
    each = [
        "index",
        "stories/index",
        "heroes/index",
        "heroes/p-1",
        "scorecard",
        "editions/index",
        "editions/w10",
        "about",
        "nominate",
        "years/index",
        "years/2026",
        "weeks/2026-w10",
    ]
    expected = {f"{language}/{one}.html" for language in ("en", "fa") for one in each}
    expected |= {f"{language}/stories/filter.js" for language in ("en", "fa")}
    expected |= {"en/feed.xml", "fa/feed.xml", "en/stories/a.html", "index.html", "404.html", "sitemap.xml"}
    expected |= {"_headers", ".htaccess", "_hosting/nginx.conf", "_hosting/Caddyfile", "robots.txt"}
    assert set(pages) == expected
    assert pages["index.html"].kind is PageKind.ROOT


def test_a_story_stands_under_its_own_language_and_a_foreign_one_under_the_default():
    files: dict[str, str | bytes] = {
        "a.md": story(),
        "a.fa.md": "---\ntitle: شب\n---\n",
        "a.el.md": "---\ntitle: Νύχτα\n---\n",
        "b.pt-BR.md": story(),
    }
    pages, _ = plan(files)
    stories = {
        address: (one.lang, one.key, one.text) for address, one in pages.items() if one.kind is PageKind.STORY
    }
    assert stories == {
        "en/stories/a.html": ("en", "a", "en"),
        "fa/stories/a.html": ("fa", "a", "fa"),
        "en/stories/a.el.html": ("en", "a", "el"),
        "en/stories/b.pt-BR.html": ("en", "b", "pt-BR"),
    }


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (24, 1), (25, 2), (49, 3)])
def test_listings_have_twenty_four_stories_a_page(count: int, pages: int):
    laid, _ = plan({f"s-{number}.md": story() for number in range(count)})
    found = [address for address, one in laid.items() if one.kind is PageKind.LISTING and one.lang == "en"]
    expected = {
        "en/stories/index.html",
        *(f"en/stories/page/{number}.html" for number in range(2, pages + 1)),
    }
    assert set(found) == expected


def test_without_a_base_url_there_is_no_site_map():
    pages, _ = plan({}, SETTINGS.replace("base_url: https://light.example/\n", ""))
    assert "sitemap.xml" not in pages


@pytest.mark.parametrize(
    ("alias", "address"),
    [
        ("old-night", "en/stories/old-night.html"),
        ("old-night.html", "en/stories/old-night.html"),
        ("Old Night", "en/stories/Old Night.html"),
        ("/2019/05/night/", "2019/05/night/index.html"),
        ("2019/05/night", "2019/05/night/index.html"),
        ("2019/05/night.html", "2019/05/night.html"),
        ("2019/night.htm", "2019/night.htm"),
        ("/a/../b/", "b/index.html"),
        ("/night/?page=2", "night/index.html"),
        ("شب", "en/stories/شب.html"),
    ],
)
def test_an_alias_leads_to_the_story(alias: str, address: str):
    pages, problems = plan({"a.md": story(f"aliases: ['{alias}']\n")})
    assert not problems
    assert (pages[address].kind, pages[address].key) == (PageKind.REDIRECT, "en/stories/a.html")


@pytest.mark.parametrize(
    "alias",
    [
        "../../etc/passwd",
        "/..",
        "/",
        "https://other.example/a",
        "a\\b",
        "//[x",
        "//other.example",
    ],
)
def test_an_alias_that_is_no_address_of_the_site_is_said(alias: str):
    pages, problems = plan({"a.md": story(f"aliases: ['{alias}']\n")})
    assert said(problems) == ["alias 2026/a.md:0:0"]
    assert not [one for one in pages.values() if one.kind is PageKind.REDIRECT]


def test_an_alias_of_ones_own_name_is_nothing():
    pages, problems = plan({"a.md": story("aliases: [a]\n")})
    assert (problems, pages["en/stories/a.html"].kind) == ((), PageKind.STORY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aliases: [a]\n", ""),
        ("aliases: [A]\n", ""),
        ("aliases: [en/index.html]\n", ""),
        ("aliases: [/404.html]\n", ""),
        ("aliases: [Old]\n", "aliases: [old]\n"),
        ("aliases: [/x/]\n", "aliases: [x/index.html]\n"),
        (
            f"aliases: [{unicodedata.normalize('NFC', 'é')}]\n",
            f"aliases: [{unicodedata.normalize('NFD', 'é')}]\n",
        ),
    ],
)
def test_two_things_of_one_address_are_both_named(one: str, other: str):
    pages, problems = plan({"a.md": story(other), "b.md": story(one)})
    assert [problem.code for problem in problems] == ["address-twice"]
    assert "stories/2026/" in problems[0].file + problems[0].message or "en/index" in problems[0].message
    assert len({unicodedata.normalize("NFC", address).casefold() for address in pages}) == len(pages)


@pytest.mark.parametrize(
    "alias", ["files/menu.html", "files/Menu.html", "files/plan.pdf", "/files/plan.pdf/old.html"]
)
def test_an_alias_and_a_file_of_one_address_are_both_named(alias: str):
    given = sources({"a.md": story(f"aliases: [{alias}]\n")}, files=("menu.html", "plan.pdf"))
    _, (problem,) = lay_out(library(given))
    assert (problem.code, problem.file) == ("address-twice", "stories/2026/a.md")
    assert "stories/files/" in problem.message


def test_an_alias_given_twice_by_one_story_is_no_collision():
    _, problems = plan({"a.md": story("aliases: [old, old.html]\n")})
    assert not problems


@pytest.mark.parametrize(
    ("here", "to", "link"),
    [
        ("en/index.html", "en/index.html", "index.html"),
        ("index.html", "en/index.html", "en/index.html"),
        ("en/stories/a.html", "fa/index.html", "../../fa/index.html"),
        ("en/stories/a.html", "en/stories/b.html#part", "b.html#part"),
        ("en/stories/page/2.html", "en/stories/index.html", "../index.html"),
        ("a/b/index.html", "assets/site.css", "../../assets/site.css"),
        ("en/index.html", "en/stories/Old Night?.html", "stories/Old%20Night%3F.html"),
        ("en/index.html", "files/برگه.pdf", "../files/%D8%A8%D8%B1%DA%AF%D9%87.pdf"),
    ],
)
def test_links_are_relative_and_name_the_file(here: str, to: str, link: str):
    assert relative(here, to) == link

"""Where a link in an author's text leads."""

from __future__ import annotations

import pytest

from builder.plan.links import Links, picture_path
from tests.values import library, sources, story

HERE = "stories/2026/a.md"


def links() -> Links:
    files: dict[str, str | bytes] = {
        "a.md": story(),
        "b.md": story(),
        "b.fa.md": "---\ntitle: شب\n---\n",
        "b.el.md": "---\ntitle: Νύχτα\n---\n",
        "2025/c.md": story(),
        "draft.md": story("status: draft\n"),
        "broken.md": story("team: nobody\n"),
    }
    editions: dict[str, str | bytes] = {"w10.md": "---\ndate: 2026-03-05\n---\n"}
    return Links(library(sources(files, editions=editions, files=("form.pdf", "deep/plan 2.pdf"))))


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("b.md", "en/stories/b.html"),
        ("./b.md", "en/stories/b.html"),
        ("b.md#the-end", "en/stories/b.html#the-end"),
        ("b.fa.md", "fa/stories/b.html"),
        ("b.el.md", "en/stories/b.el.html"),
        ("../2025/c.md", "en/stories/c.html"),
        ("../editions/w10.md", "en/editions/w10.html"),
        ("../files/form.pdf", "files/form.pdf"),
        ("../files/deep/plan%202.pdf", "files/deep/plan 2.pdf"),
        ("#part", "#part"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("mailto:light@example.org", "mailto:light@example.org"),
        ("tel:+441234", "tel:+441234"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_link_leads_somewhere(target: str, address: str):
    assert links().resolve(target, HERE) == address


@pytest.mark.parametrize(
    "target",
    [
        "",
        "c.md",
        "B.md",
        "b.html",
        "draft.md",
        "broken.md",
        "/b.md",
        "//example.org/b.md",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "../../../etc/passwd",
        "../../form.pdf",
        "form.pdf",
        "../files/none.pdf",
        "b.md?x=1",
        "2026/b.md",
    ],
)
def test_what_is_not_published_is_led_to_by_nothing(target: str):
    assert links().resolve(target, HERE) is None


def test_a_link_to_a_file_with_errors_of_its_own_is_not_blamed_twice():
    assert links().leads_to_a_broken_file("broken.md#x", HERE)
    assert not links().leads_to_a_broken_file("draft.md", HERE)
    assert not links().leads_to_a_broken_file("none.md", HERE)


def test_the_nearest_story_is_guessed():
    assert links().nearest("bb.md", HERE) == "b.md"
    assert links().nearest("somewhere-else-entirely.md", HERE) == ""


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("lamp.jpg", "2026/lamp.jpg"),
        ("../2025/lamp.jpg", "2025/lamp.jpg"),
        ("the%20lamp.jpg", "2026/the lamp.jpg"),
        ("lamp.jpg?v=2", "2026/lamp.jpg"),
        ("https://example.org/lamp.jpg", ""),
        ("//example.org/lamp.jpg", ""),
        ("/lamp.jpg", ""),
        ("data:image/png;base64,AAAA", ""),
        ("../../lamp.jpg", ""),
        ("../../../etc/lamp.jpg", ""),
        ("", ""),
    ],
)
def test_a_picture_is_one_of_the_newsroom(target: str, path: str):
    assert picture_path(target, HERE) == path

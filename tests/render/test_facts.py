"""What a finished page holds: its links, ids and pictures."""

from __future__ import annotations

import pytest

from builder.render.facts import facts_of, with_whole_addresses


def test_links_are_found_wherever_a_page_asks_for_something():
    page = (
        '<link rel="stylesheet" href="a.css"><script src="b.js" defer></script>'
        '<a class="x" href="c.html?d=1&amp;e=2#f">x</a><video poster="g.webp"></video>'
        '<img src="h.webp" srcset="i.webp 1x, j.webp 2x" alt="">'
    )
    assert facts_of(page).links == (
        "a.css",
        "b.js",
        "c.html?d=1&e=2#f",
        "g.webp",
        "h.webp",
        "i.webp",
        "j.webp",
    )


def test_ids_are_found_in_any_script():
    assert facts_of('<h2 id="شب">x</h2>\n<svg id="a&quot;b"><g data-id="no"/></svg>').ids == {"شب", 'a"b'}


def test_what_stands_in_remarks_or_in_words_is_no_link():
    page = '<!-- <a href="a.html"> -->&lt;a href="b.html"&gt; <code>href="c.html"</code><p title=\'href="d"\'>x</p>'
    assert facts_of(page).links in ((), ("d",))
    assert "b.html" not in facts_of(page).links
    assert "a.html" not in facts_of(page).links


def test_a_tag_over_several_lines_is_one_tag():
    assert facts_of('<a\n  class="x"\n  href="a.html"\n  id="b">').links == ("a.html",)


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("b.html", "https://x.example/sub/en/stories/b.html"),
        ("../../files/a%20b.pdf", "https://x.example/sub/files/a%20b.pdf"),
        ("#part", "https://x.example/sub/en/stories/a.html#part"),
        ("https://other.example/?a=1&amp;b=2", "https://other.example/?a=1&amp;b=2"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_links_are_made_whole_for_those_who_read_elsewhere(link: str, whole: str):
    html = f'<p><a href="{link}">x</a> <img src="{link}"></p>'
    made = with_whole_addresses(html, "https://x.example/sub/", "en/stories/a.html")
    assert made == f'<p><a href="{whole}">x</a> <img src="{whole}"></p>'

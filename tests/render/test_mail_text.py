"""The text part of a mail: words out of safe HTML, and lines that run the right way."""

from __future__ import annotations

import pytest

from builder.model.message import COLUMNS
from builder.render.mail_text import columns, mark_of, plain_text, wrapped

LRM, RLM, FSI, PDI = "\u200e", "\u200f", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One\n  and a half</p>\n\n<p>Two</p>", "One and a half\n\nTwo"),
        ("<p>One<br>Two<br />Three</p>", "One\nTwo\nThree"),
        ("<h2>Head</h2><ul><li>One</li><li>Two</li></ul><p>End</p>", "Head\n\n- One\n- Two\n\nEnd"),
        ("<ul><li>One<ul><li>Inside</li></ul></li><li>Two</li></ul>", "- One\n  - Inside\n- Two"),
        ('<ol start="3"><li><p>Three</p></li><li>Four</li></ol>', "3. Three\n4. Four"),
        ('<ol start="x"><li>One</li></ol>', "1. One"),
        ("<li>Of no list</li>", "- Of no list"),
        ("<p>Fish &amp; chips &lt;3</p>", "Fish & chips <3"),
        ("<p><b>A</b><i>b</i> <bdi>C</bdi></p>", "Ab C"),
        ('<p>See <a href="https://example.org/a">the list</a>.</p>', "See the list (https://example.org/a)."),
        (
            '<p><a lang="en" href="https://example.org/?a=1&amp;b=2" title="t">x</a></p>',
            "x (https://example.org/?a=1&b=2)",
        ),
        ('<p><a href="https://example.org/">https://example.org/</a></p>', "https://example.org/"),
        ('<p><a href="mailto:us@example.org">us@example.org</a></p>', "us@example.org"),
        ('<p><a href="mailto:us@example.org">write</a></p>', "write (us@example.org)"),
        ("<p><a>nowhere</a></p>", "nowhere"),
        ("<blockquote><p>One</p><p>Two</p></blockquote><p>Three</p>", "> One\n\n> Two\n\nThree"),
        ("<blockquote><blockquote><p>Deep</p></blockquote></blockquote>", "> > Deep"),
        ("</blockquote><p>Not quoted</p>", "Not quoted"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><p>x</p>",
            "a · b\n1 · 2\n\nx",
        ),
        ("<pre>a  b\n  c</pre><p>d  e</p>", "a  b\n  c\n\nd e"),
        ("<p>نسخه <bdi>Zaq</bdi></p>", "نسخه Zaq"),
    ],
)
def test_safe_html_is_said_in_plain_words(html: str, text: str):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["", ""]),
        ("short", ["short", ""]),
        ("a\n\n\n\n\nb", ["a", "", "b", ""]),
        ("word " * 20, [("word " * 14).strip(), ("word " * 6).strip(), ""]),
        ("see https://example.org/" + "x" * 90, ["see", "https://example.org/" + "x" * 90, ""]),
        ("see https://example.org/a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x/y-z", None),
        ("one\nhttps://example.org/\ntwo", ["one", "https://example.org/", "two", ""]),
        ("\n\n  \n\nfirst\n\n", ["first", ""]),
    ],
)
def test_lines_are_short_and_links_whole(text: str, lines: list[str] | None):
    folded = wrapped(text)
    if lines is not None:
        assert folded.split("\n") == lines
    assert folded.split() == text.split()
    assert all(len(line) <= COLUMNS or " " not in line for line in folded.split("\n"))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("> " + "word " * 40, ["> word", "> word"]),
        ("> > " + "word " * 40, ["> > word", "> > word"]),
        ("- " + "word " * 40, ["- word", "  word"]),
        ("12. " + "word " * 40, ["12. word", "    word"]),
        ("  - " + "word " * 40, ["  - word", "    word"]),
        ("> - " + "word " * 40, ["> - word", ">   word"]),
    ],
)
def test_what_hangs_from_a_mark_goes_on_hanging(text: str, begins: list[str]):
    lines = wrapped(text).rstrip("\n").split("\n")
    assert [line[: len(begin)] for line, begin in zip(lines, begins, strict=False)] == begins
    assert all(columns(line) <= COLUMNS for line in lines)


def test_columns_are_those_of_a_terminal():
    joined = "می\u200cدود"
    assert columns(joined) == len(joined) - 1
    assert columns("e\u0301") == 1
    assert columns("字") == 2
    assert columns(f"{FSI}Ada{PDI}") == 3


@pytest.mark.parametrize(
    ("direction", "line", "seen"),
    [
        ("rtl", "سلام Ada", "سلام Ada"),
        ("rtl", "Ada گفت", f"{RLM}Ada گفت"),
        ("rtl", f"{FSI}Ada{PDI} گفت", f"{FSI}Ada{PDI} گفت"),
        ("rtl", "42 · 13", f"{RLM}42 · 13"),
        ("rtl", "https://example.org/", "https://example.org/"),
        ("rtl", "----", "----"),
        ("rtl", f"{LRM}An English story", "An English story"),
        ("rtl", f"{LRM}سلام, he said", f"{LRM}سلام, he said"),
        ("ltr", "42 · 13", "42 · 13"),
        ("ltr", "سلام, he said", f"{LRM}سلام, he said"),
        ("ltr", f"{RLM}یک داستان", "یک داستان"),
        ("ltr", f"{RLM}Ada گفت", f"{RLM}Ada گفت"),
    ],
)
def test_each_line_runs_as_its_text_does(direction: str, line: str, seen: str):
    assert wrapped(line, direction) == seen + "\n"


def test_every_line_of_a_paragraph_runs_as_the_first():
    folded = wrapped("سلام " * 13 + "Ada Lovelace گفت که می‌آید", "rtl").split("\n")
    assert folded[0].startswith("سلام")
    assert folded[1].startswith(f"{RLM}Lovelace") or folded[1].startswith(f"{RLM}Ada")


@pytest.mark.parametrize(
    ("own", "around", "mark"), [("ltr", "rtl", LRM), ("rtl", "ltr", RLM), ("rtl", "rtl", "")]
)
def test_a_mark_stands_only_where_a_text_runs_otherwise(own: str, around: str, mark: str):
    assert mark_of(own, around) == mark

"""An edition as a mail: its text part and its lines."""

from __future__ import annotations

import pytest

from builder.render.mail import COLUMNS, plain_text, wrapped


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One\n  and a half</p>\n\n<p>Two</p>", "One and a half\n\nTwo"),
        ("<p>One<br>Two<br />Three</p>", "One\n\nTwo\n\nThree"),
        ("<h2>Head</h2><ul><li>One</li><li>Two</li></ul>", "Head\n\nOne\n\nTwo"),
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
        ("<blockquote><p>One</p></blockquote><p>Two</p>", "One\n\nTwo"),
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

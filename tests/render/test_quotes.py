"""Marks as each language prints them, and everything else as it was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.text import Reference, Text
from builder.render.markdown import convert
from builder.render.quotes import MARKS, curl, curl_html


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", '"Come in," she said.', "“Come in,” she said."),
        ("en", "It's the dogs' door.", "It’s the dogs’ door."),
        ("en", "'Come in,' she said. It's late.", "‘Come in,’ she said. It’s late."),
        ("en", "\"He said 'no' twice.\"", "“He said ‘no’ twice.”"),
        ("en", "the '90s, 'tis true", "the ’90s, ’tis true"),
        ("en", '("quietly")', "(“quietly”)"),
        ("en", "one -- two --- three...", "one – two — three…"),
        ("en", "a - b, 2-3", "a - b, 2-3"),
        ("fa", 'او گفت "بیا تو".', "او گفت «بیا تو»."),
        ("el", "Είπε \"έλα 'δω' τώρα\".", "Είπε «έλα “δω” τώρα»."),
        ("el", "σ' αγαπώ", "σ’ αγαπώ"),
        ("ms", 'Katanya, "masuk".', "Katanya, “masuk”."),
        ("fr", '"Entrez", dit-elle.', "«\u202fEntrez\u202f», dit-elle."),
        ("de", '"Herein", sagte sie.', "„Herein“, sagte sie."),
        ("de-AT", '"Ja"', "„Ja“"),
        ("sw", '"Ndiyo"', "“Ndiyo”"),
    ],
)
def test_each_language_has_its_own(language: str, typed: str, printed: str):
    assert curl(Text((typed,)), language).parts == (printed,)
    assert curl_html(f"<p>{typed}</p>", language) == f"<p>{printed}</p>"


def test_a_name_stands_where_a_word_does():
    text = Text(("Thanks to ", Reference("p-1"), '\'s "friends"'))
    assert curl(text, "en").parts == ("Thanks to ", Reference("p-1"), "’s “friends”")


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        (
            '<p><em>"So"</em> it is "<strong>so</strong>"</p>',
            "<p><em>“So”</em> it is “<strong>so</strong>”</p>",
        ),
        ('<p>"one</p><p>"two"</p>', "<p>“one</p><p>“two”</p>"),
        ("<p title=\"a 'b'\">c</p>", "<p title=\"a 'b'\">c</p>"),
        ("<pre><code>\"x\" -- 'y'...</code></pre>", "<pre><code>\"x\" -- 'y'...</code></pre>"),
        ("<p><code>\"</code>'s <kbd>'</kbd></p>", "<p><code>\"</code>’s <kbd>'</kbd></p>"),
    ],
)
def test_markup_and_what_is_shown_as_typed_stay(html: str, printed: str):
    assert curl_html(html, "en") == printed


def test_a_text_is_converted_with_the_marks_of_its_language():
    source = 'She said "come".\n\n    "code"\n\n[a "b"](x.md "It\'s")\n'
    assert "“come”" in "".join(part for part in convert(source, "en").parts if isinstance(part, str))
    assert '"code"' in "".join(part for part in convert(source, "en").parts if isinstance(part, str))
    assert convert(source) != convert(source, "en") != convert(source, "fa")
    assert convert(source, "en").links == convert(source).links


@given(st.text(alphabet="ab \"'-.(1<>\n", max_size=40), st.sampled_from(["en", *MARKS]))
def test_nothing_else_is_touched(text: str, language: str):
    marks = "".join({mark for some in (*MARKS.values(), ("“", "”", "‘", "’")) for mark in some}) + "–—…"

    def bare(one: str) -> str:
        return re.sub(f"[\"'.\\-{marks}]", "", one)

    assert bare("".join(map(str, curl(Text((text,)), language).parts))) == bare(text)

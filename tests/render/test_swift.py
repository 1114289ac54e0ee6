"""The quick way through a text says what the long way says, for whatever an author may write."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.render.markdown import convert
from tests.built import ROOT
from tests.plainly import convert_plainly

STORIES = sorted(path for folder in ("stories", "tests/newsrooms") for path in (ROOT / folder).rglob("*.md"))

PIECES = (
    *(
        "word",
        "Two words",
        "wrapped\nover lines",
        "κόσμος",
        "سلام",
        "2026",
        "3. ",
        "a*b",
        "x_y",
        "_",
        "__",
        "*",
    ),
    *(
        "**",
        "***",
        "*one*",
        "**two**",
        "***three***",
        "_four_",
        "__five__",
        "* ",
        " *",
        "(*six*)",
        "*a **b** c*",
    ),
    *("[*](@p-1)", "[*'s](@p-2:gen \"a colleague's\")", "[*](@p-1 'x_*_`y`<i>')", "![*](@p-1)", "[^*](@p-1)"),
    *(
        "[link](a.md)",
        '[link](b.md "with title")',
        "[*l* _m_](c_d*e.md)",
        "[a [b](c) d](e)",
        "[a\nb](c)",
        "[](d)",
    ),
    *("[x](<a b> 'c')", "[x](a(b)c)", '[x](a"b)', "[x]()", "[ref]", "[ref][]", "[text][ref]", "[ref] [ref]"),
    *(
        "![alt](a.jpg)",
        '![a *b* _c_ &amp; d](b.jpg "T")',
        "![a](@p-1)",
        "!![a](b)",
        "![ref]",
        "![^1](a)",
        "!",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "[[",
        "]]",
        "](",
        "![",
        "[^",
        "]:",
        "<",
        ">",
        "&",
        "`",
        "``",
        "\\",
        "|",
        "{",
        "}",
        "#",
    ),
    *(
        "`code`",
        "`` a`b ``",
        "\\*",
        "\\[x](y)",
        "\\\\",
        "\\_",
        "&amp;",
        "&#8212;",
        "&#xe000;",
        "&copy",
        "R&D",
        "a & b",
    ),
    *(
        "<b>bold</b>",
        "<br>",
        "<i title='*x*'>y</i>",
        "<!-- note -->",
        "<http://a.b/c_d>",
        "<me@a.b>",
        "<a",
        "</p>",
    ),
    *(
        "[^1]",
        "[^2]",
        "[^1][^1]",
        "HTML",
        "{: #id .c title='t' }",
        "{#x}",
        "{: open }",
        "  \n",
        "\\\n",
        "\ue000",
        "\ue001",
    ),
    *(
        "\x02",
        "\x03",
        "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0000\x03",
        "\t",
        "\u00a0",
        "\u2028",
        "\x0b",
        "\r",
        "\r\n",
    ),
)
LINES = (
    *(
        "# One",
        "## Two",
        "### [*](@p-1)",
        "## Two ##",
        "####### Seven",
        "#no",
        "Title\n=====",
        "Title\n-----",
        "---",
    ),
    *(
        "* * *",
        "- a",
        "- **b** c",
        "* a\n* b",
        "+ a\n\n+ b",
        "- a\n    - *b*\n- c",
        "- a\n\n    b\n\n- c",
        "- a\n  b",
    ),
    *(
        "1. a\n2. b",
        "1. a\n\n    - b",
        "٣. a",
        "- a\n## b",
        "- # a\n- b",
        "> a",
        "> a\nb",
        "> - a\n> - b",
        "> > *a*",
        ">a",
    ),
    *(
        "a | b\n--|:-:\n*1* | 2",
        "| a |\n|---|\n| `|` |",
        "a\n| b",
        "term\n: *definition*",
        "term\n\n:   a\n\n    b",
    ),
    *(
        "[^1]: A *note*.",
        "[^2]: One\n\n    more",
        "[^1]: a\n[^2]: b",
        "*[HTML]: Hyper",
        "*[word]: W",
        "[ref]: r.md 'T'",
    ),
    *(
        "[ref]:\n  <a b>",
        "```\ncode *a*\n```",
        "~~~ {.py #z}\nx\n~~~",
        "``` py\n[*](@p-1)",
        "    code\n    more",
        "\tcode",
    ),
    *(
        "<div>\n*raw*\n</div>",
        "<div markdown=1>\n\n*in* [*](@p-1)\n\n- a\n</div>",
        "<p markdown='span'>*a*</p>",
    ),
    *(
        "<section markdown='block'>\n# a\n</section>",
        "<details open><summary>a</summary>b</details>",
        "<script>*a*</script>",
    ),
    *(
        "<h2 id='two'>x</h2>",
        "<table><tr><td title='[*](@p-1)'>1</table>",
        "<iframe></iframe>",
        "<!--\n*a*\n-->",
        "<?php ?>",
    ),
    *(
        "<hr>",
        "<hr />",
        "<Marquee>",
        "*a* {: .b }",
        "# a {: #b }",
        "- a {: .c }\n{: .d }",
        "[TOC]",
        "///Footnotes Go Here///",
    ),
    *("", "\n", "   ", "   indented", "    ", "![alt](a.jpg)", "![](b.jpg)\n*Caption*"),
)
SIGNS = ("*", "**", "_", "a", " ", " *a", "a* ", "**a", "\n(", "[x](y)", "[*](@p-1)")
inline = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=8).flatmap(
    lambda pieces: st.sampled_from(("", " ", "\n")).map(lambda between: between.join(pieces))
)
block = st.one_of(inline, st.sampled_from(LINES), st.tuples(st.sampled_from(LINES), inline).map("".join))
indent = st.sampled_from(("", "", "", "> ", "    ", "- ", "1. ", " ", "  "))
indented = st.tuples(indent, block).map(
    lambda pair: "\n".join(pair[0] + line for line in pair[1].split("\n"))
)
document = st.lists(indented, max_size=7).flatmap(
    lambda blocks: st.sampled_from(("\n\n", "\n\n", "\n", "\n\n\n")).map(lambda between: between.join(blocks))
)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_our_own_stories_come_out_the_same(path: Path):
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
    assert convert(text) == convert_plainly(text)


@pytest.mark.parametrize("first", SIGNS)
def test_signs_in_every_order_come_out_the_same(first: str):
    for others in product(SIGNS, repeat=3):
        text = "".join((first, *others))
        assert convert(text) == convert_plainly(text), text


@given(document)
def test_whatever_an_author_writes_comes_out_the_same(text: str):
    assert convert(text) == convert_plainly(text)


@given(inline)
def test_whatever_stands_in_one_line_comes_out_the_same(text: str):
    assert convert(text) == convert_plainly(text)

"""Python-Markdown with less to do says the same as Python-Markdown, byte for byte."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.text import Reference
from builder.render.markdown import CONFIGURATION, House
from builder.render.swift import Swift
from tests.built import ROOT


@cache
def _converters() -> tuple[markdown.Markdown, markdown.Markdown, list[Reference]]:
    """Python-Markdown as it comes, with our references; and the same made swift."""
    found: list[Reference] = []
    plain, swift = (
        markdown.Markdown(
            extensions=["extra", "sane_lists", "toc", House(found), *more],
            extension_configs=CONFIGURATION,
            output_format="html",
        )
        for more in ([], [Swift()])
    )
    return plain, swift, found


def both(source: str) -> tuple[str, str]:
    """What the two make of a text, with the references they found."""
    plain, swift, found = _converters()
    said = []
    for converter in (plain, swift):
        found.clear()
        converter.reset()
        try:
            said.append(f"{converter.convert(source)}\n{found}")
        except RecursionError:
            said.append("too deep")
            _converters.cache_clear()
    return said[0], said[1]


def texts() -> list[Path]:
    return sorted(
        path
        for folder in ("stories", "tests/newsrooms", "docs", "tests/broken")
        for path in (ROOT / folder).rglob("*.md")
    )


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_real_text_comes_out_the_same(path: Path):
    plain, swift = both(path.read_text(encoding="utf-8", errors="replace"))
    assert swift == plain


FRAGMENTS = (
    "Plain words.", "Two\nlines", "*em*", "**strong**", "***both***", "_a_ __b__", "a_b_c", "* x", "*", "**", "`code`",
    "``a`b``", "`", "\\*", "\\", "[a](b)", '[a](b "t")', "[a](<b c> 't')", "[a][b]", "[a]", "[b]: http://x.y 'T'", "![i](j)",
    "![i][b]", "![b]", "[[a](b)]", "[a](b", "[", "]", "](", "[*](@p-1 'x')", "[*'s](@p-2:gen)", "<http://a.b>", "<a@b.c>", "<b>x</b>",
    "<div>\n\nx\n\n</div>", '<div markdown="1">\n*x*\n</div>', "<!-- c -->", "<", ">", "&amp;", "&", "&#65;", "# H", "## H #", "### H {#i .c}",
    "H\n=", "H\n---", "---", "***", "> q", "> q\n> > r", "- a\n- b", "- a\n\n- b", "1. a\n2. b", "1) a", "    code", "\ttab", "```\nx\n```",
    "~~~ {.py}\nx\n~~~", "a | b\n--|--\n1 | 2", "| a |\n|:-:|\n| 1 |", "T\n: d", "[^1]", "[^1]: note", "[^1]: note\n\n    more", "*[HTML]: H",
    "HTML", "x  \ny", "x{: .c }", "x\n{: #i }", "\u06f1. \u0633\u0644\u0627\u0645", "\u0633\u0644\u0627\u0645", "\u03b1\u03b2", "\x02klzzwxh:0001\x03", "\u00a0", "\ue0000\ue001", "12. x",
    "a\n    b", "- a\n\n    b", "- a\n    - b", "Term\n\n:   def", "a\n- b", "a\n1. b", "a\n# b", "a\n> b", "- # H\n  x",
)  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from(FRAGMENTS),
            st.sampled_from(("", " ", "\n", "\n\n", "\n\n\n", "\n    ", "\n> ", "\n- ")),
        ),
        max_size=14,
    )
)
def test_whatever_stands_beside_whatever_it_comes_out_the_same(pieces: list[tuple[str, str]]):
    plain, swift = both("".join(text + between for text, between in pieces))
    assert swift == plain


@given(st.text(alphabet="ab *_`[]()!<>&#-=|:\\\n\t1.^@'\"{}", max_size=60))
def test_any_signs_come_out_the_same(source: str):
    plain, swift = both(source)
    assert swift == plain


@pytest.mark.parametrize("signs", ["[", "![", "[a", "[^", "](", "[]("])
def test_brackets_that_nobody_closes_are_looked_for_once(signs: str, monkeypatch: pytest.MonkeyPatch):
    """The work is counted, not timed: a text is walked over once for each pattern, and not for each bracket."""
    from builder.render import swift

    walked: list[int] = []
    closing = swift._closing

    def counted(text: str) -> dict[int, int]:
        walked.append(len(text))
        return closing(text)

    monkeypatch.setattr(swift, "_closing", counted)
    _, converter, _ = _converters()
    converter.reset()
    converter.convert(signs * 3000)
    assert len(walked) <= 6

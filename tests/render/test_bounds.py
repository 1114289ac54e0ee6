"""A text of signs that open and never close costs what its length is worth, or is refused in plain words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from builder.model.body import Body
from builder.problem import Problem
from builder.render import bounds
from builder.render.markdown import _converter, convert, converted
from tests.plainly import convert_plainly

LINEAR = (
    *(
        "[",
        "[link](x)",
        "![",
        "![a](",
        "[a](",
        "[a](<",
        "[^",
        "![a](b.jpg)",
        '[*](@p-1 "a")',
        "<![CDATA[",
        "[a]",
    ),
    *(
        "*",
        "*a ",
        "a* ",
        "**a *b ",
        "*a** b",
        "_",
        "_a ",
        "`",
        "`a ",
        "<",
        "<b>x</b> ",
        "<!-- ",
        "&amp;",
        "\\",
    ),
)
REFUSED = ("<a ", '<a b="', '<i title="', "<http://", "``` a\n", "[a]:\n")


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python's own and in C, were called: the same on every machine."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("sign", LINEAR)
def test_twice_the_signs_are_twice_the_work(sign: str):
    convert("x")
    once = calls(lambda: convert(sign * 300))
    twice = calls(lambda: convert(sign * 600))
    assert twice < 2.3 * once


@pytest.mark.parametrize("sign", LINEAR)
def test_many_signs_are_read(sign: str):
    assert isinstance(converted(sign * 8192, "f"), Body)


def test_brackets_that_nothing_closes_stay_as_they_are():
    (words,) = convert("[" * 20_000).words.parts
    assert words == "[" * 20_000


@pytest.mark.parametrize("text", [*(sign * 8192 for sign in REFUSED), "[" * 8192 + "]" * 8192])
def test_what_would_take_for_ever_is_refused_in_plain_words(text: str):
    result = converted(text, "stories/2026/a.md")
    assert isinstance(result, Problem)
    assert (result.code, result.file) == ("too-tangled", "stories/2026/a.md")
    assert convert("*a*").parts == ("<p><em>a</em></p>",)


@pytest.mark.parametrize(
    "text",
    [
        "# a heading\n" * 3000,
        "# a heading\nand its text\n" * 2000,
        "a heading\n---\n" * 1000,
        "*[AB]: an abbreviation\n" * 1000,
    ],
)
def test_a_long_text_without_blank_lines_is_read_as_ever(text: str):
    assert converted(text, "f") == convert_plainly(text)


def noted(times: int) -> str:
    return "[^1] and [^a:b] " * times + "\n\n[^1]: A note.\n\n[^a:b]: Another.\n"


def test_a_note_that_is_marked_twice_as_often_is_twice_the_work():
    convert("x")
    assert calls(lambda: convert(noted(600))) < 2.3 * calls(lambda: convert(noted(300)))


def test_the_marks_of_a_note_are_numbered_as_ever():
    assert convert(noted(30)) == convert_plainly(noted(30))


def test_a_real_text_is_far_from_the_bound():
    text = "- [*](@p-1 'a') (see [here](a.md) and `there`), <b>x</b>\n\n```\ncode\n```\n\n## a\nb\n\n" * 500
    convert(text)
    converter, _ = _converter()
    assert bounds.MOST - converter.work.left < bounds.MOST / 100

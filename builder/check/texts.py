"""The texts that editors wrote in Markdown, and a Problem at its place in one of them."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model.edition import EditionWords
from builder.model.newsletter import Newsroom
from builder.model.story import Story
from builder.problem import Level, Problem

Written = Story | EditionWords


def all_texts(newsroom: Newsroom) -> Iterator[Written]:
    """Every story and every edition's words, published or not, whole or not."""
    yield from newsroom.stories
    yield from newsroom.unsound
    for edition in newsroom.editions:
        yield from edition.words


def weight(text: Written) -> Level:
    """How much a fault in a text weighs: an imported one was not written for this site, and nobody should rewrite it."""
    return Level.WARNING if isinstance(text, Story) and text.imported else Level.ERROR


def problem_in(
    text: Written, words: str, *, code: str, level: Level, message: str, mend: str, guess: str = ""
) -> Problem:
    """A Problem that points at `words` in the body of `text`; without a place where they are not to be found."""
    offset = text.body.find(words)
    line, column, excerpt = 0, 0, ""
    if offset >= 0:
        start = text.body.rfind("\n", 0, offset) + 1
        end = text.body.find("\n", offset)
        line = text.body_line + text.body.count("\n", 0, offset)
        column = offset - start + 1
        excerpt = text.body[start : end if end >= 0 else None]
    return Problem(
        code=code,
        level=level,
        file=text.file,
        line=line,
        column=column,
        excerpt=excerpt,
        message=message,
        mend=mend,
        guess=guess,
    )

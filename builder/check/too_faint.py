"""Which colours of a brand cannot be read, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.model.brand import Faint
from builder.model.newsletter import Newsroom
from builder.problem import Level, Problem

_FILE = "stories/newsletter.yaml"

_SURFACES = {
    "paper": "paper",
    "paper-sunk": "the ground of notes",
    "tint-learning": "the ground of lessons",
    "tint-recovery": "the ground of things put right",
    "tint-light": "the ground of light stories",
    "tint-leader": "the ground of leaders' words",
}
"""The surfaces that are made from the paper, in words that editors can find on a page."""


def problems(newsroom: Newsroom, faint: Iterable[Faint]) -> Iterator[Problem]:
    for one in faint:
        line, column, excerpt = _place(newsroom, one.key)
        yield Problem(
            code="brand-contrast",
            level=Level.HINT if one.readable else Level.ERROR,
            file=_FILE,
            line=line,
            column=column,
            excerpt=excerpt,
            message=_message(one),
            mend=_mend(one),
        )


def _message(one: Faint) -> str:
    where = _SURFACES[one.on]
    if one.key.startswith("paper"):
        extreme = "white" if one.key.endswith("_dark") else "black"
        return (
            f"not even {extreme} words can be read on this `{one.key}`{' or what is made of it' * (one.on != 'paper')}: "
            f"their contrast is {_ratio(one.contrast)}, and text needs {_ratio(one.needed)}"
        )
    of = "tires the eye" if one.readable else "can hardly be read"
    wish = "a long text should have" if one.readable else "text needs"
    return f"`{one.key}` {of} on {where}: its contrast is {_ratio(one.contrast)}, and {wish} {_ratio(one.needed)}"


def _mend(one: Faint) -> str:
    night, paper = one.key.endswith("_dark"), one.key.startswith("paper")
    side = "darker" if night == paper else "lighter"
    return f'Make it {side}: `{one.key}: "{one.nearest}"` is the nearest that would do. Or leave it out.'


def _ratio(contrast: float) -> str:
    """Rounded down, so that what falls short is never said to be enough.

    >>> _ratio(4.499)
    '4.4:1'
    """
    return f"{int(contrast * 10) / 10:g}:1"


def _place(newsroom: Newsroom, key: str) -> tuple[int, int, str]:
    """Where the settings say the colour of this key."""
    wanted = re.compile(rf"\b{key}\s*:\s*[\"']?$")
    for passage in newsroom.passages:
        if passage.file == _FILE and passage.text.startswith("#") and passage.line:
            line = passage.source.split("\n")[passage.line - 1]
            if wanted.search(line[: passage.column - 1]):
                return passage.line, passage.column, line
    return 0, 0, ""

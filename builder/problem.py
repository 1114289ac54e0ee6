"""What is wrong, where, and how to mend it.

The tree of everything that can go wrong:

    Problem                 a value: one fault in what an editor, a designer or an operator gave us
      Level.ERROR           nothing is published until it is mended
      Level.WARNING         published, but someone should look
      Level.HINT            published; a thought
    Trouble                 an exception: the work cannot go on at all, and one Problem says why

A Problem is shown, never raised; all Problems of a run are shown together. Any other exception means that
Yearround is wrong, not the person who uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class Level(Enum):
    """How much a Problem weighs; the value is the word people see."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault, said the way a kind colleague would.

    `line` and `column` count from 1; 0 means that the fault has no single place. `excerpt` is the line itself, as it
    stands in the file. `mend` says what to do about it; `guess` is what was probably meant, where something is near.
    """

    code: str
    level: Level
    file: str
    message: str
    mend: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    guess: str = ""


class Trouble(Exception):
    """The work cannot go on; `problem` says why in the words of the people who use Yearround."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem

    def __reduce__(self) -> tuple[type[Trouble], tuple[Problem]]:
        """As it travels from one process to another."""
        return Trouble, (self.problem,)


def guess(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word`, or "" when none is near.

    >>> guess("titel", ["title", "date"])
    'title'
    >>> guess("banana", ["title", "date"])
    ''
    """
    folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(word.casefold(), sorted(folded), n=1, cutoff=0.7)
    return folded[near[0]] if near else ""


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those Problems that keep a newsletter from being published."""
    return tuple(problem for problem in problems if problem.level is Level.ERROR)


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Errors first, then by file and place; each said once."""
    weight = {Level.ERROR: 0, Level.WARNING: 1, Level.HINT: 2}
    once = dict.fromkeys(problems)
    return tuple(sorted(once, key=lambda p: (weight[p.level], p.file, p.line, p.column, p.code, p.message)))

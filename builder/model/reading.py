"""How many words there are to read, whose they are, and how long they take."""

from __future__ import annotations

from dataclasses import dataclass

WORDS_A_MINUTE = 200
"""Of a text on a screen, by somebody with other things to do."""

LEADERS_SHARE = 15
"""Leaders' words are at most so many of an edition's hundred."""


def minutes(words: int) -> int:
    """Whole minutes, at least one.

    >>> minutes(0), minutes(250), minutes(500)
    (1, 1, 2)
    """
    return max(1, round(words / WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The words of a mail in one language: its opening, each story (its work first), customers' and our own answers."""

    language: str
    opening: int
    stories: tuple[tuple[str, int], ...]
    said: int
    leaders: int

    @property
    def all(self) -> int:
        return self.opening + self.said + sum(words for _, words in self.stories)

    @property
    def share(self) -> int:
        """Leaders' words in a hundred."""
        return share(self.leaders, self.all)


def share(leaders: int, all: int) -> int:
    """Leaders' words in a hundred of all; a part of one more counts as one, so that 15 means at most 15.

    >>> share(15, 100), share(151, 1000), share(0, 0)
    (15, 16, 0)
    """
    return -(-100 * leaders // all) if all else 0

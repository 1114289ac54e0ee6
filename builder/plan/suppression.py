"""Which groups of a breakdown may be seen, so that nobody's answers can be worked out from what is.

A score of fewer than `least` answers is hidden, and so is as much besides that what is hidden cannot be found by taking
what is shown from the whole: two groups or more, with `least` answers or more between them, not all of which say the same.
Where even that will not do, no group is shown. Primary and complementary suppression are those of statistical offices
(Hundepool et al., Statistical Disclosure Control, 2012, chapter 4); tables here have one dimension, because those of two
need a solver to be safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST_FOR_A_SCORE = 5
"""What is meant where nothing is set; what may be set is at least 3: of two answers each of the two knows the other."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group's answers: how many, and how many gave each. `id` is "" for those of the whole that are in no group."""

    id: str
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)


def shown(whole: Sequence[int], groups: Iterable[Group], least: int = LEAST_FOR_A_SCORE) -> frozenset[str]:
    """The ids of the groups that may be seen beside the whole, whose counts anybody may know.

    Groups that nobody answered in are none. What is hidden is as little as will do: beginning with the smallest group.

    >>> shown((80, 20), [Group("ward", (50, 10)), Group("kitchen", (28, 9)), Group("chapel", (2, 1))])
    frozenset({'ward'})
    >>> sorted(shown((80, 20), [Group("ward", (50, 10)), Group("kitchen", (30, 10))]))
    ['kitchen', 'ward']
    """
    answered = sorted((one for one in groups if one.n), key=lambda one: (one.n, one.id))
    rest = tuple(all_ - sum(one.counts[place] for one in answered) for place, all_ in enumerate(whole))
    hidden = [one for one in answered if one.n < least]
    open_ = answered[len(hidden) :]
    if not hidden and not 0 < sum(rest) < least:
        return frozenset(one.id for one in open_)
    if sum(rest):
        hidden.append(Group("", rest))
    while open_ and not _safe(hidden, least):
        hidden.append(open_.pop(0))
    return frozenset(one.id for one in open_) if _safe(hidden, least) else frozenset()


def shown_together(periods: Sequence[frozenset[str]], answered: Sequence[frozenset[str]]) -> frozenset[str]:
    """The groups whose total over several periods may be seen: those that are hidden in none of them.

    `periods` says which are shown in each, `answered` which there are. A total beside all periods but one gives that one
    away, and beside all but two it may, together with what else is shown.
    """
    all_ = frozenset[str]().union(*answered)
    return frozenset(
        one
        for one in all_
        if all(one in seen for seen, there in zip(periods, answered, strict=True) if one in there)
    )


def _safe(hidden: Sequence[Group], least: int) -> bool:
    """Whether these cannot be told from one another by who knows what they add up to."""
    together = [sum(column) for column in zip(*(one.counts for one in hidden), strict=True)]
    return len(hidden) > 1 and sum(together) >= least and sum(1 for count in together if count) > 1

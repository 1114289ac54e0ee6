"""Which groups may be seen: an attacker who knows all that is shown, with a solver, finds nobody that is hidden."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy.optimize import linprog

from builder.plan.suppression import LEAST_FOR_A_SCORE, Group, shown, shown_together

Choice = Callable[[Sequence[int], list[Group]], frozenset[str]]


def test_all_are_seen_where_enough_answered_everywhere():
    assert shown((60, 40), [Group("a", (30, 20)), Group("b", (30, 20))]) == {"a", "b"}


def test_a_small_group_takes_another_along():
    groups = [Group("large", (50, 10)), Group("middle", (20, 9)), Group("small", (2, 1))]
    assert shown((72, 20), groups) == {"large"}


def test_two_small_groups_hide_one_another_if_they_are_five_together():
    assert shown((53, 12), [Group("large", (50, 10)), Group("b", (2, 1)), Group("c", (1, 1))]) == {"large"}
    assert shown((51, 11), [Group("large", (50, 10)), Group("b", (1, 0)), Group("c", (0, 1))]) == frozenset()


def test_those_in_no_group_are_hidden_like_a_group():
    assert shown((51, 11), [Group("large", (50, 10))]) == frozenset()  # two of no group, alone
    assert shown((53, 12), [Group("large", (50, 10))]) == {"large"}
    assert shown((60, 30), [Group("large", (50, 10)), Group("b", (2, 1))]) == {"large"}
    assert shown((60, 30), [Group("large", (50, 10)), Group("b", (5, 1))]) == {"large", "b"}


def test_those_who_are_hidden_and_all_say_the_same_are_hidden_further():
    groups = [Group("large", (50, 10)), Group("middle", (20, 9)), Group("b", (3, 0)), Group("c", (4, 0))]
    assert shown((77, 19), groups) == {"large"}


def test_a_group_that_nobody_answered_in_is_none():
    assert shown((50, 10), [Group("large", (50, 10)), Group("empty", (0, 0))]) == {"large"}


def test_what_is_least_can_be_set():
    groups = [Group("a", (30, 20)), Group("b", (3, 1)), Group("c", (20, 20))]
    assert shown((53, 41), groups, least=3) == {"a", "b", "c"}


def test_the_order_of_groups_says_nothing():
    groups = [Group(name, (size, 2)) for name, size in zip("abcdef", (1, 1, 9, 9, 30, 2), strict=True)]
    whole = (52, 12)
    assert {shown(whole, random.Random(seed).sample(groups, len(groups))) for seed in range(20)} == {
        shown(whole, groups)
    }


def test_a_total_over_periods_is_seen_of_groups_that_are_hidden_in_none():
    answered = [frozenset("abc"), frozenset("abc"), frozenset("ab")]
    assert shown_together([frozenset("abc"), frozenset("ab"), frozenset("a")], answered) == {"a"}
    assert shown_together([frozenset("abc"), frozenset("abc"), frozenset("ab")], answered) == {"a", "b", "c"}


# ---- The attack ---------------------------------------------------------------------------------------------------------


TABLES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 250


def table(chance: random.Random) -> tuple[tuple[int, ...], list[Group]]:
    """Groups of all sizes, small ones often, of two or three answers; sometimes with people in no group."""
    answers = chance.choice((2, 2, 3))
    groups = [
        Group(f"g{place}", tuple(chance.choice((0, 0, 1, 2, 3, 9, 30)) for _ in range(answers)))
        for place in range(chance.randint(1, 6))
    ]
    rest = tuple(chance.choice((0, 0, 0, 1, 4)) for _ in range(answers))
    whole = tuple(sum(column) for column in zip(rest, *(one.counts for one in groups), strict=True))
    return whole, groups


def recovered(whole: Sequence[int], groups: list[Group], seen: frozenset[str]) -> set[str]:
    """The hidden groups whose counts a solver finds, or of which it finds that all answered alike.

    It knows the whole, who answered at all, whether some belong to no group, and all that is seen.
    """
    answered = [one for one in groups if one.n]
    left = np.array(
        [
            all_ - sum(one.counts[place] for one in answered if one.id in seen)
            for place, all_ in enumerate(whole)
        ]
    )
    hidden = [one.id for one in answered if one.id not in seen]
    some_in_none = sum(whole) > sum(one.n for one in answered)
    parts = len(hidden) + some_in_none
    if not hidden:
        return set()
    size = parts * len(left)
    # A count per part and answer: they add up to what is left of each answer, and in each part somebody answered.
    sums = np.zeros((len(left), size))
    somebody = np.zeros((parts, size))
    for part in range(parts):
        for place in range(len(left)):
            sums[place, part * len(left) + place] = 1
            somebody[part, part * len(left) + place] = -1
    found = set()
    for part, id in enumerate(hidden):
        ranges = []
        for place in range(len(left)):
            aim = np.zeros(size)
            aim[part * len(left) + place] = 1
            ends = [
                linprog(sign * aim, A_ub=somebody, b_ub=-np.ones(parts), A_eq=sums, b_eq=left).fun * sign
                for sign in (1, -1)
            ]
            ranges.append(ends)
        fixed = [high - low < 1e-6 for low, high in ranges]
        none = [high < 1e-6 for _, high in ranges]
        if all(fixed) or sum(none) == len(none) - 1:
            found.add(id)
    return found


def attacked(choose: Choice, tables: int, seed: int) -> int:
    """In how many tables a solver finds a group that the whole alone does not give away."""
    chance = random.Random(seed)
    fallen = 0
    for _ in range(tables):
        whole, groups = table(chance)
        if sum(whole) >= LEAST_FOR_A_SCORE:
            seen = choose(whole, groups)
            # Where nothing more is seen than the whole, nothing more is found; and what the whole alone gives away is
            # asked only where anything was found: a solver is slow, and most tables fall to neither.
            found = recovered(whole, groups, seen) if seen else set()
            fallen += bool(found and found - recovered(whole, groups, frozenset()))
    return fallen


def test_a_solver_recovers_nobody():
    assert attacked(shown, TABLES, seed=7) == 0


def over_periods(choose: Choice, years: int, seed: int) -> int:
    """In how many years a solver finds the total of a group over all periods, or its part of one, that is not shown.

    It knows each period's whole and what is seen of it, and the totals over the year of those seen in all of it.
    """
    chance = random.Random(seed)
    fallen = 0
    for _ in range(years):
        answers = chance.choice((2, 3))
        names = [f"g{place}" for place in range(chance.randint(2, 5))]
        periods = []
        for _ in range(chance.randint(2, 4)):
            groups = [
                Group(name, tuple(chance.choice((0, 1, 2, 3, 9, 30)) for _ in range(answers)))
                for name in names
            ]
            rest = tuple(chance.choice((0, 0, 1, 4)) for _ in range(answers))
            periods.append(
                (tuple(sum(c) for c in zip(rest, *(g.counts for g in groups), strict=True)), groups)
            )
        seen = [choose(whole, groups) for whole, groups in periods]
        totals = choose_totals(choose, seen, periods)
        fallen += any_falls(periods, seen, totals)
    return fallen


Periods = list[tuple[tuple[int, ...], list[Group]]]


def choose_totals(choose: Choice, seen: list[frozenset[str]], periods: Periods) -> frozenset[str]:
    if choose is not shown:
        return frozenset(one.id for _, groups in periods for one in groups)
    return shown_together(seen, [frozenset(one.id for one in groups if one.n) for _, groups in periods])


def any_falls(periods: Periods, seen: list[frozenset[str]], totals: frozenset[str]) -> bool:
    """Whether any hidden count of any period is fixed by all equations of the year, that its own whole does not fix alone."""
    answers = len(periods[0][0])
    names = sorted({one.id for _, groups in periods for one in groups})
    places = {
        (period, name, answer): index
        for index, (period, name, answer) in enumerate(
            (period, name, answer)
            for period in range(len(periods))
            for name in [*names, ""]
            for answer in range(answers)
        )
    }
    known: list[tuple[dict[int, float], float]] = []
    somebody: list[dict[int, float]] = []
    for period, (whole, groups) in enumerate(periods):
        by_name = {one.id: one for one in groups}
        rest = sum(whole) - sum(one.n for one in groups)
        for answer in range(answers):
            known.append(({places[period, name, answer]: 1.0 for name in [*names, ""]}, whole[answer]))
            for name in names:
                if name in seen[period] or by_name[name].n == 0:
                    known.append(({places[period, name, answer]: 1.0}, by_name[name].counts[answer]))
            if rest == 0:
                known.append(({places[period, "", answer]: 1.0}, 0))
        for name in names:
            if by_name[name].n:
                somebody.append({places[period, name, answer]: -1.0 for answer in range(answers)})
        if rest:
            somebody.append({places[period, "", answer]: -1.0 for answer in range(answers)})
    for name in totals:
        for answer in range(answers):
            total = sum(one.counts[answer] for _, groups in periods for one in groups if one.id == name)
            known.append(({places[period, name, answer]: 1.0 for period in range(len(periods))}, total))

    def matrix(rows: list[dict[int, float]]) -> np.ndarray:
        made = np.zeros((len(rows), len(places)))
        for at, row in enumerate(rows):
            for place, value in row.items():
                made[at, place] = value
        return made

    equations, right = matrix([row for row, _ in known]), np.array([value for _, value in known], dtype=float)
    least = matrix(somebody)

    def fixed(place: int) -> bool:
        aim = np.zeros(len(places))
        aim[place] = 1
        low, high = (
            linprog(sign * aim, A_ub=least, b_ub=-np.ones(len(least)), A_eq=equations, b_eq=right).fun * sign
            for sign in (1, -1)
        )
        return bool(high - low < 1e-6)

    for period, (whole, groups) in enumerate(periods):
        for one in groups:
            if not one.n or one.id in seen[period] or sum(whole) < LEAST_FOR_A_SCORE:
                continue
            if all(fixed(places[period, one.id, answer]) for answer in range(answers)) and (
                one.id not in recovered(whole, groups, frozenset())
            ):
                return True
    return False


def test_a_solver_recovers_nobody_from_a_year_with_its_totals():
    assert over_periods(shown, TABLES // 10, seed=11) == 0


def test_totals_of_groups_that_are_hidden_in_a_period_give_them_away():
    """Rightly thinned periods beside the totals of all groups: the way in that a year to date opens."""

    def careless(whole: Sequence[int], groups: list[Group]) -> frozenset[str]:
        return shown(whole, groups)

    assert over_periods(careless, TABLES // 10, seed=11) > 0


def test_a_solver_recovers_many_where_only_small_groups_are_hidden():
    """The attack is worth something: without complementary suppression it succeeds."""

    def primary(whole: Sequence[int], groups: list[Group]) -> frozenset[str]:
        return frozenset(one.id for one in groups if one.n >= LEAST_FOR_A_SCORE)

    assert attacked(primary, TABLES // 5, seed=7) > TABLES // 50


@pytest.mark.parametrize("least", [3, 5, 8])
def test_no_group_under_the_least_is_ever_seen(least: int):
    chance = random.Random(least)
    for _ in range(2_000):
        whole, groups = table(chance)
        sizes = {one.id: one.n for one in groups}
        assert all(sizes[one] >= least for one in shown(whole, groups, least))

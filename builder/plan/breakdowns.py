"""A reading by team: which teams may be seen, what each of them and all others together gave, and the same over a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.model.estimate import Interval
from builder.model.metric import Counts, Method, Part, Reading, Together, scored
from builder.plan.suppression import Group, shown, shown_together

Sure = Callable[[Reading, Counts], Interval | None]
"""How sure the score of such counts is, of that reading."""


def thinned(reading: Reading, least: int) -> Reading:
    """The reading with those teams alone that may be seen beside the whole."""
    if not reading.segments:
        return reading
    groups = [
        Group(one.team, tuple(dict(one.counts).get(name, 0) for name, _ in reading.counts))
        for one in reading.segments
    ]
    seen = shown([number for _, number in reading.counts], groups, least)
    return replace(reading, segments=tuple(one for one in reading.segments if one.team in seen))


def parts(reading: Reading, method: Method, sure: Sure) -> tuple[Part, ...]:
    """The teams of a thinned reading, in the order of their names' ids, and last all others together, if there are any."""
    return _parts({one.team: one.counts for one in reading.segments}, reading.counts, reading, method, sure)


def together(
    before: Sequence[Reading], after: Sequence[Reading], method: Method, sure: Sure
) -> Together | None:
    """The year's readings with teams added up; `before` as they were written, `after` as they may be shown.

    Of a team that is not shown in one of them no total is shown either: it would give that one away.
    """
    divided = [(one, other) for one, other in zip(before, after, strict=True) if one.segments]
    year = divided[-1][0].period[:4] if divided else ""
    divided = [pair for pair in divided if pair[0].period[:4] == year]
    if len(divided) < 2:
        return None
    seen = shown_together(
        [frozenset(one.team for one in kept.segments) for _, kept in divided],
        [frozenset(one.team for one in written.segments if one.n) for written, _ in divided],
    )
    whole: dict[str, int] = {}
    teams: dict[str, dict[str, int]] = {team: {} for team in sorted(seen)}
    for _, kept in divided:
        _add(whole, kept.counts)
        for segment in kept.segments:
            if segment.team in teams:
                _add(teams[segment.team], segment.counts)
    last = divided[-1][0]
    found = _parts(
        {team: tuple(counts.items()) for team, counts in teams.items()},
        tuple(whole.items()),
        last,
        method,
        sure,
    )
    return Together(first=divided[0][0].period, last=last.period, parts=found) if teams else None


def _add(total: dict[str, int], counts: Counts) -> None:
    for name, number in counts:
        total[name] = total.get(name, 0) + number


def _parts(
    teams: dict[str, Counts], whole: Counts, reading: Reading, method: Method, sure: Sure
) -> tuple[Part, ...]:
    if not teams:
        return ()
    left = dict(whole)
    for counts in teams.values():
        for name, number in counts:
            left[name] -= number
    rest = tuple(left.items())
    divided = [*sorted(teams.items()), *([("", rest)] if any(left.values()) else [])]
    return tuple(
        Part(
            team=team,
            score=scored(method, counts),
            n=sum(number for _, number in counts),
            interval=sure(reading, counts),
        )
        for team, counts in divided
    )

"""What a table would change in a measure's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from builder.model.measure_file import MeasureFile
from builder.model.survey import Change, Round, State

JUMP = 300
"""How many times a value may be the one before it: a unit that changed from pounds to thousands shows as about 1,000."""


def of_rounds(
    file: MeasureFile, rounds: Iterable[Round], invited: Mapping[str, int], *, commented: bool = False
) -> tuple[Change, ...]:
    """A change for each round, in order of time; what is the same in the file is said to be.

    `commented`: people were asked for words too, so that it is known how many wrote some, even where nobody did.
    """
    before = {one.period: one.data for one in file.readings}
    found: list[Change] = []
    for one in rounds:
        after: dict[str, Any] = {"period": one.period, "counts": _counts(one.counts, file.method)}
        if one.period in invited:
            after["invited"] = str(invited[one.period])
        if commented:
            after["comments"] = str(one.wrote)
        if one.segments:
            after["segments"] = [
                {"team": team, "counts": _counts(counts, file.method)}
                for team, counts in one.segments.items()
            ]
        found.append(_change(one.period, before.get(one.period), after))
    return tuple(found)


def of_values(
    file: MeasureFile | None, values: Mapping[str, tuple[Decimal, int | None]]
) -> tuple[Change, ...]:
    """Likewise for values, with the number of answers where that is known."""
    before = {one.period: one.data for one in file.readings} if file else {}
    found: list[Change] = []
    for period, (value, n) in sorted(values.items()):
        after: dict[str, Any] = {"period": period, "value": said(value)}
        if n is not None:
            after["n"] = str(n)
        found.append(_change(period, before.get(period), after))
    return tuple(found)


def said(value: Decimal) -> str:
    """A number as a measure's file has it.

    >>> said(Decimal("1E+5")), said(Decimal("12.50"))
    ('100000', '12.5')
    """
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def jumps(values: Mapping[str, Decimal]) -> tuple[tuple[str, str], ...]:
    """Neighbours of which one is hundreds of times the other: (period, the next one).

    >>> jumps({"2026-01": Decimal(12), "2026-02": Decimal(13_000)})
    (('2026-01', '2026-02'),)
    """
    known = [(period, abs(value)) for period, value in sorted(values.items()) if value]
    return tuple(
        (before[0], after[0])
        for before, after in pairwise(known)
        if max(before[1], after[1]) >= JUMP * min(before[1], after[1])
    )


def _counts(counts: Mapping[str, int], method: str) -> dict[str, str]:
    """As a file has them; a mean names only the marks that somebody gave."""
    return {group: str(number) for group, number in counts.items() if number or method != "mean"}


def _change(period: str, before: Mapping[str, Any] | None, after: dict[str, Any]) -> Change:
    if before is None:
        return Change(period=period, state=State.NEW, before=None, after=after)
    whole = {**before, **after}
    if "counts" in after:
        for key in ("value", "n", "spread"):
            whole.pop(key, None)
        if "segments" not in after and not _same(before.get("counts"), after["counts"]):
            whole.pop("segments", None)  # they were parts of what is counted anew
    elif "value" in after and not _same(before.get("value"), after["value"]):
        for key in ("counts", "segments", "spread"):
            whole.pop(key, None)
    state = State.SAME if _same(whole, before) else State.DIFFERS
    return Change(period=period, state=state, before=before, after=whole)


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same, however a number is written and in whatever order teams stand."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = [key for key in {**one, **other} if not str(key).isdecimal()]
        marks = {
            key for key in (*one, *other) if str(key).isdecimal()
        }  # one that nobody gave may be left out
        return all(key in one and key in other and _same(one[key], other[key]) for key in keys) and all(
            _same(one.get(mark, "0"), other.get(mark, "0")) for mark in marks
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            _same(first, second) for first, second in zip(_by_team(one), _by_team(other), strict=True)
        )
    return bool(_number(one) == _number(other))


def _by_team(listed: list[Any]) -> list[Any]:
    return sorted(listed, key=lambda one: str(one.get("team", "")) if isinstance(one, Mapping) else str(one))


def _number(value: Any) -> Any:
    try:
        return Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return value

"""Answers become counts by period, and nobody is counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappush, heappushpop

from builder.model.period import Length, holding
from builder.model.survey import Answer, Comment, Round, Tally
from builder.model.table import Refusal

MOST_COMMENTS = 200
"""How many comments of a round become drafts: more are not read by the people who would have to."""

EVERY = 5000


@dataclass(slots=True)
class _Open:
    """A round while it is being counted; `kept` has the comments with the smallest digests."""

    counts: dict[str, int]
    segments: dict[str, dict[str, int]] = field(default_factory=dict)
    wrote: int = 0
    kept: list[tuple[int, Comment]] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)


def count(
    answers: Iterable[Answer | Refusal],
    groups: tuple[str, ...],
    *,
    kind: Length | None,
    period: str = "",
    smallest_comments: int,
    tell: Callable[[str], None] = lambda line: None,
) -> Tally:
    """The counts of each period. All answers belong to `period` where that is given; else their date says, by `kind`.

    Twice is who answers twice in one period by the same respondent's id; and, where there are no ids, a row that is the same
    as another to the second. Of whoever answered only numbers made from their words are kept, and the comments; these of
    no round with fewer than `smallest_comments`, where each can be told by whoever knows who answered.
    """
    rounds: dict[str, _Open] = {}
    refusals: list[Refusal] = []
    seen: dict[int, int] = {}
    rows = 0
    for answer in answers:
        rows += 1
        if rows % EVERY == 0:
            tell(f"Reading answers: {rows:,} rows")
        if isinstance(answer, Refusal):
            refusals.append(answer)
            continue
        where, why_not = _period(answer, kind, period)
        if why_not:
            refusals.append(Refusal(answer.row, why_not))
            continue
        mark = _mark(answer, where)
        if mark is not None:
            first = seen.setdefault(mark, answer.row)
            if first != answer.row:
                refusals.append(
                    Refusal(
                        answer.row,
                        f"the same respondent was counted in row {first}"
                        if answer.respondent
                        else f"it is row {first} once more, to the second",
                    )
                )
                continue
        one = rounds.setdefault(where, _Open(dict.fromkeys(groups, 0)))
        one.counts[answer.group] += 1
        if answer.team:
            one.segments.setdefault(answer.team, dict.fromkeys(groups, 0))[answer.group] += 1
        elif answer.team_unknown:
            refusals.append(
                Refusal(answer.row, "counted, but not for a team: teams.yaml has none of this name")
            )
        if answer.comment:
            one.wrote += 1
            _keep(one, answer)
    return Tally(
        rounds=tuple(_closed(period, one, smallest_comments) for period, one in sorted(rounds.items())),
        refusals=tuple(refusals),
        rows=rows,
    )


def in_part(refusal: Refusal) -> bool:
    """Whether the row was counted all the same."""
    return refusal.reason.startswith("counted")


def _period(answer: Answer, kind: Length | None, period: str) -> tuple[str, str]:
    """The period an answer belongs to, and why it belongs to none."""
    if answer.moment is None:
        return (period, "") if period else ("", "it has no date")
    if kind is None:
        return period, ""
    found = holding(answer.moment.at.date(), kind)
    return ("", f"its date lies outside {period}") if period and found != period else (found, "")


def _mark(answer: Answer, period: str) -> int | None:
    """What is kept of whoever answered, to know them again; None where nothing tells one from another."""
    if answer.respondent:
        whole = f"{period}\0{answer.respondent}"
    elif answer.moment and answer.moment.timed:
        whole = f"{answer.moment.at.isoformat()}\0{answer.group}\0{answer.team}\0{answer.comment}"
    else:
        return None
    return int.from_bytes(blake2b(whole.encode("utf-8", "replace"), digest_size=8).digest())


def _keep(one: _Open, answer: Answer) -> None:
    digest = blake2b(answer.comment.encode("utf-8", "replace"), digest_size=8).hexdigest()
    if digest in one.digests:
        return
    received = answer.moment.at.date() if answer.moment else None
    comment = Comment(digest=digest, words=answer.comment, received=received, team=answer.team)
    entry = (-int(digest, 16), comment)
    one.digests.add(digest)
    if len(one.kept) < MOST_COMMENTS:
        heappush(one.kept, entry)
    else:
        one.digests.discard(heappushpop(one.kept, entry)[1].digest)


def _closed(period: str, one: _Open, smallest_comments: int) -> Round:
    enough = one.wrote >= smallest_comments
    return Round(
        period=period,
        counts=one.counts,
        segments=dict(sorted(one.segments.items())),
        wrote=one.wrote,
        comments=tuple(comment for _, comment in sorted(one.kept, key=lambda kept: -kept[0]))
        if enough
        else (),
    )

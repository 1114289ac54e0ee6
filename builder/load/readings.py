"""A reading of a measure: its score out of what was counted, and all that cannot be."""

from __future__ import annotations

from collections.abc import Mapping

from builder.load.marks import Marked, Place
from builder.load.metric_forms import ReadingForm
from builder.model.metric import BOUNDS, Counts, Method, Outcomes, Reading, Segment, scored
from builder.problem import Problem, guess

COUNTED = {
    Method.NPS: ("promoters", "passives", "detractors"),
    Method.CSAT: ("satisfied", "others"),
    Method.CES: ("easy", "middling", "hard"),
    Method.PROPORTION: ("yes", "no"),
    Method.FCR: ("resolved", "others"),
}
"""What each counting method counts. A mean counts by mark or takes a `value`; the others take a `value`."""

Scale = tuple[int, int] | None


def read_reading(
    form: ReadingForm, method: Method, scale: Scale, marked: Marked, place: Place
) -> tuple[Reading | None, list[Problem]]:
    """The reading at `place`, or None where it has no score; and what is wrong with it."""
    problem = marked.page.problem
    problems: list[Problem] = []
    whole = (
        _of_counts(form.counts, method, scale, marked, place, problems) if form.counts is not None else None
    )
    if form.counts is not None and form.value is not None:
        problems[:] = [
            problem(
                "counts-and-value",
                "a reading has `counts` or a `value`, not both",
                "Keep the counts: the score is worked out from them.",
                at=marked.key_at((*place, "value")),
            )
        ]
        whole = None
    elif form.counts is None:
        if form.value is None:
            problems.append(_empty(method, marked, place))
        else:
            wrong = beyond(form.value, method, scale, marked, (*place, "value"))
            problems += [wrong] if wrong else []
            whole = None if wrong else (form.value, ())
    segments = _segments(form, method, scale, marked, place, whole[1] if whole else (), problems)
    if form.spread is not None and (method is not Method.MEAN or form.counts is not None or form.n is None):
        problems.append(
            problem(
                "spread-unwanted",
                "`spread:` goes with the `value:` and the `n:` of a mean, and here it does not",
                "Take it out; or write  value: 4.2, spread: 0.9, n: 50  with the method `mean`."
                if form.counts is None
                else "Take it out: it is worked out from the counts.",
                at=marked.key_at((*place, "spread")),
            )
        )
    if whole is None:
        return None, problems
    score, counts = whole
    n = sum(number for _, number in counts) if counts else form.n
    if counts and form.n is not None and form.n != n:
        problems.append(
            problem(
                "n-differs",
                f"`n:` says {form.n}, but the counts add up to {n}",
                "Take `n:` out: it is worked out from the counts.",
                at=marked.at((*place, "n")),
            )
        )
        return None, problems
    problems += _asked(form, n, marked, place)
    return Reading(
        period=form.period,
        score=score,
        n=n,
        counts=counts,
        spread=form.spread,
        invited=form.invited,
        undelivered=form.undelivered,
        outcomes=Outcomes(**form.outcomes.model_dump()) if form.outcomes else None,
        comments=form.comments,
        segments=segments,
    ), problems


def _asked(form: ReadingForm, n: int | None, marked: Marked, place: Place) -> list[Problem]:
    """What cannot be of how many were asked, were reached, and answered."""
    problem = marked.page.problem
    if form.undelivered and form.invited is None:
        return [
            problem(
                "undelivered-of-nobody",
                "`undelivered:` says whom the question never reached, but not how many were asked",
                "Add `invited:`, how many were asked in all.",
                at=marked.key_at((*place, "undelivered")),
            )
        ]
    if form.invited is None or n is None or n + form.undelivered <= form.invited:
        return []
    lost = f", and {form.undelivered} were never reached" if form.undelivered else ""
    return [
        problem(
            "more-than-invited",
            f"{n} people answered{lost}, but `invited:` says that only {form.invited} were asked",
            "Correct `invited:` or the counts.",
            at=marked.at((*place, "invited")),
        )
    ]


def _segments(
    form: ReadingForm,
    method: Method,
    scale: Scale,
    marked: Marked,
    place: Place,
    whole: Counts,
    problems: list[Problem],
) -> tuple[Segment, ...]:
    """The teams' parts, if they can be parts of the whole: whose counts alone tell whom they would give away."""
    found: list[Segment] = []
    seen: dict[str, int] = {}
    problem = marked.page.problem
    for index, segment in enumerate(form.segments):
        at: Place = (*place, "segments", index)
        part = _of_counts(segment.counts, method, scale, marked, at, problems, may_be_nothing=True)
        if segment.team in seen:
            problems.append(
                problem(
                    "segment-twice",
                    f"`{segment.team}` is twice among these segments (the first on line {seen[segment.team]})",
                    "Put the two together.",
                    at=marked.at((*at, "team")),
                )
            )
            continue
        seen[segment.team] = marked.at(at)[0]
        if part:
            found.append(Segment(team=segment.team, score=part[0], counts=part[1]))
    if not found:
        return ()
    if not whole:
        problems.append(
            problem(
                "segments-of-no-counts",
                "segments are parts of what was counted in all, and this reading has no counts",
                "Write `counts:` of all who answered, in front of `segments:`.",
                at=marked.key_at((*place, "segments")),
            )
        )
        return ()
    for name, number in whole:
        together = sum(dict(one.counts).get(name, 0) for one in found)
        if together > number:
            problems.append(
                problem(
                    "more-than-the-whole",
                    f"the segments have {together} `{name}` together, and the whole has only {number}",
                    "Correct the counts: a segment is a part of the whole, and nobody is in two of them.",
                    at=marked.key_at((*place, "segments")),
                )
            )
            return ()
    return tuple(found)


def _of_counts(
    counts: Mapping[str, int],
    method: Method,
    scale: Scale,
    marked: Marked,
    place: Place,
    problems: list[Problem],
    *,
    may_be_nothing: bool = False,
) -> tuple[float, Counts] | None:
    """(score, counts in order), or None where they cannot be."""
    if method is Method.MEAN:
        wrong = _odd_mark(counts, scale, marked, place)
    else:
        wrong = _odd_count(counts, method, marked, place)
    n = sum(counts.values())
    if wrong is None and n == 0 and not may_be_nothing:
        wrong = marked.page.problem(
            "counts-zero",
            "all counts of this reading are 0: nobody answered",
            "Take the reading out; the line in the chart then has a gap.",
            at=marked.at((*place, "counts")),
        )
    if wrong:
        problems.append(wrong)
        return None
    if n == 0:
        return None
    in_order: Counts = (
        tuple(sorted(counts.items(), key=lambda one: int(one[0])))
        if method is Method.MEAN
        else tuple((name, counts[name]) for name in COUNTED[method])
    )
    return scored(method, in_order), in_order


def _odd_mark(counts: Mapping[str, int], scale: Scale, marked: Marked, place: Place) -> Problem | None:
    for mark in counts:
        whole = mark.isascii() and mark.lstrip("-").isdigit() and len(mark) < 10
        if not whole or (scale and not scale[0] <= int(mark) <= scale[1]):
            return marked.page.problem(
                "counts",
                f"`{mark}` is not a mark of this scale"
                if whole
                else f"`{mark}` is not a mark: marks are whole numbers",
                "Write  counts: {1: ..., 2: ..., 3: ...}  with how many gave each mark.",
                at=marked.key_at((*place, "counts", mark)),
            )
    return None


def _odd_count(counts: Mapping[str, int], method: Method, marked: Marked, place: Place) -> Problem | None:
    wanted = COUNTED.get(method)
    if wanted is None:
        return marked.page.problem(
            "counts-unwanted",
            f"a measure by the method `{method.value}` takes a `value`, not counts",
            "Write  value: 4.2  and, if people answered, how many:  n: 50",
            at=marked.key_at((*place, "counts")),
        )
    odd = [name for name in counts if name not in wanted]
    lacking = [name for name in wanted if name not in counts]
    if not odd and not lacking:
        return None
    name = odd[0] if odd else lacking[0]
    return marked.page.problem(
        "counts",
        f"a measure by the method `{method.value}` does not count `{name}`"
        if odd
        else f"a measure by the method `{method.value}` counts `{name}` too, and here it is missing",
        f"Write  counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}{_counted_elsewhere(name) if odd else ''}",
        at=marked.key_at((*place, "counts", name)),
        guess=guess(name, wanted) if odd else "",
    )


def _empty(method: Method, marked: Marked, place: Place) -> Problem:
    wanted = COUNTED.get(method)
    return marked.page.problem(
        "reading-empty",
        "this reading has neither `counts` nor a `value`",
        f"Write  counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}"
        if wanted
        else "Write  value: 4.2  with the number of this period.",
        at=marked.at(place),
    )


def _counted_elsewhere(name: str) -> str:
    """Which method counts this, in words to go on with."""
    other = next((method.value for method, names in COUNTED.items() if name in names), "")
    return f" , or  method: {other}" if other else ""


def beyond(score: float, method: Method, scale: Scale, marked: Marked, place: Place) -> Problem | None:
    """What is wrong with a score that the method, or the scale, cannot give."""
    bounds = scale or BOUNDS.get(method)
    if bounds is None or bounds[0] <= score <= bounds[1]:
        return None
    between = "on this scale" if scale else f"by the method `{method.value}`"
    return marked.page.problem(
        "out-of-bounds",
        f"a score {between} lies between {bounds[0]} and {bounds[1]}, and this is {score:g}",
        f"Correct the number, or `{'scale' if scale else 'method'}:`.",
        at=marked.at(place),
    )

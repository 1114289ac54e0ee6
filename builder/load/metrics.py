"""Measures and their readings: stories/metrics/NAME.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.load.fill import fill_in
from builder.load.forms import MetricForm, ReadingForm, SegmentForm
from builder.load.kinds import ID
from builder.load.marks import Marked, Place, read_yaml
from builder.load.pages import bad_file_name, decode
from builder.load.settings import words
from builder.model.metric import BOUNDS, Break, Method, Metric, Reading, Segment
from builder.model.sources import SourceFile
from builder.model.story import Audience
from builder.problem import Problem, guess

COUNTED = {
    Method.NPS: ("promoters", "passives", "detractors"),
    Method.CSAT: ("satisfied", "others"),
    Method.PROPORTION: ("yes", "no"),
}
"""What each counting method counts; the others take `value`."""


def read_metric(source: SourceFile) -> tuple[Metric | None, tuple[Problem, ...]]:
    """One measure; its id is the file's name."""
    page, problems = decode(source)
    if problems:
        return None, problems
    marked = read_yaml(page)
    if marked.data is None and marked.problems:
        return None, marked.problems
    form, faults = fill_in(MetricForm, marked)
    found = [*marked.problems, *faults]
    id = PurePosixPath(source.path).stem
    if not ID.fullmatch(id):
        found.append(bad_file_name(page, id))
        form = None
    if form is None:
        return None, tuple(found)
    method = Method(form.method)
    readings: list[Reading] = []
    seen: dict[str, int] = {}
    for index, reading in enumerate(form.readings):
        place: Place = ("readings", index)
        made, faults_here = _reading(reading, method, marked, place)
        found += faults_here
        if reading.period in seen:
            found.append(
                page.problem(
                    "period-twice",
                    f"{reading.period} is read twice (first on line {seen[reading.period]})",
                    "Keep the reading that is right.",
                    at=marked.at((*place, "period")),
                )
            )
            continue
        seen[reading.period] = marked.at(place)[0]
        if made:
            readings.append(made)
    found += _mixed_periods(form, marked)
    beyond = _beyond(form.target, method, marked, ("target",)) if form.target is not None else None
    if beyond:
        return None, (*found, beyond)
    return (
        Metric(
            id=id,
            name=words(form.name),
            plain_words=words(form.plain_words),
            unit=words(form.unit),
            method=method,
            direction=form.direction,
            side=form.side,
            file=source.path,
            target=form.target,
            pair=form.pair,
            audience=Audience(form.audience),
            breaks=tuple(Break(period=one.period, note=words(one.note)) for one in form.breaks),
            readings=tuple(sorted(readings, key=lambda one: one.period)),
        ),
        tuple(found),
    )


def _mixed_periods(form: MetricForm, marked: Marked) -> Iterator[Problem]:
    lengths = [len(reading.period) + ("Q" in reading.period) for reading in form.readings]
    for index, length in enumerate(lengths):
        if length != lengths[0]:
            yield marked.page.problem(
                "periods-mixed",
                f"{form.readings[index].period} is another kind of period than {form.readings[0].period}",
                "Keep years, quarters and months in measures of their own; one line cannot join them.",
                at=marked.at(("readings", index, "period")),
            )
            return


def _reading(
    form: ReadingForm, method: Method, marked: Marked, place: Place
) -> tuple[Reading | None, list[Problem]]:
    whole, problems = _score(form, method, marked, place)
    segments: list[Segment] = []
    for index, segment in enumerate(form.segments):
        part, faults = _score(segment, method, marked, (*place, "segments", index))
        problems += faults
        if part:
            segments.append(Segment(team=segment.team, score=part[0], n=part[1]))
    if whole is None:
        return None, problems
    score, n = whole
    if form.invited is not None and n is not None and n > form.invited:
        problems.append(
            marked.page.problem(
                "more-than-invited",
                f"{n} answered, but only {form.invited} were asked",
                "Correct `invited` or the counts.",
                at=marked.at((*place, "invited")),
            )
        )
    counts = tuple(
        (name, form.counts[name]) for name in COUNTED.get(method, ()) if form.counts and name in form.counts
    )
    return Reading(
        period=form.period, score=score, n=n, counts=counts, invited=form.invited, segments=tuple(segments)
    ), problems


def _score(
    form: ReadingForm | SegmentForm, method: Method, marked: Marked, place: Place
) -> tuple[tuple[float, int | None] | None, list[Problem]]:
    """(score, n) of counts or of a value; formulas: NPS = 100 (P - D) / n (Reichheld 2003), shares = 100 yes / n."""
    problem = marked.page.problem
    wanted = COUNTED.get(method)
    if form.counts is not None and form.value is not None:
        return None, [
            problem(
                "counts-and-value",
                "a reading has `counts` or a `value`, not both",
                "Keep the counts: the score is worked out from them.",
                at=marked.key_at((*place, "value")),
            )
        ]
    if form.counts is not None and wanted is None:
        return None, [
            problem(
                "counts-unwanted",
                f"a measure by the method `{method.value}` takes a `value`, not counts",
                "Write `value:` and, where people answered, `n:`.",
                at=marked.key_at((*place, "counts")),
            )
        ]
    if form.counts is not None and wanted is not None:
        odd = [name for name in form.counts if name not in wanted]
        lacking = [name for name in wanted if name not in form.counts]
        if odd or lacking:
            name = odd[0] if odd else lacking[0]
            return None, [
                problem(
                    "counts",
                    f"`{name}` is not counted by `{method.value}`"
                    if odd
                    else f"the count of `{name}` is missing",
                    f"Write counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}.",
                    at=marked.key_at((*place, "counts", name)),
                    guess=guess(name, wanted) if odd else "",
                )
            ]
        n = sum(form.counts.values())
        if form.n is not None and form.n != n:
            return None, [
                problem(
                    "n-differs",
                    f"n is {form.n}, but the counts add up to {n}",
                    "Take `n:` out: it is worked out from the counts.",
                    at=marked.at((*place, "n")),
                )
            ]
        if n == 0:
            return None, [
                problem(
                    "counts-zero",
                    "nobody answered in this period",
                    "Take the reading out: a gap is drawn as a gap.",
                    at=marked.at((*place, "counts")),
                )
            ]
        good = form.counts[wanted[0]] - (form.counts[wanted[2]] if method is Method.NPS else 0)
        return (100 * good / n, n), []
    if form.value is None:
        return None, [
            problem(
                "reading-empty",
                "this reading has neither `counts` nor a `value`",
                f"Write counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}."
                if wanted
                else "Write `value: 4.2`.",
                at=marked.at(place),
            )
        ]
    beyond = _beyond(form.value, method, marked, (*place, "value"))
    return (None, [beyond]) if beyond else ((form.value, form.n), [])


def _beyond(score: float, method: Method, marked: Marked, place: Place) -> Problem | None:
    """What is wrong with a score that the method cannot give."""
    least, most = BOUNDS.get(method, (score, score))
    if least <= score <= most:
        return None
    return marked.page.problem(
        "out-of-bounds",
        f"{score:g} is no score by the method `{method.value}`, which gives {least} to {most}",
        "Correct the number, or the method.",
        at=marked.at(place),
    )

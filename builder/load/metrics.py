"""Measures and their readings: stories/metrics/NAME.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.load.fill import fill_in
from builder.load.forms import MetricForm, ReadingForm, SegmentForm
from builder.load.kinds import ID
from builder.load.marks import Marked, Place, read_yaml
from builder.load.pages import bad_file_name, decode
from builder.load.people import no_such_team
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


def read_metric(
    source: SourceFile, teams: frozenset[str] | None = None, metrics: frozenset[str] | None = None
) -> tuple[Metric | None, tuple[Problem, ...]]:
    """One measure; its id is the file's name. `teams` and `metrics` are the ids it may refer to, where they are known."""
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
                    f"there are two readings for {reading.period} (the first on line {seen[reading.period]})",
                    "Keep the one that is right.",
                    at=marked.at((*place, "period")),
                )
            )
            continue
        seen[reading.period] = marked.at(place)[0]
        if made:
            readings.append(made)
    found += _mixed_periods(form, marked)
    found += _wrong_ids(form, marked, teams, metrics)
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


def _wrong_ids(
    form: MetricForm, marked: Marked, teams: frozenset[str] | None, metrics: frozenset[str] | None
) -> Iterator[Problem]:
    if form.pair and metrics is not None and form.pair not in metrics:
        yield marked.page.problem(
            "id-unknown",
            f"there is no measure `{form.pair}` in stories/metrics/",
            "Write the name of the other measure's file, without .yaml.",
            at=marked.at(("pair",)),
            guess=guess(form.pair, metrics),
        )
    for index, reading in enumerate(form.readings):
        for number, segment in enumerate(reading.segments):
            if teams is not None and segment.team not in teams:
                place: Place = ("readings", index, "segments", number, "team")
                yield no_such_team(marked, place, segment.team, teams)


def _mixed_periods(form: MetricForm, marked: Marked) -> Iterator[Problem]:
    lengths = [len(reading.period) + ("Q" in reading.period) for reading in form.readings]
    for index, length in enumerate(lengths):
        if length != lengths[0]:
            yield marked.page.problem(
                "periods-mixed",
                f"{form.readings[index].period} is not the kind of period that {form.readings[0].period} is",
                "Keep months, quarters and years in measures of their own: one line of a chart cannot join them.",
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
                f"{n} people answered, but `invited:` says that only {form.invited} were asked",
                "Correct `invited:` or the counts.",
                at=marked.at((*place, "invited")),
            )
        )
    counts = tuple(
        (name, form.counts[name]) for name in COUNTED.get(method, ()) if form.counts and name in form.counts
    )
    return Reading(
        period=form.period,
        score=score,
        n=n,
        counts=counts,
        invited=form.invited,
        comments=form.comments,
        segments=tuple(segments),
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
                "Write  value: 4.2  and, if people answered, how many:  n: 50",
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
                    f"a measure by the method `{method.value}` does not count `{name}`"
                    if odd
                    else f"a measure by the method `{method.value}` counts `{name}` too, and here it is missing",
                    f"Write  counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}{_counted_elsewhere(name) if odd else ''}",
                    at=marked.key_at((*place, "counts", name)),
                    guess=guess(name, wanted) if odd else "",
                )
            ]
        n = sum(form.counts.values())
        if form.n is not None and form.n != n:
            return None, [
                problem(
                    "n-differs",
                    f"`n:` says {form.n}, but the counts add up to {n}",
                    "Take `n:` out: it is worked out from the counts.",
                    at=marked.at((*place, "n")),
                )
            ]
        if n == 0:
            return None, [
                problem(
                    "counts-zero",
                    "all counts of this reading are 0: nobody answered",
                    "Take the reading out; the line in the chart then has a gap.",
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
                f"Write  counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}"
                if wanted
                else "Write  value: 4.2  with the number of this period.",
                at=marked.at(place),
            )
        ]
    beyond = _beyond(form.value, method, marked, (*place, "value"))
    return (None, [beyond]) if beyond else ((form.value, form.n), [])


def _counted_elsewhere(name: str) -> str:
    """Which method counts this, in words to go on with."""
    other = next((method.value for method, names in COUNTED.items() if name in names), "")
    return f" , or  method: {other}" if other else ""


def _beyond(score: float, method: Method, marked: Marked, place: Place) -> Problem | None:
    """What is wrong with a score that the method cannot give."""
    least, most = BOUNDS.get(method, (score, score))
    if least <= score <= most:
        return None
    return marked.page.problem(
        "out-of-bounds",
        f"a score by the method `{method.value}` lies between {least} and {most}, and this is {score:g}",
        "Correct the number, or `method:`.",
        at=marked.at(place),
    )

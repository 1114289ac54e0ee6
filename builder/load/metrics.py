"""Measures and their readings: stories/metrics/NAME.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.load.fill import fill_in
from builder.load.kinds import ID
from builder.load.marks import Marked, Place, read_yaml
from builder.load.metric_forms import MetricForm
from builder.load.pages import bad_file_name, decode
from builder.load.people import no_such_team
from builder.load.readings import beyond, read_reading
from builder.load.settings import words
from builder.model.metric import Break, Method, Metric, Reading
from builder.model.period import length
from builder.model.sources import SourceFile
from builder.model.story import Audience
from builder.problem import Problem, guess


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
    scale = _scale(form, method, marked, found)
    found += _too_many_words(form, marked)
    readings: list[Reading] = []
    seen: dict[str, int] = {}
    for index, reading in enumerate(form.readings):
        place: Place = ("readings", index)
        made, faults_here = read_reading(reading, method, scale, marked, place)
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
    found += _odd_marks(form, method, scale, marked)
    if any(one.code in ("out-of-bounds", "near-beyond-the-target", "scale") for one in found):
        return None, tuple(found)
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
            near=form.near,
            scale=scale,
            owner=form.owner,
            goal=words(form.goal),
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
    if form.owner and teams is not None and form.owner not in teams:
        yield no_such_team(marked, ("owner",), form.owner, teams)
    for index, reading in enumerate(form.readings):
        for number, segment in enumerate(reading.segments):
            if teams is not None and segment.team not in teams:
                place: Place = ("readings", index, "segments", number, "team")
                yield no_such_team(marked, place, segment.team, teams)


def _mixed_periods(form: MetricForm, marked: Marked) -> Iterator[Problem]:
    lengths = [length(reading.period) for reading in form.readings]
    for index, one in enumerate(lengths):
        if one is not lengths[0]:
            yield marked.page.problem(
                "periods-mixed",
                f"{form.readings[index].period} is not the kind of period that {form.readings[0].period} is",
                "Keep days, weeks, months, quarters and years in measures of their own: one line of a chart cannot join them.",
                at=marked.at(("readings", index, "period")),
            )
            return


MOST_PLAIN_WORDS = 40


def _too_many_words(form: MetricForm, marked: Marked) -> Iterator[Problem]:
    for language, text in form.plain_words.items():
        count = len(text.split())
        if count > MOST_PLAIN_WORDS:
            yield marked.page.problem(
                "plain-words-long",
                f"`plain_words:` has {count} words{f' in {language}' if language else ''}, and {MOST_PLAIN_WORDS} are the most",
                "Say only what is counted, in one sentence; what else matters belongs into the stories.",
                at=marked.at(
                    ("plain_words", language)
                    if isinstance(marked.data["plain_words"], dict)
                    else ("plain_words",)
                ),
            )


def _scale(form: MetricForm, method: Method, marked: Marked, found: list[Problem]) -> tuple[int, int] | None:
    if form.scale is None:
        return None
    if method is not Method.MEAN or len(form.scale) != 2 or form.scale[0] >= form.scale[1]:
        found.append(
            marked.page.problem(
                "scale",
                "`scale:` has the lowest and the highest mark of a mean, and this is something else",
                "Write  scale: [1, 5]"
                if method is Method.MEAN
                else f"Take it out: the method `{method.value}` has no marks.",
                at=marked.at(("scale",)),
            )
        )
        return None
    return form.scale[0], form.scale[1]


def _odd_marks(
    form: MetricForm, method: Method, scale: tuple[int, int] | None, marked: Marked
) -> Iterator[Problem]:
    """What is wrong with the target, and with what is near it."""
    for key, value in (("target", form.target), ("near", form.near)):
        problem = beyond(value, method, scale, marked, (key,)) if value is not None else None
        if problem:
            yield problem
    if form.near is None:
        return
    if form.target is None or (form.near > form.target) == (form.direction == "up"):
        yield marked.page.problem(
            "near-beyond-the-target",
            "`near:` is where nearly met begins, and here it does not lie short of the target",
            "Write it between where you come from and the target, or take it out: then it is a twentieth.",
            at=marked.at(("near",)),
        )

"""What was promised to customers, and what came of it: stories/promises/NAME.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from builder.load.marks import Marked
from builder.load.published import (
    A_MEASURE,
    Around,
    dates,
    instant,
    judged,
    opened,
    unknown_id,
    unknown_team,
)
from builder.load.said_forms import PromiseForm
from builder.load.settings import words
from builder.model.promise import Promise
from builder.model.sources import SourceFile
from builder.problem import Problem


def read_promise(source: SourceFile, around: Around) -> tuple[Promise | None, tuple[Problem, ...]]:
    """One promise; its id is the file's name."""
    id, form, marked, found = opened(source, PromiseForm, around)
    if form is None or marked is None:
        return judged(None, marked, found)
    found += _wrong(form, marked, around)
    zone = around.zone
    made = Promise(
        id=id,
        to=form.to,
        text=words(form.text),
        unit=words(form.unit),
        direction=form.direction,
        promised=form.promised,
        delivered=form.delivered,
        source=words(form.source),
        as_of=instant(form.as_of, zone),
        expected=form.expected,
        perceived=form.perceived,
        dimension=form.dimension,
        agreed=words(form.agreed),
        review=instant(form.review, zone),
        owner=form.owner,
        metric=form.metric,
        file=source.path,
        **dates(form, zone),
    )
    return judged(made, marked, found)


def _wrong(form: PromiseForm, marked: Marked, around: Around) -> Iterator[Problem]:
    customers = [one.id for one in around.known.settings.customers]
    yield from unknown_id(marked, ("to",), form.to, customers, "customer `{}` in newsletter.yaml")
    yield from unknown_team(marked, ("owner",), form.owner, around)
    yield from unknown_id(marked, ("metric",), form.metric, around.known.metrics, A_MEASURE)
    if form.delivered is not None and not form.source:
        yield marked.page.problem(
            "promise-without-source",
            "nothing says where the number delivered comes from",
            "Write it:  source: the pharmacy's own clock, July to September.",
            at=marked.key_at(("delivered",)),
        )
    if (form.expected is None) != (form.perceived is None):
        here, missing = ("expected", "perceived") if form.perceived is None else ("perceived", "expected")
        yield marked.page.problem(
            "promise-half-a-gap",
            f"`{here}:` says nothing without `{missing}:` beside it",
            "Ask customers both questions and write both numbers, or neither.",
            at=marked.key_at((here,)),
        )

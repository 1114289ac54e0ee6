"""What we do about what we were told: stories/commitments/NAME.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from builder.load.marks import Marked
from builder.load.published import (
    A_MEASURE,
    A_STORY,
    A_VOICE,
    Around,
    dates,
    day_over,
    instant,
    judged,
    opened,
    unknown_id,
    unknown_team,
)
from builder.load.said_forms import CommitmentForm
from builder.load.settings import words
from builder.model.commitment import Commitment, Origin, Remeasured
from builder.model.sources import SourceFile
from builder.problem import Problem, guess


def read_commitment(source: SourceFile, around: Around) -> tuple[Commitment | None, tuple[Problem, ...]]:
    """One commitment; its id is the file's name."""
    id, form, marked, found = opened(source, CommitmentForm, around)
    if form is None or marked is None:
        return judged(None, marked, found)
    found += _wrong(form, marked, around)
    zone, origin, again = around.zone, form.origin, form.measured
    made = Commitment(
        id=id,
        origin=Origin(
            voice=origin.voice, story=origin.story, metric=origin.metric, meeting=words(origin.meeting)
        ),
        said=words(form.said),
        did=words(form.did),
        owner=form.owner,
        due=day_over(form.due, zone),
        due_day=form.due.at(zone),
        done=instant(form.done, zone),
        result=words(form.result),
        measured=Remeasured(metric=again.metric, before=again.before, after=again.after) if again else None,
        file=source.path,
        **dates(form, zone),
    )
    return judged(made, marked, found)


def _wrong(form: CommitmentForm, marked: Marked, around: Around) -> Iterator[Problem]:
    origin = form.origin
    given = [key for key in ("voice", "story", "metric", "meeting") if getattr(origin, key)]
    if len(given) != 1:
        yield marked.page.problem(
            "commitment-from",
            "a commitment comes from one thing, and here there are several"
            if given
            else "nothing says what this commitment comes from",
            "Keep one of them, and name the others in `said:`."
            if given
            else "Write  from: {voice: ID}, {story: ID}, {metric: ID} or {meeting: in words}.",
            at=marked.at(("from", given[1]) if given else ("from",)),
        )
    elif not form.said and not origin.voice:
        yield marked.page.problem(
            "commitment-without-said",
            "nothing says what we were told",
            "Write it in a sentence:  said: ... ; only where it comes from a customer's voice may that speak for itself.",
            at=marked.at(("from",)),
        )
    yield from unknown_id(marked, ("from", "voice"), origin.voice, around.voices, A_VOICE)
    yield from unknown_id(marked, ("from", "story"), origin.story, around.works, A_STORY)
    yield from unknown_id(marked, ("from", "metric"), origin.metric, around.known.metrics, A_MEASURE)
    yield from unknown_team(marked, ("owner",), form.owner, around)
    if form.measured:
        yield from unknown_id(
            marked, ("measured", "metric"), form.measured.metric, around.known.metrics, A_MEASURE
        )
        periods = around.periods.get(form.measured.metric)
        for key in ("before", "after"):
            period = getattr(form.measured, key)
            if periods is not None and period not in periods:
                yield marked.page.problem(
                    "measured-when",
                    f"the measure `{form.measured.metric}` has no reading for {period}",
                    "Write a period that stands in its `readings:`.",
                    at=marked.at(("measured", key)),
                    guess=guess(period, periods),
                )

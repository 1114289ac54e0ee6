"""What was put right after it was published: stories/corrections/NAME.yaml."""

from __future__ import annotations

from collections.abc import Collection

from builder.load.published import A_STORY, Around, judged, opened, unknown_id
from builder.load.said_forms import CorrectionForm
from builder.load.settings import words
from builder.model.correction import Correction
from builder.model.sources import SourceFile
from builder.model.story import Status
from builder.problem import Problem

AN_EDITION = "edition `{}` in stories/editions/"


def read_correction(
    source: SourceFile, around: Around, editions: Collection[str]
) -> tuple[Correction | None, tuple[Problem, ...]]:
    """One correction; its id is the file's name. `editions` are the ids of all there are, drafts too."""
    id, form, marked, found = opened(source, CorrectionForm, around)
    if form is None or marked is None:
        return judged(None, marked, found)
    found += unknown_id(marked, ("edition",), form.edition, editions, AN_EDITION)
    found += unknown_id(marked, ("story",), form.story, around.works, A_STORY)
    made = Correction(
        id=id,
        edition=form.edition,
        date=form.date.at(around.zone),
        reason=words(form.reason),
        story=form.story,
        status=Status(form.status),
        file=source.path,
    )
    return judged(made, marked, found)

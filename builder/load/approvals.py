"""Who approved which edition's mails: stories/approvals/EDITION.yaml, written by `yearround digest --approve`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from builder.load.approval_forms import ApprovalForm
from builder.load.fill import fill_in
from builder.load.marks import read_yaml
from builder.load.pages import decode
from builder.model.approval import Approval, Composition, MailMarks, NamedAs, StoodOn
from builder.model.sources import SourceFile
from builder.problem import Level, Problem, guess


def read_approval(
    source: SourceFile, zone: ZoneInfo, editions: Collection[str]
) -> tuple[Approval | None, tuple[Problem, ...]]:
    """One approval; the file's name is the id of its edition, one of `editions`.

    What is wrong with it is a warning: it stops no build, and counts as no approval.
    """
    page, problems = decode(source)
    marked = read_yaml(page)
    form, faults = fill_in(ApprovalForm, marked) if not problems else (None, ())
    found = [*problems, *faults] or [*marked.problems]
    if found or form is None:
        return None, tuple(_milder(one) for one in found[:1])
    edition = PurePosixPath(source.path).stem
    if edition not in editions:
        return None, (
            Problem(
                code="id-unknown",
                level=Level.WARNING,
                file=source.path,
                message=f"this approves the edition `{edition}`, which is not in stories/editions/",
                mend="If the edition has a new name, approve it again; then delete this file.",
                guess=guess(edition, editions),
            ),
        )
    stood_on = StoodOn(
        people={id: NamedAs(form=one.form, digest=one.digest) for id, one in form.stood_on.people.items()},
        files=form.stood_on.files,
        made_with=form.stood_on.made_with,
    )
    mails = {language: MailMarks(**one.model_dump()) for language, one in form.mails.items()}
    return Approval(
        by=form.by,
        at=form.at.at(zone),
        what=Composition(edition=edition, moment=form.composed_for.at(zone), mails=mails, stood_on=stood_on),
        file=source.path,
    ), ()


def _milder(problem: Problem) -> Problem:
    return replace(
        problem,
        level=Level.WARNING,
        message=f"{problem.message}; so nobody has approved this edition",
        mend="Approve it again:  yearround digest --approve. Nothing in this file is written by hand.",
        guess="",
    )

"""What customers said: stories/voices/NAME.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from builder.load.marks import Marked
from builder.load.passages import of_values, person_problem
from builder.load.published import (
    A_MEASURE,
    A_STORY,
    Around,
    dates,
    instant,
    judged,
    opened,
    unknown_id,
    unknown_team,
)
from builder.load.said_forms import VoiceForm
from builder.load.settings import words
from builder.model.person import Channel
from builder.model.sources import SourceFile
from builder.model.text import REFERENCE, Words
from builder.model.voice import CustomerVoice, Permission, VoiceKind
from builder.problem import Problem


def read_voice(source: SourceFile, around: Around) -> tuple[CustomerVoice | None, tuple[Problem, ...]]:
    """One remark; its id is the file's name."""
    id, form, marked, found = opened(source, VoiceForm, around)
    if form is None or marked is None:
        return judged(None, marked, found)
    found += _wrong_ids(form, marked, around)
    if form.kind == VoiceKind.COMPLAINT.value:
        found += _unfit_complaint(form, marked, around)
    zone, lang, text = around.zone, form.lang or "", words(form.text)
    first = text.by_language[0][0]
    if lang and len(text.by_language) == 1 and not first:
        text = Words(((lang, text.by_language[0][1]),))
    permission = form.permission
    made = CustomerVoice(
        id=id,
        kind=VoiceKind(form.kind),
        received=form.received.at(zone),
        channel=words(form.channel),
        solicited=form.solicited,
        text=text,
        lang=lang or first or around.known.settings.language,
        edited=form.edited,
        who=words(form.who),
        permission=Permission(
            channels=tuple(Channel(one) for one in dict.fromkeys(permission.channels)),
            given=permission.date.at(zone),
            how=permission.how,
            until=instant(permission.until, zone),
        )
        if permission
        else None,
        withdrawn=instant(form.withdrawn, zone),
        about=tuple(form.about),
        stories=tuple(form.stories),
        metric=form.metric,
        round=form.round or "",
        thanked=instant(form.thanked, zone),
        sins=tuple(form.sins),
        plagues=tuple(form.plagues),
        outcome=words(form.outcome),
        fault=form.fault or "",
        file=source.path,
        **dates(form, zone),
    )
    return judged(made, marked, found)


def _wrong_ids(form: VoiceForm, marked: Marked, around: Around) -> Iterator[Problem]:
    teams = around.known.teams
    for index, id in enumerate(form.about):
        if _is_person(id, around):
            problem = person_problem(marked.page, id, around.known, marked.at(("about", index)))
            if problem:
                yield problem
        elif teams is not None:
            yield from unknown_team(marked, ("about", index), id, around)
    for index, id in enumerate(form.stories):
        yield from unknown_id(marked, ("stories", index), id, around.works, A_STORY)
    yield from unknown_id(marked, ("metric",), form.metric, around.known.metrics, A_MEASURE)
    if bool(form.round) != bool(form.metric):
        yield marked.page.problem(
            "round-alone",
            "a comment of a survey says both the measure and the period, and here one of them is missing",
            "Write both, as in  metric: would-recommend  and  round: 2026-Q1, or neither.",
            at=marked.key_at(("round",) if form.round else ("metric",)),
        )


def _is_person(id: str, around: Around) -> bool:
    return id in around.known.people or (id.startswith("p-") and id.removeprefix("p-").isdigit())


def _unfit_complaint(form: VoiceForm, marked: Marked, around: Around) -> Iterator[Problem]:
    """What a complaint lacks that others are to read: thanks, an outcome, and nobody to point at."""
    at = marked.at(("kind",))
    if form.thanked is None:
        yield marked.page.problem(
            "complaint-not-thanked",
            "this complaint is to be published, and whoever made it has not been thanked",
            "Thank them, then write the day:  thanked: 2026-03-04, or keep it back with  status: draft.",
            at=at,
        )
    if not form.outcome:
        yield marked.page.problem(
            "complaint-without-outcome",
            "this complaint is to be published, and nothing says what came of it",
            "Write in a sentence what was found or done:  outcome: ..., or keep it back with  status: draft.",
            at=at,
        )
    if not form.fault:
        yield marked.page.problem(
            "complaint-without-fault",
            "this complaint is to be published, and nothing says whose doing it was",
            "Write  fault: ours, nobodys or not-known. The customer's is not among them: they told us, and we thank them.",
            at=at,
        )
    for index, id in enumerate(form.about):
        if _is_person(id, around):
            yield marked.page.problem(
                "complaint-of-a-person",
                f"this complaint points at {id}: what went wrong is told of the work, never of one colleague",
                "Write the team's id instead, and how the work was set up in `outcome:`.",
                at=marked.at(("about", index)),
            )
    for passage in of_values(marked):
        for match in REFERENCE.finditer(passage.text):
            line, column, _ = passage.place(match.start(), match[0].split("\n")[0])
            yield marked.page.problem(
                "complaint-of-a-person",
                f"this complaint points at {match['person']}: what went wrong is told of the work, never of one colleague",
                "Take the reference out, mark the text as  edited: true, and say a role: the desk, the ward.",
                at=(line, column),
            )

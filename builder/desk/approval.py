"""The way of an approval: an edition composed for the moment of sending, digested, and written beside the stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from builder.check.names import Roll
from builder.desk import digest as desk_digest
from builder.desk.newsroom import Prepared, prepare, read
from builder.desk.setting import Desk
from builder.desk.stood_on import digest_of, stood_on
from builder.model.approval import Approval, Composition, MailMarks, Standing, State
from builder.model.edition import Edition
from builder.model.message import Message
from builder.model.newsletter import Newsroom
from builder.model.person import Channel
from builder.model.sources import Sources
from builder.model.story import Status
from builder.plan import approval as plan
from builder.plan.consent import answers
from builder.plan.corrections import goes_out
from builder.problem import Level, Problem, errors, in_order
from builder.render.message import encode
from builder.render.source import written

_HEAD = "# Written by `yearround digest --approve`, and by nobody's hand: to approve again, run it again.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What came of an approval. `data` is the file to write at `path` inside stories/, b"" where nothing is."""

    edition: str
    moment: datetime | None
    state: State | None
    problems: tuple[Problem, ...]
    path: str = ""
    before: bytes = b""
    data: bytes = b""


def approve(sources: Sources, desk: Desk, by: str, wanted: str = "") -> Approved:
    """Compose an edition as it will be sent, look over it, and say yes to it in `by`'s name.

    Without `wanted` it is the next edition that goes out, else the newest. Where the same bytes are approved already
    there is nothing to write. A draft is never approved, and nothing is that has an error.
    """
    given = read(sources, desk)
    newsroom = given.newsroom
    signed = _by(by, newsroom)
    if signed is None:
        return Approved(edition=wanted, moment=None, state=None, problems=(_name_in_history(),))
    edition, faults = _chosen(newsroom, desk.now, wanted)
    if edition is None:
        problems = in_order((*given.problems, *faults))
        return Approved(edition=wanted, moment=None, state=None, problems=problems)
    composition, prepared, problems = composed(edition, sources, desk)
    problems = in_order(problems)
    if composition is None or errors(problems):
        return Approved(edition=edition.id, moment=goes_out(edition), state=None, problems=problems)
    path = f"approvals/{edition.id}.yaml"
    state = _state(edition.id, prepared, composition)
    before = next((one.data for one in sources.approvals if one.path == f"stories/{path}"), b"")
    data = b""
    if state.standing is not Standing.APPROVED:
        made = Approval(by=signed, at=desk.now, what=composition, file=f"stories/{path}")
        state = State(edition=edition.id, standing=Standing.APPROVED, approval=made)
        data = (_HEAD + written(_rows(made))).encode()
    return Approved(
        edition=edition.id,
        moment=composition.moment,
        state=state,
        problems=problems,
        path=path,
        before=before,
        data=data,
    )


def state_of(id: str, sources: Sources, desk: Desk) -> State:
    """Whether an edition is approved as it would be sent. It is composed anew only where somebody approved it."""
    if f"stories/approvals/{id}.yaml" not in (one.path for one in sources.approvals):
        return State(edition=id, standing=Standing.NOT_APPROVED)
    newsroom = read(sources, desk).newsroom
    return standing(next((one for one in newsroom.editions if one.id == id), None), newsroom, sources, desk)


def standing(edition: Edition | None, newsroom: Newsroom, sources: Sources, desk: Desk) -> State:
    """The same, for who has the newsroom at hand."""
    approval = None if edition is None else _approval(edition.id, newsroom)
    if edition is None or approval is None:
        return State(edition=edition.id if edition else "", standing=Standing.NOT_APPROVED)
    composition, prepared, problems = composed(edition, sources, desk)
    if composition is None:
        words = next((one.message for one in errors(problems)), "it is a draft again")
        return State(
            edition=edition.id,
            standing=Standing.STALE,
            approval=approval,
            reasons=(plan.cannot_be_composed(words),),
        )
    return _state(edition.id, prepared, composition)


def stale_ones(newsroom: Newsroom, sources: Sources, desk: Desk) -> Iterator[Problem]:
    """A warning for each edition that was approved, is still to go out, and is not any more what was approved."""
    for edition in newsroom.editions:
        if _approval(edition.id, newsroom) is None or goes_out(edition) <= desk.now:
            continue
        desk.tell(f"looking whether {edition.id} is as it was approved")
        state = standing(edition, newsroom, sources, desk)
        if state.standing is Standing.STALE:
            yield Problem(
                code="approval-stale",
                level=Level.WARNING,
                file=edition.file,
                message=f"this is no longer what was approved: {_listed(state)}",
                mend=f"Look at it, and approve it again:  yearround digest --approve --edition {edition.id}",
            )


def composed(
    edition: Edition, sources: Sources, desk: Desk
) -> tuple[Composition | None, Prepared, tuple[Problem, ...]]:
    """An edition's mails as of the moment they go out, what they were made from, and what is wrong with any of it."""
    moment = goes_out(edition)
    then = replace(desk, now=moment)
    prepared = prepare(sources, then)
    there, faults = desk_digest.choose(prepared, edition.id)
    problems = (*prepared.problems, *faults)
    if there is None or errors(problems):
        return None, prepared, problems
    messages, problems, note = desk_digest.readied(there, problems, prepared, then)
    if not messages and not errors(problems):
        problems = (*problems, _nothing_to_approve(there, note))
    if errors(problems):
        return None, prepared, problems
    return (
        Composition(
            edition=edition.id,
            moment=moment,
            mails={message.lang: marks_of(message) for message in messages},
            stood_on=stood_on(there, messages, prepared, sources, then),
        ),
        prepared,
        problems,
    )


def _nothing_to_approve(edition: Edition, note: str) -> Problem:
    return Problem(
        code="no-edition",
        level=Level.ERROR,
        file=edition.file,
        message=(note[:1].lower() + note[1:]).removesuffix("."),
        mend="Choose its `stories:`, or write an opening; nothing is approved that does not go out.",
    )


def is_as_approved(state: State, messages: Iterable[Message]) -> bool:
    """Whether these very mails were approved: what lies in the outbox may be composed as of another minute."""
    if state.approval is None:
        return False
    approved = state.approval.what.mails
    return all(approved.get(message.lang) == marks_of(message) for message in messages)


def marks_of(message: Message) -> MailMarks:
    """What tells a message from any other."""
    return MailMarks(
        subject=digest_of(message.subject.encode()),
        preheader=digest_of(message.preheader.encode()),
        text=digest_of(message.text.encode()),
        html=digest_of(message.html.encode()),
        message=digest_of(encode(message)),
        pictures={one.file: digest_of(one.data) for one in message.pictures},
    )


def _state(id: str, prepared: Prepared, composition: Composition) -> State:
    newsroom = prepared.newsroom
    consent = answers(newsroom, Channel.EMAIL, composition.moment)
    return plan.state(_approval(id, newsroom), composition, consent)


def _approval(id: str, newsroom: Newsroom) -> Approval | None:
    return next((one for one in newsroom.approvals if one.what.edition == id), None)


def _chosen(newsroom: Newsroom, now: datetime, wanted: str) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition that is to be approved. One that is still to come may be, which is when it should be."""
    ready = [one for one in newsroom.editions if one.status is not Status.DRAFT]
    if wanted:
        found = next((one for one in newsroom.editions if one.id == wanted), None)
        if found and found.status is Status.DRAFT:
            return None, (_draft(found),)
        return found, () if found else (desk_digest.no_edition(newsroom, wanted),)
    coming = [one for one in ready if goes_out(one) > now]
    if coming:
        return min(coming, key=lambda one: (goes_out(one), one.id)), ()
    newest = max(ready, key=lambda one: (one.date, one.id), default=None)
    return newest, () if newest else (desk_digest.no_edition(newsroom, ""),)


def _draft(edition: Edition) -> Problem:
    return Problem(
        code="approval-draft",
        level=Level.ERROR,
        file=edition.file,
        message="this edition is a draft, and a draft cannot be approved",
        mend="Take `status: draft` out when it is ready; then approve it.",
    )


def _by(by: str, newsroom: Newsroom) -> str | None:
    """Who approves. Names stand in the people file alone: one who is known there by this very name is written by their id; other
    words that name somebody are not taken (None).
    """
    name = " ".join(by.split())
    if name in newsroom.people:
        return name
    full, single = Roll(newsroom.people).find(name)
    whose = {one.person for one in full}
    ids = [
        id
        for id, person in newsroom.people.items()
        if name.casefold() in (one.forms.full.casefold() for one in person.names)
    ]
    if len(ids) == 1 and whose <= {ids[0]}:
        return ids[0]
    return None if full or single or ids else name


def _name_in_history() -> Problem:
    return Problem(
        code="bare-name",
        level=Level.ERROR,
        file="stories/approvals",
        message="these words of --by name somebody of the people file, and what is written here stays in the newsroom's history",
        mend='Say their id, as in  --by p-001, or a role, as in  --by "the editor on duty".',
    )


def _rows(approval: Approval) -> Mapping[str, object]:
    what = approval.what
    return {
        "by": approval.by,
        "at": approval.at.isoformat(timespec="minutes"),
        "composed_for": what.moment.isoformat(timespec="minutes"),
        "mails": {
            language: {
                "subject": one.subject,
                "preheader": one.preheader,
                "text": one.text,
                "html": one.html,
                "message": one.message,
                "pictures": dict(one.pictures),
            }
            for language, one in what.mails.items()
        },
        "stood_on": {
            "people": {
                id: {"form": one.form, "digest": one.digest} for id, one in what.stood_on.people.items()
            },
            "files": dict(what.stood_on.files),
            "made_with": dict(what.stood_on.made_with),
        },
    }


def _listed(state: State) -> str:
    """The first few reasons, in a sentence: what it comes from before what readers would see."""
    causes = ("person", "story", "edition", "voice", "commitment", "metric", "correction", "theme", "program")
    words = [one.words for one in sorted(state.reasons, key=lambda one: one.kind not in causes)]
    return "; ".join(words[:2]) + (f"; and {len(words) - 2} more" if len(words) > 2 else "")

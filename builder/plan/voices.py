"""Which customers' voices, commitments, promises and corrections may be seen on a channel, and how far commitments have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from builder.model.commitment import Commitment, Kept, Progress
from builder.model.correction import Correction
from builder.model.newsletter import Newsroom
from builder.model.person import Channel
from builder.model.promise import Promise
from builder.model.story import Audience
from builder.model.voice import CustomerVoice
from builder.plan.visible import Verdict, may_appear

Item = CustomerVoice | Commitment | Promise | Correction

_TO_COME = frozenset(("draft", "not yet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The visible set of all that was said: voices and corrections the newest first, commitments and promises by id.

    `ends` are the instants from which each may not be seen any more, by its key; `changes` those at which anything
    of this becomes another; `coming` is as a Library has it.
    """

    voices: tuple[CustomerVoice, ...] = ()
    commitments: tuple[Kept, ...] = ()
    promises: tuple[Promise, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ends: Mapping[str, datetime]
    changes: tuple[datetime, ...] = ()
    coming: Mapping[str, datetime | None]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all that may be seen."""
        items: tuple[Item, ...] = (
            *self.voices,
            *(one.commitment for one in self.commitments),
            *self.promises,
            *self.corrections,
        )
        return frozenset(one.key for one in items)


def said(
    newsroom: Newsroom, now: datetime, audience: Audience, channel: Channel, *, ahead: bool = False
) -> Said:
    """What may be seen at `now` on `channel`; with `ahead`, drafts and what is still to come too."""
    changes: list[datetime] = []
    ends: dict[str, datetime] = {}
    coming: dict[str, datetime | None] = {}

    def seen(item: Item) -> bool:
        verdict = may_be_shown(item, newsroom, now, audience, channel)
        changes.extend([verdict.until] if verdict.until else [])
        if verdict and verdict.until:
            ends[item.key] = verdict.until
        if ahead and verdict.reason in _TO_COME and may_be_heard(item, newsroom, now, channel):
            coming[item.key] = verdict.until
            return True
        return bool(verdict)

    voices = [one for one in newsroom.voices if seen(one)]
    kept = [_kept(one, now, changes) for one in newsroom.commitments if seen(one)]
    return Said(
        voices=tuple(sorted(voices, key=lambda one: (one.received, one.id), reverse=True)),
        commitments=tuple(sorted(kept, key=lambda one: one.commitment.id)),
        promises=tuple(sorted(filter(seen, newsroom.promises), key=lambda one: one.id)),
        corrections=tuple(
            sorted(filter(seen, newsroom.corrections), key=lambda one: (one.date, one.id), reverse=True)
        ),
        ends=ends,
        changes=tuple(changes),
        coming=coming,
    )


def as_of(heard: Said, moment: datetime) -> Said:
    """What was known at `moment` of what may be said today: an edition does not tell of what came after it."""
    return replace(
        heard,
        voices=tuple(one for one in heard.voices if one.received <= moment),
        commitments=tuple(
            replace(one, progress=progress(one.commitment, moment)) for one in heard.commitments
        ),
    )


def may_be_shown(
    item: Item, newsroom: Newsroom, now: datetime, audience: Audience, channel: Channel
) -> Verdict:
    """Whether `item` may be shown: by its status, dates and audience, and by what the customer allows."""
    appears = may_appear(item, now, audience)
    if not appears:
        return appears
    if isinstance(item, Correction):
        return _may_be_told(item, newsroom, now, audience)
    heard = may_be_heard(item, newsroom, now, channel)
    if not heard:
        return heard
    untils = [one for one in (appears.until, heard.until) if one]
    return Verdict(reason="", until=min(untils, default=None))


def _may_be_told(item: Correction, newsroom: Newsroom, now: datetime, audience: Audience) -> Verdict:
    """A correction stands where its edition does: whoever may not read the one learns nothing from the other."""
    edition = next((one for one in newsroom.editions if one.id == item.edition), None)
    return may_appear(edition, now, audience) if edition else Verdict(reason="no edition")


def may_be_heard(item: Item, newsroom: Newsroom, now: datetime, channel: Channel) -> Verdict:
    """Whether a customer's words may be said on `channel`. It fails closed: no permission is a no.

    A comment of a survey round stays back where so few came in that the one who wrote it could be told.
    """
    if not isinstance(item, CustomerVoice):
        return Verdict(reason="")
    given = item.permission
    if item.withdrawn is not None and item.withdrawn <= now:
        return Verdict(reason="withdrawn")
    if given is None or channel not in given.channels:
        return Verdict(reason="no permission")
    if given.until is not None and given.until <= now:
        return Verdict(reason="permission over")
    if item.metric and comments(item, newsroom) < newsroom.settings.privacy.smallest_comments:
        return Verdict(reason="too few comments")
    if now < given.given:
        return Verdict(reason="no permission yet", until=given.given)
    return Verdict(reason="", until=min((one for one in (given.until, item.withdrawn) if one), default=None))


def comments(voice: CustomerVoice, newsroom: Newsroom) -> int:
    """How many comments came in with this one's survey round: as its reading says, else as many as there are files."""
    for metric in newsroom.metrics:
        if metric.id == voice.metric:
            for reading in metric.readings:
                if reading.period == voice.round and reading.comments is not None:
                    return reading.comments
    return sum((one.metric, one.round) == (voice.metric, voice.round) for one in newsroom.voices)


def _kept(commitment: Commitment, now: datetime, changes: list[datetime]) -> Kept:
    changes.extend(one for one in (commitment.done, commitment.due) if one and one > now)
    return Kept(commitment=commitment, progress=progress(commitment, now))


def progress(commitment: Commitment, now: datetime) -> Progress:
    """How far a commitment has come: overdue is what is not done when its day is over."""
    if commitment.done is not None and commitment.done <= now:
        return Progress.DONE
    return Progress.OVERDUE if commitment.due <= now else Progress.OPEN


def refused(key: str, newsroom: Newsroom, now: datetime, audience: Audience, channel: Channel) -> str:
    """Why the item of this key may not be seen; "" where it may, or where nothing has this key."""
    found = (one for one in newsroom.said if one.key == key)
    return next((may_be_shown(one, newsroom, now, audience, channel).reason for one in found), "")

"""May this appear, here, now? The one room that answers for every output."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from builder.model.commitment import Commitment
from builder.model.correction import Correction
from builder.model.edition import Edition
from builder.model.promise import Promise
from builder.model.story import Audience, Status, Story
from builder.model.voice import CustomerVoice

_WIDTH = {Audience.STAFF: 0, Audience.VISITORS: 1, Audience.PUBLIC: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`reason` is "" when it may appear, else why not; `until` is the instant at which this answer changes."""

    reason: str
    until: datetime | None = None

    def __bool__(self) -> bool:
        return not self.reason


Item = Story | Edition | CustomerVoice | Commitment | Promise | Correction

_FOR_GOOD = Verdict(reason="")


def is_for(width: Audience, audience: Audience) -> bool:
    """Whether what is for `width` may be seen by `audience`: what is for fewer people never is."""
    return _WIDTH[width] >= _WIDTH[audience]


def may_appear(item: Item, now: datetime, audience: Audience = Audience.STAFF) -> Verdict:
    """Whether `item` may be shown at `now` to `audience`.

    A story appears from `publish` (its date when absent) until `expires`, an edition from its date, a customer's voice
    from `publish` (the day it was received when absent), commitments and promises from `publish` or at once. Whether
    the customer allows it is another question (`plan.voices`), and so is whether a correction's edition may be seen. What is for a narrower audience than the one asked about never appears.
    """
    if item.status is Status.DRAFT:
        return Verdict(reason="draft")
    begins: datetime | None
    ends: datetime | None
    if isinstance(item, (Edition, Correction)):
        begins, ends = item.date, None
    else:
        begins, ends = item.publish or _day_of(item), item.expires
    if not isinstance(item, Correction) and not is_for(item.audience, audience):
        return Verdict(reason="audience")
    if ends is not None and ends <= now:
        return Verdict(reason="expired")
    if begins is not None and now < begins:
        return Verdict(reason="not yet", until=begins)
    return Verdict(reason="", until=ends) if ends else _FOR_GOOD


def _day_of(item: Story | CustomerVoice | Commitment | Promise) -> datetime | None:
    if isinstance(item, Story):
        return item.date
    return item.received if isinstance(item, CustomerVoice) else None

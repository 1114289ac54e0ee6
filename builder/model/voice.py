"""What a customer said, and what they allow us to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from builder.model.person import Channel
from builder.model.story import Audience, Status
from builder.model.text import Words


class VoiceKind(Enum):
    PRAISE = "praise"
    COMPLAINT = "complaint"
    IDEA = "idea"


SINS = ("apathy", "brush-off", "coldness", "condescension", "robotism", "rule-book", "runaround")
"""The seven sins of service (Albrecht 1988, At America's Service)."""

PLAGUES = ("waiting", "interruption", "repetition", "unreachable", "rush", "silence", "bad-timing")
"""The seven plagues of service time (after Fessard and Meert, Le temps du service)."""

CHANNELS = ("card", "letter", "telephone", "email", "survey", "conversation", "form")
"""Ways in which a remark reaches us that have words in every language; any other is said in the editor's own."""

FAULTS = ("ours", "nobodys", "not-known")
"""Whose doing a complaint was found to be. The customer's is no answer, so there is no word for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A customer's yes: on these channels, from `given` until `until` (aware datetimes; None: no end)."""

    channels: tuple[Channel, ...]
    given: datetime
    how: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerVoice:
    """One remark. `text` is in the language `lang` as it was said, and in others as somebody translated it.

    `who` describes the customer and never names them. `channel` is how it reached us. `about` are ids of people and
    teams, `stories` those of stories; `metric` and `round` the survey and its period, where it came with one.
    `permission` None means no. `sins`, `plagues`, `outcome` and `fault` are those of a complaint.
    """

    id: str
    kind: VoiceKind
    received: datetime
    text: Words
    lang: str
    who: Words
    file: str
    channel: Words = Words()
    solicited: bool = False
    edited: bool = False
    permission: Permission | None = None
    withdrawn: datetime | None = None
    about: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    metric: str = ""
    round: str = ""
    thanked: datetime | None = None
    sins: tuple[str, ...] = ()
    plagues: tuple[str, ...] = ()
    outcome: Words = Words()
    fault: str = ""
    status: Status = Status.READY
    audience: Audience = Audience.STAFF
    publish: datetime | None = None
    expires: datetime | None = None

    @property
    def key(self) -> str:
        """What tells it from anything else that stands on a page: `voice:cold-soup`."""
        return f"voice:{self.id}"

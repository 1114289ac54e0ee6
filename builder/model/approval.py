"""An approval: who said yes to an edition's mails, when, and what tells those mails from any others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMarks:
    """What tells one mail from any other: SHA-256 of each of its parts (UTF-8), as hexadecimal digits.

    `pictures` are by the name of the file; `message` is of the whole, with its headers.
    """

    subject: str
    preheader: str
    text: str
    html: str
    message: str
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAs:
    """How much of a name a mail says (`full`, `first`, `initials`), and a digest of the name in that form."""

    form: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodOn:
    """What mails were made from, so that it can be said later what changed.

    `people` are those named, by id. `files` are digests by what each holds (`night/fa`, `edition:2026-w11/fa`,
    `voice:cold-soup`, `metric:on-time`, `settings`, `teams`); `made_with` those of the theme and the program.
    """

    people: Mapping[str, NamedAs] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    made_with: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """An edition's mails as they are composed for the moment of sending, by language, and what they stand on."""

    edition: str
    moment: datetime
    mails: Mapping[str, MailMarks]
    stood_on: StoodOn


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Somebody's yes to a composition. `by` is as they said it: an id of the people file, a name or a role."""

    by: str
    at: datetime
    what: Composition
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that is not as it was approved, in plain words. `kind` and `about` say the same to programs."""

    kind: str
    about: str
    words: str


class Standing(Enum):
    APPROVED = "approved"
    STALE = "stale"
    NOT_APPROVED = "not approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Whether an edition is approved as it would be sent, and where it is stale, why."""

    edition: str
    standing: Standing
    approval: Approval | None = None
    reasons: tuple[Reason, ...] = ()

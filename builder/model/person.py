"""A colleague, the forms of their name, and what they allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Recognition(Enum):
    """How a person wants to be recognised."""

    EVERYONE = "everyone"
    TEAM = "team"
    PRIVATE = "private"
    NONE = "none"


class Channel(Enum):
    """Where a name may appear; `public` is anything that visitors or the public may see."""

    SITE = "site"
    EMAIL = "email"
    PRINT = "print"
    PUBLIC = "public"


class Form(Enum):
    """How much of a name may be said, from most to least."""

    FULL = "full"
    FIRST = "first"
    INITIALS = "initials"


class PersonStatus(Enum):
    ACTIVE = "active"
    LEAVE = "leave"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForms:
    """A name in one script and one grammatical case ("" is the plain form)."""

    full: str
    first: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's name in one script; `cases` holds (case, forms) pairs beside the plain `forms`."""

    script: str
    forms: NameForms
    cases: tuple[tuple[str, NameForms], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's yes for one channel, from `given` until `expires` (aware datetimes; None: no end)."""

    channel: Channel
    form: Form
    given: datetime
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    names: tuple[Name, ...]
    team: str = ""
    status: PersonStatus = PersonStatus.ACTIVE
    recognition: Recognition = Recognition.NONE
    consents: tuple[Consent, ...] = ()
    withdrawn: datetime | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What one story takes away from a person's consent: channels not listed are closed, the form at most `form`."""

    person: str
    channels: tuple[Channel, ...] | None = None
    form: Form | None = None

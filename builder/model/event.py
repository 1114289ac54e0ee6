"""Something to come that readers should know of: a rally, a fair, a week of thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from builder.model.story import Audience
from builder.model.text import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """From its first day to its last, both of them days of the newsletter's time zone."""

    first: date
    last: date
    what: Words
    where: Words = Words()
    audience: Audience = Audience.STAFF

"""What consent says on one channel at one instant, for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from builder.model.person import Channel, Form, Name, Narrowing
from builder.model.text import Words

_LESS = {Form.FULL: 0, Form.FIRST: 1, Form.INITIALS: 2}


def at_most(form: Form, limit: Form) -> Form:
    """The one of the two that says less.

    >>> at_most(Form.FULL, Form.FIRST).value
    'first'
    """
    return max(form, limit, key=_LESS.__getitem__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What consent says on one channel at one instant.

    `forms` holds the most that may be said of each person (None: nothing); `until` the next instant at which any of
    it changes; `ends` when each person's yes ends, where that is known.
    """

    channel: Channel
    forms: Mapping[str, Form | None]
    ends: Mapping[str, datetime]
    until: datetime | None

    def form(self, person: str, narrowings: Iterable[Narrowing] = ()) -> Form | None:
        """How this person may be named where `narrowings` hold; None: not at all. Nobody on record: not at all."""
        form = self.forms.get(person)
        for narrowing in narrowings:
            if narrowing.person != person or form is None:
                continue
            if narrowing.channels is not None and self.channel not in narrowing.channels:
                return None
            if narrowing.form is not None:
                form = at_most(form, narrowing.form)
        return form


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What may be said of one person in one place, and nothing more than that.

    `form` None: not the name, and `names` is empty. `team` is what the person's team is called where naming it gives
    nobody away, for the phrase that stands in the name's place; else nothing.
    """

    form: Form | None
    names: tuple[Name, ...] = ()
    team: Words = Words()

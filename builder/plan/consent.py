"""Who may be named, how much of the name, on which channel: the answer fails closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from builder.model.newsletter import Leavers, Newsroom
from builder.model.person import Channel, Form, Narrowing, Person, PersonStatus, Recognition
from builder.model.story import Audience

_LESS = {Form.FULL: 0, Form.FIRST: 1, Form.INITIALS: 2}


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
                form = max(form, narrowing.form, key=_LESS.__getitem__)
        return form


def answers(newsroom: Newsroom, channel: Channel, now: datetime) -> Answers:
    """Everyone's consent on `channel` at `now`."""
    forms: dict[str, Form | None] = {}
    ends: dict[str, datetime] = {}
    changes: list[datetime] = []
    for id, person in newsroom.people.items():
        forms[id] = allowed(person, channel, now, newsroom.settings.leavers)
        instants = _instants(person, channel)
        changes += [instant for instant in instants if instant > now]
        later = [instant for instant in instants if instant > now]
        if forms[id] is not None and later:
            ends[id] = min(later)
    return Answers(channel=channel, forms=forms, ends=ends, until=min(changes, default=None))


def allowed(person: Person, channel: Channel, now: datetime, leavers: Leavers) -> Form | None:
    """How much of this person's name `channel` may say at `now`; None: nothing.

    A site cannot show something to a team alone, so recognition within the team means unnamed here.
    """
    if person.recognition is not Recognition.EVERYONE:
        return None
    if person.withdrawn is not None and person.withdrawn <= now:
        return None
    if person.status is PersonStatus.LEFT and leavers is Leavers.ANONYMISE:
        return None
    given = next((one for one in person.consents if one.channel is channel), None)
    if given is None or now < given.given or (given.expires is not None and given.expires <= now):
        return None
    if person.status is PersonStatus.LEFT and leavers is Leavers.FIRST:
        return max(given.form, Form.FIRST, key=_LESS.__getitem__)
    return given.form


def site_channel(audience: Audience) -> Channel:
    """The channel of names on a site for `audience`: whatever visitors or the public may see is public."""
    return Channel.SITE if audience is Audience.STAFF else Channel.PUBLIC


def _instants(person: Person, channel: Channel) -> list[datetime]:
    given = [one for one in person.consents if one.channel is channel]
    instants = [one.given for one in given] + [one.expires for one in given if one.expires]
    return instants + ([person.withdrawn] if person.withdrawn else [])

"""Who may be named, how much of the name, on which channel: the answer fails closed."""

from __future__ import annotations

from datetime import datetime

from builder.model.consent import Answers, at_most
from builder.model.newsletter import Leavers, Newsroom
from builder.model.person import Channel, Form, Person, PersonStatus, Recognition
from builder.model.story import Audience


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
        return at_most(given.form, Form.FIRST)
    return given.form


def site_channel(audience: Audience) -> Channel:
    """The channel of names on a site for `audience`: whatever visitors or the public may see is public."""
    return Channel.SITE if audience is Audience.STAFF else Channel.PUBLIC


def _instants(person: Person, channel: Channel) -> list[datetime]:
    given = [one for one in person.consents if one.channel is channel]
    instants = [one.given for one in given] + [one.expires for one in given if one.expires]
    return instants + ([person.withdrawn] if person.withdrawn else [])

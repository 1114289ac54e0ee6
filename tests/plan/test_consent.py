"""Who may be named, how much, where and until when: tables of what a record says and what that allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from builder.model.newsletter import Leavers, Newsroom, Settings
from builder.model.person import (
    Channel,
    Consent,
    Form,
    Name,
    NameForms,
    Narrowing,
    Person,
    PersonStatus,
    Recognition,
)
from builder.model.story import Audience
from builder.model.text import Words
from builder.plan.consent import allowed, answers, site_channel

ZONE = ZoneInfo("Asia/Tehran")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NOW = day("2026-03-12T09:00")
SECOND = timedelta(seconds=1)


def yes(
    channel: Channel = Channel.SITE, form: Form = Form.FULL, given: str = "2026-01-01", expires: str = ""
) -> Consent:
    return Consent(channel=channel, form=form, given=day(given), expires=day(expires) if expires else None)


ASTRID = Person(
    id="p-1",
    names=(Name(script="Latn", forms=NameForms(full="Astrid Vanterpool", first="Astrid", initials="A. V.")),),
    recognition=Recognition.EVERYONE,
    consents=tuple(map(yes, Channel)),
)


def room(*people: Person, leavers: Leavers = Leavers.ANONYMISE) -> Newsroom:
    settings = Settings(title=Words((("", "The Light"),)), timezone=ZONE, languages=("en",), leavers=leavers)
    return Newsroom(
        settings=settings,
        people={one.id: one for one in people},
        teams={},
        stories=(),
        editions=(),
        metrics=(),
    )


def on_site(person: Person, now: datetime = NOW, leavers: Leavers = Leavers.ANONYMISE) -> Form | None:
    return allowed(person, Channel.SITE, now, leavers)


@pytest.mark.parametrize("recognition", Recognition)
@pytest.mark.parametrize("channel", Channel)
def test_only_who_wants_everyone_to_know_is_named(recognition: Recognition, channel: Channel):
    wanted = Form.FULL if recognition is Recognition.EVERYONE else None
    assert allowed(replace(ASTRID, recognition=recognition), channel, NOW, Leavers.KEEP) is wanted


def test_a_record_that_says_nothing_allows_nothing():
    bare = Person(id="p-1", names=ASTRID.names)
    assert {allowed(bare, channel, NOW, Leavers.KEEP) for channel in Channel} == {None}
    assert on_site(replace(ASTRID, consents=())) is None


@pytest.mark.parametrize(("channel", "form"), list(product(Channel, Form)))
def test_each_channel_has_its_own_answer_and_silence_is_no(channel: Channel, form: Form):
    person = replace(ASTRID, consents=(yes(channel, form),))
    said = {other: allowed(person, other, NOW, Leavers.KEEP) for other in Channel}
    assert said == {other: form if other is channel else None for other in Channel}


LEFT: Mapping[tuple[Leavers, Form], Form | None] = {
    (Leavers.ANONYMISE, Form.FULL): None,
    (Leavers.ANONYMISE, Form.FIRST): None,
    (Leavers.ANONYMISE, Form.INITIALS): None,
    (Leavers.FIRST, Form.FULL): Form.FIRST,
    (Leavers.FIRST, Form.FIRST): Form.FIRST,
    (Leavers.FIRST, Form.INITIALS): Form.INITIALS,
    (Leavers.KEEP, Form.FULL): Form.FULL,
    (Leavers.KEEP, Form.FIRST): Form.FIRST,
    (Leavers.KEEP, Form.INITIALS): Form.INITIALS,
}


@pytest.mark.parametrize(("leavers", "form"), LEFT)
@pytest.mark.parametrize("status", PersonStatus)
def test_who_left_follows_the_newsletter_s_rule(status: PersonStatus, leavers: Leavers, form: Form):
    person = replace(ASTRID, status=status, consents=(yes(form=form),))
    wanted = LEFT[leavers, form] if status is PersonStatus.LEFT else form
    assert on_site(person, leavers=leavers) is wanted


@pytest.mark.parametrize("recognition", [one for one in Recognition if one is not Recognition.EVERYONE])
def test_keeping_leavers_names_gives_nobody_back_what_they_did_not_want(recognition: Recognition):
    person = replace(ASTRID, status=PersonStatus.LEFT, recognition=recognition)
    assert on_site(person, leavers=Leavers.KEEP) is None


@pytest.mark.parametrize(
    ("given", "expires", "moment", "named"),
    [
        ("2026-03-12", "", "2026-03-11T23:59:59", False),
        ("2026-03-12", "", "2026-03-12T00:00:00", True),
        ("2026-01-01", "2026-03-12", "2026-03-11T23:59:59", True),
        ("2026-01-01", "2026-03-12", "2026-03-12T00:00:00", False),
        ("2026-03-13", "2026-03-12", "2026-03-12T12:00:00", False),
        ("2026-03-13", "2026-03-12", "2026-03-13T12:00:00", False),
        ("2026-03-12T08:40", "2026-03-12T08:41", "2026-03-12T08:40:30", True),
        ("2026-03-12T08:40", "2026-03-12T08:41", "2026-03-12T08:41:00", False),
    ],
)
def test_a_yes_holds_from_its_first_instant_until_its_last(
    given: str, expires: str, moment: str, named: bool
):
    assert bool(on_site(replace(ASTRID, consents=(yes(given=given, expires=expires),)), day(moment))) is named


@pytest.mark.parametrize(
    ("withdrawn", "named"), [("2026-03-12", False), ("2026-03-12T09:00:01", True), ("2026-01-01", False)]
)
def test_from_the_instant_of_withdrawal_nothing_is_allowed(withdrawn: str, named: bool):
    for channel in Channel:
        person = replace(ASTRID, withdrawn=day(withdrawn))
        assert bool(allowed(person, channel, NOW, Leavers.KEEP)) is named


def test_midnight_is_the_newsletter_s_own_wherever_the_clock_stands():
    person = replace(ASTRID, consents=(yes(expires="2026-03-12"),))
    utc = ZoneInfo("UTC")
    assert on_site(person, datetime(2026, 3, 11, 20, 29, 59, tzinfo=utc)) is Form.FULL
    assert on_site(person, datetime(2026, 3, 11, 20, 30, tzinfo=utc)) is None


NARROWED: tuple[tuple[tuple[Narrowing, ...], Form, Form | None], ...] = (
    ((), Form.FULL, Form.FULL),
    ((Narrowing(person="p-2", channels=()),), Form.FULL, Form.FULL),
    ((Narrowing(person="p-1"),), Form.FULL, Form.FULL),
    ((Narrowing(person="p-1", channels=()),), Form.FULL, None),
    ((Narrowing(person="p-1", channels=(Channel.EMAIL, Channel.PUBLIC)),), Form.FULL, None),
    ((Narrowing(person="p-1", channels=(Channel.SITE,)),), Form.FIRST, Form.FIRST),
    ((Narrowing(person="p-1", form=Form.INITIALS),), Form.FULL, Form.INITIALS),
    ((Narrowing(person="p-1", form=Form.FULL),), Form.INITIALS, Form.INITIALS),
    (
        (Narrowing(person="p-1", form=Form.FIRST), Narrowing(person="p-1", form=Form.INITIALS)),
        Form.FULL,
        Form.INITIALS,
    ),
    (
        (Narrowing(person="p-1", form=Form.INITIALS), Narrowing(person="p-1", form=Form.FULL)),
        Form.FULL,
        Form.INITIALS,
    ),
    (
        (
            Narrowing(person="p-1", channels=(Channel.SITE,)),
            Narrowing(person="p-1", channels=(Channel.EMAIL,)),
        ),
        Form.FULL,
        None,
    ),
)


@pytest.mark.parametrize(("narrowings", "form", "wanted"), NARROWED)
def test_a_story_takes_away_and_never_gives(
    narrowings: tuple[Narrowing, ...], form: Form, wanted: Form | None
):
    said = answers(room(replace(ASTRID, consents=(yes(form=form),))), Channel.SITE, NOW)
    assert said.form("p-1", narrowings) is wanted
    private = answers(room(replace(ASTRID, recognition=Recognition.PRIVATE)), Channel.SITE, NOW)
    assert private.form("p-1", narrowings) is None


def test_nobody_on_record_is_not_named():
    assert answers(room(ASTRID), Channel.SITE, NOW).form("p-2") is None
    assert answers(room(), Channel.SITE, NOW).form("p-1") is None


def test_whatever_visitors_or_the_public_may_see_is_public():
    assert {audience: site_channel(audience) for audience in Audience} == {
        Audience.STAFF: Channel.SITE,
        Audience.VISITORS: Channel.PUBLIC,
        Audience.PUBLIC: Channel.PUBLIC,
    }


@pytest.mark.parametrize(
    ("person", "until", "ends"),
    [
        (ASTRID, "", ""),
        (replace(ASTRID, withdrawn=day("2026-06-01")), "2026-06-01", "2026-06-01"),
        (replace(ASTRID, withdrawn=day("2026-02-01")), "", ""),
        (replace(ASTRID, consents=(yes(expires="2026-05-01"),)), "2026-05-01", "2026-05-01"),
        (replace(ASTRID, consents=(yes(given="2026-04-01", expires="2026-05-01"),)), "2026-04-01", ""),
        (replace(ASTRID, consents=(yes(Channel.EMAIL, expires="2026-05-01"),)), "", ""),
        (
            replace(ASTRID, withdrawn=day("2026-04-01"), consents=(yes(expires="2026-05-01"),)),
            "2026-04-01",
            "2026-04-01",
        ),
        (
            replace(ASTRID, withdrawn=day("2026-06-01"), consents=(yes(expires="2026-05-01"),)),
            "2026-05-01",
            "2026-05-01",
        ),
    ],
)
def test_the_answer_says_until_when_it_holds_and_when_each_yes_ends(person: Person, until: str, ends: str):
    said = answers(room(person), Channel.SITE, NOW)
    assert said.until == (day(until) if until else None)
    assert said.ends == ({"p-1": day(ends)} if ends else {})


def test_until_is_the_first_change_of_all_and_nothing_changes_before_it():
    people = (
        replace(ASTRID, consents=(yes(expires="2026-05-01"),)),
        replace(ASTRID, id="p-2", withdrawn=day("2026-04-02T10:30")),
        replace(ASTRID, id="p-3", consents=(yes(given="2026-07-01"),)),
    )
    said = answers(room(*people), Channel.SITE, NOW)
    assert said.until == day("2026-04-02T10:30")
    before = answers(room(*people), Channel.SITE, said.until - SECOND)
    assert before.forms == said.forms
    assert answers(room(*people), Channel.SITE, said.until).forms != said.forms

"""May this appear, here, now?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from builder.model.edition import Edition, EditionKind
from builder.model.story import Audience, Status, Story
from builder.model.text import Text
from builder.plan.visible import Verdict, may_appear
from tests.values import at, sources, story, understood

NOON = at("2026-03-04T12:00")
SECOND = timedelta(seconds=1)
STORY = Story(
    id="a", work="a", lang="en", title=Text(("A",)), date=NOON, body="", file="stories/2026/a.md", body_line=4
)
EDITION = Edition(id="w10", kind=EditionKind.WEEKLY, date=NOON, words=(), file="stories/editions/w10.md")


def test_a_story_appears_at_its_date_and_not_a_second_before():
    assert may_appear(STORY, NOON - SECOND) == Verdict(reason="not yet", until=NOON)
    assert may_appear(STORY, NOON) == Verdict(reason="")


def test_a_story_goes_at_its_end_and_not_a_second_before():
    ends = replace(STORY, expires=NOON + SECOND)
    assert may_appear(ends, NOON) == Verdict(reason="", until=NOON + SECOND)
    assert may_appear(ends, NOON + SECOND) == Verdict(reason="expired")


def test_publish_decides_where_it_is_given_and_the_date_else():
    early = replace(STORY, publish=NOON - timedelta(days=1))
    late = replace(STORY, publish=NOON + timedelta(days=1))
    assert may_appear(early, NOON - SECOND)
    assert may_appear(late, NOON) == Verdict(reason="not yet", until=NOON + timedelta(days=1))


def test_a_draft_never_appears_and_no_instant_changes_that():
    draft = replace(STORY, status=Status.DRAFT, expires=NOON + SECOND)
    for now in (NOON - SECOND, NOON, NOON + SECOND):
        assert may_appear(draft, now) == Verdict(reason="draft")


WIDER = [Audience.STAFF, Audience.VISITORS, Audience.PUBLIC]


@pytest.mark.parametrize(("item", "asked"), list(product(WIDER, WIDER)))
def test_what_is_for_fewer_people_is_not_for_more(item: Audience, asked: Audience):
    seen = WIDER.index(item) >= WIDER.index(asked)
    verdict = may_appear(replace(STORY, audience=item), NOON, asked)
    assert (bool(verdict), verdict.reason) == (seen, "" if seen else "audience")


BEGINS = [None, NOON - SECOND, NOON, NOON + SECOND]
ENDS = [None, NOON - SECOND, NOON, NOON + SECOND]


@pytest.mark.parametrize(
    ("status", "publish", "expires", "audience", "now"),
    list(product(Status, BEGINS, ENDS, Audience, [NOON - SECOND, NOON, NOON + SECOND])),
)
def test_every_reason_must_allow_it(
    status: Status, publish: datetime | None, expires: datetime | None, audience: Audience, now: datetime
):
    item = replace(STORY, status=status, publish=publish, expires=expires, audience=audience)
    for asked in Audience:
        reasons = (
            status is Status.READY,
            (publish or NOON) <= now,
            expires is None or now < expires,
            WIDER.index(audience) >= WIDER.index(asked),
        )
        assert bool(may_appear(item, now, asked)) is all(reasons)


@pytest.mark.parametrize(("publish", "expires"), list(product(BEGINS, ENDS)))
def test_the_answer_stays_until_it_says_so(publish: datetime | None, expires: datetime | None):
    item = replace(STORY, publish=publish, expires=expires)
    for now in (NOON - 2 * SECOND, NOON - SECOND, NOON, NOON + SECOND):
        verdict = may_appear(item, now)
        if verdict.until is None:
            assert bool(may_appear(item, now + timedelta(days=3650))) is bool(verdict)
        else:
            assert verdict.until > now
            assert bool(may_appear(item, verdict.until - timedelta(microseconds=1))) is bool(verdict)
            assert may_appear(item, verdict.until).reason != verdict.reason


def test_an_edition_appears_at_its_date_for_staff():
    assert may_appear(EDITION, NOON - SECOND) == Verdict(reason="not yet", until=NOON)
    assert may_appear(EDITION, NOON)
    assert may_appear(replace(EDITION, status=Status.DRAFT), NOON) == Verdict(reason="draft")


@pytest.mark.parametrize(
    ("zone", "date", "instant"),
    [
        ("Europe/London", "2026-03-28", "2026-03-28T00:00:00+00:00"),
        ("Europe/London", "2026-03-29", "2026-03-29T00:00:00+00:00"),
        ("Europe/London", "2026-03-30", "2026-03-29T23:00:00+00:00"),
        ("Europe/London", "2026-10-25", "2026-10-24T23:00:00+00:00"),
        ("Europe/London", "2026-10-26", "2026-10-26T00:00:00+00:00"),
        ("Europe/Athens", "2026-03-29", "2026-03-28T22:00:00+00:00"),
        ("Europe/Athens", "2026-03-30", "2026-03-29T21:00:00+00:00"),
        ("Europe/Athens", "2026-10-26", "2026-10-25T22:00:00+00:00"),
        ("Asia/Tehran", "2026-03-21", "2026-03-20T20:30:00+00:00"),
        ("Asia/Tehran", "2026-07-01", "2026-06-30T20:30:00+00:00"),
        ("Asia/Tehran", "2021-07-01", "2021-06-30T19:30:00+00:00"),
        ("Asia/Tehran", "2026-03-21 08:40", "2026-03-21T05:10:00+00:00"),
        ("Europe/London", "2026-03-29 01:30", "2026-03-29T01:30:00+00:00"),
        ("Europe/London", "2026-07-01 08:40Z", "2026-07-01T08:40:00+00:00"),
    ],
)
def test_a_bare_date_is_local_midnight(zone: str, date: str, instant: str):
    settings = f"title: T\ntimezone: {zone}\nlanguages: [en]\n"
    newsroom, problems = understood(sources({"a.md": story(f"date: {date}\n")}, settings=settings))
    assert not problems
    begins = datetime.fromisoformat(instant)
    told = newsroom.stories[0]
    assert may_appear(told, begins.astimezone(ZoneInfo("Pacific/Auckland")))
    assert not may_appear(told, begins - SECOND)

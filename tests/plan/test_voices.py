"""Which customers' words may be seen, where and until when; and how far commitments have come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from builder.model.commitment import Commitment, Kept, Origin, Progress, Remeasured
from builder.model.metric import Method, Metric, Reading
from builder.model.newsletter import Newsroom, Settings
from builder.model.person import Channel
from builder.model.story import Audience, Status
from builder.model.text import Words
from builder.model.voice import CustomerVoice, Permission, VoiceKind
from builder.plan.measured import measured
from builder.plan.remeasured import remeasured
from builder.plan.voices import may_be_heard, may_be_shown, progress, said

ZONE = ZoneInfo("Europe/London")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NOW = day("2026-03-12T09:00")
WORDS = Words((("en", "-"),))
ALL = Permission(channels=tuple(Channel), given=day("2026-03-02"))
VOICE = CustomerVoice(
    id="hour",
    kind=VoiceKind.PRAISE,
    received=day("2026-03-01"),
    text=WORDS,
    lang="en",
    who=WORDS,
    file="stories/voices/hour.yaml",
    permission=ALL,
)
KEPT = Commitment(
    id="window",
    origin=Origin(voice="hour"),
    did=WORDS,
    owner="stores",
    due=day("2026-04-02"),
    due_day=day("2026-04-01"),
    file="stories/commitments/window.yaml",
)


def room(
    *voices: CustomerVoice, metrics: tuple[Metric, ...] = (), commitments: tuple[Commitment, ...] = ()
) -> Newsroom:
    return Newsroom(
        settings=Settings(title=WORDS, timezone=ZONE, languages=("en",)),
        people={},
        teams={},
        stories=(),
        editions=(),
        metrics=metrics,
        voices=voices,
        commitments=commitments,
    )


def metric(*readings: Reading, direction: str = "up") -> Metric:
    return Metric(
        id="told",
        name=WORDS,
        plain_words=WORDS,
        unit=Words(),
        method=Method.CSAT,
        direction=direction,
        side="external",
        file="-",
        readings=readings,
    )


def test_no_permission_is_a_no_on_every_channel():
    silent = replace(VOICE, permission=None)
    for channel in Channel:
        verdict = may_be_shown(silent, room(silent), NOW, Audience.STAFF, channel)
        assert verdict.reason == "no permission"


def test_a_permission_opens_the_channels_that_it_names_and_no_other():
    site = replace(VOICE, permission=replace(ALL, channels=(Channel.SITE,)))
    heard = {one for one in Channel if may_be_heard(site, room(site), NOW, one)}
    assert heard == {Channel.SITE}


@pytest.mark.parametrize(
    ("changes", "reason", "until"),
    [
        ({}, "", None),
        ({"withdrawn": day("2026-03-12T09:00")}, "withdrawn", None),
        ({"withdrawn": day("2026-03-20")}, "", "2026-03-20"),
        ({"permission": replace(ALL, until=day("2026-03-12"))}, "permission over", None),
        ({"permission": replace(ALL, until=day("2026-05-01"))}, "", "2026-05-01"),
        ({"permission": replace(ALL, given=day("2026-03-13"))}, "no permission yet", "2026-03-13"),
        ({"status": Status.DRAFT}, "draft", None),
        ({"publish": day("2026-03-14")}, "not yet", "2026-03-14"),
        ({"expires": day("2026-03-10")}, "expired", None),
        ({"expires": day("2026-04-10"), "withdrawn": day("2026-03-20")}, "", "2026-03-20"),
    ],
)
def test_when_a_voice_may_be_shown_and_until_when(changes: dict[str, object], reason: str, until: str | None):
    voice = replace(VOICE, **changes)  # type: ignore[arg-type]
    verdict = may_be_shown(voice, room(voice), NOW, Audience.STAFF, Channel.SITE)
    assert (verdict.reason, verdict.until) == (reason, day(until) if until else None)


def test_what_is_for_staff_is_not_for_the_public():
    assert may_be_shown(VOICE, room(VOICE), NOW, Audience.PUBLIC, Channel.PUBLIC).reason == "audience"


@pytest.mark.parametrize(
    ("comments", "files", "reason"),
    [(8, 1, ""), (7, 9, "too few comments"), (None, 8, ""), (None, 7, "too few comments")],
)
def test_a_comment_of_a_round_with_few_comments_stays_back(comments: int | None, files: int, reason: str):
    """The reading says how many came in; where it does not, as many as there are files."""
    asked = metric(
        Reading(period="2026-02", score=80, comments=comments),
        Reading(period="2026-01", score=80, comments=99),
    )
    voices = [replace(VOICE, id=f"v{one}", metric="told", round="2026-02") for one in range(files)]
    assert may_be_heard(voices[0], room(*voices, metrics=(asked,)), NOW, Channel.SITE).reason == reason


def test_newest_first_and_ends_and_changes_are_told():
    older = replace(VOICE, id="older", received=day("2026-01-01"), expires=day("2026-06-01"))
    later = replace(VOICE, id="later", publish=day("2026-03-20"))
    found = said(room(older, VOICE, later), NOW, Audience.STAFF, Channel.SITE)
    assert [one.id for one in found.voices] == ["hour", "older"]
    assert found.ends == {"voice:older": day("2026-06-01")}
    assert set(found.changes) == {day("2026-06-01"), day("2026-03-20")}


def test_ahead_shows_drafts_and_never_what_is_not_allowed():
    draft = replace(VOICE, id="draft", status=Status.DRAFT)
    silent = replace(draft, id="silent", permission=None)
    found = said(room(draft, silent), NOW, Audience.STAFF, Channel.SITE, ahead=True)
    assert [one.id for one in found.voices] == ["draft"]
    assert found.coming == {"voice:draft": None}


@pytest.mark.parametrize(
    ("now", "done", "expected"),
    [
        ("2026-04-01T23:59", None, Progress.OPEN),
        ("2026-04-02T00:00", None, Progress.OVERDUE),
        ("2026-04-02T00:00", "2026-03-30", Progress.DONE),
        ("2026-03-01", "2026-03-30", Progress.OPEN),
        ("2026-05-01", "2026-05-02", Progress.OVERDUE),
    ],
)
def test_overdue_is_computed(now: str, done: str | None, expected: Progress):
    assert progress(replace(KEPT, done=day(done) if done else None), day(now)) is expected


def test_the_day_on_which_a_commitment_is_late_is_a_change():
    found = said(room(commitments=(KEPT,)), NOW, Audience.STAFF, Channel.SITE)
    assert found.changes == (KEPT.due,)


def test_a_measure_is_looked_at_again_only_where_readers_may_see_it_and_both_readings_are_there():
    asked = metric(
        Reading(period="2026-01", score=44, n=100, counts=(("satisfied", 44), ("others", 56))),
        Reading(period="2026-02", score=70, n=100, counts=(("satisfied", 70), ("others", 30))),
    )
    kept = Kept(
        commitment=replace(KEPT, measured=Remeasured(metric="told", before="2026-01", after="2026-02")),
        progress=Progress.DONE,
    )
    (again,) = remeasured([kept], [measured(asked)])
    assert again.again is not None
    assert again.again.change is not None
    assert again.again.change.is_clear
    (hidden,) = remeasured([kept], [])
    assert hidden.again is None
    (gone,) = remeasured([kept], [measured(replace(asked, readings=asked.readings[:1]))])
    assert gone.again is None

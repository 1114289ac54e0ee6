"""What is published now, in order: stories with their translations, heroes, editions and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from builder.model.consent import Answers
from builder.model.library import Hero, Library
from builder.model.newsletter import Newsroom
from builder.model.story import Audience, Story
from builder.plan.balance import balance
from builder.plan.consent import answers, site_channel
from builder.plan.corrections import carried
from builder.plan.measured import measured
from builder.plan.remeasured import remeasured
from builder.plan.shelves import shelve
from builder.plan.visible import is_for, may_appear
from builder.plan.voices import said

_TO_COME = frozenset(("draft", "not yet"))
"""Why something does not appear that one day will: what an editor wants to see beforehand, and nobody else."""


def arrange(
    newsroom: Newsroom, now: datetime, audience: Audience = Audience.STAFF, *, ahead: bool = False
) -> Library:
    """The visible set of `newsroom` at `now` for `audience`; with `ahead`, drafts and future items too, as `coming`."""
    changes: list[datetime] = []
    versions: dict[str, dict[str, Story]] = {}
    coming: dict[str, datetime | None] = {}
    for story in sorted(newsroom.stories, key=lambda one: (one.work, one.lang, one.id)):
        verdict = may_appear(story, now, audience)
        changes += [verdict.until] if verdict.until else []
        if ahead and verdict.reason in _TO_COME:
            coming[story.version] = verdict.until
        if verdict or (ahead and verdict.reason in _TO_COME):
            versions.setdefault(story.work, {}).setdefault(story.lang, story)
    works = sorted(versions)
    works.sort(key=lambda work: max(story.date for story in versions[work].values()), reverse=True)
    consent = answers(newsroom, site_channel(audience), now)
    changes += [consent.until] if consent.until else []
    editions = []
    for edition in sorted(newsroom.editions, key=lambda one: (one.date, one.id), reverse=True):
        verdict = may_appear(edition, now, audience)
        changes += [verdict.until] if verdict.until else []
        if ahead and verdict.reason in _TO_COME:
            coming[f"edition:{edition.id}"] = verdict.until
        if verdict or (ahead and verdict.reason in _TO_COME):
            editions.append(edition)
    programme = []
    for event in sorted(newsroom.settings.programme, key=lambda one: (one.first, one.last)):
        over = datetime.combine(event.last + timedelta(days=1), time(), newsroom.settings.timezone)
        if now < over and is_for(event.audience, audience):
            programme.append(event)
            changes.append(over)
    least = newsroom.settings.privacy.smallest_group
    shown = (measured(one, least) for one in newsroom.metrics if is_for(one.audience, audience))
    metrics = tuple(one for one in shown if one.metric.readings)
    spoken = said(newsroom, now, audience, site_channel(audience), ahead=ahead)
    changes += spoken.changes
    return Library(
        newsroom=_at_home(newsroom, audience),
        now=now,
        programme=tuple(programme),
        audience=audience,
        consent=consent,
        works=tuple(works),
        versions=versions,
        heroes=_heroes(works, versions, consent),
        editions=tuple(editions),
        metrics=metrics,
        balance=balance(metrics),
        until=min(changes, default=None),
        voices=spoken.voices,
        commitments=remeasured(spoken.commitments, metrics),
        promises=spoken.promises,
        corrections=spoken.corrections,
        carried=carried(spoken.corrections, editions),
        said_ends=spoken.ends,
        shelves=shelve(works, versions, editions, newsroom.settings.timezone, newsroom.settings.languages),
        coming={**coming, **spoken.coming},
    )


def _at_home(newsroom: Newsroom, audience: Audience) -> Newsroom:
    """The newsroom with the address of this audience's own site: others than staff are not told where theirs stands."""
    if audience is Audience.STAFF:
        return newsroom
    settings = newsroom.settings
    address = settings.public_url if audience is Audience.PUBLIC else settings.visitors_url
    return replace(newsroom, settings=replace(settings, base_url=address))


def _heroes(
    works: list[str], versions: Mapping[str, Mapping[str, Story]], consent: Answers
) -> tuple[Hero, ...]:
    """Heroes and their works. A work that says less of a name in any language is not on that person's page.

    That page says the name as the person allows it, and would say it beside the story.
    """
    by_person: dict[str, list[str]] = {}
    for work in works:
        alone = next(iter(versions[work].values())) if len(versions[work]) == 1 else None
        if alone and not alone.narrowings:
            for person in sorted(set(alone.heroes)):
                if consent.forms.get(person):
                    by_person.setdefault(person, []).append(work)
            continue
        for person in sorted({person for story in versions[work].values() for person in story.heroes}):
            most = consent.form(person)
            if most and all(consent.form(person, one.narrowings) is most for one in versions[work].values()):
                by_person.setdefault(person, []).append(work)
    return tuple(Hero(person=person, works=tuple(works)) for person, works in sorted(by_person.items()))

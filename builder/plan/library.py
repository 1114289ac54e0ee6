"""What is published now, in order: stories with their translations, heroes, editions and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from builder.model.edition import Edition
from builder.model.metric import Metric
from builder.model.newsletter import Newsroom
from builder.model.story import Audience, Story
from builder.plan.consent import Answers, answers, site_channel
from builder.plan.visible import may_appear


@dataclass(frozen=True, slots=True, kw_only=True)
class Hero:
    """Someone who may be named on the site and is celebrated in the stories (works) listed, newest first."""

    person: str
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The visible set. `works` are story ids in order, newest first; `versions` each work's stories by language.

    `until` is the next instant at which any of this changes; None: nothing is due.
    """

    newsroom: Newsroom
    now: datetime
    audience: Audience
    consent: Answers
    works: tuple[str, ...]
    versions: Mapping[str, Mapping[str, Story]]
    heroes: tuple[Hero, ...]
    editions: tuple[Edition, ...]
    metrics: tuple[Metric, ...]
    until: datetime | None

    def version(self, work: str, language: str) -> Story:
        """A work as a reader of `language` gets it: in it, else in the default language, else in the first there is."""
        by_language = self.versions[work]
        for one in (language, *self.newsroom.settings.languages):
            if one in by_language:
                return by_language[one]
        return by_language[min(by_language)]

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every visible story in every language, newest first."""
        return tuple(
            by_language[language] for by_language in map(self.versions.__getitem__, self.works) for language in by_language
        )


def arrange(newsroom: Newsroom, now: datetime, audience: Audience = Audience.STAFF) -> Library:
    """The visible set of `newsroom` at `now` for `audience`."""
    changes: list[datetime] = []
    versions: dict[str, dict[str, Story]] = {}
    for story in sorted(newsroom.stories, key=lambda one: (one.work, one.lang, one.id)):
        verdict = may_appear(story, now, audience)
        changes += [verdict.until] if verdict.until else []
        if verdict:
            versions.setdefault(story.work, {}).setdefault(story.lang, story)
    works = sorted(versions)
    works.sort(key=lambda work: max(story.date for story in versions[work].values()), reverse=True)
    consent = answers(newsroom, site_channel(audience), now)
    changes += [consent.until] if consent.until else []
    editions = []
    for edition in sorted(newsroom.editions, key=lambda one: (one.date, one.id), reverse=True):
        verdict = may_appear(edition, now, audience)
        changes += [verdict.until] if verdict.until else []
        if verdict:
            editions.append(edition)
    return Library(
        newsroom=newsroom,
        now=now,
        audience=audience,
        consent=consent,
        works=tuple(works),
        versions=versions,
        heroes=_heroes(works, versions, consent),
        editions=tuple(editions),
        metrics=tuple(metric for metric in newsroom.metrics if may_be_counted(metric, newsroom)),
        until=min(changes, default=None),
    )


def _heroes(works: list[str], versions: Mapping[str, Mapping[str, Story]], consent: Answers) -> tuple[Hero, ...]:
    by_person: dict[str, list[str]] = {}
    for work in works:
        for person in sorted({person for story in versions[work].values() for person in story.heroes}):
            named = all(
                consent.form(person, story.narrowings) for story in versions[work].values() if person in story.heroes
            )
            if named:
                by_person.setdefault(person, []).append(work)
    return tuple(Hero(person=person, works=tuple(works)) for person, works in sorted(by_person.items()))


def may_be_counted(metric: Metric, newsroom: Newsroom) -> bool:
    """Whether a measure may be shown: it has readings, and none of its numbers speaks for too few people."""
    smallest = newsroom.settings.privacy.smallest_group
    sizes = [reading.n for reading in metric.readings]
    sizes += [segment.n for reading in metric.readings for segment in reading.segments]
    return bool(metric.readings) and all(n is None or n >= smallest for n in sizes)

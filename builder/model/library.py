"""The visible set: everything that is published at one instant, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from builder.model.balance import Balance
from builder.model.commitment import Kept, Progress
from builder.model.consent import Answers
from builder.model.correction import Correction
from builder.model.edition import Edition
from builder.model.event import Event
from builder.model.facet import Shelves
from builder.model.metric import Measured
from builder.model.newsletter import Newsroom
from builder.model.period import last_day
from builder.model.promise import Promise
from builder.model.story import Audience, Story
from builder.model.voice import CustomerVoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Hero:
    """Someone who may be named on the site and is celebrated in the stories (works) listed, newest first."""

    person: str
    works: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Library:
    """The visible set. `programme` is what is not over yet. `works` are story ids in order, newest first; `versions` each work's stories by language.

    `until` is the next instant at which any of this changes; None: nothing is due. `coming` holds what is here only for
    an editor who looks ahead (versions, and `edition:ID`), with the time from which others see it; None: a draft.
    """

    newsroom: Newsroom
    now: datetime
    audience: Audience
    consent: Answers
    works: tuple[str, ...]
    versions: Mapping[str, Mapping[str, Story]]
    heroes: tuple[Hero, ...]
    editions: tuple[Edition, ...]
    metrics: tuple[Measured, ...]
    balance: Balance
    until: datetime | None
    voices: tuple[CustomerVoice, ...] = ()
    commitments: tuple[Kept, ...] = ()
    promises: tuple[Promise, ...] = ()
    said_ends: Mapping[str, datetime] = field(default_factory=dict)
    """Until when each voice, commitment and promise may be seen, by its key, where that has an end."""
    corrections: tuple[Correction, ...] = ()
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The corrections that the mail of each edition brings, by the edition's id."""
    programme: tuple[Event, ...] = ()
    shelves: Shelves = field(default_factory=Shelves)
    coming: Mapping[str, datetime | None] = field(default_factory=dict)

    def version(self, work: str, language: str) -> Story:
        """A work as a reader of `language` gets it: in it, else in the default language, else in the first there is."""
        by_language = self.versions[work]
        for one in (language, *self.newsroom.settings.languages):
            if one in by_language:
                return by_language[one]
        return by_language[min(by_language)]

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Every visible story in every language, newest first."""
        return tuple(
            by_language[language]
            for by_language in map(self.versions.__getitem__, self.works)
            for language in by_language
        )

    @cached_property
    def rounds(self) -> Mapping[str, tuple[str, ...]]:
        """The periods in which people answered who were asked, the newest first, and the measures by which they did."""
        found: dict[str, list[str]] = {}
        for one in self.metrics:
            for reading in one.metric.readings:
                if one.metric.asked(reading):
                    found.setdefault(reading.period, []).append(one.metric.id)
        ordered = sorted(found, key=lambda period: (last_day(period), period), reverse=True)
        return {period: tuple(found[period]) for period in ordered}

    @cached_property
    def commitments_in_short(self) -> tuple[Kept, ...]:
        """The one that was done last, and of those that are not done the one due first."""
        done = [one for one in self.commitments if one.progress is Progress.DONE and one.commitment.done]
        due = [one for one in self.commitments if one.progress is not Progress.DONE]
        done.sort(
            key=lambda one: (one.commitment.done or one.commitment.due, one.commitment.id), reverse=True
        )
        due.sort(key=lambda one: (one.commitment.due, one.commitment.id))
        return (*done[:1], *due[:1])

    @cached_property
    def measured(self) -> Mapping[str, Measured]:
        """The measures by their ids."""
        return {one.metric.id: one for one in self.metrics}

    @cached_property
    def supporting(self) -> Mapping[str, tuple[str, ...]]:
        """The works that stand behind each measure, newest first."""
        found: dict[str, list[str]] = {}
        for work in self.works:
            for id in dict.fromkeys(id for one in self.versions[work].values() for id in one.supports):
                found.setdefault(id, []).append(work)
        return {id: tuple(works) for id, works in found.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each work among all."""
        return {work: place for place, work in enumerate(self.works)}

    @cached_property
    def celebrated(self) -> Mapping[str, frozenset[str]]:
        """The works on each hero's page."""
        return {hero.person: frozenset(hero.works) for hero in self.heroes}

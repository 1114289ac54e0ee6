"""Everything that was read becomes a Newsroom, with all Problems of all files at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo

from builder.load import editions, stories
from builder.load.approvals import read_approval
from builder.load.commitments import read_commitment
from builder.load.corrections import read_correction
from builder.load.customers_promises import read_promise
from builder.load.manuscripts import name_and_language
from builder.load.marks import Marked, read_yaml
from builder.load.metrics import read_metric
from builder.load.pages import decode
from builder.load.passages import SAID_ELSEWHERE, Known, of_values
from builder.load.people import read_people, read_teams
from builder.load.published import Around
from builder.load.settings import read_settings
from builder.load.voices import read_voice
from builder.model.approval import Approval
from builder.model.metric import Metric
from builder.model.newsletter import Newsroom, Passage, Settings
from builder.model.person import Person
from builder.model.sources import SourceFile, Sources
from builder.model.team import Team
from builder.model.text import Words
from builder.problem import Level, Problem

# A program that stays asks again at every save, and of files that were not read again it asks with the same object.
_read_settings = lru_cache(maxsize=2)(read_settings)
_read_teams = lru_cache(maxsize=2)(read_teams)
_read_people = lru_cache(maxsize=2)(read_people)
_read_metric = lru_cache(maxsize=512)(read_metric)

Made = TypeVar("Made")

_STAND_IN = Settings(title=Words((("en", "-"),)), timezone=ZoneInfo("UTC"), languages=("en",))
"""Settings for when there are none to be had: enough to see who may still be named, never enough to publish."""


def understand(
    sources: Sources, each: stories.Each = stories.in_turn
) -> tuple[Newsroom, tuple[Problem, ...]]:
    """The Newsroom as far as it can be understood, and every Problem; `each` sees to the files of the stories."""
    problems: list[Problem] = [*sources.problems]
    settings: Settings | None = None
    if sources.settings:
        settings, faults = _read_settings(sources.settings)
        problems += faults
    if settings is None:
        newsroom, _ = _with(_STAND_IN, sources, each)
        return replace(newsroom, settings_known=False), tuple(problems)
    newsroom, faults = _with(settings, sources, each)
    return newsroom, (*problems, *faults)


def _with(settings: Settings, sources: Sources, each: stories.Each) -> tuple[Newsroom, tuple[Problem, ...]]:
    problems: list[Problem] = []
    teams: dict[str, Team] = {}
    unread = {problem.file for problem in sources.problems if problem.level is Level.ERROR}
    team_ids: frozenset[str] | None = None if "stories/teams.yaml" in unread else frozenset()
    if sources.teams:
        teams, team_ids, faults = _read_teams(sources.teams)
        problems += faults
    people: dict[str, Person] | None = None if sources.people_unread else {}
    people_ids: frozenset[str] = frozenset()
    if sources.people:
        people, people_ids, faults = _read_people(sources.people, settings.timezone, team_ids)
        problems += faults
    metrics: list[Metric] = []
    lost = set(unread)
    metric_ids = frozenset(PurePosixPath(source.path).stem for source in sources.metrics)
    for source in sources.metrics:
        metric, faults = _read_metric(source, team_ids, metric_ids)
        problems += faults
        if metric:
            metrics.append(metric)
        else:
            lost.add(source.path)
    known = Known(
        settings=settings,
        people=people or {},
        teams=team_ids,
        metrics=metric_ids,
        pictures=frozenset(sources.pictures),
        people_unsound=people_ids - frozenset(people or ()),
        people_unknown=people is None,
    )
    told = stories.understand(sources.stories, known, each)
    works = frozenset(name_and_language(source.path)[0] for source in sources.stories)
    around = Around(
        known=known,
        works=works,
        voices=frozenset(PurePosixPath(source.path).stem for source in sources.voices),
        periods={one.id: frozenset(reading.period for reading in one.readings) for one in metrics},
    )
    voices, faults = _each(sources.voices, read_voice, around, lost)
    problems += faults
    commitments, faults = _each(sources.commitments, read_commitment, around, lost)
    problems += faults
    promises, faults = _each(sources.promises, read_promise, around, lost)
    problems += faults
    edition_ids = frozenset(name_and_language(source.path)[0] for source in sources.editions)
    corrections, faults = _each(
        sources.corrections, partial(read_correction, editions=edition_ids), around, lost
    )
    problems += faults
    approvals, faults = _approvals(sources, settings.timezone, edition_ids)
    problems += faults
    chosen, passages, faults, lost_editions = editions.understand(sources.editions, known, works)
    problems += [*told.problems, *faults]
    return Newsroom(
        settings=settings,
        people=people or {},
        teams=teams,
        stories=told.stories,
        unsound=told.unsound,
        editions=chosen,
        metrics=tuple(sorted(metrics, key=lambda one: one.id)),
        voices=voices,
        commitments=commitments,
        promises=promises,
        corrections=corrections,
        approvals=approvals,
        pictures=frozenset(sources.pictures),
        files=sources.files,
        passages=(*told.passages, *passages, *_other_words(sources)),
        lost=frozenset(lost) | told.lost | lost_editions,
        people_known=people is not None,
    ), tuple(problem for problem in problems if problem.code != SAID_ELSEWHERE)


def _approvals(
    sources: Sources, zone: ZoneInfo, editions: frozenset[str]
) -> tuple[tuple[Approval, ...], tuple[Problem, ...]]:
    """The approvals that count; of the others, why they do not. None of them is lost to readers."""
    read = [read_approval(source, zone, editions) for source in sources.approvals]
    return tuple(one for one, _ in read if one), tuple(fault for _, faults in read for fault in faults)


def _each(
    files: tuple[SourceFile, ...],
    read: Callable[[SourceFile, Around], tuple[Made | None, tuple[Problem, ...]]],
    around: Around,
    lost: set[str],
) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    """What was made of files of one kind, and what is wrong with them; those that are not whole join `lost`."""
    made: list[Made] = []
    problems: list[Problem] = []
    for source in files:
        one, faults = read(source, around)
        problems += faults
        if one is None:
            lost.add(source.path)
        else:
            made.append(one)
    return tuple(made), tuple(problems)


def _other_words(sources: Sources) -> tuple[Passage, ...]:
    """The words of settings, teams, measures and of all that was said, and the names of files that readers can come to see."""
    passages: list[Passage] = []
    for source in (sources.settings, sources.teams, *sources.metrics, *_said(sources)):
        if source:
            passages += of_values(_read(source))
            passages.append(_file_name(source.path))
    passages += [_file_name(source.path) for source in sources.editions]
    passages += [_file_name(f"stories/{path}") for path in sources.pictures]
    passages += [replace(_file_name(f"stories/files/{path}"), text=path) for path in sources.files]
    return tuple(passages)


def _said(sources: Sources) -> tuple[SourceFile, ...]:
    return (*sources.voices, *sources.commitments, *sources.promises, *sources.corrections)


def _read(source: SourceFile) -> Marked:
    page, _ = decode(source)
    return read_yaml(page)


def _file_name(path: str) -> Passage:
    return Passage(file=path, line=0, column=0, text=PurePosixPath(path).name)

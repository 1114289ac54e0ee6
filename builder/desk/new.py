"""The way of a first draft: a story, an edition, a measure or a person begun, with prompts in the newsroom's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from builder.desk.init import quoted
from builder.load import intake, words
from builder.load.kinds import slug
from builder.model.newsletter import Newsroom
from builder.model.sources import SourceFile, Sources, Theme
from builder.problem import Level, Problem, Trouble, errors
from builder.render.templates import Templates
from builder.render.words import Speaker, speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What to write: new files by their path inside `stories/`, or a text to add at the end of one; and what is next."""

    files: Mapping[str, bytes]
    added: Mapping[str, bytes]
    next_step: str


def begin(kind: str, title: str, name: str, sources: Sources, theme: Theme, now: datetime) -> Begun:
    """The beginning of a story, an edition, a metric or a person. Raises Trouble where no name can be found for it."""
    newsroom, _ = intake.understand(sources)
    catalogues, _ = words.catalogues(theme)
    speaker = speakers(catalogues, newsroom.settings)[newsroom.settings.language]
    make = {"story": _story, "edition": _edition, "metric": _metric, "person": _person}[kind]
    templates = Templates(dict(theme.templates))
    return make(title, name, newsroom, speaker, templates, sources, now)


def _story(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    today = now.date()
    id = name or slug(title)[:60].rstrip("-") or f"story-{today.isoformat()}"
    text = templates.render(
        "newsroom/new-story.md.jinja",
        say=say.say,
        title=quoted(title),
        today=today.isoformat(),
        behaviours=[one.id for one in newsroom.settings.behaviours],
        perspectives=[one.id for one in newsroom.settings.perspectives],
    )
    return _files(f"{today.year}/{_checked(id)}.md", text, say.say("new.next_story"))


def _edition(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    year, week, _ = now.date().isocalendar()
    number = max((one.number or 0 for one in newsroom.editions), default=0) + 1
    text = templates.render(
        "newsroom/new-edition.md.jinja",
        say=say.say,
        title=quoted(title),
        today=now.date().isoformat(),
        number=number,
    )
    return _files(f"editions/{_checked(name or f'{year}-w{week:02}')}.md", text, say.say("new.next_edition"))


def _metric(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    id = name or slug(title)[:60].rstrip("-") or "measure"
    text = templates.render(
        "newsroom/new-metric.yaml.jinja",
        say=say.say,
        title=quoted(title),
        period=f"{now.year}-{now.month:02}",
    )
    return _files(f"metrics/{_checked(id)}.yaml", text, say.say("new.next_metric"))


def _person(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    """A new entry at the end of the people file; what is there stays as it is."""
    numbers = [int(match[1]) for id in newsroom.people if (match := re.fullmatch(r"p-(\d+)", id))]
    id = _checked(name or f"p-{max(numbers, default=0) + 1:03}")
    if id in newsroom.people:
        raise _taken(id, "stories/people.yaml")
    text = templates.render(
        "newsroom/new-person.yaml.jinja", id=id, title=quoted(title), today=now.date().isoformat()
    )
    before = sources.people.data if sources.people else b""
    stripped = re.sub(rb"(?m)^\[\]\s*$", b"", before)
    whole = (stripped.rstrip() + b"\n" + text.encode()) if stripped.strip() else text.lstrip().encode()
    path = sources.people.path if sources.people else "stories/people.yaml"
    return Begun(files={}, added={path: whole}, next_step=say.say("new.next_person"))


def proven(begun: Begun, sources: Sources) -> None:
    """Raise Trouble if a changed people file would not be read as well as before."""
    for path, data in begun.added.items():
        after = replace(sources, people=SourceFile(path=path, data=data))
        known = len(intake.understand(sources)[0].people)
        newsroom, problems = intake.understand(after)
        if len(newsroom.people) != known + 1:
            raise Trouble(
                next(
                    iter(one for one in errors(problems) if one.file == path),
                    Problem(
                        code="people",
                        level=Level.ERROR,
                        file=path,
                        message="this file is not a list of people to which one can be added",
                        mend="Mend it first: `yearround check` says what is wrong.",
                    ),
                )
            )


def _files(path: str, text: str, next_step: str) -> Begun:
    return Begun(files={path: text.encode("utf-8")}, added={}, next_step=next_step)


def _checked(id: str) -> str:
    if id != slug(id):
        raise Trouble(
            Problem(
                code="file-name",
                level=Level.ERROR,
                file=id,
                message=f"`{id}` cannot be an id",
                mend="An id has only small letters a-z, digits and hyphens, as in night-pharmacy.",
                guess=slug(id),
            )
        )
    return id


def _taken(id: str, file: str) -> Trouble:
    return Trouble(
        Problem(
            code="id-twice",
            level=Level.ERROR,
            file=file,
            message=f"`{id}` is there already",
            mend="Choose another id, or leave it out to get the next free one.",
        )
    )

"""The way of a first draft: a story, a measure, a voice, a promise and so on begun, with prompts in the newsroom's language."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from textwrap import indent
from typing import get_args

from builder.desk.init import quoted
from builder.load import intake, words
from builder.load.kinds import slug
from builder.load.people import SCRIPTS
from builder.load.said_forms import DimensionWord, PlagueWord, SinWord
from builder.model.newsletter import Newsroom
from builder.model.sources import SourceFile, Sources, Theme
from builder.problem import Level, Problem, Trouble, errors
from builder.render.templates import Templates
from builder.render.words import Speaker, speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What to write: new files by their path inside `stories/`, or the people file anew; and what is next."""

    files: Mapping[str, bytes]
    people: bytes = b""
    next_step: str


def begin(kind: str, title: str, name: str, sources: Sources, theme: Theme, now: datetime) -> Begun:
    """The beginning of what `kind` says, one of KINDS. Raises Trouble where it cannot be begun."""
    newsroom, _ = intake.understand(sources)
    catalogues, _ = words.catalogues(theme)
    speaker = speakers(catalogues, newsroom.settings)[newsroom.settings.language]
    templates = Templates(dict(theme.templates))
    return _MAKERS[kind](" ".join(title.split()), name, newsroom, speaker, templates, sources, now)


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
    taken = _ids(sources.stories)
    id = name or _slug(title) or _free(f"story-{today.isoformat()}", taken)
    text = templates.render(
        "newsroom/new-story.md.jinja",
        say=say.say,
        title=quoted(title),
        today=today.isoformat(),
        behaviours=[one.id for one in newsroom.settings.behaviours],
        perspectives=[one.id for one in newsroom.settings.perspectives],
    )
    return _files(f"{today.year}/{_checked(id, taken)}.md", text, say.say("new.next_story"))


def _edition(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    """Named after the first week, from this one on, that has no edition yet; on this day of that week."""
    taken = _ids(sources.editions)
    day = now.date()
    while not name and _week(day) in taken:
        day += timedelta(days=7)
    number = max((one.number or 0 for one in newsroom.editions), default=0) + 1
    text = templates.render(
        "newsroom/new-edition.md.jinja",
        say=say.say,
        title=quoted(title),
        today=day.isoformat(),
        number=number,
    )
    return _files(f"editions/{_checked(name or _week(day), taken)}.md", text, say.say("new.next_edition"))


def _metric(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    taken = _ids(sources.metrics)
    id = name or _slug(title) or _free("measure", taken)
    text = templates.render(
        "newsroom/new-metric.yaml.jinja",
        say=say.say,
        title=quoted(title),
        period=f"{now.year}-{now.month:02}",
    )
    return _files(f"metrics/{_checked(id, taken)}.yaml", text, say.say("new.next_metric"))


def _voice(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    """What a customer said begins with their words; who they are, and what they allow, is asked for."""
    taken = _ids(sources.voices)
    id = name or _slug(title) or _free("voice", taken)
    text = templates.render(
        "newsroom/new-voice.yaml.jinja",
        say=say.say,
        title=quoted(title),
        asks=_asks(say, "who"),
        sins=get_args(SinWord),
        plagues=get_args(PlagueWord),
        **_days(now),
    )
    return _files(f"voices/{_checked(id, taken)}.yaml", text, say.say("new-said.next_voice"))


def _commitment(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    taken = _ids(sources.commitments)
    id = name or _slug(title) or _free("commitment", taken)
    text = templates.render(
        "newsroom/new-commitment.yaml.jinja",
        say=say.say,
        title=quoted(title),
        asks=_asks(say, "origin", "said"),
        teams=list(newsroom.teams),
        **_days(now),
    )
    return _files(f"commitments/{_checked(id, taken)}.yaml", text, say.say("new-said.next_commitment"))


def _promise(
    title: str,
    name: str,
    newsroom: Newsroom,
    say: Speaker,
    templates: Templates,
    sources: Sources,
    now: datetime,
) -> Begun:
    taken = _ids(sources.promises)
    id = name or _slug(title) or _free("promise", taken)
    text = templates.render(
        "newsroom/new-promise.yaml.jinja",
        say=say.say,
        title=quoted(title),
        asks=_asks(say, "unit"),
        teams=list(newsroom.teams),
        customers=[one.id for one in newsroom.settings.customers],
        dimensions=get_args(DimensionWord),
        **_days(now),
    )
    return _files(f"promises/{_checked(id, taken)}.yaml", text, say.say("new-said.next_promise"))


def _asks(say: Speaker, *keys: str) -> Mapping[str, str]:
    """Questions that stand in the place of their answers, as YAML takes them inside braces too."""
    return {key: json.dumps(say.say(f"new-said.{key}"), ensure_ascii=False) for key in keys}


def _days(now: datetime) -> Mapping[str, str]:
    """Today, its month, and the day that is a first guess at when something is done or looked at again."""
    return {
        "today": now.date().isoformat(),
        "period": f"{now.year}-{now.month:02}",
        "due": (now.date() + timedelta(days=30)).isoformat(),
    }


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
    if sources.people is None and sources.people_unread:
        raise Trouble(_why_unread(sources))
    before = sources.people.data if sources.people else b""
    known = set(newsroom.people) | set(re.findall(r"\bp-\d+\b", _entries(before)))
    numbers = [int(id[2:]) for id in known if re.fullmatch(r"p-\d+", id)]
    id = _checked(name or f"p-{max(numbers, default=0) + 1:03}", known)
    text = templates.render(
        "newsroom/new-person.yaml.jinja",
        id=id,
        say=say.say,
        script=_script(title),
        title=quoted(title),
        today=now.date().isoformat(),
    )
    stripped = re.sub(rb"(?m)^\[\][ \t]*\r?$", b"", before).rstrip()
    margin = re.search(rb"(?m)^( +)- ", stripped)
    if margin:
        text = indent(text, margin[1].decode())
    whole = stripped + b"\n" + text.encode() if stripped else text.lstrip().encode()
    _prove(whole, text, sources)
    return Begun(files={}, people=whole, next_step=say.say("new.next_person"))


_MAKERS: Mapping[str, Callable[[str, str, Newsroom, Speaker, Templates, Sources, datetime], Begun]] = {
    "story": _story,
    "edition": _edition,
    "metric": _metric,
    "person": _person,
    "voice": _voice,
    "commitment": _commitment,
    "promise": _promise,
}
KINDS = tuple(_MAKERS)
"""What can be begun."""


def _prove(whole: bytes, entry: str, sources: Sources) -> None:
    """Raise Trouble if the people file would not be read as well as before, and one longer."""
    path = sources.people.path if sources.people else "stories/people.yaml"
    before, problems = intake.understand(sources)
    after, _ = intake.understand(replace(sources, people=SourceFile(path=path, data=whole)))
    if len(after.people) == len(before.people) + 1:
        return
    broken = [one for one in errors(problems) if one.file == path]
    raise Trouble(
        broken[0]
        if broken
        else Problem(
            code="people",
            level=Level.ERROR,
            file=path,
            message="this file is written in a way in which nothing can be added at its end",
            mend=f"Add this yourself:\n{entry.rstrip()}",
        )
    )


def _why_unread(sources: Sources) -> Problem:
    found = [
        one for one in errors(sources.problems) if one.code in ("people-missing", "unreadable", "too-large")
    ]
    return found[0]


def _entries(data: bytes) -> str:
    """The lines of the people file that are no notes: an id in them is taken, even that of a broken entry."""
    return "\n".join(
        line.partition(" #")[0]
        for line in data.decode("utf-8", "replace").splitlines()
        if not line.lstrip().startswith("#")
    )


def _files(path: str, text: str, next_step: str) -> Begun:
    return Begun(files={path: text.encode("utf-8")}, next_step=next_step)


def _ids(sources: Iterable[SourceFile]) -> frozenset[str]:
    """The ids that files have already, broken ones too."""
    return frozenset(PurePosixPath(source.path).name.partition(".")[0] for source in sources)


def _slug(title: str) -> str:
    return slug(title)[:60].rstrip("-")


def _free(id: str, taken: Container[str]) -> str:
    """`id`, or the first of `id-2`, `id-3` ... that nothing has."""
    return next(one for one in (id, *(f"{id}-{n}" for n in range(2, 10_000))) if one not in taken)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-w{week:02}"


def _script(name: str) -> str:
    """The word for the script of a name's first letter.

    >>> _script("Γιώργος")
    'greek'
    """
    named = [unicodedata.name(letter, "").partition(" ")[0].lower() for letter in name if letter.isalpha()]
    return {"cjk": "chinese", "hangul": "korean", "hiragana": "japanese", "katakana": "japanese"}.get(
        named[0] if named else "", named[0] if named and named[0] in SCRIPTS else "latin"
    )


def _checked(id: str, taken: Container[str]) -> str:
    if id != slug(id) or not id:
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
    if id in taken:
        raise Trouble(
            Problem(
                code="id-twice",
                level=Level.ERROR,
                file=id,
                message=f"`{id}` is there already, and nothing is ever written over",
                mend=f"Choose another id, such as  --name {id}-2.",
            )
        )
    return id

"""The way of a new newsroom: a few answers become the files to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import yaml

from builder.deliver.newsroom import write_new, write_unless_there
from builder.desk import schema
from builder.load import words
from builder.load.kinds import slug
from builder.model.sources import Theme
from builder.problem import Level, Problem, Trouble
from builder.render.templates import Templates
from builder.render.words import Speaker, spoken_in

_FIRST = ("title", "summary", "why", "customer", "team", "tagline", "subject", "preheader")
"""The words of the first files that stand in YAML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a new newsroom needs to be told; `now` is in its time zone. No `behaviours`: ICARE."""

    title: str
    base_url: str
    timezone: str
    languages: tuple[str, ...]
    behaviours: tuple[str, ...]
    now: datetime


def init(folder: Path, answers: Answers, theme: Theme, *, is_there: bool) -> tuple[str, ...]:
    """Write a newsroom into `folder`; the paths written. Raises Trouble when one is there already."""
    if is_there:
        raise Trouble(
            Problem(
                code="newsroom-there",
                level=Level.ERROR,
                file=str(folder / "stories"),
                message="there is a newsroom here already, and nothing in it is written over",
                mend="Name another folder, or go on with this one: `yearround build`.",
            )
        )
    files = first_files(answers, theme)
    write_new(folder, files)
    write_unless_there(folder / schema.WIRED, schema.wiring())
    return tuple(f"stories/{path}" for path in files)


def first_files(answers: Answers, theme: Theme) -> Mapping[str, bytes]:
    """The files of a new newsroom, by their path inside `stories/`; each teaches by its notes."""
    templates = Templates(dict(theme.templates))
    catalogues, _ = words.catalogues(theme)
    catalogue = spoken_in(answers.languages[0], catalogues)
    speaker = Speaker(catalogue, ZoneInfo(answers.timezone))
    foreign = catalogue.language != answers.languages[0].split("-")[0]
    today = answers.now.date()
    host = urlsplit(answers.base_url).hostname or "example.org"
    values = {
        "say": speaker.say,
        "first": {word: quoted(speaker.say(f"first.{word}")) for word in _FIRST},
        "foreign": foreign,
        "title": quoted(answers.title),
        "sender": quoted(str(Address(answers.title, addr_spec=f"newsletter@{host}"))),
        "base_url": quoted(answers.base_url),
        "host": host,
        "timezone": answers.timezone,
        "languages": answers.languages,
        "behaviours": [(slug(one), quoted(one)) for one in answers.behaviours],
        "behaviour": slug(answers.behaviours[0]) if answers.behaviours else "attentiveness",
        "today": today.isoformat(),
        "next_year": (today + timedelta(days=730)).isoformat(),
    }
    year, week, _ = today.isocalendar()
    help_while_writing = {f"{schema.FOLDER}/{name}": data for name, data in schema.files().items()}
    return help_while_writing | {
        path: templates.render(f"newsroom/{name}.jinja", **values).encode("utf-8")
        for path, name in (
            ("newsletter.yaml", "newsletter.yaml"),
            ("people.yaml", "people.yaml"),
            ("teams.yaml", "teams.yaml"),
            (f"{today.year}/sample-umbrella.md", "story.md"),
            (f"editions/{year}-w{week:02}{'.en' if foreign else ''}.md", "edition.md"),
        )
    }


def quoted(text: str) -> str:
    """A text as YAML takes it, whatever is in it."""
    line: str = yaml.safe_dump(text, allow_unicode=True, width=10_000, default_flow_style=True)
    return line.removesuffix("\n").removesuffix("\n...").strip()

"""A newsroom in memory: files as bytes, a desk without a clock, and the Problems in a form that reads well in a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from builder.cli.world import clients_of_readers
from builder.deliver.cache import Cache
from builder.deliver.drawing import LETTERS, Drawing
from builder.desk.newsroom import Prepared, prepare
from builder.desk.setting import Desk
from builder.desk.typesetting import digest
from builder.load import disk, intake
from builder.model.library import Library
from builder.model.newsletter import Newsroom
from builder.model.sources import SourceFile, Sources, Theme
from builder.model.story import Audience
from builder.plan.library import arrange
from builder.problem import Problem

LONDON = ZoneInfo("Europe/London")

SETTINGS = """\
title: {en: The Light, fa: چراغ}
timezone: Europe/London
languages: [en, fa]
base_url: https://light.example/
digest: {from: light@light.example}
"""

TEAMS = """\
- id: stores
  name: {en: Stores, fa: انبار}
  headcount: 12
- id: duo
  name: The Two
  headcount: 2
"""

PEOPLE = """\
- id: p-1
  names:
    latin: {full: Rania Boutros, first: Rania, initials: R. B.}
    arabic: {full: رانیا بطرس, first: رانیا, initials: ر. ب.}
    greek:
      full: Ράνια Μπούτρος
      first: Ράνια
      initials: Ρ. Μ.
      cases: {gen: {full: Ράνιας Μπούτρος, first: Ράνιας}}
  team: stores
  recognition: everyone
  consent:
    site: {form: full, date: 2026-01-01}
    email: {form: first, date: 2026-01-01}
- id: p-2
  names: {latin: {full: Bolesław Wiśniewski}}
  team: duo
  recognition: private
- id: p-3
  names: {latin: {full: May Silence}}
  recognition: none
"""

MEASURE = """\
name: Would recommend
plain_words: How many would send a friend.
unit: "%"
method: csat
direction: up
side: external
readings:
"""


def story(head: str = "", body: str = "Once upon a ward.\n", *, title: str = "A night") -> str:
    """A story of 4 March 2026; `head` holds more lines of its front matter."""
    date = "" if "date:" in head else "date: 2026-03-04\n"
    return f"---\ntitle: {title}\n{date}{head}---\n{body}"


def file(path: str, text: str | bytes) -> SourceFile:
    return SourceFile(path=path, data=text if isinstance(text, bytes) else text.encode())


def sources(
    stories: Mapping[str, str | bytes] | None = None,
    *,
    settings: str | bytes | None = SETTINGS,
    people: str | bytes | None = PEOPLE,
    teams: str | bytes | None = TEAMS,
    editions: Mapping[str, str | bytes] | None = None,
    metrics: Mapping[str, str | bytes] | None = None,
    pictures: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
) -> Sources:
    """A newsroom's files. A story's name is `night.md`, in the year 2026, or `2025/night.md`."""

    def named(folder: str, given: Mapping[str, str | bytes] | None) -> tuple[SourceFile, ...]:
        return tuple(file(f"stories/{folder}{name}", text) for name, text in sorted((given or {}).items()))

    return Sources(
        settings=None if settings is None else file("stories/newsletter.yaml", settings),
        people=None if people is None else file("stories/people.yaml", people),
        teams=None if teams is None else file("stories/teams.yaml", teams),
        stories=tuple(
            file(f"stories/{name if '/' in name else f'2026/{name}'}", text)
            for name, text in sorted((stories or {}).items())
        ),
        editions=named("editions/", editions),
        metrics=named("metrics/", metrics),
        pictures=pictures,
        files=files,
    )


@cache
def theme() -> Theme:
    """The theme that ships, read once."""
    return disk.read_theme()


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """A time as people write it, in London unless it says otherwise."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


NOW = at("2026-06-01")


def desk(
    now: datetime = NOW, *, pictures: Mapping[str, bytes] | None = None, audience: Audience = Audience.STAFF
) -> Desk:
    """A desk that works alone and says nothing; `pictures` are the bytes of files by their path in stories/."""
    found = dict(pictures or {})

    def open_picture(path: str) -> bytes:
        if path not in found:
            raise FileNotFoundError(path)
        return found[path]

    return Desk(
        theme=theme(),
        now=now,
        audience=audience,
        tell=lambda line: None,
        spread=lambda function, items: [function(item) for item in items],
        open_picture=open_picture,
        picture_mark=lambda path: digest(open_picture(path)),
        draw=Drawing(disk.theme_folder() / LETTERS),
        mail_clients=clients_of_readers,
        keep=Cache(None, "tests", lambda line: None),
    )


def understood(given: Sources) -> tuple[Newsroom, tuple[Problem, ...]]:
    return intake.understand(given)


def library(given: Sources, now: datetime = NOW, audience: Audience = Audience.STAFF) -> Library:
    return arrange(intake.understand(given)[0], now, audience)


def prepared(given: Sources, now: datetime = NOW, *, pictures: Mapping[str, bytes] | None = None) -> Prepared:
    """Everything that comes before a page is made; `pictures` are found in the newsroom as well."""
    found = tuple(sorted({*given.pictures, *(pictures or {})}))
    return prepare(replace(given, pictures=found), desk(now, pictures=pictures))


def said(problems: Iterable[Problem]) -> list[str]:
    """Each Problem as `code file:line:column`, the path without `stories/`, in the order given."""
    return [f"{one.code} {one.file.removeprefix('stories/')}:{one.line}:{one.column}" for one in problems]


def codes(problems: Iterable[Problem]) -> list[str]:
    return [one.code for one in problems]

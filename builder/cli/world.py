"""The clock, the environment and the processors, asked once and handed down as plain values."""

from __future__ import annotations

import functools
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from builder.cli import show
from builder.desk.build import Places
from builder.desk.newsroom import Desk, Spread, Tell
from builder.load import disk
from builder.load.kinds import FIRST_YEAR, LAST_YEAR
from builder.load.settings import read_settings
from builder.load.theme import with_own
from builder.model.sources import Sources, Theme
from builder.model.story import Audience
from builder.problem import Problem, Trouble

PATIENCE = 0.5
"""Seconds after which someone who waits is told what is being done."""

_WORTH_SPREADING = 64
"""Items below which starting other processes takes longer than the work."""

F = TypeVar("F", bound=Callable[..., Any])


def newsroom_options(command: F) -> F:
    """The options that every command on a newsroom has."""
    return as_json_option(lasting_options(command))


def lasting_options(command: F) -> F:
    """The same for a command that goes on, and so has no one answer to print as JSON."""
    for option in (
        click.option(
            "--newsroom",
            type=click.Path(path_type=Path, file_okay=False),
            default=Path(),
            help="The newsroom's folder: the one with stories/ in it.  [default: this folder]",
        ),
        click.option(
            "--people",
            type=click.Path(path_type=Path, dir_okay=False),
            envvar="YEARROUND_PEOPLE",
            help="The people file, where it stands elsewhere than stories/people.yaml.",
        ),
        click.option(
            "--now",
            metavar="TIME",
            help="Act as if it were this time, in the newsletter's time zone: 2026-03-12T09:00.",
        ),
        click.option(
            "--jobs", type=click.IntRange(1), help="How many processes may work.  [default: all processors]"
        ),
    ):
        command = option(command)
    return command


as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print what was found as JSON, for programs."
)


def troubles_told(command: F) -> F:
    """Tell Trouble like any Problem, with exit code 1: nobody who uses Yearround should read a traceback."""

    @functools.wraps(command)
    def told(*args: Any, **values: Any) -> Any:
        try:
            return command(*args, **values)
        except Trouble as trouble:
            if values.get("as_json"):
                show.as_json([trouble.problem])
            else:
                show.problems([trouble.problem])
            sys.exit(1)

    return told  # type: ignore[return-value]


def open_desk(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    *,
    quiet: bool,
    audience: Audience = Audience.STAFF,
) -> tuple[Sources, Desk]:
    """The newsroom's sources, and a desk to work at."""
    sources = disk.read(newsroom, people)
    theme, faults = themed(newsroom)
    return replace(sources, problems=(*sources.problems, *faults)), Desk(
        theme=theme,
        now=moment(now, sources),
        audience=audience,
        tell=teller(quiet),
        spread=spread_over(jobs),
        open_picture=disk.open_inside(newsroom),
    )


def places(newsroom: Path, out: Path | None = None) -> Places:
    """The folders that are written: `out` instead of `site/` where it is given."""
    house = newsroom / ".yearround"
    return Places(
        site=out or newsroom / "site", outbox=newsroom / "outbox", house=house, found=house / "found"
    )


def themed(newsroom: Path) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme as this newsroom has it, and what is wrong with its own files."""
    own, faults = disk.read_own_theme(newsroom)
    theme, more = with_own(disk.read_theme(), own)
    return theme, (*faults, *more)


def moment(given: str | None, sources: Sources) -> datetime:
    """`given` in the newsletter's time zone, or the clock's now, to the minute."""
    found, _ = read_settings(sources.settings) if sources.settings else (None, ())
    zone = found.timezone if found else ZoneInfo("UTC")
    if given is None:
        return datetime.now(zone).replace(second=0, microsecond=0)
    try:
        parsed = datetime.fromisoformat(given)
        if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
            raise ValueError(parsed.year)
    except ValueError:
        raise click.BadParameter(
            f"{given} is not a time. Write it as 2026-03-12T09:00.", param_hint="--now"
        ) from None
    return parsed.astimezone(zone) if parsed.tzinfo else parsed.replace(tzinfo=zone)


def teller(quiet: bool) -> Tell:
    """Says what is being done, but only to someone who has waited half a second.

    On a terminal it is one line that changes and goes; in a log, where lines stay, a line each.
    """
    start = time.monotonic()

    def tell(line: str) -> None:
        if not quiet and time.monotonic() - start > PATIENCE:
            show.progress(line)

    return tell


def spread_over(jobs: int | None) -> Spread:
    """Work spread over `jobs` processes, or over all processors where there is enough of it."""
    workers = jobs or os.cpu_count() or 1

    def spread(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterable[Any]:
        listed = list(items)
        if workers == 1 or (jobs is None and len(listed) < _WORTH_SPREADING) or len(listed) < 2:
            return [function(item) for item in listed]
        method = "fork" if sys.platform == "linux" else "spawn"
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method)) as pool:
            return list(pool.map(function, listed, chunksize=max(1, len(listed) // (workers * 4))))

    return spread

"""The clock, the environment and the processors, asked once and handed down as plain values."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from builder.cli import show
from builder.cli.options import HOUSE
from builder.deliver import engine
from builder.deliver.cache import FILE, Cache
from builder.deliver.drawing import LETTERS, Drawing
from builder.deliver.lock import lock
from builder.desk.setting import Desk, Spread, Tell
from builder.desk.withdraw import Places
from builder.load import disk, mail_clients
from builder.load.kinds import FIRST_YEAR, LAST_YEAR
from builder.load.seen import Seen
from builder.load.settings import read_settings
from builder.load.theme import with_own
from builder.model.mail_client import Support
from builder.model.sources import Sources, Theme
from builder.model.story import Audience
from builder.problem import Level, Problem, Trouble

T = TypeVar("T")

PATIENCE = 0.5
"""Seconds after which someone who waits is told what is being done."""

_WORTH_SPREADING = 64
"""Items below which starting other processes takes longer than the work."""

_PORTION = 1000
"""Items after which a process has looked at enough."""

_CHUNKS = 8
"""Into how many parts a process's items are divided: one that is done early takes over from the others."""


def open_desk(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    *,
    quiet: bool,
    audience: Audience = Audience.STAFF,
    writing: bool = True,
) -> tuple[Sources, Desk]:
    """The newsroom's sources, and a desk to work at; without `writing` nothing is written, our own folder included."""
    sources = disk.read(newsroom, people)
    theme, faults = themed(newsroom)
    tell = teller(quiet)
    cache = Cache(newsroom / HOUSE / FILE, engine.mark(), show.note, look_only=not writing)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(cache.close)
    return replace(sources, problems=(*sources.problems, *faults)), Desk(
        theme=theme,
        now=moment(now, sources),
        audience=audience,
        tell=tell,
        keep=cache,
        spread=spread_over(jobs),
        open_picture=disk.open_inside(newsroom),
        picture_mark=disk.mark_inside(newsroom),
        draw=Drawing(disk.theme_folder() / LETTERS),
        mail_clients=clients_of_readers,
    )


@cache
def clients_of_readers() -> Support:
    """What mail programs understand, as it ships with the theme; read once, and only where a mail is looked over."""
    return mail_clients.understand(disk.read_file(disk.theme_folder() / mail_clients.FILE))


@contextmanager
def alone(newsroom: Path) -> Iterator[None]:
    """Hold the newsroom's lock, so that nobody else writes while we read and write. Raises Trouble when somebody does."""
    if os.path.isdir(newsroom / "stories"):  # noqa: PTH112  elsewhere nothing is left behind; reading it will say so
        with lock(newsroom / HOUSE, show.note):
            yield
    else:
        yield


def places(newsroom: Path, out: Path | None = None) -> Places:
    """The folders that are written: `out` instead of `site/` where it is given."""
    return Places(site=out or newsroom / "site", outbox=newsroom / "outbox", house=newsroom / HOUSE)


def memory_only() -> Cache:
    """A place to keep things in that is empty, and gone afterwards."""
    return Cache(None, "", show.note)


@dataclass(frozen=True, slots=True)
class Readings:
    """What a program that stays has read: it need not be read again while it is as it was."""

    stories: Seen = field(default_factory=Seen)
    theme: Seen = field(default_factory=Seen)
    own_theme: Seen = field(default_factory=Seen)


def themed(newsroom: Path, readings: Readings | None = None) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme as this newsroom has it, and what is wrong with its own files."""
    own, faults = disk.read_own_theme(newsroom, readings.own_theme if readings else None)
    theme, more = with_own(disk.read_theme(readings.theme if readings else None), own)
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
    """Work spread over `jobs` processes, or over all processors where there is enough of it.

    Where a process can be forked it inherits all that the work needs, and only the results travel. It is followed by a
    fresh one after a thousand items: whatever a process looks at becomes its own copy, and in the end it would have
    copied everything.
    """
    workers = jobs or os.cpu_count() or 1

    def spread(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        listed = list(items)
        if (
            workers == 1
            or sys.platform != "linux"
            or threading.active_count() > 1
            or len(listed) < (2 if jobs else _WORTH_SPREADING)
        ):
            yield from map(function, listed)
            return
        yield function(listed[0])  # what is made ready for it is ready for all
        _WORK.append(function)
        try:
            context = multiprocessing.get_context("fork")
            for some in _batched(listed[1:], _PORTION * workers):
                _give_back()
                with ProcessPoolExecutor(workers, mp_context=context, initializer=_settle_in) as pool:
                    yield from pool.map(_work, some, chunksize=-(-len(some) // (workers * _CHUNKS)))
        except BrokenProcessPool as fault:
            raise Trouble(_ended()) from fault
        finally:
            _WORK.pop()

    return spread


def _ended() -> Problem:
    return Problem(
        code="process-ended",
        level=Level.ERROR,
        file="yearround",
        message="a process that did part of the work was ended from outside, perhaps because the memory was full",
        mend="Run it again with --jobs 1: that takes longer, and the least memory.",
    )


def _batched(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The items in their order, at most so many at once."""
    for start in range(0, len(items), most):
        yield items[start : start + most]


def _give_back() -> None:
    """Give the system what this process has let go of: a fork would hold it too. Only the GNU C library can (malloc_trim(3))."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _settle_in() -> None:
    """What a forked process inherits is not looked over for garbage, which would copy it; what it makes is."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 100)


_WORK: list[Callable[[Any], Any]] = []
"""What the forked processes do: they find it here."""


def _work(item: Any) -> Any:
    return _WORK[-1](item)

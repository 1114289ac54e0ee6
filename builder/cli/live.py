"""What the commands that stay have in common: a desk at every save, a server on this machine alone, and when to stop."""

from __future__ import annotations

import gc
import signal
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import click

from builder.cli import show
from builder.cli.options import HOUSE
from builder.cli.world import Readings, clients_of_readers, moment, spread_over, teller, themed
from builder.deliver import engine
from builder.deliver.cache import FILE, Cache
from builder.deliver.drawing import LETTERS, Drawing
from builder.deliver.server import HOST, Events, Handle, Reply, Server, free_port
from builder.deliver.watch import Watcher, is_far
from builder.desk.serve import Answer
from builder.desk.setting import Desk, Spread
from builder.load import disk
from builder.model.sources import Sources
from builder.problem import Level, Problem, Trouble


@dataclass(slots=True)
class Desks:
    """Opens a desk at every save; what was read before is read again only where it has changed. Nothing is written."""

    newsroom: Path
    people: Path | None
    now: str | None
    jobs: int | None
    keep: Cache = field(init=False)
    _spread: Spread = field(init=False)
    _picture_mark: Callable[[str], str] = field(init=False)
    _readings: Readings = field(default_factory=Readings)

    def __post_init__(self) -> None:
        self.keep = Cache(self.newsroom / HOUSE / FILE, engine.mark(), show.note, look_only=True)
        self._spread = spread_over(self.jobs)
        self._picture_mark = disk.mark_inside(self.newsroom)

    def open(self, at: datetime | None = None) -> tuple[Sources, Desk]:
        """The sources as they are now, and a desk as of a time, or of now."""
        theme, faults = themed(self.newsroom, self._readings)
        sources = disk.read(self.newsroom, self.people, self._readings.stories)
        return replace(sources, problems=(*sources.problems, *faults)), Desk(
            theme=theme,
            now=at or moment(self.now, sources),
            tell=teller(quiet=True),
            spread=self._spread,
            open_picture=disk.open_inside(self.newsroom),
            picture_mark=self._picture_mark,
            draw=Drawing(disk.theme_folder() / LETTERS),
            mail_clients=clients_of_readers,
            keep=self.keep,
        )


def own_files() -> dict[str, str]:
    """The preview's own pages, styles and scripts, by name: those that ship, never a newsroom's."""
    return {
        name.removeprefix("preview/"): text
        for name, text in disk.read_theme().templates
        if name.startswith("preview/")
    }


def replied(found: Answer) -> Reply:
    """What the desk answers, as the server sends it."""
    return Reply(
        status=found.status,
        kind=found.kind,
        data=found.data,
        location=found.location,
        policy=found.policy,
    )


def opened(port: int, handle: Handle, events: Events) -> Server:
    """A server at the first free port from `port` on, not yet started. Raises Trouble when there is none."""
    try:
        return Server(free_port(port), handle, events)
    except OSError as fault:
        raise Trouble(
            Problem(
                code="port",
                level=Level.ERROR,
                file=f"{HOST}:{port}",
                message=f"nothing can be served here: {fault}",
                mend="Name another port with --port.",
            )
        ) from fault


@contextmanager
def watching(
    newsroom: Path, people: Path | None, refresh: Callable[[], None], server: Server, *, poll: bool
) -> Iterator[None]:
    """Serve, and `refresh` at every save; the first build is in memory already."""
    # What is in memory now stays there. To look it over for garbage at every save takes longer than the save.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    watcher = Watcher(
        (newsroom / "stories", newsroom / "templates", *((people,) if people else ())), refresh, poll=poll
    )
    server.start()
    watcher.start()
    if is_far(newsroom / "stories") and not poll:
        click.echo("stories/ lies on a network: if saves go unseen, start this with --poll.", err=True)
    yield
    watcher.stop()
    server.stop()


def in_steps(step: Callable[[], bool], begun: Event, told: Event) -> Thread:
    """A thread that takes one step after another each time that `begun` is set, while a step says that there may be others."""

    def run() -> None:
        while not told.is_set():
            begun.wait()
            begun.clear()
            while not told.is_set() and step():
                pass

    return Thread(target=run, daemon=True)


def stay(address: str, told: Event, *, open_browser: bool) -> None:
    """Say where it is served, and stay until someone presses Ctrl-C, or a service manager asks: `told` is set then."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: told.set())
    click.echo(f"{address}   Ctrl-C stops.")
    if open_browser:
        webbrowser.open(address)
    while not told.wait(0.5):  # a wait without end would not let signals through everywhere
        pass

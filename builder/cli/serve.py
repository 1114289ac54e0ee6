"""`yearround serve`: the newsroom in a browser, rebuilt at every save."""

from __future__ import annotations

import gc
import signal
import sys
import webbrowser
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from urllib.parse import quote

import click

from builder.cli import show
from builder.cli.options import HOUSE, lasting_options, troubles_told
from builder.cli.world import Readings, clients_of_readers, moment, spread_over, teller, themed
from builder.deliver import engine
from builder.deliver.cache import FILE, Cache
from builder.deliver.drawing import LETTERS, Drawing
from builder.deliver.server import HOST, Events, Reply, Request, Server, free_port
from builder.deliver.watch import Watcher, is_far
from builder.desk.newsroom import Memory
from builder.desk.serve import Shown, Stage, answer
from builder.desk.serve import show as build_in_memory
from builder.desk.setting import Desk
from builder.load import disk
from builder.problem import Level, Problem, Trouble, errors


@click.command("serve")
@lasting_options
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to begin with."
)
@click.option(
    "--poll",
    is_flag=True,
    help="Look at the files every second: for folders on a network, of whose changes the system does not tell.",
)
@click.option("--open/--no-open", "open_browser", default=True, help="Open the browser.  [default: open]")
@troubles_told
def command(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    port: int,
    poll: bool,
    open_browser: bool,
) -> None:
    r"""Show the newsroom in a browser, and rebuild it at every save.

    Everything happens in memory: site/ is never touched. Drafts and what is still to come are shown under a ribbon.
    What is wrong stands over the last page that was whole, and goes when it is mended. Only this machine is served.

    \b
    Add ?now=2026-12-24T09:00 to an address to see everything as of then; ?now= goes back.
    Ctrl-C stops it.
    """
    shipped = disk.read_theme()
    spread = spread_over(jobs)
    keep = Cache(newsroom / HOUSE / FILE, engine.mark(), show.note, look_only=True)
    memory = Memory()
    readings = Readings()
    picture_mark = disk.mark_inside(newsroom)

    def build(at: datetime | None, before: Shown) -> Shown:
        theme, faults = themed(newsroom, readings)
        sources = disk.read(newsroom, people, readings.stories)
        return build_in_memory(
            replace(sources, problems=(*sources.problems, *faults)),
            Desk(
                theme=theme,
                now=at or moment(now, sources),
                tell=teller(quiet=True),
                spread=spread,
                open_picture=disk.open_inside(newsroom),
                picture_mark=picture_mark,
                draw=Drawing(disk.theme_folder() / LETTERS),
                mail_clients=clients_of_readers,
                keep=keep,
                ahead=True,
            ),
            before,
            memory,
        )

    events = Events()
    stage = Stage(build, events.tell)
    one_at_a_time = Lock()
    begun, told = Event(), Event()
    preview = {
        name.removeprefix("preview/"): text for name, text in shipped.templates if name.startswith("preview/")
    }

    def refresh() -> None:
        with one_at_a_time:
            _say(stage.begin())
        begun.set()

    def finish() -> None:
        """Make the pages that nobody looks at, a few at a time, so that whoever asks for one need not wait."""
        while True:
            begun.wait()
            begun.clear()
            more = True
            while more and not told.is_set():
                with one_at_a_time:
                    newest = stage.newest
                    more = stage.go_on()
                    if stage.newest is not newest:
                        _say(stage.newest)
            if told.is_set():
                return

    def handle(request: Request) -> Reply:
        chosen = request.query.get("now")
        if chosen is not None:
            return Reply(
                status=302,
                kind="text/plain",
                data=b"",
                location=quote("/" + request.path.lstrip("/")),  # two slashes would name another host
                now=quote(chosen),
            )
        at = _chosen(request.cookie_now, newsroom, people)
        with one_at_a_time:
            if now is None and stage.is_due(datetime.now().astimezone()):
                stage.begin()
                begun.set()
            found = answer(stage, request.path, at, preview, events.number)
        return Reply(status=found.status, kind=found.kind, data=found.data, location=found.location)

    disk.read(newsroom, people)  # no newsroom, no server
    try:
        server = Server(free_port(port), handle, events)
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
    refresh()
    # What is in memory now stays there. To look it over for garbage at every save takes longer than the save.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    watcher = Watcher(
        (newsroom / "stories", newsroom / "templates", *((people,) if people else ())), refresh, poll=poll
    )
    server.start()
    watcher.start()
    _when_told_to_stop(told)
    finisher = Thread(target=finish, daemon=True)
    finisher.start()
    address = f"http://{HOST}:{server.port}{quote(stage.good.root)}"
    click.echo(f"{address}   Ctrl-C stops.")
    if is_far(newsroom / "stories") and not poll:
        click.echo("stories/ lies on a network: if saves go unseen, start this with --poll.", err=True)
    if open_browser:
        webbrowser.open(address)
    while not told.wait(0.5):  # a wait without end would not let signals through everywhere
        pass
    begun.set()
    watcher.stop()
    server.stop()
    finisher.join(timeout=5)
    keep.close()
    click.echo("Stopped.")


def _chosen(cookie: str, newsroom: Path, people: Path | None) -> datetime | None:
    """The time chosen by ?now=, or None; nonsense chooses nothing."""
    if not cookie:
        return None
    try:
        return moment(cookie, disk.read(newsroom, people))
    except (click.BadParameter, Trouble):
        return None


def _say(shown: Shown) -> None:
    """A line for each build: when, how many pages, or what is wrong."""
    stamp = datetime.now().astimezone().strftime("%H:%M:%S")
    if shown.whole:
        count = sum(address.endswith(".html") for address in shown.files)
        rest = show.count(shown.problems)
        click.echo(f"{stamp}  {count} pages" + (f"; {rest}" if rest else ""))
    else:
        click.echo(f"{stamp}  {show.count(shown.problems)}; the last good pages stay", err=True)
        for problem in errors(shown.problems):
            click.echo(show.problem_lines(problem) + "\n", err=True)
    sys.stdout.flush()


def _when_told_to_stop(told: Event) -> None:
    """Set when someone presses Ctrl-C, or a service manager asks."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: told.set())

"""`yearround serve`: the newsroom in a browser, rebuilt at every save."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from urllib.parse import quote

import click

from builder.cli import show
from builder.cli.live import Desks, in_steps, opened, own_files, replied, stay, watching
from builder.cli.options import lasting_options, live_options, troubles_told
from builder.cli.world import moment
from builder.deliver.server import HOST, Events, Reply, Request
from builder.desk.newsroom import Memory
from builder.desk.serve import Shown, Stage, answer
from builder.desk.serve import show as build_in_memory
from builder.load import disk
from builder.problem import Trouble, errors


@click.command("serve")
@lasting_options
@live_options
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
    memory = Memory()
    desks = Desks(newsroom, people, now, jobs)

    def build(at: datetime | None, before: Shown) -> Shown:
        sources, desk = desks.open(at)
        return build_in_memory(sources, replace(desk, ahead=True), before, memory)

    events = Events()
    stage = Stage(build, events.tell)
    one_at_a_time = Lock()
    begun, told = Event(), Event()
    preview = own_files()

    def refresh() -> None:
        with one_at_a_time:
            _say(stage.begin())
        begun.set()

    def go_on() -> bool:
        """Make the pages that nobody looks at, a few at a time, so that whoever asks for one need not wait."""
        with one_at_a_time:
            newest = stage.newest
            more = stage.go_on()
            if stage.newest is not newest:
                _say(stage.newest)
        return more

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
        return replied(found)

    disk.read(newsroom, people)  # no newsroom, no server
    server = opened(port, handle, events)
    refresh()
    finisher = in_steps(go_on, begun, told)
    finisher.start()
    with watching(newsroom, people, refresh, server, poll=poll):
        stay(f"http://{HOST}:{server.port}{quote(stage.good.root)}", told, open_browser=open_browser)
        begun.set()
    finisher.join(timeout=5)
    desks.keep.close()
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

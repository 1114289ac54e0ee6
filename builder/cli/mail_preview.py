"""`yearround digest --preview`: an edition's mails in a browser, composed again at every save."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from threading import Event, Lock

import click

from builder.cli import show
from builder.cli.live import Desks, in_steps, opened, own_files, replied, stay, watching
from builder.deliver.server import HOST, Events, Reply, Request
from builder.desk.mail_preview import Shown, Stage
from builder.desk.mail_preview import show as compose_in_memory
from builder.desk.mail_preview_answers import answer
from builder.desk.newsroom import Memory
from builder.load import disk
from builder.problem import errors

REST = 0.25
"""Seconds in which no browser asked for anything, after which mails are looked over: whoever saves sees them first."""


def preview(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    edition: str,
    *,
    port: int,
    poll: bool,
    open_browser: bool,
) -> None:
    """Serve the page on this machine alone until someone stops it. Nothing is written; outbox/ is never touched."""
    disk.read(newsroom, people)  # no newsroom, no server
    desks = Desks(newsroom, people, now, jobs)
    memories = (Memory(), Memory())
    own = own_files()
    events = Events()
    one_at_a_time = Lock()
    begun, told = Event(), Event()
    asked = [time.monotonic()]

    def build(wanted: str) -> Shown:
        return compose_in_memory(*desks.open(), memories, wanted)

    stage = Stage(build, events.tell, edition)

    def refresh() -> None:
        with one_at_a_time:
            shown = stage.refresh()
            if not shown.whole:
                _say(shown)
            asked[0] = time.monotonic()
        begun.set()

    def look_over() -> bool:
        while time.monotonic() - asked[0] < REST and not told.is_set():
            told.wait(REST / 4)
        with one_at_a_time:
            newest = stage.newest
            more = stage.go_on()
            if stage.newest is not newest and stage.newest.looked_over:
                _say(stage.newest)
        return more

    def handle(request: Request) -> Reply:
        with one_at_a_time:
            found = answer(stage, request.path, own, events.number)
            asked[0] = time.monotonic()
        begun.set()  # it may have been another edition
        return replied(found)

    server = opened(port, handle, events)
    refresh()
    finisher = in_steps(look_over, begun, told)
    finisher.start()
    with watching(newsroom, people, refresh, server, poll=poll):
        stay(f"http://{HOST}:{server.port}/", told, open_browser=open_browser)
        begun.set()
    finisher.join(timeout=5)
    desks.keep.close()
    click.echo("Stopped.")


def _say(shown: Shown) -> None:
    """A line for each time: when, which edition, and what is wrong with it."""
    stamp = datetime.now().astimezone().strftime("%H:%M:%S")
    found = (*shown.problems, *(problem for mail in shown.mails for problem in mail.found))
    rest = show.count(found)
    if shown.whole:
        click.echo(
            f"{stamp}  {shown.edition} in {len(shown.mails)} languages" + (f"; {rest}" if rest else "")
        )
    else:
        click.echo(f"{stamp}  {rest}; the last good mails stay", err=True)
        for problem in errors(shown.problems):
            click.echo(show.problem_lines(problem) + "\n", err=True)
    sys.stdout.flush()

"""`yearround print`: what hangs on a wall, into outbox/."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from builder.cli import show
from builder.cli.options import newsroom_options, troubles_told
from builder.cli.world import alone, open_desk, places
from builder.deliver import chromium
from builder.desk import print_ as desk


@click.group("print")
def command() -> None:
    """Print what hangs on a wall: for now, the scorecard."""


@command.command("scorecard")
@newsroom_options
@click.option(
    "--lang", "language", default="", metavar="LANG", help="In which language.  [default: the newsletter's]"
)
@troubles_told
def scorecard(
    newsroom: Path, people: Path | None, now: str | None, jobs: int | None, as_json: bool, language: str
) -> None:
    """Write the scorecard as one sheet of A4 into outbox/, every measure in a field of the same size.

    It comes as scorecard-LANG.html, which any browser prints, and as scorecard-LANG.pdf where a Chromium, Chrome or Edge
    is installed. No person is named on it.
    """
    browser = chromium.find()
    with alone(newsroom):
        sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json)
        printed = desk.scorecard(
            sources, bench, places(newsroom), language, partial(chromium.pdf, browser) if browser else None
        )
    if as_json:
        show.as_json(printed.problems, written=printed.change is not None, files=list(printed.files))
    else:
        show.taken(printed.taken)
        show.problems(printed.problems)
        if printed.change is None:
            click.echo("Nothing was printed.")
        else:
            for file in printed.files:
                click.echo(f"Look at {newsroom / 'outbox' / file}")
            if printed.unprinted:
                click.echo(f"{browser} made no PDF ({printed.unprinted}): print the page from a browser.")
            elif browser is None:
                click.echo(
                    "No Chromium is installed here, so there is no PDF: print the page from a browser."
                )
    sys.exit(show.exit_code(printed.problems, bool(printed.taken)))

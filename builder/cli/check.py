"""`yearround check`: everything that is wrong, with nothing written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli import show
from builder.cli.options import newsroom_options, troubles_told
from builder.cli.world import open_desk
from builder.desk import build as desk


@click.command("check")
@newsroom_options
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@troubles_told
def command(
    newsroom: Path, people: Path | None, now: str | None, jobs: int | None, as_json: bool, strict: bool
) -> None:
    """Say everything that is wrong with the newsroom, all at once, and write nothing.

    Each fault comes with its file, its line, what is wrong and how to mend it.
    """
    sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json, writing=False)
    problems = desk.check(sources, bench)
    if as_json:
        show.as_json(problems)
    else:
        show.problems(problems)
        if not problems:
            click.echo("Nothing is wrong.")
    sys.exit(1 if strict and problems else show.exit_code(problems))

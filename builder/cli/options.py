"""The options that commands share, and how trouble is told. Opening this room opens no other: a build that finds nothing
to do should be over before the rest of the house has been opened."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from builder.cli import show
from builder.problem import Trouble

HOUSE = ".yearround"
"""Our own folder in a newsroom: what was made before, former sites, files of others. It may be deleted at any time."""

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


def live_options(command: F) -> F:
    """The options of a command that serves."""
    for option in (
        click.option(
            "--port",
            type=click.IntRange(1, 65535),
            default=8000,
            show_default=True,
            help="The port to begin with.",
        ),
        click.option(
            "--poll",
            is_flag=True,
            help="Look at the files every second: for folders on a network, of whose changes the system does not tell.",
        ),
        click.option(
            "--open/--no-open", "open_browser", default=True, help="Open the browser.  [default: open]"
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

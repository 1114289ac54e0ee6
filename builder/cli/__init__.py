"""The front door: arguments, clock, environment, exit codes and printing. Nothing below knows any of them.

Exit codes: 0 all is well (warnings may have been said); 1 there were errors and nothing was published or written;
2 the command was not understood; 3 as 1, but what someone took back was taken out all the same.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from builder import __version__

_COMMANDS = {
    "build": "builder.cli.build",
    "check": "builder.cli.check",
    "clean": "builder.cli.clean",
    "correct": "builder.cli.correct",
    "digest": "builder.cli.digest",
    "import": "builder.cli.import_",
    "init": "builder.cli.init",
    "new": "builder.cli.new",
    "print": "builder.cli.print_",
    "rollback": "builder.cli.rollback",
    "schema": "builder.cli.schema",
    "serve": "builder.cli.serve",
    "why": "builder.cli.why",
}
"""Each verb and its room; a room is opened only when its verb is called, so that `--help` answers at once."""

_SHORT = {
    "build": "Build the site from stories/ into site/.",
    "check": "Say everything that is wrong, and write nothing.",
    "clean": "Empty the cache; the next build makes the same bytes.",
    "correct": "Say in the open what an edition had wrong.",
    "digest": "Write the latest edition as mails into outbox/.",
    "import": "Bring in what you have: posts of a blog, answers of a survey, numbers.",
    "init": "Make a new newsroom.",
    "new": "Begin a story, an edition, a measure or a person.",
    "print": "Print the scorecard on one sheet, for a wall.",
    "rollback": "Bring the site before this one back.",
    "schema": "Let editors' programs help while you write.",
    "serve": "Show the newsroom in a browser, rebuilt at every save.",
    "why": "Say why a page or a story is as it is.",
}


class _Front(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        room: Any = import_module(_COMMANDS[name])
        command: click.Command = room.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_SHORT.items()))


@click.group(cls=_Front, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="yearround")
def main() -> None:
    """Stories of great service and honest numbers, made into a newsletter site and an email digest.

    A newsroom is a folder with stories/ in it. Begin with `yearround init DIR`, write into stories/, then
    `yearround build` and open site/index.html; `yearround digest` writes the mail. Every command has its own --help.

    \b
    Exit codes:
      0  all is well (warnings may have been said)
      1  there were errors, and nothing was published
      2  the command was not understood
      3  as 1, but what someone took back was taken out all the same
    """  # noqa: D301  \b is for click: the lines below it stay lines

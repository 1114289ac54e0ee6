"""`yearround clean`: let go of what can be made again."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.options import HOUSE, troubles_told
from builder.deliver import house


@click.command("clean")
@click.option(
    "--newsroom",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The newsroom's folder: the one with stories/ in it.  [default: this folder]",
)
@troubles_told
def command(newsroom: Path) -> None:
    """Empty the cache in .yearround/. The next build takes longer, and makes the same bytes.

    The site, the former sites that `rollback` can bring back, and others' files that were moved aside all stay.
    """
    freed = house.throw_away(house.leavings(newsroom / HOUSE))
    click.echo(f"{freed / 1_000_000:.1f} MB came free. The next build makes everything anew.")

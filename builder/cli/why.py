"""`yearround why`: why a page or a story is as it is."""

from __future__ import annotations

import json
from pathlib import Path

import click

from builder.cli.options import newsroom_options, troubles_told
from builder.cli.world import open_desk, places
from builder.desk import why as desk
from builder.model.story import Audience


@click.command("why")
@click.argument("wanted", metavar="PAGE-OR-STORY")
@newsroom_options
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The site asked about.  [default: site/]"
)
@click.option(
    "--audience",
    type=click.Choice([one.value for one in Audience]),
    default=Audience.STAFF.value,
    show_default=True,
    help="Whom that site is for.",
)
@troubles_told
def command(
    wanted: str,
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
    out: Path | None,
    audience: str,
) -> None:
    """Say why a story is or is not published, and why its page was or was not printed in the last build.

    \b
    Examples:
      yearround why stories/2026/night.md
      yearround why night
      yearround why en/heroes/index.html
    """  # noqa: D301  \b is for click: the lines below it stay lines
    sources, bench = open_desk(
        newsroom, people, now, jobs, quiet=as_json, audience=Audience(audience), writing=False
    )
    sentences = desk.why(wanted, sources, bench, places(newsroom, out))
    click.echo(json.dumps(sentences, ensure_ascii=False, indent=2) if as_json else "\n".join(sentences))

"""`yearround build`: the site, from stories/ into site/."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from builder.cli import show
from builder.cli.world import newsroom_options, open_desk, places, troubles_told
from builder.desk import build as desk
from builder.model.story import Audience


@click.command("build")
@newsroom_options
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write.  [default: site/]"
)
@click.option(
    "--audience",
    type=click.Choice([one.value for one in Audience]),
    default=Audience.STAFF.value,
    show_default=True,
    help="Whom the site is for; what is for fewer people is left out of it.",
)
@troubles_told
def command(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
    out: Path | None,
    audience: str,
) -> None:
    """Build the site from stories/ into site/.

    What someone took back (a withdrawn or expired consent, a story taken down) leaves the site and the outbox first,
    even when the newsroom has errors. Otherwise a newsroom with errors publishes nothing, and the site stays as it is.

    \b
    Examples:
      yearround build                              the site as of now
      yearround build --now 2026-03-12T09:00       as it will be, or was, then
      yearround build --audience public --out site-public
    """  # noqa: D301  \b is for click: the lines below it stay lines
    sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json, audience=Audience(audience))
    where = places(newsroom, out)
    built = desk.build(sources, bench, where)
    if as_json:
        show.as_json(
            built.problems,
            taken=show.taken_as_rows(built.taken),
            published=built.change is not None,
            change=show.change_as_rows(built.change),
            pages=built.pages,
            stories=built.stories,
            next_change=built.until.isoformat() if built.until else None,
        )
    else:
        show.taken(built.taken)
        show.problems(built.problems)
        _report(built, where)
    sys.exit(show.exit_code(built.problems, bool(built.taken)))


def _report(built: desk.Built, places: desk.Places) -> None:
    if built.change is None:
        click.echo(
            "Nothing was published; the site stands as it was"
            + (", less what was taken out." if built.taken else ".")
        )
        return
    change = built.change
    click.echo(
        f"{built.stories} {'story' if built.stories == 1 else 'stories'} on {built.pages} pages: {len(change.added)} files new, {len(change.changed)} changed, "
        f"{len(change.removed)} gone, {change.unchanged} as they were."
    )
    show.change(change)
    for address in change.aside:
        click.echo(f"Not ours, so moved to {places.found}/: {address}", err=True)
    if built.until:
        click.echo(f"Next change: {said(built.until)}.")
    click.echo(f"Open {places.site / 'index.html'}")


def said(moment: datetime) -> str:
    """A time as a person says it: `Thursday 12 March 2026, 08:40`."""
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"

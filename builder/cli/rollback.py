"""`yearround rollback`: the site before this one, back in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli import report, show
from builder.cli.options import newsroom_options, troubles_told
from builder.cli.world import alone, open_desk, places
from builder.desk import rollback as desk
from builder.desk.withdraw import Places


@click.command("rollback")
@newsroom_options
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Which site.  [default: site/]")
@troubles_told
def command(
    newsroom: Path, people: Path | None, now: str | None, jobs: int | None, as_json: bool, out: Path | None
) -> None:
    """Bring the site before this one back, at one stroke.

    The last three sites are kept. Each rollback goes one further back; to come forward again, build. What may not be
    shown today is taken out of an earlier site before it returns. The next build publishes what stories/ says then, so
    mend first what was wrong.
    """
    where = places(newsroom, out)
    with alone(newsroom):
        sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json)
        done = desk.rollback(sources, bench, where)
    if as_json:
        show.as_json(
            done.problems,
            taken=show.taken_as_rows(done.taken),
            published=done.change is not None,
            change=show.change_as_rows(done.change),
            kept=done.left,
        )
    else:
        show.taken(done.taken)
        show.problems(done.problems)
        _report(done, where)
    sys.exit(show.exit_code(done.problems, bool(done.taken)))


def _report(done: desk.RolledBack, where: Places) -> None:
    if done.change is None:
        report.nothing_switched("Nothing was brought back", done.problems, taken=bool(done.taken))
        return
    change = done.change
    click.echo(
        f"The site before this one is back: {len(change.added)} files new, {len(change.changed)} changed, "
        f"{len(change.removed)} gone, {change.unchanged} as they were."
    )
    show.change(change)
    for address in change.aside:
        click.echo(f"Not ours, so moved to {where.found}/: {address}", err=True)
    earlier = (
        "no earlier one is"
        if not done.left
        else "1 earlier one is"
        if done.left == 1
        else f"{done.left} earlier ones are"
    )
    click.echo(
        f"After it {earlier} kept. The next build publishes what stories/ says, so mend first what was wrong."
    )
    click.echo(f"Open {where.site / 'index.html'}")

"""`yearround digest`: the latest edition as mails, into outbox/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from builder.cli import show
from builder.cli.options import live_options, newsroom_options, troubles_told
from builder.cli.world import alone, open_desk, places
from builder.desk import digest as desk


@click.command("digest")
@newsroom_options
@click.option(
    "--edition", default="", metavar="ID", help="Which edition.  [default: the newest that is ready]"
)
@click.option(
    "--preview", is_flag=True, help="Show it in a browser instead, again at every save; write nothing."
)
@live_options
@troubles_told
def command(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
    edition: str,
    preview: bool,
    **live: Any,
) -> None:
    """Write the latest edition as mails into outbox/, one for each language. Nothing is sent.

    Each comes three times: NAME.LANG.eml opens in a mail program, NAME.LANG.html in a browser, NAME.LANG.txt is the
    text part. Who is named in them is decided by what people allow for e-mail, which may be less than for the site.
    """
    if preview:
        from builder.cli.mail_preview import (
            preview as show_live,  # a run that writes need not open a server's rooms
        )

        show_live(newsroom, people, now, jobs, edition, **live)
        return
    outbox = newsroom / "outbox"
    with alone(newsroom):
        sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json)
        composed = desk.digest(sources, bench, places(newsroom), edition)
    if as_json:
        show.as_json(
            composed.problems,
            edition=composed.edition,
            written=composed.change is not None,
            languages=[message.lang for message in composed.messages],
        )
    else:
        show.taken(composed.taken)
        show.problems(composed.problems)
        if composed.change is None:
            click.echo("No digest was written.")
        else:
            languages = ", ".join(message.lang for message in composed.messages)
            click.echo(f"Edition {composed.edition} in {languages}. Nothing was sent.")
            first = composed.messages[0]
            click.echo(f"Look at {outbox / f'{first.edition}.{first.lang}.html'}")
    sys.exit(show.exit_code(composed.problems, bool(composed.taken)))

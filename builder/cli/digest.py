"""`yearround digest`: the latest edition as mails, into outbox/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from builder.cli import approval, show
from builder.cli.options import live_options, newsroom_options, troubles_told
from builder.cli.world import alone, open_desk, places
from builder.desk import digest as desk
from builder.desk import explain as reasons
from builder.desk.approval import is_as_approved, state_of
from builder.model.approval import Standing
from builder.problem import errors


@click.command("digest")
@newsroom_options
@click.option(
    "--edition", default="", metavar="ID", help="Which edition.  [default: the newest that is ready]"
)
@click.option(
    "--preview", is_flag=True, help="Show it in a browser instead, again at every save; write nothing."
)
@live_options
@click.option("--explain", is_flag=True, help="Say why it holds what it holds; write nothing.")
@click.option(
    "--approve",
    is_flag=True,
    help="Say yes to the edition as it will be sent, instead of writing it.  [default edition: the next to go out]",
)
@click.option(
    "--by",
    default="",
    envvar="YEARROUND_BY",
    metavar="NAME",
    help="Who approves: an id of the people file, or a name or a role that may stand in the newsroom's history.",
)
@troubles_told
def command(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
    edition: str,
    explain: bool,
    approve: bool,
    by: str,
    preview: bool,
    **live: Any,
) -> None:
    """Write the latest edition as mails into outbox/, one for each language. Nothing is sent.

    Each comes three times: NAME.LANG.eml opens in a mail program, NAME.LANG.html in a browser, NAME.LANG.txt is the
    text part. Who is named in them is decided by what people allow for e-mail, which may be less than for the site.

    With --approve nothing is written into outbox/: the edition is composed as of the moment it goes out, looked over, and
    approved in stories/approvals/. Whatever changes one of its mails afterwards makes the approval stale.
    """
    if preview + explain + approve > 1:
        raise click.UsageError("One at a time: --preview, --explain or --approve.")
    if preview:
        from builder.cli.mail_preview import (
            preview as show_live,  # a run that writes need not open a server's rooms
        )

        show_live(newsroom, people, now, jobs, edition, **live)
        return
    if explain:
        _explain(newsroom, people, now, jobs, as_json, edition)
    if approve:
        approval.run(newsroom, people, now, jobs, as_json=as_json, edition=edition, by=by)
    outbox = newsroom / "outbox"
    with alone(newsroom):
        sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json)
        composed = desk.digest(sources, bench, places(newsroom), edition)
        state = state_of(composed.edition, sources, bench) if composed.change is not None else None
    if as_json:
        show.as_json(
            composed.problems,
            edition=composed.edition,
            written=composed.change is not None,
            languages=[message.lang for message in composed.messages],
            note=composed.note,
            approval={
                **approval.as_rows(state),
                "outbox_as_approved": is_as_approved(state, composed.messages),
            }
            if state
            else None,
        )
    else:
        show.taken(composed.taken)
        show.problems(composed.problems)
        if composed.note and not errors(composed.problems):
            click.echo(composed.note)
        if composed.change is None:
            click.echo("No digest was written.")
        else:
            languages = ", ".join(message.lang for message in composed.messages)
            click.echo(f"Edition {composed.edition} in {languages}. Nothing was sent.")
            first = composed.messages[0]
            click.echo(f"Look at {outbox / f'{first.edition}.{first.lang}.html'}")
        if state:
            approval.show_state(state)
            if state.standing is Standing.APPROVED and not is_as_approved(state, composed.messages):
                click.echo(
                    "What lies in outbox/ is other than that: it was composed as of now, and not as of when it goes out."
                )
    sys.exit(show.exit_code(composed.problems, bool(composed.taken)))


def _explain(
    newsroom: Path, people: Path | None, now: str | None, jobs: int | None, as_json: bool, edition: str
) -> NoReturn:
    """Say why an edition holds what it holds."""
    sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json, writing=False)
    explained = reasons.explain(sources, bench, edition)
    if as_json:
        show.as_json(explained.problems, edition=explained.edition, **(explained.values or {}))
    else:
        show.problems(explained.problems)
        click.echo("\n".join(explained.sentences or ("There is nothing to explain.",)))
    sys.exit(show.exit_code(explained.problems))

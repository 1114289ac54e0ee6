"""`yearround digest --approve`, and how an approval is told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from builder.cli import show
from builder.cli.world import alone, open_desk
from builder.deliver.newsroom import write_longer
from builder.desk.approval import Approved, approve
from builder.model.approval import Approval, Standing, State


def run(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    *,
    as_json: bool,
    edition: str,
    by: str,
) -> None:
    """Approve an edition in somebody's name, and leave with the exit code."""
    if not by.strip():
        raise click.UsageError(
            "An approval says who gives it: --by NAME, or YEARROUND_BY in the environment."
        )
    with alone(newsroom):
        sources, bench = open_desk(newsroom, people, now, jobs, quiet=as_json)
        approved = approve(sources, bench, by, edition)
        file = newsroom / "stories" / approved.path
        if approved.data:
            write_longer(file, approved.before, approved.data)
    if as_json:
        show.as_json(
            approved.problems,
            edition=approved.edition,
            written=bool(approved.data),
            approval=as_rows(approved.state) if approved.state else None,
        )
    else:
        show.problems(approved.problems)
        _tell(approved, file)
    sys.exit(show.exit_code(approved.problems))


def _tell(approved: Approved, file: Path) -> None:
    if approved.state is None or approved.state.approval is None or approved.moment is None:
        click.echo("Nothing was approved.")
        return
    given = approved.state.approval
    if not approved.data:
        click.echo(f"Nothing to do: {told(approved.state)}.")
        return
    languages = ", ".join(given.what.mails)
    click.echo(
        f"Edition {approved.edition} in {languages} is approved by {given.by}, as it will be on "
        f"{approved.moment:%Y-%m-%d at %H:%M}."
    )
    click.echo(file)
    click.echo("Keep this file with the stories. Whatever changes a mail makes it stale; approve again then.")


def told(state: State) -> str:
    """Whether an edition is approved, in a line without its full stop."""
    if state.approval is None:
        return f"edition {state.edition} is not approved"
    by, at = state.approval.by, f"{state.approval.at:%Y-%m-%d at %H:%M}"
    if state.standing is Standing.STALE:
        return f"edition {state.edition} was approved by {by} on {at}, and is not any more what was approved"
    return f"edition {state.edition} is approved by {by} since {at}"


def show_state(state: State) -> None:
    """Say whether an edition is approved, and if it is stale, what changed."""
    words = told(state)
    click.echo(f"{words[0].upper()}{words[1:]}{':' if state.reasons else '.'}")
    for reason in state.reasons:
        click.echo(f"  {reason.words}")
    if state.standing is not Standing.APPROVED:
        click.echo(f"To approve it: yearround digest --approve --edition {state.edition} --by NAME")


def as_rows(state: State) -> dict[str, Any]:
    """The same for programs."""
    given: Approval | None = state.approval
    return {
        "state": state.standing.value,
        "by": given.by if given else None,
        "at": given.at.isoformat() if given else None,
        "composed_for": given.what.moment.isoformat() if given else None,
        "reasons": [{"kind": one.kind, "about": one.about, "words": one.words} for one in state.reasons],
    }

"""`yearround build`: the site, from stories/ into site/."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from builder.cli import report
from builder.cli.options import HOUSE, newsroom_options, troubles_told
from builder.deliver import seal

AUDIENCES = ("staff", "visitors", "public")


@click.command("build")
@newsroom_options
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write.  [default: site/]"
)
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=AUDIENCES[0],
    show_default=True,
    help="Whom the site is for; what is for fewer people is left out of it.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Build once more from nothing, beside it, and compare every byte.",
)
@click.option("--profile", is_flag=True, help="Say where the time went, in one process.")
@troubles_told
def command(
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
    out: Path | None,
    audience: str,
    verify: bool,
    profile: bool,
) -> None:
    """Build the site from stories/ into site/.

    What someone took back (a withdrawn or expired consent, a story taken down) leaves the site and the outbox first,
    even when the newsroom has errors. Otherwise a newsroom with errors publishes nothing, and the site stays as it is.

    \b
    Examples:
      yearround build                              the site as of now
      yearround build --now 2026-03-12T09:00       as it will be, or was, then
      yearround build --audience public --out site-public
      yearround build --verify                     and prove that nothing was forgotten
    """  # noqa: D301  \b is for click: the lines below it stay lines
    site = out or newsroom / "site"
    sealed = report.sealed_at(newsroom / HOUSE, site, audience, people)
    if not (verify or profile or now):
        before = seal.read(sealed)
        if before is not None and report.holds(before, datetime.now(UTC)):
            report.nothing_to_do(before, site, as_json=as_json)
            sys.exit(0)
    report.forget(newsroom / HOUSE, datetime.now(UTC))
    whole = import_module("builder.cli.whole_build")  # the rest of the house is opened only when it is needed
    sys.exit(
        whole.build(
            newsroom=newsroom,
            people=people,
            now=now,
            jobs=jobs,
            as_json=as_json,
            site=site,
            audience=audience,
            verify=verify,
            profile=profile,
            sealed=sealed,
        )
    )

"""`yearround correct`: say in the open what an edition had wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli import show
from builder.cli.options import newsroom_options, troubles_told
from builder.cli.world import alone, moment
from builder.deliver.newsroom import write_new
from builder.desk import correct as desk
from builder.load import disk


@click.command("correct")
@click.argument("edition")
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    required=True,
    metavar="WORDS",
    help="What was wrong and what is right, in a sentence. Once, or once for each --lang.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG",
    help="The language of the --reason at the same place.  [default: the newsletter's first]",
)
@click.option("--story", default="", metavar="ID", help="The story it is about, if it is about one.")
@newsroom_options
@troubles_told
def command(
    edition: str,
    reasons: tuple[str, ...],
    languages: tuple[str, ...],
    story: str,
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    r"""Write a correction of an edition that is out: a small file in stories/corrections/.

    The next build puts it, dated, on the edition's page, on the story's and into the feeds; the next digest says it to
    everybody. Colleagues are referred to in it as in stories: [*](@p-017 "a nurse").

    \b
    Examples:
      yearround correct 2026-w47 --reason "We wrote forty capsules; it was forty-one."
      yearround correct 2026-w47 --lang en --reason "..." --lang fa --reason "..." --story forty-capsules
    """
    if len(languages) != len(reasons) and (languages or len(reasons) > 1):
        raise click.UsageError(
            "Each --reason needs its own --lang, as in:  --lang en --reason ... --lang fa --reason ..."
        )
    if len(set(languages)) != len(languages):
        raise click.UsageError("A language can be given once.")
    if not all(one.strip() for one in reasons):
        raise click.BadParameter("It needs words that people read.", param_hint="--reason")
    with alone(newsroom):
        sources = disk.read(newsroom, people)
        said = tuple(zip(languages or ("",), reasons, strict=True))
        made = desk.correct(edition, said, story, sources, moment(now, sources))
        if made.data:
            write_new(newsroom, {made.path: made.data})
    if as_json:
        show.as_json(made.problems, written=made.path if made.data else None, lacking=list(made.lacking))
    else:
        show.problems(made.problems)
        _tell(made, newsroom)
    sys.exit(show.exit_code(made.problems))


def _tell(made: desk.Corrected, newsroom: Path) -> None:
    if not made.data:
        click.echo("Nothing was written.")
        return
    click.echo(newsroom / "stories" / made.path)
    click.echo(
        "The next build puts it on the edition's page and into the feeds, and the next digest says it to everybody."
    )
    if made.lacking:
        click.echo(f"Add a line to `reason:` for each other language: {', '.join(made.lacking)}.")

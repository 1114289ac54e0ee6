"""`yearround new`: a story, a measure, a voice, a promise and so on begun."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.options import troubles_told
from builder.cli.world import moment, themed
from builder.deliver.newsroom import write_longer, write_new
from builder.desk.new import KINDS, begin
from builder.load import disk


@click.command("new")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("title")
@click.option(
    "--name", default="", help="The file's name, or the person's id.  [default: made from the title]"
)
@click.option(
    "--newsroom",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The newsroom's folder: the one with stories/ in it.  [default: this folder]",
)
@click.option(
    "--people",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="YEARROUND_PEOPLE",
    help="The people file, where it stands elsewhere than stories/people.yaml.",
)
@troubles_told
def command(kind: str, title: str, name: str, newsroom: Path, people: Path | None) -> None:
    """Begin a story, an edition, a measure, a person, a voice, a commitment or a promise.

    Prompts are in the newsroom's language. TITLE is what readers see: of a voice what the customer said, of a commitment
    what you do about it, of a promise the promise itself. All begin as drafts, which nobody sees, but measures and people. Nothing that is there is ever written over; a person is added at the
    end of the people file.

    \b
    Examples:
      yearround new story "The window that opened again"
      yearround new edition "Where things are kept" --name 2026-w47
      yearround new metric "Patients content with their meals"
      yearround new person "Given Family"
      yearround new voice "The soup was cold again." --name cold-soup
      yearround new commitment "The soup is measured at the last bed"
      yearround new promise "Your prescription is ready within fifteen minutes."
    """  # noqa: D301  \b is for click: the lines below it stay lines
    if not title.strip():
        raise click.BadParameter("It needs a name that people read.", param_hint="TITLE")
    sources = disk.read(newsroom, people)
    theme, _ = themed(newsroom)
    begun = begin(kind, title, name, sources, theme, moment(None, sources))
    write_new(newsroom, begun.files)
    for path in begun.files:
        click.echo(newsroom / "stories" / path)
    if begun.people:
        file = people or newsroom / "stories" / "people.yaml"
        write_longer(file, sources.people.data if sources.people else b"", begun.people)
        click.echo(file)
    click.echo(begun.next_step)

"""`yearround schema`: what can be written, for editors' programs."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.options import troubles_told
from builder.deliver.files import write
from builder.deliver.newsroom import write_unless_there
from builder.desk.schema import FOLDER, WIRED, files, wiring


@click.command("schema")
@click.argument("name", required=False, type=click.Choice([one.partition(".")[0] for one in files()]))
@click.option(
    "--newsroom",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The newsroom's folder.  [default: this folder]",
)
@troubles_told
def command(name: str | None, newsroom: Path) -> None:
    r"""Print the JSON Schema of a kind of file; without a NAME, write all of them into the newsroom.

    They stand in stories/.schemas/, and .vscode/settings.json makes VS Code's YAML extension use them: it then explains
    each key under the mouse, completes words and underlines mistakes while you write.

    \b
    Examples:
      yearround schema                write all, and wire them
      yearround schema story          print the one of a story's front matter
    """
    made = files()
    if name:
        click.echo(made[f"{name}.schema.json"].decode("utf-8"), nl=False)
        return
    for file, data in made.items():
        write(newsroom / "stories" / FOLDER / file, data)
    settings = newsroom / WIRED
    click.echo(f"{len(made)} schemas in {newsroom / 'stories' / FOLDER}")
    if write_unless_there(settings, wiring()):
        click.echo(f"{settings} tells VS Code where they are.")
    else:
        click.echo(
            f"{settings} is there already and stays as it is; this belongs into it:\n{wiring().decode()}"
        )

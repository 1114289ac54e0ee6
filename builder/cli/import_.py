"""`yearround import`: what you have elsewhere, brought into stories/."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from builder.cli import import_numbers, show
from builder.cli.options import troubles_told
from builder.desk.import_ import import_posts
from builder.load.kinds import Wrong, tag
from builder.model.post import Report
from builder.problem import Problem, errors

_SECTIONS = (
    ("pictures_absent", ("post-picture-absent", "post-picture-kind"), "Pictures that were left out"),
    ("pictures_remote", ("post-picture-remote",), "Pictures of other hosts, left out"),
    ("code", ("post-code", "post-html"), "Code for other generators, which readers do not get"),
    ("links", ("post-link",), "Links that lead nowhere here"),
)
"""The parts of the report that are lists of Problems: their name in JSON, the codes in each, and the heading."""

_IN_PASSING = "post-more"


@click.group("import")
def command() -> None:
    """Bring in what you have elsewhere, without changing it there."""


command.add_command(import_numbers.survey)
command.add_command(import_numbers.metrics)


def _language(context: click.Context, option: click.Parameter, given: str | None) -> str:
    del context, option
    try:
        return tag(given) if given else ""
    except Wrong as wrong:
        raise click.BadParameter(f"{wrong.message}. {wrong.mend}") from None


@command.command("posts")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--newsroom",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The newsroom's folder: the one with stories/ in it.  [default: this folder]",
)
@click.option(
    "--lang",
    "language",
    callback=_language,
    metavar="TAG",
    help="The language of posts that do not say theirs: en, fa, pt-BR ...  [default: told by their letters]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, for programs.")
@troubles_told
def posts(folder: Path, newsroom: Path, language: str, as_json: bool) -> None:
    """Bring the Markdown posts of a blog into stories/: Jekyll, Hugo, Pelican or Eleventy.

    Name the blog's whole folder, so that its pictures are found too. Each post becomes a story in the folder of its
    year, ready to appear; drafts stay drafts. Titles, dates, languages, authors, tags, summaries, pictures and
    translations come along; whatever has no place in a story is kept in it under `extra:`, and whatever readers will
    not get is named in the report.

    Nothing is ever written over, neither here nor in the blog: run it again when the blog has grown, and only what
    is new comes in. A story stays as its editors left it, also when its post has changed since.

    \b
    Exit codes:
      0  done; the report may name what did not come along
      1  done, but posts were left out: the errors say which and why
      2  the command was not understood

    \b
    Examples:
      yearround import posts ../old-blog
      yearround import posts ../old-blog --lang fr --json > report.json
    """  # noqa: D301  \b is for click: the lines below it stay lines
    report = import_posts(folder, newsroom, language)
    if as_json:
        show.as_json(report.problems, **_data(report))
    else:
        _tell(report)
    sys.exit(show.exit_code(report.problems))


def _data(report: Report) -> Mapping[str, Any]:
    return {
        "written": [{"from": source, "to": place, "lang": lang} for source, place, lang in report.written],
        "already_there": [
            {"from": one, "to": place, "changed": changed} for one, place, changed in report.already
        ],
        "left_out": sorted({problem.file for problem in errors(report.problems)}),
        "pictures_copied": [{"from": source, "to": place} for source, place in report.pictures],
        **{
            name: [f"{one.file}:{one.line}" for one in report.problems if one.code in codes]
            for name, codes, _ in _SECTIONS
        },
        "kept_under_extra": report.extra,
        "empty_keys": report.empty,
    }


def _tell(report: Report) -> None:
    """The report for people: what came, what did not and why, then what only those who look closely want to know."""
    _list("Written", (f"{source} -> stories/{place} ({lang})" for source, place, lang in report.written))
    _list("There already, and left alone", _left_alone(report))
    _list("Pictures copied", (f"{source} -> stories/{place}" for source, place in report.pictures))
    listed = {code for _, codes, _ in _SECTIONS for code in codes} | {_IN_PASSING}
    for _, codes, heading in _SECTIONS:
        _list(heading, map(_line, (one for one in report.problems if one.code in codes)))
    _list("Kept under extra:", _counts(report.extra))
    _list("Empty, so not kept", _counts(report.empty))
    if any(one.code == _IN_PASSING for one in report.problems):
        click.echo(
            "Marks for the end of a summary (<!--more-->) were left out; a summary stands in `summary:`.\n"
        )
    show.problems([one for one in report.problems if one.code not in listed])
    left_out = len({problem.file for problem in errors(report.problems)})
    click.echo(
        f"{len(report.written)} stories written, {len(report.already)} there already, {left_out} left out, "
        f"{len(report.pictures)} pictures copied. Next: yearround check."
    )


def _left_alone(report: Report) -> Iterable[str]:
    for source, place, changed in report.already:
        yield f"{source} = stories/{place}" + ("; the post has changed since" if changed else "")


def _line(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}  {problem.message}"


def _counts(counts: Mapping[str, int]) -> Iterable[str]:
    return (f"{key}: in {count} {'story' if count == 1 else 'stories'}" for key, count in counts.items())


def _list(heading: str, lines: Iterable[str]) -> None:
    listed = list(lines)
    if listed:
        click.echo(show.paint(f"{heading} ({len(listed)})", bold=True))
        for line in listed:
            click.echo(f"  {line}")
        click.echo()

"""`yearround import survey` and `yearround import metrics`: answers and numbers, brought in as counts and values."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from builder.cli import show
from builder.cli.excerpt import seen
from builder.cli.options import as_json_option, troubles_told
from builder.load.series import period_of
from builder.model.period import Length
from builder.model.survey import Change, Imported, MeasureChanges, State
from builder.plan.rounds import in_part

F = TypeVar("F", bound=Callable[..., Any])

_SHOWN = 20
"""Refusals that are listed on screen; `--report` has all."""

_SHOWN_OF_A_SERIES = 12


def _is_period(given: str) -> bool:
    return period_of(given) == given


def _or_nothing(context: click.Context, option: click.Parameter, given: str | None) -> str:
    return given or ""


def _shared(command: F) -> F:
    """The options that both have."""
    for option in (
        click.option(
            "--newsroom",
            type=click.Path(path_type=Path, file_okay=False),
            default=Path(),
            help="The newsroom's folder: the one with stories/ in it.  [default: this folder]",
        ),
        click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook that has several."),
        click.option(
            "--dates",
            "order",
            type=click.Choice(["day-first", "month-first"]),
            callback=_or_nothing,
            help="How 03/04/2026 is meant, where the dates do not show it.",
        ),
        click.option(
            "--replace", is_flag=True, help="Write periods anew of which the file says something else."
        ),
        click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, and write nothing."),
        click.option(
            "--report",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write all rows that were not taken, and why, into this file: outside the newsroom.",
        ),
        as_json_option,
    ):
        command = option(command)
    return command


def _period(context: click.Context, option: click.Parameter, given: str) -> str:
    if not given or given in {kind.value for kind in Length} or _is_period(given):
        return given
    raise click.BadParameter(
        f"{seen(given)} is no period. Write 2026-Q3, or one of day, week, month, quarter, year."
    )


def _marks(context: click.Context, option: click.Parameter, given: str) -> tuple[int, ...]:
    try:
        return tuple(sorted({int(one) for one in given.split(",") if one.strip()}))
    except ValueError:
        raise click.BadParameter("Write the marks that count as satisfied, as in 4,5.") from None


def _invited(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in given:
        period, _, number = one.partition("=")
        if not _is_period(period) or not number.isdecimal() or len(number) > 9:
            raise click.BadParameter("Write the period and how many were asked, as in 2026-Q3=1200.")
        found[period] = int(number)
    return found


@click.command("survey")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--metric", required=True, metavar="ID", help="The measure that these answers are of.")
@click.option("--score", default="", metavar="COLUMN", help="The column of scores: its words, or its number.")
@click.option("--date", default="", metavar="COLUMN", help="The column that says when they answered.")
@click.option("--comment", default="", metavar="COLUMN", help="The column of comments.")
@click.option("--team", default="", metavar="COLUMN", help="The column of teams.")
@click.option("--respondent", default="", metavar="COLUMN", help="The column that tells respondents apart.")
@click.option(
    "--period",
    default="",
    callback=_period,
    metavar="PERIOD",
    help="The period of all answers, as 2026-Q3; or how long each period is, as quarter.",
)
@click.option(
    "--satisfied", default="", callback=_marks, metavar="MARKS", help="For csat.  [default: the upper two]"
)
@click.option(
    "--invited",
    multiple=True,
    callback=_invited,
    metavar="PERIOD=N",
    help="How many were asked, as 2026-Q3=1200; once for each period.",
)
@click.option(
    "--people",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="YEARROUND_PEOPLE",
    help="The people file, where it stands elsewhere than stories/people.yaml.",
)
@_shared
@troubles_told
def survey(file: Path, newsroom: Path, report: Path | None, as_json: bool, **asked: Any) -> None:
    """Count the answers of a survey into a measure: CSV or .xlsx, from any program and country.

    Only counts come into the newsroom, in the measure's own file and in its own style: of answers, and of how many wrote
    something beside theirs. The answers stay where they are:
    FILE may not lie in the newsroom. Comments become drafts of voices, with addresses, numbers and names taken out, for
    a person to read. Columns are found by the words above them; the measure's method says what a score is.

    Run it again when more have answered: what is there already is said and left alone, and a period that has other
    counts by now is written anew only with --replace.

    \b
    Exit codes:
      0  done; the list may name rows that were not taken
      1  nothing was written: what is said tells why
      2  the command was not understood

    \b
    Examples:
      yearround import survey ~/Downloads/answers.csv --metric outpatient-nps --dry-run
      yearround import survey ~/q3.xlsx --metric meals-csat --period 2026-Q3 --invited 2026-Q3=1200
    """  # noqa: D301  \b is for click: the lines below it stay lines
    from builder.cli.world import teller
    from builder.desk.import_survey import Asked, import_survey

    _outside(report, newsroom)
    roles = ("score", "date", "comment", "team", "respondent")
    columns = {role: given for role in roles if (given := asked.pop(role))}
    people = asked.pop("people")
    done = import_survey(file, newsroom, people, Asked(columns=columns, **asked), teller(as_json))
    _finish(done, report, as_json, "answer")


@click.command("metrics")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--metric", default="", metavar="ID", help="The measure, where the table names none.")
@click.option(
    "--decimals",
    type=click.Choice(["comma", "point"]),
    callback=_or_nothing,
    help="How 1,234 is meant, where the numbers do not show it.",
)
@_shared
@troubles_told
def metrics(file: Path, newsroom: Path, report: Path | None, as_json: bool, **asked: Any) -> None:
    """Put a table of periods and values into measures: CSV, .xlsx, or YAML.

    A table may be long (a row for each period of each measure: metric, period, value, and perhaps n) or wide (a row for each
    period with a column for each measure, or the other way round). Measures are found by their id or their name; one
    that is not there yet is begun, with a question to its editor where the table cannot tell.

    Run it again when there are more periods: what is there already is left alone, and a period with another value by now
    is written anew only with --replace.

    \b
    Examples:
      yearround import metrics calls.xlsx --dry-run
      yearround import metrics waiting.csv --metric minutes-waited --decimals comma
    """  # noqa: D301  \b is for click: the lines below it stay lines
    from builder.cli.world import themed
    from builder.desk.import_metrics import Asked, import_metrics
    from builder.load import disk
    from builder.load.settings import read_settings

    _outside(report, newsroom)
    theme, _ = themed(newsroom)
    sources = disk.read(newsroom)
    settings, _ = read_settings(sources.settings) if sources.settings else (None, ())
    done = import_metrics(file, newsroom, theme, settings.language if settings else "en", Asked(**asked))
    _finish(done, report, as_json, "value")


def _outside(report: Path | None, newsroom: Path) -> None:
    if report and report.resolve().is_relative_to(newsroom.resolve()):
        raise click.BadParameter("A report belongs outside the newsroom.", param_hint="--report")


def _finish(done: Imported, report: Path | None, as_json: bool, what: str) -> None:
    if report:
        lines = [f"row {one.row}: {one.reason}\n" if one.row else f"{one.reason}\n" for one in done.refusals]
        report.write_text("".join(lines), encoding="utf-8")
    if as_json:
        show.as_json(done.problems, **_data(done))
    else:
        _tell(done, report, what)
    sys.exit(show.exit_code(done.problems))


def _data(done: Imported) -> Mapping[str, Any]:
    return {
        "read_as": done.read_as,
        "rows": done.rows,
        "taken": done.taken,
        "not_taken": [asdict(one) for one in done.refusals],
        "measures": [
            {
                "file": one.measure.path,
                "begun": one.begun,
                "written": [] if done.dry else one.written,
                "periods": [
                    {"period": it.period, "state": it.state.value, "before": it.before, "after": it.after}
                    for it in one.changes
                ],
            }
            for one in done.measures
        ],
        "voices": [f"stories/{path}" for path in done.voices],
        "voices_already_there": done.voices_there,
        "notes": done.notes,
        "dry_run": done.dry,
    }


def _tell(done: Imported, report: Path | None, what: str) -> None:
    """What was read, what was not and why, what changes in which file, and what is left for a person to do."""
    show.clear()
    click.echo(f"Read as {seen(done.read_as)}.")
    click.echo(
        f"{done.rows:,} {'row' if done.rows == 1 else 'rows'}, {done.taken:,} {what}{'' if done.taken == 1 else 's'} taken.\n"
    )
    _refused(done, report)
    for one in done.measures:
        _changes(one, done.dry)
    if done.voices or done.voices_there:
        begun = "would become" if done.dry else "became"
        click.echo(show.paint(f"Comments: {len(done.voices)} {begun} drafts in stories/voices/", bold=True))
        if done.voices:
            click.echo(
                f"  In {done.masked} of them something was taken out: [...]. Read each before others do."
            )
        if done.voices_there:
            click.echo(f"  {done.voices_there} there already, and left alone.")
        click.echo()
    for note in done.notes:
        click.echo(f"{seen(note)}\n")
    waiting = any(
        it.state is State.DIFFERS
        for one in done.measures
        for it in one.changes
        if it.period not in one.written
    )
    written = any(one.written for one in done.measures)
    if waiting:
        click.echo("To write what differs anew, run it again with --replace.")
    if done.dry:
        click.echo("Nothing was written: this was only to look.")
    elif written or done.voices:
        click.echo("Next: yearround check.")
    else:
        click.echo("Nothing had to be written.")


def _refused(done: Imported, report: Path | None) -> None:
    for heading, found in (
        ("Not taken", [one for one in done.refusals if not in_part(one)]),
        ("Taken in part", [one for one in done.refusals if in_part(one)]),
    ):
        if not found:
            continue
        click.echo(show.paint(f"{heading} ({len(found):,})", bold=True))
        for one in found[:_SHOWN]:
            click.echo(f"  {f'row {one.row}: ' if one.row else ''}{seen(one.reason)}")
        if len(found) > _SHOWN:
            click.echo(f"  and {len(found) - _SHOWN:,} more:")
            for reason, times in Counter(one.reason for one in found[_SHOWN:]).most_common(8):
                click.echo(f"    {times:,} times: {seen(reason)}")
            if not report:
                click.echo("  All of them:  --report FILE")
        click.echo()


def _changes(one: MeasureChanges, dry: bool) -> None:
    click.echo(show.paint(f"{one.measure.path}{' (new)' if one.begun else ''}", bold=True))
    same = [it.period for it in one.changes if it.state is State.SAME]
    new = [it for it in one.changes if it.before is None]
    if len(new) > _SHOWN_OF_A_SERIES:
        click.echo(
            f"  {len(new)} readings, {new[0].period} ({seen(_in_words(new[0].after))}) to {new[-1].period} ({seen(_in_words(new[-1].after))})"
        )
    for change in one.changes:
        if change.state is State.DIFFERS or (change.before is None and len(new) <= _SHOWN_OF_A_SERIES):
            click.echo(f"  {change.period}: {seen(_said(change, change.period in one.written, dry))}")
    if same:
        click.echo(
            f"  There already: {', '.join(same[:12])}{f' and {len(same) - 12} more' if len(same) > 12 else ''}"
        )
    click.echo()


def _said(change: Change, written: bool, dry: bool) -> str:
    after = _in_words(change.after)
    if change.before is None:
        return after
    way = "->" if written else "stays; the table says"
    return f"{_in_words(change.before)} {way} {after}"


def _in_words(reading: Mapping[str, Any]) -> str:
    """A reading in short: its counts and how many answered in all, or its value."""
    counts = reading.get("counts")
    if isinstance(counts, Mapping):
        said = ", ".join(f"{group}: {number}" for group, number in counts.items())
        n = sum(int(number) for number in counts.values() if str(number).isdecimal())
        teams = reading.get("segments")
        of_teams = (
            f", {len(teams)} {'team' if len(teams) == 1 else 'teams'}"
            if isinstance(teams, list) and teams
            else ""
        )
        invited = f" of {reading['invited']} invited" if reading.get("invited") else ""
        comments = f", {reading['comments']} with a comment" if "comments" in reading else ""
        return f"{said} (n {n}{invited}{comments}{of_teams})"
    return f"{reading.get('value', 'nothing')}" + (f" (n {reading['n']})" if reading.get("n") else "")

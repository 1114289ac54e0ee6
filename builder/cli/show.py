"""Problems and reports as people see them, and as JSON for programs."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from builder.cli.excerpt import as_sentence, pointed_at, seen
from builder.problem import Level, Problem, errors

if TYPE_CHECKING:
    from builder.deliver.staging import Change
    from builder.desk.withdraw import Taken

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.HINT: "cyan"}


def progress(line: str) -> None:
    """Say what is being done: on a terminal in one line that the next one takes the place of."""
    if sys.stderr.isatty():
        atexit.register(clear)
        width = shutil.get_terminal_size().columns - 1
        click.echo(f"\r\033[K{paint(f'  {line} ...'[:width], dim=True)}", err=True, nl=False)
        _shown.append(line)
    else:
        click.echo(f"  {line} ...", err=True)


def note(line: str) -> None:
    """Say something that an operator should know and nobody has to mend."""
    clear()
    click.echo(line, err=True)


_shown: list[str] = []


def clear() -> None:
    """Take the line of progress away, before anything else is said."""
    if _shown:
        _shown.clear()
        click.echo("\r\033[K", err=True, nl=False)


def paint(text: str, **style: Any) -> str:
    """`text` in colour where a person looks at a terminal that wants it (https://no-color.org)."""
    return text if os.environ.get("NO_COLOR") or not sys.stderr.isatty() else click.style(text, **style)


def problem_lines(problem: Problem) -> str:
    """A Problem as it is read: where, the line itself with a caret, what is wrong, how to mend it."""
    where = problem.file
    if problem.line:
        where += f":{problem.line}" + (f":{problem.column}" if problem.column else "")
    word = paint(problem.level.value, fg=_COLOURS[problem.level], bold=True)
    lines = [f"{word}: {paint(seen(where), bold=True)} {paint(f'[{problem.code}]', dim=True)}"]
    if problem.excerpt.strip():
        excerpt, caret = pointed_at(problem.excerpt, problem.column)
        lines.append(f"    {excerpt}")
        if caret:
            before, _, after = caret.partition("^")
            lines.append(f"    {before}{paint('^', fg=_COLOURS[problem.level])}{after}")
    lines.append(f"  {seen(as_sentence(problem.message))}")
    lines.append(f"  {seen(problem.mend)}")
    if problem.guess and not problem.mend.startswith((f"Write {problem.guess}", f"Write `{problem.guess}")):
        lines.append(f"  Did you mean `{seen(problem.guess)}`?")
    return "\n".join(lines)


def problems(found: Sequence[Problem]) -> None:
    """Print all Problems to standard error, and how many there are."""
    clear()
    for problem in found:
        click.echo(problem_lines(problem) + "\n", err=True)
    if found:
        click.echo(count(found), err=True)


def count(found: Sequence[Problem]) -> str:
    """How many Problems of each level, in words."""
    numbers = {level: sum(problem.level is level for problem in found) for level in Level}
    return ", ".join(f"{n} {level.value}{'s' if n != 1 else ''}" for level, n in numbers.items() if n)


def taken(found: Sequence[Taken]) -> None:
    """Say what was taken out, before anything else."""
    clear()
    for one in found:
        click.echo(paint(f"Taken out of {one.folder}/:", bold=True), err=True)
        for what, why in sorted(one.why.items()):
            click.echo(f"  {what}: {why}", err=True)
        for address in one.addresses:
            click.echo(f"    {address}", err=True)


def change(made: Change) -> None:
    """Say what changed for readers, and what the operator should know of how the site came in."""
    if made:
        pages = [
            sum(address.endswith(".html") for address in addresses)
            for addresses in (made.added, made.changed, made.removed)
        ]
        click.echo(
            f"For readers: {pages[0]} {'page' if pages[0] == 1 else 'pages'} new, {pages[1]} changed, {pages[2]} gone "
            f"({size(made.gained)} in, {size(made.lost)} out)."
        )
    if made.note:
        click.echo(made.note, err=True)


def change_as_rows(made: Change | None) -> dict[str, Any] | None:
    """The same for programs."""
    return None if made is None else {**asdict(made), "way": made.way.value}


def size(number: int) -> str:
    """A number of bytes as people say it: `812 bytes`, `14.2 kB`, `3.1 MB`."""
    if number < 1000:
        return "1 byte" if number == 1 else f"{number} bytes"
    return f"{number / 1000:.1f} kB" if number < 999_950 else f"{number / 1_000_000:.1f} MB"


def taken_as_rows(found: Sequence[Taken]) -> list[dict[str, Any]]:
    """What was taken out, for programs."""
    return [{"folder": str(one.folder), "addresses": one.addresses, "why": dict(one.why)} for one in found]


def as_json(found: Sequence[Problem], **more: Any) -> None:
    """Print Problems, and whatever else, as one JSON object to standard output."""
    rows = [{**asdict(problem), "level": problem.level.value} for problem in found]
    click.echo(json.dumps({"problems": rows, **more}, ensure_ascii=False, indent=2, default=str))


def exit_code(found: Sequence[Problem], withdrawn: bool = False) -> int:
    """0, 1 or 3, as the front door promises."""
    if not errors(found):
        return 0
    return 3 if withdrawn else 1

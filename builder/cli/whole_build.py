"""A build that has something to do, or is asked to prove or to explain itself."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from builder.check.names import CODES
from builder.cli import report, show
from builder.cli.options import HOUSE
from builder.cli.profile import Profile
from builder.cli.world import alone, memory_only, open_desk, places
from builder.deliver import engine, seal
from builder.deliver.record import read_manifest
from builder.desk import build as desk
from builder.desk.newsroom import read
from builder.desk.verify import verify as differences
from builder.desk.withdraw import Places
from builder.load import disk
from builder.model.story import Audience
from builder.problem import Problem


def build(
    *,
    newsroom: Path,
    people: Path | None,
    now: str | None,
    jobs: int | None,
    as_json: bool,
    site: Path,
    audience: str,
    verify: bool,
    profile: bool,
    sealed: Path,
) -> int:
    """Build, say what became of it, and note it for the next time; the exit code."""
    gc.disable()  # this process ends before any garbage could be worth the look, which costs a quarter of the time
    where = places(newsroom, site)
    looked_at = [newsroom / "stories", newsroom / "templates", disk.theme_folder(), *engine.files()]
    looked_at += [people] if people else []
    clock = newsroom / HOUSE / "clock"
    is_newsroom = os.path.isdir(newsroom / "stories")  # noqa: PTH112  a Path raises where one may not look
    timed = Profile() if profile else None
    with timed.stage("everything") if timed else nullcontext(), alone(newsroom):
        before = seal.look(looked_at if is_newsroom else (), seal.YOUNG, clock if is_newsroom else None)
        with timed.stage("read the files") if timed else nullcontext():
            sources, bench = open_desk(
                newsroom, people, now, 1 if profile else jobs, quiet=as_json, audience=Audience(audience)
            )
        if timed:
            bench = replace(bench, stage=timed.stage)
        again = sources if verify else None
        given = read(sources, replace(bench, reread=disk.open_below(newsroom, newsroom)))
        del sources  # as large as all the texts together, and not asked for again
        built = desk.build(given, bench, where)
        problems = built.problems
        if again is not None and built.change is not None:
            problems = (*problems, *differences(again, replace(bench, keep=memory_only()), where))
    if as_json:
        show.as_json(
            problems,
            taken=show.taken_as_rows(built.taken),
            published=built.change is not None,
            change=show.change_as_rows(built.change),
            pages=built.pages,
            stories=built.stories,
            next_change=built.until.isoformat() if built.until else None,
        )
    else:
        show.taken(built.taken)
        show.problems(problems)
        _say(built, where)
        if verify and built.change is not None and len(problems) == len(built.problems):
            click.echo("Built once more from nothing: every byte is the same.")
    if timed and not as_json:
        timed.say(built)
    code = show.exit_code(problems, bool(built.taken))
    if code == 0 and built.change is not None and now is None and not _says_a_name(problems, people):
        made = [site, where.outbox]
        seal.settle()
        seal.write(
            sealed,
            report.sealing(
                sources=before,
                places=looked_at,
                made=seal.look(made, seal.JUST_WRITTEN, clock),
                made_places=made,
                since=bench.now,
                until=_due(built.until, made, bench.now),
                stories=built.stories,
                pages=built.pages,
                files=built.files,
                problems=problems,
            ),
        )
    return code


def _says_a_name(problems: Sequence[Problem], people: Path | None) -> bool:
    """Whether any of these says whose a name is, or shows a line of the people file: then nothing is kept of them."""
    where = people.name if people else "people.yaml"
    return any(one.code in CODES or Path(one.file).name == where for one in problems)


def _due(until: datetime | None, folders: Sequence[Path], now: datetime) -> datetime | None:
    """When anything is due: on the site, or in what was written for the mail."""
    ends = [until] if until else []
    for folder in folders:
        manifest = read_manifest(folder)
        if manifest is not None:
            ends += [
                end for end in (*manifest.people_end.values(), *manifest.works_end.values()) if end > now
            ]
    return min(ends, default=None)


def _say(built: desk.Built, where: Places) -> None:
    if built.change is None:
        report.nothing_switched("Nothing was published", built.problems, taken=bool(built.taken))
        return
    change = built.change
    click.echo(
        f"{report.of_stories(built.stories, built.pages)}: {len(change.added)} files new, "
        f"{len(change.changed)} changed, {len(change.removed)} gone, {change.unchanged} as they were."
    )
    show.change(change)
    for address in change.aside:
        click.echo(f"Not ours, so moved to {where.found}/: {address}", err=True)
    report.next_change(built.until)
    click.echo(f"Open {where.site / 'index.html'}")

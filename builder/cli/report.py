"""What a build says, whether it had anything to do or not."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import click

from builder.cli import show
from builder.deliver import seal
from builder.problem import Level, Problem

_NOTED = (".dist-info", ".egg-info")
"""How the names end under which installers note a library."""


def sealed_at(house: Path, site: Path, audience: str, people: Path | None) -> Path:
    """Where it is noted that a site was built, of which these options decide what stands in it."""
    named = f"{site.absolute()}\0{audience}\0{people.absolute() if people else ''}"
    return (
        house
        / "sealed"
        / f"{blake2b(named.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}.json"
    )


def program() -> str:
    """A mark of the program that runs: its language, where it lies, and all libraries in its reach.

    `deliver/engine` asks each library for its version, which takes too long here. The name that installers give to what
    they note of a library holds its version too, and reading names is quick.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  opened in any case
    parts = [sys.version, package, *sorted(set(os.listdir(package)) - {"__pycache__"})]  # noqa: PTH208
    for folder in sys.path:
        with suppress(OSError):
            listed = sorted(name for name in os.listdir(folder or ".") if name.endswith(_NOTED))  # noqa: PTH208
            parts += [f"{folder}/{name}" for name in listed]
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def sealing(
    *,
    sources: seal.Look,
    places: Sequence[Path],
    made: seal.Look,
    made_places: Sequence[Path],
    since: datetime,
    until: datetime | None,
    stories: int,
    pages: int,
    files: int,
    problems: Sequence[Problem],
) -> dict[str, Any]:
    """What is noted of a build that went well, so that the next one can see that it has nothing to do."""
    return {
        "program": program(),
        "sources": {
            "places": [str(one) for one in places],
            "digest": sources.digest,
            "young": sources.young,
        },
        "made": {"places": [str(one) for one in made_places], "digest": made.digest, "young": made.young},
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
        "stories": stories,
        "pages": pages,
        "files": files,
        "problems": [asdict(one) | {"level": one.level.value} for one in problems],
    }


def holds(before: dict[str, Any], now: datetime) -> bool:
    """Whether a build would do nothing: the program is the same, no file has changed on either side, nothing is due.

    What another program noted may have another shape, and is as good as nothing.
    """
    try:
        if before["program"] != program() or not before.keys() >= {"stories", "pages"}:
            return False
        _told(before)
        if now < datetime.fromisoformat(before["since"]):
            return False
        if before["until"] is not None and datetime.fromisoformat(before["until"]) <= now:
            return False
        return all(
            seal.still([Path(one) for one in side["places"]], side["digest"], side["young"])
            for side in (before["sources"], before["made"])
        )
    except (KeyError, TypeError, ValueError):
        return False


def forget(house: Path, now: datetime) -> None:
    """Remove what is noted of builds that would have something to do by now, whatever their options were.

    It is of no use any more, and the lines it holds may have been taken out of their files for a reason.
    """
    with suppress(OSError):
        for file in sorted((house / "sealed").iterdir()):
            before = seal.read(file)
            if before is None or not holds(before, now):
                file.unlink(missing_ok=True)


def _told(before: dict[str, Any]) -> list[Problem]:
    """The problems that were told; raises KeyError, TypeError or ValueError where they are of another shape."""
    return [Problem(**{**one, "level": Level(one["level"])}) for one in before["problems"]]


def nothing_to_do(before: dict[str, Any], site: Path, *, as_json: bool) -> None:
    """Say what a build would have said that changes nothing."""
    problems = _told(before)
    if as_json:
        show.as_json(
            problems,
            taken=[],
            published=True,
            change=None,
            pages=before["pages"],
            stories=before["stories"],
            next_change=before["until"],
        )
        return
    show.problems(problems)
    until = datetime.fromisoformat(before["until"]) if before["until"] else None
    click.echo(f"{of_stories(before['stories'], before['pages'])}: nothing has changed.")
    next_change(until)
    click.echo(f"Open {site / 'index.html'}")


def nothing_switched(what: str, problems: Sequence[Problem], *, taken: bool) -> None:
    """Say that readers have no other site, or where the disk stopped half-way, that they have parts of two."""
    if any(one.code == "half-published" for one in problems):
        click.echo("The site is partly new and partly old; the next build finishes it.")
        return
    click.echo(f"{what}; the site stands as it was" + (", less what was taken out." if taken else "."))


def of_stories(stories: int, pages: int) -> str:
    return f"{stories} {'story' if stories == 1 else 'stories'} on {pages} pages"


def next_change(until: datetime | None) -> None:
    """Say when something will appear or go though no file changes."""
    if until:
        click.echo(f"Next change: {said(until)}.")


def said(moment: datetime) -> str:
    """A time as a person says it: `Thursday 12 March 2026, 08:40`."""
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"

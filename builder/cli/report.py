"""What a build says, whether it had anything to do or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import click

from builder.cli import show
from builder.deliver import seal
from builder.problem import Level, Problem


def sealed_at(house: Path, site: Path, audience: str, people: Path | None) -> Path:
    """Where it is noted that a site was built, of which these options decide what stands in it."""
    named = f"{site.absolute()}\0{audience}\0{people.absolute() if people else ''}"
    return (
        house
        / "sealed"
        / f"{blake2b(named.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}.json"
    )


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
    """Whether a build would do nothing: no file has changed on either side, and nothing is due."""
    try:
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


def nothing_to_do(before: dict[str, Any], site: Path, *, as_json: bool) -> None:
    """Say what a build would have said that changes nothing."""
    problems = [Problem(**{**one, "level": Level(one["level"])}) for one in before["problems"]]
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


def of_stories(stories: int, pages: int) -> str:
    return f"{stories} {'story' if stories == 1 else 'stories'} on {pages} pages"


def next_change(until: datetime | None) -> None:
    """Say when something will appear or go though no file changes."""
    if until:
        click.echo(f"Next change: {said(until)}.")


def said(moment: datetime) -> str:
    """A time as a person says it: `Thursday 12 March 2026, 08:40`."""
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"

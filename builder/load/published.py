"""What the files of voices, commitments and promises have in common: how they are opened, and what they refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from builder.load.fill import fill_in
from builder.load.forms import Form
from builder.load.kinds import ID, Moment
from builder.load.marks import Marked, Place, read_yaml
from builder.load.pages import bad_file_name, decode
from builder.load.passages import Known, of_values, wrong_references
from builder.load.people import no_such_team
from builder.load.said_forms import PublishedForm
from builder.model.sources import SourceFile
from builder.model.story import Audience, Status
from builder.problem import Level, Problem, errors, guess

F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a voice, a commitment or a promise may refer to. `periods` are the readings of each measure that is whole."""

    known: Known
    works: frozenset[str]
    voices: frozenset[str]
    periods: Mapping[str, frozenset[str]]

    @property
    def zone(self) -> ZoneInfo:
        return self.known.settings.timezone


def opened(
    source: SourceFile, form: type[F], around: Around
) -> tuple[str, F | None, Marked | None, list[Problem]]:
    """The id of a file, its form filled, and what is wrong with it and with the people it refers to."""
    page, problems = decode(source)
    if problems:
        return "", None, None, list(problems)
    marked = read_yaml(page)
    if marked.data is None and marked.problems:
        return "", None, None, list(marked.problems)
    filled, faults = fill_in(form, marked)
    found = [*marked.problems, *faults]
    id = PurePosixPath(source.path).stem
    if not ID.fullmatch(id):
        found.append(bad_file_name(page, id))
        filled = None
    found += wrong_references(page, tuple(of_values(marked)), around.known)
    return id, filled, marked, found


def judged(made: F | Any, marked: Marked | None, found: Iterable[Problem]) -> tuple[Any, tuple[Problem, ...]]:
    """What was made, unless something is wrong with it. In a draft, which nobody sees, a fault is a warning."""
    problems = tuple(dict.fromkeys(found))
    if not errors(problems):
        return made, problems
    draft = marked is not None and isinstance(marked.data, dict) and marked.data.get("status") == "draft"
    if draft:
        milder = (replace(one, level=Level.WARNING) if one.level is Level.ERROR else one for one in problems)
        return made, tuple(milder)
    return None, problems


def dates(form: PublishedForm, zone: ZoneInfo) -> dict[str, Any]:
    """The fields by which it is decided who may see something, and when."""
    return {
        "status": Status(form.status),
        "audience": Audience(form.audience),
        "publish": instant(form.publish, zone),
        "expires": instant(form.expires, zone),
    }


def instant(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    return moment.at(zone) if moment else None


def day_over(moment: Moment, zone: ZoneInfo) -> datetime:
    """When a day is over that was written as a date; a time that was written is itself."""
    begins = moment.at(zone)
    if not moment.bare:
        return begins
    return (moment.value + timedelta(days=1)).replace(tzinfo=zone)


def unknown_id(marked: Marked, place: Place, id: str, known: Collection[str], what: str) -> Iterator[Problem]:
    """A Problem where `known` has no such id; `what` says what it would be the id of, and where these stand."""
    if id and id not in known:
        listed = sorted(known)
        yield marked.page.problem(
            "id-unknown",
            f"there is no {what.format(id)}",
            f"Choose one of: {', '.join(listed)}."
            if 0 < len(listed) <= 12
            else "Correct the id, or take it out.",
            at=marked.at(place),
            guess=guess(id, listed),
        )


def unknown_team(marked: Marked, place: Place, id: str, around: Around) -> Iterator[Problem]:
    teams = around.known.teams
    if id and teams is not None and id not in teams:
        yield no_such_team(marked, place, id, teams)


A_VOICE = "voice `{}` in stories/voices/"
A_STORY = "story `{}`"
A_MEASURE = "measure `{}` in stories/metrics/"

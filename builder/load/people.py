"""Who is who: stories/people.yaml and stories/teams.yaml."""

from __future__ import annotations

from typing import TypeVar
from zoneinfo import ZoneInfo

from builder.load.fill import fill_in
from builder.load.forms import Form, NameForm, NamePartsForm, PersonForm, TeamForm
from builder.load.marks import Marked, Place, read_yaml
from builder.load.pages import decode
from builder.load.settings import words
from builder.model.person import (
    Channel,
    Consent,
    Name,
    NameForms,
    Person,
    PersonStatus,
    Recognition,
)
from builder.model.person import (
    Form as NameForm_,
)
from builder.model.sources import SourceFile
from builder.model.team import Team
from builder.problem import Level, Problem, guess

SCRIPTS = {
    "latin": "Latn",
    "arabic": "Arab",
    "persian": "Arab",
    "greek": "Grek",
    "cyrillic": "Cyrl",
    "hebrew": "Hebr",
    "devanagari": "Deva",
    "bengali": "Beng",
    "thai": "Thai",
    "chinese": "Hans",
    "japanese": "Jpan",
    "korean": "Kore",
    "georgian": "Geor",
    "armenian": "Armn",
}
"""The words editors use for scripts, and their ISO 15924 codes, which may be written too."""

CASES = ("gen", "dat", "acc", "voc", "ins", "loc")

F = TypeVar("F", bound=Form)


def read_people(
    source: SourceFile, zone: ZoneInfo, teams: frozenset[str] | None = None
) -> tuple[dict[str, Person] | None, frozenset[str], tuple[Problem, ...]]:
    """The people of the people file by id, None when the file as a whole cannot be read; and the ids it gives.

    An id without a person is one whose entry has errors. `teams` are the ids that teams.yaml gives, where it can be read.
    """
    found: dict[str, Person] = {}
    teamless: list[Problem] = []
    seen: set[str] = set()
    entries, problems = _entries(source, PersonForm)
    if entries is None:
        return None, frozenset(), tuple(problems)
    for marked, place, form in entries:
        id = _id_at(marked, place)
        if id in seen:
            problems.append(_twice(marked, place, id))
            found.pop(id, None)  # which of the two counts nobody can say, so neither does
            continue
        seen |= {id} - {""}
        if form is None:
            continue
        names, faults = _names(form, marked, place)
        problems += faults
        if any(one.level is Level.ERROR and _is_in(one, marked, place) for one in problems):
            continue  # what they allow is not certain, so they allow nothing
        found[form.id] = Person(
            id=form.id,
            names=names,
            team=form.team,
            status=PersonStatus(form.status),
            recognition=Recognition(form.recognition),
            consents=tuple(
                Consent(
                    channel=Channel(channel),
                    form=NameForm_(consent.form),
                    given=consent.date.at(zone),
                    expires=consent.expires.at(zone) if consent.expires else None,
                )
                for channel, consent in sorted(form.consent.items())
            ),
            withdrawn=form.withdrawn.at(zone) if form.withdrawn else None,
            file=source.path,
            line=marked.at(place)[0],
        )
        if form.team and teams is not None and form.team not in teams:
            # Said apart: whoever is in no known team still allows what they allow.
            teamless.append(no_such_team(marked, (*place, "team"), form.team, teams))
    return found, frozenset(seen), (*problems, *teamless)


def no_such_team(marked: Marked, place: Place, id: str, teams: frozenset[str]) -> Problem:
    return marked.page.problem(
        "id-unknown",
        f"there is no team `{id}` in teams.yaml",
        f"Write one of these, or add the team there: {', '.join(sorted(teams))}."
        if 0 < len(teams) <= 12
        else "Correct the id, or add the team to stories/teams.yaml.",
        at=marked.at(place),
        guess=guess(id, teams),
    )


def _id_at(marked: Marked, place: Place) -> str:
    """The id of the entry at `place`, also where the rest of it cannot be understood."""
    entry = marked.data[place[0]]
    id = entry.get("id") if isinstance(entry, dict) else None
    return id if isinstance(id, str) else ""


def _is_in(problem: Problem, marked: Marked, place: Place) -> bool:
    """Whether a Problem is about the entry at `place` of the list."""
    index = int(place[0])
    first = marked.at((index,))
    after = marked.at((index + 1,)) if (index + 1,) in marked.values else (len(marked.page.text) + 2, 0)
    return first <= (problem.line, problem.column) < after


def _names(form: PersonForm, marked: Marked, place: Place) -> tuple[tuple[Name, ...], list[Problem]]:
    names: list[Name] = []
    problems: list[Problem] = []
    for word, name in form.names.items():
        here = (*place, "names", word)
        script = SCRIPTS.get(word.lower()) or (
            word if len(word) == 4 and word.istitle() and word.isascii() else ""
        )
        if not script:
            problems.append(
                marked.page.problem(
                    "script",
                    f"`{word}` is not a script that names are written in here",
                    "Write it in English, such as latin, arabic, greek or chinese, or as its ISO 15924 code, such as Latn.",
                    at=marked.key_at(here),
                    guess=guess(word, SCRIPTS),
                )
            )
            continue
        for case in name.cases:
            if case not in CASES:
                problems.append(
                    marked.page.problem(
                        "case",
                        f"`{case}` is not one of the grammatical cases that a name can have here",
                        f"Choose one of: {', '.join(CASES)}.",
                        at=marked.key_at((*here, "cases", case)),
                        guess=next((one for one in CASES if case.startswith(one)), guess(case, CASES)),
                    )
                )
        names.append(
            Name(
                script=script,
                forms=_forms(name, None),
                cases=tuple((case, _forms(parts, name)) for case, parts in sorted(name.cases.items())),
            )
        )
    return tuple(names), problems


def _forms(parts: NamePartsForm, plain: NameForm | None) -> NameForms:
    initials = parts.initials or (plain.initials if plain else "")
    first = parts.first or parts.full.split()[0]
    return NameForms(
        full=parts.full,
        first=first,
        initials=initials or " ".join(f"{word[0]}." for word in parts.full.split()),
    )


def read_teams(
    source: SourceFile,
) -> tuple[dict[str, Team], frozenset[str] | None, tuple[Problem, ...]]:
    """The teams that are whole by id; the ids that the file gives, None when it cannot be read."""
    found: dict[str, Team] = {}
    entries, problems = _entries(source, TeamForm)
    if entries is None:
        return {}, None, tuple(problems)
    ids = frozenset(_id_at(marked, place) for marked, place, _ in entries) - {""}
    for marked, place, form in entries:
        if form is None:
            continue
        if form.id in found:
            problems.append(_twice(marked, place, form.id))
            continue
        found[form.id] = Team(
            id=form.id,
            name=words(form.name),
            headcount=form.headcount,
            serves=tuple(form.serves),
            file=source.path,
            line=marked.at(place)[0],
        )
    return found, ids, tuple(problems)


def _entries(
    source: SourceFile, form: type[F]
) -> tuple[list[tuple[Marked, Place, F | None]] | None, list[Problem]]:
    """The entries of a file that holds a list, each filled into its form; None when there is no list to be had."""
    page, faults = decode(source)
    if faults:
        return None, list(faults)
    marked = read_yaml(page)
    problems = list(marked.problems)
    if marked.data is None:
        return (None if problems else []), problems
    if not isinstance(marked.data, list):
        problems.append(
            page.problem(
                "not-a-list",
                "this file is a list, and what stands here is not an entry of one",
                "Begin each entry with a hyphen and a space,  - id: ... , and its other lines with two spaces.",
                at=marked.at(()),
            )
        )
        return None, problems
    entries: list[tuple[Marked, Place, F | None]] = []
    for index in range(len(marked.data)):
        filled, faults = fill_in(form, marked, (index,))
        problems += faults
        entries.append((marked, (index,), filled))
    return entries, problems


def _twice(marked: Marked, place: Place, id: str) -> Problem:
    return marked.page.problem(
        "id-twice",
        f"`{id}` is the id of two entries of this file, so neither of them counts",
        "Give one of them another id; if they are the same, take one out.",
        at=marked.at((*place, "id")),
    )

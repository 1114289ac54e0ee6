"""The words of a file, stretch by stretch, each with its place; and the references to people among them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from builder.load.marks import Marked, Page, Place
from builder.model.newsletter import Passage, Settings
from builder.model.person import Person, Recognition
from builder.model.text import REFERENCE
from builder.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a story may refer to.

    `people_unsound` are those whose entry has errors of its own, `people_unknown` says that the whole file has.
    `teams` is None where teams.yaml cannot be read.
    """

    settings: Settings
    people: Mapping[str, Person]
    teams: frozenset[str] | None
    metrics: frozenset[str]
    pictures: frozenset[str]
    people_unsound: frozenset[str] = frozenset()
    people_unknown: bool = False


def of_values(
    marked: Marked, *, excused: tuple[str, ...] = (), leave_out: Collection[str] = ()
) -> Iterator[Passage]:
    """Every text of a YAML document; `leave_out` names the top keys that hold nothing readers see."""
    file, source = marked.page.file, marked.page.text
    below: list[tuple[object, Place]] = [(marked.data, ())]
    while below:
        data, place = below.pop()
        if isinstance(data, str):
            line, column = marked.at(place)
            yield Passage(file=file, line=line, column=column, text=data, source=source, excused=excused)
        elif isinstance(data, dict):
            items = [(value, (*place, key)) for key, value in data.items() if place or key not in leave_out]
            below += reversed(items)
        elif isinstance(data, list):
            below += reversed([(value, (*place, index)) for index, value in enumerate(data)])


def of_body(page: Page, body: str, first_line: int, *, excused: tuple[str, ...] = ()) -> Passage:
    """The body of a Markdown file, as one Passage: a name may be broken over two lines."""
    return Passage(file=page.file, line=first_line, column=1, text=body, excused=excused)


def wrong_references(page: Page, passages: Collection[Passage], known: Known) -> Iterator[Problem]:
    """References to nobody, to people who want none, and those written so that they cannot be understood."""
    for passage in passages:
        if "(@" not in passage.text:
            continue
        understood = {match.end("pattern"): match for match in REFERENCE.finditer(passage.text)}
        for match in understood.values():
            line, column, _ = passage.place(match.start(), match[0].split("\n")[0])
            problem = person_problem(page, match["person"], known, (line, column))
            if problem:
                yield problem
            elif "*" not in (match["pattern"] or "*"):
                yield page.problem(
                    "reference-without-star",
                    f"the brackets of this reference to {match['person']} hold no *, so no name would stand there",
                    f'Write  [*](@{match["person"]} "a colleague")  with the * where the name belongs.',
                    at=(line, column),
                )
        for match in _MEANT.finditer(passage.text):
            person = match["id"] in known.people or _PERSON.fullmatch(match["id"])
            if match.start() not in understood and (person or not match["space"]):
                line, column, _ = passage.place(match.start(), passage.text[match.start() : match.end("id")])
                yield page.problem(
                    "reference-form",
                    "this looks like a reference to a person and is not written as one, so nobody would be named",
                    f'{_why(match)}  [*](@{match["id"] or "p-017"} "a colleague")',
                    at=(line, column),
                )


_PERSON = re.compile(r"p-\d+")
_MEANT = re.compile(r"\](?P<space>[ \t]*)(?P<begin>\(@)(?P<id>[A-Za-z0-9-]*)(?P<rest>[^)\n]*)")


def _why(match: re.Match[str]) -> str:
    if match["space"]:
        return "Take the space between the brackets out:"
    if any(one in match["rest"] for one in "“”„«»‘’"):
        return "Write straight quotation marks:"
    return "Write it as"


def person_problem(page: Page, id: str, known: Known, at: tuple[int, int]) -> Problem | None:
    """What is wrong with referring to this person, if anything."""
    person = known.people.get(id)
    if person is None:
        return page.problem(
            SAID_ELSEWHERE if known.people_unknown or id in known.people_unsound else "person-unknown",
            f"nobody in the people file has the id `{id}`",
            "Correct the id, or add the person to the people file.",
            at=at,
            guess=_same_number(id, known.people),
        )
    if person.recognition is Recognition.NONE:
        return page.problem(
            "person-wants-none",
            f"the person {id} wants no recognition at all (`recognition: none` in the people file)",
            f"Take {id} out here, and write the sentence so that it points to nobody.",
            at=at,
        )
    return None


SAID_ELSEWHERE = "said-elsewhere"
"""The code of what keeps a story from being whole and is told where its cause stands: nobody is told twice."""


def _same_number(id: str, people: Collection[str]) -> str:
    """The id of the same person written otherwise, or "": a guess that is only near would name somebody else."""

    def plain(one: str) -> str:
        return re.sub(r"(?<!\d)0+", "", one.casefold().replace("l", "1").replace("o", "0")).replace("-", "")

    return next((one for one in people if plain(one) == plain(id)), "")

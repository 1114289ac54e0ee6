"""The words of a file, stretch by stretch, each with its place; and the references to people among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from builder.load.marks import Marked, Page, Place
from builder.model.newsletter import Passage
from builder.model.person import Person, Recognition
from builder.model.text import REFERENCE
from builder.problem import Problem, guess


def of_values(
    marked: Marked, *, excused: tuple[str, ...] = (), leave_out: Collection[str] = ()
) -> Iterator[Passage]:
    """Every text of a YAML document; `leave_out` names the top keys that hold nothing readers see."""

    def walk(data: object, place: Place) -> Iterator[Passage]:
        if isinstance(data, str):
            line, column = marked.at(place)
            shown = marked.page.line(line)
            column += shown[column - 1 : column] in ("'", '"')
            yield Passage(
                file=marked.page.file, line=line, column=column, text=data, shown=shown, excused=excused
            )
        elif isinstance(data, dict):
            for key, value in data.items():
                if place or key not in leave_out:
                    yield from walk(value, (*place, key))
        elif isinstance(data, list):
            for index, value in enumerate(data):
                yield from walk(value, (*place, index))

    yield from walk(marked.data, ())


def of_body(page: Page, body: str, first_line: int, *, excused: tuple[str, ...] = ()) -> Passage:
    """The body of a Markdown file, as one Passage: a name may be broken over two lines."""
    return Passage(file=page.file, line=first_line, column=1, text=body, excused=excused)


def place_of(passage: Passage, offset: int) -> tuple[int, int]:
    """The (line, column) of a character of a Passage. Inside quoted or folded YAML the column is the value's own."""
    lines = passage.text.count("\n", 0, offset)
    if lines:
        return passage.line + lines, offset - passage.text.rfind("\n", 0, offset)
    return passage.line, passage.column + offset


def wrong_references(
    page: Page, passages: Collection[Passage], people: Mapping[str, Person]
) -> Iterator[Problem]:
    """References to nobody, to people who want none, and those written so that they cannot be understood."""
    for passage in passages:
        understood = 0
        for match in REFERENCE.finditer(passage.text):
            understood += 1
            at = place_of(passage, match.start())
            problem = person_problem(page, match["person"], people, at)
            if problem:
                yield problem
            elif "*" not in (match["pattern"] or "*"):
                yield page.problem(
                    "reference-without-star",
                    f"this reference to {match['person']} has no * in its brackets, so no name would stand there",
                    'Write [*](@id "a colleague"), with the * where the name belongs.',
                    at=at,
                )
        if passage.text.count("](@") > understood:
            yield page.problem(
                "reference-form",
                "a reference to a person is not written so that it can be understood",
                'Write it as [*](@p-017 "a colleague"): plain quotation marks, no space before the parenthesis.',
                at=place_of(passage, passage.text.index("](@")),
            )


def person_problem(page: Page, id: str, people: Mapping[str, Person], at: tuple[int, int]) -> Problem | None:
    """What is wrong with referring to this person, if anything."""
    person = people.get(id)
    if person is None:
        return page.problem(
            "person-unknown",
            f"nobody in the people file has the id `{id}`",
            "Correct the id, or add the person to the people file.",
            at=at,
            guess=guess(id, people),
        )
    if person.recognition is Recognition.NONE:
        return page.problem(
            "person-wants-none",
            f"{id} wants no recognition at all (`recognition: none`)",
            "Take the reference out, and write the sentence so that it points to nobody.",
            at=at,
        )
    return None

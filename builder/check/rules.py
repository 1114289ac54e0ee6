"""The table of rules: each a small question to everything that was read and decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from builder.check.numbers import of_measures
from builder.check.texts import Written, all_texts, problem_in, weight
from builder.model.body import Gist
from builder.model.library import Library
from builder.model.newsletter import Newsroom
from builder.model.picture import Derived
from builder.model.story import Audience
from builder.model.text import Text
from builder.problem import Level, Problem, guess


@dataclass(frozen=True, kw_only=True)
class Everything:
    """What rules may ask about. `picture_path` says which picture of the newsroom an author's target means."""

    newsroom: Newsroom
    library: Library
    gists: Mapping[str, Gist]
    pictures: Mapping[str, Derived]
    picture_path: Callable[[str, str], str]

    @cached_property
    def odd(self) -> tuple[Written, ...]:
        """The texts that hold anything a rule asks about: most are plain words, and are looked at once."""
        gists = self.gists
        return tuple(
            text
            for text in all_texts(self.newsroom)
            if (gist := gists[text.file]).refused or gist.images or gist.left
        )


def all_plain(texts: Iterable[Text]) -> bool:
    """Whether none of these refers to anybody."""
    return all(type(part) is str for text in texts for part in text.parts)


def _measures(all: Everything) -> Iterator[Problem]:
    if all.library.audience is Audience.STAFF:
        yield from of_measures(all.newsroom, all.library.metrics, all.library.balance)


def _refused_html(all: Everything) -> Iterator[Problem]:
    for text in all.odd:
        for name in all.gists[text.file].refused:
            yield problem_in(
                text,
                f"<{name}",
                code="html-refused",
                level=Level.WARNING,
                message=f"<{name}> is HTML that cannot stand in a story, so readers do not get it",
                mend="Link to the place where it can be seen; words and pictures are written in Markdown.",
            )


def _pictures_in_texts(all: Everything) -> Iterator[Problem]:
    for text in all.odd:
        for image in all.gists[text.file].images:
            path = all.picture_path(image.target, text.file)
            if path not in all.newsroom.pictures:
                elsewhere = "//" in image.target
                yield problem_in(
                    text,
                    image.target,
                    code="picture-missing",
                    level=weight(text),
                    message="a picture of another site is never shown, because it would tell that site who reads this"
                    if elsewhere
                    else f"there is no picture `{image.target}` beside this text",
                    mend="Save the picture beside this text, if you may use it, and write its file's name here."
                    if elsewhere
                    else f"Put the file into {text.file.rpartition('/')[0]}/, or correct its name (capitals count).",
                    guess=guess(image.target, (one.rpartition("/")[2] for one in all.newsroom.pictures)),
                )
            elif not _says_something(image.alt):
                yield problem_in(
                    text,
                    f"![]({image.target}" if f"![]({image.target}" in text.body else image.target,
                    code="alt-missing",
                    level=weight(text),
                    message="nothing stands between the brackets of this picture for whoever cannot see it",
                    mend=f"Write what it shows:  ![A red umbrella]({image.target})",
                )


def _says_something(alt: Text) -> bool:
    return any(not isinstance(part, str) or part.strip() for part in alt.parts)


def _names_in_other_cases(all: Everything) -> Iterator[Problem]:
    people = all.newsroom.people
    for story in all.newsroom.stories:
        texts = (story.title, story.summary, story.why_it_matters, story.what_changed)
        if not all.gists[story.file].references and all_plain(texts):
            continue
        said = [one for text in texts for one in text.references]
        for reference in dict.fromkeys((*said, *all.gists[story.file].references)):
            person = people.get(reference.person)
            if not reference.case or person is None:
                continue
            if not any(reference.case in dict(name.cases) for name in person.names):
                yield problem_in(
                    story,
                    f"@{reference.person}:{reference.case}",
                    code="case-missing",
                    level=Level.WARNING,
                    message=f"the people file gives {reference.person} no form for the case `{reference.case}`, "
                    "so readers get the plain one",
                    mend=f"Add to their name there:  cases: {{{reference.case}: {{full: ..., first: ...}}}}",
                )


def _references_left_as_words(all: Everything) -> Iterator[Problem]:
    for text in all.odd:
        for person in all.gists[text.file].left:
            if person in all.newsroom.people:
                yield problem_in(
                    text,
                    f"(@{person}",
                    code="reference-left",
                    level=Level.WARNING,
                    message=f"this reference to {person} stands in code or HTML, so readers see its brackets",
                    mend="Begin the line without spaces, and write the sentence in plain Markdown.",
                )


def _never_seen(all: Everything) -> Iterator[Problem]:
    for story in all.newsroom.stories:
        begins = story.publish or story.date
        if story.expires and story.expires <= begins:
            yield Problem(
                code="never-seen",
                level=Level.WARNING,
                file=story.file,
                message=f"nobody will ever see this story: it expires on {story.expires:%Y-%m-%d} and appears on {begins:%Y-%m-%d}",
                mend="Correct `expires:`, or take it out.",
            )


RULES: tuple[Callable[[Everything], Iterator[Problem]], ...] = (
    _measures,
    _refused_html,
    _pictures_in_texts,
    _names_in_other_cases,
    _references_left_as_words,
    _never_seen,
)


def find_problems(all: Everything) -> tuple[Problem, ...]:
    """What every rule of the table finds."""
    return tuple(problem for rule in RULES for problem in rule(all))

"""The table of rules: each a small question to everything that was read and decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from builder.check.texts import all_texts, problem_in, weight
from builder.model.body import Body
from builder.model.library import Library
from builder.model.newsletter import Newsroom
from builder.model.picture import Derived
from builder.model.story import Audience
from builder.model.text import REFERENCE
from builder.problem import Level, Problem, guess

SUBJECT_SEEN = 42
"""Characters of a subject that every inbox shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """What rules may ask about. `picture_path` says which picture of the newsroom an author's target means."""

    newsroom: Newsroom
    library: Library
    bodies: Mapping[str, Body]
    pictures: Mapping[str, Derived]
    picture_path: Callable[[str, str], str]


def _teams_of_people(all: Everything) -> Iterator[Problem]:
    teams = all.newsroom.teams
    for person in all.newsroom.people.values():
        if person.team and person.team not in teams:
            yield Problem(
                code="id-unknown",
                level=Level.ERROR,
                file=person.file,
                line=person.line,
                message=f"{person.id} is in the team `{person.team}`, which teams.yaml does not have",
                mend="Correct the team, or add it to teams.yaml.",
                guess=guess(person.team, teams),
            )


def _pairs_of_metrics(all: Everything) -> Iterator[Problem]:
    ids = [metric.id for metric in all.newsroom.metrics]
    for metric in all.newsroom.metrics:
        if metric.pair and metric.pair not in ids:
            yield Problem(
                code="id-unknown",
                level=Level.ERROR,
                file=metric.file,
                message=f"the pair `{metric.pair}` is not a measure in metrics/",
                mend="Write the file name of the other measure, without .yaml.",
                guess=guess(metric.pair, ids),
            )
        for reading in metric.readings:
            for segment in reading.segments:
                if segment.team not in all.newsroom.teams:
                    yield Problem(
                        code="id-unknown",
                        level=Level.ERROR,
                        file=metric.file,
                        message=f"{reading.period} has a segment for `{segment.team}`, which teams.yaml does not have",
                        mend="Correct the team, or add it to teams.yaml.",
                        guess=guess(segment.team, all.newsroom.teams),
                    )


def _hidden_metrics(all: Everything) -> Iterator[Problem]:
    shown = {metric.id for metric in all.library.metrics}
    for metric in all.newsroom.metrics:
        if metric.readings and metric.id not in shown and all.library.audience is Audience.STAFF:
            yield Problem(
                code="metric-hidden",
                level=Level.WARNING,
                file=metric.file,
                message="this measure is not shown: one of its numbers speaks for fewer than "
                f"{all.newsroom.settings.privacy.smallest_group} people",
                mend="Join small groups or longer periods, so that nobody can be told from the number.",
            )


def _refused_html(all: Everything) -> Iterator[Problem]:
    for text in all_texts(all.newsroom):
        for name in all.bodies[text.file].refused:
            yield problem_in(
                text,
                f"<{name}",
                code="html-refused",
                level=Level.WARNING,
                message=f"the HTML element <{name}> is taken out: stories hold words and pictures only",
                mend="Say it in Markdown, or link to the place where it can be seen.",
            )


def _pictures_in_texts(all: Everything) -> Iterator[Problem]:
    for text in all_texts(all.newsroom):
        for image in all.bodies[text.file].images:
            path = all.picture_path(image.target, text.file)
            if path not in all.newsroom.pictures:
                elsewhere = ", and pictures of other hosts are never shown" if "//" in image.target else ""
                yield problem_in(
                    text,
                    image.target,
                    code="picture-missing",
                    level=weight(text),
                    message=f"there is no picture `{image.target}` in the newsroom{elsewhere}",
                    mend="Put the file beside the story and write its name here.",
                    guess=guess(image.target, (one.rpartition("/")[2] for one in all.newsroom.pictures)),
                )
            elif not image.alt:
                yield problem_in(
                    text,
                    image.target,
                    code="alt-missing",
                    level=weight(text),
                    message="this picture has no words for readers who cannot see it",
                    mend="Write them between the brackets: ![What it shows](picture.jpg).",
                )


def _long_subjects(all: Everything) -> Iterator[Problem]:
    for edition in all.newsroom.editions:
        for words in edition.words:
            length = sum(len(part) if isinstance(part, str) else 12 for part in words.subject.parts)
            if length > SUBJECT_SEEN:
                yield Problem(
                    code="subject-long",
                    level=Level.HINT,
                    file=words.file,
                    message=f"the subject has {length} characters; many inboxes show the first {SUBJECT_SEEN}",
                    mend="Put what matters first, or say it shorter.",
                )


def _names_in_other_cases(all: Everything) -> Iterator[Problem]:
    people = all.newsroom.people
    for story in all.newsroom.stories:
        texts = (story.title, story.summary, story.why_it_matters, all.bodies[story.file].words)
        for reference in dict.fromkeys(one for text in texts for one in text.references):
            person = people.get(reference.person)
            if not reference.case or person is None:
                continue
            if not any(reference.case in dict(name.cases) for name in person.names):
                yield problem_in(
                    story,
                    f"@{reference.person}:{reference.case}",
                    code="case-missing",
                    level=Level.WARNING,
                    message=f"the people file has no form `{reference.case}` for {reference.person}, "
                    "so the plain one stands",
                    mend=f"Add `cases: {{{reference.case}: {{full: ..., first: ...}}}}` to their name.",
                )


def _references_left_as_words(all: Everything) -> Iterator[Problem]:
    for text in all_texts(all.newsroom):
        for part in all.bodies[text.file].words.parts:
            for match in REFERENCE.finditer(part) if isinstance(part, str) else ():
                if match["person"] in all.newsroom.people:
                    yield problem_in(
                        text,
                        f"(@{match['person']}",
                        code="reference-left",
                        level=Level.WARNING,
                        message=f"this reference to {match['person']} stands in code or HTML, where it is not understood",
                        mend="Write the sentence in plain Markdown; readers would see the brackets.",
                    )


def _base_url(all: Everything) -> Iterator[Problem]:
    base = all.newsroom.settings.base_url
    if base and not _is_whole(base):
        yield Problem(
            code="base-url",
            level=Level.ERROR,
            file="stories/newsletter.yaml",
            message=f"base_url `{base}` is not a whole address",
            mend="Write it with https:// in front, as in https://light.example.org/.",
        )


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


RULES: tuple[Callable[[Everything], Iterator[Problem]], ...] = (
    _base_url,
    _teams_of_people,
    _pairs_of_metrics,
    _hidden_metrics,
    _refused_html,
    _pictures_in_texts,
    _long_subjects,
    _names_in_other_cases,
    _references_left_as_words,
)


def find_problems(all: Everything) -> tuple[Problem, ...]:
    """What every rule of the table finds."""
    return tuple(problem for rule in RULES for problem in rule(all))

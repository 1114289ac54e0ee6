"""Prompts of `yearround new` and of imports that still stand in words others are to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.check.texts import Written, problem_in
from builder.model.commitment import Commitment
from builder.model.correction import Correction
from builder.model.newsletter import Passage
from builder.model.promise import Promise
from builder.model.story import Status
from builder.model.voice import CustomerVoice
from builder.model.words import Catalogue
from builder.problem import Level, Problem

_PROMPTS = ("new.situation", "new.action", "new.result", "new.opening", "importing.plain_words")
_ASKED_IN_A_VALUE = ("new-said.who", "new-said.origin", "new-said.said", "new-said.unit")


def questions(catalogues: Mapping[str, Catalogue]) -> frozenset[str]:
    """What is asked in any language."""
    return frozenset(
        catalogue.texts[key]["other"]
        for catalogue in catalogues.values()
        for key in (*_PROMPTS, *_ASKED_IN_A_VALUE)
        if key in catalogue.texts
    )


def prompts_left(texts: Iterable[Written], asked: frozenset[str]) -> Iterator[Problem]:
    """A warning for each of these questions that is a paragraph of one of `texts`; drafts are not to be among them."""
    for text in texts:
        if not any(prompt in text.body for prompt in asked):
            continue
        for line in dict.fromkeys(text.body.splitlines()):
            if line.strip() in asked:
                yield problem_in(
                    text,
                    line,
                    code="prompt-left",
                    level=Level.WARNING,
                    message="this is the question that `yearround new` put here, and readers would see it",
                    mend="Answer it in its place, or take the line out.",
                )


def measures_unexplained(passages: Iterable[Passage], asked: frozenset[str]) -> Iterator[Problem]:
    """A warning for each measure in whose words such a question still stands."""
    for passage in passages:
        if passage.file.startswith("stories/metrics/") and passage.text.strip() in asked:
            yield _left(
                passage, "import", "Answer it in its place: a sentence that says what the number says."
            )


def said_unanswered(
    passages: Iterable[Passage],
    said: Iterable[CustomerVoice | Commitment | Promise | Correction],
    asked: frozenset[str],
) -> Iterator[Problem]:
    """A warning for each voice, commitment or promise that is no draft and in which such a question still stands."""
    ready = {one.file for one in said if one.status is Status.READY}
    for passage in passages:
        if passage.file in ready and passage.text.strip() in asked:
            yield _left(passage, "new", "Answer it in its place.")


def _left(passage: Passage, verb: str, mend: str) -> Problem:
    """That the question which a verb put into a file's value stands there still."""
    line, column, excerpt = passage.place(0, passage.text)
    return Problem(
        code="prompt-left",
        level=Level.WARNING,
        file=passage.file,
        line=line,
        column=column,
        excerpt=excerpt,
        message=f"this is the question that `yearround {verb}` put here, and readers would see it",
        mend=mend,
    )

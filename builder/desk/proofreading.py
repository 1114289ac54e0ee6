"""What is wrong with texts, once they stand among others: where their links lead, what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from builder.check import links, rules
from builder.check.texts import Written
from builder.model.library import Library
from builder.model.newsletter import Newsroom
from builder.model.story import Status, Story
from builder.plan.links import Links
from builder.problem import Level, Problem
from builder.render.press import Press

Ids = Mapping[str, frozenset[str]]
"""The headings on each page that a link can name, by its address."""


def proofread(
    texts: Iterable[Written],
    newsroom: Newsroom,
    press: Press,
    resolver: Links,
    ids: Ids,
    whole: Callable[[Story], Story],
) -> tuple[Problem, ...]:
    """What is wrong with these texts, which others see or would but for their faults, and with all of `newsroom`.

    `whole` gives a story its Markdown back: only to say where in it something is wrong.
    """
    listed = list(texts)
    found = _proofread(listed, newsroom, press, resolver, ids)
    faulty = {problem.file for problem in found}
    if faulty.isdisjoint(story.file for story in (*newsroom.stories, *newsroom.unsound)):
        return found

    def filled(story: Story) -> Story:
        return whole(story) if story.file in faulty else story

    stories, unsound = map(filled, newsroom.stories), map(filled, newsroom.unsound)
    filled_newsroom = replace(newsroom, stories=tuple(stories), unsound=tuple(unsound))
    filled_texts = [filled(text) if isinstance(text, Story) else text for text in listed]
    return _proofread(filled_texts, filled_newsroom, press, resolver, ids)


def _proofread(
    texts: list[Written], newsroom: Newsroom, press: Press, resolver: Links, ids: Ids
) -> tuple[Problem, ...]:
    return (
        *links.authors_links(
            texts,
            press.gists,
            lambda target, file: (
                resolver.resolve(target, file)
                or ("#" if resolver.leads_to_a_broken_file(target, file) else None)
            ),
            resolver.nearest,
            ids,
            resolver.leads_to_what_is_not_published,
        ),
        *rules.find_problems(
            rules.Everything(
                newsroom=newsroom,
                library=press.library,
                gists=press.gists,
                pictures=press.pictures,
                picture_path=press.picture_path,
            )
        ),
    )


def proofread_again(
    stories: Iterable[Story],
    newsroom: Newsroom,
    press: Press,
    resolver: Links,
    ids: Ids,
    whole: Callable[[Story], Story],
) -> tuple[Problem, ...]:
    """The same of these stories alone."""
    listed = tuple(stories)
    only = replace(newsroom, stories=listed, unsound=(), editions=(), metrics=())
    texts = (one for one in listed if seen(one, press.library))
    return proofread(texts, only, press, resolver, ids, whole)


def seen(story: Story, library: Library) -> bool:
    """Whether a story is among those that are shown."""
    return library.versions.get(story.work, {}).get(story.lang) is story


def milder_in_drafts(problems: Iterable[Problem], newsroom: Newsroom) -> tuple[Problem, ...]:
    """Problems in drafts are warnings: nobody sees a draft yet."""
    drafts = {story.file for story in newsroom.stories if story.status is Status.DRAFT}
    drafts |= {w.file for one in newsroom.editions if one.status is Status.DRAFT for w in one.words}
    drafts |= {one.file for one in newsroom.said if one.status is Status.DRAFT}
    return tuple(
        replace(problem, level=Level.WARNING)
        if problem.file in drafts and problem.level is Level.ERROR
        else problem
        for problem in problems
    )

"""An edit of words alone, for a program that stays: what was arranged and planned stays, and is not thought through again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from builder.desk.newsroom import Memory, Prepared, Read, go_on, read
from builder.desk.pictures import same_pictures
from builder.desk.proofreading import milder_in_drafts, proofread_again
from builder.desk.setting import Desk
from builder.model.newsletter import Newsroom
from builder.model.sources import Sources
from builder.model.story import Story


def prepare_again(sources: Sources, desk: Desk, memory: Memory | None) -> Prepared:
    """What `newsroom.prepare` gives, with as little thought as what is in `memory` allows; it is put there for the next time."""
    given = read(sources, desk, memory)
    last = memory.last if memory else None
    prepared = (retouched(last, given, desk) if last else None) or go_on(given, desk, memory=memory)
    if memory:
        memory.last = prepared
    return prepared


def retouched(before: Prepared, given: Read, desk: Desk) -> Prepared | None:
    """What `newsroom.go_on` would give, from what it gave before; None where more than the words of stories changed.

    The words of a story decide its page, its excerpt and what is wrong with it. Its front matter, its headings and its
    pictures decide more, so they must be as they were, and so must all else that was read, and what time decides.
    """
    changed = _changed(before, given)
    if changed is None or not _same_around(before, given, desk):
        return None
    versions = dict(before.library.versions)
    for old, new in changed:
        here = versions.get(new.work, {})
        if here.get(new.lang) is old:
            versions[new.work] = {**here, new.lang: new}
    library = replace(before.library, newsroom=given.newsroom, now=desk.now, versions=versions)
    galleys = given.galleys
    galleys.inherit(before.galleys)
    press = replace(
        before.press, library=library, gists=galleys.gists, parts=galleys.parts, marks=galleys.marks
    )
    files = {new.file for _, new in changed}
    proofs = (
        *(one for one in before.proofs if one.file not in files),
        *proofread_again(
            (new for _, new in changed), given.newsroom, press, before.resolver, before.ids, galleys.whole
        ),
    )
    problems = (*given.problems, *before.settled, *galleys.left_unanswered(library), *proofs)
    return replace(
        before,
        newsroom=given.newsroom,
        library=library,
        press=press,
        galleys=galleys,
        proofs=proofs,
        problems=milder_in_drafts(problems, given.newsroom),
    )


def _changed(before: Prepared, given: Read) -> list[tuple[Story, Story]] | None:
    """The stories that are others now, each with what it was; None where they differ in more than their words."""
    old, new = before.newsroom.stories, given.newsroom.stories
    if len(old) != len(new):
        return None
    found = [(one, other) for one, other in zip(old, new, strict=True) if one is not other]
    gists, fresh = before.press.gists, given.galleys.gists
    for one, other in found:
        if replace(other, body=one.body, body_line=one.body_line) != one:
            return None
        then, now = gists[one.file], fresh[other.file]
        if then.ids != now.ids or then.images != now.images:
            return None
    return found


def _same_around(before: Prepared, given: Read, desk: Desk) -> bool:
    """Whether all but the stories is as it was: what else was read, the theme, and what time decides."""
    library = before.library
    return (
        _others(before.newsroom) == _others(given.newsroom)
        and before.theme == desk.theme
        and library.audience is desk.audience
        and library.now <= desk.now
        and (library.until is None or desk.now < library.until)
        and same_pictures(before.picture_marks, desk)
    )


def _others(newsroom: Newsroom) -> Mapping[str, object]:
    return {one.name: getattr(newsroom, one.name) for one in fields(Newsroom) if one.name != "stories"}

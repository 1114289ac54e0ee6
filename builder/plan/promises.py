"""Addresses that were published and are gone: each was a promise to whoever kept the link."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model.library import Library
from builder.model.manifest import Manifest
from builder.model.page import Plan
from builder.problem import Level, Problem, guess


def broken(old: Manifest, library: Library, plan: Plan) -> Iterator[Problem]:
    """A warning for each story's address in `old` that neither a page nor an alias answers any more.

    A story that is a draft again, has expired or is for others was taken down on purpose, and is no broken promise.
    """
    versions = {story.version for story in library.newsroom.stories}
    shown = {work for entry in old.files.values() for work in entry.works}
    fresh = {story.id: story for story in library.stories if story.version not in shown}
    for address, entry in sorted(old.files.items()):
        kind, _, version = entry.subject.partition(":")
        if kind != "story" or address in plan.addresses or version in versions:
            continue
        id = address.rpartition("/")[2].partition(".")[0]
        near = guess(id, fresh) or (next(iter(fresh)) if len(fresh) == 1 else "")
        story = fresh.get(near)
        yield Problem(
            code="address-gone",
            level=Level.WARNING,
            file=story.file if story else "stories",
            message=f"nothing answers at {address} any more, where something was published",
            mend=f"If the story has a new name, add `aliases: [{id}]` to it, and the old link leads to it. "
            "If it was taken down, all is well.",
            guess=near,
        )

"""Addresses that were published and are gone: each was a promise to whoever kept the link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.model.library import Library
from builder.model.manifest import Manifest
from builder.model.page import Plan
from builder.problem import Level, Problem, guess


def broken(old: Manifest, library: Library, plan: Plan) -> Iterator[Problem]:
    """A warning for each address of a story or an edition in `old` that neither a page nor an alias answers any more.

    One that is a draft again, has expired or is for others was taken down on purpose, and is no broken promise.
    Nor is one whose file has an error today: that is said already, and its page comes back with it.
    """
    versions = {story.version for story in library.newsroom.stories}
    editions = {one.id for one in library.newsroom.editions}
    lost = {PurePosixPath(file).name.partition(".")[0] for file in library.newsroom.lost}
    shown = {work for entry in old.files.values() for work in entry.works}
    stories = {one.id: one.file for one in library.stories if one.version not in shown}
    others = {one.id: one.file for one in library.editions if f"edition:{one.id}" not in shown}
    for address, entry in sorted(old.files.items()):
        kind, _, about = entry.subject.partition(":")
        known, fresh = (versions, stories) if kind == "story" else (editions, others)
        if kind not in ("story", "edition") or address in plan.at or about in known:
            continue
        id = address.rpartition("/")[2].partition(".")[0]
        if id in lost:
            continue
        near = guess(id, fresh) or (next(iter(fresh)) if len(fresh) == 1 else "")
        yield Problem(
            code="address-gone",
            level=Level.WARNING,
            file=fresh.get(near, "stories" if kind == "story" else "stories/editions"),
            message=f"{'a story' if kind == 'story' else 'an edition'} was published at {address}, and nothing answers "
            "there any more",
            mend=f"If it has a new name, add to its front matter  aliases: [{id}] ; if it was taken down, all is well.",
        )

"""Pictures made ready once, and read only when their turn comes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from builder.desk.setting import Desk
from builder.load.kept import Form
from builder.model.body import Gist
from builder.model.library import Library
from builder.model.picture import Derived
from builder.plan.links import picture_path
from builder.problem import Level, Problem
from builder.render.pictures import derive
from builder.render.press import Press

Marks = Mapping[str, str]
"""The mark of each picture's bytes, by its path inside `stories/`."""


def made_ready(
    library: Library, gists: Mapping[str, Gist], desk: Desk
) -> tuple[dict[str, Derived], Marks, list[Problem]]:
    """The pictures that visible stories and editions use, made ready, with the marks of their bytes.

    Each is read only when its turn comes.
    """
    wanted: dict[str, None] = {}
    for story in library.stories:
        if story.picture:
            wanted[story.picture.file] = None
        for image in gists[story.file].images:
            wanted[picture_path(image.target, story.file)] = None
    for one in library.editions:
        for said in one.words:
            for image in gists[said.file].images:
                wanted[picture_path(image.target, said.file)] = None
    made: dict[str, Derived] = {}
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(wanted):
        if path not in library.newsroom.pictures:
            continue
        try:
            keys[path] = desk.picture_mark(path)
        except OSError as fault:
            problems.append(unreadable(path, fault))
    kept = desk.keep.get_all("picture", keys.values())
    missing = []
    for path, key in keys.items():
        known = _PICTURES.taken_out(kept.get(key, b""))
        if known is None:
            missing.append(path)
        else:
            made[path] = known
    if missing:
        desk.tell(f"making {len(missing)} pictures ready")

    def make(path: str) -> Derived | Problem:
        try:
            return derive(path, desk.open_picture(path))
        except OSError as fault:
            return unreadable(path, fault)

    for path, result in zip(missing, desk.spread(make, missing), strict=True):
        if isinstance(result, Problem):
            problems.append(result)
            continue
        made[path] = replace(result, data=b"")
        desk.keep.put("picture", keys[path], _PICTURES.put_away(made[path]))
        desk.keep.put("picture-data", result.digest, result.data)
    return made, keys, problems


_PICTURES = Form[Derived](Derived)


def picture_data(picture: Derived, press: Press, desk: Desk) -> bytes:
    """The bytes of a picture that was made ready. Raises OSError where it has to be made again and cannot be read."""
    kept = desk.keep.get("picture-data", picture.digest)
    if kept is not None:
        return kept
    path = next(path for path, one in press.pictures.items() if one.digest == picture.digest)
    again = derive(path, desk.open_picture(path))
    return again.data if isinstance(again, Derived) else b""


def unreadable(inside: str, fault: OSError) -> Problem:
    """Why a picture or file inside `stories/` could not be read when its turn came."""
    return Problem(
        code="unreadable",
        level=Level.ERROR,
        file=f"stories/{inside}",
        message=f"the computer does not let this be read: {(fault.strerror or 'it is not there').lower()}",
        mend="Look at its owner and permissions and, if it is a link, at where it leads.",
    )


def same_pictures(before: Marks, desk: Desk) -> bool:
    """Whether these pictures are as they were."""
    with suppress(OSError):
        return all(desk.picture_mark(path) == mark for path, mark in before.items())
    return False

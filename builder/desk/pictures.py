"""Pictures made ready once, and read only when their turn comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from builder.desk.setting import Desk
from builder.load import kept
from builder.model.body import Gist
from builder.model.library import Library
from builder.model.newsletter import Newsroom
from builder.model.person import Form, Narrowing
from builder.model.picture import Derived
from builder.plan.links import picture_path
from builder.problem import Level, Problem
from builder.render.pictures import derive
from builder.render.press import Press

Marks = Mapping[str, str]
"""The mark of each picture's bytes, by its path inside `stories/`."""


def uses(library: Library, gists: Mapping[str, Gist]) -> Iterator[tuple[str, str, tuple[Narrowing, ...]]]:
    """Each picture that a visible text shows, by its path; with the work that shows it, and what narrows consent there."""
    for story in library.stories:
        for image in gists[story.file].images:
            yield picture_path(image.target, story.file), story.version, story.narrowings
        if story.picture:
            yield story.picture.file, story.version, story.narrowings
    for one in library.editions:
        for said in one.words:
            for image in gists[said.file].images:
                yield picture_path(image.target, said.file), f"edition:{one.id}", ()


def seen_with(
    people: Iterable[str], library: Library, narrowings: tuple[Narrowing, ...]
) -> dict[str, Form] | None:
    """The people on a picture, each with the form in which they are named; None where one may not be shown there."""
    forms = {person: library.consent.form(person, narrowings) for person in people}
    allowed = {person: form for person, form in forms.items() if form is not None}
    return allowed if len(allowed) == len(forms) else None


def made_ready(
    library: Library, gists: Mapping[str, Gist], desk: Desk
) -> tuple[dict[str, Derived], Marks, list[Problem]]:
    """The pictures that visible stories and editions show, made ready, with the marks of their bytes.

    Each is read only when its turn comes, and one that nobody may see today not at all: so it is kept nowhere.
    """
    shown = shown_on(library.newsroom)
    wanted = {
        path
        for path, _, narrowings in uses(library, gists)
        if seen_with(shown.get(path, ()), library, narrowings) is not None
    }
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
    known_before = desk.keep.get_all("picture", keys.values())
    missing = []
    for path, key in keys.items():
        known = _PICTURES.taken_out(known_before.get(key, b""))
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
        _keep_data(result, desk)
        made[path] = _measured(result)
        desk.keep.put("picture", keys[path], _PICTURES.put_away(made[path]))
    # Their bytes are asked for only where a site does not have them yet.
    desk.keep.use("picture-data", (file.digest for one in made.values() for file in one.renditions))
    return made, keys, problems


def shown_on(newsroom: Newsroom) -> dict[str, frozenset[str]]:
    """Who is to be seen on each picture: whoever any story says, ready or not, whichever page it then stands on."""
    shown: dict[str, frozenset[str]] = {}
    for story in (*newsroom.stories, *newsroom.unsound):
        if story.picture:
            path = story.picture.file
            shown[path] = shown.get(path, frozenset()) | frozenset(story.picture.shows)
    return shown


_PICTURES = kept.Form[Derived](Derived)


def _measured(picture: Derived) -> Derived:
    """What is known of a picture, without its bytes."""
    return replace(
        picture,
        webp=tuple(replace(file, data=b"") for file in picture.webp),
        plain=replace(picture.plain, data=b""),
    )


def _keep_data(picture: Derived, desk: Desk) -> None:
    for file in picture.renditions:
        desk.keep.put("picture-data", file.digest, file.data)


def drawn(svg: str, desk: Desk) -> bytes:
    """The PNG of a drawing, drawn once: that takes longer than all else about a mail. Raises ValueError when it is no drawing."""
    key = sha256(svg.encode("utf-8")).hexdigest()
    data = desk.keep.get("drawing", key)
    if data is None:
        data = desk.draw(svg)
        desk.keep.put("drawing", key, data)
    return data


def picture_data(digest: str, press: Press, desk: Desk) -> bytes:
    """The bytes of a rendition that was made ready. Raises OSError where it has to be made again and cannot be read."""
    data = desk.keep.get("picture-data", digest)
    if data is not None:
        return data
    path = next(
        path for path, one in press.pictures.items() if any(file.digest == digest for file in one.renditions)
    )
    again = derive(path, desk.open_picture(path))
    if not isinstance(again, Derived):
        return b""
    _keep_data(again, desk)  # its other widths are asked for next
    return next((file.data for file in again.renditions if file.digest == digest), b"")


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

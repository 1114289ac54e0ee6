"""The picture beside a story: which file it is, and what it says to whoever cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from builder.load.forms import PictureForm, StoryForm
from builder.load.manuscripts import Manuscript
from builder.load.passages import Known
from builder.model.story import Picture
from builder.model.text import Text
from builder.problem import Level, Problem, guess


def picture_of(
    form: StoryForm, manuscript: Manuscript, original: Manuscript | None, known: Known, imported: bool
) -> tuple[Picture | None, list[Problem]]:
    """A story's picture, a translation's from its original where it names none; None, and why, where it cannot be shown."""
    if form.picture is None:
        return None, []
    head = manuscript.article.head
    file = form.picture.file
    from_original = original is not None and not (manuscript.data.get("picture") or {}).get("file")
    folder = PurePosixPath((original if original and from_original else manuscript).source.path).parent
    path = normpath((folder / file).as_posix()) if file else ""
    path = path.removeprefix("stories/")
    if path not in known.pictures and from_original:
        return None, []  # said once, with the original
    if not file or path not in known.pictures:
        near = guess(
            file, (PurePosixPath(one).name for one in known.pictures if one.startswith(folder.name + "/"))
        )
        return None, [
            manuscript.page.problem(
                "picture-missing",
                f"there is no picture `{file}` beside this story"
                if file
                else "`picture:` does not say which file it is",
                f"Put the file into {folder.as_posix()}/, or correct its name (capitals count)."
                if file
                else "Add, below `picture:` and beginning with two spaces,  file: umbrella.png",
                at=head.at(("picture", "file")) if file else head.key_at(("picture",)),
                guess=near,
            )
        ]
    alt = (form.picture.alt or "").strip()
    return Picture(
        file=path,
        alt=Text.written(alt),
        credit=Text.written(form.picture.credit.strip()),
        shows=tuple(form.picture.shows),
    ), list(_alt_or_decoration(form.picture, alt, manuscript, imported))


def _alt_or_decoration(
    form: PictureForm, alt: str, manuscript: Manuscript, imported: bool
) -> Iterator[Problem]:
    """A picture either says something, and then in words too, or it only decorates, and somebody said so."""
    head, here = manuscript.article.head, "picture" in manuscript.data
    if alt and form.decoration:
        yield manuscript.page.problem(
            "alt-of-decoration",
            "the picture has an `alt:`, and `decoration: true` says that there is nothing to tell of it",
            "Take out one of the two lines. Until then the `alt:` is read to those who cannot see the picture.",
            at=head.key_at(("picture", "alt")),
            level=Level.WARNING,
        )
    if alt or form.decoration:
        return
    empty = form.alt is not None
    yield manuscript.page.problem(
        "alt-missing",
        "the picture has an empty `alt:`, so whoever cannot see it learns nothing of it"
        if empty
        else "the picture has no `alt:`, so whoever cannot see it learns nothing of it",
        "Write behind  alt:  what it shows, in this story's language; or, if it only decorates, put  decoration: true  in place of it."
        if empty
        else "Add a line  alt: ...  with what it shows, in this story's language, or  decoration: true  if it only decorates."
        if here
        else "Add  picture: {alt: ...}  with what it shows, in the language of this translation.",
        at=head.key_at(("picture", "alt")) if empty else head.key_at(("picture",)) if here else (0, 0),
        level=Level.WARNING if imported else Level.ERROR,
    )

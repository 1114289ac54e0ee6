"""Files that are missing, astray or shut, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable

from builder.problem import Level, Problem, guess

KNOWN = (
    "newsletter.yaml",
    "people.yaml",
    "teams.yaml",
    "editions",
    "metrics",
    "files",
    "voices",
    "commitments",
    "promises",
    "corrections",
    "approvals",
    "programme",
)
"""What stands in `stories/` beside the folders of the years."""


def no_newsroom(folder: str) -> Problem:
    return _error(
        "no-newsroom",
        folder,
        "there is no newsroom here: a newsroom is a folder with stories/newsletter.yaml in it",
        "Go to the newsroom's folder and try again, or make a new one:  yearround init DIR",
    )


def settings_missing(near: str) -> Problem:
    return _error(
        "settings-missing",
        "stories/newsletter.yaml",
        "the settings file is missing",
        f"Rename {near} to newsletter.yaml."
        if near
        else "Put newsletter.yaml into stories/; a new newsroom has one:  yearround init DIR",
    )


def people_missing(file: str) -> Problem:
    return _error(
        "people-missing",
        file,
        "the people file should be here and is not, so nobody's consent is known and nothing is built",
        "Correct the path after --people or in YEARROUND_PEOPLE, or put the file there.",
    )


def answers_inside(file: str) -> Problem:
    return _error(
        "answers-inside",
        file,
        "this file lies in the newsroom, where what people answered would be kept for ever and copied by everyone",
        "Move it out of this folder, to where few can read it, and name it there.",
    )


def unreadable(file: str, reason: str) -> Problem:
    return _error(
        "unreadable",
        file,
        f"the computer does not let this be read: {(reason or 'no reason is given').lower()}",
        "Look at its owner and permissions, or ask whoever looks after the computer: the build must be able to read it.",
    )


def link_to_nowhere(file: str) -> Problem:
    return _error(
        "unreadable",
        file,
        "this is a link, and what it leads to is not there",
        "Put a copy of the file itself here.",
    )


def link_out(file: str) -> Problem:
    return _error(
        "leads-out",
        file,
        "this is a link to something outside the newsroom, and such links are not followed",
        "Put a copy of what it leads to here instead.",
    )


def link_to_folder(file: str) -> Problem:
    return _error(
        "leads-out",
        file,
        "this is a link to a folder, which is followed only directly in stories/",
        "Put the folder itself here.",
    )


def too_large(file: str, size: int, most: int) -> Problem:
    return _error(
        "too-large",
        file,
        f"this file has {size:,} bytes, and {most:,} are the most for a text",
        "Split it; a picture stands beside its story, and a document in stories/files/.",
    )


def unnamed(file: str) -> Problem:
    return _error(
        "name-encoding",
        file.encode("utf-8", "replace").decode("utf-8"),
        "this file's name is in another encoding than UTF-8, so no link could lead to it",
        "Rename it; small letters a-z, digits and hyphens are safe everywhere.",
    )


def stray(file: str, *, is_folder: bool) -> Problem:
    """What stands in `stories/` and will never be read, because of its name or place."""
    near = guess(file.rpartition("/")[2], KNOWN)
    if file.endswith(".md"):
        mend = "A story stands in the folder of its year: move it to stories/2026/, or whichever year it is."
    elif near:
        mend = "Correct its name."
    elif is_folder:
        mend = "Move it out of stories/; documents that readers should get belong into stories/files/."
    else:
        mend = "Move it out of stories/, or into stories/files/ if readers should get it."
    what = "folder" if is_folder else "file"
    message = f"nothing of this {what} is read: stories/ has no place for this name"
    return _not_read(file, message, mend, near)


def of_another_kind(file: str, folder: str, suffix: str, kinds: Iterable[str]) -> Problem:
    """What stands in a folder for files of one kind and is of another; `kinds` are endings that nearly are that one."""
    stem, _, ending = file.rpartition("/")[2].rpartition(".")
    return _not_read(
        file,
        f"this file is not read: {folder}/ holds files that end in {suffix}, and no folders",
        "Correct its name, or move it elsewhere.",
        stem + suffix if f".{ending}" in kinds else "",
    )


def _error(code: str, file: str, message: str, mend: str) -> Problem:
    return Problem(code=code, level=Level.ERROR, file=file, message=message, mend=mend)


def _not_read(file: str, message: str, mend: str, near: str) -> Problem:
    return Problem(code="stray", level=Level.WARNING, file=file, message=message, mend=mend, guess=near)

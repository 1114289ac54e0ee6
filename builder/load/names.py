"""What the path of a foreign post tells: its name, its date and its language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize

from builder.load.dates import day_of
from builder.load.kinds import Wrong, slug, tag

DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<name>.+))?")
_GREEK = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
)


@dataclass(frozen=True, slots=True)
class Called:
    """A file's path taken apart: what it tells of a post's name, date and language."""

    folder: str
    stem: str
    date: str
    language: str


def take_apart(path: str, languages: Iterable[str]) -> Called:
    """`_posts/2023-04-05-night.fa.md`, `2023/04/05/night.md`, `night/index.fa.md` or `fa/night.md`, taken apart."""
    pure = PurePosixPath(path)
    folders = list(pure.parts[:-1])
    stem, _, suffix = pure.stem.rpartition(".")
    try:
        language = tag(suffix) if stem else ""
    except Wrong:
        language = ""
    if not language:
        stem = pure.stem
    if stem in ("index", "_index") and folders:
        stem = folders.pop()
    if not language:
        language = next((folder for folder in reversed(folders) if folder in languages), "")
        if language:
            folders.remove(language)
    date = ""
    dated = DATED.fullmatch(stem)
    if dated and day_of(dated["date"]):
        date, stem = day_of(dated["date"]), dated["name"] or stem
    elif len(folders) >= 3:
        date = day_of("-".join(folders[-3:]))
    return Called(folder="/".join(folders), stem=stem, date=date, language=language)


def id_of(name: str) -> str:
    """An id made of a name, or "" when less than half of its letters have a place in one."""
    plain = normalize("NFD", name.casefold())
    greek = slug(plain.translate(_GREEK))
    letters = sum(one.isalnum() for one in name)
    kept = sum(one != "-" for one in greek)
    return greek if letters and kept * 2 >= letters and greek != "index" else ""


def folded(name: str) -> str:
    """A name as links are compared: the same letters, whatever their case and composition."""
    return normalize("NFC", name).casefold().strip()

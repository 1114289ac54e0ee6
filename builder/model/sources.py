"""What was found on disk, as bytes: the newsroom's files before anyone has understood them."""

from __future__ import annotations

from dataclasses import dataclass

from builder.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file: `path` from the newsroom's folder with forward slashes (`stories/2026/night.md`), and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A newsroom's files, sorted by path.

    `pictures` are paths inside `stories/` of files that may be pictures; their bytes are read when needed. `files`
    are paths inside `stories/files/`, published as they are. `problems` are of the reading itself.
    `people_unread`: the people file is there and cannot be read, which is not the same as nobody in it.
    """

    settings: SourceFile | None
    people: SourceFile | None
    teams: SourceFile | None
    stories: tuple[SourceFile, ...] = ()
    editions: tuple[SourceFile, ...] = ()
    metrics: tuple[SourceFile, ...] = ()
    voices: tuple[SourceFile, ...] = ()
    commitments: tuple[SourceFile, ...] = ()
    promises: tuple[SourceFile, ...] = ()
    corrections: tuple[SourceFile, ...] = ()
    approvals: tuple[SourceFile, ...] = ()
    pictures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    people_unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme: `templates` are texts by name, `words` files by language, `assets` bytes by path under `assets/`.

    `own_words` are a newsroom's own, which come over those of the theme.
    """

    templates: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, SourceFile], ...]
    assets: tuple[tuple[str, bytes], ...]
    own_words: tuple[tuple[str, SourceFile], ...] = ()

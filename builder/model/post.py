"""A post of another blog, on its way to become a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.model.sources import SourceFile
from builder.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog:
    """A folder with a blog in it: `posts` are its Markdown files, `files` the paths of all others.

    All paths are from the blog's folder, with forward slashes.
    """

    posts: tuple[SourceFile, ...]
    files: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a post: line and column from 1, and the line itself."""

    line: int = 0
    column: int = 0
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture in the text of a post. `html` says that it was written as an `<img>`, whose tag is `written`."""

    target: str
    alt: str
    written: str
    spot: Spot
    html: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Where a link in the text of a post leads; its words are the text around it."""

    target: str
    spot: Spot


Body = tuple[str | Shown | Pointed, ...]
"""The text of a post, with places for what must be found again in the newsroom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The picture that front matter gives a post. `given` are the keys it came from, for when it cannot be brought."""

    target: str
    alt: str | None
    credit: str
    spot: Spot
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, understood.

    `name` is an id made from its slug or its file's name, "" where nothing can be made of either; `names` are the
    words that links call it by, folded. `keys` are what it shares with its translations, the surest first. `date`
    is written as our stories write it. `front` holds what has a key of ours (by, tags, summary, status, publish,
    expires), `extra` what has none, `empty` the keys with nothing behind them.
    """

    file: str
    sha256: str
    title: str
    date: str
    lang: str
    name: str
    slug: str
    key: str
    keys: tuple[str, ...]
    names: frozenset[str]
    aliases: tuple[str, ...]
    front: Mapping[str, Any]
    extra: Mapping[str, Any]
    body: Body
    cover: Cover | None = None
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A story of the newsroom that was imported before: `file` is its path inside `stories/`."""

    file: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A post with its place: `file` is the path inside `stories/`, `id` the story's.

    `kept` says that it is there already and is left alone; `original` is the id of the story that it translates,
    where their ids differ, `original_file` the path in the blog of that story's post; `says_language` that its file's name or the default already tells its language; `alone`
    that it has no translations.
    """

    post: Post
    file: str
    id: str
    kept: bool = False
    changed: bool = False
    original: str = ""
    original_file: str = ""
    says_language: bool = False
    alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A picture of the blog as it was found: the digest of its bytes, and why it cannot be taken ("": it can)."""

    sha256: str
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A post as the story it becomes: front matter in the order of writing, and Markdown.

    `pictures` are (path inside `stories/`, path in the blog) pairs that it needs.
    """

    placed: Placed
    front: Mapping[str, Any]
    body: str
    pictures: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of an import, by paths in the blog and inside `stories/`; counts go by front-matter key.

    `written` are (from, to, language), `already` (from, to, whether the post has changed since), `pictures` (from, to).

    What was left out, lost its picture or leads nowhere is a Problem, so that it can be shown at its place.
    """

    written: tuple[tuple[str, str, str], ...] = ()
    already: tuple[tuple[str, str, bool], ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, int] = field(default_factory=dict)
    empty: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

"""Where the pictures and links of imported posts lead once they stand in the newsroom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath, relpath
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from builder.model.post import Brought, Cover, Placed, Pointed, Post, Shown, Spot, Written
from builder.plan.imports import House
from builder.plan.routes import Routes
from builder.problem import Level, Problem

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SEEN = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".avif"))
_PICTURE_FOLDERS = ("", "static", "assets", "images", "content")
_SAYS_NOTHING = re.compile(
    r"[\w\s().-]+\.\w{3,4}|(?:image|img|photo|picture|screenshot)?[\s\d_-]*", re.IGNORECASE
)
_TITLE = re.compile(r"""\s("[^"\n]*"|'[^'\n]*')\s*\)$""")
_SRC = re.compile(r"""\bsrc\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_NEUTRAL: tuple[tuple[str, Any], ...] = (
    ("by", ""),
    ("tags", []),
    ("picture", None),
    ("status", "ready"),
    ("publish", None),
    ("expires", None),
)
"""What a translation must say to get nothing of its original that its own post did not have."""


def found_in(post: Post, target: str, files: Mapping[str, str]) -> str:
    """The path in the blog of the file that `target` means in `post`, or ""; `files` are those paths by their NFC form."""
    path = normalize("NFC", unquote(re.split(r"[?#]", target)[0]))
    if not path or _SCHEME.match(target) or target.startswith("//"):
        return ""
    beside = [] if path.startswith("/") else [normpath(join(dirname(post.file), path))]
    below = [normpath(join(folder, path.lstrip("/"))) for folder in _PICTURE_FOLDERS]
    return next(
        (files[normalize("NFC", one)] for one in (*beside, *below) if normalize("NFC", one) in files), ""
    )


def by_composition(files: Iterable[str]) -> Mapping[str, str]:
    """Paths by their NFC form: a name typed on one system and stored by another may be composed differently."""
    return {normalize("NFC", file): file for file in sorted(files)}


def wanted(placed: Iterable[Placed], files: Mapping[str, str]) -> tuple[str, ...]:
    """The paths in the blog of all pictures that new stories show."""
    found: set[str] = set()
    for one in placed:
        if not one.kept:
            found.update(found_in(one.post, target, files) for target in _targets(one.post))
    return tuple(sorted(path for path in found if PurePosixPath(path).suffix.lower() in _SEEN))


def _targets(post: Post) -> Iterator[str]:
    if post.cover:
        yield post.cover.target
    yield from (part.target for part in post.body if isinstance(part, Shown))


def settle(
    placed: Sequence[Placed],
    files: Mapping[str, str],
    brought: Mapping[str, Brought],
    house: House,
    digest_of: Callable[[str], str],
) -> tuple[Written, ...]:
    """Each new post as the story it becomes.

    `brought` are the blog's pictures that were looked at, by path; `digest_of` tells the digest of a picture of the
    newsroom, so that the same picture is not copied a second time.
    """
    routes = Routes(placed, house)
    album = _Album(files, brought, house, digest_of)
    aliases = set(house.aliases)
    fronts: dict[str, Mapping[str, Any]] = {}
    written: list[Written] = []
    for one in sorted(
        placed, key=lambda one: bool(one.original_file)
    ):  # originals first: translations look at them
        if one.kept:
            continue
        story = _Moving(one, routes, album).story(
            _aliases(one, aliases, house), fronts.get(one.original_file, {})
        )
        fronts[one.post.file] = story.front
        written.append(story)
    return tuple(sorted(written, key=lambda story: story.placed.file))


def _aliases(placed: Placed, taken: set[str], house: House) -> list[str]:
    """The former addresses of a post that no other story has, and that are none of our own pages."""
    free = []
    for alias in placed.post.aliases:
        first = alias.strip("/").split("/")
        ours = first[0] in house.languages and (
            len(first) == 1 or first[1] in ("stories", "heroes", "editions")
        )
        if alias.casefold() not in taken and not ours and alias.strip("/") != placed.id:
            taken.add(alias.casefold())
            free.append(alias)
    return free


class _Album:
    """The pictures of an import and the names they get: each copied once per folder, under a safe name."""

    def __init__(
        self,
        files: Mapping[str, str],
        brought: Mapping[str, Brought],
        house: House,
        digest_of: Callable[[str], str],
    ) -> None:
        self._files = files
        self._brought = brought
        self._house = house
        self._digest_of = digest_of
        self._named: dict[str, str] = {}

    def find(self, post: Post, target: str) -> str:
        return found_in(post, target, self._files)

    def why_not(self, path: str, target: str) -> tuple[str, str, str]:
        """Why a picture is not taken, as (code, message, mend); the code is "" when it is."""
        if target.startswith("data:"):
            return (
                "post-picture-remote",
                "this picture is written into the text itself",
                "Save it as a file beside the story.",
            )
        if _SCHEME.match(target) or target.startswith("//"):
            return (
                "post-picture-remote",
                f"`{target}` is on another host, and pictures of other hosts are never shown",
                "Save it beside the story and show it from there, if you may.",
            )
        if not path:
            return (
                "post-picture-absent",
                f"`{target}` is not in the blog's folder",
                "Put the file beside the story; or name the blog's whole folder, so that its pictures are found.",
            )
        if PurePosixPath(path).suffix.lower() not in _SEEN:
            return (
                "post-picture-kind",
                f"`{path}` is of a kind that is not shown",
                "Export it as PNG or JPEG.",
            )
        refused = self._brought[path].refused if path in self._brought else "it could not be read"
        if refused:
            return (
                "post-picture-kind",
                f"`{path}`: {refused}",
                "Open it in a picture program and save it again.",
            )
        return "", "", ""

    def name(self, path: str, folder: str) -> str:
        """Where a picture stands inside `stories/`; the same bytes stand there once."""
        digest = self._brought[path].sha256
        pure = PurePosixPath(path)
        plain = "".join(
            one if one.isascii() and one.isalnum() else "-" for one in normalize("NFKD", pure.stem.lower())
        )
        stem = "-".join(part for part in plain.split("-") if part)[:60] or "picture"
        for name in (stem, f"{stem[:50]}-{digest[:8]}"):
            place = f"{folder}/{name}{pure.suffix.lower()}"
            there = self._named.get(place) or (
                self._digest_of(place) if place in self._house.pictures else ""
            )
            if there in ("", digest):
                self._named[place] = digest
                return place
        return f"{folder}/{digest}{pure.suffix.lower()}"


class _Moving:
    """One post on its way into its file."""

    def __init__(self, placed: Placed, routes: Routes, album: _Album) -> None:
        self.placed = placed
        self.post = placed.post
        self.routes = routes
        self.album = album
        self.pictures: dict[str, str] = {}
        self.problems: list[Problem] = []

    def story(self, aliases: list[str], original: Mapping[str, Any]) -> Written:
        body = "".join(self._part(part) for part in self.post.body)
        front = self._front(aliases, original)
        return Written(
            placed=self.placed,
            front=front,
            body=body.strip("\n") + "\n",
            pictures=tuple(sorted(self.pictures.items())),
            problems=tuple(self.problems),
        )

    def _front(self, aliases: list[str], original: Mapping[str, Any]) -> Mapping[str, Any]:
        post = self.post
        picture, left = self._cover(post.cover)
        extra = {**post.extra, **left}
        gone = [alias for alias in post.aliases if alias not in aliases]
        if gone:
            extra["aliases" if "aliases" not in extra else "old_addresses"] = gone
            self._say(
                "post-alias",
                f"another page has the address {gone[0]}",
                "It stays with that page, and is kept here under `extra:`; nothing needs doing.",
                Spot(),
                Level.HINT,
            )
        if post.slug and post.slug != self.placed.id:
            extra.setdefault("slug", post.slug)
        if post.key and self.placed.alone:
            extra.setdefault("translation_key", post.key)
        if "imported" in extra:
            extra["imported_before"] = extra.pop("imported")
        whole = {
            "title": post.title,
            "date": post.date,
            "lang": "" if self.placed.says_language else post.lang,
            "translation_of": self.placed.original,
            "by": post.front.get("by"),
            "tags": post.front.get("tags"),
            "summary": post.front.get("summary"),
            "picture": picture,
            "status": post.front.get("status"),
            "publish": post.front.get("publish"),
            "expires": post.front.get("expires"),
            "aliases": aliases,
        }
        front = {key: value for key, value in whole.items() if value}
        for key, nothing in _NEUTRAL:
            if original.get(key) and key not in front:
                front[key] = nothing
        return front | {"extra": {"imported": {"from": post.file, "sha256": post.sha256}, **extra}}

    def _cover(self, cover: Cover | None) -> tuple[Mapping[str, Any] | None, Mapping[str, Any]]:
        """The story's picture, and what stays under `extra` when there is none."""
        if cover is None:
            return None, {}
        name = self._bring(cover.target, cover.spot)
        if not name:
            return None, cover.given
        picture = {"file": name, "alt": cover.alt, "credit": cover.credit}
        return {key: value for key, value in picture.items() if value}, {}

    def _part(self, part: str | Shown | Pointed) -> str:
        if isinstance(part, str):
            return part
        return self._shown(part) if isinstance(part, Shown) else self._pointed(part)

    def _shown(self, shown: Shown) -> str:
        name = self._bring(shown.target, shown.spot)
        if name and shown.html:
            return _SRC.sub(lambda _: f'src="{name}"', shown.written, count=1)
        if name:
            title = _TITLE.search(shown.written)
            return f"![{_bracketed(shown.alt)}]({name}{' ' + title[1] if title else ''})"
        words = "" if _SAYS_NOTHING.fullmatch(shown.alt) else shown.alt
        if not words and shown.linked:  # a link must have words
            words = PurePosixPath(unquote(shown.target)).stem or "…"
        if not words:
            return ""
        return f"<em>{escape(words, quote=False)}</em>" if shown.html else f"*{_bracketed(words)}*"

    def _bring(self, target: str, spot: Spot) -> str:
        """The name of a picture beside the story, or "" with the reason said."""
        path = self.album.find(self.post, target)
        code, message, mend = self.album.why_not(path, target)
        if code:
            self._say(code, message, mend, spot, Level.WARNING)
            return ""
        folder = dirname(self.placed.file)
        place = self.album.name(path, folder)
        self.pictures[place] = path
        return place.removeprefix(folder + "/")

    def _pointed(self, pointed: Pointed) -> str:
        target = pointed.target
        if _SCHEME.match(target) or target.startswith(("#", "//")) or not target:
            return target
        to = self.routes.find(self.placed, target)
        if to:
            fragment = target.partition("#")[2]
            return relpath(to.file, dirname(self.placed.file)) + (f"#{fragment}" if fragment else "")
        self._say(
            "post-link",
            f"this links to `{target}`, which is not one of the posts",
            "Link to a story by its file's name (other-story.md), put a document into stories/files/, or take the link out.",
            pointed.spot,
            Level.WARNING,
        )
        return target.replace("@", "%40", 1) if target.startswith("@") else target

    def _say(self, code: str, message: str, mend: str, spot: Spot, level: Level) -> None:
        self.problems.append(
            Problem(
                code=code,
                level=level,
                file=self.post.file,
                line=spot.line,
                column=spot.column,
                excerpt=spot.excerpt,
                message=message,
                mend=mend,
            )
        )


def _bracketed(words: str) -> str:
    """Words as they can stand between brackets or stars."""
    return re.sub(r"([\[\]*\\])", r"\\\1", words)

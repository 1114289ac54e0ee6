"""How the posts of a blog were called by its own links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from unicodedata import normalize
from urllib.parse import unquote

from builder.model.post import Placed
from builder.plan.imports import House

_BLOG_WORDS = frozenset(
    ("posts", "post", "_posts", "blog", "articles", "article", "news", "content", "stories")
)
_DATE = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<name>.+)")


class Routes:
    """How the posts of a blog were called by its links, and where they stand now."""

    def __init__(self, placed: Sequence[Placed], house: House) -> None:
        self._languages = house.languages
        self._by_path = {normalize("NFC", one.post.file): one for one in placed}
        self._by_address: dict[str, Placed] = {}
        self._by_name: dict[str, list[Placed]] = {}
        for one in placed:
            for alias in one.post.aliases:
                self._by_address.setdefault(_address(alias), one)
            for name in sorted(one.post.names):
                self._by_name.setdefault(name, []).append(one)

    def find(self, here: Placed, target: str) -> Placed | None:
        """The post that a link of `here` leads to, or None."""
        path = normalize("NFC", unquote(re.split(r"[?#]", target)[0]))
        return self._file(here, path) or self._by_address.get(_address(path)) or self._named(here, path)

    def _file(self, here: Placed, path: str) -> Placed | None:
        lang = here.post.lang
        for base in (
            normpath(join(dirname(here.post.file), path)),
            normpath(path.lstrip("/")),
            f"content/{path.lstrip('/')}",
        ):
            stem = base.removesuffix(".md")
            for one in (
                base,
                f"{stem}.{lang}.md",
                f"{stem}.md",
                f"{stem}/index.{lang}.md",
                f"{stem}/index.md",
            ):
                if one in self._by_path:
                    return self._by_path[one]
        return None

    def _named(self, here: Placed, path: str) -> Placed | None:
        """The post whose name ends the path, if the rest of it can be that post's: its date, its folder, a blog's words."""
        steps = [step for step in _address(path).split("/") if step not in ("", ".", "..")]
        if not steps:
            return None
        last = steps.pop()
        dated = _DATE.fullmatch(last)
        date = dated["date"] if dated else "-".join(step for step in steps if step.isdigit())
        found = [
            one
            for one in self._by_name.get(dated["name"] if dated else last, [])
            if one.post.date.startswith(date) and all(self._may_lead(step, one) for step in steps)
        ]
        same = [one for one in found if one.post.lang == here.post.lang]
        if len(same or found) == 1:
            return (same or found)[0]
        return None

    def _may_lead(self, step: str, to: Placed) -> bool:
        folders = {part.casefold() for part in PurePosixPath(to.post.file).parts[:-1]}
        tags = {tag.casefold() for tag in to.post.front.get("tags", ())}
        return (
            step.isdigit()
            or step in _BLOG_WORDS
            or step in self._languages
            or step == to.post.lang
            or step in folders | tags
        )


def _address(path: str) -> str:
    """An address as addresses are compared: `/2023/Night.html` and `2023/night/` are one."""
    plain = normalize("NFC", path).casefold().strip("/")
    for ending in ("index.html", "index.md", ".html", ".htm", ".md"):
        plain = plain.removesuffix(ending)
    return plain.strip("/")

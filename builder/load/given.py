"""The front matter of a foreign post, key by key, in our words; what nobody takes is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from builder.load.dates import date_of
from builder.load.headers import Header
from builder.load.marks import Page
from builder.load.shortcodes import clear_target, clear_words
from builder.model.post import Cover, Spot
from builder.problem import Level, Problem

_PICTURES = (
    "hero",
    "cover",
    "image",
    "featuredimage",
    "featureimage",
    "thumbnail",
    "banner",
    "header",
    "images",
)
_SUMMARIES = ("summary", "description", "excerpt")
_OLD_ADDRESSES = ("aliases", "alias", "redirectfrom", "permalink", "url")
_DRAFTS = frozenset(("draft", "hidden", "private", "pending"))
_YES = frozenset(("true", "yes", "on", "1"))
_NO = frozenset(("false", "no", "off", "0"))


class Given:
    """The front matter of one post while it is read: what is taken has found its place, the rest is left."""

    def __init__(self, page: Page, header: Header, problems: list[Problem]) -> None:
        self.page = page
        self.header = header
        self.problems = problems
        self._left = {key: value for key, value in header.data.items() if value not in (None, "", [], {})}
        self.empty = tuple(key for key in header.data if key not in self._left)

    def find(self, *names: str) -> str:
        """The first of these keys that is left, as the post spells it, or ""; `Featured_Image` is `featuredimage`."""
        spelt: dict[str, str] = {}
        for key in self._left:
            spelt.setdefault(re.sub(r"[\s_-]", "", key).lower(), key)
        return next((spelt[name] for name in names if name in spelt), "")

    def value(self, key: str) -> Any:
        return self._left.get(key)

    def take(self, key: str) -> Any:
        return self._left.pop(key, None)

    def words(self, *names: str) -> str:
        """The text under the first of these keys that holds one; taken."""
        for name in names:
            key = self.find(name)
            if key and isinstance(self._left[key], str) and self._left[key].strip():
                return self.readable(key, self.take(key)).strip()
        return ""

    def readable(self, key: str, words: str) -> str:
        """A text as readers may see it: other generators' code is named and left out."""
        cleared, codes = clear_words(words)
        for code in codes:
            self.say(
                key,
                "post-code",
                f"`{code.code}` is code for another generator",
                "Write what it stood for into the story.",
                Level.HINT,
            )
        if "](@" in cleared:
            self.say(
                key,
                "post-reference",
                "`](@` refers to a person in a newsroom, and meant something else in this post",
                "It was set apart by a space: look at what readers should see.",
                Level.HINT,
            )
        return cleared.replace("](@", "] (@")

    def spot(self, key: str) -> Spot:
        begins = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[:=]""")
        for number in range(self.header.first, self.header.last + 1):
            line = self.page.line(number)
            if begins.match(line):
                return Spot(line=number, column=len(line) - len(line.lstrip()) + 1, excerpt=line)
        return Spot()

    def say(self, key: str, code: str, message: str, mend: str, level: Level) -> None:
        spot = self.spot(key)
        self.problems.append(self.page.problem(code, message, mend, at=(spot.line, spot.column), level=level))

    def left(self) -> Mapping[str, Any]:
        return dict(self._left)


def front_of(given: Given, path: str) -> Mapping[str, Any]:
    """What has a key of ours, in the order in which stories write it."""
    return {
        key: value
        for key, value in (
            ("by", _by(given)),
            ("tags", _tags(given, path)),
            ("summary", _summary(given)),
            ("status", _status(given, path)),
            ("publish", _moment(given, "publishdate", "publish")),
            ("expires", _moment(given, "expirydate", "expires", "unpublishdate")),
        )
        if value
    }


def _by(given: Given) -> str:
    names: list[str] = []
    for name in ("author", "authors", "by"):
        key = given.find(name)
        value = given.value(key)
        several = value if isinstance(value, list) else [value]
        found = [_author(one) for one in several]
        if not key or not any(found):
            continue
        names += [one for one in found if one]
        if all(isinstance(one, str) or (isinstance(one, dict) and list(one) == ["name"]) for one in several):
            given.take(key)  # what more was said of someone stays under `extra`
    return given.readable("author", ", ".join(dict.fromkeys(names)))


def _author(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    return " ".join(name.split()) if isinstance(name, str) else ""


def _tags(given: Given, path: str) -> list[str]:
    tags: list[str] = []
    for name in ("tags", "tag", "categories", "category", "keywords"):
        key = given.find(name)
        value = given.value(key)
        if isinstance(value, str):
            given.take(key)
            # Jekyll takes a line without commas apart at its spaces; the others take it for one tag.
            jekyll = "," not in value and "_posts" in PurePosixPath(path).parts
            tags += value.split() if jekyll else value.split(",")
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            given.take(key)
            tags += value
    return list(dict.fromkeys(given.readable("tags", one).strip() for one in tags if one.strip()))


def _summary(given: Given) -> str:
    """The first of the summaries; another that says something else stays where it is."""
    summary = given.words(*_SUMMARIES)
    for name in _SUMMARIES:
        key = given.find(name)
        if key and given.value(key) == summary:
            given.take(key)
    return summary


def _status(given: Given, path: str) -> str:
    drafted = "_drafts" in PurePosixPath(path).parts
    for name, draft, ready in (
        ("draft", _YES, _NO),
        ("published", _NO, _YES),
        ("status", _DRAFTS, ("published", "ready")),
    ):
        key = given.find(name)
        word = str(given.value(key)).lower()
        if key and word in (*draft, *ready):
            given.take(key)
            drafted = drafted or word in draft
    return "draft" if drafted else ""


def _moment(given: Given, *names: str) -> str:
    key = given.find(*names)
    value = given.value(key)
    found = date_of(value) if isinstance(value, str) else ""
    if found:
        given.take(key)
    return found


def cover_of(given: Given) -> Cover | None:
    """The picture of a post: an address, or a mapping with one, and the words for it that stand beside."""
    for name in _PICTURES:
        key = given.find(name)
        value = given.value(key)
        if isinstance(value, list) and value:
            value = value[0]
        about: dict[str, Any] = value if isinstance(value, dict) else {}
        target = clear_target(
            _first(about, "image", "src", "url", "path", "file", "overlayimage", "teaser")
            if about
            else _word(value)
        )
        if "." not in target and "/" not in target:  # `banner: true`, or a colour
            continue
        spot = given.spot(key)
        whole = isinstance(given.value(key), str) or (len(about) == 1 and value is given.value(key))
        used = {key: given.value(key)}
        alt = _first(about, "alt", "alttext")
        caption = _first(about, "caption", "title")
        for place in (f"{name}alt", f"{name}alttext", "imagealt", "alt"):
            beside = given.find(place)
            if not alt and beside and _word(given.value(beside)):
                alt = _word(given.value(beside))
                used[beside] = given.take(beside)
        beside = given.find(f"{name}caption")
        if not alt and not caption and beside and _word(given.value(beside)):
            caption = _word(given.value(beside))
            used[beside] = given.take(beside)
        if whole or set(about) <= {"image", "src", "url", "path", "file", "alt"}:
            given.take(key)
        words = given.readable(key, alt or caption).strip()
        return Cover(
            target=target,
            alt=words or None,
            credit=_first(about, "credit", "attribution"),
            spot=spot,
            given=used,
        )
    return None


def _first(mapping: Mapping[str, Any], *names: str) -> str:
    spelt = {re.sub(r"[\s_-]", "", key).lower(): value for key, value in mapping.items()}
    return next((_word(spelt[name]) for name in names if _word(spelt.get(name))), "")


def _word(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def aliases_of(given: Given) -> tuple[str, ...]:
    """Former addresses, as paths of the site; patterns (`/:year/:title/`) and other sites' addresses are none."""
    found: list[str] = []
    for name in _OLD_ADDRESSES:
        key = given.find(name)
        value = given.value(key)
        several = value if isinstance(value, list) else [value]
        paths = [_old_path(one) for one in several if isinstance(one, str)]
        if key and paths and all(paths):
            given.take(key)
            found += paths
    return tuple(dict.fromkeys(found))


def _old_path(written: str) -> str:
    path = written.strip()
    inside = path.strip("/")
    if not inside or re.search(r"[:{}?#\\\s]", path) or ".." in inside.split("/"):
        return ""
    return "/" + path.lstrip("/") if "/" in path or "." in path else f"/{path}/"

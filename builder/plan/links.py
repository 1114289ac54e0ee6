"""Where a link in an author's text leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote

from builder.model.address import edition_address, story_address
from builder.model.library import Library
from builder.problem import guess

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_FILES = "stories/files/"
OUTSIDE = ("http:", "https:", "mailto:", "tel:")


def is_outside(target: str) -> bool:
    """Whether a link leaves the site, by a scheme that may."""
    return target.lower().startswith(OUTSIDE)


def picture_path(target: str, file: str) -> str:
    """The path inside `stories/` that a picture's target means in `file`; "" when it is not of the newsroom."""
    if _SCHEME.match(target) or target.startswith(("//", "/", "#")) or not target:
        return ""
    path = normpath(join(dirname(file), unquote(target.partition("?")[0])))
    return path.removeprefix("stories/") if path.startswith("stories/") else ""


class Links:
    """Resolves the links of one library's texts."""

    def __init__(self, library: Library) -> None:
        settings = library.newsroom.settings
        self._stories = {story.file: story_address(story, settings) for story in library.stories}
        self._editions = {
            words.file: edition_address(
                words.lang if words.lang in settings.languages else settings.language, edition
            )
            for edition in library.editions
            for words in edition.words
        }
        self._files = frozenset(library.newsroom.files)
        self._lost = library.newsroom.lost
        self._withheld = {story.file for story in library.newsroom.stories} - set(self._stories)

    def resolve(self, target: str, file: str) -> str | None:
        """Where `target`, written in `file`, leads: an address of the site, an outside link or a `#fragment`.

        None when it leads nowhere. A story links to another by its file's name: `other.md`, `../2025/other.md`.
        """
        if target.startswith("#") or is_outside(target):
            return target
        path, mark, fragment = target.partition("#")
        if _SCHEME.match(path) or path.startswith("/") or not path:
            return None
        inside = normpath(join(dirname(file), unquote(path)))
        known = self._stories.get(inside) or self._editions.get(inside)
        if known is None and inside.startswith(_FILES) and inside.removeprefix(_FILES) in self._files:
            known = "files/" + inside.removeprefix(_FILES)
        return None if known is None else known + mark + fragment

    def leads_to_what_is_not_published(self, target: str, file: str) -> bool:
        """Whether a link leads to a story of the newsroom that others do not see now: a draft, to come, or gone by."""
        return normpath(join(dirname(file), unquote(target.partition("#")[0]))) in self._withheld

    def leads_to_a_broken_file(self, target: str, file: str) -> bool:
        """Whether a link leads to a file that has errors of its own, and would lead somewhere but for them."""
        path = unquote(target.partition("#")[0])
        return normpath(join(dirname(file), path)) in self._lost

    def nearest(self, target: str, file: str) -> str:
        """A link that leads somewhere and looks like this one, or ""."""
        path = unquote(target.partition("#")[0])
        folder = dirname(file)
        here = {relpath(one, folder): one.rpartition("/")[2] for one in self._stories}
        name = path.rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".md") + ".md"
        same = next((link for link, one in here.items() if one == name), "")
        return same or guess(path, (link for link in here if "/" not in link))


def to_places_that_are_there(
    resolve: Callable[[str, str], str | None],
    own: Mapping[str, frozenset[str]],
    ids: Mapping[str, frozenset[str]],
) -> Callable[[str, str], str | None]:
    """`resolve`, less the headings that are not on the page a link names: it then leads to the page itself.

    `own` are the fragments of each source file's own text, `ids` those of each address. A check says what was lost;
    a link that a warning lets pass must still lead somewhere.
    """

    def resolved(target: str, file: str) -> str | None:
        address = resolve(target, file)
        if address is None or is_outside(address):
            return address
        path, _, fragment = address.partition("#")
        known = ids.get(path) if path else own.get(file)
        if not fragment or known is None or unquote(fragment) in known:
            return address
        return path or None

    return resolved

"""The theme's files under names that tell their content, so that a browser may keep each for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from posixpath import dirname, join, normpath, relpath

_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<target>[^"')]+)(?P=quote)\s*\)""")
_DIGITS = 12


def with_names(files: Iterable[tuple[str, bytes]]) -> tuple[Mapping[str, str], tuple[tuple[str, bytes], ...]]:
    """The name of each file on the site by its name in the theme, and the files under those names.

    A style sheet names fonts and pictures, so they get their names first and it names them anew. What it names that is
    not there it goes on naming.
    """
    given = dict(files)
    names: dict[str, str] = {}
    made: list[tuple[str, bytes]] = []
    for path, data in sorted(given.items(), key=lambda one: (one[0].endswith(".css"), one[0])):
        styled = _renamed(path, data, names) if path.endswith(".css") else data
        names[path] = _named(path, styled)
        made.append((names[path], styled))
    return names, tuple(sorted(made))


_NAMED = re.compile(r"(?P<stem>.+)\.[0-9a-f]{12}(?P<ending>\.[^./]+)")


def called(addresses: Iterable[str]) -> Mapping[str, str]:
    """The address of each file by the one that templates call it by, of those that a site has."""
    return {f"{match['stem']}{match['ending']}": one for one in addresses if (match := _NAMED.fullmatch(one))}


def _named(path: str, data: bytes) -> str:
    """`site.css` as `site.0123456789ab.css`; a name without an ending (a licence) stays as it is."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem:
        return path
    return f"{folder}{slash}{stem}.{sha256(data).hexdigest()[:_DIGITS]}.{ending}"


def _renamed(path: str, data: bytes, names: Mapping[str, str]) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data

    def url(match: re.Match[str]) -> str:
        target, mark, rest = match["target"].partition("#")
        name = names.get(normpath(join(dirname(path), target)))
        if name is None:
            return match[0]
        return f'url("{relpath(name, dirname(path) or ".")}{mark}{rest}")'

    return _URL.sub(url, text).encode("utf-8")

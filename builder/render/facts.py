"""What a finished page holds that others ask about: its links, ids and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin

_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9:-]*((?:\s+[^<>]*)?)>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r'\s(href|src|srcset|poster|id)="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`links` are addresses as written (href, src, poster and each of a srcset); `ids` what a #fragment can name."""

    links: tuple[str, ...]
    ids: frozenset[str]


def facts_of(html: str) -> Facts:
    """The facts of a page that we rendered: its attributes are in double quotes and hold no `<` or `>`."""
    links: list[str] = []
    ids: set[str] = set()
    tags = "\n".join(_TAG.findall(_COMMENT.sub("", html)))
    for name, value in _ATTRIBUTE.findall(tags):
        plain = unescape(value) if "&" in value else value
        if name == "id":
            ids.add(plain)
        elif name == "srcset":
            links += [part.split()[0] for part in plain.split(",") if part.strip()]
        else:
            links.append(plain)
    return Facts(links=tuple(links), ids=frozenset(ids))


def with_whole_addresses(html: str, base: str, here: str) -> str:
    """Safe HTML whose relative links are made whole: whoever reads it elsewhere does not know where it stood."""
    place = urljoin(base, here)

    def whole(match: re.Match[str]) -> str:
        given = unescape(match[2]).split(", ") if match[1] == "srcset" else [unescape(match[2])]
        return f' {match[1]}="{escape(", ".join(urljoin(place, one) for one in given))}"'

    return re.sub(r'\s(href|src|srcset)="([^"]*)"', whole, html)

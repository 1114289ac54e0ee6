"""The address of everything: where each page stands, and the link from one to another."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from builder.model.edition import Edition
from builder.model.facet import Facet
from builder.model.newsletter import Settings
from builder.model.page import PageKind
from builder.model.story import Story

NOT_FOUND = "404.html"
"""The page that a web server gives for an address that is not there."""

FEED = "feed.xml"

FILTER = "filter.js"
"""The script that holds all stories of a language."""

HOSTING: Mapping[str, str] = {
    "_headers": "headers",
    ".htaccess": "htaccess",
    "_hosting/nginx.conf": "nginx.conf",
    "_hosting/Caddyfile": "Caddyfile",
    "robots.txt": "robots.txt",
}
"""The files for web servers, and the template of each. Those that are read where they stand are at the root."""

PER_PAGE = 24
"""Stories on one page of a listing."""


def story_address(story: Story, settings: Settings) -> str:
    """Where a story stands. A text in a language that is none of the site's stands under the default language.

    Its address says its own language there, so that a translation that comes later takes no address away.
    """
    if story.lang in settings.languages:
        return f"{story.lang}/stories/{story.id}.html"
    return f"{settings.language}/stories/{story.id}.{story.lang}.html"


def home_address(language: str) -> str:
    return f"{language}/index.html"


def listing_address(language: str, number: int) -> str:
    return f"{language}/stories/index.html" if number == 1 else f"{language}/stories/page/{number}.html"


def hero_address(language: str, person: str) -> str:
    return f"{language}/heroes/{person}.html"


def edition_address(language: str, edition: Edition) -> str:
    return f"{language}/editions/{edition.id}.html"


def measure_address(language: str, id: str) -> str:
    """Where a measure has a page of its own."""
    return f"{language}/measures/{id}.html"


def round_address(language: str, period: str) -> str:
    """Where all that people answered in a period stands.

    >>> round_address("en", "2026-Q3")
    'en/rounds/2026-q3.html'
    """
    return f"{language}/rounds/{period.lower()}.html"


def feed_address(language: str) -> str:
    return f"{language}/{FEED}"


def shelf_address(language: str, facet: Facet, value: str, number: int = 1) -> str:
    """A page of the stories of one behaviour, team, week and so on."""
    folder = f"{language}/{facet.value}/{value}"
    return f"{folder}.html" if number == 1 else f"{folder}/{number}.html"


def tag_value(tag: str) -> str:
    """A tag as it stands in an address: tags that differ in capitals, spaces and signs alone are one; "" if none is left.

    >>> tag_value("Night  Shift"), tag_value("شیفت شب"), tag_value("C++/C")
    ('night-shift', 'شیفت-شب', 'c-c')
    """
    plain = unicodedata.normalize("NFC", tag).casefold()
    kept = "".join(one if unicodedata.category(one)[0] in "LMN" or one == "\u200c" else " " for one in plain)
    value = "-".join(kept.strip("\u200c ").split())[:60]
    return f"{value}-" if value == "index" else value  # that is where all tags stand


def filter_address(language: str) -> str:
    """What the page of all stories loads when a reader begins to filter."""
    return f"{language}/stories/{FILTER}"


_ALONE = (
    PageKind.SCORECARD,
    PageKind.ABOUT,
    PageKind.NOMINATE,
    PageKind.VOICES,
    PageKind.COMMITMENTS,
    PageKind.PROMISES,
)
"""Sections that are one page."""


def section_address(language: str, kind: PageKind) -> str:
    """The page that begins a section: heroes, editions, teams, scorecard ..."""
    return f"{language}/{kind.value}.html" if kind in _ALONE else f"{language}/{kind.value}/index.html"


def relative(here: str, to: str) -> str:
    """The link from one address of the site to another, percent-encoded; a fragment stays behind it.

    >>> relative("en/stories/night.html", "fa/index.html")
    '../../fa/index.html'
    >>> relative("en/index.html", "en/index.html")
    'index.html'
    """
    return _from(here.rpartition("/")[0], to)


@lru_cache(maxsize=16_384)
def _from(folder: str, to: str) -> str:
    """The same from any page of a folder: most pages of one lead to the same places."""
    path, mark, fragment = to.partition("#")
    start = folder.split("/") if folder else []
    end = path.split("/")
    shared = 0
    while shared < min(len(start), len(end) - 1) and start[shared] == end[shared]:
        shared += 1
    steps = [".."] * (len(start) - shared) + [quote(step) for step in end[shared:]]
    return "/".join(steps) + mark + fragment

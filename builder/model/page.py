"""A page that will be: its address and what it shows; and a finished one, with its bytes and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class PageKind(Enum):
    HOME = "home"
    STORY = "story"
    LISTING = "listing"
    HEROES = "heroes"
    HERO = "hero"
    SCORECARD = "scorecard"
    MEASURE = "measure"
    ROUND = "round"
    EDITIONS = "editions"
    EDITION = "edition"
    SHELF = "shelf"
    BEHAVIOURS = "behaviours"
    TEAMS = "teams"
    PERSPECTIVES = "perspectives"
    TAGS = "tags"
    YEARS = "years"
    ABOUT = "about"
    NOMINATE = "nominate"
    VOICES = "voices"
    COMMITMENTS = "commitments"
    PROMISES = "promises"
    FILTER = "filter"
    NOT_FOUND = "404"
    NOTICE = "notice"
    REDIRECT = "redirect"
    ROOT = "root"
    FEED = "feed"
    SITEMAP = "sitemap"
    HOSTING = "hosting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site to be.

    `address` is its path from the site's root (`en/stories/night.html`); `lang` the language of its words; `key` what
    it is about: a work, a person, an edition, a measure, a round's period, a page number, a shelf and its page number (`teams/pharmacy/1`), a
    redirect's target, the template of a file for web servers. `text` is the language of the story;
    of a redirect, the version it leads to (`night/fa`).
    """

    kind: PageKind
    address: str
    lang: str
    key: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """A name that stands on a page: whose, how much of it, and in whose words.

    `work` is a story's version (`night/fa`), an edition (`edition:2026-w11`), or "" for the page itself.
    """

    person: str
    form: str
    work: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A finished file and its facts: who is named on it, and which works it shows (as in Naming.work).

    `subject` is what the whole file is about (`story:night/fa`, `hero:p-017`, `edition:2026-w11`), or "". `asked` are
    the questions whose answers went into it; while they stay the same, so does the file.
    """

    address: str
    data: bytes
    subject: str = ""
    namings: tuple[Naming, ...] = ()
    works: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All pages, in the order of their addresses; `at` are the same by address, to be asked of."""

    pages: tuple[Page, ...]
    at: Mapping[str, Page]

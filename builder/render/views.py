"""What templates see: everything said, dated, linked and named already, for one page in one language.

A template gets, under these names:

    page        PageView        the page itself
    site        SiteView        what all pages of this language share
    say         say("key", n=3, name="x") -> str    the page's language's words, with plural rules
    address     address("assets/site.css") -> str   the relative link from this page to an address of the site
    and one of  home: HomeView, story: StoryView, listing: ListingView, heroes: tuple[HeroView, ...], hero: HeroPageView,
                metrics: tuple[MetricView, ...], editions: tuple[EditionCardView, ...], edition: EditionView

Texts typed Markup are safe HTML (names stand in <bdi>); str is plain and is escaped by the template engine.
`lang` and `dir` of an item are those of its own text, which may differ from the page's.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    iso: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link: `lang` and `dir` are those of `text`; `current` when it leads to this very page."""

    text: Markup | str
    url: str
    lang: str = ""
    dir: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    url: str
    width: int
    height: int
    alt: str
    credit: Markup | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A story in a listing. `foreign` names the text's language, in the page's words, where it is not the page's."""

    id: str
    url: str
    lang: str
    dir: str
    title: Markup
    kind: str
    kind_label: str
    date: DateView
    summary: Markup
    foreign: str = ""
    team: str = ""
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    card: CardView
    body: Markup
    why_it_matters: Markup
    by: Markup
    heroes: tuple[LinkView, ...]
    """People celebrated; `url` is "" for those without a page (unnamed: the phrase that stands for them)."""
    customer: Markup
    behaviours: tuple[str, ...]
    perspective: str
    tags: tuple[str, ...]
    supports: tuple[LinkView, ...]
    translations: tuple[LinkView, ...]
    minutes: int
    related: tuple[CardView, ...]
    """Stories to read next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """A page of cards, newest first; `number` of `count` pages; `newer` and `older` are links or None."""

    cards: tuple[CardView, ...]
    number: int
    count: int
    newer: LinkView | None = None
    older: LinkView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroView:
    id: str
    name: Markup
    url: str
    team: str
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroPageView:
    hero: HeroView
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One row of a measure's table; `n` is "" where none is known; `note` says a change of method, if any."""

    period: str
    score: str
    n: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricView:
    """A measure: `chart` is an inline SVG with its title and description, `sentence` says the same in words."""

    id: str
    lang: str
    dir: str
    name: str
    plain_words: str
    side_label: str
    latest: str
    period: str
    target: str
    sentence: str
    chart: Markup
    readings: tuple[ReadingView, ...]
    url: str
    """Where the scorecard shows this measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCardView:
    id: str
    url: str
    label: str
    """ "Edition 41", or the kind where it has no number."""
    lang: str
    dir: str
    subject: Markup
    date: DateView


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    card: EditionCardView
    opening: Markup
    cards: tuple[CardView, ...]
    """The lead first."""
    numbers: tuple[MetricView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The front page: the latest edition when there is one, and the newest stories that are not in it."""

    edition: EditionView | None
    recent: tuple[CardView, ...]
    more: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    title: str
    title_lang: str
    tagline: str
    home: str
    feed: str
    navigation: tuple[LinkView, ...]
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """`languages` leads to this page (or, where it does not exist there, the front page) in each site language."""

    lang: str
    dir: str
    kind: str
    title: Markup | str
    description: str
    address: str
    canonical: str
    """The whole address, or "" when the newsletter has no base_url."""
    languages: tuple[LinkView, ...]
    accent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """A digest in one language: texts are plain `str` twins of the Markup ones for the text part."""

    lang: str
    dir: str
    subject: str
    preheader: str
    title: str
    label: str
    date: DateView
    opening: Markup
    opening_text: str
    stories: tuple[MailStoryView, ...]
    numbers: tuple[MailNumberView, ...]
    site_url: str
    edition_url: str
    contact: str
    accent: str
    align: str
    """ "right" in a right-to-left mail, else "left"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStoryView:
    lang: str
    dir: str
    align: str
    title: str
    kind_label: str
    summary: str
    why_it_matters: str
    url: str
    foreign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNumberView:
    name: str
    latest: str
    sentence: str
    url: str

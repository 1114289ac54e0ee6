"""What templates see: everything said, dated, linked and named already, for one page in one language.

A template gets, under these names:

    page        PageView        the page itself
    site        SiteView        what all pages of this language share
    say         say("key", n=3, name="x") -> str    the page's language's words, with plural rules
    address     address("assets/site.css") -> str   the relative link from this page to an address of the site
    and one of  home: HomeView (front_views), story: StoryView, listing: ListingView, heroes: tuple[HeroView, ...], hero: HeroPageView,
                scorecard: ScorecardView, measure: MeasureView, round: RoundView (measure_views), editions: tuple[EditionCardView, ...], edition: EditionView,
                shelf: ShelfView, shelves: tuple[ShelfCardView, ...] (both shelf_views), years: tuple[YearView, ...],
                about: AboutView, nominate: NominateView

`said_views` says what there is of customers' voices, commitments and promises, `mail_views` what a mail gets.

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
    """A picture: `url` is a JPEG or PNG for every browser, `srcset` the same as WebP at several widths (HTML, 4.8.4).

    `width` and `height` are those of the widest, in pixels, so that its room is known before it comes.
    """

    url: str
    srcset: str
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
    inside: bool = False
    """Whether those served were colleagues."""
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleView:
    """A story that one only passes by; the template puts its marks around it, as around a card."""

    id: str
    url: str
    lang: str
    dir: str
    title: Markup
    foreign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    card: CardView
    body: Markup
    why_it_matters: Markup
    by: Markup
    heroes: tuple[LinkView, ...]
    """People celebrated; `url` is "" for those without a page (unnamed: the phrase that stands for them)."""
    customer: Markup
    customer_words: Markup
    """What the customer said."""
    what_changed: Markup
    behaviours: tuple[LinkView, ...]
    """These, and team, perspective and tags, lead to the stories alike; `url` is "" where there is no such page."""
    team: LinkView | None
    perspective: LinkView | None
    tags: tuple[LinkView, ...]
    supports: tuple[LinkView, ...]
    translations: tuple[LinkView, ...]
    minutes: int
    related: tuple[CardView, ...]
    """Stories to read next."""
    newer: TitleView | None
    older: TitleView | None
    thanks_url: str
    """A mail that says thanks, with the story's id; "" where nobody reads such mails. `remove_url` asks to be taken out."""
    remove_url: str
    share_url: str
    """A mail to a friend; "" where the site's whole address is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """A page of cards, newest first; `number` of `count` pages; `newer` and `older` are links or None."""

    cards: tuple[CardView, ...]
    number: int
    count: int
    newer: LinkView | None = None
    older: LinkView | None = None
    ways: tuple[WayView, ...] = ()
    """By what the stories can be looked through; `filter_url` is the script that holds them all, or ""."""
    filter_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """A facet of the stories: its id and name, a page that shows all its values ("" if none), and the values that have stories."""

    facet: str
    label: str
    any: str
    """What stands for all values together: "All teams"."""
    url: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    value: str
    text: str
    lang: str
    url: str
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """A cell of the year's strip: `level` 0 to 3 says how much was celebrated, `label` says it in words.

    `month` is the short name of the month that begins in this week, if one does.
    """

    number: int
    text: str
    level: int
    label: str
    url: str
    service: bool
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """An ISO year on one strip, a cell per week."""

    year: int
    text: str
    weeks: tuple[WeekView, ...]
    sentence: str
    service: str
    """When Customer Service Week is, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """`words` are the newsroom's own, paragraph by paragraph."""

    words: tuple[str, ...]
    lang: str
    dir: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NominateView:
    """`url` is a mail that is begun already, or the company's own form; "" where neither is known."""

    url: str
    form: bool
    """Whether it is a form."""
    place: str
    """The address that is written to."""


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
    """One row of a measure's table; `n`, `range` (from where to where the truth may lie) and `response` (which share of those
    asked answered) are "" where none is known; `note` says a change of method, if any, or that the row is `hidden` because
    too few answered. `url` is the page of all that people answered in this period, "" where there is none.
    """

    period: str
    score: str
    n: str
    range: str = ""
    response: str = ""
    note: str = ""
    url: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricView:
    """A measure: `chart` is an inline SVG with its title and description, `sentence` says the same in words."""

    id: str
    lang: str
    dir: str
    name: str
    plain_words: str
    side: str
    """`external` or `internal`."""
    side_label: str
    latest: str
    period: str
    target: str
    standing: str
    """`met`, `near`, `missed`, `uncertain`, or "" without a target."""
    sentence: str
    chart: Markup
    readings: tuple[ReadingView, ...]
    url: str
    """The measure's own page."""


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
class SiteView:
    title: str
    title_lang: str
    tagline: str
    home: str
    feed: str
    navigation: tuple[LinkView, ...]
    more: tuple[LinkView, ...]
    """The other ways in, of those that there are."""
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
    """The whole address, or "" when that is not known or nobody should look for the page."""
    policy: str
    """What the page may do: its content security policy."""
    robots: str
    """What search engines are asked, or ""."""
    locale: str
    """Language and country, as `fa_IR`."""
    languages: tuple[LinkView, ...]
    alternates: tuple[LinkView, ...]
    """The same page in each language in which it exists, this one too; empty where it exists in one.

    Whole addresses where `canonical` is one: search engines pass over others.
    """
    accent: str
    rich: bool
    """Whether a text on it holds what `rich.css` sets: tables, code, terms, notes at its foot."""

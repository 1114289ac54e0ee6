"""The newsletter's settings: stories/newsletter.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from builder.load.addresses import LONGEST
from builder.load.fill import fill_in
from builder.load.forms import BrandForm, EventForm, NamedForm, SettingsForm
from builder.load.kinds import shortened
from builder.load.marks import Marked, read_yaml
from builder.load.pages import decode
from builder.model.brand import Brand
from builder.model.event import Event
from builder.model.facet import FILTERS, Facet
from builder.model.newsletter import DigestSettings, Leavers, MailPictures, Named, PrivacySettings, Settings
from builder.model.sources import SourceFile
from builder.model.story import Audience
from builder.model.text import Words
from builder.model.uri import ascii_address
from builder.problem import Problem

ICARE = ("ideal-service", "culture-of-service", "attentiveness", "responsiveness", "empowerment")
"""The default behaviours (Blanchard, *Legendary Service*); their names are in the theme's words."""

_PLAIN_PATH = re.compile(r"[\w\-.~/ ]*")
"""What a path may hold that goes into the files for web servers: nothing that means something there."""

PERSPECTIVES = ("front-line", "managers", "senior-leaders")


def words(given: dict[str, str] | None) -> Words:
    return Words(tuple(given.items())) if given else Words()


def read_settings(source: SourceFile) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The newsletter's settings, or None and why not."""
    page, problems = decode(source)
    if problems:
        return None, problems
    marked = read_yaml(page)
    if marked.problems and marked.data is None:
        return None, marked.problems
    form, problems = fill_in(SettingsForm, marked)
    problems = (*marked.problems, *problems)
    if form is None:
        return None, problems
    addresses = {key: getattr(form, key) for key in ("base_url", "visitors_url", "public_url")}
    problems = (*problems, *_addresses_gone_wrong(marked, addresses))
    return (
        Settings(
            title=words(form.title),
            tagline=words(form.tagline),
            base_url=_of_a_folder(form.base_url),
            visitors_url=_of_a_folder(form.visitors_url),
            public_url=_of_a_folder(form.public_url),
            timezone=form.timezone,
            languages=tuple(dict.fromkeys(form.languages)),
            behaviours=_named(form.behaviours, ICARE),
            perspectives=_named(form.perspectives, PERSPECTIVES),
            customers=_named(form.customers, ()),
            about=words(form.about),
            nominate=form.nominate,
            programme=tuple(_event(one, form.timezone) for one in form.programme),
            filters=FILTERS if form.filters is None else tuple(map(Facet, dict.fromkeys(form.filters))),
            both_calendars=form.both_calendars,
            related=form.related,
            typographic=form.quotation_marks == "typographic",
            leavers=Leavers(form.leavers),
            digest=DigestSettings(
                sender=form.digest.sender,
                reply_to=form.digest.reply_to,
                pictures=MailPictures(form.digest.pictures),
                list_name=form.digest.list_name,
                unsubscribe=form.digest.unsubscribe,
                unsubscribe_url=form.digest.unsubscribe_url,
                help=form.digest.help,
                words=form.digest.words,
                repeat_after=form.digest.repeat_after,
                thin_goes_out=form.digest.thin == "short",
            ),
            privacy=PrivacySettings(
                contact=form.privacy.contact,
                smallest_team=form.privacy.smallest_team,
                smallest_group=form.privacy.smallest_group,
                smallest_comments=form.privacy.smallest_comments,
            ),
            brand=_brand(form.brand),
        ),
        problems,
    )


def _named(forms: list[NamedForm] | None, default: tuple[str, ...]) -> tuple[Named, ...]:
    if forms is None:
        return tuple(Named(id=id, name=Words()) for id in default)
    return tuple(Named(id=form.id, name=words(form.name), means=words(form.means)) for form in forms)


def _brand(form: BrandForm) -> Brand:
    return Brand(
        accent=form.accent.lower(),
        accent_dark=form.accent_dark.lower(),
        paper=form.paper.lower(),
        paper_dark=form.paper_dark.lower(),
        ink=form.ink.lower(),
        ink_dark=form.ink_dark.lower(),
        round=form.corners == "round",
    )


def _event(form: EventForm, zone: ZoneInfo) -> Event:
    first = form.date.at(zone).astimezone(zone).date()
    last = form.until.at(zone).astimezone(zone).date() if form.until else first
    return Event(
        first=first,
        last=max(first, last),
        what=words(form.what),
        where=words(form.where),
        audience=Audience(form.audience),
    )


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
        return whole and ascii_address(address).isascii()
    except ValueError:
        return False


def _of_a_folder(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def _addresses_gone_wrong(marked: Marked, addresses: Mapping[str, str]) -> Iterator[Problem]:
    for key, address in addresses.items():
        if not address:
            continue
        if not _is_whole(address):
            yield _no_address(marked, key, address)
        elif len(ascii_address(address)) > LONGEST:
            yield marked.page.problem(
                "base-url",
                f"`{shortened(address)}` is longer than an address can be in a mail",
                f"Let the site stand at an address of at most {LONGEST} letters.",
                at=marked.at((key,)),
            )
        elif not _PLAIN_PATH.fullmatch(unquote(urlsplit(address).path)):
            yield marked.page.problem(
                "base-url",
                f"the path of `{shortened(address)}` has a sign that the settings of a web server cannot say",
                "Let the site stand at a path of letters, digits, spaces and - . _ ~ alone.",
                at=marked.at((key,)),
            )


def _no_address(marked: Marked, key: str, given: str) -> Problem:
    near = f"https://{given.lstrip('/')}"
    return marked.page.problem(
        "base-url",
        f"`{shortened(given)}` is not a whole address",
        "Write it with https:// in front, as in  https://light.example.org/",
        at=marked.at((key,)),
        guess=near if "://" not in given and "." in given and _is_whole(near) else "",
    )

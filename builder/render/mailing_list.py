"""A newsletter in one language as a mailing list, and the ids of its mails: where mail programs file it and lead from it."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from builder.model.address import section_address
from builder.model.edition import Edition, EditionKind
from builder.model.message import MailingList
from builder.model.newsletter import Settings
from builder.model.page import PageKind
from builder.model.uri import ascii_address, ascii_host, is_mail_address, mail_address
from builder.render.header_fields import split_mailbox
from builder.render.sheet import Sheet

SERIES = {
    EditionKind.WEEKLY: "weekly",
    EditionKind.CORRECTION: "weekly",
    EditionKind.DAILY: "daily",
    EditionKind.DAY_AFTER: "daily",
}
"""What mail programs keep together, by kind of edition; what is not here comes once and stands alone."""

_NO_LABEL = re.compile(r"[^a-z0-9-]+")


def mailing_list(sheet: Sheet) -> MailingList:
    """The list of those who read the language of `sheet`. What the settings leave open follows from what they say:
    whoever answers mails answers for the list, and a mail to them takes a reader off it.
    """
    settings, language = sheet.reads.settings, sheet.speaker.language
    digest = settings.digest
    label = f"{digest.list_name}.{language.lower()}"
    owner = _owner(settings)
    leave = digest.unsubscribe or owner
    title = sheet.speaker.own(settings.title, settings)[1]
    if len(settings.languages) > 1:
        default = sheet.reads.speaker(settings.language) or sheet.speaker
        title = f"{default.own(settings.title, settings)[1]}, {sheet.own_name(language)}"
    return MailingList(
        id=f"{label}.{domain(settings)}",
        name=title,
        archive=_page(PageKind.EDITIONS, sheet),
        help=_way(digest.help)
        or _page(PageKind.ABOUT, sheet)
        or (owner and mail_address(owner, f"help-{label}")),
        owner=owner and mail_address(owner),
        unsubscribe=tuple(
            one
            for one in (
                ascii_address(digest.unsubscribe_url) if digest.unsubscribe_url else "",
                leave and mail_address(leave, f"unsubscribe-{label}"),
            )
            if one
        ),
    )


def sender(sheet: Sheet) -> str:
    """Who a mail is from. An address without a name goes by the newsletter's title, in the reader's language."""
    given = sheet.reads.settings.digest.sender
    name, address = split_mailbox(given)
    title = sheet.speaker.own(sheet.reads.settings.title, sheet.reads.settings)[1]
    return given if name else f"{title} <{address}>"


def message_id(edition: Edition, language: str, settings: Settings) -> str:
    """The Message-ID of an edition in one language: the same at every run, and another newsletter's is another."""
    return f"<{edition.id}.{language}@{domain(settings)}>"


def series_id(edition: Edition, language: str, settings: Settings) -> str:
    """What all mails of an edition's series name in References, so that they stand in one thread; "" for none.

    No mail has that id: the first of a series would need one that every reader got.
    """
    series = SERIES.get(edition.kind)
    return f"<series.{series}.{language}@{domain(settings)}>" if series else ""


def domain(settings: Settings) -> str:
    """Where a newsletter is at home, as a domain: two below one host are two.

    `https://intranet.example/news/light/` gives `light.news.intranet.example`.
    """
    parts = urlsplit(settings.base_url)
    folders = (unquote(one).lower() for one in reversed(parts.path.split("/")))
    labels = [_NO_LABEL.sub("-", _ascii_label(one)).strip("-") for one in folders]
    labels += [_NO_LABEL.sub("-", one).strip("-") for one in ascii_host(parts.hostname or "").split(".")]
    return ".".join(one for one in labels if one) or "newsletter.invalid"


def _ascii_label(folder: str) -> str:
    try:
        return ascii_host(folder)
    except ValueError:
        return folder


def _owner(settings: Settings) -> str:
    """The mail address of people who answer for the list. Whom to write to about privacy may be said in free words."""
    for one in (settings.digest.reply_to, settings.privacy.contact, settings.digest.sender):
        with suppress(ValueError):
            address = split_mailbox(one)[1]
            if is_mail_address(address):
                return address
    return ""


def _way(given: str) -> str:
    if not given:
        return ""
    return ascii_address(given) if given.startswith("https://") else mail_address(given)


def _page(kind: PageKind, sheet: Sheet) -> str:
    """The whole address of a page of the site; "" where the site has none."""
    address = section_address(sheet.speaker.language, kind)
    return ascii_address(sheet.reads.settings.base_url + address) if sheet.reads.stands(address) else ""

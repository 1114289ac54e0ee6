"""A mail to be: one edition in one language, as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from builder.model.page import Naming

MOST_HTML = 100_000
"""Bytes of a mail's HTML, decoded. Gmail cuts off what comes after some 102,000, a figure that it has published nowhere; mails of
99,000 were seen cut, where a gateway had rewritten their links."""

COLUMNS = 72
"""Columns of a terminal that a line of the text part takes at most, but for addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPicture:
    """A PNG or JPEG that travels in a mail; its HTML calls it `cid:` and `name` (RFC 2392), whoever keeps it, `file`."""

    name: str
    file: str
    data: bytes

    @property
    def subtype(self) -> str:
        """What sort of picture it is, as a part of a mail says it (RFC 2046, 4.2)."""
        return "png" if self.file.endswith(".png") else "jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """Those who get a newsletter in one language, as mail programs know them (RFC 2369, RFC 2919).

    `id` never changes: readers' filters stand on it. `archive`, `help`, `owner` and `unsubscribe` are whole addresses in
    ASCII (`https:` or `mailto:`), "" and () where there is none. In an `https:` one of `unsubscribe`, READER stands where
    each reader's own mark goes.
    """

    id: str
    name: str
    archive: str = ""
    help: str = ""
    owner: str = ""
    unsubscribe: tuple[str, ...] = ()


READER = "%7Breader%7D"
"""`{reader}` as it stands in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`edition` and `lang` say which it is; `date` and `id` come from the edition, so that a rerun changes nothing.

    `series` is the id that all mails of its series refer to, so that mail programs keep them together; "" for a mail that
    stands alone.
    """

    edition: str
    lang: str
    subject: str
    sender: str
    reply_to: str
    date: datetime
    id: str
    text: str
    html: str
    mailing_list: MailingList | None = None
    series: str = ""
    preheader: str = ""
    namings: tuple[Naming, ...] = ()
    works: tuple[str, ...] = ()
    pictures: tuple[MailPicture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one reader's copy of a mail has for itself: `to` a mailbox, `id` its Message-ID, `reader` their mark in the
    address that unsubscribes (letters, digits, - and _ alone; no name, no address).
    """

    to: str
    id: str
    date: datetime
    reader: str = ""

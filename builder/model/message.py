"""A mail to be: one edition in one language, as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from builder.model.page import Naming


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
class Message:
    """`edition` and `lang` say which it is; `date` and `id` come from the edition, so that a rerun changes nothing."""

    edition: str
    lang: str
    subject: str
    sender: str
    reply_to: str
    date: datetime
    id: str
    text: str
    html: str
    namings: tuple[Naming, ...] = ()
    works: tuple[str, ...] = ()
    pictures: tuple[MailPicture, ...] = ()

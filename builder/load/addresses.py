"""Addresses that editors write: mailboxes, and pages outside of the site."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator

from builder.load.kinds import Wrong, shortened
from builder.model.uri import ascii_address, ascii_host

LONGEST = 800
"""Letters of an address: a line of a mail holds 998, and an address is never broken."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ADDRESS = re.compile(r"[^<>\"\s,;:@]+@[^<>\"\s,;:@]+")
_NAMED = re.compile(r"""(?:"(?:[^"\\]|\\.)*"\s*|[^<>"@,;:]*)<(?P<address>[^<>]+)>""")


def _mailbox(value: Any) -> Any:
    if isinstance(value, str) and value:
        named = _NAMED.fullmatch(value)
        _see_mail_address(named["address"] if named else value, value)
    return value


def _mail_address(value: Any) -> Any:
    if isinstance(value, str) and value:
        _see_mail_address(value, value, with_name="")
    return value


def _see_mail_address(
    address: str, given: str, with_name: str = ", or with a name  The Light <light@example.org>"
) -> None:
    """Raises Wrong unless a mail can go to `address` in any program: letters that are not ASCII may stand in its host alone."""
    if _UNSEEN.search(given):
        raise Wrong(
            f"`{shortened(given)}` has a line break in it, or another sign that is not seen",
            f"Write it on one line: light@example.org{with_name}",
        )
    if not _ADDRESS.fullmatch(address):
        raise Wrong(f"`{shortened(given)}` is not a mail address", f"Write light@example.org{with_name}")
    local, _, host = address.rpartition("@")
    if not local.isascii() or len(address) > LONGEST:
        raise Wrong(
            f"`{shortened(address)}` cannot be reached from every mail program",
            "Write an address of plain letters a-z, digits and . - _ + alone; a name in front of it may have any letters.",
        )
    try:
        ascii_host(host)
    except ValueError:
        raise Wrong(
            f"`{shortened(host)}` is no domain",
            "Look at what stands behind the @: a domain has dots, no two together.",
        ) from None


def _place_to_write(value: Any) -> Any:
    if isinstance(value, str) and value.strip():
        text = value.strip()
        if not (
            re.fullmatch(r"https://[^\s/]+\S*", text) or re.fullmatch(r"[^<>\"\s,;:@]+@[^<>\"\s,;:@]+", text)
        ):
            raise Wrong(
                f"`{shortened(text)}` is neither a mail address nor the address of a form",
                "Write light@example.org, or the form's whole address with https:// in front.",
            )
        return text
    return value


def _help(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    text = value.strip()
    if "://" not in text:
        return _mail_address(text)
    _see_page(text, "https://light.example.org/help")
    return text


def _unsubscribe_url(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    text = value.strip()
    _see_page(text, "https://light.example.org/off/{reader}")
    if re.search(r"[{}]", text.replace("{reader}", "", 1)) or "{" in urlsplit(text).netloc:
        raise Wrong(
            f"`{shortened(text)}` has braces around something else than {{reader}}",
            "Write {reader} once, where each reader's own mark is to stand, as in  https://light.example.org/off/{reader}",
        )
    return text


def _see_page(address: str, such_as: str) -> None:
    """Raises Wrong unless `address` is a whole https: address: what a mail says in the clear, others can read and change."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and not parts.username
        sound = (
            sound
            and not re.search(r"[\s\x00-\x1f\x7f<>\"\\]", address)
            and len(ascii_address(address)) <= LONGEST
        )
    except ValueError:
        sound = False
    if not sound:
        near = "https://" + address.removeprefix("http://") if address.startswith("http://") else ""
        raise Wrong(
            f"`{shortened(address)}` is not the whole, safe address of a page",
            f"Write it with https:// in front and without spaces, as in  {such_as}",
            near,
        )


PlaceToWrite = Annotated[str, BeforeValidator(_place_to_write)]
Mailbox = Annotated[str, BeforeValidator(_mailbox)]
MailAddress = Annotated[str, BeforeValidator(_mail_address)]
HelpAddress = Annotated[str, BeforeValidator(_help)]
UnsubscribeUrl = Annotated[str, BeforeValidator(_unsubscribe_url)]

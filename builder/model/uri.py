"""Addresses as mail wants them: in ASCII, with nothing in them that could end them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_MAILBOX = re.compile(r"[^<>\"\s,;:@]+@[^<>\"\s,;:@]+")

_MEANT = "%/:?#[]@!$&'()*+,;=~"
"""Signs that mean something in an address, or are written in another way already (RFC 3986, 2.2)."""

_MEANT_IN_MAIL = "!$'*+"


def ascii_host(host: str) -> str:
    """A host in ASCII and small letters (RFC 3490); raises ValueError for what can be none.

    >>> ascii_host("Light.Example"), ascii_host("مثال.example")
    ('light.example', 'xn--mgbh0fb.example')
    """
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()


def ascii_address(address: str) -> str:
    """A whole `https:` address in ASCII; raises ValueError for what is none.

    >>> ascii_address("https://مثال.example:8443/نور/?a=b c")
    'https://xn--mgbh0fb.example:8443/%D9%86%D9%88%D8%B1/?a=b%20c'
    """
    parts = urlsplit(address)
    who, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.rpartition(":") if place.rpartition(":")[2].isdigit() else (place, "", "")
    in_ascii = quote(ascii_host(host), safe=_MEANT)
    return urlunsplit(
        (
            parts.scheme,
            f"{quote(who, safe=_MEANT)}{at}{in_ascii}{colon}{port}",
            *(quote(one, safe=_MEANT) for one in (parts.path, parts.query, parts.fragment)),
        )
    )


def is_mail_address(text: str) -> bool:
    """Whether a mail can be written to this, and it is nothing else besides.

    >>> is_mail_address("light@example.org"), is_mail_address("ann@x.org, or the desk")
    (True, False)
    """
    if not _MAILBOX.fullmatch(text):
        return False
    try:
        ascii_host(text.rpartition("@")[2])
    except ValueError:
        return False
    return True


def mail_address(to: str, subject: str = "") -> str:
    """The address that begins a mail (RFC 6068).

    >>> mail_address("light+off@example.org", "off")
    'mailto:light+off@example.org?subject=off'
    """
    local, _, host = to.rpartition("@")
    asked = f"?subject={quote(subject, safe='')}" if subject else ""
    return f"mailto:{quote(local, safe=_MEANT_IN_MAIL)}@{ascii_host(host)}{asked}"

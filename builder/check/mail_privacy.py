"""Nobody learns that a mail was opened or what was read in it: nothing of it is fetched from elsewhere, and nothing reports."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from builder.check.mail_looks import DAY, length
from builder.check.mail_parts import Mail
from builder.check.mail_styles import declarations
from builder.check.mail_styles import rules as rules_of
from builder.check.mail_tree import Element
from builder.problem import Level, Problem

_FETCHED = ("src", "srcset", "background", "poster", "data", "lowsrc", "dynsrc", "manifest", "xlink:href")
"""Attributes whose address a program asks for by itself."""

_ACTIVE = frozenset(
    "script iframe frame object embed applet form input button select textarea video audio source track base link portal".split()
)
"""Elements that have no place in a mail: they ask, send or play."""

_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s+(?:url\()?\s*[\"']?([^\"');\s]+)", re.IGNORECASE)

_RECEIPTS = (
    "disposition-notification-to",
    "disposition-notification-options",
    "return-receipt-to",
    "x-confirm-reading-to",
    "read-receipt-to",
    "x-pmrqc",
    "return-receipt-requested",
)
_MARKS = re.compile(
    r"utm_\w+|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igsh(id)?|_hsenc|_hsmi|__hs\w+|hsctatracking"
    r"|mkt_tok|vero_(id|conv)|oly_(enc|anon)_id|wickedid|rb_clickid|s_cid|ml_subscriber(_hash)?|ck_subscriber_id|mtm_\w+|pk_(campaign|kwd|source|medium|content|cid)"
    r"|piwik_\w+|matomo_\w+|trk(_\w+)?|elqtrack(id)?|sc_(src|lid|uid)|bsft_\w+|dm_i|oft_\w+|_openstat|xtor",
    re.IGNORECASE,
)
"""Names in an address by which a click is counted, or a person known again."""

_DETOURS = (
    "safelinks.protection.outlook.com",
    "urldefense.com",
    "urldefense.proofpoint.com",
    "protect-eu.mimecast.com",
    "protect-us.mimecast.com",
    "linkprotect.cudasvc.com",
    "ct.sendgrid.net",
    "links.iterable.com",
    "click.convertkit-mail.com",
    "hubspotlinks.com",
    "emltrk.com",
    "lnkd.in",
    "t.co",
    "bit.ly",
    "tinyurl.com",
    "ow.ly",
    "goo.gl",
    "is.gd",
    "buff.ly",
    "l.facebook.com",
    "lm.facebook.com",
    "l.instagram.com",
)
"""Hosts that note a click before they pass it on; also their subdomains."""
_DETOUR_PAGES = (
    ("www.google.com", "/url"),
    ("www.youtube.com", "/redirect"),
    ("www.linkedin.com", "/redir/redirect"),
    ("list-manage.com", "/track/"),
    ("mandrillapp.com", "/track/"),
)
"""The same of hosts that also hold pages of their own: where such addresses begin."""


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _elsewhere(mail)
    yield from _tiny_pictures(mail)
    yield from _receipts(mail)
    yield from _links(mail)


# ---- what is fetched

_LET_TRAVEL = "Let the picture travel with the mail, or take it out of the template."
_WITHOUT = (
    "Take it out of the template. A font is one that readers have: say `font-family` of everything (mj-all)."
)


def _elsewhere(mail: Mail) -> Iterator[Problem]:
    said: set[str] = set()
    for document in (mail.page, mail.word_page):
        for element in document.root:
            for what, address in _fetched(element):
                fault = _stranger(what, address, mail)
                if fault and fault not in said:
                    said.add(fault)
                    yield mail.in_html(
                        element,
                        code="mail-outside",
                        level=Level.ERROR,
                        message=fault,
                        mend=_LET_TRAVEL
                        if "<img>" in what or "background" in what or what == "a style"
                        else _WITHOUT,
                    )


def _fetched(element: Element) -> Iterator[tuple[str, str]]:
    """What a program fetches by itself for an element: what asks for it, and the address ("" where it cannot be one)."""
    if element.tag in _ACTIVE:
        yield f"<{element.tag}>", element.get("href") or element.get("src") or element.get("action")
        return
    if element.tag == "meta" and element.get("http-equiv").lower() == "refresh":
        yield "a page that reloads itself", element.get("content")
    for name in _FETCHED:
        if element.get(name):
            addresses = (
                [one.split()[0] for one in element.get(name).split(",") if one.split()]
                if name == "srcset"
                else [element.get(name)]
            )
            yield from ((f"`{name}` of <{element.tag}>", one) for one in addresses)
    yield from (
        ("a style", url) for one in declarations(element.get("style")) for url in _URL.findall(one.value)
    )
    if element.tag == "style":
        sheet = "".join(one for one in element.children if isinstance(one, str))
        yield from (("a style sheet", url) for url in (*_IMPORT.findall(sheet), *_URL.findall(sheet)))
        yield from (("a font", "") for rule in rules_of(sheet) if "@font-face" in rule.selectors)


def _stranger(what: str, address: str, mail: Mail) -> str:
    """What is wrong with fetching this, "" where nothing is."""
    address = address.strip()
    if what.startswith("<"):
        return f"{what} has no place in a mail: programs take it out, or ask somebody else for it"
    if what == "a font":
        return "a font is loaded, and whoever keeps it learns who opens the mail; few programs show it"
    if address.lower().startswith(("cid:", "data:")) or (address.startswith("#") and len(address) > 1):
        return ""
    parts = urlsplit(address if "//" in address else f"//{address}" if address.startswith("//") else address)
    if parts.scheme == "https" and parts.hostname in mail.expected.pictures_from:
        return ""
    where = parts.hostname or f"`{address[:60]}`"
    return f"{what} is fetched from {where}, and whoever keeps that place learns who opens the mail"


def _tiny_pictures(mail: Mail) -> Iterator[Problem]:
    sizes = {one.id: _size(one.data) for one in mail.pictures}
    for element in mail.page.all("img"):
        own = mail.looks.styles.own(element, DAY)
        said = [
            found
            for value in (
                element.get("width"),
                element.get("height"),
                own.get("width", ""),
                own.get("height", ""),
            )
            if value and (found := length(value, 1e6)) is not None
        ]
        width, height = sizes.get(element.get("src").removeprefix("cid:"), (99, 99))
        if any(one <= 3 for one in said) or max(width, height) <= 3:
            yield mail.in_html(
                element,
                code="mail-tracking",
                level=Level.ERROR,
                message="this picture is too small to be seen: it can only tell somebody that the mail was opened",
                mend="Take it out. Space between things is the work of a style.",
            )


def _size(data: bytes) -> tuple[int, int]:
    """The size of a PNG or GIF; large where that is not known."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return 99, 99


# ---- what reports


def _receipts(mail: Mail) -> Iterator[Problem]:
    for one in mail.headers:
        if one.name.lower() in _RECEIPTS:
            yield mail.in_message(
                code="mail-tracking",
                level=Level.ERROR,
                line=one.line,
                message=f"`{one.name}:` asks every reader's mail program to report that the mail was opened",
                mend="Take it out: nobody is told who read what.",
            )


def _links(mail: Mail) -> Iterator[Problem]:
    said: set[str] = set()
    for element in mail.page.all("a", "area"):
        address = element.get("href").strip()
        fault, mend = _watched(address)
        if fault and address not in said:
            said.add(address)
            yield mail.in_html(element, code="mail-tracking", level=Level.ERROR, message=fault, mend=mend)
        if "ping" in element.attributes:
            yield mail.in_html(
                element,
                code="mail-tracking",
                level=Level.ERROR,
                message="`ping` tells somebody of every click on this link",
                mend="Take `ping` out.",
            )


def _is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _watched(address: str) -> tuple[str, str]:
    """What of an address watches whoever follows it, and what to do; "" twice where nothing does."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https"):
        return "", ""
    host = (parts.hostname or "").lower()
    if any(_is_below(host, one) for one in _DETOURS) or any(
        _is_below(host, one) and parts.path.startswith(path) for one, path in _DETOUR_PAGES
    ):
        return (
            f"this link goes by way of {host}, which notes who clicked before it passes them on",
            "Follow it once yourself, and link to the address where it ends.",
        )
    marks = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if _MARKS.fullmatch(name)]
    marks += [name for name, _ in parse_qsl(parts.fragment) if _MARKS.fullmatch(name)]
    if marks:
        return (
            f"`{marks[0]}` in this link counts clicks or tells one reader from another",
            f"Leave {' and '.join(f'`{one}=...`' for one in dict.fromkeys(marks))} out of the address.",
        )
    return "", ""

"""What a page of the site may do in a browser, and what a web server says beside each file of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from builder.model.story import Audience

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "script-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""The content security policy (CSP level 3): pictures, styles, fonts and scripts of the site's own, and nothing else.

No inline script, none with a hash either, no request by a script, no frame, no form that leaves.
"""

_HEADER_ALONE: Mapping[str, str] = {"frame-ancestors": "'none'"}
"""What browsers pass over in a page, with a message in their console, and heed in a header."""

_UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a browser could do for a page, and no page of ours asks. Each is a word that browsers know: of others they complain."""

_FONT = "inter-latin"
"""The font that every page has words or figures in."""

_FONTS: Mapping[str, tuple[str, ...]] = {
    "el": ("inter-greek",),
    **dict.fromkeys(("ar", "ckb", "fa", "ur"), ("vazirmatn-arabic",)),
}
"""The fonts of languages that are written in other letters than Latin ones."""

_YEAR = 31_536_000
"""Seconds: the longest that RFC 2616 wished a copy to be kept, and that caches still reckon with."""


def policy(**changes: str) -> Markup:
    """The policy for a page's own `<meta>`; `changes` widen it by name, as in `connect_src="'self'"`."""
    widened = {**POLICY, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return Markup(_written(widened))  # noqa: S704  our own words, whose quotation marks stand as they are in an attribute


def robots(audience: Audience) -> str:
    """What search engines are asked of a page or any other file; "" where they may show it."""
    return "" if audience is Audience.PUBLIC else "noindex, nofollow"


def everywhere(audience: Audience) -> tuple[tuple[str, str], ...]:
    """The headers of every file, whatever it is.

    Strict-Transport-Security is left to whoever keeps the host: it binds all that stands there, for months.
    """
    found = (
        ("Content-Security-Policy", _written({**POLICY, **_HEADER_ALONE})),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", ", ".join(f"{name}=()" for name in _UNUSED)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    )
    asked = robots(audience)
    return (*found, ("X-Robots-Tag", asked)) if asked else found


def kept(audience: Audience, *, forever: bool) -> str:
    """Cache-Control for a file whose name tells its content (`forever`), or for any other.

    What is not for everybody may be kept by a reader's own browser and by no cache on the way.
    """
    who = "public" if audience is Audience.PUBLIC else "private"
    return f"{who}, max-age={_YEAR}, immutable" if forever else f"{who}, no-cache"


def fonts(language: str, addresses: Sequence[str], root: str) -> str:
    """Link for a page in a language (RFC 8288): the fonts that all its words wait for, of the theme's files at `addresses`.

    `root` is the quoted path of the site. "" where the theme has none of these. A browser asks for them together with the
    styles rather than after them, so that words are set once. The page itself cannot say so: from a folder of files
    browsers refuse what it names, and say so in their console.
    """
    wanted = (*_FONTS.get(language.partition("-")[0], ()), _FONT)
    found = (
        one for name in wanted for one in addresses if re.search(rf"/{name}\.[0-9a-f]{{12}}\.woff2$", one)
    )
    return ", ".join(f"<{root}{quote(one)}>; rel=preload; as=font; crossorigin" for one in found)


def _written(rules: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())

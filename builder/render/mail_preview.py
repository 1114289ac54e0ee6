"""A mail under an editor's eyes: as a mail program shows it by day or by night, with pictures or without."""

from __future__ import annotations

import re

LIGHTS = ("light", "dark")

_STYLE = re.compile(r"<style\b[^>]*>.*?</style>", re.IGNORECASE | re.DOTALL)
_LIGHT = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_SCHEME = re.compile(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*(")', re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""")

_ALWAYS, _NEVER = "(min-width:0)", "(max-width:0)"
"""Conditions that every window meets, and none: they stand well wherever a condition stands."""

# A link leads into a window of its own, for a mail that went elsewhere would be gone from the page.
_OURS = '<base target="_blank"><meta name="referrer" content="no-referrer">'

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""What a mail may do in the preview: show its own looks and the pictures that it brings with it. No script runs, nothing
is asked of any host. It is of the same origin so that the page around it can see how long it is."""


def seen(html: str, light: str, *, pictures: bool) -> str:
    """`html` (with its pictures in it) as it looks in `light`, one of LIGHTS, whatever the browser's own light is."""
    html = _STYLE.sub(lambda style: _LIGHT.sub(lambda asked: _answered(asked, light), style[0]), html)
    html = _SCHEME.sub(rf"\g<1>{light}\g<2>", html)
    html = _HEAD.sub(lambda head: head[0] + _OURS, html, count=1)
    return html if pictures else _PICTURE.sub(_without_source, html)


def policy(*, pictures: bool) -> str:
    """The header (CSP level 3) of a mail that is shown so."""
    return _POLICY.format(pictures="data:" if pictures else "'none'")


def _without_source(picture: re.Match[str]) -> str:
    return _ATTRIBUTE.sub(lambda one: "" if one[1].lower() in ("src", "srcset") else one[0], picture[0])


def _answered(asked: re.Match[str], light: str) -> str:
    return _ALWAYS if asked[1].lower() == light else _NEVER

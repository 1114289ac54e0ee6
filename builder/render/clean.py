"""An author's HTML, less everything that could do more than show words and pictures."""

from __future__ import annotations

import re

import nh3

_TAGS = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "id", "title"},
    "a": {"href", "class", "role"},
    "img": {"src", "alt"},
    "div": {"class"},
    "sup": {"class"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "abbr": {"title"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "details": {"open"},
}
_CLASSES = {"footnote", "footnote-ref", "footnote-backref"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_WITH_CONTENT = {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math"}
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        kept = [name for name in value.split() if name in _CLASSES]
        return " ".join(kept) or None
    if attribute == "dir" and value not in ("ltr", "rtl", "auto"):
        return None
    if attribute == "align" and value not in ("left", "right", "center"):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    attribute_filter=_filter,
    url_schemes=_SCHEMES,
    link_rel=None,
    clean_content_tags=_WITH_CONTENT,
)


def clean(html: str) -> tuple[str, tuple[str, ...]]:
    """`html` with only the elements, attributes and schemes that a story needs; and what elements were refused."""
    names = set(_NAME.findall(html))
    refused = () if names <= _TAGS else tuple(sorted({name.lower() for name in names} - _TAGS - {"h1"}))
    return _CLEANER.clean(html.replace("<h1", "<h2").replace("</h1>", "</h2>")), refused

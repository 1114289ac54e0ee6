"""Which features of HTML, CSS and pictures a mail uses, as Can I Email calls them, and where it uses each first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.check.mail_parts import Mail
from builder.check.mail_styles import Declaration, declarations
from builder.check.mail_styles import rules as rules_of
from builder.check.mail_tree import Element
from builder.model.mail_client import Feature

_ELEMENTS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "html-h1-h6"),
    **dict.fromkeys(("ul", "ol", "dl"), "html-lists"),
    **dict.fromkeys(
        "article aside details figcaption figure footer header main mark nav section summary time".split(),
        "html-semantics",
    ),
    "map": "html-image-maps",
    "b": "",
    "i": "",
}
"""Elements that are known under another name than their own."""

_PROPERTIES = {
    **dict.fromkeys(("left", "right", "top", "bottom"), "css-left-right-top-bottom"),
    **dict.fromkeys(("block-size", "inline-size"), "css-block-inline-size"),
    **dict.fromkeys(("border-inline", "border-block"), "css-border-inline-block"),
    **dict.fromkeys(("margin-inline", "margin-block"), "css-margin-inline-block"),
    **dict.fromkeys(("padding-inline", "padding-block"), "css-padding-inline-block"),
    **dict.fromkeys(("gap", "row-gap", "column-gap"), "css-gap"),
    **dict.fromkeys(
        ("grid-template-areas", "grid-template-columns", "grid-template-rows"), "css-grid-template"
    ),
    **dict.fromkeys(("font-family", "font-style", "font-variant"), ""),
    "columns": "css-column-layout-properties",
}
_LOGICAL = re.compile(
    r"(margin|padding)-(block|inline)-(start|end)|border-(block|inline)-(start|end|color|style|width)"
)

_AT_RULES = (
    ("prefers-color-scheme", "css-at-media-prefers-color-scheme"),
    ("prefers-reduced-motion", "css-at-media-prefers-reduced-motion"),
    ("orientation", "css-at-media-orientation"),
    ("hover", "css-at-media-hover"),
    ("device-pixel-ratio", "css-at-media-device-pixel-ratio"),
)
_FUNCTIONS = {
    "calc": "css-unit-calc",
    "clamp": "css-function-clamp",
    "min": "css-function-min",
    "max": "css-function-max",
    "light-dark": "css-function-light-dark",
    "var": "css-variables",
    "rgb": "css-rgb",
    "rgba": "css-rgba",
    **dict.fromkeys(("lch", "oklch", "lab", "oklab"), "css-modern-color"),
    **{one: f"css-{one}" for one in ("linear-gradient", "radial-gradient", "conic-gradient")},
}
_VALUES = {
    ("display", "none"): "css-display-none",
    ("display", "flex"): "css-display-flex",
    ("display", "inline-flex"): "css-display-flex",
    ("display", "grid"): "css-display-grid",
    ("display", "inline-grid"): "css-display-grid",
    ("flex-direction", "column"): "css-flex-direction",
    ("flex-wrap", "wrap"): "css-flex-wrap",
}
_SELECTORS = (
    (r"\.[\w-]+\.[\w-]+", "css-selector-chaining"),
    (r"\.[\w-]+", "css-selector-class"),
    (r"#[\w-]+", "css-selector-id"),
    (r"\[", "css-selector-attribute"),
    (r">", "css-selector-child"),
    (r"\+", "css-selector-adjacent-sibling"),
    (r"~(?!=)", "css-selector-general-sibling"),
    (r"[\w\])]\s+[\w.#\[*:]", "css-selector-descendant"),
    (r"(^|[\s>+~])[a-z][\w-]*", "css-selector-type"),
    (r"(^|[\s>+~])\*", "css-selector-universal"),
)
_UNIT = re.compile(
    r"(?<![\w#.-])-?\d*\.?\d+(px|em|rem|pt|pc|cm|mm|in|ch|ex|vh|vw|vmin|vmax|%)", re.IGNORECASE
)
_SYSTEM_FONT = re.compile(r"(?<![\w-])(system-ui|ui-(?:serif|sans-serif|rounded|monospace))(?![\w-])")
_PICTURES = {"jpeg": "jpg", "svg+xml": "svg", "heic": "heif"}

Uses = dict[str, Element | None]
"""Where each feature, by its slug, is used first; None where that has no place."""


def used(mail: Mail, known: Mapping[str, Feature]) -> Uses:
    """The features of `known` that a mail uses."""
    found: Uses = {}
    for element in mail.page.root:
        for slug in _of_element(element, known):
            if slug in known:
                found.setdefault(slug, element)
    for picture in mail.pictures:
        kind = picture.type.removeprefix("image/")
        slug = f"image-{_PICTURES.get(kind, kind)}"
        if slug in known:
            found.setdefault(slug, None)
    return found


def _of_element(element: Element, known: Mapping[str, Feature]) -> Iterator[str]:
    tag = element.tag
    slug = _ELEMENTS.get(tag, f"html-{tag}")
    if slug and not (slug in known and known[slug].title.endswith(" attribute")):
        yield slug
    for name, value in element.attributes.items():
        yield from _of_attribute(tag, name, value, known)
    for one in declarations(element.get("style")):
        yield from _of_declaration(one, known)
    if tag == "style":
        for rule in rules_of("".join(one for one in element.children if isinstance(one, str))):
            for query in (*rule.inside, *(one for one in rule.selectors if one.startswith("@"))):
                yield from _of_at_rule(query)
            for one in rule.declarations:
                yield from _of_declaration(one, known)
                if one.important:
                    yield "css-important"
            if len(rule.selectors) > 1:
                yield "css-selector-grouping"
            for selector in rule.selectors:
                if not selector.startswith("@"):
                    yield from _of_selector(selector)


def _of_attribute(tag: str, name: str, value: str, known: Mapping[str, Feature]) -> Iterator[str]:
    if f"html-{name}" in known and known[f"html-{name}"].title.endswith(" attribute"):
        yield f"html-{name}"
    if name in ("srcset", "sizes"):
        yield "html-srcset"
    elif name == "loading":
        yield "html-loading-attribute"
    elif tag == "a" and name == "href":
        yield from ["html-anchor-links"] * value.startswith("#")
        yield from ["html-mailto-links"] * value.startswith("mailto:")
    elif tag == "input" and name == "type":
        yield f"html-input-{value.lower()}"
    elif tag == "button" and name == "type":
        yield f"html-button-{value.lower()}"
    elif tag == "meta" and name == "name" and value == "color-scheme":
        yield "html-meta-color-scheme"
    elif tag == "img" and name == "src":
        if value.startswith("data:"):
            yield "image-base64"
        elif kind := re.search(r"\.(\w{3,4})(?:[?#]|$)", value.lower()):
            yield f"image-{_PICTURES.get(kind[1], kind[1])}"


def _of_at_rule(query: str) -> Iterator[str]:
    name = re.match(r"@([\w-]+)", query)
    yield f"css-at-{name[1].lower()}" if name else ""
    yield from (slug for word, slug in _AT_RULES if word in query)


def _of_declaration(one: Declaration, known: Mapping[str, Feature]) -> Iterator[str]:
    if one.name.startswith(("-", "mso-")):
        return  # for one program alone, by its own name
    yield _of_property(one.name, known)
    value = one.value.lower()
    yield _VALUES.get((one.name, value), "")
    yield from (f"css-unit-{'percent' if unit == '%' else unit.lower()}" for unit in _UNIT.findall(value))
    yield from (_FUNCTIONS.get(name, "") for name in re.findall(r"([a-z-]+)\(", value))
    if value == "initial":
        yield "css-unit-initial"
    if one.name in ("font", "font-family") and _SYSTEM_FONT.search(value):
        yield "css-sytem-ui"  # so it is spelled there
    if re.fullmatch(r"(fit|min|max)-content", value):
        yield "css-intrinsic-size"


def _of_property(name: str, known: Mapping[str, Feature]) -> str:
    """The feature that a property is a part of: `padding-left` is one of `padding`."""
    if name in _PROPERTIES:
        return _PROPERTIES[name]
    if logical := _LOGICAL.fullmatch(name):
        if not logical[1]:
            return (
                "css-border-inline-block-individual"
                if logical[5] in ("start", "end")
                else "css-border-inline-block-longhand"
            )
        return f"css-{logical[1]}-{logical[2]}-start-end"
    while name:
        for slug in (f"css-{name}", f"css-{name}-attribute"):
            if slug in known:
                return slug
        name = name.rpartition("-")[0]
        if name in ("text", "font"):
            return ""
    return ""


def _of_selector(selector: str) -> Iterator[str]:
    yield from (
        f"css-pseudo-{'element' if colons == '::' or name in ('before', 'after') else 'class'}-{name}"
        for colons, name in re.findall(r"(::?)([a-z-]+)", selector)
    )
    bare = re.sub(r"\[[^\]]*\]", "[]", re.sub(r"::?[a-z-]+(\([^)]*\))?", "", selector)).strip()
    yield from (slug for pattern, slug in _SELECTORS if re.search(pattern, bare))

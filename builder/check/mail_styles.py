"""The style of a mail: its sheets read, what they choose, and what holds for each element by day and by night.

As much of CSS as mails are written in: type, class, id and attribute selectors, their combinators, media queries of width and
of `prefers-color-scheme`, `!important`, and the attributes that came before styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from builder.check.mail_tree import Document, Element

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r'"[^"]*"|\'[^\']*\'|\([^()]*\)|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Declaration:
    name: str
    value: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`selectors` as they are written; `inside` the at-rules in which it stands, as in `@media print`."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    inside: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def declarations(text: str) -> tuple[Declaration, ...]:
    """What a style says, in its order.

    >>> declarations("color: red !important; background:url(a;b)")[1].value
    'url(a;b)'
    """
    found = []
    for part in _split(_COMMENT.sub(" ", text), ";"):
        name, colon, value = part.partition(":")
        value = " ".join(value.split())
        important = bool(re.search(r"!\s*important$", value, re.IGNORECASE))
        if colon and name.strip():
            value = re.sub(r"\s*!\s*important$", "", value, flags=re.IGNORECASE)
            found.append(Declaration(name.strip().lower(), value, important))
    return tuple(found)


def rules(sheet: str, inside: tuple[str, ...] = ()) -> Iterator[Rule]:
    """The rules of a style sheet; an at-rule without a block is one with no declarations."""
    text = _COMMENT.sub(" ", sheet).replace("<!--", " ").replace("-->", " ")
    at = 0
    while match := re.compile(r"[^{};]*[{;]").search(text, at):
        head, at = match[0][:-1].strip(), match.end()
        if match[0].endswith(";"):
            if head.startswith("@"):
                yield Rule((head,), (), inside)
            continue
        end = _end_of_block(text, at)
        block, at = text[at:end], end + 1
        if head.startswith("@"):
            if re.match(r"@(media|supports|layer|container)\b", head):
                yield from rules(block, (*inside, head))
            else:
                yield Rule((head,), declarations(block), inside)
        else:
            yield Rule(tuple(one.strip() for one in _split(head, ",")), declarations(block), inside)


def _end_of_block(text: str, at: int) -> int:
    depth = 1
    for match in re.compile(r"[{}]").finditer(text, at):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return len(text)


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks, but for those in quotation marks or brackets."""
    parts = [""]
    for piece in _PIECE.findall(text):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return [one for one in parts if one.strip()]


@dataclass(frozen=True, slots=True)
class _Simple:
    """One part of a selector: all that a single element must be. `before` is the combinator on its left."""

    before: str
    tag: str
    classes: frozenset[str]
    id: str
    attributes: tuple[tuple[str, str, str], ...]
    pseudos: tuple[str, ...]


_PART = re.compile(
    r"(?P<tag>[\w-]+|\*)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[\s*(?P<name>[\w:-]+)\s*(?:(?P<how>[~|^$*]?=)\s*[\"']?(?P<value>[^\"'\]]*)[\"']?\s*)?\]|::?(?P<pseudo>[\w-]+(?:\([^)]*\))?)"
)


def _selector(text: str) -> tuple[_Simple, ...]:
    """The parts of a selector from left to right; none where it is not understood, and then it chooses nothing."""
    pieces = re.split(r"\s*([>+~])\s*(?![^\[]*\])|\s+(?![^\[]*\])", text.strip())
    found: list[_Simple] = []
    before = ""
    for piece in pieces:
        if piece is None:
            before = " "
        elif piece in (">", "+", "~"):
            before = piece
        elif piece:
            one = _simple(before or ("" if not found else " "), piece)
            if one is None:
                return ()
            found.append(one)
            before = ""
    return tuple(found)


def _simple(before: str, text: str) -> _Simple | None:
    tag, classes, id = "", set(), ""
    attributes: list[tuple[str, str, str]] = []
    pseudos: list[str] = []
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["tag"]:
            tag = match["tag"].lower()
        elif match["class"]:
            classes.add(match["class"])
        elif match["id"]:
            id = match["id"]
        elif match["name"]:
            attributes.append((match["name"].lower(), match["how"] or "", match["value"] or ""))
        else:
            pseudos.append(match["pseudo"])
    return _Simple(before, tag, frozenset(classes), id, tuple(attributes), tuple(pseudos))


def _is(element: Element, one: _Simple) -> bool:
    if one.tag not in ("", "*", element.tag):
        return False
    if one.classes and not one.classes <= set(element.get("class").split()):
        return False
    if one.id and element.get("id") != one.id:
        return False
    return all(_has(element, *wanted) for wanted in one.attributes) and all(
        _is_such(element, pseudo) for pseudo in one.pseudos
    )


def _has(element: Element, name: str, how: str, value: str) -> bool:
    if name not in element.attributes:
        return False
    held = element.get(name)
    match how:
        case "=":
            return held == value
        case "~=":
            return value in held.split()
        case "^=":
            return held.startswith(value)
        case "$=":
            return held.endswith(value)
        case "*=":
            return value in held
        case "|=":
            return held == value or held.startswith(f"{value}-")
    return True


def _is_such(element: Element, pseudo: str) -> bool:
    beside = element.parent.elements if element.parent else []
    match pseudo:
        case "root":
            return element.tag == "html"
        case "first-child":
            return bool(beside) and beside[0] is element
        case "last-child":
            return bool(beside) and beside[-1] is element
        case "link":
            return element.tag == "a"
    return False


def _chooses(parts: tuple[_Simple, ...], element: Element) -> bool:
    if not parts or not _is(element, parts[-1]):
        return False
    rest = parts[:-1]
    if not rest:
        return True
    match parts[-1].before:
        case ">":
            return element.parent is not None and _chooses(rest, element.parent)
        case "+" | "~" as how:
            beside = element.parent.elements if element.parent else []
            before = beside[: beside.index(element)]
            return any(_chooses(rest, one) for one in (before[-1:] if how == "+" else before))
    return any(_chooses(rest, one) for one in element.above() if one is not element)


def _weight(parts: tuple[_Simple, ...]) -> tuple[int, int, int]:
    return (
        sum(bool(one.id) for one in parts),
        sum(len(one.classes) + len(one.attributes) + len(one.pseudos) for one in parts),
        sum(one.tag not in ("", "*") for one in parts),
    )


@dataclass(frozen=True, slots=True)
class Light:
    """In what light, and how wide (CSS pixels), a mail is looked at."""

    dark: bool = False
    width: int = 600


def applies(inside: tuple[str, ...], light: Light) -> bool:
    """Whether rules in these at-rules hold in this light.

    >>> applies(("@media (prefers-color-scheme: dark)",), Light())
    False
    """
    return all(_holds(one.removeprefix("@media"), light) for one in inside if one.startswith("@media"))


def _holds(query: str, light: Light) -> bool:
    return any(_one_holds(one.lower(), light) for one in query.split(",")) if query.strip() else True


def _one_holds(query: str, light: Light) -> bool:
    if re.search(r"\b(print|speech|not)\b", query):
        return False
    scheme = re.search(r"prefers-color-scheme\s*:\s*(\w+)", query)
    if scheme and (scheme[1] == "dark") != light.dark:
        return False
    least, most = re.search(r"min-width\s*:\s*(\d+)", query), re.search(r"max-width\s*:\s*(\d+)", query)
    if least and light.width < int(least[1]):
        return False
    return not (most and light.width > int(most[1]))


_Ranked = tuple[tuple[bool, bool, tuple[int, int, int], int], Declaration, tuple[str, ...]]


def _key(one: _Simple) -> str:
    if one.id:
        return f"#{one.id}"
    if one.classes:
        return f".{min(one.classes)}"
    return one.tag.replace("*", "")


def _keys(element: Element) -> set[str]:
    return {element.tag, f"#{element.get('id')}", *(f".{one}" for one in element.get("class").split())}


def _surroundings(parts: tuple[_Simple, ...]) -> frozenset[str]:
    """What must stand around whatever these choose; of an element beside another nothing is said."""
    if any(one.before in ("+", "~") for one in parts):
        return frozenset()
    return frozenset(filter(None, map(_key, parts[:-1])))


@dataclass(slots=True)
class Styles:
    """What styles say of each element of a document; what was once worked out is remembered."""

    document: Document
    _known: dict[Element, list[_Ranked]] = field(default_factory=dict)
    _won: dict[tuple[Element, Light], dict[str, str]] = field(default_factory=dict)
    _rules: dict[str, list[tuple[tuple[_Simple, ...], Rule, int, frozenset[str]]]] = field(
        default_factory=dict
    )
    """By what the element itself must be: its id, a class or its tag, or "" where it may be any; each with its order, and with
    what must stand around the element."""
    _around: dict[Element, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        order = 0
        for style in self.document.all("style"):
            media = (f"@media {style.get('media')}",) if style.get("media") else ()
            for rule in rules("".join(one for one in style.children if isinstance(one, str)), media):
                for selector in rule.selectors:
                    parts = () if selector.startswith("@") else _selector(selector)
                    if parts:
                        self._rules.setdefault(_key(parts[-1]), []).append(
                            (parts, rule, order, _surroundings(parts))
                        )
                        order += 1

    def _all(self, element: Element) -> list[_Ranked]:
        if element not in self._known:
            found: list[_Ranked] = []
            keys = ("", *_keys(element))
            around = self._keys_around(element.parent)
            for parts, rule, order, needed in (one for key in keys for one in self._rules.get(key, ())):
                if needed <= around and _chooses(parts, element):
                    found += [
                        ((one.important, False, _weight(parts), order), one, rule.inside)
                        for one in rule.declarations
                    ]
            found += [
                ((one.important, True, (0, 0, 0), order), one, ())
                for order, one in enumerate(declarations(element.get("style")))
            ]
            found.sort(key=lambda one: one[0])
            self._known[element] = found
        return self._known[element]

    def _keys_around(self, element: Element | None) -> frozenset[str]:
        """All that an element and those around it can be chosen by."""
        if element is None:
            return frozenset()
        if element not in self._around:
            self._around[element] = self._keys_around(element.parent) | _keys(element)
        return self._around[element]

    def own(self, element: Element, light: Light) -> dict[str, str]:
        """What styles say of the element itself, by property; a shorthand does away with what it holds."""
        key = (element, light)
        if key not in self._won:
            won: dict[str, str] = {}
            for _, one, inside in self._all(element):
                if inside and not applies(inside, light):
                    continue
                for longer in [name for name in won if name.startswith(f"{one.name}-")]:
                    if one.name in ("background", "font", "margin", "padding", "border"):
                        del won[longer]
                won.pop(one.name, None)
                won[one.name] = one.value
            self._won[key] = won
        return self._won[key]

"""How a text of a mail looks: its colour and the ground behind it, its size, side and direction, and whether it is seen at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.check.mail_styles import Light, Styles
from builder.check.mail_tree import Document, Element, said

DAY, NIGHT = Light(), Light(dark=True)
_PAPER = {DAY: "#ffffff", NIGHT: "#121212"}
_INK = {DAY: "#000000", NIGHT: "#ffffff"}
"""What is behind a mail and its letters where nothing is said of either; by night only if the mail says that it knows the night."""
_LINK = {DAY: "#0000ee", NIGHT: "#9e9eff"}

_NAMED = {
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "orange": "#ffa500",
}
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b(?![0-9a-f])")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
_NUMBER = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%)?$")
_HEADINGS = {
    "h1": 2.0,
    "h2": 1.5,
    "h3": 1.17,
    "h4": 1.0,
    "h5": 0.83,
    "h6": 0.67,
    "small": 0.83,
    "sub": 0.83,
    "sup": 0.83,
}
"""How large browsers make these where nobody says it, times the text around."""
_LEADING = 1.2
"""The height of a line where nobody says it, times its letters: about that of most fonts."""


def colour(value: str) -> str | None:
    """The colour in a value, as `#rrggbb`; "" where it is transparent, None where it is not understood.

    >>> colour("#FFF url(a.png)"), colour("rgb(0, 0, 255)"), colour("transparent"), colour("oklch(1 0 0)")
    ('#ffffff', '#0000ff', '', None)
    """
    value = re.sub(r"url\([^)]*\)", " ", value.lower()).strip()
    if value in ("", "none", "transparent"):
        return ""
    if match := _HEX.search(value):
        letters = match[1]
        return "#" + (letters if len(letters) == 6 else "".join(one * 2 for one in letters))
    if match := _RGB.search(value):
        if match[4] and float(match[4].rstrip("%")) == 0:
            return ""
        return "#" + "".join(f"{min(int(one), 255):02x}" for one in match.groups()[:3])
    return next((_NAMED[word] for word in re.findall(r"[a-z]+", value) if word in _NAMED), None)


def length(value: str, of: float) -> float | None:
    """A length in CSS pixels; `of` is what `em` and `%` are measured by. None where it is not understood.

    >>> length("1.5em", 16), length("12pt", 0), length("0", 16)
    (24.0, 16.0, 0.0)
    """
    match = _NUMBER.match(value.strip().lower())
    if match is None:
        return None
    number = float(match[1])
    return number * {"pt": 4 / 3, "em": of, "rem": 16.0, "%": of / 100}.get(match[2] or "px", 1.0)


def sides(own: dict[str, str], name: str) -> tuple[str, str, str, str]:
    """The four values of `padding` or its like: above, right, below, left.

    >>> sides({"padding": "1px 2px", "padding-left": "3px"}, "padding")
    ('1px', '2px', '1px', '3px')
    """
    found = ["0", "0", "0", "0"]
    for key, value in own.items():
        if key == name:
            parts = value.split() or ["0"]
            found = [
                (parts * 4)[at] if len(parts) in (1, 2, 4) else (*parts, parts[1])[at] for at in range(4)
            ]
        elif key.startswith(f"{name}-"):
            place = key.removeprefix(f"{name}-")
            if place in ("top", "right", "bottom", "left"):
                found[("top", "right", "bottom", "left").index(place)] = value
    return found[0], found[1], found[2], found[3]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text as it is seen, and the element in which it stands."""

    text: str
    element: Element

    @property
    def block(self) -> Element:
        """The block that it is a part of."""
        return next(one for one in self.element.above() if one.is_block or one.parent is None)


@dataclass(slots=True)
class Looks:
    """How everything of a document looks."""

    document: Document
    styles: Styles
    _hidden: dict[Element, bool] = field(default_factory=dict)
    _seen: list[Words] = field(default_factory=list)
    _knows_the_night: list[bool] = field(default_factory=list)

    def seen(self) -> Iterator[Words]:
        """All text that is seen, piece by piece."""
        if not self._seen:
            self._seen += self._look()
        return iter(self._seen)

    def blocks(self) -> dict[Element, list[Words]]:
        """The same, block by block."""
        found: dict[Element, list[Words]] = {}
        for one in self.seen():
            found.setdefault(one.block, []).append(one)
        return found

    def _look(self) -> Iterator[Words]:
        for element in self.document.root:
            if element.tag in ("style", "script", "title") or self.hidden(element):
                continue
            for one in element.children:
                if isinstance(one, str) and (text := said(one)):
                    yield Words(text, element)

    def hidden(self, element: Element) -> bool:
        """Whether nobody sees it, by day and on a desk."""
        if element not in self._hidden:
            above = element.parent is not None and self.hidden(element.parent)
            self._hidden[element] = above or element.tag in ("head", "template") or self.hides(element)
        return self._hidden[element]

    def hides(self, element: Element) -> bool:
        """Whether the element itself is what hides."""
        own = self.styles.own(element, DAY)
        flat = length(own.get("max-height", "1px"), 16) == 0 or length(own.get("height", "1px"), 16) == 0
        return (
            own.get("display") == "none"
            or own.get("visibility") == "hidden"
            or own.get("mso-hide") == "all"
            or "hidden" in element.attributes
            or own.get("opacity") in ("0", "0.0")
            or (flat and own.get("overflow") == "hidden")
        )

    def inherited(self, element: Element, name: str, light: Light = DAY) -> tuple[str, Element | None]:
        """What the nearest element that says it says, and which that is."""
        for one in element.above():
            own = self.styles.own(one, light)
            if name in own and own[name] not in ("inherit", "unset"):
                return own[name], one
        return "", None

    def ink(self, element: Element, light: Light) -> str | None:
        """The colour of a text; None where it is not understood."""
        for one in element.above():
            own = self.styles.own(one, light)
            value = own.get("color", one.get("color") if one.tag == "font" else "")
            if value and value not in ("inherit", "unset"):
                return colour(value) or None
            if one.tag == "a" and one.get("href"):
                return _LINK[self._canvas(light)]
        return _INK[self._canvas(light)]

    def ground(self, element: Element, light: Light) -> str | None:
        """The colour behind it; None where it is not understood."""
        for one in element.above():
            value = one.get("bgcolor")
            for name, declared in self.styles.own(one, light).items():
                if name in ("background", "background-color"):
                    value = declared
            found = colour(value)
            if found is None:
                return None
            if found:
                return found
        return _PAPER[self._canvas(light)]

    def _canvas(self, light: Light) -> Light:
        """The light that programs themselves put around the mail: by day, unless it says `color-scheme: dark`."""
        if light.dark and not self._knows_the_night:
            page = self.document.first("html")
            told = [self.styles.own(page, light).get("color-scheme", "")] if page else []
            told += [
                one.get("content") for one in self.document.all("meta") if one.get("name") == "color-scheme"
            ]
            self._knows_the_night.append(any("dark" in one for one in told))
        return light if not light.dark or self._knows_the_night[0] else DAY

    def size(self, element: Element) -> float:
        """The height of its letters, in CSS pixels."""
        around = self.size(element.parent) if element.parent else 16.0
        value = self.styles.own(element, DAY).get("font-size", "")
        found = length(value, around) if value else None
        return around * _HEADINGS.get(element.tag, 1.0) if found is None else found

    def leading(self, element: Element) -> float:
        """The height of its lines, in CSS pixels."""
        value, _ = self.inherited(element, "line-height")
        size = self.size(element)
        if not value or value == "normal":
            return size * _LEADING
        if re.fullmatch(r"[\d.]+", value):
            return size * float(value)
        return length(value, size) or size * _LEADING

    def direction(self, element: Element) -> str:
        """`ltr` or `rtl`."""
        for one in element.above():
            own = self.styles.own(one, DAY).get("direction", "") or one.get("dir").lower()
            if own in ("ltr", "rtl"):
                return own
        return "ltr"

    def side(self, element: Element) -> str:
        """On which side its lines begin: `left`, `right` or `center`."""
        for one in element.above():
            value = self.styles.own(one, DAY).get("text-align", "")
            if not value and one.tag not in ("table", "img"):
                value = one.get("align").lower()
            if value in ("left", "right", "center"):
                return value
            if value == "justify":
                break
            if value in ("start", "end"):
                return "left" if (self.direction(one) == "ltr") == (value == "start") else "right"
            if one.tag == "center":
                return "center"
            if one.tag == "th":
                return "center"
        return "left" if self.direction(element) == "ltr" else "right"

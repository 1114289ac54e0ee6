"""MJML becomes the HTML of a mail. The compiler writes something for whatever it is given and is silent about what it did not
understand, so what a template may hold is known here, and is told of when it holds anything else.

The elements are those that the compiler was seen to render as the reference does; their attributes are the reference's
(MJML 5). Lengths carry their unit: a bare 0 changes what the compiler makes of those beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

import mrml

from builder.problem import Level, Problem, Trouble, guess

_TEXT = frozenset(
    "color font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform".split()
)
_PADDING = frozenset("padding padding-top padding-bottom padding-left padding-right".split())
_BORDER = frozenset("border border-bottom border-left border-radius border-right border-top".split())
_COMMON = frozenset({"css-class", "mj-class"})
_IN_A_COLUMN = _COMMON | _PADDING | {"align", "container-background-color"}
_BACKGROUND = frozenset({"background-color"})

_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "mjml": frozenset({"lang", "dir", "owa"}),
    "mj-head": frozenset(),
    "mj-title": frozenset(),
    "mj-preview": frozenset(),
    "mj-attributes": frozenset(),
    "mj-style": frozenset(),
    "mj-raw": frozenset(),
    "mj-breakpoint": frozenset({"width"}),
    "mj-body": _BACKGROUND | {"width", "css-class"},
    "mj-wrapper": _COMMON | _PADDING | _BORDER | _BACKGROUND | {"full-width", "text-align"},
    "mj-section": _COMMON | _PADDING | _BORDER | _BACKGROUND | {"direction", "full-width", "text-align"},
    "mj-column": _COMMON
    | _PADDING
    | _BORDER
    | _BACKGROUND
    | {"direction", "inner-background-color", "inner-border-radius", "vertical-align", "width"},
    "mj-text": _IN_A_COLUMN | _TEXT | {"height"},
    "mj-image": _IN_A_COLUMN
    | _BORDER
    | {
        "alt",
        "font-size",
        "height",
        "href",
        "max-height",
        "rel",
        "src",
        "target",
        "title",
        "width",
        "fluid-on-mobile",
    },
    "mj-button": _IN_A_COLUMN
    | _TEXT
    | _BORDER
    | _BACKGROUND
    | {"height", "href", "inner-padding", "rel", "target", "text-align", "title", "vertical-align", "width"},
    "mj-table": _IN_A_COLUMN
    | _TEXT
    | {"border", "cellpadding", "cellspacing", "role", "table-layout", "width"},
    "mj-divider": _IN_A_COLUMN | {"border-color", "border-style", "border-width", "width"},
    "mj-spacer": _COMMON | _PADDING | {"container-background-color", "height"},
}
_DEFAULTS = frozenset().union(*_ATTRIBUTES.values())
"""What `mj-all` and `mj-class` may say: whatever any element may."""

_INSIDE: Mapping[str, frozenset[str]] = {
    "mjml": frozenset({"mj-head", "mj-body"}),
    "mj-head": frozenset({"mj-title", "mj-preview", "mj-attributes", "mj-style", "mj-raw", "mj-breakpoint"}),
    "mj-body": frozenset({"mj-section", "mj-wrapper", "mj-raw"}),
    "mj-wrapper": frozenset({"mj-section"}),
    "mj-section": frozenset({"mj-column"}),
    "mj-column": frozenset({"mj-text", "mj-image", "mj-button", "mj-table", "mj-divider", "mj-spacer"}),
}
_LENGTHS = re.compile(
    r"(?:padding|inner-padding|width|height|max-height|font-size|border-width|letter-spacing)$"
)
_LENGTH = re.compile(r"-?(?:\d+|\d*\.\d+)(?:px|em)|(?:\d+|\d*\.\d+)%|auto")
_LINE_HEIGHT = re.compile(r"(?:\d+|\d*\.\d+)(?:px|%|em)?")
_CHOICES: Mapping[str, frozenset[str]] = {
    "align": frozenset({"left", "right", "center"}),
    "text-align": frozenset({"left", "right", "center"}),
    "direction": frozenset({"ltr", "rtl"}),
    "dir": frozenset({"ltr", "rtl"}),
    "vertical-align": frozenset({"top", "middle", "bottom"}),
}


def html_of(mjml: str, template: str, source: Callable[[str], str | None]) -> str:
    """`mjml` as HTML. Raises Trouble when it holds what the compiler would not render as it was meant.

    `template` is the name of the template it came from, and `source` gives the text of one, in which the fault is looked for.
    """
    mjml = _UNSPEAKABLE.sub("", mjml)
    for message, mend, near, written in faults(mjml):
        whose = next(
            (name for name in (template, f"theme/{template}") if written in (source(name) or "")), template
        )
        raise Trouble(
            _problem(whose.removeprefix("theme/"), source(whose) or "", message, mend, near, written)
        )
    try:
        html: str = mrml.to_html(mjml).content
    except OSError as fault:
        raise Trouble(
            Problem(
                code="template",
                level=Level.ERROR,
                file=f"templates/{template}",
                message=f"the template of the mail is not whole MJML: {fault}",
                mend="Look for an element that is not closed, or closed twice; close each that is opened, as in </mj-section>.",
            )
        ) from fault
    html = _TAG.sub(lambda tag: _mended(tag[0]), html)
    return _PICTURE.sub(_with_its_words, html)


def _mended(tag: str) -> str:
    """A tag without what is needless in it; words between tags are their author's."""
    tag = _NEEDLESS.sub("", tag)
    return tag.replace("text-align:left;direction:rtl;", "text-align:right;direction:rtl;")


_TAG = re.compile(r"<[^<>]*>")


def _with_its_words(picture: re.Match[str]) -> str:
    """A picture whose alt is read where it is not shown: in its own language and direction, with room for accents.

    MJML knows no attributes for that, so a class of the element says it: `alt-fa-rtl`.
    """
    before, language, runs, attributes = picture.groups()
    side = "right" if runs == "rtl" else "left"
    style = f"direction:{runs};text-align:{side};line-height:1.7;"
    dressed = attributes.replace('style="', f'style="{style}', 1)
    return f'{before}<img lang="{language}" dir="{runs}" {dressed}'


_PICTURE = re.compile(r'(class="[^"]*\balt-([\w-]+)-(rtl|ltr)"(?:(?!<img ).)*?)<img ([^>]*)', re.DOTALL)


_NEEDLESS = re.compile(
    r"(?:word-spacing:normal|outline:none|border-spacing:0px|cursor:auto|letter-spacing:none);| target=\"_blank\""
)
"""What the compiler writes everywhere, no program shows, and some complain of. A link opens where its reader's program opens links."""


def _problem(template: str, text: str, message: str, mend: str, near: str, written: str) -> Problem:
    lines = text.split("\n")
    found = next(
        ((number, line.index(written)) for number, line in enumerate(lines) if written in line), (-1, -1)
    )
    line, column = found
    return Problem(
        code="mail-template",
        level=Level.ERROR,
        file=f"templates/{template}",
        line=line + 1,
        column=column + 1,
        excerpt=lines[line] if line >= 0 else "",
        message=message,
        mend=mend,
        guess=near,
    )


_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold (XML 1.0, 2.2), such as the line break that Word puts into a paragraph: the compiler would stop at it."""

Fault = tuple[str, str, str, str]
"""What is wrong, how to mend it, a guess when one is near, and the letters of the template that it is about."""


def faults(mjml: str) -> Iterator[Fault]:
    """What the compiler would pass over in silence, in the order in which it stands."""
    reader = _Linter()
    reader.feed(mjml)
    reader.close()
    yield from reader.faults


class _Linter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[Fault] = []
        self._open: list[str] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)
        if tag.startswith("mj"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not tag.startswith("mj"):
            return
        around = self._open[-1] if self._open else ""
        if around == "mj-attributes":
            known = _DEFAULTS | {"name"} if tag in ("mj-all", "mj-class") else _ATTRIBUTES.get(tag)
        else:
            known = _ATTRIBUTES.get(tag)
        if known is None:
            self._say(
                f"mails are not made of `<{tag}>` here",
                f"Use one of {_listed(_INSIDE.get(around, _INSIDE['mj-column']))}.",
                guess(tag, _ATTRIBUTES),
                f"<{tag}",
            )
            return
        allowed = _INSIDE.get(around)
        if allowed is not None and tag not in allowed:
            self._say(
                f"`<{tag}>` stands in `<{around}>`, where nothing is made of it",
                f"In `<{around}>` there may be {_listed(allowed)}.",
                "",
                f"<{tag}",
            )
        for name, value in attrs:
            if name not in known:
                self._say(
                    f"`<{tag}>` knows no `{name}`",
                    f"It knows {_listed(known)}.",
                    guess(name, known),
                    f"{name}=",
                )
            elif fault := _wrong_value(name, value or ""):
                self._say(f"`{name}` of `<{tag}>` is `{value}`", fault, "", f'{name}="{value}"')

    def _say(self, message: str, mend: str, near: str, written: str) -> None:
        self.faults.append((message, mend, near, written))


def _wrong_value(name: str, value: str) -> str:
    """How to mend a value that the compiler or a mail program would take for another, "" for one that is right."""
    choices = _CHOICES.get(name)
    if choices is not None and value not in choices:
        return f"Write {' or '.join(sorted(choices))}."
    if name == "line-height" and not _LINE_HEIGHT.fullmatch(value):
        return "Write a number, or a length with its unit, such as 24px."
    is_length = _LENGTHS.match(name) or name.startswith("padding-")
    if is_length and not (value.split() and all(map(_LENGTH.fullmatch, value.split()))):
        return "Write each length with its unit, 0px too."
    return ""


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))

"""A finished mail as its parts: headers as raw lines, text, HTML in both views, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property

from builder.check.mail_looks import Looks
from builder.check.mail_styles import Styles
from builder.check.mail_tree import Document, Element, as_word_sees_it, parse
from builder.problem import Level, Problem

_LONGEST_EXCERPT = 110
"""Letters of a line that are shown: a compiler writes lines of ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a mail should be.

    `name` is that of its files in the outbox, without an ending. `pictures_from` are the hosts from which it may show
    pictures, beside those that travel with it. `contrast` measures two colours (`#rrggbb`), from 1 to 21; `direction_of` says which way
    a language runs.
    """

    name: str
    lang: str
    dir: str
    contrast: Callable[[str, str], float]
    direction_of: Callable[[str], str]
    pictures_from: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Header:
    """A header as its raw bytes say it: the name, all after the colon with its folds, and the line (from 1) it begins on."""

    name: str
    raw: str
    line: int

    @property
    def value(self) -> str:
        """Unfolded, and nothing decoded."""
        return re.sub(r"\r?\n(?=[ \t])", "", self.raw).strip()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that travels with the mail; `id` without its brackets, "" where it has none."""

    id: str
    type: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """A mail, understood once and then asked by every rule."""

    raw: bytes
    expected: Expected
    whole: EmailMessage = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", message_from_bytes(self.raw, policy=policy.default))

    @cached_property
    def headers(self) -> tuple[Header, ...]:
        """Those of the mail itself, in their order."""
        head = re.split(rb"\r?\n\r?\n", self.raw, maxsplit=1)[0].decode("latin-1")
        found: list[Header] = []
        for number, line in enumerate(re.split(r"\r?\n", head), start=1):
            if line[:1] in (" ", "\t") and found:
                found[-1] = Header(found[-1].name, f"{found[-1].raw}\n{line}", found[-1].line)
            else:
                name, _, value = line.partition(":")
                found.append(Header(name, value, number))
        return tuple(found)

    def named(self, name: str) -> list[Header]:
        """The headers of this name, however its letters are written."""
        return [one for one in self.headers if one.name.lower() == name.lower()]

    @cached_property
    def text(self) -> str:
        """The words of the text part, "" where there is none."""
        return self._content("plain")

    @cached_property
    def html(self) -> str:
        return self._content("html")

    def _content(self, kind: str) -> str:
        part = self.whole.get_body((kind,))
        if part is None:
            return ""
        content: str = part.get_content()
        return content.replace("\r\n", "\n")

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(
            Picture(
                id=str(part["Content-ID"] or "").strip().strip("<>"),
                type=part.get_content_type(),
                data=bytes(part.get_content()),
            )
            for part in self.whole.walk()
            if part.get_content_maintype() == "image"
        )

    @cached_property
    def page(self) -> Document:
        """The HTML as programs but Outlook for Windows read it."""
        return parse(self.html)

    @cached_property
    def word_page(self) -> Document:
        """The HTML as Word reads it."""
        return parse(as_word_sees_it(self.html))

    @cached_property
    def looks(self) -> Looks:
        return Looks(self.page, Styles(self.page))

    @cached_property
    def word_looks(self) -> Looks:
        return Looks(self.word_page, Styles(self.word_page))

    @cached_property
    def links(self) -> tuple[Element, ...]:
        """The links that are seen, in their order."""
        return tuple(
            one for one in self.page.all("a") if "href" in one.attributes and not self.looks.hidden(one)
        )

    def views(self) -> Iterator[Looks]:
        yield self.looks
        yield self.word_looks

    # ---- Problems, each in the file of the outbox in which it can be looked at

    def in_html(
        self, element: Element | None, *, code: str, level: Level, message: str, mend: str
    ) -> Problem:
        """A Problem with an element; its line is the same in the .html of the outbox.

        The excerpt begins with the element itself: on a line of ten thousand letters nobody counts to a column.
        """
        line, excerpt = 0, ""
        if element is not None and element.line:
            line = element.line
            excerpt = self.html.split("\n")[line - 1][max(element.column - 1, 0) :][:_LONGEST_EXCERPT]
        return Problem(
            code=code,
            level=level,
            file=f"outbox/{self.expected.name}.html",
            line=line,
            excerpt=excerpt,
            message=message,
            mend=mend,
        )

    def in_message(self, *, code: str, level: Level, message: str, mend: str, line: int = 0) -> Problem:
        """A Problem with the message itself."""
        excerpt = ""
        if line:
            excerpt = self.raw.split(b"\n")[line - 1].decode("latin-1").rstrip()[:_LONGEST_EXCERPT]
        return Problem(
            code=code,
            level=level,
            file=f"outbox/{self.expected.name}.eml",
            line=line,
            excerpt=excerpt,
            message=message,
            mend=mend,
        )

    def in_text(self, *, code: str, level: Level, message: str, mend: str, line: int = 0) -> Problem:
        """A Problem with the text part."""
        return Problem(
            code=code,
            level=level,
            file=f"outbox/{self.expected.name}.txt",
            line=line,
            excerpt=self.text.split("\n")[line - 1] if line else "",
            message=message,
            mend=mend,
        )

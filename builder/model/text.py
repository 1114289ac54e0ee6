"""Words with places for people: a text in which persons are referred to and never named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

REFERENCE = re.compile(
    r"""\[(?P<pattern>[^\[\]]*)\]\(@(?P<person>[A-Za-z0-9-]+)(?::(?P<case>[a-z]+))?"""
    r"""(?:\s+(?:"(?P<otherwise>[^"]*)"|'(?P<otherwise_single>[^']*)'))?\s*\)"""
)
"""How a reference is written; the one place that says so."""

A_NAME = 12
"""Letters that a name is likely to have."""


def seen(words: str) -> int:
    """How many letters of these words take room on a screen: marks stand upon others, and joiners are not seen.

    >>> seen("e\u0301te\u0301")
    3
    """
    return sum(category(letter) not in ("Mn", "Me", "Cf") for letter in words)


@dataclass(frozen=True, slots=True)
class Reference:
    """A place for a person in a text: `[*'s](@p-017:gen "a colleague's")`.

    `pattern` is the text between the brackets, in which `*` stands for the name; `case` the grammatical case asked
    for, or ""; `otherwise` the author's phrase for when the person is not named, or "".
    """

    person: str
    pattern: str = "*"
    case: str = ""
    otherwise: str = ""

    @classmethod
    def written(cls, match: re.Match[str]) -> Reference:
        """The Reference that a match of REFERENCE stands for."""
        return cls(
            match["person"],
            match["pattern"] or "*",
            match["case"] or "",
            match["otherwise"] or match["otherwise_single"] or "",
        )


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words (no markup) with References between them."""

    parts: tuple[str | Reference, ...] = ()

    @classmethod
    def written(cls, source: str) -> Text:
        """The Text that an editor's words stand for.

        >>> Text.written("Thanks to [*](@p-017 'a nurse')!").references[0].person
        'p-017'
        """
        parts: list[str | Reference] = []
        end = 0
        for match in REFERENCE.finditer(source):
            parts += [source[end : match.start()], Reference.written(match)]
            end = match.end()
        parts.append(source[end:])
        return cls(tuple(part for part in parts if part != ""))

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def letters(self) -> int:
        """How many letters readers see, more or less: nobody knows yet how long the names will be.

        >>> Text.written("می\u200cروم").letters
        5
        """
        return sum(seen(part) if isinstance(part, str) else A_NAME for part in self.parts)

    @property
    def words(self) -> int:
        """How many words readers read, more or less.

        >>> Text.written("Thanks to [*](@p-017 'a nurse')!").words
        3
        """
        return len("".join(part if isinstance(part, str) else "name" for part in self.parts).split())

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(part for part in self.parts if isinstance(part, Reference))


Fill = Callable[[Reference], str]
"""Says what stands in the place of a Reference, under one channel's consent."""


@dataclass(frozen=True, slots=True)
class Words:
    """A short text an editor gave once, or once per language: `{en: Pharmacy, fa: داروخانه}`.

    `by_language` holds (language, text) pairs in the order written; "" is the language of a text given once.
    """

    by_language: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def said_in(self, *languages: str) -> tuple[str, str]:
        """The (language, text) of the first of these languages that is there, else of the first there is.

        >>> Words((("en", "Pharmacy"), ("fa", "داروخانه"))).said_in("el", "en")
        ('en', 'Pharmacy')
        >>> Words((("", "Pharmacy"),)).said_in("el")
        ('', 'Pharmacy')
        """
        given = dict(self.by_language)
        for language in (*languages, ""):
            if language in given:
                return language, given[language]
        return self.by_language[0] if self.by_language else ("", "")

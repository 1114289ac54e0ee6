"""Names that stand bare in a text, where only a reference may stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from builder.model.body import Body
from builder.model.newsletter import Newsroom, Passage
from builder.model.person import NameForms, Person
from builder.model.text import REFERENCE, Text
from builder.problem import Level, Problem

_UNSEEN = (
    "\u00ad\u0300-\u036f\u061c\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Accents written on their own, vowel marks, and what joins, breaks or turns words without being seen."""

_WORD = re.compile(f"[^\\W_]+(?:[{_UNSEEN}]+[^\\W_]+)*[\u0300-\u036f\u064b-\u065f\u0670]*")
_HIDDEN = re.compile(f"[{_UNSEEN}\u0640]")
_ATTRIBUTE = re.compile(r'\s[a-z-]+="([^"]*)"')
_WRITTEN_TOGETHER = 8
"""Letters from which two names in one word (`AmalHaddad.pdf`) are no other word by chance."""

_FOLDED = str.maketrans("يىكςłŁøØđĐ", "ییکσlLoOdD")


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word as it is compared: without case, accents, and the ways in which Persian letters are typed.

    >>> folded("Χαντάντ") == folded("ΧΑΝΤΑΝΤ")
    True
    """
    plain = unicodedata.normalize("NFKD", _HIDDEN.sub("", word).translate(_FOLDED))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold().translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: where, as written, and whose."""

    offset: int
    words: str
    person: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    start: int


def _words(text: str) -> list[_Word]:
    return [_Word(match[0], folded(match[0]), match.start()) for match in _WORD.finditer(text)]


class Roll:
    """All names of the people file in every form and script, ready to be looked for."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._full: dict[tuple[str, ...], str] = {}
        self._single: dict[str, tuple[str, str]] = {}
        for person in people.values():
            for name in person.names:
                for forms in (name.forms, *(forms for _, forms in name.cases)):
                    self._add(person, forms)
        self._longest = max(map(len, self._full), default=0)
        self._beginnings = {key[0] for key in self._full}

    def _add(self, person: Person, forms: NameForms) -> None:
        words = _words(forms.full)
        key = tuple(word.folded for word in words)
        if not key:
            return
        self._full.setdefault(key, person.id)
        self._full.setdefault(tuple(reversed(key)), person.id)  # family name first, as lists have it
        if len(key) > 1 and len("".join(key)) >= _WRITTEN_TOGETHER:
            self._full.setdefault(("".join(key),), person.id)
            self._full.setdefault(("".join(reversed(key)),), person.id)
        for word in (*words, *_words(forms.first)):
            if len(key) > 1 and len(word.text) > 1:
                self._single.setdefault(word.folded, (person.id, word.text))

    def find(self, text: str) -> tuple[list[Found], list[Found]]:
        """The full names in `text`, on word boundaries; and the given or family names that stand alone.

        Those count only where they are written as names are: "may" is a month's small sister, not a person.
        """
        words = _words(text)
        full = list(self._full_names(text, words))
        inside = (
            {start for one in full for start in range(one.offset, one.offset + len(one.words))}
            if full
            else set()
        )
        single: list[Found] = []
        for word in words:
            person, written = self._single.get(word.folded, ("", ""))
            if person and word.start not in inside and (word.text[0].isupper() or not written[0].isupper()):
                single.append(Found(word.start, word.text, person))
        return full, single

    def _full_names(self, text: str, words: list[_Word]) -> Iterator[Found]:
        index = 0
        while index < len(words):
            taken = 1
            if words[index].folded in self._beginnings:
                for length in range(min(self._longest, len(words) - index), 0, -1):
                    person = self._full.get(tuple(word.folded for word in words[index : index + length]))
                    if person:
                        last = words[index + length - 1]
                        start = words[index].start
                        yield Found(start, text[start : last.start + len(last.text)], person)
                        taken = length
                        break
            index += taken


def bare_names(newsroom: Newsroom, bodies: Mapping[str, Body]) -> Iterator[Problem]:
    """A full name that stands bare is an error, a given or family name alone a warning.

    Looked for in all that editors wrote, as written, the phrases inside references included; where it is written in
    characters' numbers (`R&#97;nia`, `Rania%20Boutros`); and once more in converted texts, where a name put together
    from markup (`A<b>mal</b>`) has become one.
    """
    roll = Roll(newsroom.people)
    said: set[tuple[str, str]] = set()
    excused_in: dict[str, set[str]] = {}
    for passage in newsroom.passages:
        text = REFERENCE.sub(_without_id, passage.text)
        excused = excused_in.setdefault(passage.file, set())
        excused |= {folded(word) for word in passage.excused}
        full, single = roll.find(text)
        for one in (*full, *_in_numbers(text, roll)):
            if folded(one.words) not in excused and (one in full or (passage.file, one.person) not in said):
                said.add((passage.file, one.person))
                yield _full(passage, one)
        for one in single:
            if folded(one.words) not in excused:
                yield _single(passage, one)
    for file, body in bodies.items():
        for words in _said_by(body):
            for one in roll.find(words)[0]:
                if (file, one.person) not in said and folded(one.words) not in excused_in.get(file, ()):
                    said.add((file, one.person))
                    put_together = _full(Passage(file=file, line=0, column=0, text=words), one)
                    yield replace(put_together, mend=_REFER.format(one.person))


def _without_id(reference: re.Match[str]) -> str:
    """A reference with its words where they stand, and nothing else that could be taken for a word."""
    start, end = (place - reference.start() for place in reference.span("person"))
    return reference[0][:start] + "\ufffc" * (end - start) + reference[0][end:]


def _in_numbers(text: str, roll: Roll) -> Iterator[Found]:
    """Full names that only a browser reads as such, each with the place of its line."""
    if "%" not in text and "&" not in text:
        return
    offset = 0
    for line in text.split("\n"):
        for read in sorted({unescape(line), unquote(line), unquote(unescape(line))} - {line}):
            for one in roll.find(read)[0]:
                if one.words not in line:
                    yield replace(one, offset=offset)
        offset += len(line) + 1


def _said_by(body: Body) -> Iterator[str]:
    """All that a converted text says: its words, its attributes, where its links lead and what its pictures show."""
    yield _plain(body.words)
    html = "".join(part if isinstance(part, str) else "\ufffc" for part in body.parts)
    yield from (unescape(value) for value in _ATTRIBUTE.findall(html))
    yield from (unquote(target) for target in body.links)
    yield from (_plain(image.alt) for image in body.images)


def _plain(text: Text) -> str:
    return "".join(part if isinstance(part, str) else "\ufffc" for part in text.parts)


_REFER = 'Write [*](@{0} "a colleague") instead; the name then stands wherever {0} allows it.'
_REFER_IN_VALUE = 'Write [*](@{0} "a colleague") instead, with single quotation marks around the whole value.'


def _full(passage: Passage, found: Found) -> Problem:
    line, column, excerpt = passage.place(found.offset, found.words)
    return Problem(
        code="bare-name",
        level=Level.ERROR,
        file=passage.file,
        line=line,
        column=column,
        excerpt=excerpt,
        message=f"`{found.words}` is the name of {found.person}, written out where their consent cannot reach it",
        mend=(_REFER_IN_VALUE if passage.source else _REFER).format(found.person)
        if passage.line
        else "Rename the file: names of files and ids never hold anyone's name.",
    )


def _single(passage: Passage, found: Found) -> Problem:
    line, column, excerpt = passage.place(found.offset, found.words)
    return Problem(
        code="bare-first-name",
        level=Level.WARNING,
        file=passage.file,
        line=line,
        column=column,
        excerpt=excerpt,
        message=f"`{found.words}` may be the name of {found.person}",
        mend=f'If it is, write [*](@{found.person} "a colleague"); if not, add  not_a_name: [{found.words}]  to the front matter.',
    )

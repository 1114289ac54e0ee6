"""Names that stand bare in a text, where only a reference may stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from html import unescape
from operator import itemgetter
from urllib.parse import unquote

from builder.model.body import Body
from builder.model.newsletter import Newsroom, Passage
from builder.model.person import NameForms, Person
from builder.model.text import REFERENCE, Text
from builder.problem import Level, Problem

CODES = frozenset(("bare-name", "bare-first-name"))
"""The codes of Problems that say a name."""

_UNSEEN = (
    "\u00ad\u0300-\u036f\u061c\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Accents written on their own, vowel marks, and what joins, breaks or turns words without being seen."""

_WORD = re.compile(f"[^\\W_]+(?:[{_UNSEEN}]+[^\\W_]+)*[\u0300-\u036f\u064b-\u065f\u0670]*")
_HIDDEN = re.compile(f"[{_UNSEEN}\u0640]")
_ATTRIBUTE = re.compile(r'\s[a-z-]+="([^"]*)"')
_WRITTEN_TOGETHER = 8
"""Letters from which two names in one word (`AmalHaddad.pdf`) are no other word by chance."""

_MOST_REMEMBERED = 100_000
_LONGEST_REMEMBERED = 40
"""How many words that are no names are kept, to be known again; and of how many letters."""

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


def _words(text: str) -> list[tuple[str, int, str]]:
    """Each word of a text: as it is compared, where it begins, and as it is written."""
    return [(folded(match[0]), match.start(), match[0]) for match in _WORD.finditer(text)]


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
        self._innocent: set[str] = set()

    def _add(self, person: Person, forms: NameForms) -> None:
        words = _words(forms.full)
        key = tuple(word for word, _, _ in words)
        if not key:
            return
        self._full.setdefault(key, person.id)
        self._full.setdefault(tuple(reversed(key)), person.id)  # family name first, as lists have it
        if len(key) > 1 and len("".join(key)) >= _WRITTEN_TOGETHER:
            self._full.setdefault(("".join(key),), person.id)
            self._full.setdefault(("".join(reversed(key)),), person.id)
        for word, _, written in (*words, *_words(forms.first)):
            if len(key) > 1 and len(written) > 1:
                self._single.setdefault(word, (person.id, written))

    def __getstate__(self) -> dict[str, object]:
        """Another process learns for itself which words are no names."""
        return {**self.__dict__, "_innocent": set()}

    @cached_property
    def digest(self) -> str:
        """Of all that decides what is found, so that what was found may be kept as long as it is the same."""
        names = (sorted(self._full.items()), sorted(self._single.items()), unicodedata.unidata_version)
        return blake2b(repr(names).encode(), digest_size=16).hexdigest()

    def find(self, text: str) -> tuple[list[Found], list[Found]]:
        """The full names in `text`, on word boundaries; and the given or family names that stand alone.

        Those count only where they are written as names are: "may" is a month's small sister, not a person.
        """
        if not self.may_hold(text):
            return [], []
        words = _words(text)
        full = list(self._full_names(text, words))
        inside = (
            {start for one in full for start in range(one.offset, one.offset + len(one.words))}
            if full
            else set()
        )
        single: list[Found] = []
        for word, start, as_written in words:
            if word in self._single:
                person, written = self._single[word]
                if start not in inside and (as_written[0].isupper() or not written[0].isupper()):
                    single.append(Found(start, as_written, person))
        return full, single

    def may_hold(self, text: str) -> bool:
        """Whether any word of `text` is one with which a name begins, or is a name.

        No word reaches over a space, and of what stands between two spaces most has been seen before.
        """
        words = text.split()
        if self._innocent.issuperset(words):
            return False
        strange = set(words) - self._innocent
        guilty = {one for one in strange if self._holds_a_word(one)}
        if len(self._innocent) > _MOST_REMEMBERED:
            self._innocent = set()
        self._innocent |= {one for one in strange - guilty if len(one) <= _LONGEST_REMEMBERED}
        return bool(guilty)

    def _holds_a_word(self, text: str) -> bool:
        return any(
            word in self._beginnings or word in self._single for word in map(folded, _WORD.findall(text))
        )

    def _full_names(self, text: str, words: list[tuple[str, int, str]]) -> Iterator[Found]:
        folds = [word for word, _, _ in words]
        following = 0
        for index, word in enumerate(folds):
            if index < following or word not in self._beginnings:
                continue
            for length in range(min(self._longest, len(words) - index), 0, -1):
                person = self._full.get(tuple(folds[index : index + length]))
                if person:
                    _, start, _ = words[index]
                    _, last, written = words[index + length - 1]
                    yield Found(start, text[start : last + len(written)], person)
                    following = index + length
                    break


def bare_names(newsroom: Newsroom, bodies: Mapping[str, Body]) -> Iterator[Problem]:
    """A full name that stands bare is an error, a given or family name alone a warning.

    Those of all passages come first, in their order, then those that only the converted texts show.
    """
    roll = Roll(newsroom.people)
    places: dict[str, list[int]] = {file: [] for file in bodies}
    for place, passage in enumerate(newsroom.passages):
        places.setdefault(passage.file, []).append(place)
    after_all = {file: len(newsroom.passages) + place for place, file in enumerate(bodies)}
    found: list[tuple[int, Problem]] = []
    for file, here in places.items():
        passages = [newsroom.passages[place] for place in here]
        for index, problem in _names_in(file, passages, bodies.get(file), roll):
            found.append((after_all[file] if index is None else here[index], problem))
    yield from (problem for _, problem in sorted(found, key=itemgetter(0)))


def bare_names_in(
    file: str, passages: Sequence[Passage], body: Body | None, roll: Roll
) -> tuple[Problem, ...]:
    """What `bare_names` says of one file, whose passages and body these are; it depends on nothing else."""
    return tuple(problem for _, problem in _names_in(file, passages, body, roll))


def _names_in(
    file: str, passages: Sequence[Passage], body: Body | None, roll: Roll
) -> Iterator[tuple[int | None, Problem]]:
    """Each Problem with the number of its passage, or None for those of the converted text.

    Looked for in all that editors wrote, as written, the phrases inside references included; where it is written in
    characters' numbers (`R&#97;nia`, `Rania%20Boutros`); and once more in converted texts, where a name put together
    from markup (`A<b>mal</b>`) has become one.
    """
    said: set[str] = set()
    excused: set[str] = set()
    worth_reading = _worth_reading(passages, roll)
    for index, passage in enumerate(passages):
        excused.update(map(folded, passage.excused))
        if not worth_reading:
            continue
        text = REFERENCE.sub(_without_id, passage.text)
        full, single = roll.find(text)
        for one in (*full, *_in_numbers(text, roll)):
            if folded(one.words) not in excused and (one in full or one.person not in said):
                said.add(one.person)
                yield index, _full(passage, one)
        for one in single:
            if folded(one.words) not in excused:
                yield index, _single(passage, one)
    for words in _said_by(body) if body and _worth_hearing(body, roll) else ():
        for one in roll.find(words)[0]:
            if one.person not in said and folded(one.words) not in excused:
                said.add(one.person)
                put_together = _full(Passage(file=file, line=0, column=0, text=words), one)
                yield None, replace(put_together, mend=_REFER.format(one.person))


def _worth_reading(passages: Sequence[Passage], roll: Roll) -> bool:
    """Whether there can be a name in any of these: for most files one look at all their words says no."""
    words = " ".join([passage.text for passage in passages])
    return "%" in words or "&" in words or roll.may_hold(words)


def _worth_hearing(body: Body, roll: Roll) -> bool:
    """The same of a converted text: its words, and whatever may be an attribute's value in it."""
    html = "".join([part if isinstance(part, str) else "\ufffc" for part in body.parts])
    values = " ".join([*(one.partition('"')[0] for one in html.split('="')[1:]), *body.links])
    alts = " ".join([_plain(image.alt) for image in body.images])
    return "%" in values or "&" in values or roll.may_hold(f"{_plain(body.words)} {alts} {values}")


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
        readable = "%" not in line and "&" not in line
        ways = () if readable else {unescape(line), unquote(line), unquote(unescape(line))} - {line}
        for read in sorted(ways):
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

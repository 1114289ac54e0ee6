"""Which stories to read next: those that share rare things, found in one pass from the oldest to the newest.

A story is related to older ones alone, and how rare a thing is, is judged by the stories that were there before it. So
a new story changes what is shown beside no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.model.library import Library
from builder.model.story import Story

WEIGHTS: Mapping[str, int] = {"hero": 4, "tag": 3, "behaviour": 2, "word": 2, "team": 1}
"""How much each kind of thing says, where it is equally rare."""

LEAST = 6
"""The weight below which two stories have nothing to do with each other that a reader would see."""

MOST_LOOKED_AT = 96
"""Earlier stories looked at for one story, those that share its rarest things first: so the work grows with the number
of stories and not with its square."""

_MOST_OF_A_TERM = 24
"""Earlier stories looked at for one thing that they share, the newest of them."""

_WORD = re.compile(r"[^\W\d_]{4,}")

Term = tuple[str, str]
"""A kind of thing and which: ("tag", "rain"), ("word", "en:umbrella")."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A work to read next, and what it shares, the weightiest first: `tag:rain`."""

    work: str
    because: tuple[str, ...]


class Related:
    """Finds relations; asked again about a library in which nothing that matters has changed, it gives the same answer."""

    def __init__(self) -> None:
        self._terms: dict[str, tuple[Story, frozenset[Term]]] = {}
        self._asked: tuple[object, ...] = ()
        self._found: Mapping[str, tuple[Relation, ...]] = {}

    def among(self, library: Library, most: int) -> Mapping[str, tuple[Relation, ...]]:
        """For each work at most `most` others, the most related first; works with nothing to show are left out."""
        if most <= 0:
            return {}
        terms = self._of_stories(library)
        asked = (most, library.works, library.heroes, terms)
        if asked != self._asked:
            by_work: dict[str, frozenset[Term]] = {}
            for work in library.works:
                heroes = {
                    ("hero", person)
                    for person in _heroes(library, work)
                    if work in library.celebrated.get(person, ())
                }
                by_work[work] = frozenset(heroes).union(
                    *(terms[story.file] for story in library.versions[work].values())
                )
            self._found = relations([(work, by_work[work]) for work in reversed(library.works)], most)
            self._asked = asked
        return self._found

    def _of_stories(self, library: Library) -> dict[str, frozenset[Term]]:
        known, self._terms = self._terms, {}
        found: dict[str, frozenset[Term]] = {}
        once: dict[Term, Term] = {}  # a term of a hundred stories is one object
        for story in library.stories:
            before = known.get(story.file)
            if before and before[0] is story:
                terms = before[1]
            else:
                terms = frozenset(once.setdefault(term, term) for term in terms_of(story))
            self._terms[story.file] = (story, terms)
            found[story.file] = terms
        return found


def _heroes(library: Library, work: str) -> set[str]:
    return {person for story in library.versions[work].values() for person in story.heroes}


def terms_of(story: Story) -> frozenset[Term]:
    """What a story can share with others, but for its heroes: whether they may be known is for consent to say.

    >>> from datetime import datetime
    >>> from builder.model.text import Text
    >>> when = datetime(2026, 3, 4)
    >>> story = Story(id="a", work="a", lang="en", title=Text(("The Umbrella",)), date=when, body="", file="", body_line=1)
    >>> sorted(terms_of(story))
    [('word', 'en:umbrella')]
    """
    found: set[Term] = {("tag", tag) for tag in story.tags}
    found |= {("behaviour", id) for id in story.behaviours}
    if story.team:
        found.add(("team", story.team))
    for part in story.title.parts:
        if isinstance(part, str):
            found |= {("word", f"{story.lang}:{word}") for word in _WORD.findall(_folded(part))}
    return frozenset(found)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


def relations(
    works: Sequence[tuple[str, frozenset[Term]]], most: int, earlier: dict[Term, list[int]] | None = None
) -> Mapping[str, tuple[Relation, ...]]:
    """The relations of works in the order in which they came, the oldest first.

    The rarity of a term is the number of binary digits by which all earlier works outnumber those that have it: 0 where
    half of them do, 10 where one in a thousand does. It is a whole number, so that it does not change with every story.
    `earlier` is where the works that have each term are listed; whoever wants to see that may give it.
    """
    earlier = {} if earlier is None else earlier
    found: dict[str, tuple[Relation, ...]] = {}
    for number, (work, terms) in enumerate(works):
        rare = []
        for term in terms:
            having = earlier.get(term)
            if having:
                weight = WEIGHTS[term[0]] * ((number + 1).bit_length() - (len(having) + 1).bit_length())
                if weight > 0:
                    rare.append((len(having), weight, term, having))
        rare.sort(key=lambda one: (one[0], one[2]))
        scores: dict[int, int] = {}
        looked_at = 0
        for _, weight, _, having in rare:
            if looked_at >= MOST_LOOKED_AT:
                break
            some = having[-_MOST_OF_A_TERM:]
            looked_at += len(some)
            for other in some:
                scores[other] = scores.get(other, 0) + weight
        best = sorted(((score, other) for other, score in scores.items() if score >= LEAST), reverse=True)[
            :most
        ]
        if best:
            found[work] = tuple(
                Relation(works[other][0], _because(rare, works[other][1])) for _, other in best
            )
        for term in terms:
            earlier.setdefault(term, []).append(number)
    return found


def _because(rare: Sequence[tuple[int, int, Term, list[int]]], terms: frozenset[Term]) -> tuple[str, ...]:
    shared = sorted(((-weight, term) for _, weight, term, _ in rare if term in terms))
    return tuple(f"{kind}:{which}" for _, (kind, which) in shared)

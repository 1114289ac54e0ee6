"""One text set in type: understood, converted, looked over for names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from builder.check import names
from builder.check.prompts import prompts_left
from builder.load.kept import Form
from builder.load.passages import Known
from builder.load.stories import Job, tell
from builder.model.body import Body, Gist
from builder.model.edition import EditionWords
from builder.model.newsletter import Passage
from builder.model.person import Person
from builder.model.story import Story
from builder.problem import Problem
from builder.render.gist import gist_of, put_away
from builder.render.markdown import convert, converted
from builder.render.quotes import curl


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """What came of one text: its story (None for an edition's words), what others ask of it, and where its HTML is kept.

    `asked` are the people it looked for in the people file, each with what it found there; `under` is the mark of all
    it may have known, where another newsroom around it could change what is said of it, and "" where none could. `prompts` are questions left unanswered in it,
    which is said of it where others are to see it.
    """

    story: Story | None
    whole: bool
    problems: tuple[Problem, ...]
    gist: Gist
    text: str
    asked: tuple[tuple[str, str], ...] = ()
    under: str = ""
    prompts: tuple[Problem, ...] = ()


GALLEYS = Form[Galley](Galley)


def digest(*parts: bytes | str) -> str:
    """The digest of some parts, each told from the next."""
    found = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


def found_in(person: Person | None) -> str:
    """What is noted of someone who was looked for in the people file; "" of nobody there."""
    return person.recognition.value if person else ""


class _Asked(Mapping[str, Person]):
    """The people file, which notes who was looked for in it."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self.asked: dict[str, str] = {}

    def __getitem__(self, id: str) -> Person:
        self.asked[id] = found_in(self._people.get(id))
        return self._people[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)


def set_story(
    job: Job, known: Known, roll: names.Roll, around: str, asks: frozenset[str]
) -> tuple[bytes, bytes]:
    """One story's galley, and its text, as bytes."""
    people = _Asked(known.people)
    told = tell(job, replace(known, people=people))
    file = job.source.path
    source = told.story.body if told.story else ""
    language = told.story.lang if told.story and known.settings.typographic else ""
    body, tangled = converted_or_empty(source, file, language)
    problems = [*told.problems, *tangled]
    problems += names.bare_names_in(file, told.passages, body if told.story else None, roll)
    shaky = problems or job.original is not None or known.teams is None or known.people_unknown
    galley = Galley(
        story=_set(told.story, language) if told.story else None,
        whole=told.whole,
        problems=tuple(problems),
        gist=gist_of(body),
        text=digest(source, language),
        asked=tuple(people.asked.items()),
        under=around if shaky else "",
        prompts=tuple(prompts_left([told.story], asks)) if told.story else (),
    )
    return GALLEYS.put_away(galley), put_away(body)


def _set(story: Story, language: str) -> Story:
    """A story without its Markdown, which is HTML now; with a language, its short texts carry the marks that it prints."""
    if not language:
        return replace(story, body="")
    return replace(
        story,
        body="",
        title=curl(story.title, language),
        summary=curl(story.summary, language),
        why_it_matters=curl(story.why_it_matters, language),
        what_changed=curl(story.what_changed, language),
        customer=replace(story.customer, words=curl(story.customer.words, language))
        if story.customer
        else None,
    )


def converted_or_empty(source: str, file: str, language: str) -> tuple[Body, list[Problem]]:
    """A text's Body; an empty one where it is too tangled, and that that is so."""
    result = converted(source, file, language)
    return (convert(""), [result]) if isinstance(result, Problem) else (result, [])


def set_words(
    words: EditionWords, language: str, passages: Sequence[Passage], roll: names.Roll
) -> tuple[bytes, bytes]:
    """An edition's words in one language, and their text, as bytes."""
    body, problems = converted_or_empty(words.body, words.file, language)
    problems += names.bare_names_in(words.file, passages, body, roll)
    galley = Galley(
        story=None,
        whole=True,
        problems=tuple(problems),
        gist=gist_of(body),
        text=digest(words.body, language),
    )
    return GALLEYS.put_away(galley), put_away(body)

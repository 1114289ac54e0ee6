"""All texts of a newsroom set in type, each at most once: what was set before is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from builder.check import names
from builder.desk.pictures import unreadable
from builder.desk.setting import Desk
from builder.desk.typesetting import (
    GALLEYS,
    Galley,
    converted_or_empty,
    digest,
    found_in,
    set_story,
    set_words,
)
from builder.load.pages import decode, split_article
from builder.load.passages import Known
from builder.load.stories import Job, Told
from builder.model.body import Gist, Part
from builder.model.edition import EditionWords
from builder.model.library import Library
from builder.model.newsletter import Passage
from builder.model.sources import SourceFile
from builder.model.story import Status, Story
from builder.problem import Level, Problem, Trouble
from builder.render.gist import taken_out


@dataclass(slots=True)
class Set:
    """What was set last, for a program that stays: a file that was not read again is the same object, and so is its job.

    `among` and `around` are the marks of what it was set among.
    """

    among: str = ""
    around: str = ""
    jobs: Sequence[Job] = ()
    told: Sequence[Told] = ()
    gists: dict[str, Gist] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    unanswered: dict[str, tuple[Problem, ...]] = field(default_factory=dict)


class Galleys:
    """The texts of a newsroom set in type, at most once each, in as many processes as there are.

    `gists` and `marks` are by source file; a mark tells a text, with its story, from any other. `unanswered` are the
    questions left in texts, by file. `again` gives a file's bytes once more.
    """

    def __init__(
        self,
        desk: Desk,
        prompts: frozenset[str],
        again: Callable[[str], bytes],
        memory: Set | None = None,
    ) -> None:
        self._prompts = prompts
        self._asks = digest(*sorted(prompts))
        self.unanswered: dict[str, tuple[Problem, ...]] = {}
        self._memory = memory
        self._keep = desk.keep
        self._spread = desk.spread
        self._tell = desk.tell
        self._again = again
        self.gists: dict[str, Gist] = {}
        self.marks: dict[str, str] = {}
        self.texts: dict[str, tuple[str, str]] = {}
        self.problems: list[Problem] = []
        self.roll = names.Roll({})
        self.made = 0

    def each(self, jobs: Sequence[Job], known: Known) -> Iterable[Told]:
        """What comes of each story's file; what is wrong with its text is in `problems`."""
        self.roll = names.Roll(known.people)
        settings = digest(repr(known.settings), self._asks)
        roll = self.roll.digest
        around = _around(known, roll, settings)
        among = digest(settings, roll)
        told, missing = self._remembered(jobs, among, around)
        keys = {
            index: digest(
                settings,
                roll,
                jobs[index].source.path,
                jobs[index].source.data,
                *((original.path, original.data) if (original := jobs[index].original) else ()),
            )
            for index in missing
        }
        kept = self._believed(tuple(keys.values()), known, around) if keys else {}
        unset = [index for index in missing if keys[index] not in kept]
        if unset:
            self._tell(f"setting {len(unset)} stories")

        def set_one(index: int) -> tuple[bytes, bytes]:
            return set_story(jobs[index], known, self.roll, around, self._prompts)

        self.made += len(unset)
        for index, (data, parts) in zip(unset, self._spread(set_one, unset), strict=True):
            galley = _fresh(data)
            self._put(keys[index], galley, data, parts)
            kept[keys[index]] = galley, digest(data)
        for index in missing:
            galley, mark = kept[keys[index]]
            story = galley.story
            language = story.lang if story and known.settings.typographic else ""
            self._note(jobs[index].source.path, language, galley, mark)
            told[index] = Told(story=galley.story, whole=galley.whole, problems=galley.problems)
        found = [one for one in told if one is not None]
        if self._memory is not None:
            self._memory.among, self._memory.around = among, around
            self._memory.jobs, self._memory.told = tuple(jobs), found
            self._memory.gists, self._memory.marks = dict(self.gists), dict(self.marks)
            self._memory.texts, self._memory.unanswered = dict(self.texts), dict(self.unanswered)
        return found

    def _remembered(
        self, jobs: Sequence[Job], among: str, around: str
    ) -> tuple[list[Told | None], Sequence[int]]:
        """What came of each file that is the same as last time, among the same; and the places of all others."""
        last = self._memory
        if last is None or (last.among, last.around) != (among, around) or len(last.jobs) != len(jobs):
            return [None] * len(jobs), range(len(jobs))
        told: list[Told | None] = list(last.told)
        others = [
            index
            for index, (one, other) in enumerate(zip(jobs, last.jobs, strict=True))
            if one.source is not other.source or one.original is not other.original
        ]
        self.gists, self.marks, self.texts = dict(last.gists), dict(last.marks), dict(last.texts)
        self.unanswered = dict(last.unanswered)
        for index in others:
            told[index] = None
            path = last.jobs[index].source.path
            for notes in (self.gists, self.marks, self.texts, self.unanswered):
                notes.pop(path, None)
        return told, others

    def inherit(self, before: Galleys) -> None:
        """Take over what was noted of files that were not set again."""
        for file, text in before.texts.items():
            self.texts.setdefault(file, text)
        for file, gist in before.gists.items():
            self.gists.setdefault(file, gist)
        for file, mark in before.marks.items():
            self.marks.setdefault(file, mark)

    def left_unanswered(self, library: Library) -> Iterator[Problem]:
        """Questions that still stand in texts which others see."""
        if self.unanswered:
            for story in library.stories:
                yield from self.unanswered.get(story.file, ())

    def set_words(
        self, words: Iterable[EditionWords], passages: Mapping[str, Sequence[Passage]], *, typographic: bool
    ) -> None:
        """Set the words of editions; `passages` are all that is said in each file."""
        listed = [(one, one.lang if typographic else "") for one in words]
        keys = [
            digest(self.roll.digest, one.file, one.body, language, repr(passages.get(one.file, ())))
            for one, language in listed
        ]
        kept = self._keep.get_all("galley", keys)
        for (one, language), key in zip(listed, keys, strict=True):
            data = kept.get(key)
            galley = GALLEYS.taken_out(data) if data else None
            if data is None or galley is None:
                data, parts = set_words(one, language, passages.get(one.file, ()), self.roll)
                galley = _fresh(data)
                self._put(key, galley, data, parts)
            self._note(one.file, language, galley, digest(data))
            self.problems += galley.problems

    def parts(self, file: str) -> tuple[Part, ...]:
        """A text's HTML with its slots. Raises Trouble where it has to be converted again and its file is another now."""
        key, language = self.texts[file]
        kept = self._keep.get("text", key)
        if kept is not None:
            with suppress(ValueError):
                return taken_out(kept)
        try:
            source = self._source(file)
        except OSError as fault:
            raise Trouble(unreadable(file.removeprefix("stories/"), fault)) from fault
        if source is None:
            raise Trouble(_changed_meanwhile(file))
        return converted_or_empty(source, file, language)[0].parts

    def whole(self, story: Story) -> Story:
        """A story with its Markdown, which lies in its file and not in memory; as it is, where that file is another now."""
        source = None
        with suppress(OSError):
            source = self._source(story.file)
        return story if source is None else replace(story, body=source)

    def _source(self, file: str) -> str | None:
        """A text's Markdown, from the file that was read, if that is still the same; raises OSError."""
        key, language = self.texts[file]
        page, _ = decode(SourceFile(path=file, data=self._again(file)))
        article, _ = split_article(page)
        return article.body if article is not None and digest(article.body, language) == key else None

    def _put(self, key: str, galley: Galley, data: bytes, parts: bytes) -> None:
        """Keep a galley, unless it is nobody's to see yet, or a name was found in it, which it would then hold."""
        draft = galley.story is not None and galley.story.status is Status.DRAFT
        if draft or any(problem.code in names.CODES for problem in galley.problems):
            return
        self._keep.put("galley", key, data)
        self._keep.put("text", galley.text, parts)

    def _note(self, file: str, language: str, galley: Galley, mark: str) -> None:
        self.gists[file] = galley.gist
        if galley.prompts:
            self.unanswered[file] = galley.prompts
        self.marks[file] = mark
        self.texts[file] = galley.text, language

    def _believed(self, keys: Sequence[str], known: Known, around: str) -> dict[str, tuple[Galley, str]]:
        """The galleys that are kept and would come out the same today, each with its mark."""
        found: dict[str, tuple[Galley, str]] = {}
        for key, data in self._keep.get_all("galley", keys).items():
            galley = GALLEYS.taken_out(data)
            if galley is not None and _stands(galley, known, around):
                found[key] = (galley, digest(data))
        return found


def _changed_meanwhile(file: str) -> Problem:
    return Problem(
        code="changed-meanwhile",
        level=Level.ERROR,
        file=file,
        message="this file was changed while the site was being built from it",
        mend="Run it again.",
    )


def _fresh(data: bytes) -> Galley:
    """A galley that was just set, as it will be taken out next time."""
    galley = GALLEYS.taken_out(data)
    if galley is None:
        raise ValueError("what was put away cannot be taken out again")
    return galley


def _around(known: Known, roll: str, settings: str) -> str:
    """A mark of everything that a file may be understood by, besides itself."""
    people = [(id, one.recognition.value) for id, one in sorted(known.people.items())]
    return digest(
        settings,
        roll,
        repr(people),
        repr(sorted(known.teams) if known.teams is not None else None),
        repr(sorted(known.metrics)),
        repr(sorted(known.pictures)),
        repr(sorted(known.people_unsound)),
        repr(known.people_unknown),
    )


def _stands(galley: Galley, known: Known, around: str) -> bool:
    """Whether a galley would come out the same among what is known today."""
    if galley.under:
        return galley.under == around
    story = galley.story
    if story is None or known.teams is None or known.people_unknown:
        return False
    return (
        (not story.team or story.team in known.teams)
        and all(id in known.metrics for id in story.supports)
        and (story.picture is None or story.picture.file in known.pictures)
        and all(found_in(known.people.get(id)) == was for id, was in galley.asked)
    )

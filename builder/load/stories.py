"""Manuscripts become stories, each translation with what it inherits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from builder.load.covers import picture_of
from builder.load.fill import fill_as_far_as_it_goes, fill_in
from builder.load.forms import CustomerForm, StoryForm
from builder.load.manuscripts import Manuscript, inheritance, open_manuscript, originals_among
from builder.load.marks import Marked, Place
from builder.load.passages import Known, of_body, of_values, person_problem, wrong_references
from builder.model.newsletter import Passage
from builder.model.person import Channel, Form, Narrowing, Person
from builder.model.sources import SourceFile
from builder.model.story import Audience, Customer, Kind, Status, Story
from builder.model.text import Reference, Text
from builder.problem import Level, Problem, errors, guess

_PERSON_ID = re.compile(r"p-\d+")
_STAND_INS = {"title": "-", "date": "2000-01-01"}
"""What stands for a missing or broken title or date while the rest of a story is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What came of a folder of files: the values that are whole, all Problems, and the files that were lost.

    `unsound` are stories with errors, as far as they go: nobody sees them, but what else is wrong with them is said.
    """

    stories: tuple[Story, ...]
    unsound: tuple[Story, ...]
    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be understood, with the file that it is a translation of."""

    source: SourceFile
    original: SourceFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one file. Without a `story` it could not even be opened; one that is not `whole` has errors."""

    story: Story | None
    whole: bool
    problems: tuple[Problem, ...]
    passages: tuple[Passage, ...] = ()


Each = Callable[[Sequence[Job], Known], Iterable[Told]]
"""Tells what comes of each file, in their order: one after the other, in other processes, or from memory."""


def in_turn(jobs: Sequence[Job], known: Known) -> Iterator[Told]:
    """One file after the other."""
    return (tell(job, known) for job in jobs)


def understand(sources: Sequence[SourceFile], known: Known, each: Each = in_turn) -> Understood:
    """All stories; Problems in drafts are warnings."""
    originals, found = originals_among(sources, known.settings.language)
    problems: list[Problem] = [*found]
    passages: list[Passage] = []
    lost: set[str] = set()
    stories: list[Story] = []
    unsound: list[Story] = []
    jobs = [Job(source, originals.get(source.path)) for source in sources]
    for job, told in zip(jobs, each(jobs, known), strict=True):
        problems += told.problems
        passages += told.passages
        if told.story is None:
            lost.add(job.source.path)
        elif told.whole or told.story.status is Status.DRAFT:
            stories.append(told.story)  # a draft says that it is taken back, whatever is wrong with it
        else:
            unsound.append(told.story)
            lost.add(job.source.path)
    problems += _same_version([*stories, *unsound])
    return Understood(
        stories=tuple(stories),
        unsound=tuple(unsound),
        passages=tuple(passages),
        problems=tuple(problems),
        lost=frozenset(lost),
    )


def tell(job: Job, known: Known) -> Told:
    """What comes of one file, whatever the others hold."""
    manuscript, faults = open_manuscript(job.source, known.settings.language)
    if manuscript is None:
        return Told(story=None, whole=False, problems=tuple(faults))
    original = open_manuscript(job.original, known.settings.language)[0] if job.original else None
    story, whole, passages, more = _story(manuscript, original, known)
    drafted = manuscript.is_draft or story.status is Status.DRAFT
    return Told(
        story=story,
        whole=whole,
        problems=(*faults, *(replace(one, level=Level.WARNING) if drafted else one for one in more)),
        passages=tuple(passages),
    )


def _same_version(stories: Sequence[Story]) -> Iterator[Problem]:
    """Two files that are one story in one language: only one of them could be shown."""
    first: dict[str, Story] = {}
    for story in stories:
        other = first.setdefault(story.version, story)
        if other is not story:
            drafted = Status.DRAFT in (story.status, other.status)
            yield Problem(
                code="story-twice",
                level=Level.WARNING if drafted else Level.ERROR,
                file=story.file,
                message=f"the story in this file stands in {other.file} too, in the same language ({story.lang})",
                mend="Say the language of one of them, as in  lang: fa , or rename it: a name is used once, whatever the year.",
            )


def _story(
    manuscript: Manuscript, original: Manuscript | None, known: Known
) -> tuple[Story, bool, list[Passage], list[Problem]]:
    """The story as far as it can be understood, and whether it is whole."""
    head = manuscript.article.head
    own = {"date": _STAND_INS["date"], **manuscript.data} if original else manuscript.data
    form, faults = fill_as_far_as_it_goes(
        StoryForm, Marked(own, head.page, head.keys, head.values), _STAND_INS
    )
    whole = True
    if original:  # faults in what is inherited are said once, with the original
        merged = Marked(_merged(manuscript, original), head.page)
        form, inherited_faults = fill_as_far_as_it_goes(StoryForm, merged, _STAND_INS)
        whole = not any(fault.level is Level.ERROR for fault in inherited_faults)
    excused = tuple(form.not_a_name)
    passages = [*of_values(head, excused=excused, leave_out=("extra", "not_a_name"))]
    passages.append(
        of_body(manuscript.page, manuscript.article.body, manuscript.article.body_line, excused=excused)
    )
    passages.append(
        Passage(file=manuscript.source.path, line=0, column=0, text=manuscript.id, excused=excused)
    )
    problems = [*faults, *wrong_references(manuscript.page, passages, known)]
    imported = isinstance(form.extra, dict) and "imported" in form.extra
    problems += _unknown(form, head, known)
    picture, faults_here = picture_of(form, manuscript, original, known, imported)
    problems += faults_here
    zone = known.settings.timezone
    story = Story(
        id=manuscript.id,
        work=original.id if original else manuscript.id,
        lang=manuscript.lang,
        title=Text.written(form.title.strip()),
        date=form.date.at(zone),
        body=manuscript.article.body,
        file=manuscript.source.path,
        body_line=manuscript.article.body_line,
        kind=Kind(form.kind) if form.kind else None,
        by=_by(form.by.strip(), known.people),
        heroes=tuple(dict.fromkeys(form.heroes)),
        team=form.team,
        tags=tuple(dict.fromkeys(form.tags)),
        behaviours=tuple(dict.fromkeys(form.behaviours)),
        perspective=form.perspective,
        customer=_customer(form.customer) if form.customer else None,
        summary=Text.written(form.summary.strip()),
        why_it_matters=Text.written(form.why_it_matters.strip()),
        what_changed=Text.written(form.what_changed.strip()),
        picture=picture,
        status=Status(form.status),
        publish=form.publish.at(zone) if form.publish else None,
        expires=form.expires.at(zone) if form.expires else None,
        audience=Audience(form.audience),
        narrowings=_narrowings(form, original),
        supports=tuple(dict.fromkeys(form.supports)),
        aliases=tuple(dict.fromkeys(form.aliases)),
        not_a_name=excused,
        imported=imported,
    )
    whole = whole and not any(problem.level is Level.ERROR for problem in problems)
    return story, whole, passages, problems


def _customer(form: CustomerForm) -> Customer:
    return Customer(kind=form.kind, called=Text.written(form.called), words=Text.written(form.words.strip()))


def _merged(manuscript: Manuscript, original: Manuscript) -> dict[str, Any]:
    """A translation's front matter with what it inherits."""
    inherited = inheritance(original)
    data = {**inherited, **manuscript.data}
    for key in ("picture", "customer"):
        if isinstance(inherited.get(key), dict) and isinstance(manuscript.data.get(key), dict):
            data[key] = {**inherited[key], **manuscript.data[key]}
    said = (manuscript.data.get("customer") or {}) if isinstance(data.get("customer"), dict) else {}
    if isinstance(data.get("customer"), dict) and "words" not in said:
        # What was said is in the language it was said in, until somebody translates it.
        data["customer"] = {key: value for key, value in data["customer"].items() if key != "words"}
    if isinstance(data.get("consent"), dict) and isinstance(original.data.get("consent"), dict):
        data["consent"] = {**original.data["consent"], **data["consent"]}
    return data


def _by(words: str, people: Mapping[str, Person]) -> Text:
    if words in people or _PERSON_ID.fullmatch(words):
        return Text((Reference(words),))
    return Text.written(words)


def _narrowings(form: StoryForm, original: Manuscript | None) -> tuple[Narrowing, ...]:
    """A translation's own narrowing comes on top of its original's: more can be taken away, nothing given back."""
    narrowings = [
        Narrowing(
            person=person,
            channels=tuple(Channel(one) for one in given.channels) if given.channels is not None else None,
            form=Form(given.form) if given.form else None,
        )
        for person, given in sorted(form.consent.items())
    ]
    if original and isinstance(original.data.get("consent"), dict):
        outer = {"title": "-", "date": "2000-01-01", "consent": original.data["consent"]}
        above, faults = fill_in(StoryForm, Marked(outer, original.page))
        if above and not errors(faults):
            narrowings += _narrowings(above, None)
        else:  # what was to be taken away is not certain, so nothing is left
            narrowings += [Narrowing(person=person, channels=()) for person in original.data["consent"]]
    return tuple(dict.fromkeys(narrowings))


def _listed(ids: frozenset[str] | None) -> list[str] | None:
    return None if ids is None else sorted(ids)


def _unknown(form: StoryForm, head: Marked, known: Known) -> Iterator[Problem]:
    """Ids in this front matter that nothing has; those a translation inherits are said once, with the original."""
    settings = known.settings
    tables: tuple[tuple[str, Sequence[str], Sequence[str] | None, str], ...] = (
        (
            "team",
            [form.team] if form.team else [],
            _listed(known.teams),
            "there is no team `{}` in teams.yaml",
        ),
        (
            "behaviours",
            form.behaviours,
            [one.id for one in settings.behaviours],
            "there is no behaviour `{}` in this newsletter",
        ),
        (
            "perspective",
            [form.perspective] if form.perspective else [],
            [one.id for one in settings.perspectives],
            "there is no perspective `{}` in this newsletter",
        ),
        ("supports", form.supports, _listed(known.metrics), "there is no measure `{}` in stories/metrics/"),
    )
    for key, given, allowed, message in tables:
        if key not in head.data or allowed is None:
            continue
        for index, id in enumerate(given):
            if id not in allowed:
                place: Place = (key, index) if isinstance(head.data[key], list) else (key,)
                yield head.page.problem(
                    "id-unknown",
                    message.format(id),
                    f"Choose one of: {', '.join(allowed)}."
                    if 0 < len(allowed) <= 12
                    else "Correct the id, or take it out.",
                    at=head.at(place),
                    guess=guess(id, allowed),
                )
    people: list[tuple[str, Place]] = [(id, ("heroes", index)) for index, id in enumerate(form.heroes)]
    people += [(id, ("consent", id)) for id in form.consent]
    if form.picture:
        people += [(id, ("picture", "shows", index)) for index, id in enumerate(form.picture.shows)]
    if _PERSON_ID.fullmatch(form.by):
        people.append((form.by, ("by",)))
    for id, place in people:
        if place[0] in head.data:
            problem = person_problem(
                head.page, id, known, head.key_at(place) if place[0] == "consent" else head.at(place)
            )
            if problem:
                yield problem

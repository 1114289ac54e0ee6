"""Markdown files become stories: one per file, each translation with what it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from builder.load.fill import fill_in
from builder.load.forms import StoryForm
from builder.load.kinds import ID, Wrong, tag
from builder.load.marks import Marked, Page, Place
from builder.load.pages import Article, bad_file_name, decode, split_article
from builder.load.passages import of_body, of_values, person_problem, wrong_references
from builder.model.newsletter import Passage, Settings
from builder.model.person import Channel, Form, Narrowing, Person
from builder.model.sources import SourceFile
from builder.model.story import Audience, Customer, Kind, Picture, Status, Story
from builder.model.text import Reference, Text
from builder.problem import Level, Problem, guess

_NOT_INHERITED = frozenset(
    ("title", "summary", "why_it_matters", "lang", "translation_of", "aliases", "not_a_name", "extra")
)
_PERSON_ID = re.compile(r"p-\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a story may refer to."""

    settings: Settings
    people: Mapping[str, Person]
    teams: frozenset[str]
    metrics: frozenset[str]
    pictures: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Draft:
    """One file on its way: its name taken apart, its front matter still plain data."""

    source: SourceFile
    page: Page
    article: Article
    id: str
    lang: str

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.article.head.data
        return data

    @property
    def is_draft(self) -> bool:
        return self.data.get("status") == "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What came of a folder of files: the values that are whole, all Problems, and the files that were lost."""

    stories: tuple[Story, ...]
    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...]
    lost: frozenset[str]


def understand(sources: Sequence[SourceFile], known: Known) -> Understood:
    """All stories; Problems in drafts are warnings."""
    problems: list[Problem] = []
    passages: list[Passage] = []
    lost: set[str] = set()
    drafts: list[_Draft] = []
    for source in sources:
        draft, faults = _open(source, known.settings.language)
        problems += faults
        if draft:
            drafts.append(draft)
        else:
            lost.add(source.path)
    originals, faults = _originals(drafts)
    problems += faults
    stories: list[Story] = []
    for draft in drafts:
        story, words, faults = _story(draft, originals.get(draft.source.path), known)
        drafted = draft.is_draft or (story is not None and story.status is Status.DRAFT)
        problems += [replace(one, level=Level.WARNING) if drafted else one for one in faults]
        passages += words
        if story:
            stories.append(story)
        else:
            lost.add(draft.source.path)
    problems += _same_version(stories)
    return Understood(
        stories=tuple(stories), passages=tuple(passages), problems=tuple(problems), lost=frozenset(lost)
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
                message=f"{other.file} is the same story in the same language ({story.lang})",
                mend="Rename one of the two files, or correct its language; names are unique across the years.",
            )


def name_and_language(path: str) -> tuple[str, str]:
    """A file's name taken apart: `2026/night.fa.md` is ("night", "fa"), `2026/night.md` is ("night", "")."""
    stem = PurePosixPath(path).name.removesuffix(".md")
    name, dot, language = stem.partition(".")
    return (name, language) if dot else (stem, "")


def _open(source: SourceFile, default: str) -> tuple[_Draft | None, list[Problem]]:
    page, faults = decode(source)
    if faults:
        return None, list(faults)
    article, problems = split_article(page)
    found = list(problems)
    id, suffix = name_and_language(source.path)
    language = default
    if not ID.fullmatch(id):
        found.append(bad_file_name(page, id))
        return None, found
    if suffix:
        try:
            language = tag(suffix)
        except Wrong:
            found.append(
                page.problem(
                    "file-language",
                    f"`{suffix}` in the file's name is not a language",
                    "A dot in the name stands before a language, as in night.fa.md; use hyphens for anything else.",
                )
            )
            return None, found
    if article is None or article.head.data is None:
        return None, found
    if isinstance(article.head.data.get("lang"), str):
        with suppress(Wrong):  # said by the form, at its place
            language = tag(article.head.data["lang"])
    return _Draft(source, page, article, id, language), found


def _originals(drafts: Sequence[_Draft]) -> tuple[dict[str, _Draft], list[Problem]]:
    """For each translation (by its file's path) the file it is a translation of.

    `NAME.LANG.md` is a translation of `NAME.md`, or where that is absent of the first file of that name that says a
    date; `translation_of` names any story's id.
    """
    problems: list[Problem] = []
    by_id: dict[str, list[_Draft]] = {}
    for draft in drafts:
        by_id.setdefault(draft.id, []).append(draft)
    heads = {
        id: min(
            group,
            key=lambda d: (
                "." in PurePosixPath(d.source.path).name[:-3],
                "date" not in d.data,
                d.source.path,
            ),
        )
        for id, group in by_id.items()
    }
    originals: dict[str, _Draft] = {}
    for draft in drafts:
        of = draft.data.get("translation_of")
        if isinstance(of, str) and of:
            if of in heads and heads[of] is not draft:
                originals[draft.source.path] = heads[of]
            elif of not in heads:
                problems.append(
                    draft.page.problem(
                        "translation-of-nothing",
                        f"there is no story `{of}` for this to be a translation of",
                        "Write the file name of the original, without .md.",
                        at=draft.article.head.at(("translation_of",)),
                        guess=guess(of, heads),
                    )
                )
        elif heads[draft.id] is not draft:
            originals[draft.source.path] = heads[draft.id]
    for path, nearest in list(originals.items()):
        above = nearest
        chain = [path]
        while above.source.path in originals:
            if above.source.path in chain:
                first = next(one for one in drafts if one.source.path == path)
                problems.append(
                    first.page.problem(
                        "translation-circle",
                        f"{path} and {above.source.path} each say they are a translation of the other",
                        "Take `translation_of` out of the one that was written first.",
                        at=first.article.head.at(("translation_of",)),
                    )
                )
                originals.pop(path)
                break
            chain.append(above.source.path)
            above = originals[above.source.path]
            originals[path] = above
    return originals, problems


def _story(
    draft: _Draft, original: _Draft | None, known: Known
) -> tuple[Story | None, list[Passage], list[Problem]]:
    head = draft.article.head
    inherited = _inheritance(original) if original else {}
    data = {**inherited, **draft.data}
    for key in ("picture", "customer"):
        if isinstance(inherited.get(key), dict) and isinstance(draft.data.get(key), dict):
            data[key] = {**inherited[key], **draft.data[key]}
    if original and isinstance(data.get("consent"), dict) and isinstance(original.data.get("consent"), dict):
        data["consent"] = {**original.data["consent"], **data["consent"]}
    form, faults = fill_in(StoryForm, Marked(data, head.page, head.keys, head.values))
    excused = tuple(form.not_a_name) if form else ()
    passages = [*of_values(head, excused=excused, leave_out=("extra", "not_a_name"))]
    passages.append(of_body(draft.page, draft.article.body, draft.article.body_line, excused=excused))
    passages.append(Passage(file=draft.source.path, line=0, column=0, text=draft.id, excused=excused))
    problems = [*faults, *wrong_references(draft.page, passages, known.people)]
    if form is None:
        return None, passages, problems
    imported = isinstance(form.extra, dict) and "imported" in form.extra
    problems += _unknown(form, head, known)
    picture, faults_here = _picture(form, draft, original, known, imported)
    problems += faults_here
    zone = known.settings.timezone
    story = Story(
        id=draft.id,
        work=original.id if original else draft.id,
        lang=draft.lang,
        title=Text.written(form.title.strip()),
        date=form.date.at(zone),
        body=draft.article.body,
        file=draft.source.path,
        body_line=draft.article.body_line,
        kind=Kind(form.kind),
        by=_by(form.by.strip(), known.people),
        heroes=tuple(dict.fromkeys(form.heroes)),
        team=form.team,
        tags=tuple(dict.fromkeys(form.tags)),
        behaviours=tuple(dict.fromkeys(form.behaviours)),
        perspective=form.perspective,
        customer=Customer(kind=form.customer.kind, called=Text.written(form.customer.called))
        if form.customer
        else None,
        summary=Text.written(form.summary.strip()),
        why_it_matters=Text.written(form.why_it_matters.strip()),
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
    fatal = any(problem.level is Level.ERROR for problem in problems)
    return (None if fatal and story.status is not Status.DRAFT else story), passages, problems


def _inheritance(original: _Draft) -> dict[str, Any]:
    """What a translation need not say again; never words, which would stand there in the wrong language."""
    data = {key: value for key, value in original.data.items() if key not in _NOT_INHERITED}
    if isinstance(data.get("picture"), dict):
        data["picture"] = {key: value for key, value in data["picture"].items() if key != "alt"}
    if isinstance(data.get("customer"), dict):
        data["customer"] = {key: value for key, value in data["customer"].items() if key != "as"}
    return data


def _by(words: str, people: Mapping[str, Person]) -> Text:
    if words in people or _PERSON_ID.fullmatch(words):
        return Text((Reference(words),))
    return Text.written(words)


def _narrowings(form: StoryForm, original: _Draft | None) -> tuple[Narrowing, ...]:
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
        above, _ = fill_in(StoryForm, Marked(outer, original.page))
        narrowings += _narrowings(above, None) if above else ()
    return tuple(dict.fromkeys(narrowings))


def _picture(
    form: StoryForm, draft: _Draft, original: _Draft | None, known: Known, imported: bool
) -> tuple[Picture | None, list[Problem]]:
    if form.picture is None:
        return None, []
    head = draft.article.head
    file = form.picture.file
    from_original = original is not None and not (draft.data.get("picture") or {}).get("file")
    folder = PurePosixPath((original if original and from_original else draft).source.path).parent
    path = (folder / file).as_posix() if file else ""
    path = path.removeprefix("stories/")
    if path not in known.pictures and from_original:
        return None, []  # said once, with the original
    if not file or path not in known.pictures:
        near = guess(
            file, (PurePosixPath(one).name for one in known.pictures if one.startswith(folder.name + "/"))
        )
        return None, [
            draft.page.problem(
                "picture-missing",
                f"there is no picture `{file}` beside this story" if file else "the picture has no `file`",
                f"Put the file into {folder.as_posix()}/, or correct its name (capitals count).",
                at=head.at(("picture", "file")),
                guess=near,
            )
        ]
    problems = []
    if form.picture.alt is None:
        problems.append(
            draft.page.problem(
                "alt-missing",
                "the picture has no `alt`: readers who cannot see it learn nothing",
                'Add  alt: ...  with what the picture shows, in this story\'s language (alt: "" if it only decorates).',
                at=head.at(("picture",)),
                level=Level.WARNING if imported else Level.ERROR,
            )
        )
    return Picture(
        file=path,
        alt=Text.written((form.picture.alt or "").strip()),
        credit=Text.written(form.picture.credit.strip()),
        shows=tuple(form.picture.shows),
    ), problems


def _unknown(form: StoryForm, head: Marked, known: Known) -> Iterator[Problem]:
    """Ids in this front matter that nothing has; those a translation inherits are said once, with the original."""
    settings = known.settings
    tables: tuple[tuple[str, Sequence[str], Sequence[str], str], ...] = (
        ("team", [form.team] if form.team else [], sorted(known.teams), "a team of teams.yaml"),
        (
            "behaviours",
            form.behaviours,
            [one.id for one in settings.behaviours],
            "a behaviour of this newsletter",
        ),
        (
            "perspective",
            [form.perspective] if form.perspective else [],
            [one.id for one in settings.perspectives],
            "a perspective",
        ),
        ("supports", form.supports, sorted(known.metrics), "a measure in metrics/"),
    )
    for key, given, allowed, what in tables:
        if key not in head.data:
            continue
        for index, id in enumerate(given):
            if id not in allowed:
                place: Place = (key, index) if isinstance(head.data[key], list) else (key,)
                yield head.page.problem(
                    "id-unknown",
                    f"`{id}` is not the id of {what}",
                    f"Choose one of: {', '.join(allowed)}." if len(allowed) <= 12 else "Correct the id.",
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
            problem = person_problem(head.page, id, known.people, head.at(place))
            if problem:
                yield problem

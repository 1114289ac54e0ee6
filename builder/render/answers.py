"""Every kind of question that a page may ask, who answers it, and what tells one answer from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Any

from builder.model.address import story_address
from builder.model.consent import Leave
from builder.model.edition import Contents
from builder.model.facet import Facet
from builder.model.metric import Result
from builder.model.newsletter import Named
from builder.model.page import Page, PageKind
from builder.model.person import Channel, Form, Narrowing
from builder.model.story import Story
from builder.render import said_answers
from builder.render.press import NEWEST, Card, Press, Shown, Title, Translation, card_of, title_of, twins

APART = "\t"
"""Stands between the kind of a question and each thing that it is about."""


def written(narrowings: Iterable[Narrowing]) -> str:
    """Narrowings of one person as part of a question; the answer reads them again."""
    return ";".join(
        f"{'*' if one.channels is None else '+'.join(channel.value for channel in one.channels)}:"
        f"{one.form.value if one.form else ''}"
        for one in narrowings
    )


def _narrowings(person: str, written: str) -> tuple[Narrowing, ...]:
    found = []
    for one in written.split(";") if written else ():
        channels, _, form = one.partition(":")
        found.append(
            Narrowing(
                person=person,
                channels=None
                if channels == "*"
                else tuple(Channel(name) for name in channels.split("+") if name),
                form=Form(form) if form else None,
            )
        )
    return tuple(found)


def _leave(press: Press, id: str, written: str) -> Leave:
    newsroom = press.library.newsroom
    person = newsroom.people.get(id)
    form = press.library.consent.form(id, _narrowings(id, written))
    if form is not None and person is not None:
        return Leave(form=form, names=person.names)
    team = newsroom.teams.get(person.team) if person else None
    if team is None or team.headcount < newsroom.settings.privacy.smallest_team:
        return Leave(form=None)
    return Leave(form=None, team=team.name)


def _story(press: Press, version: str) -> Story:
    work, _, language = version.rpartition("/")
    return press.library.versions[work][language]


def _card(press: Press, version: str) -> Card:
    story = _story(press, version)
    return card_of(story, press.gists[story.file], press.settings)


def _title(press: Press, version: str) -> Title:
    return title_of(_story(press, version), press.settings)


def _neighbours(press: Press, work: str) -> tuple[str, str]:
    works = press.library.works
    place = press.library.places[work]
    newer = works[place - 1] if place else ""
    return newer, works[place + 1] if place + 1 < len(works) else ""


def _has_shelf(press: Press, facet: str, value: str) -> bool:
    wanted = Facet.YEARS.value if facet == Facet.WEEKS.value else facet
    return Facet(wanted) in press.settings.filters and bool(press.library.shelves.on(Facet(facet), value))


def _weeks_beside(press: Press, week: str) -> tuple[str, str]:
    weeks = list(press.library.shelves.works.get(Facet.WEEKS, {}))
    place = weeks.index(week)
    return weeks[place - 1] if place else "", weeks[place + 1] if place + 1 < len(weeks) else ""


def _rounds_beside(press: Press, period: str) -> tuple[str, str]:
    rounds = list(press.library.rounds)
    place = rounds.index(period)
    return rounds[place - 1] if place else "", rounds[place + 1] if place + 1 < len(rounds) else ""


def _result(press: Press, id: str, period: str) -> Result:
    return next(one for one in press.library.measured[id].results if one.reading.period == period)


def _values(press: Press, facet: str) -> tuple[tuple[str, int], ...]:
    shelves = press.library.shelves.works.get(Facet(facet), {})
    return tuple((value, len(works)) for value, works in shelves.items())


def _translations(press: Press, work: str) -> tuple[Translation, ...]:
    return tuple(
        (language, story_address(story, press.settings), story.version)
        for language, story in sorted(press.library.versions[work].items())
    )


def _picture(press: Press, path: str) -> Shown | None:
    made = press.pictures.get(path)
    if made is None:
        return None
    return Shown(
        webp=tuple((file.address, file.width) for file in made.webp),
        plain=made.plain.address,
        width=made.width,
        height=made.height,
        people=tuple(sorted(press.shown.get(path, ()))),
    )


def _named(press: Press, id: str) -> Named | None:
    settings = press.settings
    return next(
        (
            one
            for one in (*settings.behaviours, *settings.perspectives, *settings.customers)
            if one.id == id and one.name
        ),
        None,
    )


def _newest(press: Press, language: str) -> tuple[str, ...]:
    """The newest stories in a language; those in no language of the site are in the default's."""
    languages = press.settings.languages
    found = [
        story
        for story in press.library.stories
        if (story.lang if story.lang in languages else languages[0]) == language
    ]
    found.sort(key=lambda story: (story.date, story.id), reverse=True)
    return tuple(story.version for story in found[:NEWEST])


_IN_SITEMAP = frozenset(
    (
        PageKind.HOME,
        PageKind.STORY,
        PageKind.LISTING,
        PageKind.HEROES,
        PageKind.HERO,
        PageKind.SCORECARD,
        PageKind.MEASURE,
        PageKind.ROUND,
        PageKind.EDITIONS,
        PageKind.EDITION,
        PageKind.SHELF,
        PageKind.BEHAVIOURS,
        PageKind.TEAMS,
        PageKind.PERSPECTIVES,
        PageKind.TAGS,
        PageKind.YEARS,
        PageKind.ABOUT,
        PageKind.NOMINATE,
        PageKind.VOICES,
        PageKind.COMMITMENTS,
        PageKind.PROMISES,
    )
)


def _sitemap(press: Press) -> tuple[tuple[Page, tuple[tuple[str, str], ...]], ...]:
    languages = press.settings.languages
    return tuple(
        (
            page,
            tuple(twins(page, languages, partial(_translations, press), press.plan.at.__contains__).items()),
        )
        for page in press.plan.pages
        if page.kind in _IN_SITEMAP
    )


def _forms(press: Press, language: str, key: str) -> Any:
    speaker = press.speakers.get(language)
    forms = speaker.forms(key) if speaker else None
    return sorted(forms.items()) if forms is not None else None


def _contents(press: Press, id: str) -> Contents:
    """What an edition holds.

    What was passed over and how long its mail is are no page's business, and must not make one be printed anew.
    """
    return replace(press.contents[id], passed=(), words=())


ANSWERS: Mapping[str, Callable[..., Any]] = {
    "setting": lambda press, name: getattr(press.settings, name),
    "word": _forms,
    "template": lambda press, name: press.templates.source(name),
    "planned": lambda press, address: press.plan.at.get(address),
    "stands": lambda press, address: address in press.plan.at,
    "story": _story,
    "text": lambda press, file: press.marks[file],
    "gist": lambda press, file: press.gists[file],
    "card": _card,
    "title": _title,
    "neighbours": _neighbours,
    "values": _values,
    "has-shelf": _has_shelf,
    "shelf": lambda press, facet, start, stop, value: press.library.shelves.on(Facet(facet), value)[
        int(start) : int(stop)
    ],
    "shelved": lambda press, facet, value: len(press.library.shelves.on(Facet(facet), value)),
    "shelves-of": lambda press, work: tuple(
        (facet.value, value) for facet, value in press.library.shelves.of.get(work, ())
    ),
    "programme": lambda press: press.library.programme,
    "tag": lambda press, value: press.library.shelves.tags.get(value, value),
    "years": lambda press: tuple(press.library.shelves.years),
    "weeks": lambda press, year: press.library.shelves.years.get(int(year), ()),
    "weeks-beside": _weeks_beside,
    "editions-of": lambda press, week: press.library.shelves.editions.get(week, ()),
    "version": lambda press, work, language: press.library.version(work, language).version,
    "translations": _translations,
    "leads": lambda press, file, target: press.resolve(target, file),
    "picture": _picture,
    "person": _leave,
    "teams": lambda press: tuple(press.library.newsroom.teams),
    "team": lambda press, id: press.library.newsroom.teams.get(id),
    "team-of": lambda press, person: press.library.newsroom.people[person].team,
    "named": _named,
    "works": lambda press, start, stop: press.library.works[int(start) : int(stop)],
    "count": lambda press: len(press.library.works),
    "related": lambda press, work: press.related.get(work, ()),
    "newest": _newest,
    "heroes": lambda press: press.library.heroes,
    "hero": lambda press, person: next((one for one in press.library.heroes if one.person == person), None),
    "celebrated": lambda press, person, work: work in press.library.celebrated.get(person, ()),
    "editions": lambda press: tuple(one.id for one in press.library.editions),
    "edition": lambda press, id: next(one for one in press.library.editions if one.id == id),
    "contents": _contents,
    "metrics": lambda press: tuple(one.metric.id for one in press.library.metrics),
    "metric": lambda press, id: press.library.measured.get(id),
    "metric-name": lambda press, id: (
        press.library.measured[id].metric.name if id in press.library.measured else None
    ),
    "paired": lambda press, id: tuple(
        one.metric.id
        for one in press.library.metrics
        if one.metric.pair == id and one.metric.side == "internal"
    ),
    "balance": lambda press: press.library.balance,
    "supporting": lambda press, id: press.library.supporting.get(id, ()),
    "rounds": lambda press: tuple(press.library.rounds),
    "rounds-beside": _rounds_beside,
    "round": lambda press, period: press.library.rounds.get(period, ()),
    "result": _result,
    "told": lambda press, work: work in press.library.versions,
    "voices": lambda press: tuple(one.id for one in press.library.voices),
    "newest-voice": lambda press: next((one.id for one in press.library.voices), ""),
    "voice": lambda press, id: next((one for one in press.library.voices if one.id == id), None),
    "voices-of": said_answers.voices_of,
    "commitments": lambda press: tuple(one.commitment.id for one in press.library.commitments),
    "commitments-of": said_answers.commitments_of,
    "commitments-about": lambda press, metric: tuple(
        one.commitment.id
        for one in press.library.commitments
        if metric
        in (one.commitment.origin.metric, one.commitment.measured.metric if one.commitment.measured else "")
    ),
    "voices-in": lambda press, period: tuple(
        one.id for one in press.library.voices if one.round == period and one.metric in press.library.measured
    ),
    "commitments-after": lambda press, voice: tuple(
        one.commitment.id for one in press.library.commitments if one.commitment.origin.voice == voice
    ),
    "commitments-in-short": said_answers.commitments_in_short,
    "commitment": lambda press, id: next(
        (one for one in press.library.commitments if one.commitment.id == id), None
    ),
    "promises": lambda press: tuple(one.id for one in press.library.promises),
    "promise": lambda press, id: next((one for one in press.library.promises if one.id == id), None),
    "corrections": lambda press: tuple(one.id for one in press.library.corrections),
    "corrections-of": said_answers.corrections_of,
    "corrections-in": lambda press, edition: press.library.carried.get(edition, ()),
    "correction": lambda press, id: next((one for one in press.library.corrections if one.id == id), None),
    "asset": lambda press, name: press.assets.get(name, name),
    "sitemap": _sitemap,
    "audience": lambda press: press.library.audience,
    "named-by-content": lambda press: tuple(sorted(set(press.assets.values()) - set(press.assets))),
}
"""Each kind of question, and who answers it. An answer's `repr` tells it from any other."""


class Marks:
    """Tells the answers of one press from those of another: a mark for each question, made once."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._known: dict[str, str] = {}

    def __call__(self, question: str) -> str:
        """The mark of today's answer; "" where the question can no longer be asked."""
        mark = self._known.get(question)
        if mark is None:
            mark = self._known[question] = self._mark(question)
        return mark

    def _mark(self, question: str) -> str:
        kind, _, rest = question.partition(APART)
        count = _ABOUT.get(kind, 0)
        about = rest.split(APART, count - 1) if count else []
        try:
            if kind in _OF_A_FILE:
                return self._press.marks[about[0] if kind != "story" else _story(self._press, about[0]).file]
            answer = ANSWERS[kind](self._press, *about)
        except (KeyError, StopIteration, TypeError, ValueError, AttributeError):
            return ""
        return blake2b(repr(answer).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


_OF_A_FILE = frozenset(("story", "text", "gist"))
"""Kinds whose answers come from one file, which has a mark already."""

_ABOUT = {kind: answer.__code__.co_argcount - 1 for kind, answer in ANSWERS.items()}
"""How many things each kind of question is about; the last of them may hold anything."""


def kinds() -> Iterable[str]:
    """Every kind of question there is."""
    return ANSWERS.keys()

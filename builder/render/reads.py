"""What a page may ask, and what it asked: each question is noted with the page, and can be asked again.

A page's function sees nothing of the newsletter but through `Reads`. So what it made depends on the answers to what it
asked, on our own code and on the libraries, and on nothing else: while those stay the same, so does the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, cast

from builder.model.address import story_address
from builder.model.body import Gist, Part
from builder.model.consent import Leave
from builder.model.edition import Contents, Edition
from builder.model.library import Hero, Library
from builder.model.metric import Metric
from builder.model.newsletter import Named, Settings
from builder.model.page import Page, PageKind, Plan
from builder.model.person import Channel, Form, Narrowing
from builder.model.picture import Derived
from builder.model.story import Kind, Picture, Story
from builder.model.team import Team
from builder.model.text import Text
from builder.render.templates import Templates
from builder.render.words import Speaker

Resolve = Callable[[str, str], str | None]
"""(target, file) -> an address of the site, an outside link, a fragment; None when it leads nowhere."""

NEWEST = 20
"""Stories in a feed."""

_APART = "\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What was decided and converted, ready to be printed.

    `gists` are by source file and `parts` gives the rest of a text, `pictures` by path inside `stories/`, `contents` by
    edition; `resolve` says where an author's link leads and `picture_path` which picture one means. `shown` says who is
    to be seen on a picture, by path: whoever any story says, wherever else the picture stands. `related` gives for each
    work those to read next. `marks` tells, by source file, one story's words from any others; `assets` the names that
    files of the theme have on the site.
    """

    library: Library
    plan: Plan
    speakers: Mapping[str, Speaker]
    templates: Templates
    gists: Mapping[str, Gist]
    parts: Callable[[str], tuple[Part, ...]]
    pictures: Mapping[str, Derived]
    contents: Mapping[str, Contents]
    resolve: Resolve
    picture_path: Callable[[str, str], str]
    shown: Mapping[str, frozenset[str]]
    related: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, str]
    assets: Mapping[str, str]

    @property
    def settings(self) -> Settings:
        return self.library.newsroom.settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The part of a story that others show: nothing else of it changes their pages."""

    work: str
    version: str
    address: str
    lang: str
    title: Text
    kind: Kind | None
    date: datetime
    summary: Text
    team: str
    picture: Picture | None
    narrowings: tuple[Narrowing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as a page shows it, and who is to be seen on it."""

    address: str
    width: int
    height: int
    people: tuple[str, ...]


Translation = tuple[str, str, str]
"""A story's language, its address and its version."""


def card_of(story: Story, gist: Gist, settings: Settings) -> Card:
    """What of a story stands on other pages."""
    return Card(
        work=story.work,
        version=story.version,
        address=story_address(story, settings),
        lang=story.lang,
        title=story.title,
        kind=story.kind,
        date=story.date,
        summary=story.summary or gist.excerpt,
        team=story.team,
        picture=story.picture,
        narrowings=story.narrowings,
    )


class Reads:
    """Answers one page's questions, and notes each. The methods say what can be asked."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self.asked: dict[str, None] = {}

    def ask(self, kind: str, *about: str) -> Any:
        """The answer to a question of one of the kinds below, which is noted."""
        self.asked[_APART.join((kind, *about))] = None
        return _ANSWERS[kind](self._press, *about)

    @property
    def settings(self) -> Settings:
        """The settings, of which each one looked at is noted."""
        return cast("Settings", _NotedSettings(self))

    def speaker(self, language: str) -> Speaker | None:
        """Who speaks a language of the site; all that is said is noted."""
        settings = self.settings
        _ = settings.languages, settings.timezone
        one = self._press.speakers.get(language)
        return one.heard_by(lambda key: self._heard(language, key)) if one else None

    def _heard(self, language: str, key: str) -> None:
        self.asked[_APART.join(("word", language, key))] = None

    def render(self, template: str, **values: Any) -> str:
        """A template filled; it, and all it looked for, are noted. Raises Trouble when one of them is wrong."""
        try:
            return self._press.templates.render(template, **values)
        finally:
            for name in self._press.templates.reached_from(template):
                self.asked[_APART.join(("template", name))] = None

    def planned(self, address: str) -> Page | None:
        return cast("Page | None", self.ask("planned", address))

    def stands(self, address: str) -> bool:
        return cast("bool", self.ask("stands", address))

    def story(self, version: str) -> Story:
        return cast("Story", self.ask("story", version))

    def card(self, version: str) -> Card:
        return cast("Card", self.ask("card", version))

    def version(self, work: str, language: str) -> str:
        """The version of a work that a reader of `language` gets."""
        return cast("str", self.ask("version", work, language))

    def translations(self, work: str) -> tuple[Translation, ...]:
        return cast("tuple[Translation, ...]", self.ask("translations", work))

    def gist(self, file: str) -> Gist:
        return cast("Gist", self.ask("gist", file))

    def parts(self, file: str) -> tuple[Part, ...]:
        """A converted text, with its slots."""
        self.asked[_APART.join(("text", file))] = None
        return self._press.parts(file)

    def leads(self, file: str, target: str) -> str | None:
        """Where a link leads that an author wrote."""
        return cast("str | None", self.ask("leads", file, target))

    def picture(self, path: str) -> Shown | None:
        return cast("Shown | None", self.ask("picture", path))

    def picture_path(self, target: str, file: str) -> str:
        return self._press.picture_path(target, file)

    def person(self, id: str, narrowings: tuple[Narrowing, ...]) -> Leave:
        """What consent says of a person here."""
        own = tuple(one for one in narrowings if one.person == id)
        return cast("Leave", self.ask("person", id, _written(own)))

    def team(self, id: str) -> Team | None:
        return cast("Team | None", self.ask("team", id))

    def team_of(self, person: str) -> str:
        """The id of a person's team."""
        return cast("str", self.ask("team-of", person))

    def named(self, id: str) -> Named | None:
        """A behaviour or a perspective that the newsroom names itself."""
        return cast("Named | None", self.ask("named", id))

    def works(self, start: int, stop: int) -> tuple[str, ...]:
        """Works from `start` to before `stop`, newest first."""
        return cast("tuple[str, ...]", self.ask("works", str(start), str(stop)))

    def count(self) -> int:
        """How many works there are."""
        return cast("int", self.ask("count"))

    def related(self, work: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("related", work))

    def newest(self, language: str) -> tuple[str, ...]:
        """The versions in a language's feed."""
        return cast("tuple[str, ...]", self.ask("newest", language))

    def heroes(self) -> tuple[Hero, ...]:
        return cast("tuple[Hero, ...]", self.ask("heroes"))

    def hero(self, person: str) -> Hero | None:
        return cast("Hero | None", self.ask("hero", person))

    def celebrated_in(self, person: str, work: str) -> bool:
        """Whether a person's own page shows a work."""
        return cast("bool", self.ask("celebrated", person, work))

    def editions(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("editions"))

    def edition(self, id: str) -> Edition:
        return cast("Edition", self.ask("edition", id))

    def contents(self, id: str) -> Contents:
        return cast("Contents", self.ask("contents", id))

    def metrics(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("metrics"))

    def metric(self, id: str) -> Metric | None:
        return cast("Metric | None", self.ask("metric", id))

    def asset(self, name: str) -> str:
        """The name that a file of the theme has on the site."""
        return cast("str", self.ask("asset", name))

    def sitemap(self) -> tuple[tuple[Page, tuple[tuple[str, str], ...]], ...]:
        """The pages worth finding, each with its twins in all languages."""
        return cast("tuple[tuple[Page, tuple[tuple[str, str], ...]], ...]", self.ask("sitemap"))

    def twins(self, page: Page) -> dict[str, str]:
        """The addresses of the same page in each site language in which it exists."""
        languages = self.settings.languages
        if page.kind is PageKind.STORY:
            versions = {language: address for language, address, _ in self.translations(page.key)}
            return {language: versions[language] for language in languages if language in versions}
        inside = page.address.partition("/")[2]
        found = {language: f"{language}/{inside}" for language in languages}
        return {language: address for language, address in found.items() if self.stands(address)}


class _NotedSettings:
    """Looks like the settings, and notes which of them was looked at."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    def __getattr__(self, name: str) -> Any:
        if name == "language":
            return self._reads.ask("setting", "languages")[0]
        return self._reads.ask("setting", name)


def _written(narrowings: Iterable[Narrowing]) -> str:
    """Narrowings of one person as part of a question; `_narrowings` reads them again."""
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
        address=made.address,
        width=made.width,
        height=made.height,
        people=tuple(sorted(press.shown.get(path, ()))),
    )


def _named(press: Press, id: str) -> Named | None:
    settings = press.settings
    return next(
        (one for one in (*settings.behaviours, *settings.perspectives) if one.id == id and one.name), None
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
        PageKind.EDITIONS,
        PageKind.EDITION,
    )
)


def _sitemap(press: Press) -> tuple[tuple[Page, tuple[tuple[str, str], ...]], ...]:
    unnoted = Reads(press)
    return tuple(
        (page, tuple(unnoted.twins(page).items())) for page in press.plan.pages if page.kind in _IN_SITEMAP
    )


def _forms(press: Press, language: str, key: str) -> Any:
    speaker = press.speakers.get(language)
    forms = speaker.forms(key) if speaker else None
    return sorted(forms.items()) if forms is not None else None


_ANSWERS: Mapping[str, Callable[..., Any]] = {
    "setting": lambda press, name: getattr(press.settings, name),
    "word": _forms,
    "template": lambda press, name: press.templates.source(name),
    "planned": lambda press, address: press.plan.at.get(address),
    "stands": lambda press, address: address in press.plan.at,
    "story": _story,
    "text": lambda press, file: press.marks[file],
    "gist": lambda press, file: press.gists[file],
    "card": _card,
    "version": lambda press, work, language: press.library.version(work, language).version,
    "translations": _translations,
    "leads": lambda press, file, target: press.resolve(target, file),
    "picture": _picture,
    "person": _leave,
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
    "contents": lambda press, id: press.contents[id],
    "metrics": lambda press: tuple(one.id for one in press.library.metrics),
    "metric": lambda press, id: next((one for one in press.library.metrics if one.id == id), None),
    "asset": lambda press, name: press.assets.get(name, name),
    "sitemap": _sitemap,
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
        kind, _, rest = question.partition(_APART)
        count = _ABOUT.get(kind, 0)
        about = rest.split(_APART, count - 1) if count else []
        try:
            if kind in _OF_A_FILE:
                return self._press.marks[about[0] if kind != "story" else _story(self._press, about[0]).file]
            answer = _ANSWERS[kind](self._press, *about)
        except (KeyError, StopIteration, TypeError, ValueError, AttributeError):
            return ""
        return blake2b(repr(answer).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


_OF_A_FILE = frozenset(("story", "text", "gist"))
"""Kinds whose answers come from one file, which has a mark already."""

_ABOUT = {kind: answer.__code__.co_argcount - 1 for kind, answer in _ANSWERS.items()}
"""How many things each kind of question is about; the last of them may hold anything."""


def kinds() -> Iterable[str]:
    """Every kind of question there is."""
    return _ANSWERS.keys()

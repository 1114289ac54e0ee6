"""All that pages are made from, in one frozen value; and how a story becomes a card or a whole text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from builder.model.address import NOT_FOUND, hero_address, relative, section_address, story_address
from builder.model.body import Body, Image, InAttribute, Link, WideStart
from builder.model.edition import Contents
from builder.model.library import Library
from builder.model.newsletter import Settings
from builder.model.page import Naming, Page, PageKind, Plan
from builder.model.picture import Derived
from builder.model.story import Story
from builder.model.text import Reference, Text
from builder.render.markdown import excerpt
from builder.render.names import Voice
from builder.render.templates import Templates
from builder.render.views import CardView, LinkView, PictureView, StoryView
from builder.render.words import Speaker, direction_of, locale_of

WORDS_A_MINUTE = 200

Resolve = Callable[[str, str], str | None]
"""(target, file) -> an address of the site, an outside link, a fragment; None when it leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What was decided and converted, ready to be printed.

    `bodies` are by source file, `pictures` by path inside `stories/`, `contents` by edition; `resolve` says where
    an author's link leads and `picture_path` which picture one means. `shown` says who is to be seen on a picture, by
    path: whoever any story says, wherever else the picture stands.
    """

    library: Library
    plan: Plan
    speakers: Mapping[str, Speaker]
    templates: Templates
    bodies: Mapping[str, Body]
    pictures: Mapping[str, Derived]
    contents: Mapping[str, Contents]
    resolve: Resolve
    picture_path: Callable[[str, str], str]
    shown: Mapping[str, frozenset[str]]

    @property
    def settings(self) -> Settings:
        return self.library.newsroom.settings

    def own_name(self, language: str) -> str:
        """A language's name as its own readers say it."""
        if language in self.speakers:
            return self.speakers[language].language_name(language)
        return locale_of(language).get_display_name() or language

    def alternates(self, page: Page) -> dict[str, str]:
        """The addresses of the same page in each site language in which it exists."""
        settings = self.settings
        if page.kind is PageKind.STORY:
            versions = self.library.versions[page.key]
            return {
                language: story_address(versions[language], settings)
                for language in settings.languages
                if language in versions
            }
        inside = page.address.partition("/")[2]
        twins = {language: f"{language}/{inside}" for language in settings.languages}
        return {language: address for language, address in twins.items() if address in self.plan.addresses}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page on its way: where it stands, who speaks, and the facts it gathers while it is filled."""

    press: Press
    here: str
    speaker: Speaker
    named: list[Naming]
    works: list[str]

    def link(self, to: str) -> str:
        """The link from this page to another address of the site.

        The page for what is not there is served at any depth, so its links are whole where the site's place is known.
        """
        base = self.press.settings.base_url
        if self.here == NOT_FOUND and base:
            return urlsplit(base).path + relative("index.html", to)
        return relative(self.here, to)

    def voice(self, story: Story) -> Voice:
        """The Voice for a story's own words."""
        return Voice(
            newsroom=self.press.library.newsroom,
            ask=self.press.library.consent.form,
            speaker=self.press.speakers.get(story.lang, self.speaker),
            language=story.lang,
            work=story.version,
            narrowings=story.narrowings,
            named=self.named,
        )

    def own_voice(self, language: str = "", work: str = "") -> Voice:
        """The Voice of the newsletter itself, in the page's language or another."""
        language = language or self.speaker.language
        return Voice(
            newsroom=self.press.library.newsroom,
            ask=self.press.library.consent.form,
            speaker=self.press.speakers.get(language, self.speaker),
            language=language,
            work=work,
            named=self.named,
        )

    def body(self, file: str, voice: Voice) -> Markup:
        """A converted text with its slots filled for this page."""
        pieces: list[str] = []
        for part in self.press.bodies[file].parts:
            if isinstance(part, str):
                pieces.append(part)
            elif isinstance(part, Reference):
                pieces.append(str(voice.marked(part)))
            elif isinstance(part, InAttribute):
                pieces.append(str(escape(voice.words(part.reference))))
            elif isinstance(part, Link):
                target = self.press.resolve(part.target, file)
                if target is not None:
                    inside = not target.startswith("#") and ":" not in target.split("/")[0]
                    pieces.append(f' href="{escape(self.link(target) if inside else target)}"')
            elif isinstance(part, WideStart):
                label = escape(self.speaker.say("story.table"))
                pieces.append(f'<section class="wide" tabindex="0" aria-label="{label}">')
            elif isinstance(part, Image):
                pieces.append(self._image(part, file, voice))
        return Markup("".join(pieces))  # noqa: S704  sanitised where it was converted, and escaped here

    def _image(self, image: Image, file: str, voice: Voice) -> str:
        path = self.press.picture_path(image.target, file)
        made = self.press.pictures.get(path)
        if made is None or not voice.may_show(self.press.shown.get(path, ())):
            return ""
        return str(
            Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">').format(
                self.link(made.address), voice.plain(image.alt), made.width, made.height
            )
        )

    def picture(self, story: Story, voice: Voice) -> PictureView | None:
        """A story's picture, unless someone on it may not be shown here."""
        given = story.picture
        made = self.press.pictures.get(given.file) if given else None
        if given is None or made is None or not voice.may_show(self.press.shown.get(given.file, ())):
            return None
        return PictureView(
            url=self.link(made.address),
            width=made.width,
            height=made.height,
            alt=voice.plain(given.alt),
            credit=voice.markup(given.credit),
        )

    def card(self, story: Story) -> CardView:
        """A story as it stands in a listing on this page."""
        self.works.append(story.version)
        voice = self.voice(story)
        team = self.press.library.newsroom.teams.get(story.team)
        foreign = "" if story.lang == self.speaker.language else self.speaker.language_name(story.lang)
        return CardView(
            id=story.work,
            url=self.link(story_address(story, self.press.settings)),
            lang=story.lang,
            dir=direction_of(story.lang),
            title=voice.markup(story.title),
            kind=story.kind.value if story.kind else "plain",
            kind_label=self.speaker.say(f"kind.{story.kind.value}") if story.kind else "",
            date=self.speaker.day(story.date),
            summary=voice.markup(summary_of(story, self.press.bodies)),
            foreign=foreign,
            team=self.speaker.own(team.name, self.press.settings)[1] if team else "",
            picture=self.picture(story, voice),
        )

    def cards(self, works: tuple[str, ...]) -> tuple[CardView, ...]:
        return tuple(self.card(self.press.library.version(work, self.speaker.language)) for work in works)

    def story(self, story: Story) -> StoryView:
        """A story as it stands on its own page."""
        voice = self.voice(story)
        settings = self.press.settings
        body = self.press.bodies[story.file]
        metrics = {metric.id: metric for metric in self.press.library.metrics}
        scorecard = section_address(self.speaker.language, PageKind.SCORECARD)
        return StoryView(
            card=self.card(story),
            body=self.body(story.file, voice),
            why_it_matters=voice.markup(story.why_it_matters),
            by=voice.markup(story.by),
            heroes=self._heroes(story, voice),
            customer=voice.markup(story.customer.called) if story.customer else Markup(""),
            behaviours=tuple(self._term("behaviour", id) for id in story.behaviours),
            perspective=self._term("perspective", story.perspective) if story.perspective else "",
            tags=story.tags,
            supports=tuple(
                LinkView(
                    text=self.speaker.own(metrics[id].name, settings)[1],
                    url=self.link(f"{scorecard}#metric-{id}"),
                )
                for id in story.supports
                if id in metrics
            ),
            translations=tuple(
                LinkView(
                    text=self.press.own_name(language),
                    url=self.link(story_address(other, settings)),
                    lang=language,
                    dir=direction_of(language),
                )
                for language, other in sorted(self.press.library.versions[story.work].items())
                if language != story.lang
            ),
            minutes=max(
                1, round(sum(len(line.split()) for line in plain_lines(body.words)) / WORDS_A_MINUTE)
            ),
        )

    def _term(self, group: str, id: str) -> str:
        """A behaviour's or perspective's name: the newsroom's own, else the theme's."""
        settings = self.press.settings
        for one in (*settings.behaviours, *settings.perspectives):
            if one.id == id and one.name:
                return self.speaker.own(one.name, settings)[1]
        return self.speaker.say(f"{group}.{id}")

    def _heroes(self, story: Story, voice: Voice) -> tuple[LinkView, ...]:
        """Those who may be named, with their pages; then the others, counted when their phrases are alike."""
        heroes = {hero.person for hero in self.press.library.heroes if story.work in hero.works}
        links: list[LinkView] = []
        unnamed: list[str] = []
        for person in story.heroes:
            if not voice.may_name(person):
                unnamed.append(voice.colleague(person))
                continue
            url = self.link(hero_address(self.speaker.language, person)) if person in heroes else ""
            links.append(LinkView(text=voice.marked(Reference(person)), url=url))
        for phrase in dict.fromkeys(unnamed):
            links.append(LinkView(text=phrase, url=""))
        return tuple(links)


def summary_of(story: Story, bodies: Mapping[str, Body]) -> Text:
    """A story's summary, or the beginning of its text where none was written."""
    return story.summary or excerpt(bodies[story.file].opening or bodies[story.file].words)


def plain_lines(text: Text) -> list[str]:
    """The words of a text without people, to be counted."""
    return "".join(part if isinstance(part, str) else "name" for part in text.parts).split("\n")

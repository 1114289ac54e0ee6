"""One page on its way, and how a story becomes a card or a whole text on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from builder.model.address import (
    NOT_FOUND,
    hero_address,
    measure_address,
    relative,
    shelf_address,
    tag_value,
)
from builder.model.body import Image, InAttribute, Link, WideStart
from builder.model.facet import Facet
from builder.model.page import Naming
from builder.model.reading import minutes
from builder.model.story import Picture, Story
from builder.model.text import Reference
from builder.render.names import Voice
from builder.render.press import Card, Press, Shown, Title
from builder.render.reads import Reads
from builder.render.views import CardView, LinkView, PictureView, StoryView, TitleView
from builder.render.words import Speaker, direction_of, locale_of

IN_A_TEXT = "(max-width: 41.7rem) 91vw, 38rem"
"""How wide `site.css` sets a picture that stands in a text: from its measure, or the page less its gutters."""

Made = tuple[str, Markup | str, str, Mapping[str, Any]]
"""A template's name, a page's title and description, and the values for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where a page stands, who speaks on it, what it asks, and the facts it gathers while it is filled."""

    reads: Reads
    here: str
    speaker: Speaker
    pictures: bool = True
    """Whether pictures are shown; a mail leaves them to the site."""
    named: list[Naming] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    texts: list[Markup] = field(default_factory=list)
    """Converted texts that stand on it."""

    @classmethod
    def fresh(cls, press: Press, here: str, language: str, *, pictures: bool = True) -> Sheet:
        """An empty page in a language of the site."""
        reads = Reads(press)
        speaker = reads.speaker(language)
        if speaker is None:
            raise KeyError(language)
        return cls(reads=reads, here=here, speaker=speaker, pictures=pictures)

    def link(self, to: str) -> str:
        """The link from this page to another address of the site.

        The page for what is not there is served at any depth, so its links are whole where the site's place is known.
        """
        if to.startswith("assets/"):
            to = self.reads.asset(to)
        if self.here == NOT_FOUND:
            base = self.reads.settings.base_url
            if base:
                return urlsplit(base).path + relative("index.html", to)
        return relative(self.here, to)

    def speaks(self, language: str) -> Speaker:
        """Who speaks a language, or the page's own where the theme has no words for it."""
        return (
            self.speaker
            if language == self.speaker.language
            else self.reads.speaker(language) or self.speaker
        )

    def own_name(self, language: str) -> str:
        """A language's name as its own readers say it."""
        speaker = self.reads.speaker(language)
        return (
            speaker.language_name(language) if speaker else locale_of(language).get_display_name() or language
        )

    def voice(self, story: Story | Card | Title) -> Voice:
        """The Voice for a story's own words."""
        return Voice(
            settings=self.reads.settings,
            ask=self.reads.person,
            speaker=self.speaks(story.lang),
            language=story.lang,
            work=story.version,
            narrowings=story.narrowings,
            named=self.named,
        )

    def own_voice(self, language: str = "", work: str = "") -> Voice:
        """The Voice of the newsletter itself, in the page's language or another."""
        language = language or self.speaker.language
        return Voice(
            settings=self.reads.settings,
            ask=self.reads.person,
            speaker=self.speaks(language),
            language=language,
            work=work,
            named=self.named,
        )

    def body(self, file: str, voice: Voice) -> Markup:
        """A converted text with its slots filled for this page."""
        pieces: list[str] = []
        for part in self.reads.parts(file):
            if isinstance(part, str):
                pieces.append(part)
            elif isinstance(part, Reference):
                pieces.append(str(voice.marked(part)))
            elif isinstance(part, InAttribute):
                pieces.append(str(escape(voice.words(part.reference))))
            elif isinstance(part, Link):
                target = self.reads.leads(file, part.target)
                if target is not None:
                    inside = not target.startswith("#") and ":" not in target.split("/")[0]
                    pieces.append(f' href="{escape(self.link(target) if inside else target)}"')
            elif isinstance(part, WideStart):
                label = escape(self.speaker.say("story.table"))
                pieces.append(f'<section class="wide" tabindex="0" aria-label="{label}">')
            elif isinstance(part, Image):
                pieces.append(self._image(part, file, voice))
        text = Markup("".join(pieces))  # noqa: S704  sanitised where it was converted, and escaped here
        self.texts.append(text)
        return text

    def _image(self, image: Image, file: str, voice: Voice) -> str:
        made = self.reads.picture(self.reads.picture_path(image.target, file)) if self.pictures else None
        if made is None or not voice.may_show(made.people):
            return ""
        return str(
            Markup(
                '<picture><source type="image/webp" srcset="{}" sizes="{}">'
                '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async"></picture>'
            ).format(
                self._srcset(made),
                IN_A_TEXT,
                self.link(made.plain),
                voice.plain(image.alt),
                made.width,
                made.height,
            )
        )

    def _srcset(self, made: Shown) -> str:
        return ", ".join(f"{self.link(address)} {width}w" for address, width in made.webp)

    def picture(self, given: Picture | None, voice: Voice) -> PictureView | None:
        """A story's picture, unless someone on it may not be shown here."""
        made = self.reads.picture(given.file) if given and self.pictures else None
        if given is None or made is None or not voice.may_show(made.people):
            return None
        return PictureView(
            url=self.link(made.plain),
            srcset=self._srcset(made),
            width=made.width,
            height=made.height,
            alt=voice.plain(given.alt),
            credit=voice.markup(given.credit),
        )

    def card(self, version: str) -> CardView:
        """A story as it stands in a listing on this page."""
        card = self.reads.card(version)
        self.works.append(version)
        voice = self.voice(card)
        foreign = "" if card.lang == self.speaker.language else self.speaker.language_name(card.lang)
        return CardView(
            id=card.work,
            url=self.link(card.address),
            lang=card.lang,
            dir=direction_of(card.lang),
            title=voice.markup(card.title),
            kind=card.kind.value if card.kind else "plain",
            kind_label=self.speaker.say(f"kind.{card.kind.value}") if card.kind else "",
            date=self.speaker.day(card.date),
            summary=voice.markup(card.summary),
            foreign=foreign,
            team=self.team(card.team),
            inside=card.inside,
            picture=self.picture(card.picture, voice),
        )

    def cards(self, works: tuple[str, ...]) -> tuple[CardView, ...]:
        return tuple(self.card(self.reads.version(work, self.speaker.language)) for work in works)

    def titled(self, work: str) -> TitleView | None:
        """A story of which this page says the title alone; None where there is no such work."""
        if not work:
            return None
        title = self.reads.title(self.reads.version(work, self.speaker.language))
        self.works.append(title.version)
        foreign = "" if title.lang == self.speaker.language else self.speaker.language_name(title.lang)
        return TitleView(
            id=title.work,
            url=self.link(title.address),
            lang=title.lang,
            dir=direction_of(title.lang),
            title=self.voice(title).markup(title.title),
            foreign=foreign,
        )

    def shelf_url(self, facet: Facet, value: str) -> str:
        """The link to the stories of a behaviour, a team ...; "" where there is no such page."""
        if not self.reads.has_shelf(facet, value):
            return ""
        return self.link(shelf_address(self.speaker.language, facet, value))

    def mail(self, to: str, subject: str, body: str = "") -> str:
        """A link that begins a mail (RFC 6068); "" where `to` is no mail address."""
        if to and "@" not in to:
            return ""
        given = {"subject": subject, "body": body.replace("\n", "\r\n")}
        asked = "&".join(f"{key}={quote(value, safe='')}" for key, value in given.items() if value)
        return f"mailto:{quote(to, safe='@')}?{asked}"

    def team(self, id: str) -> str:
        """What a team is called on this page."""
        team = self.reads.team(id) if id else None
        return self.speaker.own(team.name, self.reads.settings)[1] if team else ""

    def story(self, version: str) -> StoryView:
        """A story as it stands on its own page."""
        story = self.reads.story(version)
        voice = self.voice(story)
        settings = self.reads.settings
        contact, base, say = settings.privacy.contact, settings.base_url, self.speaker.say
        newer, older = self.reads.neighbours(story.work)
        supports = [(id, name) for id in story.supports if (name := self.reads.metric_name(id))]
        return StoryView(
            card=self.card(version),
            body=self.body(story.file, voice),
            why_it_matters=voice.markup(story.why_it_matters),
            by=voice.markup(story.by),
            heroes=self._heroes(story, voice),
            customer=voice.markup(story.customer.called) if story.customer else Markup(""),
            customer_words=voice.markup(story.customer.words) if story.customer else Markup(""),
            what_changed=voice.markup(story.what_changed),
            behaviours=tuple(
                LinkView(text=self.named_as("behaviour", id)[1], url=self.shelf_url(Facet.BEHAVIOURS, id))
                for id in story.behaviours
            ),
            team=LinkView(text=self.team(story.team), url=self.shelf_url(Facet.TEAMS, story.team))
            if self.team(story.team)
            else None,
            perspective=LinkView(
                text=self.named_as("perspective", story.perspective)[1],
                url=self.shelf_url(Facet.PERSPECTIVES, story.perspective),
            )
            if story.perspective
            else None,
            tags=tuple(self._tags(story)),
            supports=tuple(
                LinkView(
                    text=self.speaker.own(name, settings)[1],
                    url=self.link(measure_address(self.speaker.language, id)),
                )
                for id, name in supports
            ),
            translations=tuple(
                LinkView(
                    text=self.own_name(language),
                    url=self.link(address),
                    lang=language,
                    dir=direction_of(language),
                )
                for language, address, _ in self.reads.translations(story.work)
                if language != story.lang
            ),
            minutes=minutes(self.reads.gist(story.file).length),
            related=self.cards(self.reads.related(story.work)) if settings.related else (),
            newer=self.titled(newer),
            older=self.titled(older),
            thanks_url=self.mail(contact, say("story.thanks.subject", id=story.work)) if contact else "",
            remove_url=self.mail(contact, say("story.remove.subject", id=story.work)) if contact else "",
            share_url=self.mail("", voice.plain(story.title), f"{base}{relative('index.html', self.here)}")
            if base
            else "",
        )

    def _tags(self, story: Story) -> Iterator[LinkView]:
        for tag in story.tags:
            yield LinkView(text=tag, url=self.shelf_url(Facet.TAGS, tag_value(tag)))

    def named_as(self, group: str, id: str) -> tuple[str, str]:
        """A behaviour's or perspective's name, after its language: the newsroom's own, else the theme's."""
        named = self.reads.named(id)
        if named:
            return self.speaker.own(named.name, self.reads.settings)
        return self.speaker.language, self.speaker.say(f"{group}.{id}")

    def _heroes(self, story: Story, voice: Voice) -> tuple[LinkView, ...]:
        """Those who may be named, with their pages; then the others, counted when their phrases are alike."""
        links: list[LinkView] = []
        unnamed: list[str] = []
        for person in story.heroes:
            if not voice.may_name(person):
                unnamed.append(voice.colleague(person))
                continue
            page = self.reads.celebrated_in(person, story.work)
            url = self.link(hero_address(self.speaker.language, person)) if page else ""
            links.append(LinkView(text=voice.marked(Reference(person)), url=url))
        for phrase in dict.fromkeys(unnamed):
            links.append(LinkView(text=phrase, url=""))
        return tuple(links)

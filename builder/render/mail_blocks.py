"""The blocks of a mail: its stories and their picture, the number, a customer's words, what was done about what was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import category

from markupsafe import Markup, escape

from builder.model.address import measure_address, section_address, story_address
from builder.model.edition import Slot
from builder.model.message import MailPicture
from builder.model.metric import Measured
from builder.model.newsletter import MailPictures
from builder.model.page import PageKind
from builder.model.picture import Derived, Rendition
from builder.model.story import Story
from builder.problem import Level, Problem, Trouble
from builder.render.cards import card, name_of
from builder.render.commitments import in_short
from builder.render.mail_text import mark_of, side_of
from builder.render.mail_views import (
    MailCommitmentView,
    MailNumberView,
    MailPictureView,
    MailStoryView,
    MailVoiceView,
)
from builder.render.measures import score_text, sentence
from builder.render.names import Voice
from builder.render.palette import by_day
from builder.render.pictures import in_a_mail
from builder.render.said_views import SpokenView
from builder.render.sheet import Sheet
from builder.render.voices import voice_view
from builder.render.words import direction_of

WIDTH = 600
"""Of a mail, in points: what every mail program's window has room for."""
LEAST = 40
"""A picture narrower or lower than this in points shows nothing, and is what those put into mails who watch their readers."""
_PNG = b"\x89PNG"
_NAME = re.compile(r"<bdi>(.*?)</bdi>")
TALLEST = 450
"""A picture is not taller in points: the story below it is in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What a mail makes its pictures with, and those that it took.

    `draw` makes a PNG of an SVG. `pictures` are the site's by their path, `shown` says who is to be seen on each, and
    `open_rendition` gives the bytes of one.
    """

    draw: Callable[[str], bytes]
    open_rendition: Callable[[Rendition], bytes]
    pictures: Mapping[str, Derived]
    shown: Mapping[str, frozenset[str]]
    taken: list[MailPicture] = field(default_factory=list)

    def take(self, data: bytes, file: str) -> str:
        """The address of a picture that travels with the mail."""
        picture = MailPicture(name=name_of(data), file=file, data=data)
        if picture.name not in {one.name for one in self.taken}:
            self.taken.append(picture)
        return f"cid:{picture.name}"


def story_block(story: Story, sheet: Sheet, enclosed: Enclosed, slot: Slot) -> MailStoryView:
    """A story in its place; the lead comes with its picture."""
    sheet.works.append(story.version)
    voice = sheet.voice(story)
    direction = direction_of(story.lang)
    settings = sheet.reads.settings
    return MailStoryView(
        lang=story.lang,
        dir=direction,
        align=side_of(direction),
        mark=mark_of(direction, sheet.speaker.direction),
        title=voice.plain(story.title),
        team=sheet.team(story.team),
        kind_label=sheet.speaker.say(f"kind.{story.kind.value}") if story.kind else "",
        summary=voice.plain(story.summary or sheet.reads.gist(story.file).excerpt),
        why_it_matters=voice.plain(story.why_it_matters),
        by=voice.plain(story.by),
        url=settings.base_url + story_address(story, settings),
        foreign="" if story.lang == sheet.speaker.language else sheet.speaker.language_name(story.lang),
        picture=_picture(story, voice, sheet, enclosed) if slot is Slot.LEAD else None,
    )


def _picture(story: Story, voice: Voice, sheet: Sheet, enclosed: Enclosed) -> MailPictureView | None:
    """The story's picture, unless someone on it may not be shown in a mail, or mails have none."""
    given, settings = story.picture, sheet.reads.settings
    made = enclosed.pictures.get(given.file) if given else None
    if given is None or made is None or settings.digest.pictures is MailPictures.NONE:
        return None
    if not voice.may_show(enclosed.shown.get(given.file, ())):
        return None
    plain = made.plain
    scale = min(1.0, WIDTH / plain.width, TALLEST / plain.height)
    if min(plain.width, plain.height) * scale < LEAST:
        return None
    if settings.digest.pictures is MailPictures.HOSTED:
        url = settings.base_url + plain.address
    else:
        data = in_a_mail(enclosed.open_rendition(plain))
        if not data:
            return None
        ending = "png" if data.startswith(_PNG) else "jpg"
        url = enclosed.take(data, f"{story.work}.{ending}")
    return MailPictureView(
        url=url,
        width=round(plain.width * scale),
        alt=in_attribute(voice.plain(given.alt)),
        lang=story.lang,
        dir=direction_of(story.lang),
    )


def numbers(metrics: tuple[Measured, ...], sheet: Sheet, enclosed: Enclosed) -> Iterator[MailNumberView]:
    """The edition's numbers, the first with its picture: one line in a mail is looked at, and of four none is."""
    settings, speaker = sheet.reads.settings, sheet.speaker
    for place, one in enumerate(metrics):
        name = speaker.own(one.metric.name, settings)[1]
        said = sentence(one.latest, speaker, settings)
        yield MailNumberView(
            name=name,
            latest=score_text(one.metric, one.metric.readings[-1].score, speaker, settings),
            sentence=said,
            url=settings.base_url + measure_address(speaker.language, one.metric.id),
            picture=_line(one, name, said, sheet, enclosed) if place == 0 else None,
        )


def _line(one: Measured, name: str, said: str, sheet: Sheet, enclosed: Enclosed) -> MailPictureView | None:
    settings = sheet.reads.settings
    if settings.digest.pictures is MailPictures.NONE:
        return None
    drawn = card(one, sheet.speaker, by_day(settings.brand), title=name, description=said)
    svg = sheet.reads.render("charts/card.svg", card=drawn)
    try:
        data = enclosed.draw(svg)
    except ValueError as fault:
        raise Trouble(
            Problem(
                code="template",
                level=Level.ERROR,
                file="templates/charts/card.svg",
                message=f"the picture of a number cannot be drawn: {fault}",
                mend="Look for an element that is not closed, and for what only browsers know.",
            )
        ) from fault
    return MailPictureView(
        url=enclosed.take(data, f"{one.metric.id}.png"),
        width=drawn.width,
        alt=in_attribute(_drawn(one, name, sheet)),
        lang=sheet.speaker.language,
        dir=sheet.speaker.direction,
    )


def _drawn(one: Measured, name: str, sheet: Sheet) -> str:
    """What the picture of a line shows, in a few words: what it says stands beside it, and would be heard twice."""
    first, last = (sheet.speaker.period(one.metric.readings[place].period) for place in (0, -1))
    return sheet.speaker.say("letter.line", name=name, first=first, last=last) if first != last else name


def in_attribute(text: str) -> Markup:
    r"""Words for an attribute of MJML, whose compiler writes joiners and accents there as programs do, `\u{200c}`, unless they
    come by their number.
    """
    return Markup(  # noqa: S704  escaped first, and what is added are numbers
        "".join(
            f"&#{ord(one)};" if one == "\\" or (one != " " and category(one)[0] in "MCZ") else one
            for one in str(escape(text))
        )
    )


def voice_block(sheet: Sheet) -> MailVoiceView | None:
    """The newest voice that may be heard in a mail."""
    newest = sheet.reads.newest_voice()
    one = voice_view(newest, sheet) if newest else None
    if one is None:
        return None
    around = sheet.speaker.direction
    original = one.original
    return MailVoiceView(
        text=_plain(one.words),
        lang=one.words.lang,
        dir=one.words.dir,
        align=side_of(one.words.dir),
        mark=mark_of(one.words.dir, around),
        who=_plain(one.who),
        note=one.translated if original else "",
        url=_place(PageKind.VOICES, sheet),
        original=_plain(original) if original else "",
        original_lang=original.lang if original else "",
        original_dir=original.dir if original else "",
        original_align=side_of(original.dir) if original else "",
        original_mark=mark_of(original.dir, around) if original else "",
    )


def commitment_blocks(sheet: Sheet) -> Iterator[MailCommitmentView]:
    speaker = sheet.speaker
    for one in in_short(sheet):
        said_dir = one.said.dir or speaker.direction
        yield MailCommitmentView(
            said=_plain(one.said),
            said_lang=one.said.lang or speaker.language,
            said_dir=said_dir,
            said_align=side_of(said_dir),
            did=_plain(one.did),
            did_lang=one.did.lang,
            did_dir=one.did.dir,
            did_align=side_of(one.did.dir),
            did_label=speaker.say("commitments.did" if one.progress == "done" else "commitments.does"),
            progress=one.progress_label,
            url=_place(PageKind.COMMITMENTS, sheet),
        )


def _plain(words: SpokenView) -> str:
    """The words without marks; among letters that run from the right, a name stays whole (UAX 9, 2.4)."""
    if not isinstance(words.text, Markup):
        return words.text
    if words.dir == "rtl":
        return Markup(_NAME.sub("\u2068\\1\u2069", str(words.text))).striptags()  # noqa: S704  it was safe, and no mark is added
    return words.text.striptags()


def _place(kind: PageKind, sheet: Sheet) -> str:
    """The whole address of a page of the site, "" where the site has none: a mail's voices are not always the site's."""
    address = section_address(sheet.speaker.language, kind)
    return sheet.reads.settings.base_url + address if sheet.reads.stands(address) else ""

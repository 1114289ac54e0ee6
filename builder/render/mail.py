"""An edition becomes a mail in one language: HTML through MJML, and a text part written from the same values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from textwrap import wrap
from unicodedata import category

import mrml
from markupsafe import Markup, escape

from builder.model.address import (
    edition_address,
    home_address,
    measure_address,
    section_address,
    story_address,
)
from builder.model.edition import Edition
from builder.model.message import MailPicture, Message
from builder.model.metric import Measured
from builder.model.page import PageKind
from builder.model.story import Story
from builder.problem import Level, Problem, Trouble
from builder.render.cards import card, name_of
from builder.render.commitments import in_short
from builder.render.editions import edition_label, words_of
from builder.render.facts import with_whole_addresses
from builder.render.mailing_list import mailing_list, message_id, sender, series_id
from builder.render.measures import score_text, sentence
from builder.render.palette import by_day
from builder.render.press import Press
from builder.render.said_views import SpokenView
from builder.render.sheet import Sheet
from builder.render.views import MailCommitmentView, MailNumberView, MailStoryView, MailView, MailVoiceView
from builder.render.voices import voice_view
from builder.render.words import direction_of

COLUMNS = 72
_LINK = re.compile(r'<a\b[^<>]*?href="([^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
_BLOCK_END = re.compile(r"</(p|h[1-6]|li|blockquote|div|tr)>|<br\s*/?>")
_TAG = re.compile(r"<[^<>]*>")


def compose(edition: Edition, language: str, press: Press, draw: Callable[[str], bytes]) -> Message:
    """`edition` for the readers of `language`, under the consent of `press` (which must be that of e-mail).

    Pictures are left to the site, but for the line of the edition's first number, of which `draw` makes a PNG. Raises
    Trouble when a template is wrong.
    """
    here = edition_address(language, edition)
    sheet = Sheet.fresh(press, here, language, pictures=False)
    speaker, settings = sheet.speaker, press.settings
    words = words_of(edition, (language, settings.language))
    voice = sheet.own_voice(words.lang, f"edition:{edition.id}")
    sheet.works.append(f"edition:{edition.id}")
    opening = Markup(with_whole_addresses(str(sheet.body(words.file, voice)), settings.base_url, here))  # noqa: S704
    label = edition_label(edition, sheet)
    contents = press.contents[edition.id]
    title = speaker.own(settings.title, settings)[1]
    numbers, pictures = _numbers(contents.metrics, sheet, draw)
    view = MailView(
        lang=language,
        dir=speaker.direction,
        subject=_one_line(voice.plain(words.subject)) or f"{title}: {label}",
        preheader=_one_line(voice.plain(words.preheader)),
        title=title,
        label=label,
        date=speaker.day(edition.date),
        opening=opening,
        opening_text=plain_text(opening),
        stories=tuple(_story(press.library.version(work, language), sheet) for work in contents.works),
        numbers=numbers,
        voice=_voice(sheet),
        commitments=_commitments(sheet),
        site_url=settings.base_url + home_address(language),
        edition_url=settings.base_url + here,
        contact=settings.privacy.contact,
        accent=settings.brand.accent,
        align="right" if speaker.direction == "rtl" else "left",
    )
    text = press.templates.render("digest.txt", mail=view, say=speaker.say)
    mjml = press.templates.render("digest.mjml", mail=view, say=speaker.say)
    return Message(
        edition=edition.id,
        lang=language,
        subject=view.subject,
        sender=sender(sheet),
        reply_to=settings.digest.reply_to,
        date=edition.send_at or edition.date,
        id=message_id(edition, language, settings),
        mailing_list=mailing_list(sheet),
        series=series_id(edition, language, settings),
        text=wrapped(text),
        html=_html(mjml),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        pictures=pictures,
    )


def _one_line(words: str) -> str:
    """A header is one line, however many its words were written on."""
    return " ".join(words.split())


def _story(story: Story, sheet: Sheet) -> MailStoryView:
    sheet.works.append(story.version)
    voice = sheet.voice(story)
    direction = direction_of(story.lang)
    settings = sheet.reads.settings
    return MailStoryView(
        lang=story.lang,
        dir=direction,
        align="right" if direction == "rtl" else "left",
        title=voice.plain(story.title),
        kind_label=sheet.speaker.say(f"kind.{story.kind.value}") if story.kind else "",
        summary=voice.plain(story.summary or sheet.reads.gist(story.file).excerpt),
        why_it_matters=voice.plain(story.why_it_matters),
        url=settings.base_url + story_address(story, settings),
        foreign="" if story.lang == sheet.speaker.language else sheet.speaker.language_name(story.lang),
    )


def _numbers(
    metrics: tuple[Measured, ...], sheet: Sheet, draw: Callable[[str], bytes]
) -> tuple[tuple[MailNumberView, ...], tuple[MailPicture, ...]]:
    """The edition's numbers, and the picture of the first: one line in a mail is looked at, and of four none is."""
    settings, speaker = sheet.reads.settings, sheet.speaker
    views = [
        MailNumberView(
            name=speaker.own(one.metric.name, settings)[1],
            latest=score_text(one.metric, one.metric.readings[-1].score, speaker, settings),
            sentence=sentence(one.latest, speaker, settings),
            url=settings.base_url + measure_address(speaker.language, one.metric.id),
        )
        for one in metrics
    ]
    if not views:
        return (), ()
    first = views[0]
    drawn = card(metrics[0], speaker, by_day(settings.brand), title=first.name, description=first.sentence)
    svg = sheet.reads.render("charts/card.svg", card=drawn)
    try:
        data = draw(svg)
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
    picture = MailPicture(name=name_of(data), file=f"{metrics[0].metric.id}.png", data=data)
    views[0] = replace(
        first,
        picture=f"cid:{picture.name}",
        picture_width=drawn.width,
        picture_alt=_in_attribute(first.sentence),
    )
    return tuple(views), (picture,)


def _in_attribute(text: str) -> Markup:
    r"""Words for an attribute of MJML, whose compiler writes joiners and accents there as programs do, `\u{200c}`, unless they
    come by their number.
    """
    return Markup(  # noqa: S704  escaped first, and what is added are numbers
        "".join(
            f"&#{ord(one)};" if one != " " and category(one)[0] in "MCZ" else one for one in str(escape(text))
        )
    )


def _voice(sheet: Sheet) -> MailVoiceView | None:
    """The newest voice that may be heard in a mail."""
    newest = sheet.reads.newest_voice()
    one = voice_view(newest, sheet) if newest else None
    if one is None:
        return None
    return MailVoiceView(
        text=_plain(one.words),
        lang=one.words.lang,
        dir=one.words.dir,
        align=_align(one.words),
        who=_plain(one.who),
        note=f"{one.translated}: {_plain(one.original)}" if one.original else "",
        url=_place(PageKind.VOICES, sheet),
    )


def _commitments(sheet: Sheet) -> tuple[MailCommitmentView, ...]:
    return tuple(
        MailCommitmentView(
            said=_plain(one.said),
            said_lang=one.said.lang or sheet.speaker.language,
            said_dir=one.said.dir or sheet.speaker.direction,
            said_align=_align(one.said) if one.said else "left",
            did=_plain(one.did),
            did_lang=one.did.lang,
            did_dir=one.did.dir,
            did_align=_align(one.did),
            did_label=sheet.speaker.say("commitments.did" if one.progress == "done" else "commitments.does"),
            progress=one.progress_label,
            url=_place(PageKind.COMMITMENTS, sheet),
        )
        for one in in_short(sheet)
    )


def _plain(words: SpokenView) -> str:
    return words.text.striptags() if isinstance(words.text, Markup) else words.text


def _align(words: SpokenView) -> str:
    return "right" if words.dir == "rtl" else "left"


def _place(kind: PageKind, sheet: Sheet) -> str:
    """The whole address of a page of the site, "" where the site has none: a mail's voices are not always the site's."""
    address = section_address(sheet.speaker.language, kind)
    return sheet.reads.settings.base_url + address if sheet.reads.stands(address) else ""


def _html(mjml: str) -> str:
    try:
        html: str = mrml.to_html(mjml).content
    except OSError as fault:
        raise Trouble(
            Problem(
                code="template",
                level=Level.ERROR,
                file="templates/digest.mjml",
                message=f"the template of the mail is not whole MJML: {fault}",
                mend="Look for an element that is not closed, or closed twice; close each that is opened, as in </mj-section>.",
            )
        ) from fault
    return html


def plain_text(html: str) -> str:
    """Safe HTML as plain words: a blank line between blocks, an address behind the words it was linked from."""

    def link(match: re.Match[str]) -> str:
        address = match[1].removeprefix("mailto:")
        return match[2] if address in match[2] else f"{match[2]} ({address})"

    text = _BLOCK_END.sub("\n\n", _LINK.sub(link, re.sub(r"\s*\n\s*", " ", html)))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in unescape(_TAG.sub("", text)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def wrapped(text: str) -> str:
    """The same text in lines of at most COLUMNS; a link is never broken, nor its line joined to another."""
    lines: list[str] = []
    for line in text.split("\n"):
        parts = wrap(line, COLUMNS, break_long_words=False, break_on_hyphens=False) if line.strip() else [""]
        lines += parts
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"

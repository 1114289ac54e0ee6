"""An edition becomes a mail in one language: HTML through MJML, and a text part written from the same values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import css_inline
from markupsafe import Markup

from builder.model.address import edition_address, home_address
from builder.model.edition import Edition, Slot
from builder.model.message import Message
from builder.model.picture import Rendition
from builder.model.uri import is_mail_address, mail_address
from builder.problem import Problem
from builder.render.corrections import corrections
from builder.render.editions import edition_label, words_of
from builder.render.facts import with_whole_addresses
from builder.render.mail_blocks import (
    Enclosed,
    commitment_blocks,
    numbers,
    story_block,
    voice_block,
)
from builder.render.mail_budget import fitted
from builder.render.mail_text import first_strong, mark_of, plain_text, side_of, wrapped
from builder.render.mail_views import MailSideView, MailStoryView, MailView
from builder.render.mailing_list import mailing_list, message_id, sender, series_id
from builder.render.mjml import html_of
from builder.render.palette import by_day, by_night
from builder.render.press import Press
from builder.render.sheet import Sheet
from builder.render.views import LinkView
from builder.render.words import direction_of

_SHEET = "digest.css.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A mail, the MJML that it was made of, and what is to be said of it: what was shortened so that nobody's is cut off.

    `words` are those that somebody reads who reads it from top to bottom, and `minutes` how long that takes.
    """

    message: Message
    mjml: str
    preheader: str
    words: int
    minutes: int
    problems: tuple[Problem, ...]


def compose(
    edition: Edition,
    language: str,
    press: Press,
    draw: Callable[[str], bytes],
    open_rendition: Callable[[Rendition], bytes],
) -> Composition:
    """`edition` for the readers of `language`, under the consent of `press` (which must be that of e-mail).

    `draw` makes a PNG of the first number's line, `open_rendition` gives the bytes of a picture of the site. Raises Trouble
    when a template is wrong.
    """
    here = edition_address(language, edition)
    sheet = Sheet.fresh(press, here, language, pictures=False)
    settings = press.settings
    sheet.works.append(f"edition:{edition.id}")
    enclosed = Enclosed(draw=draw, open_rendition=open_rendition, pictures=press.pictures, shown=press.shown)
    view = _view(edition, here, sheet, press, enclosed)
    say = sheet.speaker.say
    template = press.templates.render

    def html(mail: MailView) -> tuple[str, str]:
        mjml = template("digest.mjml", mail=mail, say=say)
        return mjml, html_of(mjml, "digest.mjml", press.templates.source)

    fit = fitted(view, html, say, edition.file)
    message = Message(
        edition=edition.id,
        lang=language,
        subject=view.subject,
        sender=sender(sheet),
        reply_to=settings.digest.reply_to,
        date=edition.send_at or edition.date,
        id=message_id(edition, language, settings),
        mailing_list=mailing_list(sheet),
        series=series_id(edition, language, settings),
        text=wrapped(template("digest.txt", mail=fit.view, say=say), view.dir),
        html=fit.html,
        preheader=view.preheader,
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        # A theme of one's own may leave a picture out, and nobody should get what is not shown.
        pictures=tuple(one for one in enclosed.taken if f"cid:{one.name}" in fit.html),
    )
    contents = press.contents[edition.id]
    return Composition(
        message=message,
        mjml=fit.mjml,
        preheader=view.preheader,
        words=dict(contents.words)[language],
        minutes=contents.minutes(language),
        problems=fit.problems,
    )


def _view(edition: Edition, here: str, sheet: Sheet, press: Press, enclosed: Enclosed) -> MailView:
    """All that the mail would say if it might be as long as it liked."""
    speaker, settings = sheet.speaker, press.settings
    language, say = speaker.language, speaker.say
    words = words_of(edition, (language, settings.language))
    voice = sheet.own_voice(words.lang, f"edition:{edition.id}")
    opening = with_whole_addresses(str(sheet.body(words.file, voice)), settings.base_url, here)
    label = edition_label(edition, sheet)
    contents = press.contents[edition.id]
    title = speaker.own(settings.title, settings)[1]
    blocks = [
        (one.slot, story_block(press.library.version(one.work, language), sheet, enclosed, one.slot))
        for one in contents.placed
    ]

    def of(slot: Slot) -> tuple[MailStoryView, ...]:
        return tuple(block for its, block in blocks if its is slot)

    subject = _one_line(voice.plain(words.subject))
    own = _side(words.lang, speaker.direction)
    leader, *more_leaders = of(Slot.LEADER) or (None,)
    base = settings.base_url
    return MailView(
        lang=language,
        dir=speaker.direction,
        align=side_of(speaker.direction),
        heading=own if subject else _side(language, speaker.direction),
        words=own,
        subject=subject or f"{title}: {label}",
        preheader=_one_line(voice.plain(words.preheader)),
        title=title,
        name=_side_of_a_name(title, language, speaker.direction),
        label=label,
        date=speaker.day(edition.date),
        minutes=say("story.minutes", n=contents.minutes(language)),
        opening=_inlined(opening, press, own.dir),
        opening_text="\n".join(
            f"{own.mark}{line}" if line else "" for line in plain_text(opening).split("\n")
        ),
        lead=next(iter(of(Slot.LEAD)), None),
        stories=(*of(Slot.STORY), *filter(None, more_leaders)),
        small=of(Slot.SMALL),
        behind=of(Slot.BEHIND),
        leader=leader,
        left="",
        numbers=tuple(numbers(contents.metrics, sheet, enclosed)),
        voice=voice_block(sheet),
        commitments=tuple(commitment_blocks(sheet)),
        corrections=corrections(sheet, edition),
        languages=tuple(
            LinkView(
                text=sheet.own_name(one),
                url=base + edition_address(one, edition),
                lang=one,
                dir=direction_of(one),
            )
            for one in settings.languages
            if one != language
        ),
        site_url=base + home_address(language),
        edition_url=base + here,
        nominate_url=_nominate(edition, sheet),
        nominate_place=settings.nominate or settings.privacy.contact,
        contact=settings.privacy.contact,
        contact_url=mail_address(settings.privacy.contact)
        if is_mail_address(settings.privacy.contact)
        else "",
        day=by_day(settings.brand),
        night=by_night(settings.brand),
    )


def _side(language: str, around: str) -> MailSideView:
    runs = direction_of(language)
    return MailSideView(lang=language, dir=runs, align=side_of(runs), mark=mark_of(runs, around))


def _side_of_a_name(name: str, language: str, around: str) -> MailSideView:
    """How a name runs that may be in letters of another language than it was said to be in."""
    runs = first_strong(name) or around
    if direction_of(language) != runs:
        language = "und-Arab" if runs == "rtl" else "und-Latn"
    return MailSideView(lang=language, dir=runs, align=side_of(runs), mark=mark_of(runs, around))


def _one_line(words: str) -> str:
    """A header is one line, however many its words were written on."""
    return " ".join(words.split())


def _inlined(opening: str, press: Press, direction: str) -> Markup:
    """The opening text with its looks in each element: a mail program that forgets the sheet at the top keeps those."""
    sheet = press.templates.render(_SHEET, dir=direction, day=by_day(press.settings.brand))
    inlined = css_inline.inline_fragment(opening, sheet, load_remote_stylesheets=False)
    # Few mail programs know <bdi>; all know `dir`, which keeps a name as whole (HTML, 15.3.6).
    return Markup(inlined.replace("<bdi>", '<span dir="auto">').replace("</bdi>", "</span>"))  # noqa: S704  sanitised


def _nominate(edition: Edition, sheet: Sheet) -> str:
    """A mail that names someone, which says from which edition it came; or the company's own form."""
    settings, say = sheet.reads.settings, sheet.speaker.say
    place = settings.nominate or settings.privacy.contact
    if place.startswith(("http://", "https://")):
        return place if settings.nominate else ""
    return sheet.mail(place, f"{say('nominate.subject')} ({edition.id})") if is_mail_address(place) else ""

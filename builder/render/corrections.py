"""What was put right, where readers met what was wrong: on the edition's page, on the story's, and in the next mail."""

from __future__ import annotations

from builder.model.address import edition_address
from builder.model.correction import Correction
from builder.model.edition import Edition
from builder.model.text import Text
from builder.render.editions import edition_label
from builder.render.mail_text import mark_of, side_of
from builder.render.said_views import CorrectionView, MailCorrectionView
from builder.render.sheet import Sheet
from builder.render.views import LinkView
from builder.render.voices import spoken
from builder.render.words import direction_of


def of_an_edition(id: str, sheet: Sheet) -> tuple[CorrectionView, ...]:
    """What was put right of an edition, the newest first."""
    return _views(f"edition:{id}", sheet)


def of_a_story(work: str, sheet: Sheet) -> tuple[CorrectionView, ...]:
    """What was put right of a story, the newest first."""
    return _views(work, sheet)


def _views(about: str, sheet: Sheet) -> tuple[CorrectionView, ...]:
    found = map(sheet.reads.correction, sheet.reads.corrections_of(about))
    return tuple(_view(one, sheet, one.story if one.story != about else "") for one in found if one)


def _view(one: Correction, sheet: Sheet, story: str) -> CorrectionView:
    sheet.works.append(one.key)
    edition = sheet.reads.edition(one.edition)
    return CorrectionView(
        id=one.id,
        key=one.key,
        date=sheet.speaker.day(one.date),
        words=spoken(one.reason, sheet, one.key),
        edition=LinkView(
            text=edition_label(edition, sheet),
            url=sheet.link(address_of(one, edition, sheet.speaker.language)),
        ),
        story=sheet.titled(story) if story and sheet.reads.told(story) else None,
    )


def address_of(one: Correction, edition: Edition, language: str) -> str:
    """Where a correction stands: on its edition's page, at a place of its own."""
    return f"{edition_address(language, edition)}#correction-{one.id}"


def corrections(sheet: Sheet, edition: Edition) -> tuple[MailCorrectionView, ...]:
    """What the mail of `edition` puts right: all that was corrected since the one before, the oldest first."""
    found = map(sheet.reads.correction, sheet.reads.corrections_in(edition.id))
    return tuple(_in_mail(one, sheet) for one in found if one)


def _in_mail(one: Correction, sheet: Sheet) -> MailCorrectionView:
    sheet.works.append(one.key)
    wronged = sheet.reads.edition(one.edition)
    language, text = sheet.speaker.own(one.reason, sheet.reads.settings)
    words = sheet.own_voice(language, one.key).plain(Text.written(text.strip()))
    direction = direction_of(language)
    return MailCorrectionView(
        date=sheet.speaker.day(one.date),
        text=words,
        lang=language,
        dir=direction,
        align=side_of(direction),
        mark=mark_of(direction, sheet.speaker.direction),
        edition=edition_label(wronged, sheet),
        url=sheet.reads.settings.base_url + address_of(one, wronged, sheet.speaker.language),
    )

"""Editions as pages and cards, and the measures they show."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from builder.model.address import edition_address, measure_address
from builder.model.edition import Edition, EditionWords
from builder.model.metric import Measured
from builder.model.page import Page
from builder.render.measures import view as measure
from builder.render.sheet import Made, Sheet
from builder.render.views import EditionCardView, EditionView, MetricView
from builder.render.words import direction_of


def measures(metrics: Iterable[Measured], sheet: Sheet) -> tuple[MetricView, ...]:
    return tuple(
        measure(
            one,
            sheet.speaker,
            sheet.reads.settings,
            sheet.reads.render,
            sheet.link(measure_address(sheet.speaker.language, one.metric.id)),
        )
        for one in metrics
    )


def edition_label(edition: Edition, sheet: Sheet) -> str:
    """Its number, else what sort it is; and what it is all about, where readers of this language are told in it."""
    label = sheet.speaker.say(f"edition.kind.{edition.kind.value}")
    if edition.number is not None:
        label = sheet.speaker.say("edition.numbered", number=sheet.speaker.number(edition.number))
    words = words_of(edition, (sheet.speaker.language,))
    if not words.theme or words.lang != sheet.speaker.language:
        return label
    theme = sheet.own_voice(words.lang, f"edition:{edition.id}").plain(words.theme)
    return f"{label} · {theme}"


def words_of(edition: Edition, languages: tuple[str, ...]) -> EditionWords:
    """An edition's words in the first of these languages that it has, else its main ones."""
    return edition.said_in(*languages)


def edition_card(edition: Edition, sheet: Sheet) -> EditionCardView:
    words = words_of(edition, (sheet.speaker.language, sheet.reads.settings.language))
    label = edition_label(edition, sheet)
    sheet.works.append(f"edition:{edition.id}")
    subject = sheet.own_voice(words.lang, f"edition:{edition.id}").markup(words.subject)
    return EditionCardView(
        id=edition.id,
        url=sheet.link(edition_address(sheet.speaker.language, edition)),
        label=label,
        lang=words.lang if subject else sheet.speaker.language,
        dir=direction_of(words.lang if subject else sheet.speaker.language),
        subject=subject or Markup("{}").format(label),
        date=sheet.speaker.day(edition.date),
    )


def edition_view(edition: Edition, sheet: Sheet) -> EditionView:
    words = words_of(edition, (sheet.speaker.language, sheet.reads.settings.language))
    contents = sheet.reads.contents(edition.id)
    voice = sheet.own_voice(words.lang, f"edition:{edition.id}")
    return EditionView(
        card=edition_card(edition, sheet),
        opening=sheet.body(words.file, voice),
        cards=sheet.cards(contents.works),
        numbers=measures(contents.metrics, sheet),
    )


def all_editions(page: Page, sheet: Sheet) -> Made:
    cards = tuple(edition_card(sheet.reads.edition(id), sheet) for id in sheet.reads.editions())
    return (
        "editions",
        sheet.speaker.say("editions.title"),
        sheet.speaker.say("editions.intro"),
        {"editions": cards},
    )

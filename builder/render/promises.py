"""Promises on a page: what was promised beside what was delivered, what was expected beside what was felt."""

from __future__ import annotations

from markupsafe import Markup

from builder.model.facet import Facet
from builder.model.gap import Gap
from builder.model.page import Page
from builder.model.promise import Promise
from builder.model.text import Words
from builder.render.commitments import measure_link
from builder.render.gaps import gap_chart
from builder.render.said_views import GapView, PromiseView, SpokenView
from builder.render.sheet import Made, Sheet
from builder.render.views import LinkView
from builder.render.voices import around, spoken
from builder.render.words import direction_of


def all_promises(page: Page, sheet: Sheet) -> Made:
    say = sheet.speaker.say
    found = [one for one in map(sheet.reads.promise, sheet.reads.promises()) if one]
    values = {
        "promises": tuple(
            _view(one, sheet) for one in sorted(found, key=lambda one: (one.delivery is None, one.id))
        ),
        "around": around(page.kind, sheet),
    }
    return "promises", say("promises.title"), say("promises.intro"), values


def _view(one: Promise, sheet: Sheet) -> PromiseView:
    sheet.works.append(one.key)
    speaker, say = sheet.speaker, sheet.speaker.say
    customer = sheet.reads.named(one.to)
    language, name = (
        speaker.own(customer.name, sheet.reads.settings) if customer else (speaker.language, one.to)
    )

    def words(given: Words) -> SpokenView:
        return spoken(given, sheet, one.key)

    return PromiseView(
        id=one.id,
        key=one.key,
        words=words(one.text),
        to=SpokenView(text=name, lang=language, dir=direction_of(language)),
        owner=LinkView(text=sheet.team(one.owner), url=sheet.shelf_url(Facet.TEAMS, one.owner)),
        promised=_number(one.promised, one, sheet),
        delivery=_gap(one.delivery, one, sheet),
        perception=_gap(one.perception, one, sheet),
        dimension=say(f"promises.dimension.{one.dimension}") if one.dimension else "",
        agreed=words(one.agreed),
        review=speaker.day(one.review) if one.review else None,
        source=words(one.source),
        as_of=speaker.day(one.as_of) if one.as_of else None,
        measure=measure_link(one.metric, sheet),
    )


def _gap(gap: Gap | None, one: Promise, sheet: Sheet) -> GapView | None:
    if gap is None:
        return None
    say, kind = sheet.speaker.say, gap.kind.value
    more = "kept" if gap.size == 0 else "more" if gap.size > 0 else "less"
    size = round(abs(gap.size), 1)
    gap_said = sheet.speaker.number(size, 0 if size == int(size) else 1)
    title = say(f"promises.{kind}.title")
    drawn = gap_chart(gap, sheet.speaker, title=title, number=lambda value: _number(value, one, sheet))
    return GapView(
        kind=kind,
        title=title,
        first_label=say(f"promises.{kind}.first"),
        first=_number(gap.wanted, one, sheet),
        second_label=say(f"promises.{kind}.second"),
        second=_number(gap.found, one, sheet),
        verdict=gap.verdict,
        sentence=" ".join(
            (
                say(f"promises.{kind}.{more}", gap=gap_said),
                *([say(f"promises.{gap.verdict}")] if gap.size else ()),
            )
        ),
        chart=Markup(sheet.reads.render("charts/gap.svg", chart=drawn)),  # noqa: S704  a template escapes for itself
    )


def _number(value: float, one: Promise, sheet: Sheet) -> str:
    """A number with the promise's unit, as the language writes it."""
    speaker = sheet.speaker
    rounded = round(value, 1)
    number = speaker.number(rounded, 0 if rounded == int(rounded) else 1)
    unit = speaker.own(one.unit, sheet.reads.settings)[1]
    return speaker.percent(number) if unit in ("%", "٪") else f"{number} {unit}"

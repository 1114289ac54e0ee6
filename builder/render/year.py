"""The year on one strip: a cell for each week, the fuller the more was celebrated in it."""

from __future__ import annotations

from datetime import timedelta

from builder.model.address import edition_address
from builder.model.facet import Facet
from builder.model.page import Page
from builder.model.week import Week, service_week, weeks_of
from builder.render.sheet import Made, Sheet
from builder.render.views import WeekView, YearView

_FRIDAY = timedelta(days=4)
"""Customer Service Week is kept from Monday to Friday."""


def week_name(sheet: Sheet, week: Week) -> str:
    return sheet.speaker.say("week.title", number=sheet.speaker.number(week.number))


def strip(sheet: Sheet, number: int) -> YearView:
    """An ISO year on a strip."""
    speaker = sheet.speaker
    told = {one.week: one for one in sheet.reads.weeks(number)}
    service = service_week(number)
    cells = []
    weeks = weeks_of(number)
    for week in weeks:
        one = told.get(week)
        url = sheet.shelf_url(Facet.WEEKS, week.value)
        stories, editions = (one.stories, one.editions) if one else (0, 0)
        # The strip says the year; only the weeks at its ends may belong to two.
        days = speaker.days(week.monday, week.sunday, year=week in (weeks[0], weeks[-1]))
        said = [speaker.say("week.of", week=week_name(sheet, week), days=days)]
        if stories:
            said.append(speaker.say("heroes.stories", n=stories))
        if editions:
            said.append(speaker.say("year.editions", n=editions))
        if week == service:
            said.append(speaker.say("year.service"))
        cells.append(
            WeekView(
                number=week.number,
                text=speaker.number(week.number),
                level=min(3, stories) or (1 if editions else 0),
                label=speaker.say("list.separator").join(said),
                url=url or _edition_url(sheet, week),
                service=week == service,
                month=speaker.month(week.monday, week.sunday),
            )
        )
    celebrated = sum(1 for one in told.values() if one.stories)
    return YearView(
        year=number,
        text=speaker.digits(f"{number}"),
        weeks=tuple(cells),
        sentence=speaker.say("year.sentence", n=celebrated, of=speaker.number(len(cells))),
        service=speaker.say("year.service-days", days=speaker.days(service.monday, service.monday + _FRIDAY)),
    )


def _edition_url(sheet: Sheet, week: Week) -> str:
    """Where a week leads that has an edition and no stories."""
    for id in sheet.reads.editions_of(week.value):
        return sheet.link(edition_address(sheet.speaker.language, sheet.reads.edition(id)))
    return ""


def years(page: Page, sheet: Sheet) -> Made:
    """All years, each on its strip."""
    say = sheet.speaker.say
    strips = tuple(strip(sheet, number) for number in sheet.reads.years())
    return "years", say("years.title"), say("years.intro"), {"years": strips}

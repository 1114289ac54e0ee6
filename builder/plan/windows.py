"""From when to when an edition looks for stories, by its kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from builder.model.edition import Edition, EditionKind
from builder.model.newsletter import Settings
from builder.model.week import service_week

FIRST_EDITION = timedelta(days=31)
"""How far back the first edition of all looks."""

OF_A_THEME = timedelta(weeks=52)
"""How far back an edition looks that is filled by tags."""

A_PAUSE = timedelta(days=7)
"""Between two daily editions of one event there lies no more: a weekend, or a holiday."""

AFTERWARDS = timedelta(days=21)
"""So long after its last day an event still has a day after."""

_ENDS_A_WEEK = (EditionKind.WEEKLY, EditionKind.SPECIAL, EditionKind.DAY_AFTER)
"""Kinds after which the next week begins: a daily edition, a correction or a yearbook does not take a week's stories away."""

Window = tuple[datetime, datetime]
"""The first instant of a time, and the first that is no more of it."""


def window(edition: Edition, earlier: Sequence[Edition], settings: Settings) -> Window | None:
    """The time whose stories `edition` may be filled with; None: it is never filled by rule.

    `earlier` are the editions before it, the oldest first. A window ends with the edition's own day. It begins

    - weekly, special: with the day of the weekly, special or day-after edition before it; where a special one names
      tags, a year ago;
    - daily: with its own day;
    - day after: with the first day of what it comes after (`_event`);
    - yearbook: with the year, or with last year where it appears in January.
    """
    zone = settings.timezone
    day = edition.date.astimezone(zone).date()
    today = _midnight(edition.date, settings)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    if edition.kind is EditionKind.CORRECTION:
        return None
    if edition.kind is EditionKind.DAILY:
        return today, end
    if edition.kind is EditionKind.YEARBOOK:
        year = day.year if day.month > 1 else day.year - 1
        after = datetime(year + 1, 1, 1, tzinfo=zone)
        return datetime(year, 1, 1, tzinfo=zone), min(end, after)
    if edition.tags:
        return end - OF_A_THEME, end
    begins = _event(edition, earlier, settings) if edition.kind is EditionKind.DAY_AFTER else None
    if begins is None:
        before = [one.date for one in earlier if one.kind in _ENDS_A_WEEK and one.date < edition.date]
        begins = _midnight(max(before), settings) if before else today - FIRST_EDITION
    return begins, end


def _event(edition: Edition, earlier: Sequence[Edition], settings: Settings) -> datetime | None:
    """When that began after which an edition comes: the first of a row of daily editions, else the last event of the
    programme, else Customer Service Week; None where nothing of the kind is near.
    """
    found: datetime | None = None
    for one in reversed(earlier):
        if one.kind is EditionKind.DAILY and (found or edition.date) - one.date <= A_PAUSE:
            found = _midnight(one.date, settings)
    if found:
        return found
    day = edition.date.astimezone(settings.timezone).date()
    week = service_week(day.year)
    events = [(one.last, one.first) for one in settings.programme]
    events.append((week.sunday - timedelta(days=2), week.monday))
    over = [(last, first) for last, first in events if last < day <= last + AFTERWARDS]
    return datetime.combine(max(over)[1], time(), settings.timezone) if over else None


def _midnight(moment: datetime, settings: Settings) -> datetime:
    return datetime.combine(moment.astimezone(settings.timezone).date(), time(), settings.timezone)

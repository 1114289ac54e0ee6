"""The ways in: which works stand under each behaviour, team, perspective, kind, tag, language, year and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from builder.model.address import tag_value
from builder.model.edition import Edition
from builder.model.facet import Celebrated, Facet, Shelves
from builder.model.story import Story
from builder.model.week import Week, week_of


def shelve(
    works: Sequence[str],
    versions: Mapping[str, Mapping[str, Story]],
    editions: Iterable[Edition],
    zone: ZoneInfo,
    languages: Sequence[str],
) -> Shelves:
    """The shelves of these works, which come newest first. A work stands wherever one of its versions says.

    Its week and its year are those of the version that readers of the first of the site's `languages` get.
    """
    found: dict[Facet, dict[str, list[str]]] = {facet: {} for facet in Facet}
    of: dict[str, tuple[tuple[Facet, str], ...]] = {}
    once: dict[tuple[Facet, str], tuple[Facet, str]] = {}  # a shelf of a thousand stories is one object
    tags: dict[str, str] = {}
    told: Counter[Week] = Counter()
    for work in works:
        by_language = versions[work]
        stories = [by_language[one] for one in sorted(by_language, key=lambda one: _rank(one, languages))]
        for story in stories:
            for tag in story.tags:
                if value := tag_value(tag):
                    tags.setdefault(value, tag)
        day = stories[0].date.astimezone(zone).date()
        told[week_of(day)] += 1
        values = dict.fromkeys(
            (
                *(one for story in stories for one in _values(story)),
                (Facet.YEARS, f"{day.year:04}"),
                (Facet.WEEKS, week_of(day).value),
            )
        )
        of[work] = tuple(once.setdefault(one, one) for one in values)
        for facet, value in values:
            found[facet].setdefault(value, []).append(work)
    if len(found[Facet.LANGUAGES]) == 1:
        found[Facet.LANGUAGES] = {}
    # A tag that one story alone has leads from that story to itself.
    found[Facet.TAGS] = {tag: some for tag, some in found[Facet.TAGS].items() if len(some) > 1}
    by_week: dict[Week, list[str]] = {}
    for edition in editions:
        by_week.setdefault(week_of(edition.date.astimezone(zone).date()), []).append(edition.id)
    return Shelves(
        works={
            facet: {value: tuple(some) for value, some in sorted(shelf.items())}
            for facet, shelf in found.items()
        },
        of={work: tuple(one for one in values if one[1] in found[one[0]]) for work, values in of.items()},
        tags=tags,
        years=_years(told, by_week),
        editions={week.value: tuple(some) for week, some in sorted(by_week.items())},
    )


def _rank(language: str, languages: Sequence[str]) -> tuple[int, str]:
    return languages.index(language) if language in languages else len(languages), language


def _values(story: Story) -> Iterator[tuple[Facet, str]]:
    yield from ((Facet.BEHAVIOURS, one) for one in story.behaviours)
    if story.team:
        yield Facet.TEAMS, story.team
    if story.perspective:
        yield Facet.PERSPECTIVES, story.perspective
    if story.kind:
        yield Facet.KINDS, story.kind.value
    yield from ((Facet.TAGS, value) for value in map(tag_value, story.tags) if value)
    yield Facet.LANGUAGES, story.lang


def _years(
    told: Mapping[Week, int], editions: Mapping[Week, Sequence[str]]
) -> dict[int, tuple[Celebrated, ...]]:
    """The weeks in which there was something, by ISO year, the newest year first."""
    years: dict[int, list[Celebrated]] = {}
    for week in sorted({*told, *editions}):
        years.setdefault(week.year, []).append(
            Celebrated(week=week, stories=told.get(week, 0), editions=len(editions.get(week, ())))
        )
    return {year: tuple(weeks) for year, weeks in sorted(years.items(), reverse=True)}

"""The way of a table of periods and values into the measures of a newsroom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from builder.deliver.newsroom import write_new
from builder.desk.import_survey import open_rows, put_in, write_measure
from builder.load import disk, words
from builder.load.headings import folded
from builder.load.kinds import slug
from builder.load.measure_files import read_measure_file
from builder.load.series import Found, of_one_kind, read_series, read_series_yaml
from builder.model.measure_file import MeasureFile
from builder.model.period import length
from builder.model.sources import SourceFile, Theme
from builder.model.survey import Change, Imported, MeasureChanges, State
from builder.model.table import Refusal, Series
from builder.plan import measure_changes
from builder.problem import Level, Problem, Trouble
from builder.render.measure_file import in_short
from builder.render.source import written

_LARGEST_YAML = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody said of a table: `metric` is the measure where it names none, or ""."""

    metric: str = ""
    order: str = ""
    decimals: str = ""
    sheet: str = ""
    replace: bool = False
    dry: bool = False


def import_metrics(file: Path, newsroom: Path, theme: Theme, language: str, asked: Asked) -> Imported:
    """Put the values in `file` into the measures they are of; a measure that is not there yet is begun.

    `language` is that of the question left for its editor. Raises Trouble.
    """
    sources = disk.read(newsroom)
    found, read_as = _read(file, newsroom, asked)
    measures = [one for source in sources.metrics if (one := _measure(source, found.series))]
    done: list[tuple[MeasureChanges, bytes]] = []
    notes: list[str] = []
    refusals = list(found.refusals)
    new: dict[str, bytes] = {}
    taken = 0
    for series in found.series:
        measure = _meant(series, measures)
        values = _of_one_kind(series, measure, refusals)
        if not values:
            continue
        taken += len(values)
        changes = measure_changes.of_values(measure, values)
        notes += _jumps(series, values)
        if measure:
            done.append(put_in(measure, changes, replace=asked.replace))
        else:
            id = _free(series, {*(source.path for source in sources.metrics), *new})
            new[f"metrics/{id}.yaml"] = _begun(series, changes, _question(theme, language))
            done.append((_beginning(id, series, changes), b""))
    if not asked.dry:
        for changed, data in done:
            if not changed.begun:
                write_measure(newsroom, changed, data)
        write_new(newsroom, new)
    return Imported(
        read_as=read_as,
        rows=found.rows,
        taken=taken,
        refusals=tuple(refusals),
        measures=tuple(changed for changed, _ in done),
        dry=asked.dry,
        notes=tuple(notes),
    )


def _read(file: Path, newsroom: Path, asked: Asked) -> tuple[Found, str]:
    with disk.open_table(file, newsroom, private=False) as opened:
        if file.suffix.lower() in (".yaml", ".yml"):
            data = opened.read(_LARGEST_YAML + 1)
            if len(data) > _LARGEST_YAML:
                raise Trouble(_too_large(file.name))
            return read_series_yaml(SourceFile(path=file.name, data=data)), "YAML"
        table = open_rows(opened, file.name, asked.sheet)
        order = asked.order or "day-first"
        return read_series(table, metric=asked.metric, decimals=asked.decimals, order=order), table.read_as


def _too_large(name: str) -> Problem:
    return Problem(
        code="table",
        level=Level.ERROR,
        file=name,
        message=f"this file is larger than {_LARGEST_YAML // 1_000_000} MB: so many numbers no reader wants",
        mend="Keep the measures and periods that readers are to see.",
    )


def _measure(source: SourceFile, wanted: Iterable[Series]) -> MeasureFile | None:
    """A measure's file, or None where it cannot be read and no number is for it. Raises Trouble where one is."""
    try:
        return read_measure_file(source)
    except Trouble:
        id = source.path.rpartition("/")[2].removesuffix(".yaml")
        if any(id in (one.id, slug(one.label)) for one in wanted):
            raise
        return None


def _meant(series: Series, measures: Iterable[MeasureFile]) -> MeasureFile | None:
    called = {folded(series.id or series.label), folded(series.label)}
    return next(
        (one for one in measures if folded(one.id) in called or called & set(map(folded, one.names))), None
    )


def _of_one_kind(
    series: Series, measure: MeasureFile | None, refusals: list[Refusal]
) -> dict[str, tuple[Decimal, int | None]]:
    """The values whose periods are of the kind that the measure's are; a line of a chart joins no others."""
    kind = length(measure.readings[-1].period) if measure and measure.readings else None
    named = of_one_kind(tuple(series.values), kind)
    if not named:
        return {}
    wanted = kind or Counter(map(length, named.values())).most_common(1)[0][0]
    found: dict[str, tuple[Decimal, int | None]] = {}
    for written_as, value in series.values.items():
        period = named.get(written_as, written_as)
        if length(period) is wanted:
            found[period] = value
        else:
            refusals.append(
                Refusal(
                    0, f"{written_as} of {series.label} is not a {wanted.value}, as its other periods are"
                )
            )
    return found


def _jumps(series: Series, values: Mapping[str, tuple[Decimal, int | None]]) -> Iterator[str]:
    plain = {period: value for period, (value, _) in values.items()}
    for before, after in measure_changes.jumps(plain):
        yield (
            f"{series.label}: from {measure_changes.said(plain[before])} in {before} to "
            f"{measure_changes.said(plain[after])} in {after}. Has it changed its unit?"
        )


def _free(series: Series, taken: set[str]) -> str:
    """The id of a new measure; of one whose name has no letter for an id, a number."""
    id = series.id or slug(series.label)[:60].rstrip("-") or "measure"
    known = {one.rpartition("/")[2].removesuffix(".yaml") for one in taken}
    return next(one for one in (id, *(f"{id}-{number}" for number in range(2, 10_000))) if one not in known)


def _question(theme: Theme, language: str) -> str:
    catalogues, _ = words.catalogues(theme)
    catalogue = catalogues.get(language) or catalogues["en"]
    return catalogue.texts["importing.plain_words"]["other"]


def _begun(series: Series, changes: Iterable[Change], question: str) -> bytes:
    """A new measure: what a table cannot say is asked of its editor."""
    values = [str(change.after["value"]) for change in changes]
    shares = series.unit.strip().casefold() in (
        "%",
        "per cent",
        "percent",
        "percentage",
        "درصد",
        "τοις εκατό",
        "peratus",
    )
    method = "proportion" if shares else "count" if all("." not in value for value in values) else "rate"
    return (
        written({"name": series.label, "plain_words": question, "unit": series.unit or "?"})
        + f"method: {method} # as it seems: nps, csat, ces, proportion, mean, rate, fcr or count\n"
        + "direction: up # or down: which way is better?\n"
        + "side: internal # or external: what customers say\n"
        + "readings:\n"
        + "".join(f"  - {in_short(change.after)}\n" for change in changes)
    ).encode()


def _beginning(id: str, series: Series, changes: tuple[Change, ...]) -> MeasureChanges:
    file = MeasureFile(
        id=id,
        path=f"stories/metrics/{id}.yaml",
        names=(series.label,),
        method="",
        scale=None,
        readings=(),
        begin=None,
        data={},
        raw=b"",
    )
    new = tuple(replace(one, state=State.NEW) for one in changes)
    return MeasureChanges(measure=file, changes=new, written=tuple(one.period for one in new), begun=True)

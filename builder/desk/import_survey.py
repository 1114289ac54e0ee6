"""The way of a survey into the newsroom: counts for a measure, and comments as drafts; no answer comes along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from builder.check.names import Roll
from builder.deliver.newsroom import write_longer, write_unless_there
from builder.desk.setting import Tell
from builder.load import answers, disk, headings, intake
from builder.load.headings import COMMENT, DATE, RESPONDENT, SCORE, TEAM, Header
from builder.load.measure_files import read_measure_file, written_otherwise
from builder.load.tables import read_csv
from builder.load.workbooks import is_workbook, read_workbook
from builder.model.measure_file import MeasureFile
from builder.model.newsletter import Newsroom
from builder.model.period import Length, length
from builder.model.sources import SourceFile, Sources
from builder.model.survey import Change, Imported, Masked, MeasureChanges, Round, State, Tally
from builder.model.table import Table
from builder.plan import measure_changes, rounds
from builder.plan.masking import mask
from builder.problem import Level, Problem, Trouble, guess
from builder.render.measure_file import expected, with_readings
from builder.render.voice_file import voice_file

_ROLES = (RESPONDENT, DATE, COMMENT, TEAM, SCORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody said of a survey's file. `columns` by role, `period` a period or the kind of it, `order` that of dates,
    `satisfied` the marks that count so, `invited` how many were asked, by period."""

    metric: str
    columns: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    order: str = ""
    satisfied: tuple[int, ...] = ()
    invited: Mapping[str, int] = field(default_factory=dict)
    sheet: str = ""
    replace: bool = False
    dry: bool = False


def import_survey(
    file: Path, newsroom: Path, people: Path | None, asked: Asked, tell: Tell = lambda line: None
) -> Imported:
    """Count the answers in `file` into the measure that was named. Raises Trouble where that cannot be done at all."""
    sources = disk.read(newsroom, people)
    known, _ = intake.understand(sources)
    measure = _measure(sources, asked.metric)
    rules = _rules(measure, asked)
    with disk.open_table(file, newsroom, private=True) as opened:
        table = open_rows(opened, file.name, asked.sheet)
        header = headings.find(table, _ROLES, asked.columns, {SCORE: (measure.id, *measure.names)})
        if SCORE not in header.columns:
            raise headings.no_column(table.file, SCORE, header)
        tell("Looking through the dates")
        reader = answers.Reader(
            rules=rules,
            header=header,
            order=answers.date_order(table, header, asked.order),
            zone=known.settings.timezone,
            teams=_teams(known),
        )
        period, kind = _period(measure, header, asked)
        tally = rounds.count(
            reader.read(table),
            rules.groups,
            kind=kind,
            period=period,
            smallest_comments=known.settings.privacy.smallest_comments,
            tell=tell,
        )
    changes = measure_changes.of_rounds(
        measure, tally.rounds, asked.invited, commented=COMMENT in header.columns
    )
    _refuse_too_few_invited(measure, tally, asked)
    drafts = dict(_drafts(measure, tally.rounds, known))
    done, data = put_in(measure, changes, replace=asked.replace)
    if not asked.dry:
        write_measure(newsroom, done, data)
    there = _put_away(newsroom, drafts, dry=asked.dry)
    return Imported(
        read_as=_read_as(table, header),
        rows=tally.rows,
        taken=sum(one.n for one in tally.rounds),
        refusals=tally.refusals,
        measures=(done,),
        dry=asked.dry,
        voices=tuple(path for path in drafts if path not in there),
        voices_there=len(there),
        masked=sum(bool(masked.kinds) for path, (masked, _) in drafts.items() if path not in there),
        notes=tuple(_notes(tally, known, asked, header, changes)),
    )


def open_rows(opened: BinaryIO, name: str, sheet: str) -> Table:
    """The rows of a workbook or of a text, whatever the file's name says."""
    return read_workbook(opened, name, sheet) if is_workbook(opened, name) else read_csv(opened, name)


def put_in(measure: MeasureFile, changes: Iterable[Change], *, replace: bool) -> tuple[MeasureChanges, bytes]:
    """What becomes of the measure's file, and the file: proved to say what it said, and the readings. Raises Trouble."""
    listed = tuple(changes)
    wanted = tuple(
        one for one in listed if one.state is State.NEW or (replace and one.state is State.DIFFERS)
    )
    data = with_readings(measure, wanted) if wanted else measure.raw
    if wanted:
        try:
            whole = read_measure_file(SourceFile(path=measure.path, data=data)).data == expected(
                measure, wanted
            )
        except Trouble:
            whole = False
        if not whole:
            raise Trouble(written_otherwise(measure.path, silent=measure.begin is None))
    return MeasureChanges(measure=measure, changes=listed, written=tuple(one.period for one in wanted)), data


def write_measure(newsroom: Path, done: MeasureChanges, data: bytes) -> None:
    """Put the file into its place, where anything of it changed. Raises Trouble."""
    if done.written:
        write_longer(newsroom / done.measure.path, done.measure.raw, data)


def _measure(sources: Sources, id: str) -> MeasureFile:
    found = next((one for one in sources.metrics if one.path == f"stories/metrics/{id}.yaml"), None)
    if found:
        return read_measure_file(found)
    known = [one.path.rpartition("/")[2].removesuffix(".yaml") for one in sources.metrics]
    raise Trouble(
        Problem(
            code="id-unknown",
            level=Level.ERROR,
            file="stories/metrics",
            message=f"there is no measure `{id}` in stories/metrics/",
            mend="Name the measure's file, without .yaml; or begin one:  yearround new metric NAME",
            guess=guess(id, known),
        )
    )


def _rules(measure: MeasureFile, asked: Asked) -> answers.Rules:
    rules = answers.rules_of(measure.method, measure.scale, asked.satisfied)
    if rules is None:
        raise Trouble(
            Problem(
                code="method-of-no-answers",
                level=Level.ERROR,
                file=measure.path,
                message=f"a measure by the method `{measure.method}` is not counted from single answers",
                mend="Name another measure; or bring in its values:  yearround import metrics FILE",
            )
        )
    return rules


def _teams(known: Newsroom) -> Mapping[str, str]:
    """Ids by all that a team may be called."""
    named = {
        headings.folded(name): team.id for team in known.teams.values() for _, name in team.name.by_language
    }
    return named | {headings.folded(id): id for id in known.teams}


def _period(measure: MeasureFile, header: Header, asked: Asked) -> tuple[str, Length | None]:
    """The one period all answers belong to, or ""; and of which kind theirs are, None where no date says it."""
    dated = DATE in header.columns
    by_name = {kind.value: kind for kind in Length}
    kind = length(measure.readings[-1].period) if measure.readings else None
    if asked.period and asked.period not in by_name:
        if kind and length(asked.period) is not kind:
            raise Trouble(
                _period_unknown(measure, f"{asked.period} is not a {kind.value}, as the readings are")
            )
        return asked.period, length(asked.period) if dated else None
    if not dated:
        raise Trouble(_period_unknown(measure, "no column has the dates of the answers"))
    wanted = by_name.get(asked.period, kind)
    if wanted is None:
        raise Trouble(
            _period_unknown(
                measure, "this measure has no reading yet, so nothing says how long its periods are"
            )
        )
    if kind and wanted is not kind:
        raise Trouble(_period_unknown(measure, f"the readings of this measure are each of a {kind.value}"))
    return "", wanted


def _period_unknown(measure: MeasureFile, message: str) -> Problem:
    return Problem(
        code="period-unknown",
        level=Level.ERROR,
        file=measure.path,
        message=message,
        mend="Say the period of all answers:  --period 2026-Q3 ; or how long each is:  --period quarter",
    )


def _refuse_too_few_invited(measure: MeasureFile, tally: Tally, asked: Asked) -> None:
    for one in tally.rounds:
        if asked.invited.get(one.period, one.n) < one.n:
            raise Trouble(
                Problem(
                    code="more-than-invited",
                    level=Level.ERROR,
                    file=measure.path,
                    message=f"{one.n} people answered in {one.period}, and only {asked.invited[one.period]} were invited",
                    mend="Correct the number after --invited.",
                )
            )


def _drafts(
    measure: MeasureFile, found: Iterable[Round], known: Newsroom
) -> Iterator[tuple[str, tuple[Masked, bytes]]]:
    """The comments as drafts, by their path inside `stories/`; none where nobody knows which names to take out."""
    if not known.people_known:
        return
    names = _finder(Roll(known.people))
    for one in found:
        for comment in one.comments:
            masked = mask(comment.words, names)
            path = f"voices/{measure.id}-{one.period.lower()}-{comment.digest}.yaml"
            yield path, (masked, voice_file(comment, masked, measure=measure.id, period=one.period))


def _finder(roll: Roll) -> Callable[[str], Iterable[tuple[int, str]]]:
    return lambda text: [(one.offset, one.words) for some in roll.find(text) for one in some]


def _put_away(newsroom: Path, drafts: Mapping[str, tuple[Masked, bytes]], *, dry: bool) -> frozenset[str]:
    """Write the drafts that are not there yet; those that are stay as their editors left them."""
    there: set[str] = set()
    look = disk.open_inside(newsroom)
    for path, (_, data) in drafts.items():
        if dry:
            try:
                look(path)
            except OSError:
                continue
            there.add(path)
        elif not write_unless_there(newsroom / "stories" / path, data):
            there.add(path)
    return frozenset(there)


def _read_as(table: Table, header: Header) -> str:
    shown = [
        f"{role}: " + (f"`{header.names[column]}`" if column < len(header.names) else f"column {column + 1}")
        for role, column in sorted(header.columns.items(), key=lambda one: one[1])
    ]
    above = (
        f"; the header is row {header.row}" if header.row > 1 else "" if header.row else "; without a header"
    )
    return f"{table.read_as}{above}; {', '.join(shown)}"


def _notes(
    tally: Tally, known: Newsroom, asked: Asked, header: Header, changes: Iterable[Change]
) -> Iterator[str]:
    few = [one for one in tally.rounds if one.wrote and not one.comments]
    if few:
        yield (
            f"Comments of {', '.join(one.period for one in few)} were left out: with fewer than "
            f"{known.settings.privacy.smallest_comments} in a round, colleagues can tell who wrote them."
        )
    for one in tally.rounds:
        if len(one.comments) == rounds.MOST_COMMENTS < one.wrote:
            yield f"Of the {one.wrote:,} comments of {one.period}, {rounds.MOST_COMMENTS} were brought in, drawn without looking."
    if any(one.wrote for one in tally.rounds) and not known.people_known:
        yield "No comment was brought in: the people file cannot be read, so nobody knows which names to take out."
    missed = sorted(set(asked.invited) - {one.period for one in tally.rounds})
    if missed:
        yield f"Nobody answered in {', '.join(missed)}, so `invited` was not written there."
    for change in changes:
        before, after = _n(change.before), _n(change.after)
        if change.state is State.DIFFERS and after < before:
            yield f"{change.period} has {before:,} answers, and the table only {after:,}. Is all of that period in it?"
    if RESPONDENT not in header.columns:
        yield "No column tells respondents apart: who answered twice is found only by the second in which they did."


def _n(reading: Mapping[str, object] | None) -> int:
    counts = (reading or {}).get("counts")
    return sum(int(one) for one in counts.values() if str(one).isdecimal()) if isinstance(counts, dict) else 0

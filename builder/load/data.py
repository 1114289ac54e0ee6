"""The YAML files that are not stories: settings, people, teams and measures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo

from builder.load.forms import (
    ID,
    Form,
    MetricForm,
    NamedForm,
    NameForm,
    NamePartsForm,
    PersonForm,
    ReadingForm,
    SegmentForm,
    SettingsForm,
    TeamForm,
    fill_in,
    slug,
)
from builder.load.marks import Marked, Page, Place, read_yaml
from builder.load.pages import decode
from builder.model.metric import Break, Method, Metric, Reading, Segment
from builder.model.newsletter import DigestSettings, Leavers, Named, PrivacySettings, Settings
from builder.model.person import (
    Channel,
    Consent,
    Name,
    NameForms,
    Person,
    PersonStatus,
    Recognition,
)
from builder.model.person import (
    Form as NameForm_,
)
from builder.model.sources import SourceFile
from builder.model.team import Team
from builder.model.text import Words
from builder.problem import Level, Problem, guess

SCRIPTS = {
    "latin": "Latn",
    "arabic": "Arab",
    "persian": "Arab",
    "greek": "Grek",
    "cyrillic": "Cyrl",
    "hebrew": "Hebr",
    "devanagari": "Deva",
    "bengali": "Beng",
    "thai": "Thai",
    "chinese": "Hans",
    "japanese": "Jpan",
    "korean": "Kore",
    "georgian": "Geor",
    "armenian": "Armn",
}
"""The words editors use for scripts, and their ISO 15924 codes, which may be written too."""

CASES = ("gen", "dat", "acc", "voc", "ins", "loc")

ICARE = ("ideal-service", "culture-of-service", "attentiveness", "responsiveness", "empowerment")
"""The default behaviours (Blanchard, *Legendary Service*); their names are in the theme's words."""

PERSPECTIVES = ("front-line", "managers", "senior-leaders")

COUNTED = {
    Method.NPS: ("promoters", "passives", "detractors"),
    Method.CSAT: ("satisfied", "others"),
    Method.PROPORTION: ("yes", "no"),
}
"""What each counting method counts; the others take `value`."""

F = TypeVar("F", bound=Form)


def words(given: dict[str, str] | None) -> Words:
    return Words(tuple(given.items())) if given else Words()


def settings(source: SourceFile) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The newsletter's settings, or None and why not."""
    page, problems = decode(source)
    if problems:
        return None, problems
    marked = read_yaml(page)
    if marked.problems and marked.data is None:
        return None, marked.problems
    form, problems = fill_in(SettingsForm, marked)
    problems = (*marked.problems, *problems)
    if form is None:
        return None, problems
    return (
        Settings(
            title=words(form.title),
            tagline=words(form.tagline),
            base_url=form.base_url if not form.base_url or form.base_url.endswith("/") else form.base_url + "/",
            timezone=form.timezone,
            languages=tuple(dict.fromkeys(form.languages)),
            behaviours=_named(form.behaviours, ICARE),
            perspectives=_named(form.perspectives, PERSPECTIVES),
            leavers=Leavers(form.leavers),
            digest=DigestSettings(sender=form.digest.sender, reply_to=form.digest.reply_to),
            privacy=PrivacySettings(
                contact=form.privacy.contact,
                smallest_team=form.privacy.smallest_team,
                smallest_group=form.privacy.smallest_group,
            ),
            accent=form.brand.accent.lower(),
        ),
        problems,
    )


def _named(forms: list[NamedForm] | None, default: tuple[str, ...]) -> tuple[Named, ...]:
    if forms is None:
        return tuple(Named(id=id, name=Words()) for id in default)
    return tuple(Named(id=form.id, name=words(form.name), means=words(form.means)) for form in forms)


def people(source: SourceFile, zone: ZoneInfo) -> tuple[dict[str, Person] | None, tuple[Problem, ...]]:
    """The people of the people file by id; None when the file as a whole cannot be read."""
    found: dict[str, Person] = {}
    entries, problems = _entries(source, PersonForm)
    if entries is None:
        return None, tuple(problems)
    for marked, place, form in entries:
        if form is None:
            continue
        names, faults = _names(form, marked, place)
        problems += faults
        if form.id in found:
            problems.append(_twice(marked, place, form.id))
            del found[form.id]  # which of the two counts nobody can say, so neither does
            continue
        if faults:
            continue
        found[form.id] = Person(
            id=form.id,
            names=names,
            team=form.team,
            status=PersonStatus(form.status),
            recognition=Recognition(form.recognition),
            consents=tuple(
                Consent(
                    channel=Channel(channel),
                    form=NameForm_(consent.form),
                    given=consent.date.at(zone),
                    expires=consent.expires.at(zone) if consent.expires else None,
                )
                for channel, consent in sorted(form.consent.items())
            ),
            withdrawn=form.withdrawn.at(zone) if form.withdrawn else None,
            file=source.path,
            line=marked.at(place)[0],
        )
    return found, tuple(problems)


def _names(form: PersonForm, marked: Marked, place: Place) -> tuple[tuple[Name, ...], list[Problem]]:
    names: list[Name] = []
    problems: list[Problem] = []
    for word, name in form.names.items():
        here = (*place, "names", word)
        script = SCRIPTS.get(word.lower()) or (word if len(word) == 4 and word.istitle() and word.isascii() else "")
        if not script:
            problems.append(
                marked.page.problem(
                    "script",
                    f"`{word}` is not a script that is known here",
                    f"Write one of: {', '.join(SCRIPTS)}; or its ISO 15924 code, such as Latn.",
                    at=marked.key_at(here),
                    guess=guess(word, SCRIPTS),
                )
            )
            continue
        for case in name.cases:
            if case not in CASES:
                problems.append(
                    marked.page.problem(
                        "case",
                        f"`{case}` is not a grammatical case that is known here",
                        f"Write one of: {', '.join(CASES)}.",
                        at=marked.key_at((*here, "cases", case)),
                        guess=guess(case, CASES),
                    )
                )
        names.append(
            Name(
                script=script,
                forms=_forms(name, None),
                cases=tuple((case, _forms(parts, name)) for case, parts in sorted(name.cases.items())),
            )
        )
    return tuple(names), problems


def _forms(parts: NamePartsForm, plain: NameForm | None) -> NameForms:
    initials = parts.initials or (plain.initials if plain else "")
    first = parts.first or parts.full.split()[0]
    return NameForms(
        full=parts.full,
        first=first,
        initials=initials or " ".join(f"{word[0]}." for word in parts.full.split()),
    )


def teams(source: SourceFile) -> tuple[dict[str, Team], tuple[Problem, ...]]:
    found: dict[str, Team] = {}
    entries, problems = _entries(source, TeamForm)
    for marked, place, form in entries or ():
        if form is None:
            continue
        if form.id in found:
            problems.append(_twice(marked, place, form.id))
            continue
        found[form.id] = Team(
            id=form.id,
            name=words(form.name),
            headcount=form.headcount,
            serves=tuple(form.serves),
            file=source.path,
            line=marked.at(place)[0],
        )
    return found, tuple(problems)


def _entries(
    source: SourceFile, form: type[F]
) -> tuple[list[tuple[Marked, Place, F | None]] | None, list[Problem]]:
    """The entries of a file that holds a list, each filled into its form; None when there is no list to be had."""
    page, faults = decode(source)
    if faults:
        return None, list(faults)
    marked = read_yaml(page)
    problems = list(marked.problems)
    if marked.data is None:
        return (None if problems else []), problems
    if not isinstance(marked.data, list):
        problems.append(
            page.problem(
                "not-a-list",
                "this file is a list of entries, and this is something else",
                "Begin each entry with a hyphen:  - id: ...  and indent its other lines by two spaces.",
                at=marked.at(()),
            )
        )
        return None, problems
    entries: list[tuple[Marked, Place, F | None]] = []
    for index in range(len(marked.data)):
        filled, faults = fill_in(form, marked, (index,))
        problems += faults
        entries.append((marked, (index,), filled))
    return entries, problems


def _twice(marked: Marked, place: Place, id: str) -> Problem:
    return marked.page.problem(
        "id-twice",
        f"`{id}` is the id of two entries of this file",
        "Give one of them another id.",
        at=marked.at((*place, "id")),
    )


def metric(source: SourceFile) -> tuple[Metric | None, tuple[Problem, ...]]:
    """One measure; its id is the file's name."""
    page, problems = decode(source)
    if problems:
        return None, problems
    marked = read_yaml(page)
    if marked.data is None and marked.problems:
        return None, marked.problems
    form, faults = fill_in(MetricForm, marked)
    found = [*marked.problems, *faults]
    id = PurePosixPath(source.path).stem
    if not ID.fullmatch(id):
        found.append(bad_file_name(page, id))
        form = None
    if form is None:
        return None, tuple(found)
    method = Method(form.method)
    readings: list[Reading] = []
    seen: dict[str, int] = {}
    for index, reading in enumerate(form.readings):
        place: Place = ("readings", index)
        made, faults_here = _reading(reading, method, marked, place)
        found += faults_here
        if reading.period in seen:
            found.append(
                page.problem(
                    "period-twice",
                    f"{reading.period} is read twice (first on line {seen[reading.period]})",
                    "Keep the reading that is right.",
                    at=marked.at((*place, "period")),
                )
            )
            continue
        seen[reading.period] = marked.at(place)[0]
        if made:
            readings.append(made)
    found += _mixed_periods(form, marked)
    return (
        Metric(
            id=id,
            name=words(form.name),
            plain_words=words(form.plain_words),
            unit=words(form.unit),
            method=method,
            direction=form.direction,
            side=form.side,
            file=source.path,
            target=form.target,
            pair=form.pair,
            breaks=tuple(Break(period=one.period, note=words(one.note)) for one in form.breaks),
            readings=tuple(sorted(readings, key=lambda one: one.period)),
        ),
        tuple(found),
    )


def _mixed_periods(form: MetricForm, marked: Marked) -> Iterator[Problem]:
    lengths = [len(reading.period) + ("Q" in reading.period) for reading in form.readings]
    for index, length in enumerate(lengths):
        if length != lengths[0]:
            yield marked.page.problem(
                "periods-mixed",
                f"{form.readings[index].period} is another kind of period than {form.readings[0].period}",
                "Keep years, quarters and months in measures of their own; one line cannot join them.",
                at=marked.at(("readings", index, "period")),
            )
            return


def _reading(
    form: ReadingForm, method: Method, marked: Marked, place: Place
) -> tuple[Reading | None, list[Problem]]:
    whole, problems = _score(form, method, marked, place)
    segments: list[Segment] = []
    for index, segment in enumerate(form.segments):
        part, faults = _score(segment, method, marked, (*place, "segments", index))
        problems += faults
        if part:
            segments.append(Segment(team=segment.team, score=part[0], n=part[1]))
    if whole is None:
        return None, problems
    score, n = whole
    if form.invited is not None and n is not None and n > form.invited:
        problems.append(
            marked.page.problem(
                "more-than-invited",
                f"{n} answered, but only {form.invited} were asked",
                "Correct `invited` or the counts.",
                at=marked.at((*place, "invited")),
            )
        )
    counts = tuple((name, form.counts[name]) for name in COUNTED.get(method, ()) if form.counts and name in form.counts)
    return Reading(
        period=form.period, score=score, n=n, counts=counts, invited=form.invited, segments=tuple(segments)
    ), problems


def _score(
    form: ReadingForm | SegmentForm, method: Method, marked: Marked, place: Place
) -> tuple[tuple[float, int | None] | None, list[Problem]]:
    """(score, n) of counts or of a value; formulas: NPS = 100 (P - D) / n (Reichheld 2003), shares = 100 yes / n."""
    problem = marked.page.problem
    wanted = COUNTED.get(method)
    if form.counts is not None and form.value is not None:
        return None, [
            problem(
                "counts-and-value",
                "a reading has `counts` or a `value`, not both",
                "Keep the counts: the score is worked out from them.",
                at=marked.key_at((*place, "value")),
            )
        ]
    if form.counts is not None and wanted is None:
        return None, [
            problem(
                "counts-unwanted",
                f"a measure by the method `{method.value}` takes a `value`, not counts",
                "Write `value:` and, where people answered, `n:`.",
                at=marked.key_at((*place, "counts")),
            )
        ]
    if form.counts is not None and wanted is not None:
        odd = [name for name in form.counts if name not in wanted]
        lacking = [name for name in wanted if name not in form.counts]
        if odd or lacking:
            name = odd[0] if odd else lacking[0]
            return None, [
                problem(
                    "counts",
                    f"`{name}` is not counted by `{method.value}`" if odd else f"the count of `{name}` is missing",
                    f"Write counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}.",
                    at=marked.key_at((*place, "counts", name)),
                    guess=guess(name, wanted) if odd else "",
                )
            ]
        n = sum(form.counts.values())
        if form.n is not None and form.n != n:
            return None, [
                problem(
                    "n-differs",
                    f"n is {form.n}, but the counts add up to {n}",
                    "Take `n:` out: it is worked out from the counts.",
                    at=marked.at((*place, "n")),
                )
            ]
        if n == 0:
            return None, [
                problem(
                    "counts-zero",
                    "nobody answered in this period",
                    "Take the reading out: a gap is drawn as a gap.",
                    at=marked.at((*place, "counts")),
                )
            ]
        good = form.counts[wanted[0]] - (form.counts[wanted[2]] if method is Method.NPS else 0)
        return (100 * good / n, n), []
    if form.value is None:
        return None, [
            problem(
                "reading-empty",
                "this reading has neither `counts` nor a `value`",
                f"Write counts: {{{', '.join(f'{one}: ...' for one in wanted)}}}." if wanted else "Write `value: 4.2`.",
                at=marked.at(place),
            )
        ]
    return (form.value, form.n), []


def bad_file_name(page: Page, stem: str) -> Problem:
    return page.problem(
        "file-name",
        f"`{stem}` cannot be an id, and the file's name is the id",
        "Name the file with small letters a-z, digits and hyphens only.",
        guess=slug(stem),
        level=Level.ERROR,
    )


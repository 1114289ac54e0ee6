"""What editors may write, as forms: each key, its type, and in a line what it is for.

The forms take the plain data of `load.marks` (words, lists, mappings). `fill_in` says what is wrong with all of it at
once, each fault at its own place: a near miss of a key is an error with a guess, any other unknown key a warning.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from builder.load.marks import Marked, Place
from builder.problem import Level, Problem, guess

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_DATE = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_OTHER_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_PERIOD = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Wrong(ValueError):
    """A value that does not fit; `mend` says how to write it."""

    def __init__(self, message: str, mend: str, near: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.near = near


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time as written; it becomes an aware datetime where the newsletter's time zone is known."""

    value: datetime
    bare: bool

    def at(self, zone: ZoneInfo) -> datetime:
        """This moment in `zone`: a bare date is the midnight that begins it, a naive time is local."""
        return self.value if self.value.tzinfo else self.value.replace(tzinfo=zone)


def _moment(value: Any) -> Moment:
    if not isinstance(value, str):
        raise Wrong("a date is wanted here", "Write it as 2026-03-04, or with a time as 2026-03-04 08:40.")
    text = value.strip()
    match = _DATE.fullmatch(text)
    if match is None:
        other = _OTHER_DATE.fullmatch(text)
        near = ""
        if other:
            found = [int(part) for part in other.groups() if part]
            year, month, day = found if found[0] > 31 else (found[2], found[1], found[0])
            near = f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
        raise Wrong(
            f"`{value}` is not a date",
            "Write the year, month and day as 2026-03-04, or with a time as 2026-03-04 08:40.",
            near,
        )
    clock = match["time"] or "0:00"
    zone = (match["zone"] or "").replace("Z", "+00:00")
    hours = clock if len(clock.split(":")[0]) == 2 else f"0{clock}"
    try:
        return Moment(datetime.fromisoformat(f"{match['day']}T{hours}{zone}"), bare=match["time"] is None)
    except ValueError:
        raise Wrong(
            f"there is no such day or time as `{value}`",
            "Look at the calendar: the month has fewer days, or the hour is past 23:59.",
        ) from None


def _words(value: Any) -> Any:
    """A text, or a text per language, as a mapping; "" is the language of a text given once."""
    if isinstance(value, str):
        return {"": value}
    if isinstance(value, dict) and value:
        for language, text in value.items():
            tag(language)
            if not isinstance(text, str) or not text.strip():
                raise Wrong(f"the text for `{language}` is empty or not a text", "Write  en: Some words  for each language.")
        return value
    raise Wrong("a text is wanted here", "Write the words, or one line per language such as  en: Pharmacy.")


def tag(value: Any) -> str:
    """A BCP-47 language tag as it is written best (`pt-BR`); raises Wrong for anything else."""
    if isinstance(value, str):
        try:
            locale = Locale.parse(value.strip().replace("_", "-"), sep="-")
            parts = (locale.language, locale.script, locale.territory)
            return "-".join(part for part in parts if part)
        except (ValueError, UnknownLocaleError):
            pass
    raise Wrong(f"`{value}` is not a language", "Write a language tag such as en, fa, el, ms or pt-BR.")


def _several(value: Any) -> Any:
    """One word where a list is wanted is a list of one."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _identity(value: Any) -> Any:
    if isinstance(value, str) and not ID.fullmatch(value):
        raise Wrong(
            f"`{value}` is not an id",
            "An id has only small letters a-z, digits and hyphens, as in night-pharmacy.",
            slug(value),
        )
    return value


def slug(text: str) -> str:
    """The id nearest to `text`, or "".

    >>> slug("Night Pharmacy!")
    'night-pharmacy'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _truth(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in ("true", "yes"):
        return True
    if isinstance(value, str) and value.lower() in ("false", "no"):
        return False
    return value


def _fitting(pattern: re.Pattern[str], message: str, mend: str) -> Callable[[Any], Any]:
    def look(value: Any) -> Any:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Wrong(message.format(value), mend)
        return value

    return look


def _zone(value: Any) -> Any:
    try:
        return ZoneInfo(value)
    except (ValueError, TypeError, OSError, KeyError):
        import zoneinfo

        names = zoneinfo.available_timezones()
        raise Wrong(
            f"`{value}` is not a time zone",
            "Write it as Region/City, such as Europe/London or Asia/Tehran.",
            guess(str(value), names),
        ) from None


When = Annotated[Any, BeforeValidator(_moment)]
Language = Annotated[str, BeforeValidator(tag)]
Identity = Annotated[str, BeforeValidator(_identity)]
Localised = Annotated[dict[str, str], BeforeValidator(_words)]
Period = Annotated[
    str, BeforeValidator(_fitting(_PERIOD, "`{}` is not a period", "Write a year 2026, a quarter 2026-Q1 or a month 2026-03."))
]
Colour = Annotated[str, BeforeValidator(_fitting(_COLOUR, "`{}` is not a colour", 'Write six digits, as in "#0f6b6b".'))]
Zone = Annotated[Any, BeforeValidator(_zone)]
ChannelWord = Literal["site", "email", "print", "public"]
FormWord = Literal["full", "first", "initials"]
Ids = Annotated[list[Identity], BeforeValidator(_several)]
WordList = Annotated[list[str], BeforeValidator(_several)]
Count = Annotated[int, Field(ge=0)]


class Form(BaseModel):
    """What all forms share: values do not change, and keys that are not known are judged by `fill_in`."""

    model_config = ConfigDict(extra="ignore", frozen=True, arbitrary_types_allowed=True)


class NamedForm(Form):
    id: Identity = Field(description="A short name that stories refer to; never change it.")
    name: Localised = Field(description="The name readers see, once or per language.")
    means: Localised | None = Field(None, description="In a sentence: what this looks like here.")


class DigestForm(Form):
    sender: str = Field("", alias="from", description='Who the mail is from: "The Light <light@example.org>".')
    reply_to: str = Field("", description="Where answers go.")


class PrivacyForm(Form):
    contact: str = Field("", description="Whom to write to to be taken out.")
    smallest_team: Annotated[int, Field(ge=2)] = Field(5, description="A smaller team is not named for an unnamed person.")
    smallest_group: Annotated[int, Field(ge=3)] = Field(5, description="A number that speaks for fewer people is hidden.")


class BrandForm(Form):
    accent: Colour = Field("#0f6b6b", description="The colour of links and marks.")


class SettingsForm(Form):
    title: Localised = Field(description="The newsletter's name.")
    tagline: Localised | None = Field(None, description="A line under the name.")
    base_url: str = Field("", description="Where the site will stand: https://light.example.org/.")
    timezone: Zone = Field(description="The time zone in which dates are meant: Europe/London.")
    languages: Annotated[list[Language], BeforeValidator(_several), Field(min_length=1)] = Field(
        description="The languages of the site; the first is the default."
    )
    behaviours: list[NamedForm] | None = Field(None, description="What you celebrate; ICARE when left out.")
    perspectives: list[NamedForm] | None = Field(None, description="From whose side a story is told.")
    leavers: Literal["anonymise", "first", "keep"] = Field("anonymise", description="What becomes of names of people who left.")
    digest: DigestForm = Field(default_factory=DigestForm, description="The mail.")
    privacy: PrivacyForm = Field(default_factory=PrivacyForm, description="What is never shown.")
    brand: BrandForm = Field(default_factory=BrandForm, description="How it looks.")


class NamePartsForm(Form):
    full: str = Field(min_length=1, description="Given and family name.")
    first: str = Field("", description="The given name alone.")
    initials: str = Field("", description="The initials; made from the full name when left out.")


class NameForm(NamePartsForm):
    cases: dict[str, NamePartsForm] = Field(default_factory=dict, description="Forms for gen, dat, acc, voc, where a language inflects.")


class ConsentForm(Form):
    form: FormWord = Field("full", description="How much of the name: full, first or initials.")
    date: When = Field(description="When they said yes.")
    expires: When | None = Field(None, description="From when it counts no more.")


class PersonForm(Form):
    id: Identity = Field(description="A number, never a name: p-017.")
    names: Annotated[dict[str, NameForm], Field(min_length=1)] = Field(description="The name, by script: latin, arabic, greek ...")
    team: Identity = Field("", description="The team's id.")
    status: Literal["active", "leave", "left"] = Field("active", description="Whether they work here.")
    recognition: Literal["everyone", "team", "private", "none"] = Field("none", description="How they want to be recognised.")
    consent: dict[ChannelWord, ConsentForm] = Field(default_factory=dict, description="Their yes, channel by channel.")
    withdrawn: When | None = Field(None, description="From this day nothing.")


class TeamForm(Form):
    id: Identity = Field(description="A short name that stories refer to.")
    name: Localised = Field(description="The name readers see.")
    headcount: Count = Field(description="How many people it has.")
    serves: WordList = Field(default_factory=list, description="Whom it serves: ids of teams, or words.")


class CustomerForm(Form):
    kind: Literal["internal", "external"] = Field("external", description="A colleague or a customer of the company.")
    called: str = Field("", alias="as", description="How they are named: a father of two.")


class PictureForm(Form):
    file: str = Field("", description="The picture beside the story.")
    alt: str | None = Field(None, description="What a reader who cannot see it should know.")
    credit: str = Field("", description="Whose picture it is.")
    shows: Ids = Field(default_factory=list, description="Ids of the people to be seen on it.")


class NarrowingForm(Form):
    channels: Annotated[list[ChannelWord], BeforeValidator(_several)] | None = Field(None, description="The channels left open.")
    form: FormWord | None = Field(None, description="At most this much of the name.")


class StoryForm(Form):
    """The front matter of a story. `title` and `date` are required, and nothing else."""

    title: str = Field(min_length=1, description="The headline.")
    date: When = Field(description="When it happened, or when it should appear: 2026-03-04.")
    kind: Literal["heroic", "small", "learning", "light", "recovery", "leader"] = Field("heroic", description="What sort of story.")
    by: str = Field("", description="Who wrote it: a person's id, or a signature.")
    heroes: Ids = Field(default_factory=list, description="Ids of the people celebrated.")
    team: Identity = Field("", description="The team's id.")
    tags: WordList = Field(default_factory=list, description="Words to find it by.")
    behaviours: Annotated[list[Identity], BeforeValidator(_several), Field(max_length=2)] = Field(
        default_factory=list, description="One or two ids of behaviours."
    )
    perspective: Identity = Field("", description="The id of a perspective.")
    customer: CustomerForm | None = Field(None, description="Who was served.")
    summary: str = Field("", description="One or two sentences for cards and the mail.")
    why_it_matters: str = Field("", description="One line: why anyone should care.")
    picture: PictureForm | None = Field(None, description="The picture beside the story.")
    lang: Language | None = Field(None, description="The language of this text, when the file's name does not say it.")
    translation_of: str = Field("", description="The id of the story this is a translation of.")
    status: Literal["ready", "draft"] = Field("ready", description="draft keeps it off the site.")
    publish: When | None = Field(None, description="When to publish, if not on its date.")
    expires: When | None = Field(None, description="When to take it down.")
    audience: Literal["staff", "visitors", "public"] = Field("staff", description="Who may see it.")
    consent: dict[str, NarrowingForm] = Field(default_factory=dict, description="What this story takes away from someone's consent.")
    supports: Ids = Field(default_factory=list, description="Ids of measures this story stands behind.")
    aliases: WordList = Field(default_factory=list, description="Former ids or addresses of this story.")
    not_a_name: WordList = Field(default_factory=list, description="Words that look like someone's name here and are not.")
    extra: Any = Field(None, description="Anything else you want to keep; never shown.")


class EditionForm(Form):
    number: Annotated[int, Field(ge=1)] | None = Field(None, description="The edition's number.")
    kind: Literal["weekly", "special", "daily", "day-after", "correction", "yearbook"] = Field("weekly", description="What sort.")
    date: When = Field(description="The day of the edition.")
    status: Literal["ready", "draft"] = Field("ready", description="draft keeps it off the site.")
    send_at: When | None = Field(None, description="When the mail is to go out.")
    subject: str = Field("", description="The mail's subject; 42 characters are seen everywhere.")
    preheader: str = Field("", description="The line that inboxes show after the subject.")
    stories: Ids = Field(default_factory=list, description="Ids of the stories, the lead first; filled in by rule when left out.")
    numbers: Ids = Field(default_factory=list, description="Ids of the measures to show.")


class SegmentForm(Form):
    team: Identity = Field(description="The team's id.")
    counts: dict[str, Count] | None = Field(None, description="What was counted.")
    value: float | None = Field(None, description="The score, where nothing is counted.")
    n: Count | None = Field(None, description="How many people it speaks for.")


class ReadingForm(Form):
    period: Period = Field(description="2026, 2026-Q1 or 2026-03.")
    counts: dict[str, Count] | None = Field(None, description="What was counted, by answer.")
    value: float | None = Field(None, description="The score, where nothing is counted.")
    n: Count | None = Field(None, description="How many answered.")
    invited: Count | None = Field(None, description="How many were asked.")
    segments: list[SegmentForm] = Field(default_factory=list, description="The same by team.")


class BreakForm(Form):
    period: Period = Field(description="The first period measured in the new way.")
    note: Localised | None = Field(None, description="What changed.")


class MetricForm(Form):
    name: Localised = Field(description="The measure's name.")
    plain_words: Localised = Field(description="In a sentence anyone understands: what it says.")
    unit: Localised | None = Field(None, description="points, %, minutes ...")
    method: Literal["nps", "csat", "proportion", "mean", "total"] = Field(description="How the score is made.")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    target: float | None = Field(None, description="Where you want to be.")
    side: Literal["internal", "external"] = Field(description="How it looks from inside, or what customers say.")
    pair: Identity = Field("", description="The measure on the other side that goes with it.")
    breaks: list[BreakForm] = Field(default_factory=list, description="Changes of method.")
    readings: list[ReadingForm] = Field(default_factory=list, description="A line per period.")


F = TypeVar("F", bound=Form)


def fill_in(form: type[F], marked: Marked, place: Place = ()) -> tuple[F | None, tuple[Problem, ...]]:
    """The form filled with the data at `place`, or None; with every Problem there is."""
    data = marked.data
    for step in place:
        data = data[step]
    if not isinstance(data, dict):
        return None, (
            marked.page.problem(
                "not-a-mapping",
                "`key: value` lines are wanted here",
                "Write each key on its own line, with a colon and a space after it.",
                at=marked.at(place),
            ),
        )
    problems = list(_unknown_keys(form, data, marked, place))
    try:
        return form.model_validate(_without_blanks(data)), tuple(problems)
    except ValidationError as fault:
        misspelt = {problem.guess for problem in problems if problem.code == "misspelt-key"}
        for error in fault.errors():
            if error["type"] == "missing" and str(error["loc"][-1]) in misspelt:
                continue  # already said where it is misspelt
            problems.append(_problem(error, form, marked, place))
        return None, tuple(dict.fromkeys(problems))


def _without_blanks(data: Any) -> Any:
    """The same data less keys that were left empty: `summary:` with nothing after it says nothing."""
    if isinstance(data, dict):
        return {key: _without_blanks(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_blanks(item) for item in data]
    return data


def _known_keys(form: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def _inner_forms(annotation: Any) -> Iterator[tuple[str, type[BaseModel]]]:
    """The forms inside an annotation: ("one", form), ("list", form) or ("mapping", form)."""
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield "one", annotation
    elif origin in (Union, types.UnionType, Annotated):
        for part in get_args(annotation):
            yield from _inner_forms(part)
    elif origin is list:
        for _, form in _inner_forms(get_args(annotation)[0]):
            yield "list", form
    elif origin is dict:
        for _, form in _inner_forms(get_args(annotation)[1]):
            yield "mapping", form


def _unknown_keys(form: type[BaseModel], data: Any, marked: Marked, place: Place) -> Iterator[Problem]:
    if not isinstance(data, dict):
        return
    known = _known_keys(form)
    for key, value in data.items():
        here = (*place, key)
        if key not in known:
            near = guess(key, known)
            yield marked.page.problem(
                "misspelt-key" if near else "unknown-key",
                f"`{key}` is not a key that means anything here",
                f"Write `{near}` instead." if near else "Take it out, or keep it under `extra:` in a story.",
                at=marked.key_at(here),
                level=Level.ERROR if near else Level.WARNING,
                guess=near,
            )
            continue
        for shape, inner in _inner_forms(known[key]):
            if shape == "one":
                yield from _unknown_keys(inner, value, marked, here)
            elif shape == "list" and isinstance(value, list):
                for index, item in enumerate(value):
                    yield from _unknown_keys(inner, item, marked, (*here, index))
            elif shape == "mapping" and isinstance(value, dict):
                for name, item in value.items():
                    yield from _unknown_keys(inner, item, marked, (*here, name))


_WANTED = {
    "string_type": ("a text is wanted here", "Write words; put them in quotation marks if they look like something else."),
    "int_parsing": ("a whole number is wanted here", "Write digits only, such as 42."),
    "int_type": ("a whole number is wanted here", "Write digits only, such as 42."),
    "int_from_float": ("a whole number is wanted here", "Write digits only, such as 42."),
    "float_parsing": ("a number is wanted here", "Write digits, with a point for decimals, such as 4.5."),
    "float_type": ("a number is wanted here", "Write digits, with a point for decimals, such as 4.5."),
    "list_type": ("a list is wanted here", "Write [one, two], or each on its own line after a hyphen."),
    "dict_type": ("`key: value` lines are wanted here", "Write each key on its own line, with a colon after it."),
    "model_type": ("`key: value` lines are wanted here", "Write each key on its own line, with a colon after it."),
    "model_attributes_type": ("`key: value` lines are wanted here", "Write each key on its own line, with a colon after it."),
    "string_too_short": ("this must not be empty", "Write something, or take the line out."),
    "too_short": ("at least one is wanted here", "Write one or more, as in [en]."),
}


def _problem(error: Any, form: type[BaseModel], marked: Marked, place: Place) -> Problem:
    kind = error["type"]
    context = error.get("ctx", {})
    steps: list[str | int] = [*place]
    data = marked.data
    for step in place:
        data = data[step]
    for step in error["loc"]:  # the library's own steps ("[key]", union names) stand in no file
        if isinstance(data, dict) and step in data:
            data = data[step]
            steps.append(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            steps.append(step)
    here = tuple(steps)
    at = marked.at(here)
    problem = marked.page.problem
    wrong = context.get("error")
    if isinstance(wrong, Wrong):
        return problem("value", wrong.message, wrong.mend, at=at, guess=wrong.near)
    if kind == "missing":
        key = error["loc"][-1]
        return problem("missing-key", f"`{key}:` is missing", f"Add a line `{key}: ...`.", at=at)
    if kind in ("literal_error", "enum"):
        choices = [part.strip("'") for part in re.findall(r"'[^']*'", str(context.get("expected", "")))]
        given = next((step for step in reversed(error["loc"]) if step != "[key]"), "")
        word = str(given) if "[key]" in error["loc"] else str(error["input"])
        return problem(
            "choice",
            f"`{word}` is not one of the words that can stand here",
            f"Choose one of: {', '.join(choices)}.",
            at=marked.key_at((*here, word)) if "[key]" in error["loc"] else at,
            guess=guess(word, choices),
        )
    if kind == "too_long":
        most = context.get("max_length")
        return problem("too-many", f"at most {most} can stand here", f"Keep the {most} that matter most.", at=at)
    if kind in ("greater_than_equal", "greater_than"):
        least = context.get("ge", context.get("gt"))
        return problem("too-small", f"a number of {least} or more is wanted here", "Correct the number.", at=at)
    message, mend = _WANTED.get(kind, (str(error["msg"]).lower(), "Look at the value and the documentation of this key."))
    return problem("value", message, mend, at=at)

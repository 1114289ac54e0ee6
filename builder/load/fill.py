"""A form filled with what an editor wrote, and everything that is wrong with it at once, each fault at its place.

A near miss of a key is an error with a guess, any other unknown key a warning.
"""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError

from builder.load.forms import Form, PersonForm, SettingsForm, StoryForm, TeamForm
from builder.load.kinds import Wrong, shortened
from builder.load.marks import Marked, Place
from builder.load.metric_forms import MetricForm
from builder.problem import Level, Problem, guess

F = TypeVar("F", bound=Form)


def fill_in(form: type[F], marked: Marked, place: Place = ()) -> tuple[F | None, tuple[Problem, ...]]:
    """The form filled with the data at `place`, or None; with every Problem there is."""
    data = marked.data
    for step in place:
        data = data[step]
    if data is None and not place:
        return None, (
            marked.page.problem(
                "empty-file",
                "nothing stands in this file",
                f"Write at least these lines in it: {', '.join(f'{key}:' for key in _required(form))}",
            ),
        )
    if not isinstance(data, dict):
        return None, (
            marked.page.problem(
                "not-a-mapping",
                f"{form.this} has lines such as `key: value`, and this is something else",
                f"Write each key on its own line, with a colon and a space after it, or  {form.such_as}",
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


def fill_as_far_as_it_goes(
    form: type[F], marked: Marked, stand_ins: Mapping[str, Any]
) -> tuple[F, tuple[Problem, ...]]:
    """As `fill_in`, but with a form in any case: where a key is at fault it is left out, or filled by its stand-in.

    So that the rest can be looked at, and all that is wrong be said at once. Only for data that is a mapping.
    """
    filled, problems = fill_in(form, marked)
    if filled is not None:
        return filled, problems
    data = dict(_without_blanks(marked.data))
    while filled is None:
        try:
            filled = form.model_validate(data)
        except ValidationError as fault:
            for key in {str(error["loc"][0]) for error in fault.errors()}:
                data.pop(key, None)
                if key in stand_ins:
                    data[key] = stand_ins[key]
    return filled, problems


def _without_blanks(data: Any) -> Any:
    """The same data less keys that were left empty: `summary:` with nothing after it says nothing."""
    if isinstance(data, dict):
        return {
            key: value if isinstance(value, str) else _without_blanks(value)
            for key, value in data.items()
            if value is not None
        }
    if isinstance(data, list):
        return [item if isinstance(item, str) else _without_blanks(item) for item in data]
    return data


@cache
def _known_keys(form: type[Form]) -> Mapping[str, Any]:
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def _required(form: type[Form]) -> list[str]:
    return [field.alias or name for name, field in form.model_fields.items() if field.is_required()]


def _inner_forms(annotation: Any) -> Iterator[tuple[str, type[Form]]]:
    """The forms inside an annotation: ("one", form), ("list", form) or ("mapping", form)."""
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Form):
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


@cache
def _forms_below(form: type[Form]) -> Mapping[str, tuple[tuple[str, type[Form]], ...]]:
    """For each key of a form the forms that can stand behind it, as `_inner_forms` has them."""
    return {key: tuple(_inner_forms(annotation)) for key, annotation in _known_keys(form).items()}


def _unknown_keys(form: type[Form], data: Any, marked: Marked, place: Place) -> Iterator[Problem]:
    if not isinstance(data, dict):
        return
    known = _known_keys(form)
    below = _forms_below(form)
    before: object = None
    for key, value in data.items():
        if key in known and not below[key]:
            before = value
            continue
        here = (*place, key)
        if key not in known:
            yield (
                _comma(before, key, marked, here)
                if key.isdigit() and value is None and isinstance(before, str) and before.isdigit()
                else _unknown_key(form, key, known, marked, here)
            )
            continue
        before = value
        for shape, inner in below[key]:
            if shape == "one":
                yield from _unknown_keys(inner, value, marked, here)
            elif shape == "list" and isinstance(value, list):
                for index, item in enumerate(value):
                    yield from _unknown_keys(inner, item, marked, (*here, index))
            elif shape == "mapping" and isinstance(value, dict):
                for name, item in value.items():
                    yield from _unknown_keys(inner, item, marked, (*here, name))


def _unknown_key(
    form: type[Form], key: str, known: Mapping[str, Any], marked: Marked, here: Place
) -> Problem:
    near = guess(key, known)
    inside = next(
        (
            outer
            for outer, inner_forms in _forms_below(form).items()
            for _, inner in inner_forms
            if key in _known_keys(inner)
        ),
        "",
    )
    if near:
        mend = f"Write `{near}:` instead."
    elif inside:
        mend = f"Write it below `{inside}:`, on a line that begins with two spaces."
    elif "extra" in known:
        mend = f"Take the line out, or keep it for yourselves:  extra: {{{key}: ...}}"
    else:
        mend = f"Take it out. The keys here are: {', '.join(known)}."
    return marked.page.problem(
        "misspelt-key" if near else "unknown-key",
        f"{form.this} has no key `{shortened(key)}`",
        mend,
        at=marked.key_at(here),
        level=Level.ERROR if near else Level.WARNING,
        guess=near,
    )


def _comma(before: str, key: str, marked: Marked, here: Place) -> Problem:
    line, column = marked.key_at(here)
    return marked.page.problem(
        "decimal-comma",
        f"the comma ends the value here, so {before} would be read and {key} lost",
        f"Write a point for decimals: {before}.{key}",
        at=(line, max(1, column - 1)),
    )


_BLOCK = (
    "`{key}:` has lines of its own",
    "Write them below it, each beginning with two spaces, or  {key}: {such_as}",
)

_WANTED = {
    "string_type": (
        "words are wanted {there}, and {found}",
        'Put quotation marks around it all:  {key}: "..."',
    ),
    "int_parsing": ("a whole number is wanted {there}", "Write digits only, such as 42."),
    "bool_parsing": (
        "only true or false can stand {there}",
        "Write  true  or  false, without quotation marks.",
    ),
    "bool_type": ("only true or false can stand {there}", "Write  true  or  false, without quotation marks."),
    "int_type": ("a whole number is wanted {there}", "Write digits only, such as 42."),
    "int_from_float": ("a whole number is wanted {there}", "Write digits only, such as 42."),
    "float_parsing": ("a number is wanted {there}", "Write digits, with a point for decimals, such as 4.5."),
    "float_type": ("a number is wanted {there}", "Write digits, with a point for decimals, such as 4.5."),
    "finite_number": ("a number is wanted {there}", "Write digits, with a point for decimals, such as 4.5."),
    "list_type": (
        "a list is wanted {there}",
        "Write  {key}: [one, two] , or each on a line of its own after a hyphen and a space.",
    ),
    "dict_type": _BLOCK,
    "model_type": _BLOCK,
    "model_attributes_type": _BLOCK,
    "string_too_short": ("nothing stands {there}", "Write something between the quotation marks."),
    "too_short": ("at least one is wanted {there}", "Write one or more, as in  {key}: [en]"),
}
"""What the library calls a fault, in our words; `{there}` is the place, `{found}` what stands in it."""

_EXAMPLES: Mapping[tuple[type[Form], str], str] = {
    (Form, "date"): "2026-03-04",
    (Form, "period"): "2026-03",
    (Form, "team"): "stores",
    (SettingsForm, "title"): "The Light",
    (SettingsForm, "timezone"): "Europe/London",
    (SettingsForm, "languages"): "[en]",
    (StoryForm, "title"): "One umbrella, two visitors",
    (PersonForm, "id"): "p-001",
    (PersonForm, "names"): "{latin: {full: Rania Boutros, first: Rania}}",
    (TeamForm, "id"): "stores",
    (TeamForm, "name"): "Stores",
    (TeamForm, "headcount"): "12",
    (MetricForm, "name"): "Would recommend us",
    (MetricForm, "plain_words"): "Of 100 visitors, how many would send a friend.",
}
"""What could stand behind a key that is missing."""


def _missing(key: str, form: type[Form], loc: Place, empty: bool) -> tuple[str, str]:
    """What is said of a key that is missing, or that has nothing behind it."""
    kind = _form_at(form, loc[:-1])
    annotation = _known_keys(kind).get(key)
    choices = [str(one) for one in get_args(annotation)] if get_origin(annotation) is Literal else []
    example = _EXAMPLES.get((kind, key)) or _EXAMPLES.get((Form, key)) or (choices[0] if choices else "...")
    more = f" ({', '.join(choices[:-1])} or {choices[-1]})" if len(choices) > 1 else ""
    if empty:
        return f"nothing stands after `{key}:`", f"Write it, as in  {key}: {example}{more}"
    return f"{kind.this} needs `{key}:`", f"Add it, as in  {key}: {example}{more}"


def _problem(error: Any, form: type[Form], marked: Marked, place: Place) -> Problem:
    kind = error["type"]
    context = error.get("ctx", {})
    steps: list[str | int] = [*place]
    data = marked.data
    for step in place:
        data = data[step]
    for step in error["loc"]:  # the library's own steps ("[key]", union names) stand in no file
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
            steps.append(step)
    here = tuple(steps)
    at = marked.at(here)
    problem = marked.page.problem
    key = next((step for step in reversed(here) if isinstance(step, str)), "")
    there = f"after `{key}:`" if key else "here"
    wrong = context.get("error")
    if isinstance(wrong, Wrong):
        return problem(
            "value", wrong.message.replace(" here", f" {there}", 1), wrong.mend, at=at, guess=wrong.near
        )
    if kind == "missing":
        key = str(error["loc"][-1])
        empty = here[-1:] == (key,)
        message, mend = _missing(key, form, error["loc"], empty)
        # Where a whole file lacks a key, no line of it is at fault.
        return problem(
            "missing-key", message, mend, at=(marked.key_at(here) if empty else at) if here else (0, 0)
        )
    if kind in ("literal_error", "enum"):
        choices = [part.strip("'") for part in re.findall(r"'[^']*'", str(context.get("expected", "")))]
        given = next((step for step in reversed(error["loc"]) if step != "[key]"), "")
        of_key = "[key]" in error["loc"]
        word = str(given) if of_key else str(error["input"])
        outer = next((step for step in reversed(here[:-1]) if isinstance(step, str)), "")
        return problem(
            "choice",
            f"`{shortened(word)}` cannot stand " + (f"below `{outer}:`" if of_key else there),
            f"Choose one of: {', '.join(choices)}.",
            at=marked.key_at(here) if of_key else at,
            guess=guess(word, choices),
        )
    if kind == "too_long":
        most = context.get("max_length")
        return problem(
            "too-many",
            f"{context.get('actual_length')} stand {there}, and at most {most} may",
            f"Keep the {most} that matter most.",
            at=at,
        )
    if kind in ("greater_than_equal", "greater_than"):
        least = context.get("ge", context.get("gt"))
        return problem("too-small", f"the number {there} is too small", f"Write {least:,.0f} or more.", at=at)
    if kind == "less_than_equal":
        return problem(
            "too-large",
            f"the number {there} is larger than anything that is counted here",
            f"Look for a digit too many: {context['le']:,.0f} is the most.",
            at=at,
        )
    message, mend = _WANTED.get(kind, (f"{there}: {str(error['msg']).lower()}", "Look at what stands there."))
    words = {
        "there": there,
        "key": key or "key",
        "found": "a list stands there" if isinstance(data, list) else "`key: value` lines stand there",
        "such_as": _form_at(form, error["loc"]).such_as,
    }
    return problem("value", message.format(**words), mend.format(**words), at=at, guess=_number(kind, data))


def _form_at(form: type[Form], loc: Place) -> type[Form]:
    """The form that is wanted at a place of another."""
    for step in loc:
        if isinstance(step, str) and step in _known_keys(form):
            form = next((inner for _, inner in _forms_below(form)[step]), form)
    return form


def _number(kind: str, given: Any) -> str:
    """The number that was meant: written with a comma, with a sign of its own, or in other digits."""
    if not kind.startswith(("int_", "float_")) or not isinstance(given, str):
        return ""
    digits = "".join(str(unicodedata.digit(one, one)) for one in given.strip())
    plain = re.sub(r"[\s%']|(?<=\d)[,٬](?=\d{3}\b)", "", digits).replace(",", ".").replace("٫", ".")
    fits = re.fullmatch(r"-?\d+" if kind.startswith("int_") else r"-?\d+(\.\d+)?", plain)
    return plain if fits else ""

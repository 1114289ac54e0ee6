"""A form filled with what an editor wrote, and everything that is wrong with it at once, each fault at its place.

A near miss of a key is an error with a guess, any other unknown key a warning.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from builder.load.forms import Form
from builder.load.kinds import Wrong
from builder.load.marks import Marked, Place
from builder.problem import Level, Problem, guess

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


def fill_as_far_as_it_goes(
    form: type[F], marked: Marked, stand_ins: Mapping[str, Any]
) -> tuple[F, tuple[Problem, ...]]:
    """As `fill_in`, but with a form in any case: where a key is at fault it is left out, or filled by its stand-in.

    So that the rest can be looked at, and all that is wrong be said at once. Only for data that is a mapping.
    """
    filled, problems = fill_in(form, marked)
    data = _without_blanks(marked.data)
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
    "string_type": (
        "a text is wanted here",
        "Write words; put them in quotation marks if they look like something else.",
    ),
    "int_parsing": ("a whole number is wanted here", "Write digits only, such as 42."),
    "int_type": ("a whole number is wanted here", "Write digits only, such as 42."),
    "int_from_float": ("a whole number is wanted here", "Write digits only, such as 42."),
    "float_parsing": ("a number is wanted here", "Write digits, with a point for decimals, such as 4.5."),
    "float_type": ("a number is wanted here", "Write digits, with a point for decimals, such as 4.5."),
    "finite_number": ("a number is wanted here", "Write digits, with a point for decimals, such as 4.5."),
    "list_type": ("a list is wanted here", "Write [one, two], or each on its own line after a hyphen."),
    "dict_type": (
        "`key: value` lines are wanted here",
        "Write each key on its own line, with a colon after it.",
    ),
    "model_type": (
        "`key: value` lines are wanted here",
        "Write each key on its own line, with a colon after it.",
    ),
    "model_attributes_type": (
        "`key: value` lines are wanted here",
        "Write each key on its own line, with a colon after it.",
    ),
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
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
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
            at=marked.key_at(here) if "[key]" in error["loc"] else at,
            guess=guess(word, choices),
        )
    if kind == "too_long":
        most = context.get("max_length")
        return problem(
            "too-many", f"at most {most} can stand here", f"Keep the {most} that matter most.", at=at
        )
    if kind in ("greater_than_equal", "greater_than"):
        least = context.get("ge", context.get("gt"))
        return problem(
            "too-small", f"a number of {least} or more is wanted here", "Correct the number.", at=at
        )
    if kind == "less_than_equal":
        return problem(
            "too-large",
            f"a number of at most {context['le']:,.0f} is wanted here",
            "Correct the number.",
            at=at,
        )
    message, mend = _WANTED.get(
        kind, (str(error["msg"]).lower(), "Look at the value and the documentation of this key.")
    )
    return problem("value", message, mend, at=at)

"""Templates: strict, escaped, and their mistakes told with their own file and line."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError

from builder.problem import Level, Problem, Trouble

_ESCAPED = (".html", ".xml", ".svg", ".mjml")

_FAULTS = (TemplateError, TypeError, AttributeError, LookupError, ValueError, ArithmeticError, RecursionError)
"""What a template can meet when it is wrong."""


class Templates:
    """The theme's templates, compiled once. Undefined names are errors; text is escaped unless it is Markup."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._environment = Environment(
            loader=FunctionLoader(self._found),
            undefined=StrictUndefined,
            autoescape=lambda name: name is None or name.endswith(_ESCAPED),  # noqa: S701  all but plain text
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def _found(self, name: str) -> tuple[str, str, None] | None:
        """A template with its name in a file's place, so that a fault inside says which template it is in."""
        return (self._sources[name], name, None) if name in self._sources else None

    def render(self, name: str, **values: Any) -> str:
        """The template `name` with `values`. Raises Trouble when the template is wrong."""
        try:
            return self._environment.get_template(name).render(values)
        except _FAULTS as fault:
            raise Trouble(self._problem(name, fault)) from fault

    def _problem(self, name: str, fault: Exception) -> Problem:
        file, line = name, 0
        if isinstance(fault, TemplateSyntaxError):
            file, line = fault.name or name, fault.lineno
        else:
            for frame in traceback.extract_tb(fault.__traceback__):
                if frame.filename in ("<template>", "<unknown>") or frame.filename in self._sources:
                    file, line = (
                        frame.filename if frame.filename in self._sources else file,
                        frame.lineno or 0,
                    )
        lines = self._sources.get(file, "").split("\n")
        said = f"{type(fault).__name__}: {fault}" if isinstance(fault, KeyError) else str(fault)
        return Problem(
            code="template",
            level=Level.ERROR,
            file=f"templates/{file}",
            line=line,
            column=1 if line else 0,
            excerpt=lines[line - 1] if 0 < line <= len(lines) else "",
            message=f"this template cannot be used: {said}",
            mend="Look at the names in {{ }} and at the {% %} that opens here; docs/theming says what a template gets.",
        )

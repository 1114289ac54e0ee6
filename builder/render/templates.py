"""Templates: strict, escaped, and their mistakes told with their own file and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError

from builder.problem import Level, Problem, Trouble, guess

_ESCAPED = (".html", ".xml", ".svg", ".mjml")

_FAULTS = (TemplateError, TypeError, AttributeError, LookupError, ValueError, ArithmeticError, RecursionError)
"""What a template can meet when it is wrong."""


class _Noting(Environment):
    """An environment that remembers which template looked for which, found or not, in every way Jinja has.

    Its loader is asked only once for each, and is not asked again for what an imported module loaded when it was made.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._looked_for: dict[str, set[str]] = {}
        self._reached: dict[str, tuple[int, frozenset[str]]] = {}
        self._known = 0

    def join_path(self, template: str, parent: str) -> str:
        found = self._looked_for.setdefault(parent, set())
        if template not in found:
            found.add(template)
            self._known += 1
        return template

    def reached_from(self, name: str) -> frozenset[str]:
        known, reached = self._reached.get(name, (-1, frozenset()))
        if known != self._known:
            seen = {name}
            waiting = [name]
            while waiting:
                new = self._looked_for.get(waiting.pop(), set()) - seen
                seen |= new
                waiting += new
            reached = frozenset(seen)
            self._reached[name] = (self._known, reached)
        return reached


class Templates:
    """The theme's templates, compiled once. Undefined names are errors; text is escaped unless it is Markup.

    `stage` stands around each that is filled, by its name, for whoever wants to know how long it takes.
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        stage: Callable[[str], AbstractContextManager[None]] = lambda name: nullcontext(),
    ) -> None:
        self._sources = sources
        self._stage = stage
        self._environment = _Noting(
            loader=FunctionLoader(self._found),
            undefined=StrictUndefined,
            autoescape=lambda name: name is None or name.endswith(_ESCAPED),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def source(self, name: str) -> str | None:
        return self._sources.get(name)

    def reached_from(self, name: str) -> frozenset[str]:
        """The template `name` and all that it and they have looked for, those that are not there included."""
        return self._environment.reached_from(name)

    def _found(self, name: str) -> tuple[str, str, None] | None:
        """A template with its name in a file's place, so that a fault inside says which template it is in."""
        return (self._sources[name], name, None) if name in self._sources else None

    def render(self, name: str, **values: Any) -> str:
        """The template `name` with `values`. Raises Trouble when the template is wrong."""
        try:
            with self._stage(f"template {name}"):
                return self._environment.get_template(name).render(values)
        except _FAULTS as fault:
            raise Trouble(self._problem(name, fault, values)) from fault

    def _problem(self, name: str, fault: Exception, values: Mapping[str, Any]) -> Problem:
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
        message, mend, near = _said(fault, values)
        return Problem(
            code="template",
            level=Level.ERROR,
            file=f"templates/{file}",
            line=line,
            column=_column(lines[line - 1], message) if 0 < line <= len(lines) else 0,
            excerpt=lines[line - 1] if 0 < line <= len(lines) else "",
            message=message,
            mend=mend,
            guess=near,
        )


_UNDEFINED = re.compile(r"'(?P<name>[^']*)' is undefined")
_LONGEST_LIST = 100
"""Letters of a list that a line still has room for."""

_NO_ATTRIBUTE = re.compile(r"'?(?P<of>[\w. ]+?)'? has no attribute '(?P<name>[^']*)'")
_UNCLOSED = re.compile(r"innermost block that needs to be closed is '(?P<block>\w+)'")
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(?P<tag>\w+)'")


def _said(fault: Exception, values: Mapping[str, Any]) -> tuple[str, str, str]:
    """A template's fault in our words: what is wrong, how to mend it, and a guess."""
    said = f"{type(fault).__name__}: {fault}" if isinstance(fault, KeyError) else str(fault).strip()
    undefined = _UNDEFINED.search(said)
    if undefined:
        near = guess(undefined["name"], values)
        return (
            f"this template says `{undefined['name']}`, and nothing of that name is given to it",
            f"Correct the name. What is given: {', '.join(sorted(values))}."
            if values
            else "Correct the name.",
            near,
        )
    lacking = _NO_ATTRIBUTE.search(said)
    if lacking:
        kind = lacking["of"].rpartition(".")[2].removesuffix(" object")
        name, value = next(
            ((name, value) for name, value in values.items() if type(value).__name__ == kind),
            ("that", None),
        )
        has = [one for one in dir(value) if not one.startswith("_")] if value is not None else []
        return (
            f"`.{lacking['name']}` is not something that `{name}` has",
            f"Correct the name. What it has: {', '.join(has)}."
            if has and len(", ".join(has)) <= _LONGEST_LIST
            else "Correct the name; docs/theming says what a template gets.",
            guess(lacking["name"], has),
        )
    unclosed = _UNCLOSED.search(said)
    if unclosed:
        return (
            f"`{{% {unclosed['block']} %}}` is opened in this template and not closed",
            f"Put  {{% end{unclosed['block']} %}}  where it ends.",
            "",
        )
    tag = _UNKNOWN_TAG.search(said)
    if tag:
        return (
            f"`{{% {tag['tag']} %}}` is not something a template can say here",
            "Correct the word; if it ends a part, look for the line that should have begun it.",
            guess(tag["tag"], _TAGS),
        )
    return (
        f"this template cannot be used: {said[:1].lower()}{said[1:]}",
        "Look at this line's {{ }} and {% %}; docs/theming says what a template gets.",
        "",
    )


_TAGS = "block endblock for endfor if elif else endif set endset include extends import macro endmacro with endwith".split()


def _column(line: str, message: str) -> int:
    """Where in its line the word stands that a message is about, or its first letter."""
    name = re.search(r"`\.?(?:\{% )?(\w+)", message)
    found = line.find(name[1]) if name else -1
    return found + 1 if found >= 0 else len(line) - len(line.lstrip()) + 1

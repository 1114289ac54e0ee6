"""What stands in a person's place: the name in the form, script and case that consent and language ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from builder.model.consent import Leave
from builder.model.newsletter import Settings
from builder.model.page import Naming
from builder.model.person import Form, Name, NameForms, Narrowing
from builder.model.text import Reference, Text
from builder.render.words import Speaker, script_of

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

Ask = Callable[[str, tuple[Narrowing, ...]], Leave]
"""What may be said of a person where these narrowings hold; consent's own answer, handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Names people in the words of one work, in one language, on one channel, and notes whom it named.

    `speaker` speaks the text's own language, or the page's where the theme has no words for it. `work` is the story's
    version (`night/fa`) or the edition (`edition:2026-w11`) whose words these are.
    """

    settings: Settings
    ask: Ask
    speaker: Speaker
    language: str
    work: str = ""
    narrowings: tuple[Narrowing, ...] = ()
    named: list[Naming]

    def plain(self, text: Text) -> str:
        """The text as plain words; names in another script are isolated, so that they turn no sentence round."""
        return "".join(part if isinstance(part, str) else self.words(part) for part in text.parts)

    def markup(self, text: Text) -> Markup:
        """The text as safe HTML, names in `<bdi>`."""
        parts = text.parts
        if len(parts) == 1 and isinstance(parts[0], str):
            return escape(parts[0])
        return Markup("").join(escape(part) if isinstance(part, str) else self.marked(part) for part in parts)

    def words(self, reference: Reference) -> str:
        """What stands at `reference` in plain words."""
        name = self._name(reference)
        if name is None:
            return self._otherwise(reference)
        text, script = name
        if script != script_of(self.language):
            text = f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
        return reference.pattern.replace("*", text, 1)

    def marked(self, reference: Reference) -> Markup:
        """What stands at `reference` as safe HTML."""
        name = self._name(reference)
        if name is None:
            return escape(self._otherwise(reference))
        before, _, after = reference.pattern.partition("*")
        return Markup(f"{escape(before)}<bdi>{escape(name[0])}</bdi>{escape(after)}")  # noqa: S704  each part is escaped

    def may_show(self, people: Iterable[str]) -> bool:
        """Whether a picture of these people may stand here; where it may, that is noted as naming them."""
        forms = [(person, self.ask(person, self.narrowings).form) for person in sorted(people)]
        if not all(form for _, form in forms):
            return False
        self.named.extend(Naming(person, form.value, self.work) for person, form in forms if form)
        return True

    def may_name(self, person: str) -> bool:
        return self.ask(person, self.narrowings).form is not None

    def _name(self, reference: Reference) -> tuple[str, str] | None:
        leave = self.ask(reference.person, self.narrowings)
        if leave.form is None:
            return None
        self.named.append(Naming(reference.person, leave.form.value, self.work))
        return name_of(leave.names, leave.form, script_of(self.language), reference.case)

    def _otherwise(self, reference: Reference) -> str:
        if reference.otherwise:
            return reference.otherwise
        return reference.pattern.replace("*", self.colleague(reference.person), 1)

    def colleague(self, person: str) -> str:
        """The phrase for someone unnamed: with their team, unless it is too small to hide anyone."""
        team = self.ask(person, self.narrowings).team
        if not team:
            return self.speaker.say("person.colleague")
        return self.speaker.say("person.colleague_in", team=self.speaker.own(team, self.settings)[1])


def name_of(names: tuple[Name, ...], form: Form, script: str, case: str = "") -> tuple[str, str]:
    """A name and its script: in `script` where the record has it, else as it stands in the record's first."""
    name = next((one for one in names if one.script == script), names[0])
    forms: NameForms = dict(name.cases).get(case, name.forms)
    return getattr(forms, form.value), name.script

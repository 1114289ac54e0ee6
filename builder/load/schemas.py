"""JSON Schemas of what editors write, for programs that help while they write; made from the forms themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.load.forms import EditionForm, Form, PersonForm, SettingsForm, StoryForm, TeamForm
from builder.load.metric_forms import MetricForm
from builder.load.said_forms import CommitmentForm, CorrectionForm, PromiseForm, VoiceForm

_FORMS: Mapping[str, tuple[type[Form], bool, str]] = {
    "newsletter": (SettingsForm, False, "stories/newsletter.yaml"),
    "people": (PersonForm, True, "stories/people.yaml"),
    "teams": (TeamForm, True, "stories/teams.yaml"),
    "metric": (MetricForm, False, "stories/metrics/*.yaml"),
    "voice": (VoiceForm, False, "stories/voices/*.yaml"),
    "commitment": (CommitmentForm, False, "stories/commitments/*.yaml"),
    "promise": (PromiseForm, False, "stories/promises/*.yaml"),
    "correction": (CorrectionForm, False, "stories/corrections/*.yaml"),
    "story": (StoryForm, False, "the front matter of stories/YEAR/*.md"),
    "edition": (EditionForm, False, "the front matter of stories/editions/*.md"),
}

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """A JSON Schema (draft 2020-12) for each kind of file, by name; descriptions are the forms' own.

    A translation inherits what it does not say, so for the front matter of a story or an edition nothing is required
    here; the build says what is missing.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, (form, listed, where) in _FORMS.items():
        schema = form.model_json_schema(by_alias=True)
        definitions = schema.pop("$defs", {})
        for one in (schema, *definitions.values()):
            _tidy(one)
        if name in ("story", "edition"):
            schema.pop("required", None)
        head: dict[str, Any] = {"$schema": DIALECT, "title": f"Yearround: {where}"}
        body = {"type": "array", "items": schema} if listed else schema
        found[name] = {**head, **body, **({"$defs": definitions} if definitions else {})}
    return found


def places() -> dict[str, str]:
    """Which files each schema of a whole file is for, as patterns from the newsroom's folder."""
    return {name: where for name, (_, _, where) in _FORMS.items() if where.startswith("stories/")}


def _tidy(schema: dict[str, Any]) -> None:
    """Less what repeats the keys; and with other keys refused, as a misspelt one should be seen while it is written."""
    schema.pop("title", None)
    schema.pop("description", None)
    if "properties" in schema:
        schema["additionalProperties"] = False
        for key, one in schema["properties"].items():
            one.pop("title", None)
            one.pop("default", None)
            if key not in schema.get("required", ()):
                schema["properties"][key] = _or_nothing(one)


def _or_nothing(kind: dict[str, Any]) -> dict[str, Any]:
    """The same, or nothing: a key without a value says no more than none."""
    head = {"description": kind["description"]} if "description" in kind else {}
    body = {key: value for key, value in kind.items() if key != "description"}
    nothing = {"type": "null"}
    if "anyOf" in body:
        return {**head, "anyOf": [*(one for one in body["anyOf"] if one != nothing), nothing]}
    return {**head, "anyOf": [body, nothing]} if body else {**head}

"""The theme's words: one YAML file per language becomes a Catalogue; all have the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.load.marks import read_yaml
from builder.load.pages import decode
from builder.model.sources import Theme
from builder.model.words import Catalogue
from builder.problem import Problem, guess

_PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))
_PLACE = re.compile(r"\{(\w+)\}")


def catalogues(theme: Theme) -> tuple[Mapping[str, Catalogue], tuple[Problem, ...]]:
    """All catalogues by language, and a Problem for each key that one has and another lacks or fills differently."""
    found: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for language, source in theme.words:
        page, faults = decode(source)
        marked = read_yaml(page)
        problems += [*faults, *marked.problems]
        texts: dict[str, Mapping[str, str]] = {}
        _flatten(marked.data if isinstance(marked.data, dict) else {}, "", texts)
        found[language] = Catalogue(language=language, texts=texts)
    sources = dict(theme.words)
    every: dict[str, frozenset[str]] = {}
    for catalogue in found.values():
        for key, forms in catalogue.texts.items():
            every.setdefault(key, frozenset())
            every[key] |= frozenset(_PLACE.findall(forms["other"])) - {"n"}
    for language, catalogue in found.items():
        page, _ = decode(sources[language])
        for key, places in every.items():
            own = catalogue.texts.get(key)
            if own is None:
                problems.append(
                    page.problem(
                        "word-missing",
                        f"the words for `{key}` are missing in `{language}`",
                        "Add the key; the files of all languages have the same keys.",
                        guess=guess(key, catalogue.texts),
                    )
                )
            elif frozenset(_PLACE.findall(own["other"])) - {"n"} != places:
                problems.append(
                    page.problem(
                        "word-places",
                        f"the words for `{key}` in `{language}` do not have the places {{{'}, {'.join(sorted(places))}}}",
                        "Keep the words in braces as they are in the other languages.",
                    )
                )
    return found, tuple(problems)


def _flatten(data: Mapping[str, object], prefix: str, texts: dict[str, Mapping[str, str]]) -> None:
    for key, value in data.items():
        if isinstance(value, dict) and set(value) <= _PLURALS and "other" in value:
            texts[prefix + key] = {category: str(text) for category, text in value.items()}
        elif isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", texts)
        else:
            texts[prefix + key] = {"other": "" if value is None else str(value)}

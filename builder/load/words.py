"""The theme's words: one YAML file per language becomes a Catalogue; all have the same keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from builder.load.marks import Page, read_yaml
from builder.load.pages import decode
from builder.model.sources import SourceFile, Theme
from builder.model.words import Catalogue
from builder.problem import Level, Problem, guess

_PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))
_PLACE = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=2)
def catalogues(theme: Theme) -> tuple[Mapping[str, Catalogue], tuple[Problem, ...]]:
    """All catalogues by language, and a Problem for each key that one has and another lacks or fills differently.

    A newsroom's own words come over the theme's, key by key; those of a language that the theme does not speak must
    have every key.
    """
    problems: list[Problem] = []
    texts: dict[str, dict[str, Mapping[str, str]]] = {}
    pages: dict[str, Page] = {}
    for language, source in theme.words:
        texts[language], pages[language], faults = _read(source)
        problems += faults
    every = _places(texts)
    for language, source in theme.own_words:
        own, page, faults = _read(source)
        problems += [*faults, *_unknown(own, every, page)]
        texts[language] = {**texts.get(language, {}), **{key: own[key] for key in own if key in every}}
        pages[language] = page
    for language, known in texts.items():
        problems += _lacking(language, known, every, pages[language])
    return {language: Catalogue(language=language, texts=known) for language, known in texts.items()}, tuple(
        problems
    )


def unspoken(languages: Iterable[str], known: Mapping[str, Catalogue]) -> Iterator[Problem]:
    """A Problem for each of the site's languages in which nothing can be said."""
    for language in languages:
        if language not in known and language.split("-")[0] not in known:
            yield Problem(
                code="words-none",
                level=Level.WARNING,
                file="stories/newsletter.yaml",
                message=f"there are no words for `{language}`, so its pages speak English",
                mend=f"Write them into templates/words/{language}.yaml, as docs/theming says; or take it out of `languages`.",
            )


def _read(source: SourceFile) -> tuple[dict[str, Mapping[str, str]], Page, list[Problem]]:
    page, faults = decode(source)
    marked = read_yaml(page)
    texts: dict[str, Mapping[str, str]] = {}
    _flatten(marked.data if isinstance(marked.data, dict) else {}, "", texts)
    return texts, page, [*faults, *marked.problems]


def _places(texts: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, frozenset[str]]:
    """The {places} of each key, in all languages together; {n} may always be left out."""
    every: dict[str, frozenset[str]] = {}
    for known in texts.values():
        for key, forms in known.items():
            every[key] = every.get(key, frozenset()) | frozenset(_PLACE.findall(forms["other"])) - {"n"}
    return every


def _unknown(
    own: Mapping[str, Mapping[str, str]], every: Mapping[str, frozenset[str]], page: Page
) -> Iterator[Problem]:
    for key in own:
        if key not in every:
            yield page.problem(
                "word-unknown",
                f"the theme has no words `{key}`, so nothing ever says these",
                "Correct the key; the dots stand for keys inside one another.",
                guess=guess(key, every),
            )


def _lacking(
    language: str, known: Mapping[str, Mapping[str, str]], every: Mapping[str, frozenset[str]], page: Page
) -> Iterator[Problem]:
    missing = [key for key in every if key not in known]
    if missing:
        first = ", ".join(f"`{key}`" for key in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield page.problem(
            "word-missing",
            f"the words of `{language}` have no {first}{more}",
            "Begin with a copy of the theme's words/en.yaml, and translate what stands after each colon.",
        )
    for key, places in every.items():
        own = known.get(key)
        if own is None:
            continue
        if frozenset(_PLACE.findall(own["other"])) - {"n"} != places:
            yield page.problem(
                "word-places",
                f"the words for `{key}` in `{language}` lack {{{'}, {'.join(sorted(places))}}}, or have another in its place"
                if places
                else f"the words for `{key}` in `{language}` have braces that nothing fills",
                "Keep what stands in braces exactly as it is in the other languages.",
            )


def _flatten(data: Mapping[str, object], prefix: str, texts: dict[str, Mapping[str, str]]) -> None:
    for key, value in data.items():
        if isinstance(value, dict) and set(value) <= _PLURALS and "other" in value:
            texts[prefix + key] = {category: str(text) for category, text in value.items()}
        elif isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", texts)
        else:
            texts[prefix + key] = {"other": "" if value is None else str(value)}

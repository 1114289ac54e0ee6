"""The theme that ships, with what a newsroom's own `templates/` put over it."""

from __future__ import annotations

from dataclasses import replace

from builder.load.marks import Page
from builder.load.pages import decode
from builder.model.sources import SourceFile, Theme
from builder.problem import Level, Problem, guess

SHIPPED = "theme/"
"""`{% extends "theme/story.html" %}`: the template that ships, beneath one of the same name."""

OWN_STYLE = "own.css"
"""A newsroom's own style sheet among its assets; it comes after the theme's, so that it has the last word."""


def with_own(shipped: Theme, own: tuple[SourceFile, ...]) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme as this newsroom has it; `own` are the files of its `templates/`, by their path.

    A template or an asset of the same name replaces the theme's; words replace single keys, or bring a language.
    """
    templates = dict(shipped.templates)
    templates |= {SHIPPED + name: text for name, text in shipped.templates}
    assets = dict(shipped.assets)
    words: list[tuple[str, SourceFile]] = []
    problems: list[Problem] = []
    for source in own:
        name = source.path.removeprefix("templates/")
        if name.startswith("assets/"):
            assets[name.removeprefix("assets/")] = source.data
        elif name.startswith("words/"):
            words.append((name.removeprefix("words/").rpartition(".")[0], source))
        else:
            page, faults = decode(source)
            problems += faults
            near = "" if name in templates else guess(name, (one for one, _ in shipped.templates))
            if near:
                problems.append(_misnamed(page, near))
            if not faults:
                templates[name] = page.text
    return replace(
        shipped,
        templates=tuple(sorted(templates.items())),
        assets=tuple(sorted(assets.items())),
        own_words=tuple(words),
    ), tuple(problems)


def _misnamed(page: Page, near: str) -> Problem:
    return page.problem(
        "template-name",
        "the theme has no template of this name, so this one replaces nothing",
        "Correct its name; if a template of yours includes it, give it a name that is not so like one of the theme's.",
        level=Level.WARNING,
        guess=near,
    )

"""Markdown files on their way to be stories: opened, their names taken apart, translations beside their originals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from builder.load.kinds import ID, Wrong, slug, tag
from builder.load.marks import Page
from builder.load.pages import Article, bad_file_name, decode, split_article
from builder.model.sources import SourceFile
from builder.problem import Problem, guess

_NOT_INHERITED = frozenset(
    (
        "title",
        "summary",
        "why_it_matters",
        "what_changed",
        "lang",
        "translation_of",
        "aliases",
        "not_a_name",
        "extra",
    )
)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One file: its name taken apart, its front matter still plain data, its language known."""

    source: SourceFile
    page: Page
    article: Article
    id: str
    lang: str

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.article.head.data
        return data

    @property
    def is_draft(self) -> bool:
        return self.data.get("status") == "draft"


def name_and_language(path: str) -> tuple[str, str]:
    """A file's name taken apart: `2026/night.fa.md` is ("night", "fa"), `2026/night.md` is ("night", "")."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    name, dot, language = stem.partition(".")
    return (name, language) if dot else (stem, "")


def open_manuscript(source: SourceFile, default: str) -> tuple[Manuscript | None, list[Problem]]:
    """A file opened, or what is wrong with its name, its encoding or its shape; `default` is the default language."""
    page, faults = decode(source)
    if faults:
        return None, list(faults)
    article, problems = split_article(page)
    found = list(problems)
    id, suffix = name_and_language(source.path)
    language = default
    if not ID.fullmatch(id):
        found.append(bad_file_name(page, id))
        return None, found
    if suffix:
        try:
            language = tag(suffix)
        except Wrong:
            found.append(bad_language(page, id, suffix))
            return None, found
    if article is None or article.head.data is None:
        return None, found
    if isinstance(article.head.data.get("lang"), str):
        with suppress(Wrong):  # said by the form, at its place
            language = tag(article.head.data["lang"])
    return Manuscript(source, page, article, id, language), found


def bad_language(page: Page, id: str, suffix: str) -> Problem:
    return page.problem(
        "file-language",
        f"`{suffix}` in the file's name is not the tag of a language",
        "A dot stands before a language, as in night.fa.md; write a hyphen before anything else.",
        guess=f"{id}-{slug(suffix)}.md",
    )


def originals_of(
    manuscripts: Sequence[Manuscript], ids: Iterable[str]
) -> tuple[dict[str, Manuscript], list[Problem]]:
    """For each translation (by its file's path) the file it is a translation of; `ids` are those of all there are.

    `NAME.LANG.md` is a translation of `NAME.md`, or where that is absent of the first file of that name that says a
    date; `translation_of` names any story's id.
    """
    problems: list[Problem] = []
    by_id: dict[str, list[Manuscript]] = {}
    for manuscript in manuscripts:
        by_id.setdefault(manuscript.id, []).append(manuscript)
    heads = {
        id: min(
            group,
            key=lambda d: (
                "." in d.source.path.rpartition("/")[2][:-3],
                "date" not in d.data,
                d.source.path,
            ),
        )
        for id, group in by_id.items()
    }
    originals: dict[str, Manuscript] = {}
    for manuscript in manuscripts:
        of = manuscript.data.get("translation_of")
        if isinstance(of, str) and of:
            if of in heads and heads[of] is not manuscript:
                originals[manuscript.source.path] = heads[of]
            elif of not in heads:
                problems.append(
                    manuscript.page.problem(
                        "translation-of-nothing",
                        f"there is no story `{of}` that this could be a translation of",
                        "Write the name of the original's file, without .md.",
                        at=manuscript.article.head.at(("translation_of",)),
                        guess=guess(of, ids),
                    )
                )
            elif of == manuscript.id:
                problems.append(_circle(manuscript, [manuscript.source.path]))
        elif heads[manuscript.id] is not manuscript:
            originals[manuscript.source.path] = heads[manuscript.id]
    for path, nearest in list(originals.items()):
        above = nearest
        chain = [path]
        while above.source.path in originals:
            if above.source.path in chain:
                problems.append(_circle(next(one for one in manuscripts if one.source.path == path), chain))
                originals.pop(path)
                break
            chain.append(above.source.path)
            above = originals[above.source.path]
            originals[path] = above
    return originals, problems


def _circle(first: Manuscript, chain: Sequence[str]) -> Problem:
    others = [path.rpartition("/")[2] for path in chain if path != first.source.path]
    if not others:
        message = "this story says that it is a translation of itself"
    elif len(others) == 1:
        message = f"this story and {others[0]} each say that they are a translation of the other"
    else:
        message = f"this story, {', '.join(others[:-1])} and {others[-1]} say in a circle that each translates the next"
    return first.page.problem(
        "translation-circle",
        message,
        "Take the line `translation_of:` out of the one that was written first.",
        at=first.article.head.key_at(("translation_of",)),
    )


def inheritance(original: Manuscript) -> dict[str, Any]:
    """What a translation need not say again; never words, which would stand there in the wrong language."""
    data = {key: value for key, value in original.data.items() if key not in _NOT_INHERITED}
    if isinstance(data.get("picture"), dict):
        data["picture"] = {key: value for key, value in data["picture"].items() if key != "alt"}
    if isinstance(data.get("customer"), dict):
        data["customer"] = {key: value for key, value in data["customer"].items() if key != "as"}
    return data


def originals_among(
    sources: Sequence[SourceFile], default: str
) -> tuple[dict[str, SourceFile], tuple[Problem, ...]]:
    """The original of each translation, by the translation's path. Only files that may be one, or have one, are opened."""
    by_name: dict[str, list[SourceFile]] = {}
    for source in sources:
        by_name.setdefault(name_and_language(source.path)[0], []).append(source)
    opened: dict[str, Manuscript | None] = {}

    def open_all(group: Iterable[SourceFile]) -> None:
        for source in group:
            if source.path not in opened:
                opened[source.path] = open_manuscript(source, default)[0]

    for group in by_name.values():
        if len(group) > 1 or any(map(_may_translate, group)):
            open_all(group)
    waiting = [one for one in opened.values() if one]
    while waiting:
        of = waiting.pop().data.get("translation_of")
        group = [one for one in by_name.get(of, ()) if one.path not in opened] if isinstance(of, str) else []
        open_all(group)
        waiting += [found for one in group if (found := opened[one.path])]
    place = {source.path: index for index, source in enumerate(sources)}
    in_order = sorted((one for one in opened.values() if one), key=lambda one: place[one.source.path])
    heads, problems = originals_of(in_order, by_name)
    return {path: manuscript.source for path, manuscript in heads.items()}, tuple(problems)


def _may_translate(source: SourceFile) -> bool:
    """Whether a file may say `translation_of`, were it in YAML's escapes."""
    return b"translation_of" in source.data or b"\\" in source.data

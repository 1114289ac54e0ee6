"""Bringing an existing blog into the newsroom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from builder.deliver.newsroom import write_new
from builder.load import disk, intake, posts
from builder.load.kinds import tag
from builder.load.settings import read_settings
from builder.model.newsletter import Settings
from builder.model.post import Blog, Brought, Placed, Post, Report, Written
from builder.model.sources import SourceFile, Sources
from builder.plan import imports, moves
from builder.plan.imports import House
from builder.problem import Level, Problem, Trouble, errors, in_order
from builder.render.pictures import derive
from builder.render.source import story_file


def import_posts(folder: Path, newsroom: Path, language: str = "") -> Report:
    """Bring every post of the blog in `folder` into `newsroom`, or say why not; what is there already stays as it is.

    `language` is that of posts which do not say theirs. Raises Trouble when there is no newsroom here, when its
    settings are broken, or when the disk refuses.
    """
    sources = disk.read(newsroom)
    settings = _settings(sources)
    blog = disk.read_blog(folder, newsroom)
    understood, problems = _understand(blog, settings, tag(language) if language else "")
    house = _house(sources, settings)
    kept = [record for source in sources.stories if (record := posts.imported(source))]
    placed, doubts = imports.place(understood, kept, house)
    files = moves.by_composition(blog.files)
    open_picture = disk.open_below(folder)
    brought = _look_at(moves.wanted(placed, files), open_picture)
    stories = moves.settle(placed, files, brought, house, _digests(disk.open_inside(newsroom)))
    whole, refused = _prove(stories, sources)
    write_new(newsroom, _files(whole, house, open_picture))
    return Report(
        written=tuple((one.placed.post.file, one.placed.file, one.placed.post.lang) for one in whole),
        already=tuple((one.post.file, one.file, one.changed) for one in placed if one.kept),
        pictures=tuple(sorted({(source, place) for one in whole for place, source in one.pictures})),
        extra=_count(key for one in whole for key in one.front["extra"] if key != "imported"),
        empty=_count(key for one in whole for key in one.placed.post.empty),
        problems=in_order([*blog.problems, *_about_new(problems, placed), *doubts, *_said(whole), *refused]),
    )


def _settings(sources: Sources) -> Settings:
    """The newsroom's settings; raises Trouble with the first thing that is wrong with them."""
    found, problems = read_settings(sources.settings) if sources.settings else (None, sources.problems)
    if found is None:
        raise Trouble(errors(problems)[0])
    return found


def _understand(blog: Blog, settings: Settings, language: str) -> tuple[tuple[Post, ...], list[Problem]]:
    found: list[Post] = []
    problems = list(posts.of_other_kinds(blog.files))
    for source in blog.posts:
        post, notes = posts.understand(source, languages=settings.languages, language=language)
        problems += notes
        if post:
            found.append(post)
    return tuple(found), problems


def _house(sources: Sources, settings: Settings) -> House:
    newsroom, _ = intake.understand(sources)
    former = (alias for story in newsroom.stories for alias in story.aliases)
    return House(
        languages=settings.languages,
        stories=frozenset(source.path.removeprefix("stories/") for source in sources.stories),
        pictures=frozenset(sources.pictures),
        aliases=frozenset(alias.casefold() for alias in former),
    )


def _look_at(paths: Iterable[str], open_picture: Callable[[str], bytes]) -> Mapping[str, Brought]:
    """Every picture that a story wants, made ready once for trial: what the build would refuse stays away."""
    found: dict[str, Brought] = {}
    for path in paths:
        try:
            picture = open_picture(path)
        except OSError as fault:
            found[path] = Brought(sha256="", refused=(fault.strerror or "it could not be read").lower())
            continue
        made = derive(path, picture)
        found[path] = Brought(
            sha256=sha256(picture).hexdigest(), refused=made.message if isinstance(made, Problem) else ""
        )
    return found


def _digests(open_picture: Callable[[str], bytes]) -> Callable[[str], str]:
    return lambda path: sha256(open_picture(path)).hexdigest()


def _prove(stories: Sequence[Written], sources: Sources) -> tuple[list[Written], list[Problem]]:
    """The stories that the newsroom will read without an error, and why the others are left out.

    What is left out may be the original of a translation, so it is asked again until nothing more falls.
    """
    whole = list(stories)
    refused: list[Problem] = []
    while True:
        faults = _faults(whole, sources)
        refused += [
            Problem(
                code="post-unreadable",
                level=Level.ERROR,
                file=one.placed.post.file,
                message=f"this would not be whole as a story: {faults[one.placed.file].message}",
                mend=faults[one.placed.file].mend,
                excerpt=faults[one.placed.file].excerpt,
            )
            for one in whole
            if one.placed.file in faults
        ]
        if not faults:
            return whole, refused
        whole = [one for one in whole if one.placed.file not in faults]


def _faults(stories: Iterable[Written], sources: Sources) -> Mapping[str, Problem]:
    """The first error that each of these stories would bring into the newsroom, by its path inside `stories/`."""
    new = {f"stories/{one.placed.file}": story_file(one.front, one.body) for one in stories}
    pictures = {place for one in stories for place, _ in one.pictures}
    together = replace(
        sources,
        stories=(*sources.stories, *(SourceFile(path=path, data=content) for path, content in new.items())),
        pictures=tuple(sorted(pictures.union(sources.pictures))),
    )
    _, problems = intake.understand(together)
    found: dict[str, Problem] = {}
    for problem in errors(problems):
        if problem.file in new:
            found.setdefault(problem.file.removeprefix("stories/"), problem)
    return found


def _files(
    stories: Sequence[Written], house: House, open_picture: Callable[[str], bytes]
) -> Mapping[str, bytes]:
    """Pictures first: whoever stops it halfway leaves no story without its picture."""
    pictures = {
        place: source for one in stories for place, source in one.pictures if place not in house.pictures
    }
    files = {place: open_picture(source) for place, source in sorted(pictures.items())}
    return files | {one.placed.file: story_file(one.front, one.body) for one in stories}


def _about_new(problems: Iterable[Problem], placed: Iterable[Placed]) -> list[Problem]:
    """What was said of posts that are new or left out; of the others it was said when they came."""
    there = {one.post.file for one in placed if one.kept}
    return [problem for problem in problems if problem.file not in there]


def _said(stories: Iterable[Written]) -> list[Problem]:
    return [problem for one in stories for problem in one.problems]


def _count(keys: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(keys).items()))

"""The first half of every way: a newsroom read, understood, arranged, laid out and converted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from builder.check import links, names, prompts, rules
from builder.check.texts import all_texts
from builder.load import intake, words
from builder.model.body import Body
from builder.model.library import Library
from builder.model.newsletter import Newsroom
from builder.model.page import Plan
from builder.model.picture import Derived
from builder.model.sources import Sources, Theme
from builder.model.story import Audience, Status
from builder.plan import edition, layout
from builder.plan.library import arrange
from builder.plan.links import Links, picture_path, to_places_that_are_there
from builder.problem import Level, Problem
from builder.render.markdown import convert, converted
from builder.render.pictures import derived
from builder.render.press import Press
from builder.render.templates import Templates
from builder.render.words import speakers

Tell = Callable[[str], None]
"""Takes a line for whoever waits: what is being done."""


class Spread(Protocol):
    """Does one thing to many items, perhaps in several processes; the results in the items' order."""

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterable[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is handed in from outside: the theme, the clock's one answer, and the ways to work, speak and read."""

    theme: Theme
    now: datetime
    audience: Audience = Audience.STAFF
    tell: Tell
    spread: Spread
    open_picture: Callable[[str], bytes]
    ahead: bool = False
    """Whether drafts and future items are shown too; never for what is written anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A newsroom ready to be printed, and every Problem that was found on the way."""

    newsroom: Newsroom
    library: Library
    plan: Plan
    press: Press
    problems: tuple[Problem, ...]


def read(sources: Sources) -> tuple[Newsroom, tuple[Problem, ...]]:
    """Read and parse: all that must go well before it is known what has to be taken out."""
    return intake.understand(sources)


def prepare(sources: Sources, desk: Desk) -> Prepared:
    """Read, parse, arrange, plan, convert, choose: everything that comes before a page or a mail is made."""
    return go_on(*read(sources), desk)


def go_on(newsroom: Newsroom, problems: tuple[Problem, ...], desk: Desk) -> Prepared:
    """Arrange, plan, convert, choose: the rest of `prepare`, once the newsroom is read."""
    catalogues, word_problems = words.catalogues(desk.theme)
    library = arrange(newsroom, desk.now, desk.audience, ahead=desk.ahead)
    plan, plan_problems = layout.lay_out(library)
    desk.tell(f"converting {len(newsroom.stories)} stories")
    bodies, body_problems = _convert(newsroom, desk.spread)
    pictures, picture_problems = _derive(library, bodies, desk)
    contents = {one.id: edition.fill(one, library) for one in library.editions}
    resolver = Links(library)
    ids = _ids(library, resolver, bodies)
    own = {file: frozenset(body.ids) for file, body in bodies.items()}
    press = Press(
        library=library,
        plan=plan,
        speakers=speakers(catalogues, newsroom.settings),
        templates=Templates(dict(desk.theme.templates)),
        bodies=bodies,
        pictures=pictures,
        contents=contents,
        resolve=to_places_that_are_there(resolver.resolve, own, ids),
        picture_path=picture_path,
        shown=shown_on(newsroom),
    )
    found = [
        *problems,
        *word_problems,
        *words.unspoken(newsroom.settings.languages, catalogues),
        *plan_problems,
        *body_problems,
        *picture_problems,
        *prompts.prompts_left(
            [*library.stories, *(words for one in library.editions for words in one.words)], catalogues
        ),
        *names.bare_names(newsroom, bodies),
        *links.authors_links(
            [
                *library.stories,
                *newsroom.unsound,
                *(words for one in library.editions for words in one.words),
            ],
            bodies,
            lambda target, file: (
                resolver.resolve(target, file)
                or ("#" if resolver.leads_to_a_broken_file(target, file) else None)
            ),
            resolver.nearest,
            ids,
            resolver.leads_to_what_is_not_published,
        ),
        *rules.find_problems(
            rules.Everything(
                newsroom=newsroom,
                library=library,
                bodies=bodies,
                pictures=pictures,
                picture_path=picture_path,
            )
        ),
    ]
    return Prepared(
        newsroom=newsroom,
        library=library,
        plan=plan,
        press=press,
        problems=_milder_in_drafts(found, newsroom),
    )


def press_for_notices(newsroom: Newsroom, desk: Desk) -> Press:
    """As much of a Press as a notice needs: no story's words, and no picture."""
    catalogues, _ = words.catalogues(desk.theme)
    library = arrange(newsroom, desk.now, desk.audience, ahead=desk.ahead)
    return Press(
        library=library,
        plan=layout.lay_out(library)[0],
        speakers=speakers(catalogues, newsroom.settings),
        templates=Templates(dict(desk.theme.templates)),
        bodies={},
        pictures={},
        contents={},
        resolve=lambda target, file: None,
        picture_path=picture_path,
        shown={},
    )


def shown_on(newsroom: Newsroom) -> dict[str, frozenset[str]]:
    """Who is to be seen on each picture: whoever any story says, ready or not, whichever page it then stands on."""
    shown: dict[str, frozenset[str]] = {}
    for story in (*newsroom.stories, *newsroom.unsound):
        if story.picture:
            path = story.picture.file
            shown[path] = shown.get(path, frozenset()) | frozenset(story.picture.shows)
    return shown


def _convert(newsroom: Newsroom, spread: Spread) -> tuple[dict[str, Body], list[Problem]]:
    """The Body of each text by its file; an empty one where the text is too tangled, and why."""
    jobs = [(text.body, text.file) for text in all_texts(newsroom)]
    bodies: dict[str, Body] = {}
    problems: list[Problem] = []
    for file, result in spread(converted, jobs):
        if isinstance(result, Problem):
            problems.append(result)
        bodies[file] = convert("") if isinstance(result, Problem) else result
    return bodies, problems


def _derive(
    library: Library, bodies: Mapping[str, Body], desk: Desk
) -> tuple[dict[str, Derived], list[Problem]]:
    """The pictures that visible stories and editions use, made ready; each read only when its turn comes."""
    wanted: dict[str, str] = {}
    for story in library.stories:
        if story.picture:
            wanted.setdefault(story.picture.file, story.file)
        for image in bodies[story.file].images:
            wanted.setdefault(picture_path(image.target, story.file), story.file)
    for one in library.editions:
        for said in one.words:
            for image in bodies[said.file].images:
                wanted.setdefault(picture_path(image.target, said.file), said.file)
    known = [path for path in sorted(wanted) if path in library.newsroom.pictures]
    if known:
        desk.tell(f"making {len(known)} pictures ready")
    made: dict[str, Derived] = {}
    problems: list[Problem] = []

    def opened() -> Iterator[tuple[str, bytes]]:
        for path in known:
            try:
                yield path, desk.open_picture(path)
            except OSError as fault:
                problems.append(unreadable(path, fault))

    for path, result in desk.spread(derived, opened()):
        if isinstance(result, Derived):
            made[path] = result
        else:
            problems.append(result)
    return made, problems


def unreadable(inside: str, fault: OSError) -> Problem:
    """Why a picture or file inside `stories/` could not be read when its turn came."""
    return Problem(
        code="unreadable",
        level=Level.ERROR,
        file=f"stories/{inside}",
        message=f"the computer does not let this be read: {(fault.strerror or 'it is not there').lower()}",
        mend="Look at its owner and permissions and, if it is a link, at where it leads.",
    )


def _ids(library: Library, resolver: Links, bodies: Mapping[str, Body]) -> dict[str, frozenset[str]]:
    """The headings that a link can name on each story's page, before the pages are made."""
    return {
        resolver.resolve(story.file.rpartition("/")[2], story.file) or "": frozenset(bodies[story.file].ids)
        for story in library.stories
    }


def _milder_in_drafts(problems: Iterable[Problem], newsroom: Newsroom) -> tuple[Problem, ...]:
    """Problems in drafts are warnings: nobody sees a draft yet."""
    drafts = {story.file for story in newsroom.stories if story.status is Status.DRAFT}
    drafts |= {w.file for one in newsroom.editions if one.status is Status.DRAFT for w in one.words}
    return tuple(
        replace(problem, level=Level.WARNING)
        if problem.file in drafts and problem.level is Level.ERROR
        else problem
        for problem in problems
    )

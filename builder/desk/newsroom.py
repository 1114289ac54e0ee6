"""The first half of every way: a newsroom read, understood, arranged, laid out and converted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from builder.check import names, prompts, too_faint
from builder.check.editions import places_left_empty
from builder.check.texts import Written
from builder.desk.galleys import Galleys, Set
from builder.desk.pictures import Marks, made_ready, shown_on
from builder.desk.proofreading import Ids, milder_in_drafts, proofread
from builder.desk.setting import Desk, Stage
from builder.load import intake, words
from builder.load.theme import OWN_STYLE
from builder.model.address import story_address
from builder.model.body import Gist
from builder.model.brand import Brand
from builder.model.edition import Fullness
from builder.model.library import Library
from builder.model.newsletter import Newsroom, Passage
from builder.model.page import Plan
from builder.model.sources import Sources, Theme
from builder.plan import edition, layout
from builder.plan.corrections import carried
from builder.plan.library import arrange
from builder.plan.links import Links, picture_path, to_places_that_are_there
from builder.plan.related import Related
from builder.problem import Problem, Trouble
from builder.render import palette
from builder.render.assets import called, with_names
from builder.render.press import Press
from builder.render.styles import minified
from builder.render.templates import Templates
from builder.render.words import speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A newsroom ready to be printed, and every Problem that was found on the way.

    `assets` are the theme's files by their address. The rest is what another newsroom of the same arrangement can take
    over: what was made of the texts, the Problems that no text decides (`settled`) and those that each does (`proofs`).
    """

    newsroom: Newsroom
    library: Library
    plan: Plan
    press: Press
    assets: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]
    theme: Theme
    galleys: Galleys
    settled: tuple[Problem, ...]
    proofs: tuple[Problem, ...]
    resolver: Links
    ids: Ids
    picture_marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A newsroom as it was understood, its texts set in type, and what is wrong with it so far."""

    newsroom: Newsroom
    galleys: Galleys
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Memory:
    """What a program that stays need not think through again: it grows old with it, and nobody else sees it."""

    galleys: Set = field(default_factory=Set)
    related: Related = field(default_factory=Related)
    last: Prepared | None = None


def read(sources: Sources, desk: Desk, memory: Memory | None = None) -> Read:
    """Read and parse: all that must go well before it is known what has to be taken out."""
    asked = prompts.questions(words.catalogues(desk.theme)[0])
    again = desk.reread or {one.path: one.data for one in (*sources.stories, *sources.editions)}.__getitem__
    galleys = Galleys(desk, asked, again, memory.galleys if memory else None)
    with desk.stage("set the texts"):
        newsroom, problems = intake.understand(sources, galleys.each)
    return Read(newsroom=newsroom, galleys=galleys, problems=problems)


def prepare(sources: Sources, desk: Desk) -> Prepared:
    """Read, parse, arrange, plan, choose: everything that comes before a page or a mail is made."""
    return go_on(read(sources, desk), desk)


def go_on(
    given: Read, desk: Desk, problems: tuple[Problem, ...] = (), memory: Memory | None = None
) -> Prepared:
    """Arrange, plan, choose: the rest of `prepare`, once the newsroom is read; `problems` were found meanwhile."""
    newsroom, galleys = given.newsroom, given.galleys
    catalogues, word_problems = words.catalogues(desk.theme)
    library = arrange(newsroom, desk.now, desk.audience, ahead=desk.ahead)
    newsroom = library.newsroom
    relations = (memory.related if memory else Related()).among(library, newsroom.settings.related)
    related = {work: tuple(one.work for one in some) for work, some in relations.items()}
    del relations
    plan, plan_problems = layout.lay_out(library)
    by_file = _by_file(newsroom)
    said = (words for one in newsroom.editions for words in one.words)
    galleys.set_words(said, by_file, typographic=newsroom.settings.typographic)
    gists = galleys.gists
    pictures, picture_marks, picture_problems = made_ready(library, gists, desk)
    contents = edition.contents_of(library)
    going_out = (one for one in library.editions if contents[one.id].fullness is not Fullness.NONE)
    library = replace(library, carried=carried(library.corrections, going_out))
    resolver = Links(library)
    own = {file: frozenset(gist.ids) for file, gist in gists.items()}
    ids = {story_address(story, newsroom.settings): own[story.file] for story in library.stories}
    templates = _templates(desk.theme.templates, desk.stage)
    assets, asset_problems = _assets(desk, templates, newsroom.settings.brand)
    names_of_assets, files_of_assets = assets
    press = Press(
        library=library,
        plan=plan,
        speakers=speakers(catalogues, newsroom.settings),
        templates=templates,
        gists=gists,
        parts=galleys.parts,
        pictures=pictures,
        contents=contents,
        resolve=to_places_that_are_there(resolver.resolve, own, ids),
        picture_path=picture_path,
        shown=shown_on(newsroom),
        related=related,
        marks=galleys.marks,
        assets=names_of_assets,
    )
    settled = (
        *word_problems,
        *words.unspoken(newsroom.settings.languages, catalogues),
        *plan_problems,
        *galleys.problems,
        *asset_problems,
        *too_faint.problems(newsroom, palette.too_faint(newsroom.settings.brand)),
        *picture_problems,
        *places_left_empty(contents.values()),
        *prompts.prompts_left(
            (words for one in library.editions for words in one.words), prompts.questions(catalogues)
        ),
        *prompts.measures_unexplained(newsroom.passages, prompts.questions(catalogues)),
        *prompts.said_unanswered(newsroom.passages, newsroom.said, prompts.questions(catalogues)),
        *names.bare_names(replace(newsroom, passages=_unset(newsroom, by_file, gists)), {}),
    )
    texts: list[Written] = [
        *library.stories,
        *newsroom.unsound,
        *(said for one in library.editions for said in one.words),
    ]
    proofs = proofread(texts, newsroom, press, resolver, ids, galleys.whole)
    found = (*given.problems, *problems, *settled, *galleys.left_unanswered(library), *proofs)
    return Prepared(
        newsroom=newsroom,
        library=library,
        plan=plan,
        press=press,
        assets=files_of_assets,
        problems=milder_in_drafts(found, newsroom),
        theme=desk.theme,
        galleys=galleys,
        settled=settled,
        proofs=proofs,
        resolver=resolver,
        ids=ids,
        picture_marks=picture_marks,
    )


def texts_on_view(prepared: Prepared) -> Iterator[str]:
    """The keys of all texts that readers may see: what was kept of them stays of use, though no page had to ask."""
    library, texts = prepared.library, prepared.galleys.texts
    yield from (texts[story.file][0] for story in library.stories)
    yield from (texts[words.file][0] for one in library.editions for words in one.words)


def press_for_notices(newsroom: Newsroom, desk: Desk, published: Iterable[str]) -> Press:
    """As much of a Press as a notice needs: no story's words, and no picture.

    `published` are the addresses of the site in which it will stand, whose own styles it takes.
    """
    catalogues, _ = words.catalogues(desk.theme)
    library = arrange(newsroom, desk.now, desk.audience, ahead=desk.ahead)
    return Press(
        library=library,
        plan=layout.lay_out(library)[0],
        speakers=speakers(catalogues, newsroom.settings),
        templates=_templates(desk.theme.templates, desk.stage),
        gists={},
        parts=lambda file: (),
        pictures={},
        contents={},
        resolve=lambda target, file: None,
        picture_path=picture_path,
        shown={},
        related={},
        marks={},
        assets=called(one for one in published if one.startswith("assets/")),
    )


@lru_cache(maxsize=2)
def _templates(sources: tuple[tuple[str, str], ...], stage: Stage) -> Templates:
    """Templates are compiled once, however often a program that stays asks for them."""
    return Templates(dict(sources), stage)


Assets = tuple[Mapping[str, str], tuple[tuple[str, bytes], ...]]
"""The address that each file of the theme has, by the one it is called by; and the files by their addresses."""


def _assets(desk: Desk, templates: Templates, brand: Brand) -> tuple[Assets, tuple[Problem, ...]]:
    """The theme's files, and what is wrong with the one that is made here.

    Under an editor's eyes they keep their names: so a browser can take a new style without a new page.
    """
    problems: tuple[Problem, ...] = ()
    ours = ""
    try:
        ours = templates.render(
            "brand.css.jinja",
            accent=brand.accent,
            day=palette.by_day(brand),
            night=palette.by_night(brand),
            round=brand.round,
        )
    except Trouble as trouble:
        problems = (trouble.problem,)
    files = [(path, data) for path, data in desk.theme.assets if path != OWN_STYLE]
    files.append(("brand.css", ours.encode("utf-8") + dict(desk.theme.assets).get(OWN_STYLE, b"")))
    names, named = ({}, tuple(files)) if desk.ahead else with_names(map(_to_travel, files))
    return (
        {f"assets/{path}": f"assets/{name}" for path, name in names.items()},
        tuple((f"assets/{name}", data) for name, data in named),
    ), problems


def _to_travel(file: tuple[str, bytes]) -> tuple[str, bytes]:
    """A file of the theme as readers get it: style sheets without what only people need."""
    path, data = file
    if not path.endswith(".css"):
        return file
    try:
        return path, minified(data.decode("utf-8-sig")).encode("utf-8")
    except UnicodeDecodeError:
        return file


def _by_file(newsroom: Newsroom) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in newsroom.passages:
        found.setdefault(passage.file, []).append(passage)
    return found


def _unset(
    newsroom: Newsroom, by_file: Mapping[str, list[Passage]], gists: Mapping[str, Gist]
) -> tuple[Passage, ...]:
    """The words that stand in no text: settings, measures, names of files."""
    return tuple(passage for file, said in by_file.items() if file not in gists for passage in said)

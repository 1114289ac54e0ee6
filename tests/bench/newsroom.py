"""The same synthetic stories for three generators: about 380 words each, 12 teams, 300 heroes, 2 behaviours a story."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

HERE = Path(__file__).parent
TEAMS, HEROES, BEHAVIOURS, TAGS, PER_PAGE = 12, 300, 8, 40, 24
FIRST_DAY, DAYS = date(2016, 1, 4), 3600

_WORDS = (
    "the of a to and in that was she he it with for on had they one when asked night ward coffee called line broken "
    "parcel kind small wait hour phone desk customer team quietly found again carried umbrella letter answer promise "
    "window street train lost ticket bread snow garden child mother father doctor nurse driver shelf shop price later "
    "morning evening always never thank waited counter receipt corridor stairs bicycle harbour winter summer kitchen"
).split()


@dataclass(frozen=True, slots=True)
class Story:
    """One story; `paragraphs` are Markdown in which HERO stands where somebody is spoken of."""

    name: str
    title: str
    day: date
    summary: str
    team: int
    heroes: tuple[int, ...]
    behaviours: tuple[int, int]
    tags: tuple[int, ...]
    body: str


def stories(count: int) -> Iterator[Story]:
    """The same `count` stories every time, the oldest first."""
    chance = random.Random(count)
    for number in range(count):
        first, second = chance.sample(range(BEHAVIOURS), 2)
        yield Story(
            name=f"story-{number:06}",
            title=" ".join(chance.choices(_WORDS, k=6)).capitalize() + f" {number}",
            day=FIRST_DAY + timedelta(days=number * DAYS // count),
            summary=_sentence(chance, plain=True),
            team=chance.randrange(TEAMS),
            heroes=tuple(sorted(chance.sample(range(1, HEROES + 1), chance.choice((1, 1, 2))))),
            behaviours=(first, second),
            tags=tuple(sorted(chance.sample(range(TAGS), 2))),
            body=_body(chance),
        )


def _body(chance: random.Random) -> str:
    return "\n\n".join(
        (
            _paragraph(chance, 60),
            "## What happened",
            _paragraph(chance, 110),
            "\n".join(f"- {_sentence(chance)}" for _ in range(3)),
            f"> {_sentence(chance)}",
            "## What changed",
            _paragraph(chance, 70),
            _paragraph(chance, 60),
        )
    )


def _paragraph(chance: random.Random, words: int) -> str:
    said: list[str] = []
    while sum(len(one.split()) for one in said) < words:
        said.append(_sentence(chance))
    return " ".join(said)


def _sentence(chance: random.Random, *, plain: bool = False) -> str:
    words = chance.choices(_WORDS, k=chance.randint(8, 18))
    if not plain:
        if chance.random() < 0.15:
            words[3] = f"**{words[3]}**"
        if chance.random() < 0.1:
            words[5] = f"*{words[5]}*"
        if chance.random() < 0.04:
            words[6] = "[the plan](https://example.org/plan)"
        if chance.random() < 0.06:
            words[2] = "HERO"
    return " ".join(words).capitalize().replace("hero", "HERO") + "."


def for_yearround(folder: Path, count: int, *, related: bool, theme: bool) -> None:
    """A newsroom; with `theme`, in the small markup that all three have."""
    room = folder / "stories"
    room.mkdir(parents=True)
    (room / "newsletter.yaml").write_text(
        "title: Bench\ntimezone: UTC\nlanguages: [en]\nbase_url: https://bench.example/\n"
        # The peers' themes have no ways in but heroes, and pages are compared with as many of the same.
        f"filters: []\nrelated: {3 if related else 0}\nbehaviours:\n"
        + "".join(f"  - {{id: b{one}, name: Behaviour {one}}}\n" for one in range(BEHAVIOURS))
    )
    (room / "teams.yaml").write_text(
        "".join(f"- {{id: t{one}, name: Team {one}, headcount: {20 + one}}}\n" for one in range(TEAMS))
    )
    (room / "people.yaml").write_text(
        "".join(
            f"- id: p-{one:03}\n  names:\n    latin: {{full: Xqo{one}a Zvu{one}b, first: Xqo{one}a}}\n"
            f"  team: t{one % TEAMS}\n  recognition: everyone\n  consent:\n    site: {{form: full, date: 2016-01-01}}\n"
            for one in range(1, HEROES + 1)
        )
    )
    for number, story in enumerate(stories(count)):
        year = room / str(story.day.year)
        year.mkdir(exist_ok=True)
        hero = f"[*](@p-{number % HEROES + 1:03} 'a colleague')"
        (year / f"{story.name}.md").write_text(
            f"---\ntitle: {story.title}\ndate: {story.day}\nkind: heroic\nteam: t{story.team}\n"
            f"heroes: [{', '.join(f'p-{one:03}' for one in story.heroes)}]\n"
            f"behaviours: [{', '.join(f'b{one}' for one in story.behaviours)}]\n"
            f"tags: [{', '.join(f'tag{one}' for one in story.tags)}]\nsummary: {story.summary}\n---\n\n"
            f"{story.body.replace('HERO', hero)}\n"
        )
    if theme:
        copytree(HERE / "theme" / "yearround", folder / "templates")


def for_hugo(folder: Path, count: int, *, related: bool) -> None:
    """A Hugo site; heroes are a taxonomy."""
    content = folder / "content" / "stories"
    content.mkdir(parents=True)
    copytree(HERE / "theme" / "hugo", folder / "layouts")
    single = folder / "layouts" / "_default" / "single.html"
    shown = '{{ range first 3 (site.RegularPages.Related .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}'
    single.write_text(single.read_text().replace("RELATED", f"<ul>{shown}</ul>" if related else ""))
    indices = "".join(
        f'[[related.indices]]\nname = "{name}"\nweight = {weight}\n'
        for name, weight in (("heroes", 40), ("tags", 30), ("behaviours", 20), ("team", 10))
    )
    (folder / "hugo.toml").write_text(
        'baseURL = "https://bench.example/"\ntitle = "Bench"\nlanguageCode = "en"\n'
        'disableKinds = ["section-rss"]\n[taxonomies]\nhero = "heroes"\n'
        f"[pagination]\npagerSize = {PER_PAGE}\n[outputs]\nhome = ['html', 'rss']\nsection = ['html']\n"
        "taxonomy = ['html']\nterm = ['html']\n"
        f"[related]\nincludeNewer = false\nthreshold = 20\n{indices}".replace(
            'disableKinds = ["section-rss"]\n', ""
        )
    )
    for number, story in enumerate(stories(count)):
        heroes = ", ".join(f'"p-{one:03}"' for one in story.heroes)
        (content / f"{story.name}.md").write_text(
            f"---\ntitle: {story.title}\ndate: {story.day}\nteam: [t{story.team}]\nheroes: [{heroes}]\n"
            f"behaviours: [{', '.join(f'b{one}' for one in story.behaviours)}]\n"
            f"tags: [{', '.join(f'tag{one}' for one in story.tags)}]\nsummary: {story.summary}\n---\n\n"
            f"{story.body.replace('HERO', _name(number))}\n"
        )


def for_pelican(folder: Path, count: int) -> None:
    """A Pelican site; heroes are authors."""
    content = folder / "content"
    content.mkdir(parents=True)
    copytree(HERE / "theme" / "pelican", folder / "theme" / "templates")
    (folder / "theme" / "static").mkdir()
    (folder / "pelicanconf.py").write_text(
        "SITENAME = 'Bench'\nSITEURL = 'https://bench.example'\nTIMEZONE = 'UTC'\nPATH = 'content'\nTHEME = 'theme'\n"
        f"DEFAULT_PAGINATION = {PER_PAGE}\nPAGINATED_TEMPLATES = {{'index': {PER_PAGE}}}\nRELATIVE_URLS = False\n"
        "DIRECT_TEMPLATES = ['index', 'authors']\nCATEGORY_SAVE_AS = ''\nTAG_SAVE_AS = ''\nARCHIVES_SAVE_AS = ''\n"
        "CATEGORIES_SAVE_AS = ''\nTAGS_SAVE_AS = ''\nFEED_ALL_ATOM = 'feed.xml'\nFEED_MAX_ITEMS = 20\n"
        "CATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\nAUTHOR_FEED_ATOM = None\nAUTHOR_FEED_RSS = None\n"
        "MARKDOWN = {'extension_configs': {'markdown.extensions.extra': {}, 'markdown.extensions.toc': {}}}\n"
        "ARTICLE_URL = 'stories/{slug}.html'\nARTICLE_SAVE_AS = 'stories/{slug}.html'\n"
    )
    for number, story in enumerate(stories(count)):
        (content / f"{story.name}.md").write_text(
            f"Title: {story.title}\nDate: {story.day}\nSlug: {story.name}\n"
            f"Authors: {', '.join(f'p-{one:03}' for one in story.heroes)}\n"
            f"Tags: {', '.join(f'tag{one}' for one in story.tags)}\nSummary: {story.summary}\n\n"
            f"{story.body.replace('HERO', _name(number))}\n"
        )


def _name(number: int) -> str:
    one = number % HEROES + 1
    return f"Xqo{one}a Zvu{one}b"

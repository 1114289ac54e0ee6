"""The way of a story: from the editors' files to the readers' site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from builder.check.links import pages_links
from builder.deliver import kept, publish, record
from builder.deliver.lock import lock
from builder.deliver.staging import Change, Staging
from builder.desk.newsroom import Desk, Prepared, go_on, prepare, press_for_notices, read, unreadable
from builder.load.theme import OWN_STYLE
from builder.model.library import Library
from builder.model.manifest import Manifest, Withdrawal
from builder.model.newsletter import Newsroom
from builder.model.page import Naming, Output
from builder.model.person import Narrowing
from builder.model.sources import Sources
from builder.model.story import Audience
from builder.plan import promises, withdrawal
from builder.plan.consent import site_channel
from builder.problem import Problem, Trouble, errors, in_order
from builder.render import pages
from builder.render.facts import facts_of
from builder.render.press import Press

NOTICE = (
    '<!doctype html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Taken out</title>'
    '<meta name="robots" content="noindex"></head><body><main><h1>Taken out</h1>'
    "<p>What stood here was taken out at someone's wish.</p></main></body></html>\n"
)
"""What stands in a page's place when not even the theme can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders that a build writes: the site, the mails of the last runs, our own, and where others' files go."""

    site: Path
    outbox: Path
    house: Path
    found: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out of one folder before anything else was done."""

    folder: Path
    addresses: tuple[str, ...]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did: what it took out first, its Problems, and, where it published, what changed for readers."""

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    change: Change | None
    pages: int
    stories: int
    until: datetime | None


def build(sources: Sources, desk: Desk, places: Places) -> Built:
    """Build the site, and publish it if nothing is wrong; what someone took back leaves in any case, and first.

    Raises Trouble when somebody else is building this newsroom.
    """
    with lock(places.house, desk.tell):
        return _build(sources, desk, places)


def _build(sources: Sources, desk: Desk, places: Places) -> Built:
    before = record.read_manifest(places.site)
    newsroom, faults = read(sources)
    taken, more = withdraw(newsroom, desk, places)
    prepared = go_on(newsroom, (*faults, *more), desk)
    problems = prepared.problems
    if before:
        problems = (*problems, *promises.broken(before, prepared.library, prepared.plan))
    outputs: tuple[Output, ...] = ()
    if not errors(problems):
        outputs, found = render(prepared, desk)
        problems = (*problems, *found)
    change = None
    if not errors(problems):
        desk.tell(f"writing {places.site}")
        try:
            change = _publish(outputs, manifest_of(outputs, prepared.library), places)
        except (Trouble, OSError) as fault:
            problems = (*problems, record.told(places.site, fault))
    return Built(
        taken=taken,
        problems=in_order(problems),
        change=change,
        pages=sum(output.address.endswith(".html") for output in outputs),
        stories=len(prepared.library.works),
        until=prepared.library.until,
    )


def _publish(outputs: tuple[Output, ...], manifest: Manifest, places: Places) -> Change:
    staging = Staging.at(places.site, places.house)
    try:
        for output in outputs:
            staging.bring(output.address, output.data)
        return staging.switch(manifest, places.found)
    except BaseException:
        staging.abandon()
        raise


def check(sources: Sources, desk: Desk) -> tuple[Problem, ...]:
    """Everything a build would say, with nothing written."""
    prepared = prepare(sources, desk)
    more: tuple[Problem, ...] = ()
    if not errors(prepared.problems):
        _, more = render(prepared, desk)
    return in_order((*prepared.problems, *more))


def render(prepared: Prepared, desk: Desk) -> tuple[tuple[Output, ...], tuple[Problem, ...]]:
    """All files of the site, and what is wrong with them as a whole."""
    desk.tell(f"rendering {len(prepared.plan.pages)} pages")
    try:
        made = [pages.render(page, prepared.press) for page in prepared.plan.pages]
        files = [*_pictures(prepared), *_assets(prepared, desk), *_files(prepared, desk)]
    except Trouble as trouble:
        return (), (trouble.problem,)
    outputs = tuple(sorted((*made, *files), key=lambda output: output.address))
    facts = {one.address: facts_of(one.data.decode("utf-8")) for one in made if one.address.endswith(".html")}
    problems = pages_links(
        {address: fact.links for address, fact in facts.items()},
        {address: fact.ids for address, fact in facts.items()},
        {output.address for output in outputs},
        root=urlsplit(prepared.newsroom.settings.base_url).path,
    )
    return outputs, tuple(problems)


def _pictures(prepared: Prepared) -> list[Output]:
    """The pictures, each with the stories and people it shows, so that it leaves when the last story or anyone does."""
    press = prepared.press
    library = prepared.library
    wanted: list[tuple[str, str, tuple[Narrowing, ...]]] = []
    for story in library.stories:
        paths = [press.picture_path(image.target, story.file) for image in press.bodies[story.file].images]
        paths += [story.picture.file] if story.picture else []
        wanted += [(path, story.version, story.narrowings) for path in paths]
    for edition in library.editions:
        for words in edition.words:
            for image in press.bodies[words.file].images:
                wanted.append((press.picture_path(image.target, words.file), f"edition:{edition.id}", ()))
    works: dict[str, list[str]] = {}
    namings: dict[str, set[Naming]] = {}
    for path, work, narrowings in wanted:
        people = press.shown.get(path, ())
        forms = [(person, library.consent.form(person, narrowings)) for person in people]
        if path in press.pictures and all(form for _, form in forms):
            address = press.pictures[path].address
            works.setdefault(address, []).append(work)
            here = namings.setdefault(address, set())
            here |= {Naming(person, form.value, work) for person, form in forms if form}
    made = {picture.address: picture.data for picture in press.pictures.values()}
    return [
        Output(
            address=address,
            data=made[address],
            namings=tuple(sorted(namings[address])),
            works=tuple(dict.fromkeys(shown)),
        )
        for address, shown in works.items()
    ]


def _assets(prepared: Prepared, desk: Desk) -> list[Output]:
    accent = prepared.newsroom.settings.accent
    brand = prepared.press.templates.render("brand.css.jinja", accent=accent)
    brand += dict(desk.theme.assets).get(OWN_STYLE, b"").decode("utf-8", "replace")
    outputs = [
        Output(address=f"assets/{path}", data=data) for path, data in desk.theme.assets if path != OWN_STYLE
    ]
    return [*outputs, Output(address="assets/brand.css", data=brand.encode("utf-8"))]


def _files(prepared: Prepared, desk: Desk) -> list[Output]:
    """The files that are published as they are: all for staff, for others those that a text they may see leads to."""
    linked = _linked_files(prepared)
    staff = prepared.library.audience is Audience.STAFF
    outputs = []
    for path in prepared.newsroom.files:
        works = linked.get(f"files/{path}", {})
        if not (staff or works):
            continue
        try:
            data = desk.open_picture(f"files/{path}")
        except OSError as fault:
            raise Trouble(unreadable(f"files/{path}", fault)) from fault
        outputs.append(Output(address=f"files/{path}", data=data, works=() if staff else tuple(works)))
    return outputs


def _linked_files(prepared: Prepared) -> dict[str, dict[str, None]]:
    """The works that lead to each file, by its address."""
    press, library = prepared.press, prepared.library
    texts = [(story.file, story.version) for story in library.stories]
    texts += [
        (words.file, f"edition:{edition.id}") for edition in library.editions for words in edition.words
    ]
    found: dict[str, dict[str, None]] = {}
    for file, work in texts:
        for target in press.bodies[file].links:
            address = (press.resolve(target, file) or "").partition("#")[0]
            if address.startswith("files/"):
                found.setdefault(address, {})[work] = None
    return found


def manifest_of(outputs: tuple[Output, ...], library: Library) -> Manifest:
    """The record of a site: what each file shows, and when that must go."""
    ends = {story.version: story.expires for story in library.stories if story.expires}
    return publish.manifest_of(
        outputs,
        channel=site_channel(library.audience).value,
        audience=library.audience.value,
        people_end=library.consent.ends,
        works_end=ends,
    )


def withdraw(newsroom: Newsroom, desk: Desk, places: Places) -> tuple[tuple[Taken, ...], tuple[Problem, ...]]:
    """Take what is refused today out of the site and the outbox, whatever else is wrong with the newsroom.

    Kept sites lose the same. A folder in which that cannot be done is named as a Problem, and the others are still
    seen to.
    """
    taken: list[Taken] = []
    problems: list[Problem] = []
    notice = _notices(newsroom, desk)
    for folder in (places.site, places.outbox):
        try:
            earlier = kept.sites(folder, places.house)
        except OSError as fault:
            problems.append(record.told(folder, fault))
            earlier = []
        for site in (folder, *earlier):
            try:
                manifest = record.read_manifest(site)
                if manifest is None:
                    problems += record.damaged(site)
                    continue
                found: Withdrawal = withdrawal.find(manifest, newsroom, desk.now)
                if found:
                    house = places.house if site == folder else None
                    addresses = publish.withdraw(site, manifest, found, notice, house)
                    if site == folder:
                        taken.append(Taken(folder=folder, addresses=addresses, why=found.why))
            except (Trouble, OSError) as fault:
                problems.append(record.told(site, fault))
    return tuple(taken), tuple(problems)


def _notices(newsroom: Newsroom, desk: Desk) -> Callable[[str], bytes]:
    presses: list[Press] = []

    def notice(address: str) -> bytes:
        try:
            if not presses:
                presses.append(press_for_notices(newsroom, desk))
            return pages.notice(address, presses[0]).data
        except (Trouble, KeyError):
            return NOTICE.encode("utf-8")

    return notice

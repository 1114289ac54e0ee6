"""The way of a story: from the editors' files to the readers' site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from builder.deliver import publish
from builder.deliver.staging import Staging
from builder.desk.newsroom import (
    Desk,
    Prepared,
    go_on,
    picture_data,
    prepare,
    press_for_notices,
    read,
    unreadable,
)
from builder.desk.printing import InMemory, Printed, Printing, Reason, note_reasons
from builder.model.library import Library
from builder.model.manifest import Entry, Manifest, Withdrawal
from builder.model.newsletter import Newsroom
from builder.model.page import Naming
from builder.model.person import Narrowing
from builder.model.sources import Sources
from builder.model.story import Audience
from builder.plan import promises, withdrawal
from builder.plan.consent import site_channel
from builder.problem import Problem, Trouble, errors, in_order
from builder.render import pages
from builder.render.reads import Press

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
    """What a build did: what it took out first, its Problems, and, where it published, what changed for readers.

    `reasons` are the pages that were printed, and why; `reused` counts those that were not.
    """

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    change: publish.Change | None
    pages: int
    stories: int
    until: datetime | None
    files: int = 0
    reasons: tuple[Reason, ...] = ()
    reused: int = 0
    texts_made: int = 0
    texts_reused: int = 0


def build(sources: Sources, desk: Desk, places: Places) -> Built:
    """Build the site, and publish it if nothing is wrong; what someone took back leaves in any case, and first."""
    before = publish.read_manifest(places.site)
    given = read(sources, desk)
    with desk.stage("take out what was taken back"):
        taken, more = withdraw(given.newsroom, desk, places)
    with desk.stage("arrange, plan and check"):
        prepared = go_on(given, desk, more)
    problems = prepared.problems
    if before is not None:
        problems = (*problems, *promises.broken(before, prepared.library, prepared.plan))
    change = None
    printing: Printing | None = None
    files: tuple[Printed, ...] = ()
    if not errors(problems):
        try:
            staging = Staging.at(places.site, places.house)
            printing = Printing(prepared, desk, staging)
            with desk.stage("print the pages"):
                files, found = render(prepared, desk, printing)
            problems = (*problems, *found)
            if errors(found):
                staging.abandon()
            else:
                desk.tell(f"publishing {places.site}")
                with desk.stage("publish"):
                    change = staging.switch(manifest_of(files, prepared.library), places.found)
                note_reasons(desk.keep, prepared, printing.reasons)
                with desk.stage("keep"):
                    desk.keep.tidy()
        except (Trouble, OSError) as fault:
            problems = (*problems, publish.told(places.site, fault))
    return Built(
        taken=taken,
        problems=in_order(problems),
        change=change,
        pages=sum(one.address.endswith(".html") for one in files),
        stories=len(prepared.library.works),
        until=prepared.library.until,
        reasons=tuple(printing.reasons) if printing else (),
        reused=printing.reused if printing else 0,
        files=len(files),
        texts_made=given.galleys.made,
        texts_reused=len(given.galleys.marks) - given.galleys.made,
    )


def check(sources: Sources, desk: Desk) -> tuple[Problem, ...]:
    """Everything a build would say, with nothing written."""
    prepared = prepare(sources, desk)
    more: tuple[Problem, ...] = ()
    if not errors(prepared.problems):
        _, more = render(prepared, desk, Printing(prepared, desk, InMemory()))
    return in_order((*prepared.problems, *more))


def render(
    prepared: Prepared, desk: Desk, printing: Printing
) -> tuple[tuple[Printed, ...], tuple[Problem, ...]]:
    """All files of the site, by address, and what is wrong with them as a whole."""
    try:
        made = [
            *printing.pages(),
            *_pictures(prepared, desk, printing),
            *(printing.file(address, partial(bytes, data)) for address, data in prepared.assets),
            *_files(prepared, desk, printing),
        ]
    except Trouble as trouble:
        return (), (trouble.problem,)
    files = tuple(sorted(made, key=lambda one: one.address))
    return files, tuple(printing.broken_links(files))


def _pictures(prepared: Prepared, desk: Desk, printing: Printing) -> list[Printed]:
    """The pictures, each with the stories and people it shows, so that it leaves when the last story or anyone does."""
    press = prepared.press
    library = prepared.library
    wanted: list[tuple[str, str, tuple[Narrowing, ...]]] = []
    for story in library.stories:
        paths = [press.picture_path(image.target, story.file) for image in press.gists[story.file].images]
        paths += [story.picture.file] if story.picture else []
        wanted += [(path, story.version, story.narrowings) for path in paths]
    for edition in library.editions:
        for words in edition.words:
            for image in press.gists[words.file].images:
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
    made = {picture.address: picture for picture in press.pictures.values()}
    return [
        printing.file(
            address,
            partial(picture_data, made[address], prepared, desk),
            sum=made[address].digest,
            namings=sorted(namings[address]),
            works=dict.fromkeys(shown),
        )
        for address, shown in works.items()
    ]


def _files(prepared: Prepared, desk: Desk, printing: Printing) -> list[Printed]:
    """The files that are published as they are: all for staff, for others those that a text they may see leads to."""
    linked = _linked_files(prepared)
    staff = prepared.library.audience is Audience.STAFF
    found = []
    for path in prepared.newsroom.files:
        works = linked.get(f"files/{path}", {})
        if not (staff or works):
            continue
        try:
            found.append(
                printing.file(
                    f"files/{path}",
                    partial(desk.open_picture, f"files/{path}"),
                    works=() if staff else works,
                )
            )
        except OSError as fault:
            raise Trouble(unreadable(f"files/{path}", fault)) from fault
    return found


def _linked_files(prepared: Prepared) -> dict[str, dict[str, None]]:
    """The works that lead to each file, by its address."""
    press, library = prepared.press, prepared.library
    texts = [(story.file, story.version) for story in library.stories]
    texts += [
        (words.file, f"edition:{edition.id}") for edition in library.editions for words in edition.words
    ]
    found: dict[str, dict[str, None]] = {}
    for file, work in texts:
        for target in press.gists[file].links:
            address = (press.resolve(target, file) or "").partition("#")[0]
            if address.startswith("files/"):
                found.setdefault(address, {})[work] = None
    return found


def manifest_of(files: Iterable[Printed], library: Library) -> Manifest:
    """The record of a site: what each file shows, and when that must go; of ends, only those of who and what is shown."""
    entries = {
        one.address: Entry(
            digest=one.digest, size=one.size, subject=one.subject, namings=one.namings, works=one.works
        )
        for one in files
    }
    named = {naming.person for entry in entries.values() for naming in entry.namings}
    shown = {work for entry in entries.values() for work in entry.works}
    ends = {story.version: story.expires for story in library.stories if story.expires}
    return Manifest(
        files=entries,
        channel=site_channel(library.audience).value,
        audience=library.audience.value,
        people_end={person: end for person, end in library.consent.ends.items() if person in named},
        works_end={work: end for work, end in ends.items() if work in shown},
    )


def withdraw(newsroom: Newsroom, desk: Desk, places: Places) -> tuple[tuple[Taken, ...], tuple[Problem, ...]]:
    """Take what is refused today out of the site and the outbox, whatever else is wrong with the newsroom.

    A folder in which that cannot be done is named as a Problem, and the other one is still seen to.
    """
    taken: list[Taken] = []
    problems: list[Problem] = []
    for folder in (places.site, places.outbox):
        try:
            manifest = publish.read_manifest(folder)
            if manifest is None:
                problems += publish.damaged(folder)
                continue
            found: Withdrawal = withdrawal.find(manifest, newsroom, desk.now)
            if found:
                addresses = publish.withdraw(folder, manifest, found, _notices(newsroom, desk, manifest))
                taken.append(Taken(folder=folder, addresses=addresses, why=found.why))
        except (Trouble, OSError) as fault:
            problems.append(publish.told(folder, fault))
    return tuple(taken), tuple(problems)


def _notices(newsroom: Newsroom, desk: Desk, manifest: Manifest) -> Callable[[str], bytes]:
    presses: list[Press] = []

    def notice(address: str) -> bytes:
        try:
            if not presses:
                presses.append(press_for_notices(newsroom, desk, manifest.files))
            return pages.notice(address, presses[0]).data
        except (Trouble, KeyError):
            return NOTICE.encode("utf-8")

    return notice

"""The way of a story: from the editors' files to the readers' site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from builder.check import names
from builder.deliver import record
from builder.deliver.staging import Change, Staging
from builder.desk import approval
from builder.desk.newsroom import Prepared, Read, go_on, prepare, texts_on_view
from builder.desk.pictures import picture_data, seen_with, unreadable, uses
from builder.desk.printing import InMemory, Printed, Printing, Reason, note_reasons
from builder.desk.setting import Desk
from builder.desk.withdraw import Places, Taken, withdraw
from builder.model.edition import Fullness
from builder.model.library import Library
from builder.model.manifest import Entry, Manifest
from builder.model.page import Naming
from builder.model.sources import Sources
from builder.model.story import Audience
from builder.plan import promises
from builder.plan.consent import site_channel
from builder.problem import Problem, Trouble, errors, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did: what it took out first, its Problems, and, where it published, what changed for readers.

    `reasons` are the pages that were printed, and why; `reused` counts those that were not.
    """

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    change: Change | None
    pages: int
    stories: int
    until: datetime | None
    files: int = 0
    reasons: tuple[Reason, ...] = ()
    reused: int = 0
    texts_made: int = 0
    texts_reused: int = 0


def build(given: Read, desk: Desk, places: Places) -> Built:
    """Build the site, and publish it if nothing is wrong; what someone took back leaves in any case, and first.

    Whoever calls holds the newsroom's lock, and did so before the sources were read; these may be let go of by now.
    """
    before = record.read_manifest(places.site)
    with desk.stage("take out what was taken back"):
        taken, more = withdraw(given.newsroom, desk, places)
    roll = given.galleys.roll.digest.encode() if given.newsroom.people_known else None
    last = desk.keep.get("names", "roll")
    if taken or (last and roll and last != roll):  # what was kept may say a name that was entered since
        desk.keep.owe()  # at once: if this run is ended, a later one will forget
    if roll and last != roll:
        desk.keep.put("names", "roll", roll)
    built: Built | None = None
    try:
        built = _built(given, desk, places, before, taken, more)
        return built
    finally:
        with desk.stage("keep"):
            desk.keep.tidy(
                forget=built is not None and any(one.code in names.CODES for one in built.problems),
                printed=built is not None and built.change is not None,
            )


def _built(
    given: Read,
    desk: Desk,
    places: Places,
    before: Manifest | None,
    taken: tuple[Taken, ...],
    more: tuple[Problem, ...],
) -> Built:
    """The rest of a build, once it is known what was taken out of the site as it was before, and what was wrong there."""
    with desk.stage("arrange, plan and check"):
        prepared = go_on(given, desk, more)
        desk.keep.use("text", texts_on_view(prepared))
    problems = prepared.problems
    if before is not None:
        problems = (*problems, *promises.broken(before, prepared.library, prepared.plan))
    change = None
    printing: Printing | None = None
    files: tuple[Printed, ...] = ()
    if not errors(problems):
        try:
            staging = Staging.at(places.site, places.house)
            try:
                printing = Printing(prepared, desk, staging)
                with desk.stage("print the pages"):
                    files, found = render(prepared, desk, printing)
                problems = (*problems, *found)
                if not errors(found):
                    desk.tell(f"publishing {places.site}")
                    with desk.stage("publish"):
                        change = staging.switch(manifest_of(files, prepared.library), places.found)
                    note_reasons(desk.keep, prepared, printing.reasons)
            finally:
                if change is None:
                    staging.abandon()
        except (Trouble, OSError) as fault:
            problems = (*problems, record.told(places.site, fault))
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
    """Everything a build would say, a digest of the newest edition, and which approvals are stale, with nothing written."""
    prepared = prepare(sources, desk)
    more: tuple[Problem, ...] = ()
    if not errors(prepared.problems):
        _, more = render(prepared, desk, Printing(prepared, desk, InMemory()))
        more = (*more, *_of_mails(prepared, desk))
        more = (*more, *approval.stale_ones(prepared.newsroom, sources, desk))
    return in_order((*prepared.problems, *more))


def _of_mails(prepared: Prepared, desk: Desk) -> tuple[Problem, ...]:
    """What is wrong with the mails of the newest edition, where the settings say that there are any."""
    from builder.desk import digest  # asked for alone: a build makes no mail

    edition, missing = digest.choose(prepared, "")
    if edition is None or missing or prepared.press.contents[edition.id].fullness is Fullness.NONE:
        return ()
    return digest.composed(edition, prepared, desk)[1]


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
    """The pictures at every width, each with the stories and people it shows: so it leaves when the last story or anyone does."""
    press = prepared.press
    library = prepared.library
    works: dict[str, list[str]] = {}
    namings: dict[str, set[Naming]] = {}
    for path, work, narrowings in uses(library, press.gists):
        people = seen_with(press.shown.get(path, ()), library, narrowings)
        if path in press.pictures and people is not None:
            for file in press.pictures[path].renditions:
                works.setdefault(file.address, []).append(work)
                here = namings.setdefault(file.address, set())
                here |= {Naming(person, form.value, work) for person, form in people.items()}
    made = {file.address: file for picture in press.pictures.values() for file in picture.renditions}
    return [
        printing.file(
            address,
            partial(picture_data, made[address].digest, press, desk),
            known=(made[address].digest, made[address].size),
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
    """The record of a site: what each file shows, and when that must go."""
    entries = {
        one.address: Entry(
            digest=one.digest, size=one.size, subject=one.subject, namings=one.namings, works=one.works
        )
        for one in files
    }
    ends = {story.version: story.expires for story in library.stories if story.expires}
    ends |= library.said_ends
    return record.only_shown(
        Manifest(
            files=entries,
            channel=site_channel(library.audience).value,
            audience=library.audience.value,
            people_end=library.consent.ends,
            works_end=ends,
        )
    )

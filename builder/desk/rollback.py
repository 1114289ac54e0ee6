"""The way back: the site before this one, less what may not be shown today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from builder.check.names import Roll, folded
from builder.deliver import kept, record
from builder.deliver.staging import Change, Staging
from builder.desk.newsroom import read
from builder.desk.setting import Desk
from builder.desk.withdraw import Places, Taken, withdraw
from builder.model.manifest import Manifest
from builder.model.newsletter import Newsroom
from builder.model.person import Channel, Form
from builder.model.sources import Sources
from builder.model.story import Audience
from builder.plan import withdrawal
from builder.plan.consent import answers
from builder.problem import Level, Problem, Trouble, errors, in_order

_SAY_NAMES = (".html", ".xml", ".json", ".txt", ".css", ".svg")
"""How the files end in which a name would be text."""

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledBack:
    """What a rollback did; `change` is None where the site stands as it was. `left` counts the sites still kept."""

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    change: Change | None
    left: int


def rollback(sources: Sources, desk: Desk, places: Places) -> RolledBack:
    """Put the newest kept site in the place of the one that stands, which is not kept: the next one goes further back.

    What is refused today leaves the site, the outbox and the kept sites first. Whoever calls holds the newsroom's lock,
    and did so before the sources were read.
    """
    given = read(sources, desk)
    newsroom, faults = given.newsroom, given.problems
    standing = record.read_manifest(places.site) or Manifest()
    desk = replace(desk, audience=Audience(standing.audience))
    taken, problems = withdraw(newsroom, desk, places)
    if taken:
        desk.keep.tidy(forget=True)
    problems = (*problems, *_unjudged(newsroom, faults))
    change = None
    if not errors(problems):
        try:
            change, more = _back(newsroom, desk, places)
            problems = (*problems, *more)
        except (Trouble, OSError) as fault:
            problems = (*problems, record.told(places.site, fault))
    left = 0
    try:
        left = len(kept.sites(places.site, places.house))
    except OSError as fault:
        problems = (*problems, record.told(places.site, fault))
    return RolledBack(taken=taken, problems=in_order(problems), change=change, left=left)


def _unjudged(newsroom: Newsroom, faults: tuple[Problem, ...]) -> Iterator[Problem]:
    """Why nothing can be brought back: a source that cannot be read today may be the one that refuses it."""
    unsure = [*sorted(newsroom.lost), *(story.file for story in newsroom.unsound)]
    if newsroom.people_known and newsroom.settings_known and not unsure:
        return
    wrong = errors(faults)
    yield from wrong
    yield Problem(
        code="rollback-unjudged",
        level=Level.ERROR,
        file=wrong[0].file if wrong else next(iter(unsure), "stories"),
        message="what may be shown today cannot be told while this has errors, so no earlier site is brought back",
        mend="Mend what `yearround check` names, and run this again.",
    )


def _back(newsroom: Newsroom, desk: Desk, places: Places) -> tuple[Change | None, tuple[Problem, ...]]:
    standing = record.read_manifest(places.site) or Manifest()
    same: list[Path] = []
    for site in kept.sites(places.site, places.house):
        manifest = record.read_manifest(site)
        if manifest is None:
            return None, (*record.damaged(site), _none_of(site))
        if manifest.own == standing.own:
            same.append(site)
            continue
        if withdrawal.find(manifest, newsroom, desk.now):
            return None, (_none_of(site),)
        spoilt = kept.spoilt(site, manifest)
        if spoilt:
            return None, (_spoilt(site, spoilt),)
        named = _named(site, manifest, standing, newsroom, desk)
        if named:
            return None, (named,)
        desk.tell(f"bringing {len(manifest.files)} files back")
        change = _switch_to(site, manifest, places)
        for old in (*same, site):
            kept.forget(old, places.site, places.house)
        return change, ()
    return None, (
        Problem(
            code="nothing-kept",
            level=Level.ERROR,
            file=str(places.site),
            message="no site from before this one is kept, so there is nothing to go back to",
            mend="Mend the stories, and run `yearround build`.",
        ),
    )


def _named(
    site: Path, manifest: Manifest, standing: Manifest, newsroom: Newsroom, desk: Desk
) -> Problem | None:
    """A Problem for the first full name that stands written out where its person may not be named so today.

    The record does not tell of such a name: it stood there before its person stood in the people file. What readers have
    now, byte for byte, is not looked at. Nor is a story's name that is somebody else's there (`not_a_name`).
    """
    consent = answers(newsroom, Channel(manifest.channel), desk.now)
    refused = {id: one for id, one in newsroom.people.items() if consent.form(id) is not Form.FULL}
    if not refused:
        return None
    roll = Roll(refused)
    excused = {f"story:{one.version}": one.not_a_name for one in newsroom.stories if one.not_a_name}
    other = [
        address
        for address, entry in manifest.files.items()
        if address.endswith(_SAY_NAMES)
        and (address not in standing.files or standing.files[address].digest != entry.digest)
    ]
    for address, text in kept.texts(site, other):
        entry = manifest.files[address]
        works = {entry.subject, *(f"story:{work}" for work in entry.works)}
        fine = {folded(name) for work in works for name in excused.get(work, ())}
        for one in (one for said in _said(f"{address}\n{text}") for one in roll.find(said)[0]):
            if folded(one.words) not in fine:
                return _would_name(site, address, one.person)
    return None


def _said(text: str) -> Iterator[str]:
    """What a page says, attributes included: with its markup, without it, and with a space in the place of each tag."""
    read = unescape(text)
    yield read
    yield _TAG.sub("", read)
    yield _TAG.sub(" ", read)
    if "%" in read:
        yield unquote(read)


def _switch_to(site: Path, manifest: Manifest, places: Places) -> Change:
    staging = Staging.at(places.site, places.house)
    try:
        for address in manifest.files:
            staging.take(address, site)
        return staging.switch(manifest, places.found, keep=False)
    except BaseException:
        staging.abandon()
        raise


def _none_of(site: Path) -> Problem:
    return Problem(
        code="rollback-unjudged",
        level=Level.ERROR,
        file=str(site),
        message="what this kept site shows cannot be judged, or could not be taken out of it",
        mend=f"Delete {site}, and run this again for the one before it.",
    )


def _would_name(site: Path, address: str, person: str) -> Problem:
    return Problem(
        code="rollback-names",
        level=Level.ERROR,
        file=f"{site}/{address}",
        message=f"the name of {person} stands written out in this file of the kept site, and may not be shown today",
        mend=f"Delete {site}, and run this again for the one before it.",
    )


def _spoilt(site: Path, addresses: tuple[str, ...]) -> Problem:
    count = "1 file" if len(addresses) == 1 else f"{len(addresses)} files"
    return Problem(
        code="kept-damaged",
        level=Level.ERROR,
        file=str(site),
        message=f"{count} of this kept site are not as they were published ({', '.join(addresses[:3])})"
        if len(addresses) > 1
        else f"a file of this kept site is not as it was published ({addresses[0]})",
        mend=f"Delete {site}, and run this again for the one before it.",
    )

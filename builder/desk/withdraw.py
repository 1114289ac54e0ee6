"""What someone took back leaves everything that was published, whatever else is wrong, and before anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.deliver import kept, publish, record
from builder.desk.newsroom import press_for_notices
from builder.desk.setting import Desk
from builder.model.manifest import Manifest, Withdrawal
from builder.model.newsletter import Newsroom
from builder.plan import withdrawal
from builder.problem import Problem, Trouble
from builder.render import pages
from builder.render.press import Press

NOTICE = (
    '<!doctype html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Taken out</title>'
    '<meta name="robots" content="noindex"></head><body><main><h1>Taken out</h1>'
    "<p>What stood here was taken out at someone's wish.</p></main></body></html>\n"
)
"""What stands in a page's place when not even the theme can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders that a build writes: the site, the mails of the last runs, and the newsroom's `.yearround/`."""

    site: Path
    outbox: Path
    house: Path

    @property
    def found(self) -> Path:
        """Where files of others are put aside."""
        return self.house / "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out of one folder before anything else was done."""

    folder: Path
    addresses: tuple[str, ...]
    why: Mapping[str, str]


def withdraw(newsroom: Newsroom, desk: Desk, places: Places) -> tuple[tuple[Taken, ...], tuple[Problem, ...]]:
    """Take what is refused today out of the site and the outbox, whatever else is wrong with the newsroom.

    Kept sites lose the same. A folder in which that cannot be done is named as a Problem, and the others are still
    seen to.
    """
    taken: list[Taken] = []
    problems: list[Problem] = []
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
                    notice = _notices(newsroom, desk, manifest)
                    addresses = publish.withdraw(site, manifest, found, notice, house)
                    if site == folder:
                        taken.append(Taken(folder=folder, addresses=addresses, why=found.why))
            except (Trouble, OSError) as fault:
                problems.append(record.told(site, fault))
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

"""What someone took back leaves everything that was published, whatever else is wrong, and before anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from builder.deliver import kept, publish, record
from builder.desk.newsroom import press_for_notices
from builder.desk.setting import Desk
from builder.model.manifest import Manifest, Withdrawal
from builder.model.newsletter import Newsroom
from builder.model.story import Audience
from builder.plan import withdrawal
from builder.problem import Problem, Trouble
from builder.render import pages
from builder.render.headers import policy
from builder.render.press import Press

Found = TypeVar("Found")

NOTICE = (
    '<!doctype html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{policy()}"><title>Taken out</title>'
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

    Kept sites lose the same, those too that `.yearround/` keeps of other folders. A folder in which that cannot be done
    is named as a Problem, and the others are still seen to.
    """
    taken: list[Taken] = []
    problems: list[Problem] = []
    ours: list[Exception] = []
    for site, published in _sites(places, problems):
        try:
            manifest = record.read_manifest(site)
            if manifest is None:
                problems += record.damaged(site)
                continue
            found: Withdrawal = withdrawal.find(manifest, newsroom, desk.now)
            if found:
                house = places.house if published else None
                notice = _notices(newsroom, desk, manifest)
                addresses = publish.withdraw(site, manifest, found, notice, house)
                if published:
                    taken.append(Taken(folder=site, addresses=addresses, why=found.why))
        except (Trouble, OSError) as fault:
            problems.append(record.told(site, fault))
        except Exception as fault:  # noqa: BLE001  a mistake of ours must not keep a name in the other folders
            ours.append(fault)
    if ours:
        raise ours[0]
    return tuple(taken), tuple(problems)


def _sites(places: Places, problems: list[Problem]) -> Iterator[tuple[Path, bool]]:
    """Every folder that may show somebody, and whether it is published; what cannot be looked into joins `problems`."""

    def looked(folder: Path, look: Callable[[], Sequence[Found]]) -> Sequence[Found]:
        try:
            return look()
        except OSError as fault:
            problems.append(record.told(folder, fault))
            return ()

    folders, house = (places.site, places.outbox), places.house
    for folder in folders:
        # This comes before the folder is read, for it brings back a site that a killed run left on its way out.
        earlier = looked(folder, partial(kept.sites, folder, house))
        yield folder, True
        yield from ((site, False) for site in earlier)
    for shelf in looked(house, partial(kept.shelves_of_others, folders, house)):
        yield from ((site, False) for site in looked(shelf.base, partial(kept.sites_on, shelf)))


def _notices(newsroom: Newsroom, desk: Desk, manifest: Manifest) -> Callable[[str], bytes]:
    presses: list[Press] = []
    desk = replace(desk, audience=Audience(manifest.audience))

    def notice(address: str) -> bytes:
        try:
            if not presses:
                presses.append(press_for_notices(newsroom, desk, manifest.files))
            return pages.notice(address, presses[0]).data
        except (Trouble, KeyError):
            return NOTICE.encode("utf-8")

    return notice

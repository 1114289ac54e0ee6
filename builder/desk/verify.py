"""The proof of a build: once more from nothing, and every byte compared with what readers have."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from builder.deliver import record
from builder.deliver.staging import Staging
from builder.desk.build import manifest_of, render
from builder.desk.newsroom import prepare
from builder.desk.printing import Printing
from builder.desk.setting import Desk
from builder.desk.withdraw import Places
from builder.model.manifest import Manifest
from builder.model.sources import Sources
from builder.problem import Level, Problem, Trouble, errors


class _Sums:
    """A stage on which nothing is written: of each file only its digest is wanted."""

    def published(self, address: str) -> str | None:
        """Nothing is taken over from anywhere."""

    def share(self, address: str) -> None:
        raise KeyError(address)

    def write(self, address: str, data: bytes) -> str:
        return sha256(data).hexdigest()


def verify(sources: Sources, desk: Desk, places: Places) -> tuple[Problem, ...]:
    """A Problem for the first file that differs between the published site and one built from nothing.

    `desk` must keep nothing from before. Lingering files of former sites are none of this one's.
    """
    desk.tell("building once more, from nothing")
    prepared = prepare(sources, desk)
    if errors(prepared.problems):
        return errors(prepared.problems)
    files, problems = render(prepared, desk, Printing(prepared, desk, _Sums()))
    if errors(problems):
        return errors(problems)
    fresh = manifest_of(files, prepared.library)
    try:
        standing = Staging.looking_at(places.site, places.house)
        found = tuple(_differences(fresh, standing))
    except (Trouble, OSError) as fault:
        return (record.told(places.site, fault),)
    if not found:
        return ()
    address, what = found[0]
    more = f" ({len(found) - 1} more files differ)" if len(found) > 1 else ""
    return (
        Problem(
            code="not-the-same",
            level=Level.ERROR,
            file=f"{places.site}/{address}",
            message=f"{what}{more}",
            mend="Delete .yearround/cache.db and build again; and please tell us, for this is our own fault.",
        ),
    )


def _differences(fresh: Manifest, standing: Staging) -> Iterator[tuple[str, str]]:
    published = standing.before
    for address in sorted({*fresh.files, *published.files}):
        made, there = fresh.files.get(address), published.files.get(address)
        if there is not None and there.lingering:
            continue
        if made is None:
            yield address, "this file is published, and a build from nothing does not make it"
        elif there is None:
            yield address, "a build from nothing makes this file, and it is not published"
        elif standing.published(address) != made.digest:
            yield address, "the bytes of this file are not those that a build from nothing makes"
        elif made != there:
            yield address, "what was noted of this file is not what a build from nothing notes of it"
    if (fresh.people_end, fresh.works_end) != (published.people_end, published.works_end):
        yield record.MANIFEST, "the ends that were noted are not those that a build from nothing notes"

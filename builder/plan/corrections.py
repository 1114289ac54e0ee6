"""Which edition's mail brings which correction: each comes once, in the first that goes out after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from builder.model.correction import Correction
from builder.model.edition import Edition


def goes_out(edition: Edition) -> datetime:
    """When an edition's mail goes out: at `send_at`, or when its day begins; never before the edition appears."""
    return max(edition.send_at or edition.date, edition.date)


def carried(corrections: Iterable[Correction], editions: Iterable[Edition]) -> Mapping[str, tuple[str, ...]]:
    """For each edition, the ids of the corrections that its mail brings, the oldest first.

    A correction comes with the first edition that goes out at its date or later, and after the edition it puts right:
    so it comes once, also where it is dated on the day of an edition, and no edition that went out changes afterwards.
    """
    in_order = sorted(editions, key=lambda one: (goes_out(one), one.id))
    moments = {one.id: goes_out(one) for one in in_order}
    found: dict[str, list[str]] = {}
    for correction in sorted(corrections, key=lambda one: (one.date, one.id)):
        wronged = moments.get(correction.edition)
        for edition in in_order:
            moment = moments[edition.id]
            if moment >= correction.date and (wronged is None or moment > wronged):
                found.setdefault(edition.id, []).append(correction.id)
                break
    return {edition: tuple(ids) for edition, ids in found.items()}

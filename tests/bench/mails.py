"""How long a newsroom takes to compose every edition in every language, said as JSON.

A process of its own, in a copy of the newsroom of which a site has been built: `python -m tests.bench.mails NEWSROOM`.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.cli.world import open_desk
from builder.desk.digest import compose, files_of
from builder.desk.newsroom import Prepared, prepare
from builder.desk.setting import Desk
from builder.problem import errors

NOW = "2027-01-02T09:00"
"""When the last edition of this repository's own newsroom is out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What was made, its weight as it is sent, and the seconds it took to read and plan, to compose all with every picture
    drawn for the first time, and to compose all once those are kept.
    """

    editions: int
    mails: int
    bytes: int
    reading: float
    first: float
    composing: float


def composed(newsroom: Path) -> Composed:
    start = time.perf_counter()
    sources, desk = open_desk(newsroom, None, NOW, 1, quiet=True)
    prepared = prepare(sources, desk)
    ready = time.perf_counter()
    first = _compose_all(prepared, desk)
    drawn = time.perf_counter()
    weights = _compose_all(prepared, desk)
    assert weights == first
    return Composed(
        editions=len(prepared.library.editions),
        mails=len(weights),
        bytes=sum(weights),
        reading=ready - start,
        first=drawn - ready,
        composing=time.perf_counter() - drawn,
    )


def _compose_all(prepared: Prepared, desk: Desk) -> list[int]:
    """The weight of every mail, in bytes as it is sent."""
    weights: list[int] = []
    for edition in prepared.library.editions:
        messages, problems = compose(edition, prepared, desk)
        assert not errors(problems), problems
        for message in messages:
            files = {output.address.rpartition(".")[2]: len(output.data) for output in files_of(message)}
            weights.append(files["eml"])
    return weights


if __name__ == "__main__":
    print(json.dumps(asdict(composed(Path(sys.argv[1])))))

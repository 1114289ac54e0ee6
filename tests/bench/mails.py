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
from builder.desk.newsroom import prepare
from builder.problem import errors

NOW = "2027-01-02T09:00"
"""When the last edition of this repository's own newsroom is out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What was made, its weight as it is sent, and the seconds that reading and planning took, and composing."""

    editions: int
    mails: int
    bytes: int
    reading: float
    composing: float


def composed(newsroom: Path) -> Composed:
    start = time.perf_counter()
    sources, desk = open_desk(newsroom, None, NOW, 1, quiet=True)
    prepared = prepare(sources, desk)
    ready = time.perf_counter()
    weights: list[int] = []
    for edition in prepared.library.editions:
        messages, problems = compose(edition, prepared, desk)
        assert not errors(problems), problems
        for message in messages:
            files = {output.address.rpartition(".")[2]: len(output.data) for output in files_of(message)}
            weights.append(files["eml"])
    return Composed(
        editions=len(prepared.library.editions),
        mails=len(weights),
        bytes=sum(weights),
        reading=ready - start,
        composing=time.perf_counter() - ready,
    )


if __name__ == "__main__":
    print(json.dumps(asdict(composed(Path(sys.argv[1])))))

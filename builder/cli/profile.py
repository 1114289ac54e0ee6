"""Where the time of a build went: by stage and by template, with what was made and what was there already."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from builder.desk.build import Built

MUCH = 0.08
"""The share of a build above which something is worth a look."""


class Profile:
    """A stop-watch for stages that may stand inside one another; a stage's time is its own, without those inside."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._times: dict[str, int] = {}
        self._inside: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside, under this name."""
        self._inside.append(0.0)
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            own = spent - self._inside.pop()
            if self._inside:
                self._inside[-1] += spent
            self._seconds[name] = self._seconds.get(name, 0.0) + own
            self._times[name] = self._times.get(name, 0) + 1

    def say(self, built: Built) -> None:
        """Print the stages, the longest first, and name what takes more than its share."""
        whole = sum(self._seconds.values())
        click.echo(f"\n{'seconds':>9}  {'share':>6}  {'times':>7}  where")
        for name, seconds in sorted(self._seconds.items(), key=lambda one: (-one[1], one[0])):
            share = seconds / whole if whole else 0.0
            mark = "  <- more than 8 %" if share > MUCH else ""
            label = "all the rest" if name == "everything" else name
            click.echo(f"{seconds:9.3f}  {share:6.1%}  {self._times[name]:7}  {label}{mark}")
        click.echo(f"{whole:9.3f}  in one process")
        click.echo(
            f"Texts: {built.texts_made} set, {built.texts_reused} kept. "
            f"Pages: {len(built.reasons)} printed, {built.reused} kept."
        )

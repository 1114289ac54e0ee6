"""The way of a correction: what was wrong is said in the open, as one small file beside the stories."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from builder.check.names import bare_names
from builder.desk.digest import no_edition
from builder.load import intake
from builder.model.edition import Edition
from builder.model.sources import SourceFile, Sources
from builder.model.story import Status
from builder.plan.corrections import goes_out
from builder.problem import Level, Problem, errors, in_order
from builder.render.source import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The file to write at `path` inside stories/, b"" where something is wrong; `lacking` are languages without words."""

    problems: tuple[Problem, ...]
    path: str = ""
    data: bytes = b""
    lacking: tuple[str, ...] = ()


def correct(
    wanted: str, reasons: tuple[tuple[str, str], ...], story: str, sources: Sources, now: datetime
) -> Corrected:
    """Begin a correction of the edition `wanted`, about `story` if that is not "".

    `reasons` are (language, words); "" is the newsletter's own language. The file is read as it will be, before it is
    written: what is wrong with it is said, and then there is none.
    """
    newsroom, _ = intake.understand(sources)
    settings = newsroom.settings
    edition = next((one for one in newsroom.editions if one.id == wanted), None)
    if edition is None:
        return Corrected(problems=(no_edition(newsroom, wanted),))
    if edition.status is Status.DRAFT or goes_out(edition) > now:
        return Corrected(problems=(_not_out(edition),))
    taken = {PurePosixPath(one.path).stem for one in sources.corrections}
    id = _free(f"{now:%Y-%m-%d}-{edition.id}", taken)
    words = {language or settings.language: " ".join(text.split()) for language, text in reasons}
    rows: dict[str, Any] = {"edition": edition.id, "date": now.strftime("%Y-%m-%dT%H:%M")}
    rows |= {"story": story} if story else {}
    file = SourceFile(path=f"stories/corrections/{id}.yaml", data=written({**rows, "reason": words}).encode())
    after, problems = intake.understand(replace(sources, corrections=(*sources.corrections, file)))
    own = replace(after, passages=tuple(one for one in after.passages if one.file == file.path))
    found = in_order((*(one for one in problems if one.file == file.path), *bare_names(own, {})))
    if errors(found):
        return Corrected(problems=found)
    return Corrected(
        problems=found,
        path=file.path.removeprefix("stories/"),
        data=file.data,
        lacking=tuple(one for one in settings.languages if one not in words),
    )


def _not_out(edition: Edition) -> Problem:
    return Problem(
        code="correction-early",
        level=Level.ERROR,
        file=edition.file,
        message="this edition is not out yet, so nobody has read what is wrong in it",
        mend="Change it. A correction is for what went out.",
    )


def _free(id: str, taken: Container[str]) -> str:
    """`id`, or the first of `id-2`, `id-3` ... that nothing has."""
    return next(one for one in (id, *(f"{id}-{n}" for n in range(2, 10_000))) if one not in taken)

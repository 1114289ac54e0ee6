"""The way of the scorecard onto paper: the measures that staff may see, on one sheet in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from builder.deliver import outbox, publish, record
from builder.deliver.staging import Change
from builder.desk.newsroom import go_on, read, texts_on_view
from builder.desk.setting import Desk
from builder.desk.withdraw import Places, Taken, withdraw
from builder.model.page import Output
from builder.model.person import Channel
from builder.model.sources import Sources
from builder.problem import Level, Problem, Trouble, errors, guess, in_order
from builder.render import wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a print run did; `change` is None when nothing was written, `files` are those that were.

    `unprinted` says why the browser that is here made no PDF; "" where it did, or where none is here.
    """

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    change: Change | None
    unprinted: str = ""


def scorecard(
    sources: Sources,
    desk: Desk,
    places: Places,
    language: str,
    to_pdf: Callable[[bytes], bytes] | None,
) -> Printed:
    """Write the scorecard's sheet into the outbox, in `language` or, where that is "", the newsletter's own.

    It comes as a page, and as a PDF where `to_pdf` is there to make one, which raises OSError. No person is named on it.
    Whoever calls holds the newsroom's lock, and did so before the sources were read.
    """
    given = read(sources, desk)
    taken, more = withdraw(given.newsroom, desk, places)
    if taken:
        desk.keep.owe()
    prepared = go_on(given, desk, more)
    settings = prepared.newsroom.settings
    wanted = language or settings.language
    problems = (*prepared.problems, *_unspoken(wanted, settings.languages))
    outputs: list[Output] = []
    change, unprinted = None, ""
    if not errors(problems):
        desk.tell("laying out the sheet")
        name = f"scorecard-{wanted}"
        try:
            page = wall.scorecard(prepared.press, wanted, desk.now, dict(prepared.assets)).encode("utf-8")
            outputs.append(Output(address=f"{name}.html", data=page))
        except Trouble as trouble:
            problems = (*problems, trouble.problem)
        if outputs and to_pdf:
            desk.tell("printing it")
            try:
                outputs.append(Output(address=f"{name}.pdf", data=to_pdf(outputs[0].data)))
            except OSError as fault:
                unprinted = fault.strerror or "it does not say why"
    if outputs and not errors(problems):
        manifest = publish.manifest_of(
            outputs,
            channel=Channel.EMAIL.value,
            audience=prepared.library.audience.value,
            people_end={},
            works_end={},
        )
        try:
            change = outbox.lay_in(
                places.outbox,
                outputs,
                manifest,
                places.found,
                stays=lambda address: address.rpartition(".")[0] != f"scorecard-{wanted}",
            )
        except (Trouble, OSError) as fault:
            problems = (*problems, record.told(places.outbox, fault))
    desk.keep.use("text", texts_on_view(prepared))
    desk.keep.tidy()
    return Printed(
        taken=taken,
        problems=in_order(problems),
        files=tuple(one.address for one in outputs) if change is not None else (),
        change=change,
        unprinted=unprinted,
    )


def is_print(address: str) -> bool:
    """Whether a file of the outbox came from here."""
    return address.startswith("scorecard-")


def _unspoken(wanted: str, languages: tuple[str, ...]) -> tuple[Problem, ...]:
    if wanted in languages:
        return ()
    return (
        Problem(
            code="print-language",
            level=Level.ERROR,
            file="stories/newsletter.yaml",
            message=f"the newsletter has no pages in `{wanted}`",
            mend=f"Print it in one of its languages: {', '.join(languages)}; or add this one to `languages`.",
            guess=guess(wanted, languages),
        ),
    )

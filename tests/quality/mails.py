"""Every mail of this repository's own newsroom: all its editions in all its languages, composed once for whoever judges them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder.cli.world import open_desk
from builder.desk.digest import compose, files_of
from builder.desk.newsroom import prepare
from builder.render.templates import Templates
from tests.built import ROOT, copy_newsroom

NOW = "2027-01-02T09:00"
"""When the year's last edition has come out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail: its MJML, the message as it is sent, and its HTML (as sent; and alone, with the pictures in it)."""

    edition: str
    lang: str
    subject: str
    mjml: str
    html: str
    alone: str
    text: str
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.edition}.{self.lang}"


class Kept(Templates):
    """The theme's templates, which remember the MJML that they made."""

    def __init__(self, templates: Templates) -> None:
        vars(self).update(vars(templates))
        self.mjml: list[str] = []

    def render(self, name: str, **values: Any) -> str:
        text = super().render(name, **values)
        if name == "digest.mjml":
            self.mjml.append(text)
        return text


def compose_all(newsroom: Path, now: str) -> tuple[Mail, ...]:
    """The mails of all editions of a newsroom that are out `now`; none of them may have a problem."""
    sources, desk = open_desk(newsroom, None, now, 1, quiet=True)
    prepared = prepare(sources, desk)
    kept = Kept(prepared.press.templates)
    prepared = replace(prepared, press=replace(prepared.press, templates=kept))
    made: list[Mail] = []
    for edition in prepared.library.editions:
        kept.mjml.clear()
        messages, problems = compose(edition, prepared, desk)
        assert problems == ()
        assert [one.lang for one in messages] == list(prepared.newsroom.settings.languages)
        for message in messages:
            files = {output.address.rpartition(".")[2]: output.data for output in files_of(message)}
            made.append(
                Mail(
                    edition=message.edition,
                    lang=message.lang,
                    subject=message.subject,
                    mjml=_source(kept.mjml, message.lang),
                    html=message.html,
                    alone=files["html"].decode(),
                    text=message.text,
                    data=files["eml"],
                )
            )
    return tuple(made)


def _source(sources: Sequence[str], language: str) -> str:
    """What a mail in `language` was made of: the last, where it was made again to be shorter."""
    return [one for one in sources if re.search(rf'<mjml\b[^<>]*\blang="{language}"', one)][-1]


def of_our_own(folder: Path) -> tuple[Mail, ...]:
    """The mails of this repository's newsroom, composed in a copy of it below `folder`."""
    return compose_all(copy_newsroom(ROOT, folder / "newsroom"), NOW)


def pairs(mails: Sequence[Mail], one: str, other: str) -> Iterator[tuple[Mail, Mail]]:
    """Each edition's mails in two languages."""
    found = {(mail.edition, mail.lang): mail for mail in mails}
    for edition in dict.fromkeys(mail.edition for mail in mails):
        yield found[edition, one], found[edition, other]

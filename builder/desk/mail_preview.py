"""The way of a mail under an editor's hands: composed in memory, again at every save, the last good mails kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from builder.check.editions import subject_with_names
from builder.desk.digest import choose, compositions, weighed
from builder.desk.mail_findings import findings
from builder.desk.newsroom import Memory, Prepared
from builder.desk.pictures import picture_data
from builder.desk.retouch import prepare_again
from builder.desk.serve import media_type
from builder.desk.setting import Desk
from builder.model.edition import Edition, Fullness
from builder.model.library import Library
from builder.model.message import Message
from builder.model.sources import Sources
from builder.plan.library import arrange
from builder.problem import Problem, Trouble, errors, in_order
from builder.render.mail import Composition
from builder.render.message import encode, seen_alone
from builder.render.words import direction_of

MOST_FOUND = 40
"""Mails of which it is remembered what is wrong with them, the oldest going first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An edition that may be chosen; `day` is a date as in ISO 8601, `note` says why nobody else sees it yet, or is ""."""

    id: str
    day: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMail:
    """A mail in one language, as it is shown and measured; sizes are in bytes, that of `html` as it is decoded.

    `page` is its HTML with its pictures in it. `problems` were found as it was composed, `findings` when it was looked over
    as a whole; None: it was not yet.
    """

    lang: str
    name: str
    dir: str
    sender: str
    subject: str
    preheader: str
    words: int
    minutes: int
    html_size: int
    picture_sizes: tuple[int, ...]
    page: str
    text: str
    eml: bytes
    message: Message
    problems: tuple[Problem, ...] = ()
    findings: tuple[Problem, ...] | None = None

    @property
    def found(self) -> tuple[Problem, ...]:
        return in_order((*self.problems, *(self.findings or ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An edition's mails as of one build, and what is wrong with the newsroom. `note` says what nobody else sees yet,
    `look_over` what is wrong with one of them.
    """

    edition: str = ""
    editions: tuple[Listed, ...] = ()
    note: str = ""
    mails: tuple[SeenMail, ...] = ()
    problems: tuple[Problem, ...] = ()
    look_over: Callable[[Message], tuple[Problem, ...]] = lambda message: ()

    @property
    def whole(self) -> bool:
        return bool(self.mails)

    @property
    def looked_over(self) -> bool:
        return all(one.findings is not None for one in self.mails)


def show(sources: Sources, desk: Desk, memories: tuple[Memory, Memory], wanted: str = "") -> Shown:
    """The mails of an edition: of the newest that is written, ready or not, unless `wanted` names one.

    One that is ready is composed as `yearround digest` does it; one that is not, with whatever else is still to come.
    `memories` are for the first and the second. Nothing is written.
    """
    ready, to_come = memories
    prepared = prepare_again(sources, desk, ready)
    ahead = arrange(prepared.newsroom, desk.now, desk.audience, ahead=True)
    listed = tuple(
        Listed(id=one.id, day=one.date.date().isoformat(), note=_not_yet(ahead.coming, f"edition:{one.id}"))
        for one in ahead.editions
    )
    chosen = wanted or (listed[0].id if listed else "")
    if any(one.id == chosen and one.note for one in listed):
        desk = replace(desk, ahead=True)
        prepared = prepare_again(sources, desk, to_come)
    edition, problems = choose(prepared, chosen)
    problems, note = (*prepared.problems, *problems), ""
    if edition:
        problems, note = weighed(edition, problems, prepared, desk)
    shown = Shown(
        edition=edition.id if edition else chosen, editions=listed, note=note, problems=in_order(problems)
    )
    if edition is None or errors(problems) or prepared.press.contents[edition.id].fullness is Fullness.NONE:
        return shown
    try:
        made = compositions(edition, prepared, desk)
    except Trouble as trouble:
        return replace(shown, problems=in_order((*shown.problems, trouble.problem)))
    return replace(
        shown,
        mails=tuple(_seen(one, edition, prepared, desk) for one in made),
        note=" ".join(filter(None, (note, _note(edition, made, prepared.library)))),
        look_over=partial(findings, settings=prepared.newsroom.settings, desk=desk),
    )


def _not_yet(coming: Mapping[str, datetime | None], item: str) -> str:
    if item not in coming:
        return ""
    when = coming[item]
    return "draft" if when is None else f"from {when.day} {when:%B %Y, %H:%M}"


def _note(edition: Edition, made: tuple[Composition, ...], library: Library) -> str:
    """What of this edition nobody else sees yet."""
    own = f"edition:{edition.id}"
    works = dict.fromkeys(work for one in made for work in one.message.works if work != own)
    unready = [f"{work} ({_not_yet(library.coming, work)})" for work in works if work in library.coming]
    said = []
    if own in library.coming:
        when = _not_yet(library.coming, own)
        said.append("This edition is a draft." if when == "draft" else f"This edition is ready {when}.")
    if unready:
        said.append(f"It holds what is not out yet: {', '.join(unready)}.")
    return " ".join(said)


def _seen(one: Composition, edition: Edition, prepared: Prepared, desk: Desk) -> SeenMail:
    message = one.message
    speaker = prepared.press.speakers[message.lang]
    return SeenMail(
        lang=message.lang,
        name=speaker.language_name(message.lang),
        dir=direction_of(message.lang),
        sender=message.sender,
        subject=message.subject,
        preheader=one.preheader,
        words=one.words,
        minutes=one.minutes,
        html_size=len(message.html.encode("utf-8")),
        picture_sizes=tuple(len(picture.data) for picture in message.pictures),
        page=_with_pictures_of_the_site(seen_alone(message), prepared, desk),
        text=message.text,
        eml=encode(message),
        message=message,
        problems=(*one.problems, *subject_with_names(edition, message.lang, message.subject)),
    )


def _with_pictures_of_the_site(html: str, prepared: Prepared, desk: Desk) -> str:
    """What a mail would ask the site for is in the page: the preview asks no host, and the site may not have it yet."""
    for derived in prepared.press.pictures.values():
        url = prepared.newsroom.settings.base_url + derived.plain.address
        if url in html:
            data = b64encode(picture_data(derived.plain.digest, prepared.press, desk)).decode("ascii")
            kind = media_type(derived.plain.address)
            html = html.replace(url, f"data:{kind};base64,{data}")
    return html


class Stage:
    """What is on show: of each edition the last whole mails, and what is wrong with the newest. Asked by one at a time.

    `build` makes the mails of an edition, or of the newest where it is given ""; `announce` tells the browsers that the "mail"
    has changed. `wanted` is the edition to begin with.
    """

    def __init__(
        self, build: Callable[[str], Shown], announce: Callable[[str], None], wanted: str = ""
    ) -> None:
        self._build = build
        self._announce = announce
        self._newest: dict[str, Shown] = {}
        self._good: dict[str, Shown] = {}
        self._found: dict[bytes, tuple[Problem, ...]] = {}
        self.viewed = wanted
        self.wanted = wanted

    def refresh(self) -> Shown:
        """Compose again the edition that was looked at last, and say so; the others when they are asked for.

        Its mails are looked over by `go_on`, which takes longer than composing them: nobody need wait for it to see them.
        """
        self._newest.clear()
        newest = self.newest
        self._announce("mail")
        return newest

    def go_on(self) -> bool:
        """Look over one more mail of those that were asked for, and say so when it was the last; whether there may be others."""
        for shown in self._newest.values():
            for place, one in enumerate(shown.mails):
                if one.findings is None:
                    mails = list(shown.mails)
                    mails[place] = replace(one, findings=self._findings(one, shown))
                    newest = replace(shown, mails=tuple(mails))
                    for known in (self._newest, self._good):
                        known.update((name, newest) for name, old in known.items() if old is shown)
                    if newest.looked_over:
                        self._announce("mail")
                    return True
        return False

    def _findings(self, one: SeenMail, shown: Shown) -> tuple[Problem, ...]:
        """What is wrong with a mail; of the same bytes it is known already."""
        if one.eml not in self._found:
            self._found[one.eml] = shown.look_over(one.message)
            while len(self._found) > MOST_FOUND:
                del self._found[next(iter(self._found))]
        return self._found[one.eml]

    @property
    def newest(self) -> Shown:
        """What came of the edition that was looked at last."""
        return self._at(self.viewed)

    @property
    def editions(self) -> frozenset[str]:
        """Those that may be looked at: one that was whole may be, though its file is broken now."""
        return frozenset((*(one.id for one in self.newest.editions), *filter(None, self._good)))

    def view(self, edition: str) -> tuple[Shown, Shown]:
        """Of an edition (or the one to begin with, for ""), what is shown and what is newest: the same, where that is whole.

        It is the one that a save composes again.
        """
        self.viewed = edition or self.wanted
        return self.shown(self.viewed), self.newest

    def shown(self, edition: str) -> Shown:
        newest = self._at(edition)
        return newest if newest.whole or not errors(newest.problems) else self._good.get(edition, newest)

    def _at(self, edition: str) -> Shown:
        if edition not in self._newest:
            try:
                self._newest[edition] = self._build(edition)
            except Trouble as trouble:
                self._newest[edition] = Shown(edition=edition, problems=(trouble.problem,))
            newest = self._newest[edition]
            if newest.whole:  # it goes by its own name, and by that of the newest
                self._newest[newest.edition] = self._good[edition] = self._good[newest.edition] = newest
        return self._newest[edition]

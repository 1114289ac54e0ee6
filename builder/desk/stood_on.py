"""What an edition's mails were made from, as digests: enough to say later what is no longer the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from builder.deliver import engine
from builder.desk.newsroom import Prepared
from builder.desk.setting import Desk
from builder.model.approval import NamedAs, StoodOn
from builder.model.edition import Edition
from builder.model.message import Message
from builder.model.newsletter import Newsroom
from builder.model.person import Form
from builder.model.sources import SourceFile, Sources, Theme


def stood_on(
    edition: Edition, messages: Iterable[Message], prepared: Prepared, sources: Sources, desk: Desk
) -> StoodOn:
    """Whom these mails name and how, the files of all that they show, and what made them."""
    listed = tuple(messages)
    forms: dict[str, set[str]] = {}
    for message in listed:
        for naming in message.namings:
            forms.setdefault(naming.person, set()).add(naming.form)
    most = {
        id: next(form for form in Form if form.value in said) for id, said in sorted(forms.items())
    }  # Form lists them from most to least
    return StoodOn(
        people={
            id: NamedAs(form=form.value, digest=_name(id, form, edition.id, prepared.newsroom))
            for id, form in most.items()
        },
        files=dict(sorted(_files(edition, listed, prepared, sources))),
        made_with={"theme": _theme(desk.theme), "program": engine.mark()},
    )


def _theme(theme: Theme) -> str:
    """A digest of all that a mail can take from the theme: templates and words."""
    mark = sha256()
    for name, text in theme.templates:
        mark.update(f"{name}\0{text}\0".encode())
    for name, file in (*theme.words, *theme.own_words):
        mark.update(f"{name}\0".encode() + _plain(file.data) + b"\0")
    return mark.hexdigest()


def _name(id: str, form: Form, edition: str, newsroom: Newsroom) -> str:
    """A digest of a name in one form, in all its scripts and cases: enough to say that it was written otherwise."""
    said = [edition, id]
    for name in newsroom.people[id].names:
        said += [name.script, getattr(name.forms, form.value)]
        said += [f"{case} {getattr(forms, form.value)}" for case, forms in name.cases]
    return digest_of("\0".join(said).encode())[:16]


def _files(
    edition: Edition, messages: Iterable[Message], prepared: Prepared, sources: Sources
) -> Iterator[tuple[str, str]]:
    """What each thing stood in, as a digest of its file."""
    newsroom, library = prepared.newsroom, prepared.library
    path_of = {story.version: story.file for story in library.stories}
    path_of |= {one.key: one.file for one in newsroom.said}
    data = {one.path: one.data for one in _all_of(sources)}
    for work in dict.fromkeys(work for message in messages for work in message.works):
        if path_of.get(work) in data:
            yield work, digest_of(_plain(data[path_of[work]]))
    for words in edition.words:
        yield f"edition:{edition.id}/{words.lang}", digest_of(_plain(data[words.file]))
    for one in prepared.press.contents[edition.id].metrics:
        yield f"metric:{one.metric.id}", digest_of(_plain(data[one.metric.file]))
    for key, file in (("settings", sources.settings), ("teams", sources.teams)):
        if file:
            yield key, digest_of(_plain(file.data))


def _all_of(sources: Sources) -> Iterator[SourceFile]:
    yield from (*sources.stories, *sources.editions, *sources.metrics, *sources.voices)
    yield from (*sources.commitments, *sources.promises, *sources.corrections)


def _plain(data: bytes) -> bytes:
    """A text as it is on every machine: what keeps newsrooms may change the ends of lines."""
    return data.replace(b"\r\n", b"\n")


def digest_of(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(data).hexdigest()

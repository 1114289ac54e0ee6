"""What is not as it was approved: the bytes that would be sent beside those somebody said yes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from builder.model.approval import Approval, Composition, MailMarks, NamedAs, Reason, Standing, State
from builder.model.consent import Answers

T = TypeVar("T")

LANGUAGES: Mapping[str, str] = {"en": "English", "fa": "Persian", "el": "Greek", "ms": "Malay"}
"""What we call the languages that have words of their own; any other is called by its tag."""

_PARTS: Mapping[str, str] = {
    "subject": "the {} subject changed",
    "preheader": "the {} line after the subject changed",
    "text": "the {} text changed",
    "html": "the {} mail looks different (its HTML changed)",
}

_SAYS_LESS = {"full": "the full name", "first": "the first name", "initials": "initials"}

_KINDS: Mapping[str, str] = {
    "voice": "the customer's voice {}",
    "commitment": "the commitment {}",
    "promise": "the promise {}",
    "metric": "the measure {}",
    "correction": "the correction {}",
    "edition": "what the edition itself says",
    "settings": "the settings (newsletter.yaml)",
    "teams": "the teams (teams.yaml)",
}


def state(approval: Approval | None, fresh: Composition, consent: Answers) -> State:
    """Whether `fresh` is approved. `consent` is that of e-mail at its moment."""
    reasons = stale(approval, fresh, consent) if approval else ()
    standing = Standing.NOT_APPROVED
    if approval:
        standing = Standing.STALE if reasons else Standing.APPROVED
    return State(edition=fresh.edition, standing=standing, approval=approval, reasons=reasons)


def stale(approval: Approval, fresh: Composition, consent: Answers) -> tuple[Reason, ...]:
    """What readers would get otherwise than it was approved, then what it comes from; nothing where no byte changed.

    A story that was edited without a change to any mail makes no approval stale.
    """
    old = approval.what
    changed = tuple(_mails(old.mails, fresh.mails))
    if not changed:
        return ()
    causes = (
        *_people(old.stood_on.people, fresh.stood_on.people, consent),
        *_files(old.stood_on.files, fresh.stood_on.files),
    )
    made = old.stood_on.made_with, fresh.stood_on.made_with
    theme = _differs("theme", *made)
    if theme:
        causes = (*causes, Reason(kind="theme", about="theme", words="the theme or its words changed"))
    if not causes and _differs("program", *made):
        causes = (
            Reason(
                kind="program",
                about="program",
                words="the program is another: Yearround or a library that it uses was updated",
            ),
        )
    return (*changed, *causes)


def cannot_be_composed(why: str) -> Reason:
    """Why an approved edition is stale that cannot even be composed today."""
    return Reason(kind="error", about="", words=f"its mails cannot be composed: {why}")


def _mails(old: Mapping[str, MailMarks], new: Mapping[str, MailMarks]) -> Iterator[Reason]:
    for language in dict.fromkeys((*new, *old)):
        name = LANGUAGES.get(language, language)
        if language not in new:
            yield Reason(kind="language", about=language, words=f"there is no {name} mail any more")
        elif language not in old:
            yield Reason(
                kind="language", about=language, words=f"there is a {name} mail now, which nobody approved"
            )
        elif old[language].message != new[language].message:
            yield from _parts(language, name, old[language], new[language])


def _parts(language: str, name: str, old: MailMarks, new: MailMarks) -> Iterator[Reason]:
    differ = [part for part in _PARTS if getattr(old, part) != getattr(new, part)]
    if "text" in differ:
        differ = [part for part in differ if part != "html"]  # the same words stand in both
    for part in differ:
        yield Reason(kind=part, about=language, words=_PARTS[part].format(name))
    pictures = list(_compared(old.pictures, new.pictures))
    for file, how in pictures:
        words = {"gone": "is gone from", "new": "is new in", "changed": "changed in"}[how]
        yield Reason(kind="picture", about=file, words=f"a picture {words} the {name} mail: {file}")
    if not differ and not pictures:
        yield Reason(kind="headers", about=language, words=f"the headers of the {name} mail changed")


def _people(old: Mapping[str, NamedAs], new: Mapping[str, NamedAs], consent: Answers) -> Iterator[Reason]:
    for id, how in _compared(old, new):
        if how == "new":
            words = f"{id} is named now, and was not"
        elif consent.form(id) is None:
            words = f"{id} may no longer be named in mail"
        elif how == "gone":
            words = f"{id} is not named any more"
        elif old[id].form != new[id].form:
            words = f"{id} is named by {_SAYS_LESS[new[id].form]} now, and was by {_SAYS_LESS[old[id].form]}"
        else:
            words = f"the name of {id} is written otherwise"
        yield Reason(kind="person", about=id, words=words)


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Reason]:
    """One sentence for each thing, however many of its files changed."""
    said: dict[str, Reason] = {}
    known = {"gone": _whats(old) - _whats(new), "new": _whats(new) - _whats(old)}
    for key, _ in _compared(old, new):
        what = _what(key)
        name = _called(what)
        words = f"{name} changed"
        if what in known["gone"]:
            words = f"{name} is not in it any more"
        elif what in known["new"]:
            words = f"{name} is in it now, and was not"
        said.setdefault(words, Reason(kind=_kind(what), about=what.rpartition(":")[2], words=words))
    yield from said.values()


def _what(key: str) -> str:
    """What a file is of: a story or an edition without its language.

    >>> _what("night/fa"), _what("edition:2026-w11/fa"), _what("voice:soup")
    ('night', 'edition:2026-w11', 'voice:soup')
    """
    return key.partition("/")[0]


def _whats(keys: Iterable[str]) -> set[str]:
    return {_what(key) for key in keys}


def _kind(what: str) -> str:
    kind = what.partition(":")[0]
    return kind if kind in _KINDS else "story"


def _called(what: str) -> str:
    return _KINDS.get(_kind(what), "the story {}").format(what.rpartition(":")[2])


def _compared(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, str]]:
    """What is `gone`, `new` or `changed` between two mappings, in order."""
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield key, "gone" if key not in new else "new" if key not in old else "changed"


def _differs(key: str, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether it is known to be another: an approval that does not say says nothing."""
    return key in old and old[key] != new.get(key)

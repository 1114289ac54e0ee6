"""What is published and may not be any more: the answer that needs no good build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from builder.model.address import FEED, FILTER
from builder.model.library import Library
from builder.model.manifest import Entry, Manifest, Withdrawal
from builder.model.newsletter import Newsroom
from builder.model.page import Naming
from builder.model.person import Channel, Form, Narrowing
from builder.model.story import Audience
from builder.plan.consent import answers
from builder.plan.library import arrange
from builder.plan.visible import may_appear
from builder.plan.voices import refused, said

GONE = "no longer in the newsroom"
_SAYS = {Form.FULL: 2, Form.FIRST: 1, Form.INITIALS: 0}


def find(manifest: Manifest, newsroom: Newsroom, now: datetime) -> Withdrawal:
    """What of `manifest` is refused at `now`.

    A name goes when consent no longer gives that much of it; a work or edition when it is not in the visible set. A
    source that cannot be understood today says nothing, so what was published from it stays until the end that was
    recorded; the same holds for everyone when the people file as a whole cannot be read, and for all works when the
    settings cannot.
    """
    judge = _Judge(manifest, newsroom, now)
    remove: list[str] = []
    notice: list[str] = []
    cut: dict[str, tuple[str, ...]] = {}
    found = {address: judge.refused_works(entry) for address, entry in manifest.files.items()}
    gone = {work.removeprefix("story:") for works in found.values() for work in works}
    for address, entry in manifest.files.items():
        refused = found[address]
        if address.startswith(("pictures/", "files/")):
            # These go with the last of their stories, also where it is the story that names someone.
            refused = refused if refused and refused >= set(entry.works) else gone & set(entry.works)
            if not refused >= set(entry.works):
                continue
        if not refused:
            continue
        page = address.endswith(".html") and manifest.channel != Channel.EMAIL.value
        marked = page or address.endswith((FEED, FILTER))
        separable = marked and entry.subject not in refused and all(_is_one_of_many(one) for one in refused)
        if separable:
            cut[address] = tuple(sorted(one.partition("/")[0] for one in refused))
        elif page:
            notice.append(address)
        else:
            remove.append(address)
    return Withdrawal(remove=tuple(remove), notice=tuple(notice), cut=cut, why=judge.why)


def _work_of(path: str) -> str:
    """What a lost file would have told: a version where its name says the language, else all of a work."""
    name, dot, language = PurePosixPath(path).name.removesuffix(".md").partition(".")
    if path.startswith("stories/editions/"):
        return f"edition:{name}"
    folder = path.removeprefix("stories/").partition("/")[0]
    if folder in _SAID:
        return f"{_SAID[folder]}{name.removesuffix('.yaml')}"
    return f"{name}/{language}" if dot else name


_SAID = {
    "voices": "voice:",
    "commitments": "commitment:",
    "promises": "promise:",
    "corrections": "correction:",
}
"""The folders of what was said, and how the keys of what stands in them begin."""


def _is_one_of_many(work: str) -> bool:
    """Whether a work stands between marks of its own on the pages that show it: stories do, and what was said."""
    return bool(work) and (":" not in work or work.startswith(tuple(_SAID.values())))


class _Judge:
    """Says which works of a file are refused, or name someone who is; and remembers why."""

    def __init__(self, manifest: Manifest, newsroom: Newsroom, now: datetime) -> None:
        self.manifest = manifest
        self.newsroom = newsroom
        self.now = now
        self.why: dict[str, str] = {}
        self.library: Library = arrange(newsroom, now, Audience(manifest.audience))
        self.consent = answers(newsroom, Channel(manifest.channel), now)
        self.visible = {story.version for story in self.library.stories} | {
            f"edition:{edition.id}" for edition in self.library.editions
        }
        self.visible |= said(newsroom, now, self.library.audience, self.consent.channel).keys
        self.lost = {_work_of(path) for path in newsroom.lost} | {one.version for one in newsroom.unsound}
        # A whole folder that could not be opened: what was published from it is not known to be gone.
        self.folder_lost = any("." not in PurePosixPath(path).name for path in newsroom.lost)
        self.heroes = {hero.person: frozenset(hero.works) for hero in self.library.heroes}
        self.narrowings: Mapping[str, tuple[Narrowing, ...]] = {
            story.version: story.narrowings for story in newsroom.stories
        }

    def refused_works(self, entry: Entry) -> set[str]:
        """The works of this file that must go; the file's own subject among them, or "" when the whole page must."""
        refused = {work for work in self._works(entry) if self._work_refused(work)}
        for naming in entry.namings:
            if self._naming_refused(naming):
                refused.add(naming.work)
        kind, _, subject = entry.subject.partition(":")
        if kind == "hero" and self.newsroom.people_known and self.newsroom.settings_known:
            if self.consent.form(subject) is None:
                refused.add("")
            refused |= {work for work in entry.works if self._not_for(subject, work)}
        own = subject if kind == "story" else entry.subject
        return {entry.subject if work == own else work for work in refused}

    def _not_for(self, hero: str, work: str) -> bool:
        """Whether a story must no longer stand on a hero's page, which would say the name beside it."""
        if work.partition("/")[0] in self.heroes.get(hero, ()) or self._is_lost(work):
            return False
        self.why.setdefault(hero, "a story says less of the name now")
        return True

    def _is_lost(self, work: str) -> bool:
        return work in self.lost or work.partition("/")[0] in self.lost

    def _works(self, entry: Entry) -> Iterable[str]:
        kind, _, subject = entry.subject.partition(":")
        own = [subject] if kind == "story" else [entry.subject] if kind == "edition" else []
        return dict.fromkeys([*own, *entry.works])

    def _work_refused(self, work: str) -> bool:
        end = self.manifest.works_end.get(work)
        if end is not None and end <= self.now:
            self.why[work] = "expired"
            return True
        if work in self.visible or self._is_lost(work) or not self.newsroom.settings_known:
            return False
        reason = self._reason(work)
        if reason == GONE and self.folder_lost:
            return False
        self.why[work] = reason
        return True

    def _reason(self, work: str) -> str:
        for story in self.newsroom.stories:
            if story.version == work:
                return may_appear(story, self.now, Audience(self.manifest.audience)).reason
        for edition in self.newsroom.editions:
            if f"edition:{edition.id}" == work:
                return may_appear(edition, self.now).reason
        if work in {one.key for one in self.newsroom.said}:
            audience = Audience(self.manifest.audience)
            return refused(work, self.newsroom, self.now, audience, self.consent.channel)
        return GONE

    def _naming_refused(self, naming: Naming) -> bool:
        end = self.manifest.people_end.get(naming.person)
        ended = end is not None and end <= self.now
        if not self.newsroom.people_known:
            refused = ended
        elif ended and not self.newsroom.settings_known:
            refused = True  # the record was made in the newsletter's time zone, which nobody knows today
        else:
            form = self.consent.form(naming.person, self.narrowings.get(naming.work, ()))
            refused = form is None or _SAYS[form] < _SAYS[Form(naming.form)]
        if refused:
            self.why[naming.person] = "consent no longer allows it"
        return refused

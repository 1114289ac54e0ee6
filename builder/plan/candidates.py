"""The stories that an edition may be filled with, in the order of time, and those that cannot be seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from builder.model.edition import Reason
from builder.model.library import Library
from builder.model.story import Story
from builder.plan.visible import may_appear

_NOT_SEEN = {
    "draft": Reason.DRAFT,
    "not yet": Reason.NOT_YET,
    "expired": Reason.EXPIRED,
    "audience": Reason.AUDIENCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story as the default language has it; `moment` is when it appears, `hidden` why it does not."""

    work: str
    story: Story
    moment: datetime
    hidden: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """All stories, those that appear first coming first."""

    listed: tuple[Candidate, ...]
    moments: tuple[datetime, ...]
    hidden: Mapping[str, Candidate] = field(default_factory=dict)
    """Those that cannot be seen, by their work."""

    def between(self, since: datetime, before: datetime) -> Iterator[Candidate]:
        """Those of a time, the newest first."""
        first, last = bisect_left(self.moments, since), bisect_left(self.moments, before)
        return reversed(self.listed[first:last])

    def just_before(self, since: datetime, many: int) -> tuple[Candidate, ...]:
        """The last so many that appeared before a time, the newest first."""
        last = bisect_left(self.moments, since)
        return self.listed[max(0, last - many) : last][::-1]


def candidates(library: Library) -> Candidates:
    """Every story of `library`, and of its newsroom those that it does not show."""
    settings = library.newsroom.settings
    found = []
    for place, work in enumerate(library.works):
        story = library.version(work, settings.language)
        found.append(
            (
                story.publish or story.date,
                -place,
                Candidate(work=work, story=story, moment=story.publish or story.date),
            )
        )
    hidden: dict[str, Candidate] = {}
    for broken, stories in ((False, library.newsroom.stories), (True, library.newsroom.unsound)):
        for story in stories:
            if story.work in library.versions or story.work in hidden:
                continue
            reason = _NOT_SEEN.get(may_appear(story, library.now, library.audience).reason)
            if broken or reason:
                hidden[story.work] = Candidate(
                    work=story.work,
                    story=story,
                    moment=story.publish or story.date,
                    hidden=Reason.BROKEN if broken else reason,
                )
    found += [(one.moment, 1, one) for one in hidden.values()]
    found.sort(key=lambda one: (one[0], one[1], one[2].work))
    return Candidates(
        listed=tuple(one for _, _, one in found),
        moments=tuple(moment for moment, _, _ in found),
        hidden=hidden,
    )

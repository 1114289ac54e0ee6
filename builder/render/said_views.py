"""What templates see of customers' voices, commitments and promises, beside what `views` says they see of all else.

    voices          voices: tuple[VoiceView, ...], around: tuple[LinkView, ...]
    commitments     commitments: CommitmentsView, around
    promises        promises: tuple[PromiseView, ...], around

On the front page, `said: SaidView`; on a story, `said: SaidView` too: what was said and done about that story.
On an edition and on a story, `corrections: tuple[CorrectionView, ...]`: what was put right of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.render.views import DateView, LinkView, TitleView


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenView:
    """Words of an editor or a customer, with the language they are in."""

    text: Markup | str
    lang: str
    dir: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    """A customer's remark. `key` is what stands in the marks around it.

    `words` are in the page's language where it is translated; `original` then says them as they were said, and
    `translated` that they are a translation. `manner` says whether they are word for word, `asked` whether we had asked.
    """

    id: str
    key: str
    url: str
    kind: str
    kind_label: str
    words: SpokenView
    translated: str
    original: SpokenView | None
    manner: str
    who: SpokenView
    channel: str
    asked: str
    date: DateView
    about: tuple[LinkView, ...]
    stories: tuple[TitleView, ...]
    thanked: str
    troubles: tuple[str, ...]
    """Of a complaint: what we were guilty of, and how time was wasted, in words."""
    outcome: SpokenView
    commitments: tuple[LinkView, ...]
    """What was done about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView:
    """You said, we did. `said_key` is the key of the voice whose words `said` are or stand for, or ""."""

    id: str
    key: str
    url: str
    progress: str
    """`open`, `overdue` or `done`; `progress_label` says it with its day."""
    progress_label: str
    day: str
    """That day as ISO 8601."""
    said: SpokenView
    said_key: str
    origin: str
    """Where it comes from, in words; `source` leads there, where it leads anywhere."""
    source: LinkView | None
    source_story: TitleView | None
    did: SpokenView
    owner: LinkView
    result: SpokenView
    measured: str
    """What the measure said before and after, in a sentence; `measure` leads to it."""
    measure: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsView:
    """All commitments: those whose day is over and that are not done, those that are open, those that are done."""

    overdue: tuple[CommitmentView, ...]
    open: tuple[CommitmentView, ...]
    done: tuple[CommitmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """Two numbers beside one another, with their labels; `chart` draws them as bars."""

    kind: str
    """`delivery` or `perception`."""
    title: str
    first_label: str
    first: str
    second_label: str
    second: str
    verdict: str
    sentence: str
    chart: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    id: str
    key: str
    words: SpokenView
    to: SpokenView
    owner: LinkView
    promised: str
    delivery: GapView | None
    perception: GapView | None
    dimension: str
    agreed: SpokenView
    review: DateView | None
    source: SpokenView
    as_of: DateView | None
    measure: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What was put right of an edition, or of a story in it. `edition` leads to the note on the edition's page."""

    id: str
    key: str
    date: DateView
    words: SpokenView
    edition: LinkView
    story: TitleView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCorrectionView:
    """The same in the next mail, in plain words; `edition` says which was wrong, `url` is the note's whole address."""

    date: DateView
    text: str
    lang: str
    dir: str
    align: str
    mark: str
    """As in any other text of a mail (`mail_views`)."""
    edition: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """A few voices and commitments on a page that is about other things, and links to all."""

    voices: tuple[VoiceView, ...]
    commitments: tuple[CommitmentView, ...]
    all_voices: LinkView | None
    all_commitments: LinkView | None

    def __bool__(self) -> bool:
        return bool(self.voices or self.commitments)

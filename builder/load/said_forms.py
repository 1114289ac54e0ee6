"""What editors may write of customers' voices, commitments and promises, and of what they put right, as forms."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from builder.load.forms import Form
from builder.load.kinds import (
    ChannelWord,
    Identity,
    Ids,
    Language,
    Localised,
    Number,
    When,
    several,
)
from builder.load.metric_forms import Period

SinWord = Literal["apathy", "brush-off", "coldness", "condescension", "robotism", "rule-book", "runaround"]
PlagueWord = Literal["waiting", "interruption", "repetition", "unreachable", "rush", "silence", "bad-timing"]
FaultWord = Literal["ours", "nobodys", "not-known"]
DimensionWord = Literal["tangibles", "reliability", "responsiveness", "assurance", "empathy"]


class PermissionForm(Form):
    this: ClassVar[str] = "`permission:`"
    such_as: ClassVar[str] = "{channels: [site, email], date: 2026-03-04, how: asked by telephone}"

    channels: Annotated[list[ChannelWord], BeforeValidator(several), Field(min_length=1)] = Field(
        description="Where the customer allows it to be shown."
    )
    date: When = Field(description="When they said yes.")
    how: str = Field("", description="How they said it, for whoever asks one day; never shown.")
    until: When | None = Field(None, description="From when it counts no more.")


class PublishedForm(Form):
    """What voices, commitments and promises share with stories."""

    status: Literal["ready", "draft"] = Field("ready", description="draft keeps it off the site.")
    audience: Literal["staff", "visitors", "public"] = Field("staff", description="Who may see it.")
    publish: When | None = Field(None, description="From when it may be seen.")
    expires: When | None = Field(None, description="When to take it down.")


class VoiceForm(PublishedForm):
    this: ClassVar[str] = "a voice"
    such_as: ClassVar[str] = "{kind: praise, received: 2026-03-04, text: Thank you., who: a visitor}"

    kind: Literal["praise", "complaint", "idea"] = Field(description="What sort of remark it is.")
    received: When = Field(description="The day it reached us.")
    channel: Localised | None = Field(None, description="How it reached us: card, telephone, survey ...")
    solicited: bool = Field(False, description="true where we asked for it.")
    text: Localised = Field(description="What was said; translations beside it, by language.")
    lang: Language | None = Field(
        None, description="The language it was said in; the first one given, if left out."
    )
    edited: bool = Field(False, description="true where it is not word for word as it was said.")
    who: Localised = Field(description="How the customer is described: a father, Ward Seven. Never a name.")
    permission: PermissionForm | None = Field(None, description="Their yes; without it, it is shown nowhere.")
    withdrawn: When | None = Field(None, description="From this day nothing.")
    about: Ids = Field(default_factory=list, description="Ids of the people and teams it is about.")
    stories: Ids = Field(default_factory=list, description="Ids of the stories it belongs to.")
    metric: Identity = Field("", description="The id of the measure whose survey it came with.")
    round: Period | None = Field(None, description="The period of that survey.")
    thanked: When | None = Field(None, description="When they were thanked.")
    sins: Annotated[list[SinWord], BeforeValidator(several)] = Field(
        default_factory=list, description="Of a complaint: what we were guilty of."
    )
    plagues: Annotated[list[PlagueWord], BeforeValidator(several)] = Field(
        default_factory=list, description="Of a complaint: how their time was wasted."
    )
    outcome: Localised | None = Field(None, description="Of a complaint: what came of it.")
    fault: FaultWord | None = Field(None, description="Of a complaint: whose doing it was.")


class OriginForm(Form):
    this: ClassVar[str] = "`from:`"
    such_as: ClassVar[str] = "{voice: cold-soup}"

    voice: Identity = Field("", description="The id of a customer's voice.")
    story: Identity = Field("", description="The id of a story.")
    metric: Identity = Field("", description="The id of a measure.")
    meeting: Localised | None = Field(None, description="Which meeting, in words.")


class RemeasuredForm(Form):
    this: ClassVar[str] = "`measured:`"
    such_as: ClassVar[str] = "{metric: would-recommend, before: 2026-Q1, after: 2026-Q3}"

    metric: Identity = Field(description="The id of the measure.")
    before: Period = Field(description="The period before.")
    after: Period = Field(description="The period after.")


class CommitmentForm(PublishedForm):
    this: ClassVar[str] = "a commitment"
    such_as: ClassVar[str] = "{from: {voice: cold-soup}, did: ..., owner: kitchen, due: 2026-06-30}"

    origin: OriginForm = Field(
        alias="from", description="Where it comes from: a voice, story, metric or meeting."
    )
    said: Localised | None = Field(None, description="What was said; may be left out where a voice says it.")
    did: Localised = Field(description="What we do about it.")
    owner: Identity = Field(description="The id of the team that sees to it.")
    due: When = Field(description="The last day for it.")
    done: When | None = Field(None, description="The day it was done.")
    result: Localised | None = Field(None, description="What came of it.")
    measured: RemeasuredForm | None = Field(None, description="The measure that was looked at again.")


class CorrectionForm(Form):
    this: ClassVar[str] = "a correction"
    such_as: ClassVar[str] = "{edition: 2026-w11, date: 2026-03-16, reason: We wrote ten; it was twelve.}"

    edition: Identity = Field(description="The id of the edition that is put right.")
    date: When = Field(description="The day it is put right, or the minute: 2026-03-16T10:15.")
    reason: Localised = Field(description="What was wrong and what is right, in a sentence; by language.")
    story: Identity = Field("", description="The id of the story it is about, if it is about one.")
    status: Literal["ready", "draft"] = Field("ready", description="draft keeps it off the site.")


class PromiseForm(PublishedForm):
    this: ClassVar[str] = "a promise"
    such_as: ClassVar[str] = (
        "{to: patients, text: ..., unit: minutes, direction: down, promised: 15, owner: pharmacy}"
    )

    to: Identity = Field(description="Whom it is made to: an id of `customers:` in newsletter.yaml.")
    text: Localised = Field(description="The promise, in a sentence.")
    unit: Localised = Field(description="minutes, %, out of 5 ...")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    promised: Number = Field(description="What was promised.")
    delivered: Number | None = Field(None, description="What was delivered.")
    source: Localised | None = Field(None, description="Where the number delivered comes from.")
    as_of: When | None = Field(None, description="The day of that number.")
    expected: Number | None = Field(None, description="What customers said they expect.")
    perceived: Number | None = Field(None, description="What they said they got.")
    dimension: DimensionWord | Literal[""] = Field(
        "", description="Which of the five dimensions of service it is of."
    )
    agreed: Localised | None = Field(None, description="With whom it was agreed.")
    review: When | None = Field(None, description="When it is looked at again.")
    owner: Identity = Field(description="The id of the team that keeps it.")
    metric: Identity = Field("", description="The id of the measure that goes with it.")

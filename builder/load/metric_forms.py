"""What may be written of a measure and its readings: stories/metrics/NAME.yaml."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from builder.load.forms import Form
from builder.load.kinds import Count, Identity, Localised, Number, Wrong, shortened
from builder.model.period import WRITTEN, days


def _period(value: Any) -> Any:
    mend = "Write a day as 2026-03-14, a week as 2026-W11, a month as 2026-03, a quarter as 2026-Q1 or a year as 2026."
    written = isinstance(value, str) and WRITTEN.fullmatch(value)
    if not written:
        raise Wrong(f"`{shortened(str(value))}` is not a period", mend)
    try:
        days(value)
    except ValueError:
        kind = "week" if written["week"] else "day"
        raise Wrong(f"there is no {kind} `{value}` in the calendar", mend) from None
    return value


Period = Annotated[
    str,
    BeforeValidator(_period),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-Q[1-4]|-W\d{2}|-\d{2}(-\d{2})?)?$"},
                {"type": "integer"},
            ]
        }
    ),
]


class SegmentForm(Form):
    this: ClassVar[str] = "a segment"
    such_as: ClassVar[str] = "{team: stores, counts: {satisfied: 41, others: 9}}"

    team: Identity = Field(description="The team's id.")
    counts: dict[str, Count] = Field(description="What was counted there, by answer.")


class OutcomesForm(Form):
    this: ClassVar[str] = "`outcomes:`"
    such_as: ClassVar[str] = "{partial: 4, refused: 31, not_reached: 210}"

    partial: Count = Field(0, description="How many began and did not end.")
    refused: Count = Field(0, description="How many did not want to answer.")
    not_reached: Count = Field(0, description="How many were never reached.")
    other: Count = Field(0, description="How many did not answer for another reason.")
    unknown: Count = Field(0, description="Of how many nobody knows whether it was right to ask them.")


class ReadingForm(Form):
    this: ClassVar[str] = "a reading"
    such_as: ClassVar[str] = "{period: 2026-03, value: 82, n: 50}"

    period: Period = Field(description="2026, 2026-Q1, 2026-03, 2026-W11 or 2026-03-14.")
    counts: dict[str, Count] | None = Field(None, description="What was counted, by answer.")
    value: Number | None = Field(None, description="The score, where nothing is counted.")
    spread: Annotated[Number, Field(ge=0)] | None = Field(
        None, description="Of a mean: the standard deviation of the answers."
    )
    n: Count | None = Field(None, description="How many answered.")
    invited: Count | None = Field(None, description="How many were asked.")
    undelivered: Count = Field(0, description="How many of these the question never reached.")
    outcomes: OutcomesForm | None = Field(
        None, description="What became of those who did not answer, for AAPOR's response rate."
    )
    comments: Count | None = Field(None, description="How many wrote something beside their answer.")
    segments: list[SegmentForm] = Field(default_factory=list, description="The same by team.")


class BreakForm(Form):
    this: ClassVar[str] = "a break"
    such_as: ClassVar[str] = "{period: 2026-03, note: A shorter card}"

    period: Period = Field(description="The first period measured in the new way.")
    note: Localised | None = Field(None, description="What changed.")


class MetricForm(Form):
    this: ClassVar[str] = "a measure"
    such_as: ClassVar[str] = "{name: Would recommend us}"

    name: Localised = Field(description="The measure's name.")
    plain_words: Localised = Field(
        description="In a sentence anyone understands, of at most 40 words: what it says."
    )
    unit: Localised | None = Field(None, description="points, %, minutes ...")
    method: Literal["nps", "csat", "ces", "proportion", "fcr", "mean", "rate", "count"] = Field(
        description="How the score is made."
    )
    scale: list[int] | None = Field(None, description="The lowest and the highest mark, of a mean: [1, 5].")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    target: Number | None = Field(None, description="Where you want to be.")
    near: Number | None = Field(None, description="From where on you are near the target.")
    side: Literal["internal", "external"] = Field(
        description="How it looks from inside, or what customers say."
    )
    owner: Identity = Field("", description="The id of the team that answers for it.")
    goal: Localised | None = Field(None, description="The company's goal that it serves.")
    pair: Identity = Field("", description="The measure on the other side that goes with it.")
    audience: Literal["staff", "visitors", "public"] = Field("staff", description="Who may see it.")
    breaks: list[BreakForm] = Field(default_factory=list, description="Changes of method.")
    readings: list[ReadingForm] = Field(default_factory=list, description="A line per period.")

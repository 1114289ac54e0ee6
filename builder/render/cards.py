"""A measure's line as a picture that stands by itself in a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from builder.model.metric import Measured
from builder.render.charts import Chart, line
from builder.render.measures import decimals_of
from builder.render.words import Speaker

WIDTH, HEIGHT = 544, 264
"""What a mail of 600 points has room for beside its margins; in points, of which the picture has two pixels each."""

_SIDE, _ABOVE = 14, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What `charts/card.svg` draws. `palette` are the colours of the newsletter by day, by name; `left` and `top` say where
    the chart begins.
    """

    width: int
    height: int
    left: int
    top: int
    dir: str
    palette: Mapping[str, str]
    chart: Chart


def card(
    shown: Measured, speaker: Speaker, palette: Mapping[str, str], *, title: str, description: str
) -> Card:
    """The card of a measure with at least one reading."""
    return Card(
        width=WIDTH,
        height=HEIGHT,
        left=_SIDE,
        top=_ABOVE,
        dir=speaker.direction,
        palette=palette,
        chart=line(
            shown,
            speaker,
            title=title,
            description=description,
            decimals=decimals_of(shown.metric),
            width=WIDTH - 2 * _SIDE,
            height=HEIGHT - 2 * _ABOVE,
        ),
    )


def name_of(picture: bytes) -> str:
    """What a mail calls a picture in it (RFC 2392): the same picture has the same name in every mail.

    So short that its header is one line: some mail programs do not find a name that stands on the next.
    """
    return f"{sha256(picture).hexdigest()[:32]}@newsletter.invalid"

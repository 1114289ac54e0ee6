"""What was answered, as one bar cut into its parts, each with a ground of its own and a line of words below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.render.words import Speaker

WIDTH = 400
_BAR, _ROW, _BELOW = 28, 26, 16
_SIDE = 2
GROUNDS = ("full", "hatched", "crossed", "dotted", "open")
"""The grounds in their order from one end of a scale to the other: less and less of it is drawn on, so no colour need tell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One answer: its stretch of the bar, its ground (one of GROUNDS), its row's height and what stands in the row."""

    x: float
    width: float
    ground: str
    row: float
    words: str
    share: str
    n: str
    label: str
    """Share and number together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What `charts/stack.svg` draws; it begins where a line of the language begins. `swatch` is where the little squares stand,
    `start` and `end` where words lean, and `anchors` how.
    """

    width: int
    height: int
    bar: float
    title: str
    description: str
    title_id: str
    description_id: str
    id: str
    lang: str
    parts: tuple[Part, ...]
    swatch: float
    start: float
    end: float
    anchors: tuple[str, str]


def stack(answers: Sequence[tuple[str, int]], speaker: Speaker, *, title: str, id: str) -> Stack:
    """The bar of (answer in words, how many gave it), the best answer first; at most five, of which one is not 0."""
    backwards = speaker.direction == "rtl"
    n = sum(number for _, number in answers)
    # The best and the worst answer are as far apart as can be, however many stand between them.
    grounds = (*GROUNDS[: len(answers) - 1], GROUNDS[-1])
    parts: list[Part] = []
    before = 0
    for place, (words, number) in enumerate(answers):
        begin, end = (
            round(_SIDE + count / n * (WIDTH - 2 * _SIDE), 1) for count in (before, before + number)
        )
        before += number
        share, count = speaker.percent(speaker.number(100 * number / n)), speaker.number(number)
        parts.append(
            Part(
                x=round(WIDTH - end, 1) if backwards else begin,
                width=round(end - begin, 1),
                ground=grounds[place],
                row=_BAR + _BELOW + _ROW * place + 14,
                words=speaker.placed(words),
                share=share,
                n=count,
                label=speaker.placed(f"{share} · {count}"),
            )
        )
    begin, end = (WIDTH - _SIDE, _SIDE) if backwards else (_SIDE, WIDTH - _SIDE)
    return Stack(
        width=WIDTH,
        height=_BAR + _BELOW + _ROW * len(answers),
        bar=_BAR,
        title=title,
        description=" ".join(
            speaker.say("picture.answer", answer=one.words, share=one.share, count=one.n) for one in parts
        ),
        title_id=f"{id}-title",
        description_id=f"{id}-description",
        id=id,
        lang=speaker.language,
        parts=tuple(parts),
        swatch=begin - 14 if backwards else begin,
        start=begin - 24 if backwards else begin + 24,
        end=end,
        anchors=("end", "start") if backwards else ("start", "end"),
    )

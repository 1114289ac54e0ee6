"""A gap as two bars, one below the other, and what lies between their ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from builder.model.gap import Gap, GapKind
from builder.render.words import Speaker, rounded

WIDTH, HEIGHT = 400, 138
_SIDE = 2
_BAR = 20
_WORDS = {GapKind.DELIVERY: ("promised", "delivered"), GapKind.PERCEPTION: ("expected", "perceived")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: where it begins and how long it is across, its upper edge, and the words and the number above it."""

    x: float
    y: float
    width: float
    height: float
    words: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChart:
    """What `charts/gap.svg` draws. Bars begin where a line of the language begins, all from the same zero.

    `between` is where the gap begins, how long it is, across, and its upper edge: beyond the end of the shorter bar. Its
    length is 0 where there is none. `verdict` says it in words. `start` and `end` are the sides on which words lean, and `anchors` how they lean there.
    """

    width: int
    height: int
    title: str
    description: str
    title_id: str
    description_id: str
    pattern_id: str
    lang: str
    wanted: Bar
    found: Bar
    between: tuple[float, float, float]
    short: bool
    verdict: str
    start: float
    end: float
    anchors: tuple[str, str]


def gap_chart(gap: Gap, speaker: Speaker, *, title: str, number: Callable[[float], str]) -> GapChart:
    """The bars of a gap; `number` writes a value with its unit, in the language of `speaker`."""
    backwards = speaker.direction == "rtl"
    longest = max(gap.wanted, gap.found, 0)
    least = min(gap.wanted, gap.found, 0)
    span = (longest - least) or 1.0

    def length(value: float) -> float:
        return round((value - least) / span * (WIDTH - 2 * _SIDE), 1)

    def across(near: float, far: float) -> tuple[float, float]:
        """Where a stretch begins and how long it is, from its distances to the side where lines begin."""
        begin, extent = min(near, far), round(abs(far - near), 1)
        return round(WIDTH - _SIDE - begin - extent if backwards else _SIDE + begin, 1), extent

    words = [speaker.say(f"picture.{one}") for one in _WORDS[gap.kind]]
    zero = length(0)

    def bar(value: float, said: str, y: float) -> Bar:
        x, width = across(zero, length(value))
        return Bar(
            x=x, y=y, width=max(width, 1.0), height=_BAR, words=said, number=speaker.placed(number(value))
        )

    wanted, found = bar(gap.wanted, words[0], 24), bar(gap.found, words[1], 76)
    # What is shown as the same is called the same.
    difference = 0.0 if wanted.number == found.number else gap.difference
    verdict = speaker.say(
        f"picture.{'even' if not difference else 'worse' if difference < 0 else 'better'}",
        gap=number(abs(float(rounded(gap.difference, 6)))),
    )
    begin, end = (WIDTH - _SIDE, _SIDE) if backwards else (_SIDE, WIDTH - _SIDE)
    return GapChart(
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=f"{words[0]}: {wanted.number}. {words[1]}: {found.number}. {verdict}.",
        title_id=f"gap-{gap.kind.value}-{gap.id}-title",
        description_id=f"gap-{gap.kind.value}-{gap.id}-description",
        pattern_id=f"gap-{gap.kind.value}-{gap.id}-pattern",
        lang=speaker.language,
        wanted=wanted,
        found=found,
        between=(
            *across(length(gap.wanted), length(gap.found)),
            min((wanted, found), key=lambda bar: bar.width).y,
        )
        if difference
        else (0.0, 0.0, 0.0),
        short=difference < 0,
        verdict=speaker.placed(verdict),
        start=begin,
        end=end,
        anchors=("end", "start") if backwards else ("start", "end"),
    )

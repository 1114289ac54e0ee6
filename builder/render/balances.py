"""How many measures say what customers feel, beside how many count what we do: a square for each."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.words import Speaker

WIDTH = 400
_SQUARE, _SPACE, _ROW = 16, 6, 34
_SIDE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One side: its words, how many, and where its squares stand; `kind` is `external` or `internal`."""

    kind: str
    words: str
    number: str
    y: float
    squares: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceChart:
    """What `charts/balance.svg` draws: full squares for what is felt outside, open ones for what is counted inside."""

    width: int
    height: int
    square: int
    title: str
    description: str
    title_id: str
    description_id: str
    lang: str
    rows: tuple[Row, ...]
    start: float
    end: float
    anchors: tuple[str, str]


def balance_chart(external: int, internal: int, speaker: Speaker, *, title: str, id: str) -> BalanceChart:
    """The two counts as rows of squares, on as many lines as they need."""
    backwards = speaker.direction == "rtl"
    begin, end = (WIDTH - _SIDE, _SIDE) if backwards else (_SIDE, WIDTH - _SIDE)
    abreast = int((WIDTH - 2 * _SIDE + _SPACE) / (_SQUARE + _SPACE))
    rows: list[Row] = []
    y = 16.0
    for kind, count, key in (("external", external, "outside"), ("internal", internal, "inside")):
        places = [divmod(one, abreast) for one in range(count)]
        rows.append(
            Row(
                kind=kind,
                words=speaker.say(f"picture.{key}"),
                number=speaker.number(count),
                y=y,
                squares=tuple(
                    (
                        begin - _SQUARE - across * (_SQUARE + _SPACE)
                        if backwards
                        else begin + across * (_SQUARE + _SPACE),
                        y + 10 + down * (_SQUARE + _SPACE),
                    )
                    for down, across in places
                ),
            )
        )
        y += _ROW + max(1, -(-count // abreast)) * (_SQUARE + _SPACE)
    return BalanceChart(
        width=WIDTH,
        height=int(y - 20),
        square=_SQUARE,
        title=title,
        description=" ".join(f"{one.words}: {one.number}." for one in rows),
        title_id=f"{id}-title",
        description_id=f"{id}-description",
        lang=speaker.language,
        rows=tuple(rows),
        start=begin,
        end=end,
        anchors=("end", "start") if backwards else ("start", "end"),
    )

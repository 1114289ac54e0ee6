"""The scorecard as one sheet of paper for a wall: it holds all it needs, and every measure has a field of the same size."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from builder.model.metric import Measured
from builder.render.multiples import MultipleView, multiples
from builder.render.press import Press
from builder.render.words import Speaker

MOST = 16
"""Measures on a side: more of them could not be read from where people stand."""

_ROOMS = ((4, "is-roomy"), (6, ""), (10, "is-tight"), (MOST, "is-tight is-dense"))
"""So many fields on a side, and how they are set: in large letters; as they come; without their sentences; and smaller."""

_STYLES = ("letters.css", "site.css", "pictures.css", "bars.css", "brand.css")
_URL = re.compile(r'url\("?([^")]+)"?\)')


@dataclass(frozen=True, slots=True, kw_only=True)
class WallSide:
    """One side: its title, its measures, and in words how many more there are, "" where all are shown."""

    title: str
    items: tuple[MultipleView, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WallView:
    """What `print/scorecard.html` gets as `sheet`: `rows` fields on each side, `room` is the class that says how much room each has; `style` are the
    style sheets of the site in one text, with their fonts in it.
    """

    lang: str
    dir: str
    title: str
    newsletter: str
    day: str
    rows: int
    room: str
    sides: tuple[WallSide, ...]
    style: Markup


def scorecard(press: Press, language: str, now: datetime, assets: Mapping[str, bytes]) -> str:
    """The sheet in a language of the site; `assets` are the theme's files by their addresses. Raises Trouble."""
    speaker, settings = press.speakers[language], press.settings
    sides = tuple(
        one
        for one in (
            _side(press, speaker, "external", "picture.outside"),
            _side(press, speaker, "internal", "picture.inside"),
        )
        if one.items
    )
    rows = max((len(one.items) for one in sides), default=1)
    view = WallView(
        lang=language,
        dir=speaker.direction,
        title=speaker.say("sheet.title"),
        newsletter=speaker.own(settings.title, settings)[1],
        day=speaker.say("sheet.day", date=speaker.day(now).text),
        rows=rows,
        room=next(room for most, room in _ROOMS if rows <= most),
        sides=sides,
        style=Markup(_style(press.assets, assets)),  # noqa: S704  the theme's own
    )
    return press.templates.render("print/scorecard.html", sheet=view, say=speaker.say)


def _side(press: Press, speaker: Speaker, side: str, title: str) -> WallSide:
    found: list[Measured] = [
        one for one in press.library.metrics if one.metric.side == side and one.metric.readings
    ]
    found.sort(key=lambda one: one.metric.id)
    left = len(found) - MOST
    return WallSide(
        title=speaker.say(title),
        items=multiples(found[:MOST], speaker, press.settings, press.templates.render),
        more=speaker.say("sheet.more", n=left) if left > 0 else "",
    )


def _style(names: Mapping[str, str], assets: Mapping[str, bytes]) -> str:
    """The style sheets in their order, each font in the place of its address."""

    def font(match: re.Match[str]) -> str:
        data = assets.get(f"assets/{match[1]}")
        return f"url(data:font/woff2;base64,{b64encode(data).decode('ascii')})" if data else match[0]

    sheets = (assets[names.get(f"assets/{one}", f"assets/{one}")].decode("utf-8-sig") for one in _STYLES)
    return "\n".join(_URL.sub(font, one) for one in sheets).replace("</", "<\\/")

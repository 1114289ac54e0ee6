"""The way of a newsroom under an editor's hands: built in memory, again at every change, the last good pages kept."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from builder.desk.build import render
from builder.desk.newsroom import Desk, Prepared, Spread, prepare
from builder.model.page import Output
from builder.model.sources import Sources
from builder.problem import Problem, Trouble, errors, in_order
from builder.render.preview import FOLDER, dress

MOST_TIMES = 4
"""Other times (`?now=`) that are kept in memory, the least recently asked for going first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One build in memory. `ribbons` say, by page language and item, what is not published yet.

    `root` is the path of the site on its host as people write it, not as an address encodes it.
    """

    files: Mapping[str, Output] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    ribbons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    root: str = "/"
    until: datetime | None = None

    @property
    def whole(self) -> bool:
        return bool(self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a browser gets: an HTTP status, a media type, the bytes, and where else to look for a redirect."""

    status: int
    kind: str
    data: bytes
    location: str = ""


def show(sources: Sources, desk: Desk) -> Shown:
    """Build everything in memory, drafts and future items too; nothing is written."""
    prepared = prepare(sources, desk)
    problems = prepared.problems
    outputs: tuple[Output, ...] = ()
    if not errors(problems):
        outputs, more = render(prepared, desk)
        problems = (*problems, *more)
    whole = not errors(problems)
    return Shown(
        files={output.address: output for output in outputs} if whole else {},
        problems=in_order(problems),
        ribbons=_ribbons(prepared),
        root=unquote(urlsplit(prepared.newsroom.settings.base_url).path) or "/",
        until=prepared.library.until,
    )


def _ribbons(prepared: Prepared) -> dict[str, dict[str, str]]:
    ribbons: dict[str, dict[str, str]] = {}
    for language, speaker in prepared.press.speakers.items():
        ribbons[language] = {
            item: speaker.say("preview.draft")
            if when is None
            else speaker.say("preview.coming", date=speaker.day(when).text)
            for item, when in prepared.library.coming.items()
        }
    return ribbons


class Remembered:
    """Does each thing to each item once, however often it is asked; what was not asked for last time is forgotten."""

    def __init__(self, spread: Spread) -> None:
        self._spread = spread
        self._known: dict[tuple[Any, Any], Any] = {}

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        asked = list(items)
        new = [item for item in dict.fromkeys(asked) if (function, item) not in self._known]
        made = dict(zip(new, self._spread(function, new), strict=True))
        kept = {key: value for key, value in self._known.items() if key[0] is not function}
        for item in asked:
            kept[function, item] = made[item] if item in made else self._known[function, item]
        self._known = kept
        return [kept[function, item] for item in asked]


class Stage:
    """What is on show: the last whole build, and what is wrong with the newest. Asked by one at a time.

    `build` makes a build as of a time, or as of now; `announce` tells the browsers that a "page", a "style" or the
    "problems" have changed.
    """

    def __init__(self, build: Callable[[datetime | None], Shown], announce: Callable[[str], None]) -> None:
        self._build = build
        self._announce = announce
        self._times: OrderedDict[datetime, Shown] = OrderedDict()
        self.good = Shown()
        self.newest = Shown()

    def refresh(self) -> Shown:
        """Build again, and announce what has changed."""
        newest = self._built(None)
        before, self.newest = self.good, newest
        self._times.clear()
        if newest.whole:
            self.good = newest
        if newest.whole and newest.files != before.files:
            self._announce("style" if _only_styles(before, newest) else "page")
        self._announce("problems")
        return newest

    def _built(self, moment: datetime | None) -> Shown:
        try:
            return self._build(moment)
        except Trouble as trouble:
            return Shown(problems=(trouble.problem,))

    def is_due(self, now: datetime) -> bool:
        """Whether something appears or goes by now, though no file has changed."""
        return self.newest.until is not None and self.newest.until <= now

    def at(self, moment: datetime) -> Shown:
        """The build as of another time; the last good one where that has errors."""
        if moment not in self._times:
            self._times[moment] = self._built(moment)
            while len(self._times) > MOST_TIMES:
                self._times.popitem(last=False)
        self._times.move_to_end(moment)
        found = self._times[moment]
        return found if found.whole else self.good


def _only_styles(before: Shown, after: Shown) -> bool:
    if before.files.keys() != after.files.keys():
        return False
    return all(
        address.endswith(".css")
        for address, output in after.files.items()
        if output.data != before.files[address].data
    )


def answer(
    stage: Stage, path: str, moment: datetime | None, preview: Mapping[str, str], number: int
) -> Answer:
    """What stands at `path` (decoded, with its leading slash), as of `moment` or now.

    Only what was built is ever answered: no path leads to a disk. `preview` holds the preview's own files by name;
    `number` is that of the last event, after which the page asks for more.
    """
    shown = stage.at(moment) if moment else stage.good
    root = shown.root
    if not path.startswith(root):
        return Answer(status=302, kind="text/plain", data=b"", location=quote(root))
    inside = path.removeprefix(root)
    own = inside.removeprefix(f"{FOLDER}/")
    if own != inside:
        if own == "problems.json":
            rows = [{**asdict(one), "level": one.level.value} for one in stage.newest.problems]
            return Answer(status=200, kind="application/json", data=json.dumps({"problems": rows}).encode())
        if own in preview:
            return Answer(status=200, kind=media_type(own), data=preview[own].encode())
        return Answer(status=404, kind="text/plain", data=b"There is nothing here.\n")
    if not shown.whole:
        page = dress(preview["problems.html"], root=quote(root), number=number, subject="", ribbons={})
        return Answer(status=503, kind="text/html; charset=utf-8", data=page.encode())
    address = f"{inside}index.html" if inside == "" or inside.endswith("/") else inside
    status = 200 if address in shown.files else 404
    output = shown.files.get(address) or shown.files["404.html"]
    if not output.address.endswith(".html"):
        return Answer(status=status, kind=media_type(output.address), data=output.data)
    return Answer(
        status=status,
        kind="text/html; charset=utf-8",
        data=_dressed(output, shown, number, moment).encode(),
    )


def _dressed(output: Output, shown: Shown, number: int, moment: datetime | None) -> str:
    language = output.address.partition("/")[0]
    ribbons = shown.ribbons.get(language) or next(iter(shown.ribbons.values()), {})
    here = {*output.works, output.subject, output.subject.partition(":")[2]}
    return dress(
        output.data.decode("utf-8"),
        root=quote(shown.root),
        number=number,
        subject=output.subject,
        ribbons={item: text for item, text in ribbons.items() if item in here},
        notice=f"As of {moment:%A} {moment.day} {moment:%B %Y, %H:%M}." if moment else "",
        back="Back to now" if moment else "",
    )


def media_type(address: str) -> str:
    """The media type of a file, by its ending.

    >>> media_type("assets/site.css")
    'text/css; charset=utf-8'
    """
    kinds = {
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "svg": "image/svg+xml",
        "webp": "image/webp",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "woff2": "font/woff2",
        "xml": "application/xml; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "pdf": "application/pdf",
        "html": "text/html; charset=utf-8",
    }
    return kinds.get(address.rpartition(".")[2].lower(), "application/octet-stream")

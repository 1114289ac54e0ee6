"""The way of a newsroom under an editor's hands: built in memory, again at every change, the last good pages kept."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from builder.desk.newsroom import Memory, Prepared
from builder.desk.proofs import Proofs
from builder.desk.retouch import prepare_again
from builder.desk.setting import Desk
from builder.model.page import Output
from builder.model.sources import Sources
from builder.problem import Problem, Trouble, errors, in_order
from builder.render.preview import FOLDER, dress

MOST_VIEWED = 3
"""Pages that browsers asked for last, and that are made before all others."""

_PAGES = (".html", ".xml")

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
    """What a browser gets: an HTTP status, a media type, the bytes, where else to look for a redirect, and the security policy
    of a page that has it as a header."""

    status: int
    kind: str
    data: bytes
    location: str = ""
    policy: str = ""


def show(sources: Sources, desk: Desk, before: Shown | None = None, memory: Memory | None = None) -> Shown:
    """Arrange everything in memory, drafts and future items too; pages are made when they are asked for.

    What `before` has made and nothing has changed is not made again, nor what is in `memory`. Nothing is written.
    """
    prepared = prepare_again(sources, desk, memory)
    carried = before.files.carried() if before and isinstance(before.files, Proofs) else {}
    return Shown(
        files={} if errors(prepared.problems) else Proofs(prepared, desk, carried),
        problems=in_order(prepared.problems),
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


class Stage:
    """What is on show: the last whole build, and what is wrong with the newest. Asked by one at a time.

    `build` makes a build as of a time, or as of now, from what is shown; `announce` tells the browsers that a "page", a "style" or the
    "problems" have changed.
    """

    def __init__(
        self, build: Callable[[datetime | None, Shown], Shown], announce: Callable[[str], None]
    ) -> None:
        self._build = build
        self._announce = announce
        self._times: OrderedDict[datetime, Shown] = OrderedDict()
        self._viewed: OrderedDict[str, None] = OrderedDict()
        self._rest: Iterator[None] = iter(())
        self.good = Shown()
        self.newest = Shown()

    def refresh(self) -> Shown:
        """Build again, all of it, and announce what has changed."""
        self.begin()
        while self.go_on():
            pass
        return self.newest

    def begin(self) -> Shown:
        """Build again as far as browsers look at it now, and announce what has changed; `go_on` does the rest."""
        newest = self._built(None)
        before = self.good
        self._times.clear()
        kind = ""
        if newest.whole:
            try:
                viewed = [one for one in self._viewed if one in newest.files]
                kind = _difference(before, newest, viewed) if before.whole else "page"
            except Trouble as trouble:
                newest = replace(newest, files={}, problems=in_order((*newest.problems, trouble.problem)))
        self.newest = newest
        if newest.whole:
            self.good = newest
        if kind:
            self._announce(kind)
        self._announce("problems")
        self._rest = self._finish(before, newest, kind) if newest.whole else iter(())
        return newest

    def go_on(self, pages: int = 8) -> bool:
        """Make as many more pages; whether there may be others."""
        return sum(1 for _ in islice(self._rest, pages)) == pages

    def view(self, address: str) -> None:
        """Remember that a browser looks at this page: it is the first to be made again."""
        self._viewed[address] = None
        self._viewed.move_to_end(address)
        while len(self._viewed) > MOST_VIEWED:
            self._viewed.popitem(last=False)

    def _finish(self, before: Shown, newest: Shown, kind: str) -> Iterator[None]:
        """Make every page, a step each; then say what else has changed, and what is wrong with them as a whole."""
        files = newest.files
        try:
            for address in files:
                if address.endswith(_PAGES):
                    _ = files[address]
                yield
            changed = _difference(before, newest, files)
            found = tuple(files.broken_links()) if isinstance(files, Proofs) else ()
        except Trouble as trouble:
            found, changed = (trouble.problem,), ""
        if isinstance(files, Proofs):
            files.settle()
        if errors(found):
            self.good = before if before.whole else self.good
            self.newest = replace(newest, problems=in_order((*newest.problems, *found)), files={})
            self._announce("page")
            self._announce("problems")
        elif changed and kind not in ("page", changed):
            self._announce(changed)

    def _built(self, moment: datetime | None) -> Shown:
        try:
            return self._build(moment, self.good)
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


def _difference(before: Shown, after: Shown, addresses: Iterable[str]) -> str:
    """What a browser must do about these addresses: load its "page" again, take a new "style", or nothing ("").

    A page that was never made was seen by nobody. A picture's address tells its bytes, and the files that are published
    as they are stand on no page; of both it only matters whether they are there.
    """
    kind = ""
    for address in addresses:
        if address not in before.files:
            return "page"
        if address.startswith(("pictures/", "files/")):
            continue
        old = before.files.seen(address) if isinstance(before.files, Proofs) else before.files[address]
        new = after.files[address]
        if old is None or old is new or old.data == new.data:
            continue
        if not address.endswith(".css"):
            return "page"
        kind = "style"
    gone = isinstance(addresses, Mapping) and not all(address in addresses for address in before.files)
    return "page" if gone else kind


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
            return in_json({"problems": as_rows(stage.newest.problems)})
        if own in preview:
            return Answer(status=200, kind=media_type(own), data=preview[own].encode())
        return Answer(status=404, kind="text/plain", data=b"There is nothing here.\n")
    if not shown.whole:
        page = dress(preview["problems.html"], root=quote(root), number=number, subject="", ribbons={})
        return Answer(status=503, kind="text/html; charset=utf-8", data=page.encode())
    address = f"{inside}index.html" if inside == "" or inside.endswith("/") else inside
    status = 200 if address in shown.files else 404
    try:
        output = shown.files[address] if status == 200 else shown.files["404.html"]
    except (Trouble, KeyError):
        page = dress(preview["problems.html"], root=quote(root), number=number, subject="", ribbons={})
        return Answer(status=503, kind="text/html; charset=utf-8", data=page.encode())
    if moment is None and address.endswith(".html"):
        stage.view(address)
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


def as_rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as the preview's scripts read them."""
    return [{**asdict(one), "level": one.level.value} for one in problems]


def in_json(value: Mapping[str, Any]) -> Answer:
    return Answer(
        status=200, kind="application/json", data=json.dumps(value, ensure_ascii=False).encode("utf-8")
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

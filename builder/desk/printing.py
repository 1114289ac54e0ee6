"""The files of the site: each page as it was, where nothing that went into it has changed, else printed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from operator import itemgetter
from typing import Protocol
from urllib.parse import urlsplit

from builder.check.links import astray, pages_links, targets_of
from builder.desk.newsroom import Prepared
from builder.desk.setting import Desk, Keep
from builder.desk.typesetting import digest
from builder.load.kept import Form
from builder.model.page import Naming, Page, PageKind
from builder.problem import Problem
from builder.render import pages
from builder.render.answers import Marks
from builder.render.facts import facts_of

_SHARED = ("setting\t", "word\t", "template\t", "stands\t", "asset\t", "audience")
"""Questions that most pages ask alike; they are kept once for all of them."""


_FEW = 8
"""Pages of a kind that are made one by one, in this process: among them are the ones that are about everything."""


class Stage(Protocol):
    """Where the files of a new site come together."""

    def published(self, address: str) -> str | None:
        """The SHA-256 of what readers find at an address now, in hexadecimal; None where there is nothing."""

    def share(self, address: str) -> None:
        """Take a file over from the site that readers see."""

    def write(self, address: str, data: bytes) -> str:
        """Write a file; its SHA-256, in hexadecimal."""


Asked = tuple[tuple[str, str], ...]
"""Questions, each with the mark of its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The facts of a finished file: everything of it but its bytes.

    `digest` is the SHA-256 of these, `size` their number. `targets` are where its links lead inside the site, `ids`
    what a #fragment can name on it. `asked` is what the page asked, `shared` the key of what it asked as others do.
    """

    address: str
    digest: str
    size: int
    subject: str = ""
    namings: tuple[Naming, ...] = ()
    works: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    asked: Asked = ()
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a page was printed anew: the question whose answer was another, "new", or "file" where its file was not as left."""

    address: str
    because: str


def note_reasons(keep: Keep, prepared: Prepared, reasons: Sequence[Reason]) -> None:
    """Keep why pages were printed, for whoever asks afterwards."""
    pairs = tuple((one.address, one.because) for one in reasons)
    keep.put("reasons", prepared.library.audience.value, _ASKED.put_away(pairs))


def last_reasons(keep: Keep, prepared: Prepared) -> Mapping[str, str] | None:
    """Why each page was printed that the last build printed; None where that is not known."""
    data = keep.get("reasons", prepared.library.audience.value)
    pairs = _ASKED.taken_out(data) if data else None
    return None if pairs is None else dict(pairs)


_PRINTED = Form[Printed](Printed)
_ASKED = Form[Asked](Asked)


class Printing:
    """One run of the press onto a stage.

    `reasons` are the pages that were made anew, and why; `reused` counts the others.
    """

    def __init__(self, prepared: Prepared, desk: Desk, stage: Stage) -> None:
        self._prepared = prepared
        self._press = prepared.press
        self._desk = desk
        self._keep: Keep = desk.keep
        self._stage = stage
        self._root = urlsplit(prepared.newsroom.settings.base_url).path
        self._marks = Marks(prepared.press)
        self._shared: dict[str, str | None] = {}
        self._alike: dict[tuple[str, ...], tuple[str, bytes]] = {}
        self.reasons: list[Reason] = []
        self.reused = 0

    def pages(self) -> tuple[Printed, ...]:
        """All pages of the plan. Raises Trouble when a template is wrong."""
        plan = self._prepared.plan.pages
        finished: dict[str, Printed] = {}
        missing: list[Page] = []
        for page, known in self._known(plan):
            reason = self._reason(page, known)
            if known is not None and reason is None:
                self._stage.share(page.address)
                finished[page.address] = _light(known)
            else:
                self.reasons.append(Reason(address=page.address, because=reason or "new"))
                missing.append(page)
        self.reused = len(finished)
        if missing:
            self._desk.tell(f"printing {len(missing)} pages")
        self._keep.flush()
        kept_sets: set[str] = set()
        first, several, few = _in_turn(missing)
        made = chain(map(self._make, first), self._desk.spread(self._make, several), map(self._make, few))
        for data, shared_key, shared in made:
            printed = _PRINTED.taken_out(data)
            if printed is None:
                raise ValueError("what was put away cannot be taken out again")
            finished[printed.address] = _light(printed)
            self._keep.put("page", self._key(printed.address), data)
            if shared_key not in kept_sets:
                kept_sets.add(shared_key)
                self._keep.put("asked", shared_key, shared)
        return tuple(finished[page.address] for page in plan)

    def broken_links(self, files: Sequence[Printed]) -> Iterator[Problem]:
        """Links on pages that no file of the site answers."""
        ids = {
            one.address: frozenset(one.ids) for one in files if one.shared and one.address.endswith(".html")
        }
        known = {one.address for one in files}
        bad = astray({target for one in files for target in one.targets}, ids, known)
        if not bad:
            return
        for one in files:
            if not bad.isdisjoint(one.targets):
                page = self._prepared.plan.at[one.address]
                html = pages.render(page, self._press).data.decode("utf-8")
                yield from pages_links({one.address: facts_of(html).links}, ids, known, root=self._root)

    def file(
        self,
        address: str,
        load: Callable[[], bytes],
        *,
        known: tuple[str, int] = ("", 0),
        namings: Iterable[Naming] = (),
        works: Iterable[str] = (),
    ) -> Printed:
        """A file that is no page. Where the SHA-256 and the number of its bytes are known, the bytes need not be there."""
        there = self._stage.published(address)
        sum, size = known
        data = b""
        if not sum or there != sum:
            data = load()
            sum, size = sha256(data).hexdigest(), len(data)
        if there == sum:
            self._stage.share(address)
        else:
            self._stage.write(address, data)
        return Printed(address=address, digest=sum, size=size, namings=tuple(namings), works=tuple(works))

    def _known(self, plan: Sequence[Page]) -> Iterator[tuple[Page, Printed | None]]:
        """Each page with what is known of it from before."""
        keys = [self._key(page.address) for page in plan]
        kept = self._keep.get_all("page", keys)
        for page, key in zip(plan, keys, strict=True):
            yield page, _PRINTED.taken_out(kept[key]) if key in kept else None

    def _key(self, address: str) -> str:
        return f"{self._prepared.library.audience.value}:{address}"

    def reason(self, page: Page) -> tuple[str | None, int]:
        """Why a page would be printed anew, whatever stands on the stage (None: it would not), and how much it asked."""
        [(_, known)] = self._known([page])
        if known is None:
            return "new", 0
        shared = _ASKED.taken_out(self._keep.get("asked", known.shared) or b"") or ()
        return self._changed(known), len(known.asked) + len(shared)

    def _changed(self, known: Printed) -> str | None:
        """The first question of a page whose answer is another now."""
        changed = next((question for question, mark in known.asked if self._marks(question) != mark), None)
        return changed or self._shared_reason(known.shared)

    def _reason(self, page: Page, known: Printed | None) -> str | None:
        """Why a page has to be printed anew; None where it stands."""
        if known is None:
            return "new"
        changed = self._changed(known)
        if changed is None and self._stage.published(page.address) != known.digest:
            changed = "file"
        return changed

    def _shared_reason(self, key: str) -> str | None:
        if key not in self._shared:
            data = self._keep.get("asked", key)
            asked = _ASKED.taken_out(data) if data else None
            self._shared[key] = (
                "new"
                if asked is None
                else next((question for question, mark in asked if self._marks(question) != mark), None)
            )
        return self._shared[key]

    def _make(self, page: Page) -> tuple[bytes, str, bytes]:
        """One page printed onto the stage: its facts, and what it asked as others do, with the key of that."""
        output = pages.render(page, self._press)
        facts = facts_of(output.data.decode("utf-8")) if output.address.endswith(".html") else None
        asked = sorted(output.asked)
        key, shared = self._asked_alike(tuple(one for one in asked if one.startswith(_SHARED)))
        printed = Printed(
            address=output.address,
            digest=self._stage.write(output.address, output.data),
            size=len(output.data),
            subject=output.subject,
            namings=output.namings,
            works=output.works,
            targets=targets_of(output.address, facts.links, self._root) if facts else (),
            ids=tuple(sorted(facts.ids)) if facts else (),
            asked=tuple((one, self._marks(one)) for one in asked if not one.startswith(_SHARED)),
            shared=key,
        )
        return _PRINTED.put_away(printed), key, shared

    def _asked_alike(self, questions: tuple[str, ...]) -> tuple[str, bytes]:
        """The key and the bytes of what a page asked as others do: most ask the very same."""
        known = self._alike.get(questions)
        if known is None:
            data = _ASKED.put_away(tuple((one, self._marks(one)) for one in questions))
            known = self._alike[questions] = digest(data), data
        return known


def _in_turn(pages: Sequence[Page]) -> tuple[list[Page], list[Page], list[Page]]:
    """One page of each kind that has several, by which its templates are made ready for all; the others of such kinds,
    mixed, for some kinds are much more work than others; and those of which there are few.
    """
    of_kind: dict[PageKind, list[Page]] = {}
    for page in pages:
        of_kind.setdefault(page.kind, []).append(page)
    several = [some for some in of_kind.values() if len(some) > _FEW]
    others = [(number / len(some), page) for some in several for number, page in enumerate(some[1:])]
    mixed = [page for _, page in sorted(others, key=itemgetter(0))]
    few = [page for some in of_kind.values() if len(some) <= _FEW for page in some]
    return [some[0] for some in several], mixed, few


def _light(printed: Printed) -> Printed:
    """The facts that are needed until the site is published; what was asked lies in the cache."""
    return replace(printed, asked=())


class InMemory:
    """A stage that nobody sees: what is written on it is kept, by address, or only looked at."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def published(self, address: str) -> str | None:
        data = self.files.get(address)
        return None if data is None else sha256(data).hexdigest()

    def share(self, address: str) -> None:
        """It is here already."""

    def write(self, address: str, data: bytes) -> str:
        self.files[address] = data
        return sha256(data).hexdigest()

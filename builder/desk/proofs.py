"""The site under an editor's hands: every page is made when somebody asks for it, and only if it has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from builder.check.links import astray, pages_links, targets_of
from builder.desk.newsroom import Prepared
from builder.desk.pictures import picture_data
from builder.desk.setting import Desk
from builder.model.page import Output
from builder.problem import Problem
from builder.render import pages
from builder.render.answers import Marks
from builder.render.facts import facts_of


@dataclass(frozen=True, slots=True)
class Proof:
    """A page that was made: what it asked, with the marks of the answers."""

    output: Output
    asked: tuple[tuple[str, str], ...]


class Proofs(Mapping[str, Output]):
    """All files of one build by address. A page that is asked for is made then; it may raise Trouble.

    `carry` holds the pages of the builds before: one whose questions have the same answers today is taken as it is.
    """

    def __init__(self, prepared: Prepared, desk: Desk, carry: Mapping[str, Proof]) -> None:
        self._prepared = prepared
        self._press = prepared.press
        self._marks = Marks(prepared.press)
        self._carry = carry
        self._made: dict[str, Proof] = {}
        self._other: dict[str, Callable[[], bytes]] = {
            address: partial(bytes, data) for address, data in prepared.assets
        }
        for picture in prepared.press.pictures.values():
            for file in picture.renditions:
                self._other[file.address] = partial(picture_data, file.digest, prepared.press, desk)
        for path in prepared.newsroom.files:
            self._other[f"files/{path}"] = partial(desk.open_picture, f"files/{path}")

    def __getitem__(self, address: str) -> Output:
        if address not in self._prepared.plan.at:
            load = self._other[address]
            try:
                return Output(address=address, data=load())
            except OSError as fault:
                raise KeyError(address) from fault
        return self._proof(address).output

    def _proof(self, address: str) -> Proof:
        proof = self._made.get(address)
        if proof is None:
            proof = self._carry.get(address)
            if proof is None or any(self._marks(question) != mark for question, mark in proof.asked):
                output = pages.render(self._prepared.plan.at[address], self._press)
                proof = Proof(output, tuple((question, self._marks(question)) for question in output.asked))
            self._made[address] = proof
        return proof

    def __iter__(self) -> Iterator[str]:
        yield from self._prepared.plan.at
        yield from self._other

    def __contains__(self, address: object) -> bool:
        return address in self._prepared.plan.at or address in self._other

    def __len__(self) -> int:
        return len(self._prepared.plan.at) + len(self._other)

    def seen(self, address: str) -> Output | None:
        """A file as somebody may have seen it; None where it is a page that was never made."""
        if address in self._prepared.plan.at:
            proof = self._made.get(address)
            return proof.output if proof else None
        return self[address]

    def carried(self) -> Mapping[str, Proof]:
        """The pages that the next build may take as they are."""
        return {**self._carry, **self._made}

    def settle(self) -> None:
        """Let go of pages of former builds, now that all are made."""
        self._carry = {}

    def broken_links(self) -> Iterator[Problem]:
        """Links on pages that no file of the site answers; makes every page that is not yet made."""
        root = urlsplit(self._prepared.newsroom.settings.base_url).path
        facts = {
            address: facts_of(self[address].data.decode("utf-8"))
            for address in self._prepared.plan.at
            if address.endswith(".html")
        }
        ids = {address: one.ids for address, one in facts.items()}
        targets = {address: targets_of(address, one.links, root) for address, one in facts.items()}
        bad = astray({target for some in targets.values() for target in some}, ids, self)
        for address, some in targets.items():
            if not bad.isdisjoint(some):
                yield from pages_links({address: facts[address].links}, ids, self, root=root)

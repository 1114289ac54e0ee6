"""What is handed in from outside: the only things of the world that the ways through the house know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from builder.model.mail_client import Support
from builder.model.sources import Theme
from builder.model.story import Audience


class Keep(Protocol):
    """Where what was made is kept, by kind and by the digest of all that went into it."""

    def get(self, kind: str, key: str) -> bytes | None: ...

    def get_all(self, kind: str, keys: Iterable[str]) -> Mapping[str, bytes]: ...

    def put(self, kind: str, key: str, data: bytes) -> None: ...

    def flush(self) -> None: ...

    def use(self, kind: str, keys: Iterable[str]) -> None: ...

    def owe(self) -> None: ...

    def tidy(self, *, forget: bool = False, printed: bool = False) -> None: ...


class Spread(Protocol):
    """Does one thing to many items, perhaps in several processes; the results in the items' order."""

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterable[Any]: ...


Tell = Callable[[str], None]
"""Takes a line for whoever waits: what is being done."""


Stage = Callable[[str], AbstractContextManager[None]]
"""Stands around a stage of the work, named, for whoever wants to know how long it takes."""


def _untimed(name: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is handed in from outside: the theme, the clock's one answer, and the ways to work, speak and read."""

    theme: Theme
    now: datetime
    audience: Audience = Audience.STAFF
    tell: Tell
    spread: Spread
    open_picture: Callable[[str], bytes]
    picture_mark: Callable[[str], str]
    """A mark of a picture's bytes, which may be known without reading them; both raise OSError."""

    draw: Callable[[str], bytes]
    """The PNG of an SVG; raises ValueError when it is no drawing."""

    mail_clients: Callable[[], Support]
    """What mail programs understand; read when it is asked for."""

    keep: Keep
    reread: Callable[[str], bytes] | None = None
    """An editor's file once more, by its path, for whoever lets go of the sources meanwhile; raises OSError."""

    stage: Stage = _untimed
    ahead: bool = False
    """Whether drafts and future items are shown too; never for what is written anywhere."""

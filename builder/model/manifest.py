"""What we wrote into a folder: each file, and whom and what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from builder.model.page import Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file: the SHA-256 of its bytes, how many they are (0 in records of old), and the facts of its Output.

    One that is `lingering` belongs to an earlier site, and stays a while for pages that are open in a browser.
    """

    digest: str
    size: int = 0
    lingering: bool = False
    subject: str = ""
    namings: tuple[Naming, ...] = ()
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All files of a folder by address. `channel` is the channel of names it was made for.

    `people_end` and `works_end` say when what is shown must go, as far as was known: they hold even when the newsroom
    cannot be read.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)
    channel: str = "site"
    audience: str = "staff"
    people_end: Mapping[str, datetime] = field(default_factory=dict)
    works_end: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def own(self) -> dict[str, str]:
        """The digest of each file that is this site's own, by address."""
        return {address: entry.digest for address, entry in self.files.items() if not entry.lingering}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What must leave a folder now: files to remove whole, works to cut out of pages, pages to put a notice on.

    `why` says for each person or work refused what changed, in words.
    """

    remove: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    cut: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.remove or self.notice or self.cut)

"""A gap between two numbers that belong together: what was promised and what came of it, or expected and perceived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Verdict = Literal["kept", "better", "worse"]


class GapKind(Enum):
    """Two gaps that are never merged: the first is of our work, the second of how it is felt."""

    DELIVERY = "delivery"
    """Promised against delivered."""
    PERCEPTION = "perception"
    """Expected against perceived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """`wanted` was promised or expected, `found` was delivered or perceived, in one unit; `up` says whether more is better.

    The first is the fourth gap of Parasuraman, Zeithaml and Berry 1985, the second their fifth: answers to two questions, of
    which no sum means anything.
    """

    id: str
    kind: GapKind
    wanted: float
    found: float
    up: bool = True

    @property
    def size(self) -> float:
        """How much more there is than there was to be; negative: less."""
        return self.found - self.wanted

    @property
    def verdict(self) -> Verdict:
        """What that means.

        >>> Gap(id="w", kind=GapKind.DELIVERY, wanted=15, found=22, up=False).verdict
        'worse'
        """
        if self.size == 0:
            return "kept"
        return "better" if (self.size > 0) == self.up else "worse"

    @property
    def difference(self) -> float:
        """How much better than wanted it was, whichever way is better; below 0 where it fell short."""
        return (self.found - self.wanted) * (1 if self.up else -1)

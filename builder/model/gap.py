"""A gap between two numbers that belong together: what was promised and what came of it, or expected and perceived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class GapKind(Enum):
    """Two gaps that are never merged: the first is of our work, the second of how it is felt."""

    DELIVERY = "delivery"
    """Promised against delivered."""
    PERCEPTION = "perception"
    """Expected against perceived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """`wanted` was promised or expected, `found` was delivered or perceived, in one unit; `up` says whether more is better."""

    id: str
    kind: GapKind
    wanted: float
    found: float
    up: bool = True

    @property
    def difference(self) -> float:
        """How much better than wanted it was, whichever way is better; below 0 where it fell short."""
        return (self.found - self.wanted) * (1 if self.up else -1)

"""How a scorecard weighs what customers say against what the firm counts, and where the two disagree."""

from __future__ import annotations

from dataclasses import dataclass

FAIR = (0.4, 0.6)
"""The share of measures from outside within which a scorecard is in balance (research of our own; no norm is known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Of the measures that are shown: how many speak from outside and from inside, and the ids of those that are odd.

    `unpaired` are internal measures that name no external one that is shown. `watermelons` are internal ones that meet
    their target while the external one they should move misses its own or falls: green outside, red inside.
    """

    external: int
    internal: int
    unpaired: tuple[str, ...] = ()
    watermelons: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of measures that speak from outside, from 0 to 1. Raises ZeroDivisionError where there are none."""
        return self.external / (self.external + self.internal)

    @property
    def is_fair(self) -> bool:
        return not self.external + self.internal or FAIR[0] <= self.share <= FAIR[1]

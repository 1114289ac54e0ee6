"""Figures against bars: plain values, plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row: what was measured, in words what it was held against, and whether that was met (None: only told)."""

    what: str
    figure: str
    bar: str
    met: bool | None


def against(what: str, ours: float, theirs: float, most: float, of: str, unit: str = "s") -> Verdict:
    """`ours` may be at most `most` times `theirs`."""
    share = ours / theirs if theirs else float("inf")
    return Verdict(
        what=what,
        figure=f"{ours:.2f} {unit} to {theirs:.2f} {unit}: {share:.2f} x {of}",
        bar=f"at most {most:g} x {of}",
        met=share <= most,
    )


def below(what: str, ours: float, most: float, unit: str) -> Verdict:
    """`ours` may be at most `most`."""
    return Verdict(what=what, figure=f"{ours:.0f} {unit}", bar=f"at most {most:g} {unit}", met=ours <= most)


def linear(what: str, small: tuple[int, float], large: tuple[int, float], start: float) -> Verdict:
    """Seconds a story at the larger number may be at most 15 % above those at the smaller.

    Each is (stories, seconds); `start` are the seconds in which the program does nothing, which belong to no story.
    """
    each_small = max(small[1] - start, 1e-9) / small[0]
    each_large = max(large[1] - start, 1e-9) / large[0]
    share = each_large / each_small
    return Verdict(
        what=what,
        figure=f"{each_small * 1000:.3f} ms a story at {small[0]:,}, {each_large * 1000:.3f} at {large[0]:,}: {share:.2f} x",
        bar="at most 1.15 x",
        met=share <= 1.15,
    )


def alike(what: str, pages: Sequence[tuple[str, int, int]]) -> Verdict:
    """Generators that are compared make as many pages, of the same weight within 10 %. Each is (name, pages, bytes)."""
    counts = [count for _, count, _ in pages]
    weights = [weight for _, _, weight in pages]
    met = max(counts) <= min(counts) * 1.02 and max(weights) <= min(weights) * 1.1
    told = ", ".join(f"{name} {count:,} of {weight / 1e6:.1f} MB" for name, count, weight in pages)
    return Verdict(what=what, figure=told, bar="as many, and within 10 %", met=met)


def table(verdicts: Sequence[Verdict]) -> str:
    """All rows, and in the last line how many bars were met."""
    wide = max(len(one.what) for one in verdicts)
    lines = [
        f"{ {True: 'met   ', False: 'MISSED', None: '      '}[one.met] }  {one.what:<{wide}}  {one.figure}  ({one.bar})"
        for one in verdicts
    ]
    judged = [one for one in verdicts if one.met is not None]
    met = sum(one.met is True for one in judged)
    return "\n".join([*lines, "", f"{met} of {len(judged)} bars met."])

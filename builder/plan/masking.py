"""What in a comment could tell who wrote it, or about whom, is taken out before anyone else reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from builder.model.survey import Masked

MASK = "[…]"

_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_BETWEEN = rf"[\s().\-/‐-―_·+*\u00a0\u202f{_UNSEEN}]{{0,4}}"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a mail address",
        re.compile(
            r"[^\s@<>()\[\],;:]{1,64}\s?(?:@|＠|\(at\)|\[at\]|\{at\})\s?[^\s@<>()\[\],;:]+?"
            r"(?:\s?(?:\.|\(dot\)|\[dot\])\s?[^\W\d_]{2,24})+",
            re.IGNORECASE,
        ),
    ),
    ("an address of the web", re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)),
    ("an account's name", re.compile(r"(?<![\w.])[@＠][\w.]{2,}")),
    (
        "an account number",
        re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![^\W_])"),
    ),
    (
        "a number of a person or an account",
        re.compile(rf"(?<![^\W_])[A-ZΑ-Ω]{{1,3}}[ -]?\d(?:{_BETWEEN}\d){{4,}}"),
    ),
    ("a long number", re.compile(rf"[+(＋]{{0,2}}\d(?:{_BETWEEN}\d){{5,}}")),
)
"""Digits are those of every script. Six and more in a row, however they are set apart, may be a telephone, a card, an
identity or an account: what is taken out needlessly a person puts back, and what is left in has been published."""

Names = Callable[[str], Iterable[tuple[int, str]]]
"""Finds names of known people: where each begins, and as written."""


def mask(text: str, names: Names) -> Masked:
    """The text with a mark in each such place; what it was is said in plain words, once each.

    >>> mask("Ring me on ۰۹۱۲ ۳۴۵ ۶۷۸۹, or amal@example.org!", lambda text: ())
    Masked(words='Ring me on […], or […]!', kinds=('a mail address', 'a long number'))
    """
    kinds: list[str] = []
    for start, words in sorted(names(text), reverse=True):
        text = f"{text[:start]}{MASK}{text[start + len(words) :]}"
        kinds.append("a name")
    for kind, pattern in _RULES:
        text, times = pattern.subn(MASK, text)
        if times:
            kinds.append(kind)
    return Masked(words=text, kinds=tuple(dict.fromkeys(kinds)))

"""The language of a text that does not say it, as far as its letters tell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

_LANGUAGES = {
    "LATIN": ("en",),
    "ARABIC": ("ar", "fa", "ur"),
    "GREEK": ("el",),
    "CYRILLIC": ("ru", "uk", "bg", "sr"),
    "HEBREW": ("he",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "BENGALI": ("bn",),
    "THAI": ("th",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh",),
}
"""The languages written in a script, the likeliest first. Latin stands for many: there the newsroom decides."""

_PERSIAN = frozenset("پچژگکی")
_ENOUGH = 20_000


def language_of(text: str, languages: Sequence[str]) -> str:
    """The likeliest language of `text`: one of `languages` (the default first) where its script is one of theirs.

    >>> language_of("Καλημέρα", ["en", "el"]), language_of("Selamat pagi", ["ms", "en"]), language_of("سلام، چطوری؟", ["en"])
    ('el', 'ms', 'fa')
    """
    letters = [one for one in text[:_ENOUGH] if one.isalpha()]
    scripts = Counter(unicodedata.name(one, "").split(" ")[0].split("-")[0] for one in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "ja"
    script = next((name for name, _ in scripts.most_common() if name in _LANGUAGES), "")
    if script == "ARABIC":
        # Arabic has neither of these letters; ک and ی alone are Persian's own forms of Arabic ones.
        persian = any(one in _PERSIAN for one in letters)
        return next(
            (one for one in languages if one == ("fa" if persian else "ar")), "fa" if persian else "ar"
        )
    if script == "LATIN":
        others = {one for written_in in _LANGUAGES.values() for one in written_in} - {"en"}
        return next((one for one in languages if one.split("-")[0] not in others), "en")
    if script:
        known = _LANGUAGES[script]
        return next((one for one in languages if one.split("-")[0] in known), known[0])
    return languages[0]

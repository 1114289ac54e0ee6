"""Style sheets as they travel: without what only people need, remarks and the space between words."""

from __future__ import annotations

import re
from functools import lru_cache

_KEPT = re.compile(
    r"""(?P<remark>/\*.*?\*/)"""
    r"""|(?P<said>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\burl\(\s*[^"')\s][^"')]*\)|\\.)""",
    re.DOTALL,
)
_END = re.compile(r"[{};]")
_SLOT = "\0"
"""Stands for a string or an address, which is not looked into. No sheet holds it: CSS takes it for U+FFFD."""


_RICH = re.compile(r"<(?:table|pre|code|kbd|samp|dl|sup|sub|mark|details)\b")


def is_rich(text: str) -> bool:
    """Whether a converted text holds what `rich.css` sets: tables, code, terms, notes at its foot.

    >>> is_rich("<p>Two <em>cups</em>.</p>"), is_rich("<table><tr><td>2</td></tr></table>")
    (False, True)
    """
    return _RICH.search(text) is not None


@lru_cache(maxsize=64)  # `serve` builds at every save, and the sheets are seldom what was saved
def minified(sheet: str) -> str:
    r"""The same style sheet in fewer bytes; strings and addresses stay as they are.

    >>> minified('a > b {\n  color: red; /* loud */\n  margin: calc(1px + 2px) 0;\n}\n')
    'a>b{color:red;margin:calc(1px + 2px) 0}'
    """
    said: list[str] = []

    def slot(match: re.Match[str]) -> str:
        if match["remark"]:
            # Two words with nothing but a remark between them are two words; two parts of a selector are one.
            return "/**/" if _between_words(sheet, match) else ""
        said.append(match["said"])
        return _SLOT

    text = _KEPT.sub(slot, sheet.replace(_SLOT, "\ufffd"))
    text = re.sub(r"\s+", " ", text)
    parts: list[str] = []
    start = 0
    for end in _END.finditer(text):
        part = text[start : end.start()].strip()
        parts.append((_selector(part) if end[0] == "{" else _declaration(part)) + end[0])
        start = end.end()
    whole = "".join(parts) + text[start:].strip()
    whole = re.sub(r";+(?=\})|(?<=[{};]);+", "", whole)
    waiting = iter(said)
    return re.sub(_SLOT, lambda match: next(waiting), whole)


def _between_words(sheet: str, match: re.Match[str]) -> bool:
    before, after = sheet[: match.start()][-1:], sheet[match.end() :][:1]
    return bool(before and after) and not re.search(r"[\s{};:,/]", before + after)


def _selector(text: str) -> str:
    """What stands before a brace: selectors, or what an at-rule asks for."""
    return re.sub(r" ?([,>]) ?", r"\1", text)


def _declaration(text: str) -> str:
    name, colon, value = text.partition(":")
    if not colon:
        return text
    if name.startswith("--"):  # what scripts may read is theirs to the letter
        return f"{name.rstrip()}:{value.strip()}"
    return f"{name.rstrip()}:{re.sub(r' ?, ?', ',', value.strip())}"

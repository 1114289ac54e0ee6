"""Numbers as people and their programs write them: other digits, commas and points, thousands set apart."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\0]")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = str.maketrans("−–﹣－", "----")
_SIGNS = re.compile(r"^[£$€¥﷼]\s*|\s*[£$€¥﷼%٪]$")
_APART = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")

POINT, COMMA = ".", ","
UNSURE = "?"


def plain(text: str) -> str:
    """`text` with the digits 0 to 9 in place of those of any other script, without signs that nobody sees.

    >>> plain("۲۰۲۶/۰۳/٠٥")
    '2026/03/05'
    """
    seen = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    if seen.isascii():
        return seen
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one for one in seen.translate(_MINUS)
    )


def _bare(text: str) -> str:
    """Digits, points and commas only; the Arabic decimal mark stays what it is, for it is never anything else."""
    bare = _SIGNS.sub("", _SIGNS.sub("", plain(text)))
    return _APART.sub("", bare.replace("٬", "").replace("،", ",").replace("／", "/"))


def decimal_mark(text: str) -> str:
    """Which sign this number shows to be its decimal mark: POINT or COMMA; UNSURE where it may be either, "" where it
    shows nothing.

    >>> decimal_mark("1.234,5"), decimal_mark("0,75"), decimal_mark("1,234"), decimal_mark("12")
    (',', ',', '?', '')
    """
    bare = _bare(text).lstrip("+-")
    if not re.fullmatch(r"[\d.,]*", bare) or not any(one in bare for one in ".,"):
        return ""
    last = max(bare.rfind(POINT), bare.rfind(COMMA))
    mark = bare[last]
    other = COMMA if mark == POINT else POINT
    if other in bare:
        return mark
    if bare.count(mark) > 1:
        return other
    head, tail = bare[:last], bare[last + 1 :]
    if len(tail) != 3 or len(head) > 3 or head in ("", "0"):
        return mark
    return UNSURE


def number(text: str, mark: str = "") -> Decimal | None:
    """The number that `text` says, or None; `mark` is the decimal mark where the text alone does not show it.

    >>> number("۱٬۲۳۴٫۵"), number("1 234,5"), number("1,234", POINT), number("1,234", COMMA), number("#N/A")
    (Decimal('1234.5'), Decimal('1234.5'), Decimal('1234'), Decimal('1.234'), None)
    """
    bare = _bare(text)
    if "٫" in bare:
        bare = bare.replace(COMMA, "").replace(POINT, "").replace("٫", POINT)
    else:
        shown = decimal_mark(bare)
        if shown == UNSURE:
            shown = mark
            if not shown:
                return None
        other = POINT if shown == COMMA else COMMA
        head, _, tail = bare.partition(shown) if shown else (bare, "", "")
        if other in tail or (
            other in head and not re.fullmatch(rf"[+-]?\d{{1,3}}(?:[{other}]\d{{3}})+", head)
        ):
            return None
        bare = bare.replace(other, "").replace(COMMA, POINT)
    if not re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", bare) or len(bare) > 40:
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None

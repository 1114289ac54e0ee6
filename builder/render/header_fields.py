"""The header fields of a mail, in their lines as they are sent: ASCII, short, and no address ever broken or encoded.

The library's own classes do break them: an address of 78 letters or more becomes an encoded-word, and a mail program then
finds no list, no archive and no way off it (cpython#85725). They also write encoded-words of 76 letters, where RFC 2047
allows 75. So each field is written here, and the library prints it as it stands.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.policy import Policy
from email.utils import format_datetime
from typing import Self

from builder.model.uri import ascii_host

LINE = 78
"""Letters of a line (RFC 5322, 2.1.1); only an address that is longer makes a longer one."""

ENCODED_LINE = 76
"""Letters of a line that has an encoded-word in it, and ENCODED_WORD of the word itself (RFC 2047, 2)."""

ENCODED_WORD = 75

_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_HALF_A_LETTER = re.compile(r"[\ud800-\udfff]")
_PLAIN = re.compile(r"[\x20-\x7e]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]+")
_AS_IT_IS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
"""What may stand for itself in an encoded-word that is part of a name (RFC 2047, 5)."""


class Field(str):
    """A header field: its name, and as its text the value in the lines that it is sent in."""

    __slots__ = ("name",)

    name: str

    def __new__(cls, name: str, value: str) -> Self:
        one = super().__new__(cls, value)
        one.name = name
        return one

    def fold(self, *, policy: Policy | None = None) -> str:
        """The whole field. The library calls this where it would else fold a value itself."""
        return f"{self.name}: {self}\r\n"


def one_line(text: str) -> str:
    """`text` on one line: a break, a tab and every other sign that moves a printer's head is a space, and spaces are one.

    So no value can begin a field of its own. Joiners and marks of direction are letters like others, and stay.
    """
    return _HALF_A_LETTER.sub("\ufffd", _BLANKS.sub(" ", text)).strip()


def text(name: str, value: str) -> Field:
    """A field of free words, such as a subject."""
    words = one_line(value)
    folded = _folded(words, len(name) + 2) if _PLAIN.fullmatch(words) and "=?" not in words else None
    return Field(name, _encoded(words, len(name) + 2) if folded is None else folded)


def mailbox(name: str, value: str) -> Field:
    """A field of one mailbox, `light@example.org` or `The Light <light@example.org>`."""
    shown, address = split_mailbox(value)
    return _named(name, shown, address) if shown else Field(name, address)


def split_mailbox(value: str) -> tuple[str, str]:
    r"""The name and the address of a mailbox; a name in quotation marks comes without them.

    >>> split_mailbox('"Light, The" <light@example.org>'), split_mailbox("light@example.org")
    (('Light, The', 'light@example.org'), ('', 'light@example.org'))
    """
    before, bracket, address = one_line(value).rpartition("<")
    local, _, host = (address.rstrip("> ") if bracket else address).rpartition("@")
    name = before.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return name, f"{local}@{ascii_host(host)}"


def list_id(name: str, shown: str, id: str) -> Field:
    """A list's name and its id, which no other list has (RFC 2919)."""
    return _named(name, shown, id)


def addresses(name: str, values: Sequence[str]) -> Field:
    """A field of whole addresses (URIs), each in angle brackets, the one to be tried first in front (RFC 2369)."""
    lines = [""]
    at = len(name) + 2
    for index, value in enumerate(values):
        piece = f"<{value}>" + ("," if index < len(values) - 1 else "")
        if lines[-1] and at + len(lines[-1]) + 1 + len(piece) > LINE:
            lines.append(piece)
            at = 1
        else:
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return Field(name, "\r\n ".join(lines))


def exact(name: str, value: str) -> Field:
    """A field whose value is ours and stands on one line however long it is: an id, a word of a standard."""
    return Field(name, one_line(value))


def moment(name: str, value: datetime) -> Field:
    """A field of a date, with the offset from UTC that the moment has."""
    return Field(name, format_datetime(value))


def _named(field: str, shown: str, address: str) -> Field:
    """A name, encoded if need be, and behind it what no one may encode or break."""
    shown, last = one_line(shown), f"<{address}>"
    if not shown:
        return Field(field, last)
    at = len(field) + 2
    phrase = _phrase(shown, at)
    line = phrase.rpartition("\n")[2]
    used = (at if line == phrase else 0) + len(line) + len(last)
    fits = used < (ENCODED_LINE if "=?" in phrase else LINE)
    return Field(field, f"{phrase} {last}" if fits else f"{phrase}\r\n {last}")


def _phrase(shown: str, at: int) -> str:
    """A name as it stands in front of an address: bare, in quotation marks, or encoded."""
    if not _PLAIN.fullmatch(shown) or "=?" in shown:
        return _encoded(shown, at)
    if _ATOMS.fullmatch(shown):
        return _folded(shown, at) or _encoded(shown, at)
    in_marks = '"' + re.sub(r'(["\\])', r"\\\1", shown) + '"'
    return in_marks if at + len(in_marks) <= LINE else _encoded(shown, at)


def _folded(words: str, at: int) -> str | None:
    """Plain words in lines, broken at their spaces; None where a word is longer than a line. `at` letters stand before."""
    lines = [""]
    for word in words.split(" "):
        start = at if len(lines) == 1 else 1
        if lines[-1] and start + len(lines[-1]) + 1 + len(word) > LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    fits = all((1 if index else at) + len(line) <= LINE for index, line in enumerate(lines))
    return "\r\n ".join(lines) if fits else None


def _encoded(words: str, at: int) -> str:
    """Words as encoded-words, a line for each, in whichever of the two ways is shorter."""
    sizes = [len(one.encode()) for one in words]
    quoted = sum(map(_quoted_size, words)) <= sum(sizes) * 4 / 3
    return "\r\n ".join(
        f"=?utf-8?q?{_quoted(part)}?=" if quoted else f"=?utf-8?b?{b64encode(part.encode()).decode()}?="
        for part in _parts(words, ENCODED_LINE - at, quoted=quoted)
    )


def _parts(words: str, room: int, *, quoted: bool) -> Iterator[str]:
    """`words` in pieces that each fill an encoded-word, the first of `room` letters; no letter is cut in two."""
    room = min(room, ENCODED_WORD) - len("=?utf-8?b??=")
    held, size = "", 0
    for letter in words:
        more = _quoted_size(letter) if quoted else len(letter.encode())
        if held and (size + more if quoted else -(-(size + more) // 3) * 4) > room:
            yield held
            held, size, room = "", 0, ENCODED_WORD - len("=?utf-8?b??=")
        held, size = held + letter, size + more
    yield held


def _quoted_size(letter: str) -> int:
    return 1 if letter == " " else sum(1 if byte in _AS_IT_IS else 3 for byte in letter.encode())


def _quoted(words: str) -> str:
    return "".join(
        "_" if byte == 0x20 else chr(byte) if byte in _AS_IT_IS else f"={byte:02X}" for byte in words.encode()
    )

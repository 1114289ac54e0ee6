"""A small mail without a fault, in either direction, and what our checker says once something is changed in it."""

from __future__ import annotations

import struct
import zlib
from base64 import encodebytes
from collections.abc import Mapping
from functools import cache

from builder.check.mail_parts import Expected
from builder.check.mails import check
from builder.load import disk, mail_clients
from builder.model.mail_client import Support
from builder.problem import Problem
from builder.render.colours import contrast
from builder.render.words import direction_of

SITE = "https://light.example.org/"

HEADERS: Mapping[str, str] = {
    "To": "undisclosed-recipients:;",
    "Message-ID": "<2026-w11.en@light.example.org>",
    "Date": "Thu, 12 Mar 2026 09:00:00 +0000",
    "List-Unsubscribe": "<mailto:stories@example.org?subject=unsubscribe-weekly.en>, <https://light.example.org/off/%7Breader%7D>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "From": "The Light <light@example.org>",
    "Reply-To": "stories@example.org",
    "Subject": "=?utf-8?b?2YbZiNix?= Eleven minutes",
    "References": "<series.weekly.en@light.example.org>",
    "List-Id": "=?utf-8?b?2YbZiNix?= <weekly.en.light.example.org>",
    "List-Archive": "<https://light.example.org/en/editions/index.html>",
    "List-Help": "<https://light.example.org/en/about.html>",
    "Auto-Submitted": "auto-generated",
    "MIME-Version": "1.0",
    "Content-Language": "en",
}

HTML = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Eleven minutes</title>
<style>
@media (prefers-color-scheme: dark) { .leaf > table > tbody > tr > td { background: #221f1b !important; color: #ece6dc !important } .leaf p, .leaf h1, .leaf h2, .leaf a { color: #ece6dc !important } .button td, .leaf .button a { background: #ece6dc !important } .leaf .button a { color: #221f1b !important } }
</style></head><body style="background-color:#fffdf9">
<div style="display:none;font-size:1px">A pharmacist, a lift and 11 minutes</div>
<!--[if mso | IE]><table role="presentation" width="600"><tr><td><![endif]-->
<div class="leaf" lang="en" dir="ltr" style="direction:ltr;text-align:left"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tbody><tr><td style="background:#fffdf9;font-size:16px;line-height:1.5;padding:0 28px">
<h1 style="font-size:28px">Eleven minutes</h1>
<p style="color:#24211d">The lift stood still on 12 March. See <a href="https://elsewhere.example.com/lifts?page=2" style="color:#24211d">how lifts are kept</a>.</p>
<img src="cid:0f@light.example.org" alt="A line that rises from 58 to 62" width="544" style="width:100%;height:auto">
<h2 style="font-size:20px">The last prescription</h2>
<p style="color:#24211d">She went by the stairs.</p>
<table role="presentation" class="button"><tbody><tr><td bgcolor="#2b2723"><a href="https://light.example.org/en/stories/lift.html" style="display:inline-block;background:#2b2723;color:#fffdf9;line-height:20px;padding:13px 22px">Read: The last prescription</a></td></tr></tbody></table>
<p style="color:#5f574d;font-size:14px;line-height:24px"><a href="mailto:stories@example.org" style="color:#5f574d">stories@example.org</a></p>
</td></tr></tbody></table></div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</body></html>
"""

TEXT = """Eleven minutes
==============

The lift stood still on 12 March. See how lifts are kept
(https://elsewhere.example.com/lifts?page=2).

The last prescription

She went by the stairs.

https://light.example.org/en/stories/lift.html

stories@example.org
"""

_IN_PERSIAN = {
    'lang="en" dir="ltr"': 'lang="fa" dir="rtl"',
    "direction:ltr;text-align:left": "direction:rtl;text-align:right",
    "Eleven minutes": "یازده دقیقه",
    "A pharmacist, a lift and 11 minutes": "داروساز، آسانسور و ۱۱ دقیقه",
    "The lift stood still on 12 March. See ": "آسانسور روز ۱۲ مارس ایستاد. ببینید ",
    "The lift stood still on 12 March. See": "آسانسور روز ۱۲ مارس ایستاد. ببینید",
    "how lifts are kept": "آسانسور را چگونه نگه می‌دارند",
    "A line that rises from 58 to 62": "خطی که از ۵۸ به ۶۲ می‌رسد",
    "Read: The last prescription": "بخوانید: آخرین نسخه",
    "The last prescription": "آخرین نسخه",
    "She went by the stairs.": "او از پله‌ها رفت.",
    '<a href="mailto:stories@example.org"': '<a dir="ltr" href="mailto:stories@example.org"',
}


def in_persian(text: str) -> str:
    """The same in Persian, from right to left."""
    for english, persian in _IN_PERSIAN.items():
        text = text.replace(english, persian)
    return text


def png(width: int, height: int) -> bytes:
    """A grey picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PICTURES: Mapping[str, bytes] = {"0f@light.example.org": png(120, 60)}


def eml(
    html: str = HTML,
    text: str = TEXT,
    headers: Mapping[str, str] = HEADERS,
    pictures: Mapping[str, bytes] = PICTURES,
    type: str = "image/png",
) -> bytes:
    """The mail's bytes; a header may hold line breaks, and stands as it is given."""
    related = [
        ("text/html; charset=utf-8", "", html.encode("utf-8")),
        *((type, f"Content-ID: <{id}>\r\n", data) for id, data in pictures.items()),
    ]
    inner = "".join(_part(*one, boundary="inner") for one in related) + "--inner--\r\n"
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return (
        head
        + 'Content-Type: multipart/alternative; boundary="outer"\r\n\r\n'
        + _part("text/plain; charset=utf-8", "", text.encode("utf-8"), boundary="outer")
        + '--outer\r\nContent-Type: multipart/related; type="text/html"; boundary="inner"\r\n\r\n'
        + inner
        + "\r\n--outer--\r\n"
    ).encode("utf-8")


def _part(type: str, more: str, data: bytes, boundary: str) -> str:
    words = encodebytes(data).decode("ascii").replace("\n", "\r\n")
    return (
        f"--{boundary}\r\nContent-Type: {type}\r\n{more}Content-Transfer-Encoding: base64\r\n\r\n{words}\r\n"
    )


@cache
def clients() -> Support:
    return mail_clients.understand(disk.read_file(disk.theme_folder() / mail_clients.FILE))


def expected(lang: str = "en", *, pictures_from: frozenset[str] = frozenset(), name: str = "") -> Expected:
    return Expected(
        name=name or f"2026-w11.{lang}",
        lang=lang,
        dir=direction_of(lang),
        contrast=contrast,
        direction_of=direction_of,
        pictures_from=pictures_from,
    )


def found(mail: bytes, lang: str = "en", pictures_from: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    return check(mail, clients(), expected(lang, pictures_from=pictures_from))


def changed(before: str, after: str, text: str = HTML) -> str:
    """A text with something else in one place; what is not there cannot be changed."""
    assert before in text, before
    return text.replace(before, after, 1)

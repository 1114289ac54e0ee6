"""Whoever reads the text part learns what the HTML says; and a mail is no heavier than what is shown of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from unicodedata import category, digit, normalize

from builder.check.mail_parts import Mail
from builder.check.mail_tree import said
from builder.model.message import COLUMNS, MOST_HTML
from builder.problem import Level, Problem

STYLE = 16_384
"""Bytes of one <style>: of a larger one Gmail takes nothing at all."""
MAIL = 1_500_000
"""Bytes of the whole mail as it is sent: with more, a round to all staff is felt in the network and in full mailboxes."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_AROUND = ".,;:!?)]}»”’\u2069\u200e\u200f"
_NUMBER = re.compile(r"\d+(?:[.,٫٬'’]\d+)*")


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _links(mail)
    yield from _headings(mail)
    yield from _numbers(mail)
    yield from _weight(mail)


def _problem(mail: Mail, message: str) -> Problem:
    """A warning: whoever changes one template for a day is told, and may still send."""
    return mail.in_text(
        code="mail-parity",
        level=Level.WARNING,
        message=message,
        mend="Say the same in both templates: templates/digest.mjml and templates/digest.txt.",
    )


# ---- the same in both parts


def _links(mail: Mail) -> Iterator[Problem]:
    in_html = list(
        dict.fromkeys(
            one for link in mail.links if (one := link.get("href").strip()).startswith(("http:", "https:"))
        )
    )
    in_text = list(dict.fromkeys(one.rstrip(_AROUND) for one in _ADDRESS.findall(mail.text)))
    for one in in_html:
        if one not in in_text:
            yield _problem(mail, f"the HTML links to {one}, and the text part does not")
    for one in in_text:
        if one not in in_html:
            yield _problem(mail, f"the text part links to {one}, and the HTML does not")
    # The edition's own page in each language stands above the letter and below the text: nobody reads past ten addresses.
    own = f"/editions/{mail.expected.name.rpartition('.')[0]}.html"
    in_html, in_text = ([one for one in row if not one.endswith(own)] for row in (in_html, in_text))
    if (
        set(in_html) == set(in_text) and in_html != in_text
    ):  # nobody misses anything, but a screen reader and a terminal differ
        same = SequenceMatcher(None, in_html, in_text, autojunk=False).get_matching_blocks()
        first = next(
            one for at, one in enumerate(in_html) if not any(a <= at < a + size for a, _, size in same)
        )
        yield _problem(mail, f"the links come in another order: {first} stands elsewhere in the text")
    for link in mail.links:
        address = link.get("href").removeprefix("mailto:").partition("?")[0]
        if link.get("href").startswith("mailto:") and address not in mail.text:
            yield _problem(mail, f"the HTML says where to write ({address}), and the text part does not")


def plain(text: str) -> str:
    """A text as it is compared: no accents, no case, no letters that are not seen, all digits those of ASCII."""
    letters = (one for one in normalize("NFKD", said(text)) if category(one) not in ("Mn", "Cf"))
    return "".join(str(digit(one)) if category(one) == "Nd" else one for one in letters).casefold()


def _headings(mail: Mail) -> Iterator[Problem]:
    text, at = plain(mail.text), 0
    for heading in mail.page.all("h1", "h2", "h3", "h4"):
        words = plain(heading.words())
        if not words or mail.looks.hidden(heading):
            continue
        found = text.find(words, at)
        if found >= 0:
            at = found + len(words)
        elif words in text:
            yield _problem(mail, f"“{heading.words()[:60]}” comes earlier in the text part than in the HTML")
        else:
            yield _problem(
                mail, f"the text part does not say “{heading.words()[:60]}”, which is a heading of the HTML"
            )


def _numbers(mail: Mail) -> Iterator[Problem]:
    html = plain(" ".join(one.text for one in mail.looks.seen()))
    alts = plain(" ".join(one.get("alt") for one in mail.page.all("img")))
    text = plain(_ADDRESS.sub(" ", mail.text))
    in_text, in_html = set(_NUMBER.findall(text)), set(_NUMBER.findall(html))
    for number in sorted(in_html - in_text):
        yield _problem(mail, f"the HTML says {number}, and the text part does not")
    for number in sorted(in_text - in_html - set(_NUMBER.findall(alts))):
        yield _problem(mail, f"the text part says {number}, and the HTML does not")


# ---- how heavy it is


def _weight(mail: Mail) -> Iterator[Problem]:
    html = len(mail.html.encode("utf-8"))
    if html > MOST_HTML:
        yield mail.in_html(
            None,
            code="mail-weight",
            level=Level.ERROR,
            message=f"the HTML of the mail has {html:,} bytes, and Gmail cuts off what comes after some {MOST_HTML:,}",
            mend="Let the edition hold fewer stories, or shorter words before them.",
        )
    for style in mail.page.all("style"):
        size = len("".join(one for one in style.children if isinstance(one, str)).encode("utf-8"))
        if size > STYLE:
            yield mail.in_html(
                style,
                code="mail-weight",
                level=Level.ERROR,
                message=f"this style sheet has {size:,} bytes, and Gmail drops one of more than {STYLE:,} as a whole",
                mend="Take out what the mail does without, or make two of it.",
            )
    if len(mail.raw) > MAIL:
        yield mail.in_message(
            code="mail-weight",
            level=Level.WARNING,
            message=f"the mail has {len(mail.raw):,} bytes with its pictures, and it goes to everybody",
            mend="Let fewer pictures travel with it.",
        )
    if not mail.text.strip() or not mail.html.strip():
        what = "text" if not mail.text.strip() else "HTML"
        yield mail.in_message(
            code="mail-parity",
            level=Level.ERROR,
            message=f"the mail has no {what}, and some readers see nothing else",
            mend="Write templates/digest.txt and templates/digest.mjml.",
        )
    long = next((at for at, one in enumerate(mail.text.split("\n"), 1) if _too_long(one)), 0)
    if long:
        yield mail.in_text(
            code="mail-parity",
            level=Level.WARNING,
            line=long,
            message=f"this line is longer than {COLUMNS} letters, and a terminal breaks it where it likes",
            mend="Let the text part be wrapped; only an address may be longer.",
        )


def _too_long(line: str) -> bool:
    """Whether it takes more columns than a terminal has; marks above letters, and what is not seen, take none."""
    columns = sum(category(one) not in ("Mn", "Me", "Cf") for one in line.rstrip())
    return columns > COLUMNS and " " in line.strip() and not _ADDRESS.search(line)

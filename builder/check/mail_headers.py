"""The message around a mail's words: its headers, its lines, its parts, letter by letter as they are sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.errors import MessageDefect
from email.utils import parsedate_to_datetime

from builder.check.mail_parts import Header, Mail
from builder.problem import Level, Problem

_NEEDED = {
    "From": (Level.ERROR, "nobody can see whom it is from"),
    "Subject": (Level.ERROR, "it stands without a name in everybody's list"),
    "Date": (Level.ERROR, "a mail must have one (RFC 5322), and what has none is taken for spam"),
    "Message-ID": (Level.ERROR, "the same mail, sent once more, cannot be told from a new one"),
    "MIME-Version": (Level.ERROR, "programs may show its parts as one long text"),
    "Content-Type": (Level.ERROR, "programs may show its parts as one long text"),
    "Content-Language": (Level.ERROR, "it does not say which language it is in"),
    "Auto-Submitted": (
        Level.ERROR,
        "machines answer it: whoever is on holiday writes to the sender (RFC 3834)",
    ),
    "List-Id": (Level.WARNING, "readers have nothing that stays the same to sort it by (RFC 2919)"),
    "List-Unsubscribe": (
        Level.WARNING,
        "mail programs show no way to leave the list, and some readers call it spam instead (RFC 2369)",
    ),
    "List-Help": (Level.WARNING, "mail programs know no place where readers find help (RFC 2369)"),
    "List-Archive": (Level.WARNING, "mail programs do not know where the editions stand (RFC 2369)"),
}
"""The headers that every digest has, how much it weighs if one is missing, and what becomes of it then."""

_ONCE = frozenset(
    "from to sender reply-to subject date message-id references in-reply-to mime-version content-type content-language "
    "content-transfer-encoding auto-submitted list-id list-unsubscribe list-unsubscribe-post list-help list-archive list-owner "
    "list-post".split()
)
_EXACT = (
    "list-",
    "message-id",
    "references",
    "in-reply-to",
    "content-id",
    "auto-submitted",
    "date",
    "mime-version",
)
"""Headers that programs read letter by letter, so that nothing in them may be encoded (but for the name in front of a List-Id)."""

_ADDRESS = re.compile(r"<((?:https?|mailto):[^\s<>]+)>")
_ID = re.compile(r"<[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+>", re.ASCII)
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bqBQ]\?[^?\s]*\?=")
_LONGEST_LINE = 998
_LONGEST_WORD = 75

_FAULTS_OF_LINES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    (
        f"this line has more than {_LONGEST_LINE} letters, and servers may break it or refuse the mail (RFC 5322)",
        lambda line: len(line) > _LONGEST_LINE,
    ),
    (
        "this line holds a letter that is not ASCII, and not every server passes it on (RFC 5321)",
        lambda line: not line.isascii(),
    ),
    (
        "this line ends without a carriage return, as lines of a mail must not (RFC 5322)",
        lambda line: b"\n" in line or b"\r" in line,
    ),
)

_OURS = "The fault is ours: please tell us, with this line."


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _missing(mail)
    yield from _twice(mail)
    yield from _shapes(mail)
    yield from _words_in_code(mail)
    yield from _lines(mail)
    yield from _parts(mail)


def _missing(mail: Mail) -> Iterator[Problem]:
    for name, (level, then) in _NEEDED.items():
        if not any(one.value for one in mail.named(name)):
            yield mail.in_message(
                code="mail-header",
                level=level,
                message=f"the mail has no header `{name}:`, so {then}",
                mend="Look under `digest:` in stories/newsletter.yaml; what is left out there is left out here."
                if name.startswith("List-")
                else _OURS,
            )


def _twice(mail: Mail) -> Iterator[Problem]:
    for name in dict.fromkeys(one.name.lower() for one in mail.headers):
        several = mail.named(name)
        if name in _ONCE and len(several) > 1:
            yield _header(
                mail,
                several[1],
                f"there are {len(several)} headers `{several[1].name}:`, and programs choose one of them",
            )


def _header(mail: Mail, one: Header, message: str, mend: str = _OURS) -> Problem:
    return mail.in_message(code="mail-header", level=Level.ERROR, line=one.line, message=message, mend=mend)


def _shapes(mail: Mail) -> Iterator[Problem]:
    for one in mail.headers:
        fault = _fault(one, mail)
        if fault:
            yield _header(mail, one, fault)
    posts, ways = mail.named("List-Unsubscribe-Post"), mail.named("List-Unsubscribe")
    if posts and not any(way.startswith("https:") for one in ways for way in _ADDRESS.findall(one.value)):
        yield _header(
            mail,
            posts[0],
            "`List-Unsubscribe-Post:` promises that one click is enough, and `List-Unsubscribe:` has no https: address for it (RFC 8058)",
            "Name one under `digest:` in stories/newsletter.yaml, or let readers leave by mail alone.",
        )


def _fault(one: Header, mail: Mail) -> str:
    """What is wrong with the shape of a header, "" where it is right."""
    name, value = one.name.lower(), one.value
    plain = re.sub(r"\s+", "", value)
    if name.startswith(_EXACT) and _ENCODED_WORD.search(
        value if name != "list-id" else value.rpartition("<")[2]
    ):
        return f"`{one.name}:` is encoded like a subject, and programs read it letter by letter: they find nothing in it"
    if name == "message-id" and not _ID.fullmatch(value):
        return "`Message-ID:` must be one address in angle brackets, as in <2026-w11.en@light.example.org>"
    if name in ("references", "in-reply-to") and not all(_ID.fullmatch(id) for id in value.split()):
        return f"`{one.name}:` must name mails by their ids in angle brackets"
    if name == "date" and not _is_date(value):
        return "`Date:` is no date with a time zone, as in Thu, 12 Mar 2026 09:00:00 +0000"
    if name == "auto-submitted" and value.partition(";")[0].strip() != "auto-generated":
        return "`Auto-Submitted:` must be auto-generated: nobody wrote this mail by hand (RFC 3834)"
    if name == "list-id" and not re.search(r"<[\w-]+(\.[\w-]+)+>$", value, re.ASCII):
        return "`List-Id:` must end with the list's own name in angle brackets, as in <weekly.en.light.example.org> (RFC 2919)"
    if name in ("list-unsubscribe", "list-help", "list-archive", "list-owner") and not re.fullmatch(
        rf"{_ADDRESS.pattern}(,{_ADDRESS.pattern})*", plain
    ):
        return f"`{one.name}:` must be addresses (https: or mailto:) in angle brackets (RFC 2369)"
    if name == "list-unsubscribe-post" and value != "List-Unsubscribe=One-Click":
        return "`List-Unsubscribe-Post:` must be List-Unsubscribe=One-Click and nothing else (RFC 8058)"
    if name == "content-language" and value != mail.expected.lang:
        return f"`Content-Language:` says `{value}`, and this is the mail in `{mail.expected.lang}`"
    return ""


def _is_date(value: str) -> bool:
    try:
        return parsedate_to_datetime(value).tzinfo is not None and not value.endswith("-0000")
    except ValueError:
        return False


def _words_in_code(mail: Mail) -> Iterator[Problem]:
    for one in mail.headers:
        longest = max((len(word) for word in _ENCODED_WORD.findall(one.raw)), default=0)
        if longest > _LONGEST_WORD:
            yield _header(
                mail,
                one,
                f"an encoded word of `{one.name}:` has {longest} letters, and programs need not read more than {_LONGEST_WORD} (RFC 2047)",
            )


def _lines(mail: Mail) -> Iterator[Problem]:
    lines = mail.raw.split(b"\r\n")
    for message, wrong in _FAULTS_OF_LINES:
        number = next((at for at, line in enumerate(lines, start=1) if wrong(line)), 0)
        if number:
            yield mail.in_message(
                code="mail-bytes", level=Level.ERROR, line=number, message=message, mend=_OURS
            )


def _parts(mail: Mail) -> Iterator[Problem]:
    found: list[str] = []
    for part in mail.whole.walk():
        kind = part.get_content_type()
        broken: list[MessageDefect] = list(part.defects)
        found += [f"the part {kind} is not whole: {type(one).__name__}" for one in broken]
        if part.get_content_maintype() == "text" and (part.get_content_charset() or "") != "utf-8":
            found.append(f"the part {kind} does not say that it is in UTF-8")
        if str(part.get("Content-Transfer-Encoding", "7bit")).lower() in ("8bit", "binary"):
            found.append(f"the part {kind} is sent as it is, and not every server passes it on")
    if mail.whole.get_content_type() != "multipart/alternative":
        found.append(
            "the mail is not made of a text and the same as HTML, of which a program shows the one it can"
        )
    else:
        order = [_first_text(part.get_content_type(), part.as_string()) for part in mail.whole.iter_parts()]
        if order != ["text/plain", "text/html"]:
            found.append(
                f"its parts are {' and '.join(order) or 'none'}: first comes the text, last the HTML, for the last is shown"
            )
    for message in dict.fromkeys(found):
        yield mail.in_message(code="mail-bytes", level=Level.ERROR, message=message, mend=_OURS)


def _first_text(kind: str, whole: str) -> str:
    """The kind of a part; of a whole with pictures, that of what they belong to."""
    inner = re.search(r"^Content-Type: (text/\w+)", whole, re.MULTILINE | re.IGNORECASE)
    return inner[1].lower() if kind == "multipart/related" and inner else kind

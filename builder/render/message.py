"""A message as the bytes that are stored and sent (RFC 5322), and one reader's copy of them.

Above the field `From:` stands what each reader's copy has for itself (To, Message-ID, Date, how to unsubscribe); from there on
all copies are the same. So a mail is made once for each language, and `addressed` to each reader.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from hashlib import sha256
from urllib.parse import quote

from builder.model.message import READER, Label, MailingList, MailPicture, Message
from builder.render import header_fields as fields
from builder.render.header_fields import Field
from builder.render.words import script_of

NOBODY = "undisclosed-recipients:;"
"""To whom a mail is that nobody gets: the one in the outbox."""

_ALIKE = b"\r\nFrom: "
_UNSUBSCRIBE = b"\r\nList-Unsubscribe: "


def encode(message: Message) -> bytes:
    """The message, addressed to nobody: pure ASCII in lines of at most 998 letters, and the same bytes every time."""
    mail = EmailMessage(policy=SMTP)
    for field in (
        Field("To", NOBODY),
        fields.exact("Message-ID", message.id),
        fields.moment("Date", message.date),
        *_of_each_reader(message.mailing_list),
        fields.mailbox("From", message.sender),
        *([fields.mailbox("Reply-To", message.reply_to)] if message.reply_to else ()),
        fields.text("Subject", message.subject),
        *([fields.exact("References", message.series)] if message.series else ()),
        *_of_all(message.mailing_list),
        # No answer by a machine, neither to the sender nor into the box where people's answers are read. Bounces are wanted.
        fields.exact("Auto-Submitted", "auto-generated"),
        fields.exact("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ):
        mail[field.name] = field
    _fill(mail, message)
    return mail.as_bytes()


def addressed(mail: bytes, label: Label) -> bytes:
    """One reader's copy of a mail that `encode` made; it costs no more than a copy of its bytes.

    Whoever calls has seen to it that `to` is a mailbox whose address is ASCII.
    """
    head, alike, rest = mail.partition(_ALIKE)
    _, unsubscribe, way = head.partition(_UNSUBSCRIBE)
    own = (
        fields.mailbox("To", label.to),
        fields.exact("Message-ID", label.id),
        fields.moment("Date", label.date),
    )
    lines = "".join(one.fold() for one in own).encode("ascii").removesuffix(b"\r\n")
    mark = quote(label.reader, safe="").encode("ascii")
    return lines + unsubscribe + way.replace(READER.encode("ascii"), mark) + alike + rest


def _of_each_reader(list_: MailingList | None) -> Iterator[Field]:
    if list_ is not None and list_.unsubscribe:
        yield fields.addresses("List-Unsubscribe", list_.unsubscribe)


def _of_all(list_: MailingList | None) -> Iterator[Field]:
    """What a mail program may do with a list. A click may take somebody off it only where the address says whom."""
    if list_ is None:
        return
    yield fields.list_id("List-Id", list_.name, list_.id)
    for name, address in (
        ("List-Archive", list_.archive),
        ("List-Help", list_.help),
        ("List-Owner", list_.owner),
    ):
        if address:
            yield fields.addresses(name, (address,))
    if any(one.startswith("https://") and READER in one for one in list_.unsubscribe):
        yield fields.exact("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


def _fill(mail: EmailMessage, message: Message) -> None:
    """The two parts and the pictures. Text that is not Latin is base64, which is shorter; neither needs 8BITMIME."""
    encoding = "quoted-printable" if script_of(message.lang) == "Latn" else "base64"
    mail.set_content(message.text, charset="utf-8", cte=encoding)
    mail.add_alternative(message.html, subtype="html", charset="utf-8", cte=encoding)
    drawn = "".join(one.name for one in message.pictures)
    mark = sha256(f"{message.id}\0{message.text}\0{message.html}\0{drawn}".encode()).hexdigest()
    if message.pictures:
        _, html = mail.iter_parts()
        _enclose(html, message.pictures, f"=_{mark[24:]}")
    for part in mail.walk():  # at the end, for `set_content` and its like take it off
        del part["Content-Language"]
        part["Content-Language"] = message.lang
    mail.set_boundary(f"=_{mark[:40]}")


def _enclose(html: MIMEPart, pictures: tuple[MailPicture, ...], boundary: str) -> None:
    """Make of the HTML part a whole with its pictures (RFC 2387), which no mail program then shows as files to open."""
    for one in pictures:
        html.add_related(one.data, "image", one.subtype, disposition="inline", filename=one.file)
        *_, picture = html.iter_parts()
        picture["Content-ID"] = fields.exact("Content-ID", f"<{one.name}>")
    html.set_param("type", "text/html")  # which part is the page, as the standard asks
    html.set_boundary(boundary)


def seen_alone(message: Message) -> str:
    """The HTML of a message with its pictures in it, for a browser to show."""
    html = message.html
    for one in message.pictures:
        html = html.replace(
            f"cid:{one.name}", f"data:image/{one.subtype};base64,{b64encode(one.data).decode('ascii')}"
        )
    return html

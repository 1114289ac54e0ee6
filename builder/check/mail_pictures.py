"""The pictures of a mail: words for whoever does not see them, a size that holds, and each in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from builder.check.mail_looks import DAY, Looks
from builder.check.mail_parts import Mail
from builder.check.mail_shape import name_of
from builder.check.mail_tree import Element
from builder.problem import Level, Problem

_FILE_NAME = re.compile(
    r"[\w%.-]+\.(png|jpe?g|gif|webp|svg|bmp|tiff?|heic)$|(img|dsc|image|photo|pic|screenshot)[\s_-]*\d*$",
    re.IGNORECASE,
)
_ALT_OF_NOTHING = frozenset(
    (
        "image",
        "picture",
        "photo",
        "logo",
        "icon",
        "chart",
        "graphic",
        "تصویر",
        "عکس",
        "εικόνα",
        "gambar",
        "foto",
    )
)
_LONGEST_ALT = 300


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _pictures(mail)
    yield from _closure(mail)


def _pictures(mail: Mail) -> Iterator[Problem]:
    for picture in mail.page.all("img"):
        for level, message, mend in _faults(picture, mail.looks):
            yield mail.in_html(picture, code="mail-picture", level=level, message=message, mend=mend)


def _faults(picture: Element, looks: Looks) -> Iterator[tuple[Level, str, str]]:
    alt = picture.get("alt").strip()
    file = unquote(urlsplit(picture.get("src")).path.rpartition("/")[2])
    if "alt" not in picture.attributes:
        yield (
            Level.ERROR,
            "this picture has no `alt`: screen readers spell its address",
            "Say in it what the picture shows.",
        )
    elif not alt and any(one.tag == "a" and not name_of(one) for one in picture.above()):
        yield Level.ERROR, "this picture is a link and says nothing", "Say in `alt` where it leads."
    elif alt and (_FILE_NAME.match(alt) or alt.casefold() in {file.casefold(), *_ALT_OF_NOTHING} - {""}):
        yield (
            Level.ERROR,
            f"“{alt}” does not say what the picture shows",
            "Write what it says to whoever sees it; with pictures off, this is what everybody reads.",
        )
    elif len(alt) > _LONGEST_ALT:
        yield (
            Level.WARNING,
            f"the words for this picture are {len(alt)} letters long, and cannot be read in parts",
            "Say the most of it in the text beside the picture.",
        )
    if not picture.get("width").isdecimal():
        yield (
            Level.WARNING,
            "this picture has no `width` of its own, and Outlook for Windows shows it as large as it was drawn",
            "Write its width as a plain number of pixels.",
        )
    own = looks.styles.own(picture, DAY)
    if not any(name in own for name in ("width", "max-width")):
        yield (
            Level.WARNING,
            "this picture has no width in its style, and some programs heed nothing else",
            'Write  style="width:100%"  beside its attribute.',
        )


def _closure(mail: Mail) -> Iterator[Problem]:
    """What travels is shown, and what is shown travels."""
    held = {one.id for one in mail.pictures if one.id}
    asked: dict[str, Element] = {}
    for element in mail.page.root:
        for value in element.attributes.values():
            for id in re.findall(r"cid:([^\s\"')]+)", value):
                asked.setdefault(unquote(id), element)
    for id, element in asked.items():
        if id not in held:
            yield mail.in_html(
                element,
                code="mail-picture",
                level=Level.ERROR,
                message=f"no picture `{id}` travels with the mail, so readers see an empty frame",
                mend="The fault is ours: please tell us, with this line.",
            )
    for one in mail.pictures:
        if one.id not in asked:
            yield mail.in_message(
                code="mail-picture",
                level=Level.ERROR,
                message="a picture travels with the mail and is shown nowhere in it: programs offer it as a file",
                mend="If a template of your own leaves it out, show it there; if you have none, the fault is ours: please tell us.",
            )
    ids = [one.id for one in mail.pictures]
    if len(set(ids)) < len(ids) or not all(re.fullmatch(r"[\w.+-]+@[\w.-]+", id, re.ASCII) for id in ids):
        yield mail.in_message(
            code="mail-picture",
            level=Level.ERROR,
            message="each picture needs a `Content-ID:` of its own, as in <0f3a@light.example.org> (RFC 2392)",
            mend="The fault is ours: please tell us, with this line.",
        )

"""What a browser gets of the mails under an editor's hands: the page, what is known of each, and each in either light."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256

from builder.desk.mail_preview import SeenMail, Shown, Stage
from builder.desk.serve import Answer, as_rows, in_json, media_type
from builder.model.edition import SUBJECT_SEEN
from builder.model.message import MOST_HTML
from builder.render import mail_preview as dressed
from builder.render.preview import FOLDER

PAGE = "mails.html"

_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PICTURES = {"pictures": True, "no-pictures": False}


def answer(stage: Stage, path: str, own: Mapping[str, str], number: int) -> Answer:
    """What stands at `path` (decoded, with its leading slash). Only what is in memory is ever answered.

        /                                   the page
        /_yearround/mails.css               its own files, of `own`
        /mails.json, /2026-w11/mails.json   all that is known of an edition's mails
        /2026-w11/fa/dark/no-pictures.html  one of them, as it is seen
        /2026-w11/fa.txt, /2026-w11/fa.eml  its text part, and all of it

    `number` is that of the last event, after which the page asks for more.
    """
    parts = path.strip("/").split("/")
    if path == "/":
        return Answer(
            status=200, kind="text/html; charset=utf-8", data=own[PAGE].encode(), policy=_PAGE_POLICY
        )
    if parts[0] == FOLDER and len(parts) == 2 and parts[1] in own:
        return Answer(status=200, kind=media_type(parts[1]), data=own[parts[1]].encode())
    if parts[-1] == "mails.json" and len(parts) <= 2:
        return in_json(_all(*stage.view(parts[0] if parts[0] in stage.editions else ""), number))
    if len(parts) in (2, 4) and parts[0] in stage.editions:
        found = next(_files(stage.shown(parts[0]), parts[1:]), None)
        if found:
            return found
    return Answer(status=404, kind="text/plain; charset=utf-8", data=b"There is nothing here.\n")


def _files(shown: Shown, rest: list[str]) -> Iterator[Answer]:
    """The file of that address, of the mails that are shown: none where there is none."""
    language, _, ending = rest[0].partition(".")
    for one in shown.mails:
        if one.lang != language:
            continue
        if ending == "txt" and len(rest) == 1:
            yield Answer(status=200, kind=media_type("mail.txt"), data=one.text.encode("utf-8"))
        elif ending == "eml" and len(rest) == 1:
            yield Answer(status=200, kind="message/rfc822", data=one.eml)
        elif not ending and len(rest) == 3:
            name, _, html = rest[2].partition(".")
            if rest[1] in dressed.LIGHTS and name in _PICTURES and html == "html":
                page = dressed.seen(one.page, rest[1], pictures=_PICTURES[name])
                yield Answer(
                    status=200,
                    kind=media_type("mail.html"),
                    data=page.encode("utf-8"),
                    policy=dressed.policy(pictures=_PICTURES[name]),
                )


def _all(shown: Shown, newest: Shown, number: int) -> dict[str, object]:
    """All that the page says, as it reads it."""
    return {
        "number": number,
        "whole": newest.whole,
        "edition": shown.edition,
        "editions": [asdict(one) for one in shown.editions],
        "note": shown.note,
        "budget": {"html": MOST_HTML, "subject": SUBJECT_SEEN},
        "problems": as_rows(newest.problems),
        "mails": [
            {
                "lang": one.lang,
                "name": one.name,
                "dir": one.dir,
                "sender": one.sender,
                "subject": one.subject,
                "preheader": one.preheader,
                "words": one.words,
                "minutes": one.minutes,
                "html": one.html_size,
                "whole": len(one.eml),
                "pictures": list(one.picture_sizes),
                "mark": _mark(one),
                "checked": one.findings is not None,
                "problems": as_rows(one.found),
            }
            for one in shown.mails
        ],
    }


def _mark(one: SeenMail) -> str:
    """Another one means that the mail is to be loaded again."""
    return sha256(one.eml + one.page.encode("utf-8")).hexdigest()[:12]

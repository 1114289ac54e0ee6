"""A finished page as an editor sees it: live, with a ribbon on what nobody else sees yet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

from builder.render.headers import policy

_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*(">)')
_LIVE = policy(connect_src="'self'")
_MAIN = re.compile(r"<main\b[^>]*>")

FOLDER = "_yearround"
"""Where the preview's own files are served; no page has an address there."""


def dress(
    html: str,
    *,
    root: str,
    number: int,
    subject: str,
    ribbons: Mapping[str, str],
    notice: str = "",
    back: str = "",
) -> str:
    """`html` made live: its policy lets the preview's script run, and ribbons say what is not published.

    `root` is the path of the site on its host, `number` the build's. `ribbons` are texts by story version or
    `edition:ID`; `subject` is what the page is about. `notice` is said over every page, `back` the link behind it.
    """
    place = f"{root}{FOLDER}/"
    live = (
        f'<link rel="stylesheet" href="{place}live.css">'
        f'<script src="{place}live.js" data-number="{number}" defer></script>'
    )
    html = _POLICY.sub(rf"\g<1>{_LIVE}\g<2>", html, count=1).replace("</head>", f"{live}</head>", 1)
    for item, text in ribbons.items():
        work = item.partition("/")[0]
        html = re.sub(
            rf"(<!--\[{re.escape(work)}\]-->\s*<article\b[^>]*>)",
            lambda match, text=text: f'{match[1]}<p class="yr-ribbon">{escape(text)}</p>',  # type: ignore[misc]
            html,
        )
    over = [ribbons[key] for key in (subject.partition(":")[2], subject) if key in ribbons]
    ribbon = "".join(f'<p class="yr-ribbon yr-ribbon--page">{escape(text)}</p>' for text in over)
    if notice:
        link = f' <a href="{escape(root)}?now=">{escape(back)}</a>'
        ribbon = (
            f'<p class="yr-ribbon yr-ribbon--page" lang="en" dir="ltr">{escape(notice)}{link}</p>{ribbon}'
        )
    return _MAIN.sub(lambda match: match[0] + ribbon, html, count=1) if ribbon else html

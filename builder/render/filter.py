"""All stories of a language in one script, for the page that filters them in the reader's own browser."""

from __future__ import annotations

import json

from builder.model.page import Output, Page
from builder.render.press import Press
from builder.render.sheet import Sheet


def stories(page: Page, press: Press) -> Output:
    """A script that hands every story to `yearround.stories`, the newest first.

    It is a script and not data, because a page that is opened from a disk may load nothing else. Each story stands
    between its marks, as a card does, so that it can be cut out: what is left is a good script still.
    """
    sheet = Sheet.fresh(press, page.address, page.lang, pictures=False)
    sheet.reads.planned(page.address)
    rows = "".join(_row(work, sheet) for work in sheet.reads.works(0, sheet.reads.count()))
    return Output(
        address=page.address,
        data=f"yearround.stories([\n{rows}]);\n".encode(),
        namings=tuple(sorted(set(sheet.named))),
        works=tuple(dict.fromkeys(sheet.works)),
        asked=tuple(sheet.reads.asked),
    )


def _row(work: str, sheet: Sheet) -> str:
    version = sheet.reads.version(work, sheet.speaker.language)
    card = sheet.card(version)
    facets: dict[str, list[str]] = {}
    for facet, value in sheet.reads.shelves_of(work):
        facets.setdefault(facet, []).append(value)
    story = {
        "url": card.url,
        "lang": card.lang,
        "dir": card.dir,
        "title": sheet.voice(sheet.reads.card(version)).plain(sheet.reads.card(version).title),
        "kind": card.kind_label,
        "date": card.date.text,
        "iso": card.date.iso,
        "foreign": card.foreign,
        "team": card.team,
        "facets": facets,
    }
    # In a string of a script these would end the script, or begin what a browser takes for a comment.
    said = json.dumps({key: value for key, value in story.items() if value}, ensure_ascii=False)
    for sign in "<>\u2028\u2029":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return f"/*<!--[{work}]-->*/{said},/*<!--[/{work}]-->*/\n"

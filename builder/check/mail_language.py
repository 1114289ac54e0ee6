"""A mail says which language each text is in and which way it runs, also where programs forget what the page says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import bidirectional

from builder.check.mail_looks import DAY, Looks
from builder.check.mail_parts import Mail
from builder.check.mail_tree import Element
from builder.problem import Level, Problem

_IN_TEMPLATE = "Correct it in the template of the mail (templates/digest.mjml)."
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ARROWS = {"rtl": "→➔➜➝⇒⟶▶►", "ltr": "←⇐⟵◀◄"}
"""Signs that point back to where a text of this direction comes from; no program turns an arrow round."""

_SENTENCE = 12
"""Letters from which a few words are more than a name."""


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _page(mail)
    yield from _inner(mail)
    yield from _pairs(mail)
    yield from _wrong_way(mail)
    yield from _wrong_side(mail)
    yield from _columns(mail)
    yield from _arrows(mail)


def _problem(mail: Mail, element: Element | None, message: str, level: Level = Level.ERROR) -> Problem:
    return mail.in_html(element, code="mail-direction", level=level, message=message, mend=_IN_TEMPLATE)


def _page(mail: Mail) -> Iterator[Problem]:
    page = mail.page.first("html")
    for name, wanted in (("lang", mail.expected.lang), ("dir", mail.expected.dir)):
        held = page.get(name) if page else ""
        if held.lower() != wanted.lower():
            yield _problem(
                mail,
                page,
                f"<html> says {f'`{name}={held}`' if held else f'no `{name}`'}, and this mail is in `{wanted}`"
                if name == "lang"
                else f"<html> says {f'`dir={held}`' if held else 'no `dir`'}, and this mail runs `{wanted}`",
            )


def _inner(mail: Mail) -> Iterator[Problem]:
    """Gmail takes <html> and <body> away, with all that they say."""
    for name in ("lang", "dir"):
        lost = next((one for one in mail.looks.seen() if not _says(one.element, name)), None)
        if lost:
            yield _problem(
                mail,
                lost.element,
                f"no element says the `{name}` of “{lost.text[:30]}”; what <html> and <body> say, Gmail takes away",
            )


def _says(element: Element, name: str) -> bool:
    return any(one.get(name) for one in element.above() if one.tag not in ("html", "body"))


def _pairs(mail: Mail) -> Iterator[Problem]:
    """An element that says both says what goes together."""
    said: set[tuple[str, str]] = set()
    for element in mail.page.root:
        lang, direction = element.get("lang"), element.get("dir").lower()
        if lang and direction in ("ltr", "rtl") and mail.expected.direction_of(lang) != direction:
            if (lang, direction) not in said:
                yield _problem(
                    mail, element, f"this says `lang={lang}` and `dir={direction}`, which do not go together"
                )
            said.add((lang, direction))


def _letters(text: str) -> tuple[int, int]:
    """How many letters of a text run from left to right, and how many from right to left."""
    kinds = [bidirectional(one) for one in text]
    return kinds.count("L"), kinds.count("R") + kinds.count("AL")


def _runs(text: str) -> str:
    """Which way most of a text runs, "" where there is too little of it."""
    left, right = _letters(text)
    if left + right < 3:
        return ""
    return "rtl" if right > left else "ltr"


def _wrong_way(mail: Mail) -> Iterator[Problem]:
    """Persian letters that are set from left to right lose their order; the other way round only whole sentences do."""
    for block, words in mail.looks.blocks().items():
        text = " ".join(one.text for one in words)
        left, right = _letters(text)
        ways = {mail.looks.direction(one.element) for one in words}
        if ways == {"ltr"} and right > 2 * left and right >= 3:
            # A warning: an author's words may be in another language than they were said to be in.
            yield _problem(
                mail,
                block,
                f"“{text[:40]}” runs from right to left, and is set from left to right",
                Level.WARNING,
            )
        elif ways == {"rtl"} and not right and left >= _SENTENCE and len(text.split()) > 2:
            yield _problem(
                mail,
                block,
                f"“{text[:40]}” runs from left to right, and is set from right to left",
                Level.WARNING,
            )
            return


def _wrong_side(mail: Mail) -> Iterator[Problem]:
    """A text begins on the side from which it is read, or on that of the heading that it belongs to."""
    for looks in mail.views():
        for block, words in looks.blocks().items():
            direction = looks.direction(block)
            side = looks.side(words[0].element)
            if side == "center" or (side == "left") == (direction == "ltr"):
                continue
            text = " ".join(one.text for one in words)
            if any(_letters(text)) and not _goes_with_a_heading(block, side, looks) and not _is_a_cell(block):
                yield _problem(
                    mail,
                    block,
                    f"“{text[:40]}” runs {'from right to left' if direction == 'rtl' else 'from left to right'}, and stands on the {side}",
                )
                return


def _goes_with_a_heading(block: Element, side: str, looks: Looks) -> bool:
    for one in block.above():
        headings = [below for below in one if below.tag in _HEADINGS]
        if headings:
            return any(looks.direction(each) == ("ltr" if side == "left" else "rtl") for each in headings)
    return False


def _is_a_cell(block: Element) -> bool:
    """Whether it stands in a table of data, whose columns have sides of their own."""
    table = next((one for one in block.above() if one.tag == "table"), None)
    return table is not None and any(one.tag == "th" for one in table)


def _columns(mail: Mail) -> Iterator[Problem]:
    """What stands side by side begins on the side from which the mail is read."""
    for looks in mail.views():
        for element in looks.document.root:
            beside = [one for one in element.elements if _stands_beside(one, looks) and one.words()]
            if len(beside) > 1 and looks.direction(element) != mail.expected.dir:
                if mail.expected.direction_of(_lang(element)) == looks.direction(element):
                    continue  # a table of another language, in its own order
                yield _problem(
                    mail,
                    element,
                    f"the columns from “{beside[0].words()[:30]}” on come in the order of a text that runs `{looks.direction(element)}`",
                )
                return


def _stands_beside(one: Element, looks: Looks) -> bool:
    if one.tag in ("td", "th"):
        return True
    own = looks.styles.own(one, DAY)
    return one.tag in ("div", "table") and own.get("display") in (
        "inline-block",
        "table-cell",
        "inline-table",
    )


def _lang(element: Element) -> str:
    return next((one.get("lang") for one in element.above() if one.get("lang")), "")


def _arrows(mail: Mail) -> Iterator[Problem]:
    for one in mail.looks.seen():
        direction = mail.looks.direction(one.element)
        wrong = [sign for sign in _ARROWS[direction] if sign in one.text]
        if (
            wrong
            and _runs(one.text) in ("", direction)
            and not re.search(r"[←⇐⟵].*[→⇒⟶]|[→⇒⟶].*[←⇐⟵]", one.text)
        ):
            yield _problem(
                mail,
                one.element,
                f"`{wrong[0]}` points back to where “{one.text[:40]}” comes from: it runs {'from right to left' if direction == 'rtl' else 'from left to right'}",
                Level.WARNING,
            )
            return

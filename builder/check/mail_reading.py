"""What an eye and a thumb need of a mail: contrast by day and by night, letters that are large enough, buttons that can be hit."""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.mail_looks import DAY, NIGHT, Words, length, sides
from builder.check.mail_parts import Mail
from builder.check.mail_tree import Element
from builder.problem import Level, Problem

CONTRAST = 4.5
"""What text needs (WCAG 2.2, 1.4.3); for large letters too, since a mail is read in sunlight."""
LETTERS = 14.0
"""CSS pixels; what is smaller is enlarged by some programs and breaks the lines around."""
BUTTON = 44.0
"""CSS pixels: how high a button is that a thumb does not miss (WCAG 2.2, 2.5.5)."""
LINE_OF_LINK = 24.0
"""The same for a link that stands alone on its line (WCAG 2.2, 2.5.8)."""

_LIGHTS = {DAY: "by day", NIGHT: "in a dark program"}


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _contrast(mail)
    yield from _small(mail)
    yield from _targets(mail)


def _contrast(mail: Mail) -> Iterator[Problem]:
    said: set[tuple[str, str]] = set()
    for words in mail.looks.seen():
        for light, when in _LIGHTS.items():
            ink, ground = mail.looks.ink(words.element, light), mail.looks.ground(words.element, light)
            if ink is None or ground is None or (ink, ground) in said:
                continue
            found = mail.expected.contrast(ink, ground)
            if found < CONTRAST:
                said.add((ink, ground))
                yield mail.in_html(
                    words.element,
                    code="mail-contrast",
                    level=Level.ERROR,
                    message=f"“{words.text[:40]}” can hardly be read {when}: {ink} on {ground} is {int(found * 10) / 10:g}:1, below {CONTRAST:g}:1",
                    mend="Take colours that go together, or make the ink darker by day and lighter by night.",
                )


def _small(mail: Mail) -> Iterator[Problem]:
    said: set[float] = set()
    for words in mail.looks.seen():
        size = round(mail.looks.size(words.element), 1)
        if size < LETTERS and size not in said:
            said.add(size)
            yield mail.in_html(
                words.element,
                code="mail-letters",
                level=Level.WARNING if size > 2 else Level.ERROR,
                message=f"“{words.text[:40]}” is set in letters of {size:g} pixels, and on a telephone {LETTERS:g} are needed",
                mend=f"Set them in {LETTERS:g} pixels or more; for what matters less there is the soft ink.",
            )


def _targets(mail: Mail) -> Iterator[Problem]:
    looks = mail.looks
    words = {one.element for one in looks.seen()}
    alone = {
        block: " ".join(" ".join(one.text for one in some).split()) for block, some in looks.blocks().items()
    }
    said: set[tuple[str, float]] = set()
    for link in mail.links:
        if not any(one in words for one in link):
            continue  # a picture is as large as it is
        own = looks.styles.own(link, DAY)
        button = own.get("display") in ("inline-block", "block")
        above, _, below, _ = sides(own, "padding") if button else ("0", "0", "0", "0")
        padding = sum(length(one, looks.size(link)) or 0.0 for one in (above, below))
        height = round(looks.leading(link) + padding, 1)
        if button and padding and height < BUTTON:
            fault, needed = f"the button “{link.words()[:40]}” is {height:g} pixels high", BUTTON
        elif not button and link.words() == alone.get(_block(link), "") and height < LINE_OF_LINK:
            fault, needed = (
                f"the link “{link.words()[:40]}” stands on a line of {height:g} pixels",
                LINE_OF_LINK,
            )
        else:
            continue
        if (("button" if button else "link"), height) not in said:
            said.add((("button" if button else "link"), height))
            yield mail.in_html(
                link,
                code="mail-target",
                level=Level.WARNING,
                message=f"{fault}, and a thumb needs {needed:g}",
                mend="Give it more padding above and below, or a higher line.",
            )


def _block(element: Element) -> Element:
    return Words("", element).block

"""The bones of a mail: headings, tables and links as a screen reader meets them, what is hidden, and what Word gets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from builder.check.mail_parts import Mail
from builder.check.mail_tree import Element, marks
from builder.problem import Level, Problem

_IN_TEMPLATE = "Correct it in the template of the mail (templates/digest.mjml)."

_SAYS_NOTHING = frozenset(
    (
        "here",
        "click here",
        "click",
        "click this",
        "this",
        "this link",
        "link",
        "more",
        "read more",
        "learn more",
        "see more",
        "details",
        "more info",
        "go",
        "اینجا",
        "این‌جا",
        "اینجا کلیک کنید",
        "کلیک کنید",
        "بیشتر",
        "ادامه",
        "ادامه مطلب",
        "بیشتر بخوانید",
        "لینک",
        "εδώ",
        "πατήστε εδώ",
        "κάντε κλικ εδώ",
        "κλικ εδώ",
        "περισσότερα",
        "διαβάστε περισσότερα",
        "σύνδεσμος",
        "sini",
        "di sini",
        "klik sini",
        "klik di sini",
        "lagi",
        "baca lagi",
        "selanjutnya",
        "baca selanjutnya",
        "pautan",
    )
)
"""Names that say nothing to whoever goes from link to link."""


def rules(mail: Mail) -> Iterator[Problem]:
    yield from _headings(mail)
    yield from _tables(mail)
    yield from _links(mail)
    yield from _same_names(mail)
    yield from _hidden(mail)
    yield from _word(mail)


# ---- headings and tables


def _headings(mail: Mail) -> Iterator[Problem]:
    found = [one for one in mail.page.all("h1", "h2", "h3", "h4", "h5", "h6") if not mail.looks.hidden(one)]
    levels = [int(one.tag[1]) for one in found]
    faults: list[tuple[Element | None, str]] = []
    if levels.count(1) != 1:
        again = [one for one in found if one.tag == "h1"][1:]
        faults.append(
            (
                again[0] if again else None,
                f"the mail has {levels.count(1) or 'no'} headings <h1>, and needs one: what the mail is called",
            )
        )
    elif levels[0] != 1:
        faults.append(
            (found[0], f"<{found[0].tag}> comes before the heading <h1>, which is what the mail is called")
        )
    faults += [
        (two, f"<{two.tag}> comes after <{one.tag}>: one was left out, and screen readers count them")
        for one, two in pairwise(found)
        if int(two.tag[1]) > int(one.tag[1]) + 1
    ]
    faults += [(one, f"this <{one.tag}> is empty") for one in found if not one.words() and not _alts(one)]
    for element, message in faults:
        yield mail.in_html(
            element, code="mail-heading", level=Level.ERROR, message=message, mend=_IN_TEMPLATE
        )


def _tables(mail: Mail) -> Iterator[Problem]:
    said = False
    for document in (mail.page, mail.word_page):
        for table in document.all("table"):
            role, data = table.get("role"), any(one.tag == "th" for one in _cells(table))
            if role not in ("presentation", "none") and not data and not said:
                said = True
                yield mail.in_html(
                    table,
                    code="mail-table",
                    level=Level.ERROR,
                    message="this table only puts things in their places: screen readers count its rows and columns aloud",
                    mend='Write  role="presentation"  into it.',
                )
            if role in ("presentation", "none") and data:
                yield mail.in_html(
                    table,
                    code="mail-table",
                    level=Level.ERROR,
                    message='this table has headings and says `role="presentation"`: screen readers read its numbers without them',
                    mend="Take the role out, or make its <th> cells <td>.",
                )


def _cells(table: Element) -> Iterator[Element]:
    """The cells of a table, without those of tables inside it."""
    for one in table.elements:
        if one.tag in ("td", "th"):
            yield one
        elif one.tag != "table":
            yield from _cells(one)


# ---- links


def _alts(element: Element) -> str:
    return " ".join(one.get("alt") for one in element if one.tag == "img").strip()


def name_of(link: Element) -> str:
    """What a screen reader calls a link."""
    return link.get("aria-label") or " ".join(f"{link.words()} {_alts(link)}".split())


def _links(mail: Mail) -> Iterator[Problem]:
    for link in mail.links:
        name, address = name_of(link), link.get("href").strip()
        if not name:
            fault = "this link has no name: a screen reader spells its address"
        elif name.strip(" .:…>→←»«!").casefold() in _SAYS_NOTHING:
            fault = f"the link is called “{name}”, which does not say where it leads"
        elif not urlsplit(address).scheme and not (address.startswith("#") and len(address) > 1):
            fault = f"`{address or '#'}` is not a whole address, and a mail stands nowhere from which it could be found"
        elif urlsplit(address).scheme not in ("", "http", "https", "mailto", "tel"):
            fault = f"mail programs do not follow `{urlsplit(address).scheme}:`"
        else:
            continue
        yield mail.in_html(
            link,
            code="mail-link",
            level=Level.ERROR if not name or "address" in fault else Level.WARNING,
            message=fault,
            mend="Name it after the place it leads to, by its whole address (https://...).",
        )


def _same_names(mail: Mail) -> Iterator[Problem]:
    places: dict[str, str] = {}
    for link in mail.links:
        name, address = name_of(link).casefold(), link.get("href").strip()
        if name and places.setdefault(name, address) != address:
            yield mail.in_html(
                link,
                code="mail-link",
                level=Level.WARNING,
                message=f"two links are called “{name_of(link)}” and lead to two places",
                mend="Give each the name of its own place.",
            )


# ---- what is not seen, and what Word gets


def _hidden(mail: Mail) -> Iterator[Problem]:
    """One line may be hidden, the first: mail programs show it behind the subject."""
    body = mail.page.first("body")
    if body is None:
        return
    before_all = True
    for element in body:
        text = [one for one in element.children if isinstance(one, str) and one.strip()]
        if mail.looks.hidden(element):
            outermost = element.parent is not None and not mail.looks.hidden(element.parent)
            if outermost and element.words():
                if not before_all:
                    yield mail.in_html(
                        element,
                        code="mail-hidden",
                        level=Level.ERROR,
                        message=f"“{element.words()[:40]}” is hidden: filters take that for fraud, and some programs show it",
                        mend="Show it or take it out. Only the line that is shown behind the subject may be hidden, at the top.",
                    )
                before_all = False
        elif text and element.tag not in ("style", "script"):
            before_all = False


def _word(mail: Mail) -> Iterator[Problem]:
    begun = ""
    fault = ""
    place = 0
    for kind, match in marks(mail.html):
        ends = kind.endswith("_end")
        if ends and begun != kind.removesuffix("_end"):
            fault = fault or f"`{match[0]}` ends nothing that was begun"
        elif not ends and begun:
            fault = fault or f"`{match[0]}` begins inside another one, where programs do not look for it"
        else:
            begun = "" if ends else kind
            place = match.start() if not fault else place
    if begun and not fault:
        fault = "a conditional comment is never closed: everything below it is lost"
    astray = {tag for tag, _ in mail.page.astray}
    in_word = next(((tag, line) for tag, line in mail.word_page.astray if tag not in astray), None)
    if not fault and in_word:
        fault = f"as Outlook for Windows reads it, `{in_word[0]}` has no partner, and all that follows is out of place"
        place = -1
    if fault:
        line = in_word[1] if place < 0 and in_word else mail.html.count("\n", 0, place) + 1
        yield mail.in_html(
            Element("", {}, line, 1),
            code="mail-outlook",
            level=Level.ERROR,
            message=fault,
            mend="Write each as <!--[if mso]> ... <![endif]-->, none inside another, and close in it what you open in it.",
        )
    for tag, line in mail.page.astray[:1]:
        yield mail.in_html(
            Element("", {}, line, 1),
            code="mail-outlook",
            level=Level.ERROR,
            message=f"`{tag}` has no partner: it is closed and was not opened, or opened and never closed",
            mend=_IN_TEMPLATE,
        )

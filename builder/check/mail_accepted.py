"""What we know that some mail programs do not know, and why the mail can be read all the same.

What stands here is not said again at every digest. What does not stand here is said, whoever wrote it into a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """`programs` (or families of them, as in `gmail`) that lack a feature or know it in part, and how the mail gets on without it."""

    programs: tuple[str, ...]
    reason: str

    def covers(self, program: str) -> bool:
        return any(program == one or program.startswith(f"{one}.") for one in self.programs)


_OUTLOOKS = "outlook.outlook-com outlook.macos outlook.ios outlook.android"
_PHONES_OF_GMAIL = "gmail.ios gmail.android"

_STYLES_OF_OTHERS = (
    "Gmail's telephones drop style sheets in mailboxes that are not Google's; what must be seen stands in `style` attributes, "
    "so that a sheet adds the dark and the width of columns alone."
)
_MORE_THAN_WE_WRITE = "What is missing there is a form that we do not write."

_TABLE: tuple[tuple[str, str, str], ...] = (
    # ---- style sheets
    (
        "html-style",
        f"outlook.windows {_PHONES_OF_GMAIL} gmail.desktop-webmail",
        "All sheets stand in <head>, before what they are for, and below the size at which Gmail drops one. "
        + _STYLES_OF_OTHERS,
    ),
    (
        "css-at-media",
        "outlook gmail samsung-email yahoo thunderbird",
        "Only the dark and the width of columns stand in media queries, and none inside another; without them the mail is light and its columns are as wide as they are in Outlook.",
    ),
    (
        "css-at-media-prefers-color-scheme",
        "outlook.windows gmail yahoo thunderbird",
        "The mail stays light, or is turned dark by the program in its own way; by day every contrast holds.",
    ),
    (
        "css-important",
        "outlook.windows gmail yahoo",
        "It stands in style sheets alone, with a space before it, and only to be stronger than a `style` attribute in the dark.",
    ),
    (
        "css-selector-attribute",
        "outlook gmail yahoo",
        "Chooses what Outlook itself marked in its own dark, and quotations that run from right to left; elsewhere the light colours stay.",
    ),
    ("css-selector-child", f"outlook.windows {_PHONES_OF_GMAIL}", "Only colours of the dark hang on it."),
    (
        "css-selector-adjacent-sibling",
        f"outlook.windows {_PHONES_OF_GMAIL}",
        "Only space between paragraphs hangs on it; programs put their own.",
    ),
    (
        "css-selector-universal",
        f"outlook.windows {_PHONES_OF_GMAIL}",
        "Only space between paragraphs hangs on it; programs put their own.",
    ),
    *(
        (f"css-selector-{one}", _PHONES_OF_GMAIL, _STYLES_OF_OTHERS)
        for one in ("class", "descendant", "grouping", "id", "type")
    ),
    # ---- light and dark
    (
        "css-color-scheme",
        "outlook gmail yahoo",
        "It only says that the mail brings its own dark; a program that does not know it keeps the light or makes its own.",
    ),
    (
        "html-meta-color-scheme",
        "outlook gmail apple-mail.ios samsung-email yahoo",
        "It only says that the mail brings its own dark; a program that does not know it keeps the light or makes its own.",
    ),
    (
        "css-background",
        "outlook.windows yahoo",
        "Holds a colour alone, which both know, with `background-color` beside it.",
    ),
    # ---- boxes
    (
        "css-border",
        "outlook.windows",
        "Lines are at most 3 pixels wide; a paragraph that draws one has a table beside it, for Word.",
    ),
    ("css-border-radius", "outlook.windows yahoo", "Corners are square there, and nothing else changes."),
    (
        "css-border-spacing",
        "outlook.windows outlook.macos",
        "Cells stand as near one another as `cellspacing` says.",
    ),
    (
        "css-padding",
        "outlook.windows",
        "Stands on table cells, where Word knows it; inside a button its cell has `mso-padding-alt`.",
    ),
    (
        "css-margin",
        "outlook gmail yahoo",
        "Never below zero, never on <body> or a <span>; nothing stands in it but the ground around.",
    ),
    (
        "css-height",
        "outlook.windows yahoo",
        "Heights are those of spaces, whose lines are as high, and of pictures, which may grow.",
    ),
    (
        "css-width",
        "outlook.windows",
        "Word takes widths from the tables that conditional comments put around, and from attributes.",
    ),
    (
        "css-max-width",
        "outlook.windows",
        "Word takes widths from the tables that conditional comments put around.",
    ),
    (
        "css-max-height",
        "outlook.windows",
        "Hides the line behind the subject, which `display:none` hides in Word.",
    ),
    (
        "css-overflow",
        "outlook gmail apple-mail samsung-email yahoo",
        "Hides the line behind the subject, which `display:none` hides in Word. " + _MORE_THAN_WE_WRITE,
    ),
    (
        "css-opacity",
        "outlook.windows",
        "Hides the line behind the subject, which `display:none` hides in Word.",
    ),
    ("css-outline", "outlook.windows", "Takes away a line that Word does not draw."),
    (
        "css-display",
        f"outlook.windows {_PHONES_OF_GMAIL} yahoo",
        "Columns stand in tables for Word; elsewhere `inline-block` lets them stand side by side, and without it they stand one below the other.",
    ),
    (
        "css-display-none",
        "outlook.windows",
        "Hides the line behind the subject, which holds no table and no picture.",
    ),
    ("html-width", "outlook.windows", "Per cent stand on tables alone; pictures have pixels."),
    ("html-height", "outlook.windows", "Pictures have `auto` or pixels."),
    ("html-align", "outlook.macos", "Tables are at most in the middle; texts have `text-align` as well."),
    # ---- letters
    ("css-font-size", "outlook.windows samsung-email yahoo", "Sizes are in pixels. " + _MORE_THAN_WE_WRITE),
    ("css-font-weight", "outlook.windows yahoo", "What is 600 or more is bold there, and the rest is not."),
    (
        "css-line-height",
        "outlook.windows",
        "Lines are a little nearer or wider apart there, as Word draws them; a line that must be exact says so with `mso-line-height-rule`.",
    ),
    (
        "css-text-align",
        "outlook.windows outlook.android gmail.android samsung-email yahoo",
        "Only left, right and center are written, with `align` on the cell. " + _MORE_THAN_WE_WRITE,
    ),
    (
        "css-text-decoration",
        f"outlook.windows {_PHONES_OF_GMAIL}",
        "Only `underline` and `none`. " + _MORE_THAN_WE_WRITE,
    ),
    ("css-text-transform", "outlook.windows", "Only `none`. " + _MORE_THAN_WE_WRITE),
    (
        "css-white-space",
        f"outlook.windows {_PHONES_OF_GMAIL} samsung-email",
        "A line of code that is too long runs out of its frame or breaks elsewhere; no letter is lost.",
    ),
    (
        "css-word-break",
        f"{_OUTLOOKS} {_PHONES_OF_GMAIL} apple-mail samsung-email yahoo",
        "Breaks a word that is wider than its column, such as an address; elsewhere the column grows.",
    ),
    ("css-word-spacing", "outlook.windows yahoo", "Only `normal`, which it is anyway."),
    ("css-text-indent", "gmail yahoo", _MORE_THAN_WE_WRITE),
    ("css-list-style", "outlook.windows outlook.macos gmail yahoo", _MORE_THAN_WE_WRITE),
    ("css-cursor", f"{_OUTLOOKS} gmail apple-mail yahoo", "A mouse shows its usual hand over a link."),
    # ---- what is said of words
    (
        "html-dir",
        "outlook.windows",
        "Fails on links alone, whose letters still run their own way; each block says its direction in its style too.",
    ),
    ("html-lang", "yahoo", "Fails on table cells alone; texts say it in a block of their own."),
    ("html-role", "yahoo", "Fails beside tables alone, where it only adds that the mail is one piece."),
    ("html-aria-label", "yahoo thunderbird", "Repeats the subject, which both say anyway."),
    (
        "html-body",
        "outlook.outlook-com outlook.macos outlook.ios outlook.android gmail yahoo",
        "It becomes another element or goes; what it says of colour, language and direction is said again inside it.",
    ),
    (
        "html-target",
        "outlook gmail apple-mail samsung-email yahoo thunderbird",
        "A link opens a new window with it or without it.",
    ),
    # ---- what editors write in Markdown
    (
        "html-bdi",
        "outlook gmail yahoo",
        "The words stand all the same; next to letters of the other direction a full stop may change sides.",
    ),
    ("html-abbr", "outlook.windows yahoo", "The short form stands without its explanation."),
    ("html-dfn", "outlook.windows", "The word stands without its explanation."),
    ("html-lists", "outlook gmail yahoo", _MORE_THAN_WE_WRITE),
    ("html-semantics", "outlook gmail yahoo", "The words inside stand all the same."),
    (
        "html-strike",
        _PHONES_OF_GMAIL,
        "The words stand, not struck through, in mailboxes that are not Google's.",
    ),
    ("html-wbr", f"outlook.windows {_PHONES_OF_GMAIL}", "A long word breaks elsewhere."),
)

ACCEPTED: Mapping[str, Accepted] = {
    slug: Accepted(tuple(programs.split()), reason) for slug, programs, reason in _TABLE
}
"""By the feature's slug."""

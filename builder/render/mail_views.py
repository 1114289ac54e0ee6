"""What the templates of a mail see: everything said, dated, linked and named already, for one edition in one language.

    mail        MailView        the whole mail
    say         say("key", n=3, name="x") -> str    the words of the mail's language, with plural rules

Texts typed Markup are safe HTML; str is plain, and is escaped by the template engine in MJML and not in the text part.
Mail programs forget what a page says about direction, so each text has its own: `lang`, `dir`, the side it begins at
(`align`, "left" or "right"), and `mark`, a direction mark for the text part, "" where the text runs as its mail does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from builder.render.said_views import MailCorrectionView
from builder.render.views import DateView, LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """A digest in one language: texts are plain `str` twins of the Markup ones for the text part."""

    lang: str
    dir: str
    align: str
    heading: MailSideView
    """How `subject` runs: nobody may have translated it. `words` says the same of preheader and opening."""
    words: MailSideView
    subject: str
    preheader: str
    title: str
    name: MailSideView
    """How `title` runs: a newsletter may have one name for all its readers."""
    label: str
    date: DateView
    minutes: str
    """How long reading it takes, in words."""
    opening: Markup
    opening_text: str
    lead: MailStoryView | None
    stories: tuple[MailStoryView, ...]
    """Those beside the lead that stand in none of the three below."""
    small: tuple[MailStoryView, ...]
    behind: tuple[MailStoryView, ...]
    leader: MailStoryView | None
    left: str
    """What was left for the site so that no mail program cuts the mail off, in words; "" where it holds everything."""
    numbers: tuple[MailNumberView, ...]
    voice: MailVoiceView | None
    """A customer's words, if the permission for mails covers any."""
    commitments: tuple[MailCommitmentView, ...]
    corrections: tuple[MailCorrectionView, ...]
    """What is put right of editions before this one, the oldest first."""
    languages: tuple[LinkView, ...]
    """The edition on the site in each other language."""
    site_url: str
    edition_url: str
    nominate_url: str
    """A mail or a form with which someone is named for a story; "" where nobody reads such mails."""
    nominate_place: str
    """The same as one reads it: the address of the mail, or of the form."""
    contact: str
    contact_url: str
    """A mail to `contact`; "" where that is said in other words."""
    day: Mapping[str, str]
    night: Mapping[str, str]
    """The colours of the newsletter in each light, by name; every ink can be read on every paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSideView:
    """Which language a text of a mail is in, and how it runs."""

    lang: str
    dir: str
    align: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPictureView:
    """A picture in a mail, of so many points; `alt` is written as an attribute of MJML needs it."""

    url: str
    width: int
    alt: Markup
    lang: str
    dir: str
    """Of `alt`, which is read where pictures are not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStoryView:
    """A story in a mail; what would make the mail too long is "" already. Only a lead has a picture."""

    lang: str
    dir: str
    align: str
    mark: str
    title: str
    team: str
    kind_label: str
    summary: str
    why_it_matters: str
    by: str
    url: str
    foreign: str = ""
    """Which language it is in, in the mail's words, where that is not the mail's."""
    picture: MailPictureView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNumberView:
    """A number in a mail. The first has a picture of its line; what that shows is said by `sentence`."""

    name: str
    latest: str
    sentence: str
    url: str
    picture: MailPictureView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailVoiceView:
    """A customer's words in a mail, under the permission for e-mail; `url` is "" where the site does not show them.

    `original` is what was said, where `text` is a translation: in its own language and direction.
    """

    text: str
    lang: str
    dir: str
    align: str
    mark: str
    who: str
    note: str
    """That it is a translation, and out of which language."""
    url: str
    original: str = ""
    original_lang: str = ""
    original_dir: str = ""
    original_align: str = ""
    original_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCommitmentView:
    """What was said (or "") and what was done about it, with how far that has come."""

    said: str
    said_lang: str
    said_dir: str
    said_align: str
    did: str
    did_lang: str
    did_dir: str
    did_align: str
    did_label: str
    progress: str
    url: str

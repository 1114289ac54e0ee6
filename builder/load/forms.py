"""What editors may write, as forms: each key, its kind, and in a line what it is for."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from builder.load.addresses import HelpAddress, MailAddress, Mailbox, PlaceToWrite, UnsubscribeUrl
from builder.load.kinds import (
    ChannelWord,
    Colour,
    Count,
    Filled,
    FilterWord,
    FormWord,
    Identity,
    Ids,
    Language,
    Line,
    Localised,
    When,
    WordList,
    Zone,
    several,
)

SlotWord = Literal["lead", "story", "small", "behind", "leader"]


class Form(BaseModel):
    """What all forms share: values do not change, and keys that are not known are judged by `fill_in`."""

    model_config = ConfigDict(extra="ignore", frozen=True, arbitrary_types_allowed=True)

    this: ClassVar[str] = "this file"
    """What editors call the thing that has these keys."""

    such_as: ClassVar[str] = "{...}"
    """How it looks on one line."""


class NamedForm(Form):
    this: ClassVar[str] = "an entry of this list"
    such_as: ClassVar[str] = "{id: on-time, name: On time}"

    id: Identity = Field(description="A short name that stories refer to; never change it.")
    name: Localised = Field(description="The name readers see, once or per language.")
    means: Localised | None = Field(None, description="In a sentence: what this looks like here.")


class DigestForm(Form):
    this: ClassVar[str] = "`digest:`"
    such_as: ClassVar[str] = "{from: light@example.org}"

    sender: Mailbox = Field(
        "", alias="from", description='Who the mail is from: "The Light <light@example.org>".'
    )
    reply_to: Mailbox = Field("", description="Where answers go.")
    pictures: Literal["attached", "hosted", "none"] = Field(
        "attached",
        description="Whether pictures travel with a mail, are asked for from the site, or are left out.",
    )
    list_name: Identity = Field(
        "weekly", alias="list", description="What mail programs file it under; never change it."
    )
    unsubscribe: MailAddress = Field(
        "", description="Who takes readers off the list, by mail; whoever gets the answers when left out."
    )
    unsubscribe_url: UnsubscribeUrl = Field(
        "", description="Where a click does it: https://light.example.org/off/{reader}."
    )
    help: HelpAddress = Field(
        "", description="Where readers find help: a page or a mail address; the page about it when left out."
    )
    words: Annotated[int, Field(ge=100, le=5000)] = Field(
        500, description="How many words of stories a mail may have: 500 are read in two minutes and a half."
    )
    repeat_after: Annotated[int, Field(ge=0, le=520)] = Field(
        12, description="For how many weeks a story that was in an edition is not filled in again."
    )
    thin: Literal["short", "none"] = Field(
        "short", description="What becomes of an edition with too little to fill it: a short one, or none."
    )


class PrivacyForm(Form):
    this: ClassVar[str] = "`privacy:`"
    such_as: ClassVar[str] = "{contact: light@example.org}"

    contact: str = Field("", description="Whom to write to to be taken out.")
    smallest_team: Annotated[int, Field(ge=2)] = Field(
        5, description="A smaller team is not named for an unnamed person."
    )
    smallest_group: Annotated[int, Field(ge=3)] = Field(
        5, description="A number that speaks for fewer people is hidden."
    )
    smallest_comments: Annotated[int, Field(ge=3)] = Field(
        8, description="What fewer people wrote in a survey is hidden."
    )


class BrandForm(Form):
    this: ClassVar[str] = "`brand:`"
    such_as: ClassVar[str] = '{accent: "#0f6b6b"}'

    accent: Colour = Field("#0f6b6b", description="The colour of links and marks.")
    accent_dark: Colour = Field("", description="The same on dark screens; made from accent when left out.")
    paper: Colour = Field("", description="What the words stand on; the theme's when left out.")
    paper_dark: Colour = Field("", description="The same on dark screens.")
    ink: Colour = Field("", description="The colour of the words; the theme's when left out.")
    ink_dark: Colour = Field("", description="The same on dark screens.")
    corners: Literal["round", "square"] = Field("round", description="Whether corners are round or square.")


class EventForm(Form):
    this: ClassVar[str] = "an entry of `programme:`"
    such_as: ClassVar[str] = "{date: 2026-10-05, until: 2026-10-09, what: Customer Service Week}"

    date: When = Field(description="The day it begins.")
    until: When | None = Field(None, description="Its last day, if it lasts longer than one.")
    what: Localised = Field(description="What it is, once or per language.")
    where: Localised | None = Field(None, description="Where it is.")
    audience: Literal["staff", "visitors", "public"] = Field("staff", description="Who may see it.")


class SettingsForm(Form):
    this: ClassVar[str] = "the settings file"
    such_as: ClassVar[str] = "{title: The Light}"

    title: Localised = Field(description="The newsletter's name.")
    tagline: Localised | None = Field(None, description="A line under the name.")
    base_url: str = Field("", description="Where the site will stand: https://light.example.org/.")
    visitors_url: str = Field("", description="Where the site for visitors will stand (--audience visitors).")
    public_url: str = Field("", description="Where the site for everybody will stand (--audience public).")
    timezone: Zone = Field(description="The time zone in which dates are meant: Europe/London.")
    languages: Annotated[list[Language], BeforeValidator(several), Field(min_length=1)] = Field(
        description="The languages of the site; the first is the default."
    )
    behaviours: list[NamedForm] | None = Field(None, description="What you celebrate; ICARE when left out.")
    perspectives: list[NamedForm] | None = Field(None, description="From whose side a story is told.")
    customers: list[NamedForm] = Field(
        default_factory=list, description="Whom your teams serve: patients, visitors ..., for teams.yaml."
    )
    about: Localised | None = Field(None, description="What this newsletter is, for the page about it.")
    nominate: PlaceToWrite = Field(
        "", description="Where colleagues name someone for a story: a mail address, or https:// of a form."
    )
    programme: list[EventForm] = Field(
        default_factory=list, description="What is to come: it stands on the front page until it is over."
    )
    filters: Annotated[list[FilterWord], BeforeValidator(several)] | None = Field(
        None, description="By what readers can look through the stories; all when left out, [] for none."
    )
    both_calendars: bool = Field(
        False, description="Whether dates in the Persian calendar say the common one too."
    )
    related: Annotated[int, Field(ge=0, le=6)] = Field(
        3, description="How many related stories stand below a story; 0 for none."
    )
    quotation_marks: Literal["as-written", "typographic"] = Field(
        "as-written",
        description="Straight quotation marks, -- and ... as they are, or as each language prints them.",
    )
    leavers: Literal["anonymise", "first", "keep"] = Field(
        "anonymise", description="What becomes of names of people who left."
    )
    digest: DigestForm = Field(default_factory=DigestForm, description="The mail.")
    privacy: PrivacyForm = Field(default_factory=PrivacyForm, description="What is never shown.")
    brand: BrandForm = Field(default_factory=BrandForm, description="How it looks.")


class NamePartsForm(Form):
    this: ClassVar[str] = "a name"
    such_as: ClassVar[str] = "{full: Rania Boutros, first: Rania}"

    full: Filled = Field(description="Given and family name.")
    first: str = Field("", description="The given name alone.")
    initials: str = Field("", description="The initials; made from the full name when left out.")


class NameForm(NamePartsForm):
    cases: dict[str, NamePartsForm] = Field(
        default_factory=dict, description="Forms for gen, dat, acc, voc, where a language inflects."
    )


class ConsentForm(Form):
    this: ClassVar[str] = "a consent"
    such_as: ClassVar[str] = "{form: full, date: 2026-03-04}"

    form: FormWord = Field("full", description="How much of the name: full, first or initials.")
    date: When = Field(description="When they said yes.")
    expires: When | None = Field(None, description="From when it counts no more.")


class PersonForm(Form):
    this: ClassVar[str] = "a person"
    such_as: ClassVar[str] = "{id: p-001, names: {latin: {full: Rania Boutros}}}"

    id: Identity = Field(description="A number, never a name: p-017.")
    names: Annotated[dict[str, NameForm], Field(min_length=1)] = Field(
        description="The name, by script: latin, arabic, greek ..."
    )
    team: Identity = Field("", description="The team's id.")
    status: Literal["active", "leave", "left"] = Field("active", description="Whether they work here.")
    recognition: Literal["everyone", "team", "private", "none"] = Field(
        "none", description="How they want to be recognised."
    )
    consent: dict[ChannelWord, ConsentForm] = Field(
        default_factory=dict, description="Their yes, channel by channel."
    )
    withdrawn: When | None = Field(None, description="From this day nothing.")


class TeamForm(Form):
    this: ClassVar[str] = "a team"
    such_as: ClassVar[str] = "{id: stores, name: Stores, headcount: 12}"

    id: Identity = Field(description="A short name that stories refer to.")
    name: Localised = Field(description="The name readers see.")
    headcount: Count = Field(description="How many people it has.")
    serves: WordList = Field(default_factory=list, description="Whom it serves: ids of teams, or words.")


class CustomerForm(Form):
    this: ClassVar[str] = "`customer:`"
    such_as: ClassVar[str] = "{kind: external, as: a father of two}"

    kind: Literal["internal", "external"] = Field(
        "external", description="A colleague or a customer of the company."
    )
    called: str = Field("", alias="as", description="How they are named: a father of two.")
    words: str = Field("", description="What they said, word for word, without quotation marks.")


class PictureForm(Form):
    this: ClassVar[str] = "`picture:`"
    such_as: ClassVar[str] = "{file: umbrella.png, alt: A red umbrella}"

    file: str = Field("", description="The picture beside the story.")
    alt: str | None = Field(None, description="What a reader who cannot see it should know.")
    decoration: bool = Field(
        False, description="true for a picture that only decorates, and says nothing that alt could say."
    )
    credit: str = Field("", description="Whose picture it is.")
    shows: Ids = Field(default_factory=list, description="Ids of the people to be seen on it.")


class NarrowingForm(Form):
    this: ClassVar[str] = "a narrowing of consent"
    such_as: ClassVar[str] = "{channels: [site]}"

    channels: Annotated[list[ChannelWord], BeforeValidator(several)] | None = Field(
        None, description="The channels left open."
    )
    form: FormWord | None = Field(None, description="At most this much of the name.")


class StoryForm(Form):
    """The front matter of a story. `title` and `date` are required, and nothing else."""

    this: ClassVar[str] = "a story"
    such_as: ClassVar[str] = "{title: One umbrella, date: 2026-03-04}"

    title: Filled = Field(description="The headline.")
    date: When = Field(description="When it happened, or when it should appear: 2026-03-04.")
    kind: Literal["heroic", "small", "learning", "light", "recovery", "leader"] | None = Field(
        None, description="What sort of story; it then has a shape of its own."
    )
    by: str = Field("", description="Who wrote it: a person's id, or a signature.")
    heroes: Ids = Field(default_factory=list, description="Ids of the people celebrated.")
    team: Identity = Field("", description="The team's id.")
    tags: WordList = Field(default_factory=list, description="Words to find it by.")
    behaviours: Annotated[list[Identity], BeforeValidator(several), Field(max_length=2)] = Field(
        default_factory=list, description="One or two ids of behaviours."
    )
    perspective: Identity = Field("", description="The id of a perspective.")
    customer: CustomerForm | None = Field(None, description="Who was served.")
    summary: str = Field("", description="One or two sentences for cards and the mail.")
    why_it_matters: str = Field("", description="One line: why anyone should care.")
    what_changed: str = Field("", description="What is done differently because of it.")
    picture: PictureForm | None = Field(None, description="The picture beside the story.")
    lang: Language | None = Field(
        None, description="The language of this text, when the file's name does not say it."
    )
    translation_of: str = Field("", description="The id of the story this is a translation of.")
    status: Literal["ready", "draft"] = Field("ready", description="draft keeps it off the site.")
    publish: When | None = Field(None, description="When to publish, if not on its date.")
    expires: When | None = Field(None, description="When to take it down.")
    audience: Literal["staff", "visitors", "public"] = Field("staff", description="Who may see it.")
    consent: dict[str, NarrowingForm] = Field(
        default_factory=dict, description="What this story takes away from someone's consent."
    )
    supports: Ids = Field(default_factory=list, description="Ids of measures this story stands behind.")
    aliases: WordList = Field(default_factory=list, description="Former ids or addresses of this story.")
    not_a_name: WordList = Field(
        default_factory=list, description="Words that look like someone's name here and are not."
    )
    extra: Any = Field(None, description="Anything else you want to keep; never shown.")


class EditionForm(Form):
    this: ClassVar[str] = "an edition"
    such_as: ClassVar[str] = "{date: 2026-03-04}"

    number: Annotated[int, Field(ge=1, le=10**12)] | None = Field(None, description="The edition's number.")
    kind: Literal["weekly", "special", "daily", "day-after", "correction", "yearbook"] = Field(
        "weekly", description="What sort."
    )
    date: When = Field(description="The day of the edition.")
    status: Literal["ready", "draft"] = Field("ready", description="draft keeps it off the site.")
    audience: Literal["staff", "visitors", "public"] = Field("staff", description="Who may see it.")
    send_at: When | None = Field(None, description="When the mail is to go out.")
    subject: Line = Field("", description="The mail's subject; 42 characters are seen everywhere.")
    preheader: Line = Field("", description="The line that inboxes show after the subject.")
    stories: Ids = Field(
        default_factory=list,
        description="Ids of the stories, the lead first; filled in by rule when left out.",
    )
    aliases: WordList = Field(default_factory=list, description="Former ids or addresses of this edition.")
    numbers: Ids = Field(default_factory=list, description="Ids of the measures to show.")
    theme: Line = Field("", description="What it is all about, in a few words: for a special edition.")
    tags: WordList = Field(
        default_factory=list,
        description="Only stories with one of these tags are filled in, of a whole year.",
    )
    slots: Annotated[list[SlotWord], BeforeValidator(several)] = Field(
        default_factory=list,
        description="The places that have to be filled: lead, story, small, behind, leader.",
    )
    one_per: Literal["month", "week"] = Field("month", description="How often a yearbook has a story.")

"""The way of an edition into the outbox: the same stories, under the consent of e-mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from builder.check.editions import over_budget, subject_with_names
from builder.deliver import outbox, publish, record
from builder.deliver.staging import Change
from builder.desk.mail_findings import findings_of_all
from builder.desk.newsroom import Prepared, go_on, read, texts_on_view
from builder.desk.pictures import drawn, picture_data
from builder.desk.print_ import is_print
from builder.desk.setting import Desk
from builder.desk.withdraw import Places, Taken, withdraw
from builder.model.edition import Contents, Edition, Fullness
from builder.model.library import Library
from builder.model.message import Message
from builder.model.newsletter import Newsroom
from builder.model.page import Output
from builder.model.person import Channel
from builder.model.sources import Sources
from builder.model.story import Story
from builder.plan.budget import most_words, tally, words_by_language
from builder.plan.consent import answers
from builder.plan.edition import latest
from builder.plan.remeasured import remeasured
from builder.plan.voices import as_of, said
from builder.problem import Level, Problem, Trouble, errors, guess, in_order
from builder.render import mail
from builder.render.message import encode, seen_alone
from builder.render.press import Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What a digest run did; `change` is None when nothing was written."""

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    edition: str
    messages: tuple[Message, ...]
    change: Change | None
    note: str = ""
    """What an operator should know of an edition that is short, or that there is none."""


def digest(sources: Sources, desk: Desk, places: Places, wanted: str = "") -> Composed:
    """Write an edition (the latest, unless `wanted` names one) into the outbox, a mail for each language.

    Whoever calls holds the newsroom's lock, and did so before the sources were read.
    """
    given = read(sources, desk)
    taken, more = withdraw(given.newsroom, desk, places)
    if taken:
        desk.keep.owe()
    prepared = go_on(given, desk, more)
    edition, problems = choose(prepared, wanted)
    problems = (*prepared.problems, *problems)
    messages: tuple[Message, ...] = ()
    note = ""
    if edition:
        messages, problems, note = readied(edition, problems, prepared, desk)
        edition = edition if messages else None
    change = None
    if edition and not errors(problems):
        outputs = tuple(output for message in messages for output in files_of(message))
        library = prepared.library
        ends = {story.version: story.expires for story in library.stories if story.expires}
        ends |= said(prepared.newsroom, desk.now, library.audience, Channel.EMAIL).ends
        consent = answers(prepared.newsroom, Channel.EMAIL, desk.now)
        manifest = publish.manifest_of(
            outputs,
            channel=Channel.EMAIL.value,
            audience=library.audience.value,
            people_end=consent.ends,
            works_end=ends,
        )
        try:
            change = outbox.lay_in(places.outbox, outputs, manifest, places.found, stays=is_print)
        except (Trouble, OSError) as fault:
            problems = (*problems, record.told(places.outbox, fault))
    desk.keep.use("text", texts_on_view(prepared))
    desk.keep.tidy()
    return Composed(
        taken=taken,
        problems=in_order(problems),
        edition=edition.id if edition else "",
        messages=messages,
        change=change,
        note=note,
    )


def readied(
    edition: Edition, problems: tuple[Problem, ...], prepared: Prepared, desk: Desk
) -> tuple[tuple[Message, ...], tuple[Problem, ...], str]:
    """The mails of an edition that `choose` chose with these `problems`, all that is wrong with any of it, and what is said of
    one of which little was found. There are none where there is an error, and none where there is nothing to say.
    """
    problems, note = weighed(edition, problems, prepared, desk)
    if errors(problems) or prepared.press.contents[edition.id].fullness is Fullness.NONE:
        return (), problems, note
    desk.tell(f"composing {edition.id}")
    messages, found = composed(edition, prepared, desk)
    for message in messages:
        found = (*found, *subject_with_names(edition, message.lang, message.subject))
    return messages, (*problems, *found), note


def weighed(
    edition: Edition, problems: tuple[Problem, ...], prepared: Prepared, desk: Desk
) -> tuple[tuple[Problem, ...], str]:
    """All that is wrong before an edition is composed, `problems` among it; and what is said of one of which little was found."""
    contents = prepared.press.contents[edition.id]
    library = for_mail(edition, prepared, desk)
    return (
        *_held_to_its_slots(problems, edition),
        *worth_a_look(contents, library, prepared),
    ), too_little(contents)


def choose(prepared: Prepared, wanted: str) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition to compose, and what keeps it from being one."""
    library = prepared.library
    settings = prepared.newsroom.settings
    edition = latest(library)
    if wanted:
        edition = next((one for one in library.editions if one.id == wanted), None)
    problems: list[Problem] = []
    if edition is None and prepared.newsroom.settings_known:
        problems.append(no_edition(prepared.newsroom, wanted, library.editions))
    if edition is not None and prepared.newsroom.settings_known:
        for value, message, mend in (
            (
                settings.base_url,
                "a digest needs the address of the site, where its links lead, and `base_url:` is not set",
                "Add a line, such as  base_url: https://light.example.org/",
            ),
            (
                settings.digest.sender,
                "a digest needs to say whom it is from, and `digest:` does not",
                "Add a line, such as  digest: {from: The Light <light@example.org>}",
            ),
        ):
            if not value:
                problems.append(
                    Problem(
                        code="digest-setting",
                        level=Level.ERROR,
                        file="stories/newsletter.yaml",
                        message=message,
                        mend=mend,
                    )
                )
    return edition, tuple(problems)


def no_edition(newsroom: Newsroom, wanted: str, ready: tuple[Edition, ...] | None = None) -> Problem:
    """That there is no such edition; `ready` are those there are, all of the newsroom's where it is None."""
    known = newsroom.editions if ready is None else ready
    when = "" if ready is None else " that is ready today"
    return Problem(
        code="no-edition",
        level=Level.ERROR,
        file="stories/editions",
        message=f"there is no edition `{wanted}`{when}"
        if wanted
        else f"no edition is ready{' today' if when else ''}",
        mend="Name a file of stories/editions/ without its ending, such as 2026-w11."
        if wanted and known
        else "Write one, such as stories/editions/2026-w11.md with `date: 2026-03-12`, and not as a draft.",
        guess=guess(wanted, (one.id for one in known)) if wanted else "",
    )


def composed(
    edition: Edition, prepared: Prepared, desk: Desk
) -> tuple[tuple[Message, ...], tuple[Problem, ...]]:
    """The edition's mails, and what is wrong with them as they were composed and as readers would get them."""
    messages, problems = compose(edition, prepared, desk)
    return messages, (*problems, *findings_of_all(messages, prepared.newsroom.settings, desk))


def _held_to_its_slots(problems: Iterable[Problem], edition: Edition) -> tuple[Problem, ...]:
    """The same Problems; a place that has to be filled and is not keeps this edition from going out."""
    return tuple(
        replace(one, level=Level.ERROR) if one.code == "slot-empty" and one.file == edition.file else one
        for one in problems
    )


def worth_a_look(contents: Contents, library: Library, prepared: Prepared) -> tuple[Problem, ...]:
    """What is too long about an edition's mails, which show what `library` does."""
    edition, settings, beginning = contents.edition, library.newsroom.settings, beginnings(prepared)
    tallies = (
        tally(edition, contents.works, library, language, beginning) for language in settings.languages
    )
    return tuple(over_budget(edition, tallies, most_words(edition, settings)))


def too_little(contents: Contents) -> str:
    """What is said of an edition that a rule did not find enough for; "" of any other."""
    found = len(contents.placed)
    stories = "no story was" if not found else "1 story was" if found == 1 else f"{found} stories were"
    if contents.fullness is Fullness.SHORT:
        return f"A thin time: {stories} found, so this is a short edition."
    if contents.fullness is Fullness.NONE:
        return f"A thin time: {stories} found for edition {contents.edition.id}, so there is none" + (
            " (`thin: none` below `digest:` says so)." if found else ", and no opening is written."
        )
    return ""


def beginnings(prepared: Prepared) -> Callable[[Story], int]:
    """How many words of a text stand for a story without a summary."""
    gists = prepared.press.gists
    return lambda story: gists[story.file].excerpt.words


def for_mail(edition: Edition, prepared: Prepared, desk: Desk) -> Library:
    """The visible set under the consent of e-mail, as of the edition's moment."""
    moment = min(desk.now, edition.send_at or edition.date + timedelta(days=1))
    heard = as_of(said(prepared.newsroom, desk.now, prepared.library.audience, Channel.EMAIL), moment)
    return replace(
        prepared.library,
        consent=answers(prepared.newsroom, Channel.EMAIL, desk.now),
        voices=heard.voices,
        commitments=remeasured(heard.commitments, prepared.library.metrics),
        promises=heard.promises,
        said_ends=heard.ends,
    )


def compose(
    edition: Edition, prepared: Prepared, desk: Desk
) -> tuple[tuple[Message, ...], tuple[Problem, ...]]:
    """The edition's mails, one per site language, and what is wrong with them."""
    try:
        made = compositions(edition, prepared, desk)
    except Trouble as trouble:
        return (), (trouble.problem,)
    return (
        tuple(one.message for one in made),
        tuple(problem for one in made for problem in one.problems),
    )


def compositions(edition: Edition, prepared: Prepared, desk: Desk) -> tuple[mail.Composition, ...]:
    """The same with all that is known of each mail. Raises Trouble when a template is wrong."""
    library = for_mail(edition, prepared, desk)
    contents = prepared.press.contents[edition.id]
    measured = replace(contents, words=words_by_language(contents, library, beginnings(prepared)))
    press: Press = replace(
        prepared.press, library=library, contents={**prepared.press.contents, edition.id: measured}
    )
    return tuple(
        mail.compose(
            edition,
            language,
            press,
            lambda svg: drawn(svg, desk),
            lambda rendition: picture_data(rendition.digest, press, desk),
        )
        for language in prepared.newsroom.settings.languages
    )


def files_of(message: Message) -> Iterator[Output]:
    """A message as it lies in the outbox: the mail itself, and its two parts to look at."""
    for suffix, data in (
        ("eml", encode(message)),
        ("html", seen_alone(message).encode("utf-8")),
        ("txt", message.text.encode("utf-8")),
    ):
        yield Output(
            address=f"{message.edition}.{message.lang}.{suffix}",
            data=data,
            subject=f"edition:{message.edition}",
            namings=message.namings,
            works=message.works,
        )

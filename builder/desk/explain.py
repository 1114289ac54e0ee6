"""Why an edition holds what it holds: each place with its reason, and all that was passed over with one too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from builder.desk.digest import beginnings, choose, for_mail, too_little, worth_a_look
from builder.desk.newsroom import Prepared, prepare
from builder.desk.setting import Desk
from builder.model.edition import Contents, Fullness, PassedOver, Placed, Reason, Slot, Why
from builder.model.library import Library
from builder.model.reading import minutes
from builder.model.sources import Sources
from builder.model.text import Reference, Text
from builder.plan.budget import most_words, words_by_language
from builder.problem import Problem, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Sentences to read aloud, and the same as plain values for programs; nothing was written."""

    edition: str
    problems: tuple[Problem, ...]
    sentences: tuple[str, ...] = ()
    values: dict[str, object] | None = None


PLACES = {
    Slot.LEAD: "The lead",
    Slot.STORY: "A story",
    Slot.BEHIND: "Behind the scenes",
    Slot.SMALL: "A small thing",
    Slot.LEADER: "A leader's line",
}

WHY = {
    Reason.CHOSEN: "the editor chose it",
    Reason.HEROIC: "of the heroic stories it is the newest, and a heroic story leads",
    Reason.NEWEST: "there is no heroic story this time, and of the others it is the newest",
    Reason.ONLY_SMALL: "there are only small things this time, and of them it is the newest",
    Reason.ONE_MORE: "it comes next, heroic ones first and then the newest",
    Reason.SMALL: "of the small things that are left it is the newest",
    Reason.BEHIND: "it served colleagues, and one story in every edition comes from behind the scenes",
    Reason.LEADER: "it is the newest from a leader, and short enough beside the rest",
    Reason.WANTED: "`slots:` asks for one, the editor chose none, and it comes next",
    Reason.OF_ITS_TIME: "it is the one of {period}: what led an edition comes first, then heroic stories, then the newest",
    Reason.OUTSIDE: "no number was chosen, and of those that customers gave it is the newest ({period})",
    Reason.ANY_NUMBER: "no number was chosen, none from customers is shown, and it is the newest ({period})",
    Reason.DRAFT: "it is a draft",
    Reason.NOT_YET: "it is not visible today: it appears on {date}",
    Reason.EXPIRED: "it is not visible today: it ended on {date}",
    Reason.AUDIENCE: "it is not for these readers (`audience:`)",
    Reason.BROKEN: "its file has errors; `yearround check` says which",
    Reason.NOT_CHOSEN: "it was free, and the editor chose others",
    Reason.TOLD: "it was in edition {edition}, {ago}",
    Reason.ANOTHER_TIME: "it is older than this edition looks back",
    Reason.ANOTHER_THEME: "it has none of the tags that this edition is about",
    Reason.TAKEN: "its place went to `{by}`",
    Reason.WORDS: "with it the mail would have {words} words, and {most} are the most",
    Reason.SHARE: "{share} of 100 words would be a leader's, and {most} are the most",
}
"""Every reason in plain words; in braces, what is known about it."""


def explain(sources: Sources, desk: Desk, wanted: str = "") -> Explained:
    """What an edition (the latest, unless `wanted` names one) holds and why. Writes nothing."""
    prepared = prepare(sources, desk)
    edition, problems = choose(prepared, wanted)
    problems = (*prepared.problems, *problems)
    if edition is None:
        return Explained(edition="", problems=in_order(problems))
    contents = prepared.press.contents[edition.id]
    library = for_mail(edition, prepared, desk)
    contents = replace(contents, words=words_by_language(contents, library, beginnings(prepared)))
    return Explained(
        edition=edition.id,
        problems=in_order((*problems, *worth_a_look(contents, library, prepared))),
        sentences=tuple(_sentences(contents, prepared, library)),
        values=_values(contents, library),
    )


def _sentences(contents: Contents, prepared: Prepared, library: Library) -> Iterator[str]:
    edition = contents.edition
    yield f"Edition {edition.id} ({edition.kind.value}, {_day(edition.date)})."
    if contents.since and contents.before:
        last = contents.before - timedelta(days=1)
        yield f"It looks at stories from {_day(contents.since)} to {_day(last)}."
    if edition.stories:
        yield "Its editor chose the stories, so no rule does."
    if contents.fullness is not Fullness.FULL:
        yield too_little(contents)
    yield ""
    for placed in contents.placed:
        yield f"{PLACES[placed.slot]}: {_called(placed.work, prepared)}, because {said(placed.why)}."
    for wanted in contents.empty:
        yield f"{PLACES[wanted.slot]}: nothing, and `slots:` says that it has to be filled."
    for one in contents.metrics:
        if contents.numbers_why:
            yield f"The number: `{one.metric.id}`, because {said(contents.numbers_why)}."
    for voice in library.voices[:1]:
        yield f"In a customer's words: `{voice.id}`, because it is the newest that may be heard in a mail."
    for commitment in library.commitments_in_short:
        done = "it was done last" if commitment.commitment.done else "of what is not done it is due first"
        yield f"You said, we did: `{commitment.commitment.id}`, because {done}."
    if contents.passed:
        yield ""
        yield "Passed over:"
        for passed in contents.passed:
            yield f"  {_called(passed.work, prepared)}: {said(passed.why)}."
    yield ""
    most = most_words(edition, prepared.newsroom.settings)
    counted = ", ".join(
        f"{words} in {language} ({'1 minute' if minutes(words) == 1 else f'{minutes(words)} minutes'})"
        for language, words in contents.words
    )
    yield f"Words to read, of at most {most}: {counted}."


def said(why: Why) -> str:
    """A reason in words, as the end of a sentence."""
    facts = dict(why.facts)
    again = ""
    if why.reason is Reason.CHOSEN and facts:
        again = ", though it was in edition {edition}, {ago}"
    return (WHY[why.reason] + again).format(**facts, ago=_ago(int(facts.get("days", "0"))))


def _ago(days: int) -> str:
    """How long before an edition another was.

    >>> _ago(0), _ago(1), _ago(9), _ago(14)
    ('the same day', '1 day before', '9 days before', '2 weeks before')
    """
    if not days:
        return "the same day"
    if days % 7 == 0 or days > 21:
        weeks = days // 7
        return f"{weeks} week{'s' if weeks != 1 else ''} before"
    return f"{days} day{'s' if days != 1 else ''} before"


def _called(work: str, prepared: Prepared) -> str:
    """A story as an editor knows it: its id, and its title with nobody's name in it."""
    versions = {one.lang: one for one in prepared.library.versions.get(work, {}).values()}
    versions = versions or {one.lang: one for one in prepared.newsroom.stories if one.work == work}
    language = prepared.newsroom.settings.language
    story = versions.get(language) or next(iter(versions.values()), None)
    return f"`{work}` ({_nameless(story.title)})" if story else f"`{work}`"


def _nameless(text: Text) -> str:
    return "".join(one if isinstance(one, str) else _somebody(one) for one in text.parts)


def _somebody(reference: Reference) -> str:
    return reference.otherwise or reference.pattern.replace("*", "somebody")


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _values(contents: Contents, library: Library) -> dict[str, object]:
    return {
        "kind": contents.edition.kind.value,
        "fullness": contents.fullness.value,
        "since": contents.since,
        "before": contents.before,
        "placed": [{"work": one.work, "slot": one.slot.value, **_why(one)} for one in contents.placed],
        "empty": [one.slot.value for one in contents.empty],
        "numbers": [one.metric.id for one in contents.metrics],
        "voices": [one.id for one in library.voices[:1]],
        "commitments": [one.commitment.id for one in library.commitments_in_short],
        "passed": [{"work": one.work, **_why(one)} for one in contents.passed],
        "words": dict(contents.words),
        "minutes": {language: minutes(words) for language, words in contents.words},
        "most_words": most_words(contents.edition, library.newsroom.settings),
    }


def _why(one: Placed | PassedOver) -> dict[str, object]:
    return {"why": one.why.reason.value, "facts": dict(one.why.facts), "said": said(one.why)}

"""Why a page is as it is: why a story is or is not published, and why its page was or was not printed anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from builder.deliver import record
from builder.desk.newsroom import Prepared, prepare
from builder.desk.printing import InMemory, Printing, last_reasons
from builder.desk.setting import Desk
from builder.desk.withdraw import Places
from builder.model.address import section_address, story_address
from builder.model.correction import Correction
from builder.model.manifest import Manifest
from builder.model.page import Page, PageKind
from builder.model.sources import Sources
from builder.model.story import Story
from builder.plan.consent import site_channel
from builder.plan.visible import may_appear
from builder.plan.voices import Item, may_be_shown
from builder.problem import Level, Problem, Trouble, errors, guess


def why(wanted: str, sources: Sources, desk: Desk, places: Places) -> tuple[str, ...]:
    """Sentences about a page (its address) or a story (its file or its id). Raises Trouble when there is neither."""
    prepared = prepare(sources, desk)
    newsroom = prepared.newsroom
    asked = wanted.removeprefix("./").removeprefix(f"{places.site.name}/")
    stories = [
        story
        for story in (*newsroom.stories, *newsroom.unsound)
        if asked in (story.file, story.file.removeprefix("stories/"), story.id, story.work, story.version)
        or asked == story_address(story, newsroom.settings)
    ]
    manifest = record.read_manifest(places.site) or Manifest()
    items = (
        []
        if stories
        else [
            one
            for one in newsroom.said
            if asked in (one.file, one.file.removeprefix("stories/"), one.key, one.id)
        ]
    )
    addresses = [story_address(story, newsroom.settings) for story in stories]
    addresses += [address for one in items for address in _pages_of(one, prepared)]
    if not stories and (asked in prepared.plan.at or asked in manifest.files):
        addresses = [asked]
    if not addresses and not items:
        raise Trouble(_unknown(wanted, prepared, manifest))
    printing = Printing(prepared, desk, InMemory())
    before = last_reasons(desk.keep, prepared)
    said: list[str] = []
    for story in stories:
        said.append(_published(story, prepared, desk.now))
    for one in items:
        said.append(_heard(one, prepared, desk.now))
    for address in dict.fromkeys(addresses):
        said += _printed(address, prepared, printing, manifest, before)
    wrong = errors(prepared.problems)
    if wrong:
        said.append(
            f"Nothing new is published while the newsroom has errors ({len(wrong)} now; `yearround check` says them)."
        )
    return tuple(said)


def _unknown(wanted: str, prepared: Prepared, manifest: Manifest) -> Problem:
    known = (
        {story.id for story in prepared.newsroom.stories}
        | {one.id for one in prepared.newsroom.said}
        | prepared.plan.at.keys()
        | manifest.files.keys()
    )
    return Problem(
        code="why-what",
        level=Level.ERROR,
        file=wanted,
        message="there is no page and no story of this name",
        mend="Name a story's file (stories/2026/night.md), its id (night) or a page's address (en/heroes/index.html).",
        guess=guess(wanted, known),
    )


def _published(story: Story, prepared: Prepared, now: datetime) -> str:
    name = f"{story.file} ({story.lang})"
    if story.file in prepared.newsroom.lost:
        return f"{name} is not published: the file has errors. `yearround check` says which."
    verdict = may_appear(story, now, prepared.library.audience)
    begins = story.publish or story.date
    said_by = "`publish:`" if story.publish else "its date"
    if verdict.reason == "draft":
        return f"{name} is not published: it is a draft. Take `status: draft` out when it is ready."
    if verdict.reason == "audience":
        return (
            f"{name} is not on this site: it is for {story.audience.value}, and the site for "
            f"{prepared.library.audience.value}. `audience:` says so."
        )
    if verdict.reason == "expired" and story.expires:
        return f"{name} is not published any more: `expires:` ended it on {_day(story.expires)}."
    if verdict.reason:
        return f"{name} is not published yet: it appears on {_day(begins)}, as {said_by} says."
    end = f" until {_day(story.expires)}, as `expires:` says" if story.expires else ""
    return f"{name} is published: it appears since {_day(begins)}, as {said_by} says{end}."


def _pages_of(item: Item, prepared: Prepared) -> Iterator[str]:
    """The page of the default language on which all of this kind stand; of a correction, its edition's."""
    if isinstance(item, Correction):
        yield from (one.address for one in prepared.plan.pages if _is_of(item, one, prepared))
        return
    kind = next(kind for begins, kind in _PLACES.items() if item.key.startswith(begins))
    address = section_address(prepared.newsroom.settings.language, kind)
    if address in prepared.plan.at:
        yield address


def _is_of(item: Correction, page: Page, prepared: Prepared) -> bool:
    is_edition = page.kind is PageKind.EDITION and page.key == item.edition
    return is_edition and page.lang == prepared.newsroom.settings.language


_PLACES = {"voice:": PageKind.VOICES, "commitment:": PageKind.COMMITMENTS, "promise:": PageKind.PROMISES}


def _heard(item: Item, prepared: Prepared, now: datetime) -> str:
    """Whether a voice, a commitment or a promise may be seen on this site, and why not."""
    audience = prepared.library.audience
    channel = site_channel(audience)
    verdict = may_be_shown(item, prepared.newsroom, now, audience, channel)
    if verdict:
        end = f" until {_day(verdict.until)}" if verdict.until else ""
        return f"{item.file} is shown{end}."
    reason = _NOT_HEARD[verdict.reason].format(
        channel=channel.value,
        audience="" if isinstance(item, Correction) else item.audience.value,
        fewest=prepared.newsroom.settings.privacy.smallest_comments,
        from_=_day(verdict.until) if verdict.until else "",
    )
    return f"{item.file} is not shown: {reason}"


_NOT_HEARD = {
    "draft": "it is a draft. Take `status: draft` out when it is ready.",
    "audience": "it is for {audience}, and this site is for others. `audience:` says so.",
    "expired": "`expires:` ended it.",
    "not yet": "it appears on {from_}.",
    "withdrawn": "the customer took their words back; `withdrawn:` says since when.",
    "no permission": "the customer's `permission:` does not name the channel {channel}.",
    "permission over": "`until:` ended the customer's permission.",
    "no permission yet": "the customer's permission begins on {from_}.",
    "no edition": "the edition it is about is not there.",
    "too few comments": "its survey round brought fewer than {fewest} comments, and whoever wrote it could be told.",
}


def _day(moment: datetime) -> str:
    time = f", {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else ""
    return f"{moment.day} {moment:%B %Y}{time}"


def _printed(
    address: str,
    prepared: Prepared,
    printing: Printing,
    manifest: Manifest,
    before: Mapping[str, str] | None,
) -> Iterator[str]:
    there = address in manifest.files
    if not there:
        yield f"{address} is not on the site that is published now."
    elif before is None:
        yield f"{address}: what the last build did is not known any more, for .yearround/ was emptied since."
    elif address in before:
        yield f"{address} was printed in the last build, because {said(before[address], past=True)}."
    else:
        yield f"{address} was taken over in the last build as it was: nothing that it shows had changed."
    page = prepared.plan.at.get(address)
    if page is None:
        if there:
            yield f"The next build takes {address} out: nothing in the newsroom asks for it any more."
        return
    reason, count = printing.reason(page)
    if reason is None:
        yield f"The next build leaves it as it is: of the {count} things that it shows, all are as they were."
    elif there:
        yield f"The next build prints it anew, because {said(reason, past=False)}."


def said(question: str, *, past: bool) -> str:
    r"""What has changed, in words.

    >>> said("card\tnight/en", past=True)
    'what others show of the story night/en had changed'
    """
    kind, *about = question.split("\t")
    if kind == "new":
        return "it was not there before" if past else "it is not there yet"
    if kind == "file":
        return "its file was not as the build before had left it"
    what = _WHAT.get(kind, "{0}").format(*about, *[""] * 4)
    return f"{what} {'had' if past else 'has'} changed"


_WHAT = {
    "setting": "the setting `{0}`",
    "word": "the wording of `{1}` in {0}",
    "template": "the template {0}",
    "planned": "what stands at {0}",
    "stands": "whether there is a page {0}",
    "story": "the story {0}",
    "text": "the text of {0}",
    "gist": "the text of {0}",
    "card": "what others show of the story {0}",
    "title": "the title of the story {0}",
    "neighbours": "which stories come before and after {0}",
    "values": "the list of {0}, or how many stories each has,",
    "has-shelf": "whether there is a page for {1} among the {0}",
    "shelf": "the list of stories of {3} among the {0}",
    "shelved": "the number of stories of {1} among the {0}",
    "shelves-of": "what the story {0} can be found by",
    "tag": "the words of the tag {0}",
    "years": "the list of years",
    "weeks": "what was celebrated in the weeks of {0}",
    "weeks-beside": "which weeks come before and after {0}",
    "editions-of": "the list of editions of the week {0}",
    "programme": "what is to come",
    "version": "the language in which readers of {1} get the story {0}",
    "translations": "the list of languages of the story {0}",
    "leads": "where the link {1} in {0} leads",
    "picture": "the picture {0}, or whom it shows,",
    "person": "what may be said of {0}",
    "team": "the team {0}",
    "teams": "the list of teams",
    "team-of": "the team of {0}",
    "named": "the name of {0}",
    "works": "the list of stories from place {0} to {1}",
    "count": "the number of stories",
    "related": "the list of stories related to {0}",
    "newest": "the list of the newest stories in {0}",
    "heroes": "the list of heroes, or of their stories,",
    "hero": "the list of stories of {0}",
    "celebrated": "whether the page of {0} shows {1}",
    "editions": "the list of editions",
    "edition": "the edition {0}",
    "contents": "what the edition {0} holds",
    "metrics": "the list of measures",
    "metric": "the measure {0}",
    "metric-name": "the name of the measure {0}",
    "paired": "the list of measures that should move {0}",
    "balance": "the balance of the scorecard",
    "supporting": "the list of stories behind the measure {0}",
    "rounds": "the list of survey rounds",
    "rounds-beside": "which survey rounds come before and after {0}",
    "round": "the list of what was asked in {0}",
    "result": "the reading of {1} of the measure {0}",
    "told": "whether the story {0} is published",
    "voices": "the list of what customers said",
    "newest-voice": "which of the customers' remarks is the newest",
    "voice": "what a customer said ({0})",
    "voices-of": "the list of what customers said of the story {0}",
    "commitments": "the list of commitments",
    "commitments-of": "the list of commitments that follow from the story {0}",
    "commitments-about": "the list of commitments about the measure {0}",
    "voices-in": "the list of what customers wrote in the survey round of {0}",
    "commitments-after": "the list of commitments that follow from what a customer said ({0})",
    "commitments-in-short": "which commitments are the newest",
    "commitment": "the commitment {0}, or how far it has come,",
    "promises": "the list of promises",
    "promise": "the promise {0}",
    "corrections": "the list of corrections",
    "corrections-of": "what was put right of {0}",
    "corrections-in": "what the mail of edition {0} puts right",
    "correction": "the correction {0}",
    "asset": "the theme's file {0}",
    "sitemap": "the list of pages",
    "audience": "whom the site is made for",
    "named-by-content": "the list of the theme's files",
}
"""What each kind of question is about."""


def kinds_said() -> Iterable[str]:
    """The kinds of question that have words."""
    return _WHAT.keys()

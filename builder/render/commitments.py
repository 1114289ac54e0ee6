"""You said, we did: what was done about what we were told, on a page."""

from __future__ import annotations

from builder.model.address import section_address
from builder.model.commitment import Again, Commitment, Kept, Progress
from builder.model.facet import Facet
from builder.model.page import Page, PageKind
from builder.model.text import Words
from builder.render.measures import score_text
from builder.render.said_views import CommitmentsView, CommitmentView, SaidView, SpokenView
from builder.render.sheet import Made, Sheet
from builder.render.views import LinkView, TitleView
from builder.render.voices import around, spoken, voice_url, voice_view

_NOTHING = SpokenView(text="", lang="", dir="")


def all_commitments(page: Page, sheet: Sheet) -> Made:
    """Those overdue first, then those open by their day, then those done, the newest first."""
    say = sheet.speaker.say
    found = [one for one in map(sheet.reads.commitment, sheet.reads.commitments()) if one]
    due = sorted(found, key=lambda one: (one.commitment.due, one.commitment.id))
    done = sorted(
        found, key=lambda one: (one.commitment.done or one.commitment.due, one.commitment.id), reverse=True
    )
    view = CommitmentsView(
        overdue=tuple(_view(one, sheet) for one in due if one.progress is Progress.OVERDUE),
        open=tuple(_view(one, sheet) for one in due if one.progress is Progress.OPEN),
        done=tuple(_view(one, sheet) for one in done if one.progress is Progress.DONE),
    )
    values = {"commitments": view, "around": around(page.kind, sheet)}
    return "commitments", say("commitments.title"), say("commitments.intro"), values


def on_the_front_page(sheet: Sheet) -> SaidView:
    """The newest voice, and one or two commitments."""
    newest = sheet.reads.newest_voice()
    return _some((newest,) if newest else (), sheet.reads.commitments_in_short(), sheet)


def of_a_story(work: str, sheet: Sheet) -> SaidView:
    """What customers said of a story, and what was done."""
    return _some(sheet.reads.voices_of(work), sheet.reads.commitments_of(work), sheet)


def of_a_measure(metric: str, sheet: Sheet) -> SaidView:
    """What was done about a measure; what customers wrote beside their answers stands with its survey round."""
    return _some((), sheet.reads.commitments_about(metric), sheet)


def of_a_round(period: str, sheet: Sheet) -> SaidView:
    """What customers wrote beside their answers in a survey round."""
    return _some(sheet.reads.voices_in(period), (), sheet)


def in_short(sheet: Sheet) -> tuple[CommitmentView, ...]:
    """One or two commitments, for a mail."""
    kept = map(sheet.reads.commitment, sheet.reads.commitments_in_short())
    return tuple(_view(one, sheet) for one in kept if one)


def _some(voices: tuple[str, ...], commitments: tuple[str, ...], sheet: Sheet) -> SaidView:
    kept = [one for one in map(sheet.reads.commitment, commitments) if one]
    heard = [one for one in (voice_view(id, sheet) for id in voices) if one]
    return SaidView(
        voices=tuple(heard),
        commitments=tuple(_view(one, sheet) for one in kept),
        all_voices=_all("voices.all", PageKind.VOICES, sheet) if heard else None,
        all_commitments=_all("commitments.all", PageKind.COMMITMENTS, sheet) if kept else None,
    )


def _all(key: str, kind: PageKind, sheet: Sheet) -> LinkView | None:
    address = section_address(sheet.speaker.language, kind)
    return (
        LinkView(text=sheet.speaker.say(key), url=sheet.link(address))
        if sheet.reads.stands(address)
        else None
    )


def _view(kept: Kept, sheet: Sheet) -> CommitmentView:
    one, say = kept.commitment, sheet.speaker.say
    sheet.works.append(one.key)
    said, said_key, source = _said(one, sheet)
    moment = one.done if kept.progress is Progress.DONE and one.done else one.due_day
    day = sheet.speaker.day(moment)
    origin = next(key for key in ("voice", "story", "metric", "meeting") if getattr(one.origin, key))
    story: TitleView | None = None
    if one.origin.story and sheet.reads.told(one.origin.story):
        story = sheet.titled(one.origin.story)
    return CommitmentView(
        id=one.id,
        key=one.key,
        url=f"{sheet.link(section_address(sheet.speaker.language, PageKind.COMMITMENTS))}#commitment-{one.id}",
        progress=kept.progress.value,
        progress_label=say(f"commitments.progress.{kept.progress.value}", date=day.text),
        day=day.iso,
        said=said,
        said_key=said_key,
        origin=say(f"commitments.from.{origin}"),
        source=source,
        source_story=story,
        did=spoken(one.did, sheet, one.key),
        owner=LinkView(text=sheet.team(one.owner), url=sheet.shelf_url(Facet.TEAMS, one.owner)),
        result=_words(one.result if kept.progress is Progress.DONE else Words(), sheet, one.key),
        measured=again_in_words(kept.again, sheet) if kept.again else "",
        measure=measure_link(kept.again.metric.id, sheet) if kept.again else None,
    )


def _words(words: Words, sheet: Sheet, work: str) -> SpokenView:
    return spoken(words, sheet, work) if words else _NOTHING


def _said(one: Commitment, sheet: Sheet) -> tuple[SpokenView, str, LinkView | None]:
    """What was said, the key of the voice that said it, and where it is to be read.

    Where a customer does not allow their words here, ours for them are left out as well.
    """
    if one.origin.metric:
        return _words(one.said, sheet, one.key), "", measure_link(one.origin.metric, sheet)
    if one.origin.meeting:
        return (
            _words(one.said, sheet, one.key),
            "",
            LinkView(text=spoken(one.origin.meeting, sheet, one.key).text, url=""),
        )
    if not one.origin.voice:
        return _words(one.said, sheet, one.key), "", None
    voice = sheet.reads.voice(one.origin.voice)
    if voice is None:
        return _NOTHING, "", None
    sheet.works.append(voice.key)
    who = spoken(voice.who, sheet, voice.key)
    said = spoken(one.said or voice.text, sheet, voice.key)
    return said, voice.key, LinkView(text=who.text, url=voice_url(voice, sheet), lang=who.lang, dir=who.dir)


def measure_link(id: str, sheet: Sheet) -> LinkView | None:
    """A measure by its name, where readers may see it."""
    shown = sheet.reads.metric(id) if id else None
    if shown is None:
        return None
    address = section_address(sheet.speaker.language, PageKind.SCORECARD)
    name = sheet.speaker.own(shown.metric.name, sheet.reads.settings)[1]
    return LinkView(text=name, url=f"{sheet.link(address)}#metric-{id}")


def again_in_words(again: Again, sheet: Sheet) -> str:
    """What a measure said before and after, and whether that is a change: never more than can be known."""
    speaker, settings, metric = sheet.speaker, sheet.reads.settings, again.metric
    before, after = metric.readings
    numbers = speaker.say(
        "commitments.measured.numbers",
        name=speaker.own(metric.name, settings)[1],
        before=score_text(metric, before.score, speaker, settings),
        period_before=speaker.period(before.period),
        after=score_text(metric, after.score, speaker, settings),
        period=speaker.period(after.period),
    )
    return f"{numbers} {speaker.say(f'commitments.measured.{_found(again)}')}"


def _found(again: Again) -> str:
    before, after = (one.score for one in again.metric.readings)
    if not again.joined:
        return "broken"
    if before == after:
        return "level"
    better = (after > before) == (again.metric.direction == "up")
    if again.change is None:
        return "better" if better else "worse"
    if not again.change.is_clear:
        return "unclear"
    return "clearly-better" if better else "clearly-worse"

"""What customers said, on a page: the wall, and a few on pages that are about other things."""

from __future__ import annotations

from builder.model.address import section_address
from builder.model.facet import Facet
from builder.model.page import Page, PageKind
from builder.model.text import Reference, Text, Words
from builder.model.voice import CHANNELS, CustomerVoice, VoiceKind
from builder.render.said_views import SpokenView, VoiceView
from builder.render.sheet import Made, Sheet
from builder.render.views import LinkView
from builder.render.words import direction_of


def wall(page: Page, sheet: Sheet) -> Made:
    """All voices, the newest first."""
    say = sheet.speaker.say
    found = [voice_view(id, sheet) for id in sheet.reads.voices()]
    values = {"voices": tuple(one for one in found if one), "around": around(page.kind, sheet)}
    return "voices", say("voices.title"), say("voices.intro"), values


_AROUND = (
    ("voices.title", PageKind.VOICES),
    ("commitments.title", PageKind.COMMITMENTS),
    ("promises.title", PageKind.PROMISES),
    ("nav.scorecard", PageKind.SCORECARD),
)


def around(kind: PageKind, sheet: Sheet) -> tuple[LinkView, ...]:
    """The pages of how customers feel, but for the one of `kind`; those that there are."""
    language = sheet.speaker.language
    found = ((key, section_address(language, one)) for key, one in _AROUND if one is not kind)
    return tuple(
        LinkView(text=sheet.speaker.say(key), url=sheet.link(address))
        for key, address in found
        if sheet.reads.stands(address)
    )


def voice_view(id: str, sheet: Sheet) -> VoiceView | None:
    """One voice as it stands on this page; None where it may not be heard here."""
    voice = sheet.reads.voice(id)
    if voice is None:
        return None
    sheet.works.append(voice.key)
    say, complaint = sheet.speaker.say, voice.kind is VoiceKind.COMPLAINT
    said_in, original = _original(voice)
    words = spoken(voice.text, sheet, voice.key)
    translated = bool(words.lang != said_in and original)
    return VoiceView(
        id=voice.id,
        key=voice.key,
        url=voice_url(voice, sheet),
        kind=voice.kind.value,
        kind_label=say(f"voices.kind.{voice.kind.value}"),
        words=words,
        translated=say("voices.translated", language=sheet.speaker.language_name(said_in))
        if translated
        else "",
        original=spoken(Words(((said_in, original),)), sheet, voice.key) if translated else None,
        manner=say("voices.edited" if voice.edited else "voices.exact"),
        who=spoken(voice.who, sheet, voice.key),
        channel=_channel(voice.channel, sheet),
        asked=say("voices.solicited" if voice.solicited else "voices.unsolicited"),
        date=sheet.speaker.day(voice.received),
        about=tuple(
            _about(one, voice, sheet) for one in voice.about if not _points_at_few(one, voice, sheet)
        ),
        stories=tuple(
            title for one in voice.stories if sheet.reads.told(one) and (title := sheet.titled(one))
        ),
        thanked=say("voices.thanked", date=sheet.speaker.day(voice.thanked).text) if voice.thanked else "",
        troubles=tuple(say(f"voices.sin.{one}") for one in voice.sins)
        + tuple(say(f"voices.plague.{one}") for one in voice.plagues)
        if complaint
        else (),
        outcome=spoken(voice.outcome if complaint else Words(), sheet, voice.key),
        commitments=tuple(
            LinkView(
                text=say("voices.did"),
                url=f"{sheet.link(section_address(sheet.speaker.language, PageKind.COMMITMENTS))}#commitment-{one}",
            )
            for one in sheet.reads.commitments_after(voice.id)
        ),
    )


def voice_url(voice: CustomerVoice, sheet: Sheet) -> str:
    return f"{sheet.link(section_address(sheet.speaker.language, PageKind.VOICES))}#voice-{voice.id}"


def _original(voice: CustomerVoice) -> tuple[str, str]:
    """The words as they were said, and the language."""
    given = dict(voice.text.by_language)
    return voice.lang, given.get(voice.lang, given.get("", ""))


def spoken(words: Words, sheet: Sheet, work: str) -> SpokenView:
    """An editor's words for readers of this page, people in them as they allow; noted as the words of `work`."""
    language, text = sheet.speaker.own(words, sheet.reads.settings)
    said = sheet.own_voice(language, work).markup(Text.written(text.strip()))
    return SpokenView(text=said, lang=language, dir=direction_of(language))


def _channel(words: Words, sheet: Sheet) -> str:
    text = sheet.speaker.own(words, sheet.reads.settings)[1]
    return sheet.speaker.say(f"voices.channel.{text}") if text in CHANNELS else text


def _points_at_few(id: str, voice: CustomerVoice, sheet: Sheet) -> bool:
    """Whether saying whom a complaint is about would point at somebody: a team of three is nearly a name."""
    team = sheet.reads.team(id)
    smallest = sheet.reads.settings.privacy.smallest_team
    return voice.kind is VoiceKind.COMPLAINT and (team is None or team.headcount < smallest)


def _about(id: str, voice: CustomerVoice, sheet: Sheet) -> LinkView:
    """A team with its stories, or a person as they allow to be named."""
    team = sheet.team(id)
    if team:
        return LinkView(text=team, url=sheet.shelf_url(Facet.TEAMS, id))
    return LinkView(text=sheet.own_voice(work=voice.key).marked(Reference(id)), url="")

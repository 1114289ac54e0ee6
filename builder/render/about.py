"""The newsletter about itself, and where colleagues name someone for a story."""

from __future__ import annotations

from builder.model.page import Page
from builder.render.sheet import Made, Sheet
from builder.render.views import AboutView, NominateView
from builder.render.words import direction_of


def about_page(page: Page, sheet: Sheet) -> Made:
    settings, say = sheet.reads.settings, sheet.speaker.say
    language, words = sheet.speaker.own(settings.about, settings) if settings.about else (page.lang, "")
    about = AboutView(
        words=tuple(" ".join(one.split()) for one in words.split("\n\n") if one.strip()),
        lang=language,
        dir=direction_of(language),
        remove_url=sheet.mail(settings.privacy.contact, say("about.remove.subject"))
        if settings.privacy.contact
        else "",
    )
    return "about", say("about.title"), say("about.intro"), {"about": about}


def nominate_page(page: Page, sheet: Sheet) -> Made:
    settings, say = sheet.reads.settings, sheet.speaker.say
    place = settings.nominate or settings.privacy.contact
    form = place.startswith("https://")
    body = "\n\n".join(say(f"nominate.ask.{one}") + "\n" for one in _PROMPTS)
    nominate = NominateView(
        url=place if form else sheet.mail(place, say("nominate.subject"), body) if place else "",
        form=form,
        place=place,
    )
    return "nominate", say("nominate.title"), say("nominate.intro"), {"nominate": nominate}


_PROMPTS = ("who", "moment", "did", "changed", "consent")
"""What a nomination should tell, in this order: each is a question in the catalogues."""

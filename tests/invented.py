"""Invented stories in four languages, as templates see them: what docs/components.html shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from builder.model.gap import Gap, GapKind
from builder.model.metric import Method, Metric, Reading
from builder.model.newsletter import Settings
from builder.model.text import Words
from builder.plan.measured import measured
from builder.render import front_views, measure_views, measures, said_views, views
from builder.render.balances import balance_chart
from builder.render.gaps import gap_chart
from builder.render.markdown import convert
from builder.render.stacks import stack
from builder.render.templates import Templates
from builder.render.words import Speaker, direction_of

KINDS = ("heroic", "small", "learning", "light", "recovery", "leader")

TITLES: Mapping[str, tuple[str, ...]] = {
    "en": ("The umbrella on platform two", "Tea before the bad news", "The form nobody could fill in",
           "A goose in reception", "We lost your suitcase", "What I heard at the counter"),
    "fa": ("چتری روی سکوی دو", "چای پیش از خبر بد", "فرمی که هیچ‌کس نتوانست پر کند",
           "غازی در پذیرش", "چمدانتان را گم کردیم", "آنچه پشت پیشخان شنیدم"),
    "el": ("Η ομπρέλα στην αποβάθρα δύο", "Τσάι πριν από τα κακά νέα", "Το έντυπο που δεν συμπλήρωνε κανείς",
           "Μια χήνα στην υποδοχή", "Χάσαμε τη βαλίτσα σας", "Τι άκουσα στον γκισέ"),
    "ms": ("Payung di platform dua", "Teh sebelum berita buruk", "Borang yang tiada siapa dapat isi",
           "Angsa di kaunter sambutan", "Kami hilangkan beg anda", "Apa yang saya dengar di kaunter"),
}  # fmt: skip

SUMMARIES = {
    "en": "It rained, the train was late, and one of us had an idea.",
    "fa": "باران می‌آمد، قطار دیر کرده بود و یکی از ما فکری به سرش زد.",
    "el": "Έβρεχε, το τρένο αργούσε, και ένας από εμάς είχε μια ιδέα.",
    "ms": "Hujan turun, kereta api lewat, dan seorang daripada kami ada idea.",
}
NAMES = {"en": "Ines Okoro", "fa": "اینس اوکورو", "el": "Ίνες Οκόρο", "ms": "Ines Okoro"}
TEAMS = {"en": "Station desk", "fa": "پیشخان ایستگاه", "el": "Γραφείο σταθμού", "ms": "Kaunter stesen"}
PLACES = {"en": "The Corner", "fa": "گوشه", "el": "Η Γωνιά", "ms": "Sudut"}
MEASURES = {
    "en": "Found in a day",
    "fa": "پیداشده در یک روز",
    "el": "Βρέθηκαν σε μία μέρα",
    "ms": "Dijumpai dalam sehari",
}

PROSE = {
    language: f"""{SUMMARIES[language]} **{TITLES[language][0]}**, *{TITLES[language][1]}*, `A-17`, [{TITLES[language][2]}](https://example.org/), ~H~2~O.

## {TITLES[language][3]}

> {SUMMARIES[language]}

- {TITLES[language][1]}
- {TITLES[language][2]}
    1. {TITLES[language][3]}
    2. {TITLES[language][4]}

### {TITLES[language][4]}

| {TEAMS[language]} | {MEASURES[language]} |
|---|---:|
| {TITLES[language][0]} | 82 |
| {TITLES[language][4]} | 9 |

```
GET /platform/2
```

---

{TITLES[language][4]}
:   {SUMMARIES[language]}

{SUMMARIES[language]}[^1]

[^1]: {TITLES[language][5]}
"""
    for language in TITLES
}  # fmt: skip


def settings(languages: tuple[str, ...], zone: ZoneInfo) -> Settings:
    return Settings(title=Words(tuple(PLACES.items())), timezone=zone, languages=languages)


def _link(language: str, text: str, *, url: str = "#", current: bool = False) -> views.LinkView:
    return views.LinkView(text=text, url=url, lang=language, dir=direction_of(language), current=current)


def _card(
    number: int, language: str, speaker: Speaker, *, own: str = "", picture: bool = False
) -> views.CardView:
    return views.CardView(
        id=f"story-{number}", url="#", lang=language, dir=direction_of(language),
        title=Markup(TITLES[language][number]), kind=KINDS[number], kind_label=speaker.say(f"kind.{KINDS[number]}"),
        date=speaker.day(datetime(2026, 3, 4 + number, 12, tzinfo=UTC)), summary=Markup(SUMMARIES[language]),
        foreign=own, team=TEAMS[speaker.language],
        picture=views.PictureView(url="../stories/2026/the-gull.jpg", srcset="../stories/2026/the-gull.jpg 1600w", width=1600, height=1067, alt="", credit=NAMES[language])
        if picture else None,
    )  # fmt: skip


def values(language: str, spoken: Mapping[str, Speaker], templates: Templates) -> dict[str, Any]:
    """What a template of any page may ask for."""
    speaker = spoken[language]
    direction = direction_of(language)
    other = "en" if language == "fa" else "fa"
    cards = tuple(_card(number, language, speaker, picture=number in (0, 3)) for number in range(len(KINDS)))
    foreign = _card(0, other, speaker, own=speaker.language_name(other))
    lines = tuple(
        Reading(
            period=f"2026-{month:02}",
            score=found / 1.2,
            n=120,
            counts=(("satisfied", found), ("others", 120 - found)),
        )
        for month, found in enumerate((73, 77, 76, 84, 89, 98), 1)
    )
    metric = Metric(
        id="found", name=Words(tuple(MEASURES.items())), plain_words=Words(tuple(SUMMARIES.items())), unit=Words(), file="",
        method=Method.CSAT, direction="up", side="external", target=80.0, readings=lines,
    )  # fmt: skip
    house = settings(tuple(spoken), ZoneInfo("UTC"))
    measure = measures.view(measured(metric), speaker, house, templates.render, "#", lambda period: "#")
    edition_card = views.EditionCardView(
        id="w10", url="#", label=speaker.say("edition.numbered", number=speaker.number(10)), lang=language, dir=direction,
        subject=Markup(TITLES[language][1]), date=cards[0].date,
    )  # fmt: skip
    edition = views.EditionView(
        card=edition_card, opening=Markup(f"<p>{SUMMARIES[language]}</p>"), cards=cards[:4], numbers=(measure,)
    )  # fmt: skip
    year = views.YearView(
        year=2026, text=speaker.digits("2026"), sentence=SUMMARIES[language], service=TITLES[language][5],
        weeks=tuple(
            views.WeekView(number=week, text=speaker.number(week), level=week * 7 % 4, label=speaker.number(week), url="#" if week * 7 % 4 else "",
                           service=week == 41, month=speaker.number(week // 4 + 1) if week % 4 == 1 and week < 50 else "")
            for week in range(1, 54)
        ),
    )  # fmt: skip
    ways = tuple(
        views.WayView(facet=facet, label=label, any=label, url="#", options=tuple(
            views.OptionView(value=str(number), text=text, lang=language, url="#", stories=number + 1)
            for number, text in enumerate(TITLES[language][:3])))
        for facet, label in (("teams", TEAMS[language]), ("kinds", MEASURES[language]))
    )  # fmt: skip
    title = views.TitleView(
        id="story-1", url="#", lang=language, dir=direction, title=Markup(TITLES[language][1])
    )
    body = "".join(
        part if isinstance(part, str) else "#" for part in convert(PROSE[language], language).parts
    )
    story = views.StoryView(
        card=cards[0], body=Markup(body), why_it_matters=Markup(SUMMARIES[language]), by=Markup(NAMES[language]),
        heroes=(_link(language, NAMES[language]),), customer=Markup(TEAMS[language]), customer_words=Markup(SUMMARIES[language]),
        what_changed=Markup(TITLES[language][2]), behaviours=(_link(language, TITLES[language][1]),),
        team=_link(language, TEAMS[language]), perspective=None, tags=(_link(language, MEASURES[language]),), supports=(),
        translations=tuple(_link(one, speaker.language_name(one)) for one in spoken if one != language), minutes=3,
        related=cards[1:3], newer=title, older=title, thanks_url="#", remove_url="#", share_url="#",
    )  # fmt: skip
    named = [(speaker.say(f"metric.answers.{name}"), n) for name, n in lines[-1].counts]
    answers = measure_views.AnswersView(
        chart=Markup(templates.render("charts/stack.svg", chart=stack(named, speaker, title=MEASURES[language], id="answers-found"))),
        rows=tuple(measure_views.AnswerView(name=name, n=speaker.number(n), share=speaker.percent(speaker.number(n / 1.2))) for name, n in named),
    )  # fmt: skip
    parts = measure_views.PartsView(
        title=speaker.say("metric.parts.title", period=measure.period), note=speaker.say("metric.thinned", n=5),
        rows=tuple(measure_views.PartView(name=name, score=measure.latest, n=speaker.number(60), range=measure.readings[0].range)
                   for name in (TEAMS[language], speaker.say("metric.others"))),
    )  # fmt: skip
    watermelon = speaker.say("scorecard.watermelon", pair=measure.name)
    row = measure_views.ScorecardRowView(
        metric=measure, pair=_link(language, measure.name), watermelon="", unpaired="", stories=(title, title)
    )
    asked = speaker.say("metric.response.asked", answered=speaker.number(120), asked=speaker.number(300), share=speaker.percent(speaker.number(40)))  # fmt: skip
    result = measure_views.ResultView(
        metric_id=measure.id, lang=language, dir=direction, name=measure.name, url="#", plain_words=measure.plain_words, score=measure.latest,
        target=measure.target, standing=measure.standing, sentence=measure.sentence, response=(asked,), answers=answers, parts=parts,
    )  # fmt: skip
    spoken_words = said_views.SpokenView(text=SUMMARIES[language], lang=language, dir=direction)
    remark = said_views.VoiceView(
        id="v", key="voice:v", url="#", kind="complaint", kind_label=speaker.say("voices.kind.complaint"), words=spoken_words, translated="",
        original=None, manner=speaker.say("voices.exact"), who=spoken_words, channel=speaker.say("voices.channel.card"),
        asked=speaker.say("voices.unsolicited"), date=cards[0].date, about=(), stories=(), thanked="",
        troubles=(speaker.say("voices.sin.runaround"),), outcome=spoken_words, commitments=(),
    )  # fmt: skip
    pledge = said_views.CommitmentView(
        id="c", key="commitment:c", url="#", progress="overdue", progress_label=TITLES[language][1], day=cards[0].date.iso, said=spoken_words,
        said_key="", origin=speaker.say("commitments.from.meeting"), source=None, source_story=None, did=spoken_words,
        owner=_link(language, TEAMS[language]), result=spoken_words, measured=SUMMARIES[language], measure=None,
    )  # fmt: skip
    gap = Markup(templates.render("charts/gap.svg", chart=gap_chart(
        Gap(id="p-perception", kind=GapKind.PERCEPTION, wanted=15, found=21, up=False), speaker, title=SUMMARIES[language], number=speaker.number)))  # fmt: skip
    promise = said_views.PromiseView(
        id="p", key="promise:p", words=spoken_words, to=spoken_words, owner=_link(language, TEAMS[language]), promised=speaker.number(15),
        delivery=None, dimension=speaker.say("promises.dimension.empathy"), agreed=spoken_words, review=None, source=spoken_words,
        as_of=None, measure=None, perception=said_views.GapView(
            kind="perception", title=speaker.say("promises.perception.title"), first_label=speaker.say("promises.perception.first"),
            first=speaker.number(15), second_label=speaker.say("promises.perception.second"), second=speaker.number(21), verdict="worse",
            sentence=speaker.say("promises.worse"), chart=gap),
    )  # fmt: skip
    sections = ("nav.home", "nav.stories", "nav.heroes", "nav.scorecard", "nav.editions")
    return {
        "corrections": (said_views.CorrectionView(
            id="k", key="correction:k", date=cards[0].date, words=spoken_words, edition=_link(language, edition_card.label), story=None),),
        "said": said_views.SaidView(voices=(remark,), commitments=(pledge,), all_voices=None, all_commitments=None),
        "voices": (remark,),
        "commitments": said_views.CommitmentsView(overdue=(pledge,), open=(), done=()),
        "promises": (promise,),
        "around": (_link(language, speaker.say("voices.title")),),
        "say": speaker.say,
        "address": lambda target: "#",
        "site": views.SiteView(
            title=PLACES[language], title_lang=language, tagline=SUMMARIES[language], home="#", feed="#", contact="corner@example.org",
            navigation=tuple(_link(language, speaker.say(key), current=key == "nav.stories") for key in sections),
            more=(_link(language, MEASURES[language]),),
        ),
        "page": views.PageView(
            lang=language, dir=direction, kind="listing", title=PLACES[language], description="", address="", canonical="", accent="", policy="", robots="", locale="", rich=False, alternates=(),
            languages=tuple(_link(one, spoken[one].language_name(one), current=one == language) for one in spoken),
        ),
        "cards": cards, "foreign": foreign, "edition": edition, "story": story,
        "scorecard": measure_views.ScorecardView(
            external=(row,), internal=(replace(row, watermelon=watermelon),),
            balance=speaker.say("scorecard.balance", all=speaker.number(2), external=speaker.number(1), internal=speaker.number(1)),
            chart=Markup(templates.render("charts/balance.svg", chart=balance_chart(1, 1, speaker, title=PLACES[language], id="balance"))),
            rounds=tuple(_link(language, reading.period) for reading in measure.readings),
        ),
        "measure": measure_views.MeasureView(
            metric=measure, method=(speaker.say("metric.method.csat"), speaker.say("metric.method.range")), trend=(speaker.say("metric.trend.few", n=6),),
            owner=_link(language, TEAMS[language]), goal=SUMMARIES[language], pair=None, paired=(_link(language, measure.name),), watermelon=watermelon,
            response=(asked,), asked=True, answers=answers, parts=(parts,), cards=cards[1:3],
        ),
        "round": measure_views.RoundView(period=measure.period, results=(result,), newer=None, older=_link(language, measure.readings[1].period)),
        "editions": (edition_card, edition_card),
        "heroes": tuple(views.HeroView(id=f"p-{n}", name=Markup(NAMES[language]), url="#", team=TEAMS[language], stories=n) for n in (1, 2, 5)),
        "listing": views.ListingView(
            cards=(), number=2, count=3, ways=ways, newer=_link(language, speaker.say("listing.newer")), older=_link(language, speaker.say("listing.older"))
        ),
        "home": front_views.HomeView(
            edition=edition, recent=cards[4:], more=_link(language, speaker.say("home.more")), small=cards[1:2], others=cards[2:4], leader=cards[5], year=year,
            programme=(front_views.EventView(first="2026-10-05", days=cards[0].date.text, what=TITLES[language][5], lang=language, dir=direction),),
        ),
    }  # fmt: skip

"""What of a published folder is refused today: from its record alone, and whatever the newsroom has become since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from builder.model.edition import Edition, EditionKind, EditionWords
from builder.model.manifest import Entry, Manifest, Withdrawal
from builder.model.newsletter import Newsroom, Settings
from builder.model.page import Naming
from builder.model.person import Channel, Consent, Form, Name, NameForms, Narrowing, Person, Recognition
from builder.model.story import Audience, Status, Story
from builder.model.text import Text, Words
from builder.plan.withdrawal import find

ZONE = ZoneInfo("Europe/London")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NOW = day("2026-03-12T09:00")


def person(id: str, form: Form = Form.FULL) -> Person:
    return Person(
        id=id,
        names=(Name(script="Latn", forms=NameForms(full="A B", first="A", initials="A. B.")),),
        recognition=Recognition.EVERYONE,
        consents=tuple(Consent(channel=one, form=form, given=day("2026-01-01")) for one in Channel),
    )


def story(id: str, lang: str = "en") -> Story:
    return Story(
        id=id,
        work=id,
        lang=lang,
        title=Text(("-",)),
        date=day("2026-03-01"),
        body="",
        file=f"stories/2026/{id}.md",
        body_line=1,
        heroes=("p-1",) if id == "night" else (),
    )


WORDS = EditionWords(
    lang="en", subject=Text(), preheader=Text(), body="", file="stories/editions/w11.md", body_line=1
)
EDITION = Edition(id="w11", kind=EditionKind.WEEKLY, date=day("2026-03-05"), words=(WORDS,), file=WORDS.file)

ROOM = Newsroom(
    settings=Settings(title=Words((("", "-"),)), timezone=ZONE, languages=("en", "fa")),
    people={"p-1": person("p-1"), "p-2": person("p-2")},
    teams={},
    stories=(story("night"), story("night", "fa"), story("day")),
    editions=(EDITION,),
    metrics=(),
)

NIGHT, NIGHT_FA, DAY, W11 = "night/en", "night/fa", "day/en", "edition:w11"


def naming(work: str, form: str = "full", who: str = "p-1") -> Naming:
    return Naming(who, form, work)


SITE = Manifest(
    files={
        "en/stories/night.html": Entry(
            digest="", subject=f"story:{NIGHT}", works=(NIGHT,), namings=(naming(NIGHT),)
        ),
        "fa/stories/night.html": Entry(digest="", subject=f"story:{NIGHT_FA}", works=(NIGHT_FA,)),
        "en/stories/day.html": Entry(
            digest="", subject=f"story:{DAY}", works=(DAY,), namings=(naming(DAY, who="p-2"),)
        ),
        "en/stories/old.html": Entry(digest="", works=(NIGHT,)),
        "en/stories/index.html": Entry(
            digest="", works=(NIGHT, DAY), namings=(naming(NIGHT), naming(DAY, who="p-2"))
        ),
        "en/heroes/p-1.html": Entry(digest="", subject="hero:p-1", works=(NIGHT,), namings=(naming(""),)),
        "en/heroes/index.html": Entry(digest="", namings=(naming(""),)),
        "en/editions/w11.html": Entry(
            digest="", subject=W11, works=(W11, NIGHT, DAY), namings=(naming(W11, who="p-2"),)
        ),
        "en/editions/index.html": Entry(digest="", works=(W11,)),
        "en/feed.xml": Entry(digest="", works=(NIGHT, DAY), namings=(naming(NIGHT),)),
        "pictures/n.webp": Entry(digest="", works=(NIGHT,), namings=(naming(NIGHT),)),
        "pictures/inside.webp": Entry(digest="", works=(NIGHT,)),
        "pictures/both.webp": Entry(digest="", works=(NIGHT, DAY)),
        "en/scorecard.html": Entry(digest=""),
        "assets/site.css": Entry(digest=""),
    },
    people_end={"p-1": day("2026-03-20")},
    works_end={NIGHT: day("2026-03-20")},
)


def without(room: Newsroom, *versions: str) -> Newsroom:
    return replace(room, stories=tuple(one for one in room.stories if one.version not in versions))


def with_person(one: Person) -> Newsroom:
    return replace(ROOM, people={**ROOM.people, one.id: one})


def touched(found: Withdrawal) -> set[str]:
    return {*found.remove, *found.notice, *found.cut}


def test_nothing_is_taken_while_nothing_is_refused():
    assert not find(SITE, ROOM, NOW)


HERS = Withdrawal(
    remove=("pictures/n.webp", "pictures/inside.webp"),
    notice=("en/stories/night.html", "en/heroes/p-1.html", "en/heroes/index.html"),
    cut={"en/stories/index.html": ("night",), "en/feed.xml": ("night",)},
    why={"p-1": "consent no longer allows it"},
)


@pytest.mark.parametrize(
    "changed",
    [
        replace(person("p-1"), withdrawn=day("2026-03-12")),
        replace(person("p-1"), recognition=Recognition.TEAM),
        replace(person("p-1"), consents=()),
        person("p-1", Form.INITIALS),
        person("p-1", Form.FIRST),
    ],
)
def test_a_name_goes_with_all_that_is_about_it_and_cards_alone_where_it_is_on_one(changed: Person):
    found = find(SITE, with_person(changed), NOW)
    assert (set(found.remove), set(found.notice)) == (set(HERS.remove), set(HERS.notice))
    # The card on her own page and the redirect say nothing of her: the page goes as a whole, the redirect stays.
    assert found.cut == HERS.cut
    assert found.why == HERS.why


def test_a_record_that_is_gone_allows_nothing():
    found = find(SITE, replace(ROOM, people={"p-2": person("p-2")}), NOW)
    assert touched(found) == {*HERS.remove, *HERS.notice, *HERS.cut}


def test_more_consent_than_before_takes_nothing():
    shy = {
        address: replace(entry, namings=tuple(replace(one, form="initials") for one in entry.namings))
        for address, entry in SITE.files.items()
    }
    assert not find(replace(SITE, files=shy), ROOM, NOW)


@pytest.mark.parametrize(
    "narrowing",
    [Narrowing(person="p-1", channels=(Channel.EMAIL,)), Narrowing(person="p-1", form=Form.FIRST)],
)
def test_a_story_that_says_less_takes_its_own_words_and_leaves_her_page_without_it(narrowing: Narrowing):
    less = tuple(
        replace(one, narrowings=(narrowing,)) if one.version == NIGHT else one for one in ROOM.stories
    )
    found = find(SITE, replace(ROOM, stories=less), NOW)
    assert found.notice == ("en/stories/night.html",)
    assert set(found.cut) == {"en/stories/index.html", "en/heroes/p-1.html", "en/feed.xml"}
    assert set(found.remove) == {"pictures/n.webp", "pictures/inside.webp"}


GONE = {
    "draft": replace(story("night"), status=Status.DRAFT),
    "not yet": replace(story("night"), publish=day("2026-03-13")),
    "expired": replace(story("night"), expires=day("2026-03-12")),
    "no longer in the newsroom": None,
}


@pytest.mark.parametrize("why", GONE)
def test_a_story_out_of_the_visible_set_leaves_every_page_with_its_redirects_and_pictures(why: str):
    instead = GONE[why]
    others = without(ROOM, NIGHT)
    found = find(SITE, replace(others, stories=(*others.stories, *([instead] if instead else []))), NOW)
    assert found.notice == ("en/stories/night.html",)
    assert dict(found.cut) == dict.fromkeys(
        (
            "en/stories/old.html",
            "en/stories/index.html",
            "en/heroes/p-1.html",
            "en/editions/w11.html",
            "en/feed.xml",
        ),
        ("night",),
    )
    assert set(found.remove) == {"pictures/n.webp", "pictures/inside.webp"}
    assert found.why[NIGHT] == why


def test_a_picture_stays_while_another_story_shows_it_and_goes_with_the_last():
    assert "pictures/both.webp" not in find(SITE, without(ROOM, NIGHT), NOW).remove
    assert "pictures/both.webp" in find(SITE, without(ROOM, NIGHT, DAY), NOW).remove


def test_an_edition_taken_back_leaves_the_pages_that_say_its_words():
    draft = replace(ROOM, editions=(replace(EDITION, status=Status.DRAFT),))
    found = find(SITE, draft, NOW)
    assert set(found.notice) == {"en/editions/w11.html", "en/editions/index.html"}
    assert not found.cut
    assert not found.remove


def test_on_a_public_site_what_is_for_staff_again_is_refused():
    public = tuple(replace(one, audience=Audience.PUBLIC) for one in ROOM.stories)
    site = replace(
        SITE,
        audience="public",
        channel="public",
        files={"en/stories/day.html": SITE.files["en/stories/day.html"]},
    )
    assert not find(site, replace(ROOM, stories=public), NOW)
    assert find(site, ROOM, NOW).why == {DAY: "audience"}


def test_mails_go_whole():
    entry = Entry(digest="", subject=W11, works=(W11, NIGHT), namings=(naming(NIGHT, "first"),))
    outbox = Manifest(files={f"w11.en.{kind}": entry for kind in ("eml", "html", "txt")}, channel="email")
    assert not find(outbox, ROOM, NOW)
    for refused in (with_person(person("p-1", Form.INITIALS)), without(ROOM, NIGHT)):
        found = find(outbox, refused, NOW)
        assert set(found.remove) == set(outbox.files)
        assert not found.notice
        assert not found.cut


# ---- a source that cannot be understood says nothing; what was known when it was published still ends


@pytest.mark.parametrize("lost", ["stories/2026/night.md", "stories/2026/night.en.md"])
def test_a_story_that_cannot_be_read_stays_until_its_recorded_end(lost: str):
    room = replace(without(ROOM, NIGHT), lost=frozenset((lost,)))
    assert not find(SITE, room, day("2026-03-19T23:59"))
    assert "en/stories/night.html" in find(SITE, room, day("2026-03-20")).notice


def test_a_broken_translation_does_not_keep_its_deleted_original():
    room = replace(without(ROOM, NIGHT, NIGHT_FA), lost=frozenset(("stories/2026/night.fa.md",)))
    found = find(SITE, room, NOW)
    assert "en/stories/night.html" in found.notice
    assert "fa/stories/night.html" not in touched(found)


def test_a_translation_with_errors_under_a_name_of_its_own_is_not_taken_for_deleted():
    broken = replace(story("shab", "fa"), work="night")
    room = replace(without(ROOM, NIGHT_FA), unsound=(broken,), lost=frozenset(("stories/2026/shab.md",)))
    assert not find(SITE, room, NOW)


def test_while_the_people_file_cannot_be_read_names_stay_until_their_recorded_end():
    room = replace(ROOM, people={}, people_known=False)
    assert not find(SITE, room, day("2026-03-19T23:59"))
    found = find(replace(SITE, works_end={}), room, day("2026-03-20"))
    assert "en/stories/night.html" in found.notice
    assert "en/heroes/p-1.html" in found.notice
    assert "en/stories/day.html" not in touched(found)


def test_while_the_settings_cannot_be_read_stories_stay_and_people_are_still_heard():
    unknown = replace(ROOM, settings_known=False)
    assert not find(SITE, replace(unknown, stories=()), NOW)
    withdrawn = replace(unknown, people={"p-1": replace(person("p-1"), withdrawn=NOW), "p-2": person("p-2")})
    assert "en/stories/night.html" in find(SITE, withdrawn, NOW).notice
    assert "en/stories/night.html" in find(SITE, unknown, day("2026-03-20")).notice


def test_a_year_that_cannot_be_opened_takes_nothing_out_and_a_year_that_can_does() -> None:
    old = Manifest(
        files={"en/stories/old.html": Entry(digest="-", subject="story:old/en", works=("old/en",))}
    )
    assert find(old, ROOM, NOW).notice == ("en/stories/old.html",)
    assert not find(old, replace(ROOM, lost=frozenset({"stories/2025"})), NOW)

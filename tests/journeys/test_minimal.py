"""What a change touches: what shows it, and nothing more. And why, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.desk import why
from builder.render import answers
from tests.newsroom import Newsroom, dump, newsroom, person
from tests.values import MEASURE

STORIES = ("night", "day", "rain")


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = newsroom(tmp_path / "room")
    made.settings(languages=["en", "fa"], related=0, behaviours=[{"id": "own-it", "name": "Own it"}])
    made.people(
        person("p-1", "Astrid Vanterpool", "Astrid"),
        person("p-2", "Otto Quill", "Otto"),
    )
    for number, name in enumerate(STORIES):
        made.story(name, f"Words of {name}.", date=f"2026-03-0{number + 1}", summary=f"About {name}.")
    made.story("thanks", "Thanks to [*](@p-1).", date="2026-02-01", heroes=["p-1"], behaviours=["own-it"])
    for name in ("m-1", "m-2"):
        _metric(made, name, 80)
    made.edition("2026-w10", "Hello.", date="2026-03-02", numbers=["m-1"])
    assert made.build().code == 0
    return made


def _metric(room: Newsroom, name: str, satisfied: int) -> None:
    room.write(
        f"metrics/{name}.yaml",
        dump(
            {
                "name": f"Measure {name}",
                "plain_words": "Of 100, how many.",
                "method": "csat",
                "direction": "up",
                "side": "internal",
                "readings": [{"period": "2026-01", "counts": {"satisfied": satisfied, "others": 20}}],
            }
        ),
    )


def printed(room: Newsroom, now: str = "2026-03-12T09:00") -> set[str]:
    """The pages that a build printed, which are those it says it did."""
    ran = room.run("build", "--json", now=now)
    assert ran.code == 0, ran.err
    change = json.loads(ran.out)["change"]
    touched = {address for kind in ("added", "changed", "removed") for address in change[kind]}
    return {address for address in touched if address.endswith((".html", ".xml", ".js"))}


def test_a_typo_in_a_text_touches_its_page_and_the_feed(room: Newsroom):
    room.story("night", "Other words of night.", date="2026-03-01", summary="About night.")
    assert printed(room) == {"en/stories/night.html", "en/feed.xml"}


def test_a_title_touches_what_shows_it(room: Newsroom):
    room.story("night", "Words of night.", title="Renamed", date="2026-03-01", summary="About night.")
    assert printed(room) == {
        "en/stories/night.html",
        "en/feed.xml",
        "en/stories/day.html",  # which says what comes before and after it
        "en/stories/thanks.html",
        *(
            f"{lang}/{page}"
            for lang in ("en", "fa")
            for page in (
                "index.html",
                "stories/index.html",
                "stories/filter.js",
                "editions/2026-w10.html",
                "weeks/2026-w09.html",
                "years/2026.html",
            )
        ),
    }


def test_a_new_story_touches_its_neighbour_and_the_lists_it_is_on_and_no_other_story(room: Newsroom):
    room.story("late", "Words of late.", date="2026-03-10", summary="About late.")
    touched = printed(room)
    assert {one for one in touched if "/stories/" in one} == {
        "en/stories/late.html",
        "en/stories/rain.html",
        *(f"{lang}/stories/{page}" for lang in ("en", "fa") for page in ("index.html", "filter.js")),
    }
    assert {one for one in touched if "/weeks/" in one} == {
        f"{lang}/weeks/{week}.html" for lang in ("en", "fa") for week in ("2026-w10", "2026-w11")
    }
    assert not [one for one in touched if "/behaviours/" in one or "/heroes/" in one or "/about" in one]


def test_a_number_touches_what_shows_it(room: Newsroom):
    _metric(room, "m-2", 70)
    assert printed(room) == {
        f"{lang}/{page}.html" for lang in ("en", "fa") for page in ("scorecard", "measures/m-2")
    }


def test_one_reading_touches_the_pages_that_show_it_and_why_says_so(room: Newsroom):
    def asked(satisfied: int) -> None:
        readings = "".join(
            f"- {{period: 2025-{month:02}, counts: {{satisfied: {satisfied if month == 6 else 80}, others: 20}}}}\n"
            for month in range(1, 13)
        )
        room.write("metrics/asked.yaml", MEASURE + readings)

    asked(80)
    room.story("kept", "Words.", date="2026-01-05", supports=["asked"])
    printed(room)
    asked(60)
    address = "en/rounds/2025-06.html"
    assert "the reading of 2025-06 of the measure asked has changed" in room.run("why", address).out
    assert printed(room) == {
        f"{lang}/{page}.html"
        for lang in ("en", "fa")
        # That of the month after it says what it was before.
        for page in ("scorecard", "measures/asked", "rounds/2025-06", "rounds/2025-07")
    }
    assert "of the measure asked had changed" in room.run("why", address).out


def test_the_name_of_a_behaviour_touches_the_stories_that_show_it(room: Newsroom):
    room.settings(languages=["en", "fa"], related=0, behaviours=[{"id": "own-it", "name": "Make it yours"}])
    assert printed(room) == {"en/stories/thanks.html"} | {
        f"{lang}/{page}.html"
        for lang in ("en", "fa")
        for page in ("behaviours/index", "behaviours/own-it", "stories/index")
    }


def test_a_word_touches_the_pages_that_say_it(room: Newsroom):
    words = room.folder / "templates" / "words" / "en.yaml"
    words.parent.mkdir(parents=True)
    words.write_text("home: {recent: Fresh}\n")
    assert printed(room) == {"en/index.html"}


def test_a_template_touches_the_pages_of_its_kind_and_so_does_one_that_appears(room: Newsroom):
    template = room.folder / "templates" / "heroes.html"
    template.parent.mkdir()
    template.write_text(
        '{% extends "theme/heroes.html" %}{% block main %}<p>Own</p>{{ super() }}{% endblock %}\n'
    )
    assert printed(room) == {"en/heroes/index.html", "fa/heroes/index.html"}
    template.unlink()
    assert printed(room) == {"en/heroes/index.html", "fa/heroes/index.html"}


def test_a_consent_touches_the_pages_on_which_that_person_is_spoken_of(room: Newsroom):
    room.people(
        person(
            "p-1", "Astrid Vanterpool", "Astrid", consent={"site": {"form": "first", "date": "2026-01-01"}}
        ),
        person("p-2", "Otto Quill", "Otto", consent={"site": {"form": "first", "date": "2026-01-01"}}),
    )
    room.run("build", now="2026-03-12T09:00")
    reasons = room.run("why", "en/stories/night.html").out
    assert "was taken over in the last build" in reasons
    assert "what may be said of p-1 had changed" in room.run("why", "thanks").out


def test_nothing_touches_nothing(room: Newsroom):
    assert printed(room) == set()
    assert printed(room, now="2026-03-13T09:00") == set()


def test_why_says_why_a_story_is_or_is_not_published(room: Newsroom):
    room.story("secret", status="draft")
    room.story("later", date="2026-04-01")
    room.story("over", date="2026-01-01", expires="2026-02-01")
    room.story("public", audience="public")
    room.build()
    said = {name: room.run("why", name).out for name in ("secret", "later", "over", "night")}
    assert "is not published: it is a draft" in said["secret"]
    assert "is not published yet: it appears on 1 April 2026, as its date says" in said["later"]
    assert "is not published any more: `expires:` ended it on 1 February 2026" in said["over"]
    assert "is published: it appears since 1 March 2026, as its date says" in said["night"]
    assert "are as they were" in said["night"]


def test_why_says_what_made_the_difference(room: Newsroom):
    room.story("night", "Words of night.", title="Renamed", date="2026-03-01", summary="About night.")
    assert "The next build prints it anew, because" in room.run("why", "stories/2026/night.md").out
    room.build()
    assert (
        "was printed in the last build, because what others show of the story night/en had changed"
        in room.run("why", "en/stories/index.html").out
    )
    (room.site / "en/heroes/index.html").write_text("damaged")
    room.build()
    assert "its file was not as the build before had left it" in room.run("why", "en/heroes/index.html").out


def test_every_kind_of_question_has_words():
    asked = set(answers.kinds())
    assert asked == set(why.kinds_said())

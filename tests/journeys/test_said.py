"""What customers said, in every output: shown where they allow it, and gone when they take it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from builder.cli.world import open_desk
from builder.desk.build import build
from builder.desk.newsroom import read
from builder.desk.withdraw import Places
from tests.newsroom import NOW, Newsroom, dump, everything, newsroom, person, where

ASTRID: Mapping[str, Any] = person("p-1", "Astrid Vanterpool", "Astrid")
ALL = ["site", "email", "print", "public"]
METRIC = {
    "name": "Told how long",
    "plain_words": "Of 100, how many were told.",
    "method": "csat",
    "direction": "up",
    "side": "external",
    "readings": [
        {"period": "2026-01", "counts": {"satisfied": 44, "others": 56}, "comments": 7},
        {"period": "2026-02", "counts": {"satisfied": 70, "others": 30}, "comments": 8},
    ],
}

AGAIN = {"metric": "told", "before": "2026-01", "after": "2026-02"}


def voice(room: Newsroom, name: str, text: str, channels: list[str] | None = None, **more: Any) -> None:
    front = {
        "kind": "praise",
        "received": "2026-03-02",
        "text": text,
        "who": f"customer of {name}",
        **({"permission": {"channels": channels, "date": "2026-03-03"}} if channels else {}),
        **more,
    }
    room.write(f"voices/{name}.yaml", dump(front))


def commitment(room: Newsroom, name: str, **more: Any) -> None:
    front = {"did": f"Deed of {name}.", "owner": "ward", "due": "2026-03-31", **more}
    room.write(f"commitments/{name}.yaml", dump(front))


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = newsroom(tmp_path)
    room.settings(customers=[{"id": "patients", "name": "Patients"}])
    room.people(ASTRID)
    room.story("tea", "Word of tea: it was hot.", title="Title of tea")
    room.story("rain", "It rained.", title="Title of rain")
    room.edition("2026-w11", "Opening words.", subject="Subject of w11")
    room.write("metrics/told.yaml", dump(METRIC))
    voice(room, "warm", "Remark of warm.", ALL, stories=["tea"], received="2026-02-01")
    voice(room, "other", "Remark of other.", ["site", "email"], received="2026-01-10")
    return room


def shown(room: Newsroom, words: str) -> list[str]:
    return where(words, everything(room.site))


def test_nobody_hears_a_voice_that_has_no_permission(room: Newsroom):
    voice(room, "secret", "Remark of secret.", received="2026-03-05")
    commitment(room, "quiet", **{"from": {"voice": "secret"}}, said="Our words for secret.")
    room.good_build()
    assert room.run("digest").code == 0
    assert where("Remark of warm", everything(room.site, room.outbox)) != []
    for words in ("Remark of secret", "customer of secret", "Our words for secret"):
        assert where(words, everything(room.site, room.outbox)) == []
    assert shown(room, "Deed of quiet") != []


def test_each_channel_is_asked_for_itself(room: Newsroom):
    voice(room, "here", "Remark of here.", ["site"], received="2026-03-05", audience="public")
    voice(room, "mail", "Remark of mail.", ["email"], received="2026-03-04", audience="public")
    voice(room, "wide", "Remark of wide.", ["public"], received="2026-03-01", audience="public")
    room.good_build()
    assert room.run("digest").code == 0
    public = room.folder / "site-public"
    assert room.run("build", "--audience", "public", "--out", str(public)).code == 0
    says = {
        name: everything(folder)
        for name, folder in (("site", room.site), ("mail", room.outbox), ("public", public))
    }
    found = {
        one: {name for name, said in says.items() if where(f"Remark of {one}", said)}
        for one in ("here", "mail", "wide")
    }
    assert found == {"here": {"site"}, "mail": {"mail"}, "wide": {"public"}}


def test_what_a_customer_takes_back_leaves_though_the_build_has_errors(room: Newsroom):
    commitment(room, "deed", **{"from": {"voice": "warm"}})
    room.good_build()
    assert room.run("digest").code == 0
    assert len(shown(room, "Remark of warm")) >= 3
    voice(
        room, "warm", "Remark of warm.", ALL, stories=["tea"], received="2026-02-01", withdrawn="2026-03-11"
    )
    room.story("broken", "No date.", date="never")
    ran = room.build()
    assert ran.code == 3, ran.err
    assert where("Remark of warm", everything(room.site, room.outbox)) == []
    wall = (room.site / "en/voices.html").read_text()
    assert "Remark of other" in wall
    assert "Deed of deed" in (room.site / "en/commitments.html").read_text()
    assert "It rained" in (room.site / "en/stories/rain.html").read_text()
    assert "the customer" not in ran.err.lower()


@pytest.mark.parametrize("how", ["permission", "file", "audience", "expires"])
def test_however_it_is_refused_it_leaves(how: str, room: Newsroom):
    room.good_build()
    changes: dict[str, Any] = {"stories": ["tea"], "received": "2026-02-01"}
    if how == "file":
        (room.folder / "stories/voices/warm.yaml").unlink()
    elif how == "permission":
        voice(room, "warm", "Remark of warm.", ["email"], **changes)
    elif how == "expires":
        voice(room, "warm", "Remark of warm.", ALL, **changes, expires="2026-03-12")
    else:
        voice(room, "warm", "Remark of warm.", ALL, **changes, status="draft")
    room.story("broken", "No date.", date="never")
    assert room.build().code == 3
    assert shown(room, "Remark of warm") == []
    assert shown(room, "Remark of other") != []


def test_a_file_that_is_broken_today_takes_nothing_out(room: Newsroom):
    room.good_build()
    room.write("voices/warm.yaml", "kind: [")
    assert room.build().code == 1
    assert shown(room, "Remark of warm") != []


def test_a_permission_that_ends_ends_by_itself(room: Newsroom):
    room.write(
        "voices/other.yaml",
        dump(
            {
                "kind": "idea",
                "received": "2026-01-10",
                "text": "Remark of other.",
                "who": "somebody",
                "permission": {"channels": ALL, "date": "2026-01-11", "until": "2026-03-20"},
            }
        ),
    )
    ran = room.build()
    assert ran.code == 0, ran.err
    assert "20 March 2026" in ran.out
    room.write("newsletter.yaml", "title: [")
    assert room.build(now="2026-03-20T00:00").code == 3
    assert shown(room, "Remark of other") == []


def test_a_colleague_in_a_customers_words_is_named_as_far_as_they_allow(room: Newsroom):
    voice(room, "named", "Remark of named: [*](@p-1 'a colleague') came.", ALL, about=["p-1"])
    room.good_build()
    assert shown(room, "Astrid Vanterpool") != []
    room.people({**ASTRID, "withdrawn": "2026-03-11"})
    room.story("broken", "No date.", date="never")
    assert room.build().code == 3
    assert shown(room, "Astrid") == []
    assert shown(room, "Remark of warm") != []
    (room.folder / "stories/2026/broken.md").unlink()
    room.good_build()
    assert shown(room, "Astrid") == []
    assert shown(room, "Remark of named") != []


def test_a_name_written_out_is_found_in_all_of_these_files(room: Newsroom):
    voice(room, "named", "Astrid Vanterpool was kind.", ALL)
    commitment(room, "deed", **{"from": {"meeting": "Monday"}}, said="Astrid Vanterpool said so.")
    ran = room.build()
    assert ran.code == 1
    assert {"stories/voices/named.yaml", "stories/commitments/deed.yaml"} <= set(
        re.findall(r"stories/\w+/\w+\.yaml", ran.err)
    )


def test_comments_of_a_round_stay_back_where_few_came(room: Newsroom):
    voice(room, "few", "Remark of few.", ALL, metric="told", round="2026-01")
    voice(room, "many", "Remark of many.", ALL, metric="told", round="2026-02")
    room.good_build()
    assert shown(room, "Remark of few") == []
    assert shown(room, "Remark of many") != []


def test_a_complaint_about_a_team_of_few_does_not_name_it(room: Newsroom):
    voice(
        room,
        "cold",
        "Remark of cold.",
        ALL,
        kind="complaint",
        about=["nook", "ward"],
        thanked="2026-03-03",
        outcome="We looked.",
        fault="ours",
    )
    room.good_build()
    card = (
        (room.site / "en/voices.html")
        .read_text()
        .split("<!--[voice:cold]-->")[1]
        .split("<!--[/voice:cold]-->")[0]
    )
    assert "Ward Nine" in card
    assert "The Nook" not in card


def test_overdue_stands_first_and_is_computed(room: Newsroom):
    commitment(room, "late", **{"from": {"meeting": "Monday"}}, said="It is dark.")
    commitment(
        room,
        "kept",
        **{"from": {"story": "tea"}},
        said="It is cold.",
        done="2026-03-05",
        measured={"metric": "told", "before": "2026-01", "after": "2026-02"},
    )
    room.good_build()
    page = (room.site / "en/commitments.html").read_text()
    assert "due by 31 March 2026" in page
    assert (
        "44% in January 2026, 70% in February 2026" in page.replace(" points", "%")
        or "44 in January 2026, 70 in February 2026. A clear change for the better." in page
    )
    assert "A clear change for the better." in page
    room.good_build(now="2026-04-01T00:00")
    page = (room.site / "en/commitments.html").read_text()
    assert "was due by 31 March 2026" in page
    assert page.index("Deed of late") < page.index("Deed of kept")
    assert "Deed of kept" in (room.site / "en/stories/tea.html").read_text()
    assert "Deed of kept" not in (room.site / "en/stories/rain.html").read_text()


def test_the_two_gaps_of_a_promise_stand_apart(room: Newsroom):
    room.write(
        "promises/quick.yaml",
        dump(
            {
                "to": "patients",
                "text": "Ready in fifteen minutes.",
                "unit": "minutes",
                "direction": "down",
                "promised": 15,
                "delivered": 13,
                "source": "our clock",
                "expected": 15,
                "perceived": 21.5,
                "owner": "ward",
            }
        ),
    )
    room.good_build()
    page = (room.site / "en/promises.html").read_text()
    assert "2 less than promised. That is better." in page
    assert "6.5 more than people expected. That is not good enough." in page


def printed(room: Newsroom) -> list[str]:
    """The pages that a build prints anew."""
    sources, desk = open_desk(room.folder, None, NOW, 1, quiet=True)
    places = Places(site=room.site, outbox=room.outbox, house=room.folder / ".yearround")
    built = build(read(sources, desk), desk, places)
    assert built.change is not None, built.problems
    return sorted(one.address for one in built.reasons)


def test_a_changed_voice_prints_only_the_pages_that_show_it(room: Newsroom):
    """`other` is on the wall alone; `warm` is the newest, so on the front pages, and on its story too."""
    assert len(printed(room)) > 20
    assert printed(room) == []
    walls = sorted(f"{one}/voices.html" for one in ("en", "fa", "el", "ms"))
    voice(room, "other", "Another remark.", ["site", "email"], received="2026-01-10")
    assert printed(room) == walls
    voice(room, "warm", "A warmer remark.", ALL, stories=["tea"], received="2026-02-01")
    fronts = [f"{one}/index.html" for one in ("en", "fa", "el", "ms")]
    assert printed(room) == sorted([*walls, *fronts, "en/stories/tea.html"])
    assert room.run("build", "--verify").code == 0


def test_why_says_whether_and_why_not(room: Newsroom):
    voice(room, "few", "Remark of few.", ALL, metric="told", round="2026-01")
    voice(room, "mute", "Remark of mute.", ["email"])
    room.good_build()
    assert "stories/voices/warm.yaml is shown." in room.run("why", "warm").out
    assert "does not name the channel site" in room.run("why", "stories/voices/mute.yaml").out
    assert "fewer than 8 comments" in room.run("why", "few").out
    voice(room, "warm", "A warmer remark.", ALL, stories=["tea"], received="2026-02-01")
    assert "because what a customer said (warm) has changed" in room.run("why", "en/voices.html").out


def test_a_newsroom_without_voices_has_no_page_of_them(tmp_path: Path):
    room = newsroom(tmp_path)
    room.story("tea")
    assert room.build().code == 0
    assert not (room.site / "en/voices.html").exists()
    assert shown(room, "voices.html") == []


def test_what_was_written_and_done_stands_with_its_numbers(room: Newsroom):
    voice(room, "wrote", "Remark of wrote.", ALL, metric="told", round="2026-02", received="2026-02-20")
    commitment(room, "number", **{"from": {"metric": "told"}}, said="A third were not told.")
    commitment(room, "moved", **{"from": {"meeting": "the morning round"}}, said="Say it.", measured=AGAIN)
    commitment(room, "apart", **{"from": {"voice": "warm"}})
    room.good_build()
    found = (room.site / "en/rounds/2026-02.html").read_text()
    assert "Remark of wrote." in found
    assert "Remark of warm." not in found
    assert "Remark of wrote." not in (room.site / "en/rounds/2026-01.html").read_text()
    measure = (room.site / "en/measures/told.html").read_text()
    assert sorted(re.findall(r"Deed of (\w+)", measure)) == ["moved", "number"]

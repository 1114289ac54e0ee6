"""What someone allows is what is shown; what someone takes back leaves at the next build, whatever else is wrong."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from builder.cli.world import open_desk
from builder.deliver import publish
from builder.desk import build as desk
from builder.desk.newsroom import read
from builder.desk.withdraw import Places
from tests.newsroom import NOW, Newsroom, dump, everything, newsroom, person, picture, where

YES = {"form": "full", "date": "2026-01-01"}

ASTRID: Mapping[str, Any] = person("p-1", "Astrid Vanterpool", "Astrid")
BRAM = person("p-2", "Bram Oosterling", "Bram")
NOBODY = person("p-3", "Kwabena Zeldenrust", "Kwabena", recognition="none")
PRIVATE = person("p-4", "Ottoline Ferrante", "Ottoline", recognition="private")


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Two heroes, each with a story and a picture of their own, another story, and an edition with all three."""
    room = newsroom(tmp_path)
    room.people(ASTRID, BRAM, NOBODY, PRIVATE)
    for name, who, colour in (("night", "p-1", "teal"), ("day", "p-2", "navy")):
        room.write(f"2026/{name}.jpg", picture(colour))
        room.story(
            name,
            f'Word of {name}: [*](@{who} "a colleague from upstairs") came.',
            title=f'Title of {name} with [*](@{who} "one of us")',
            summary=f"Summary of {name} by [*](@{who} 'someone kind').",
            heroes=[who],
            by=who,
            aliases=[f"old-{name}"],
            picture={"file": f"{name}.jpg", "alt": f"[*](@{who} 'A person') at work", "shows": [who]},
        )
    room.story("tea", "Word of tea: it was hot.", title="Title of tea")
    room.edition(
        "2026-w11",
        'Opening words, thanks to [*](@p-2 "a friend").',
        subject="Subject of w11",
        preheader="Preheader, of a length that an inbox shows",
    )
    return room


def changed(record: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    return {**record, **changes}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".yearround.json"
    }


def says(room: Newsroom, words: str) -> list[str]:
    return where(words, everything(room.site, room.outbox))


# ---- what is allowed is shown, and no more


def test_a_first_name_for_the_site_alone_is_that_on_the_site_and_a_phrase_in_every_mail(room: Newsroom):
    room.people(changed(ASTRID, consent={"site": {"form": "first", "date": "2026-01-01"}}), BRAM)
    room.good_build()
    page = (room.site / "en/stories/night.html").read_text("utf-8")
    assert "Word of night: <bdi>Astrid</bdi> came." in page
    assert says(room, "Vanterpool") == []
    assert where("Astrid", everything(room.outbox)) == []
    told = everything(room.outbox)
    for file in room.outbox.glob("2026-w11.*"):
        address = f"outbox/{file.name}"
        assert "title of night with one of us" in told[address]
        assert "summary of night by someone kind" in told[address]
    assert len(list(room.outbox.glob("2026-w11.*"))) == 12


def test_without_a_phrase_a_colleague_stands_with_the_team_unless_that_is_too_small(room: Newsroom):
    for team, wanted in (
        ("ward", "thanks a colleague in Ward Nine"),
        ("nook", "thanks a colleague."),
        ("", "thanks a colleague."),
    ):
        private = {key: value for key, value in changed(PRIVATE, team=team).items() if value}
        room.people(private, ASTRID, BRAM)
        room.story("tea", "Everyone thanks [*](@p-4).")
        assert room.build().code == 0
        page = (room.site / "en/stories/tea.html").read_text("utf-8")
        assert wanted in page
        assert ("Ward Nine" in page) is (team == "ward")
        assert "Nook" not in page


def test_who_wants_it_private_has_no_page_and_no_name(room: Newsroom):
    room.story("tea", heroes=["p-4", "p-2"])
    room.good_build()
    assert not list(room.site.glob("*/heroes/p-4.html"))
    assert says(room, "Ottoline") == says(room, "Ferrante") == []
    assert where("Oosterling", everything(room.site))  # who agreed is named


@pytest.mark.parametrize(
    "place",
    [
        {"body": "Here [*](@p-3) stands."},
        {"heroes": ["p-3"]},
        {"by": "p-3"},
        {"title": "With [*](@p-3)"},
        {"summary": "With [*](@p-3)"},
        {"why_it_matters": "With [*](@p-3)"},
        {"customer": {"as": "[*](@p-3)"}},
        {"consent": {"p-3": {"channels": ["site"]}}},
        {"picture": {"file": "night.jpg", "alt": "A ward", "shows": ["p-3"]}},
        {"picture": {"file": "night.jpg", "alt": "[*](@p-3)"}},
        {"picture": {"file": "night.jpg", "alt": "A ward", "credit": "[*](@p-3)"}},
    ],
    ids=lambda place: ".".join(map(str, place)),
)
def test_who_wants_no_recognition_is_mentioned_nowhere(room: Newsroom, place: Mapping[str, Any]):
    room.story("tea", **{"body": "Words.", **place})
    ran = room.build()
    assert ran.code == 1
    assert "The person p-3 wants no recognition at all (`recognition: none` in the people file)" in ran.err
    assert not room.site.exists()


@pytest.mark.parametrize("status", ["draft", "ready"])
def test_a_mention_of_them_in_an_edition_is_said_too(room: Newsroom, status: str):
    room.edition("2026-w12", "Thanks [*](@p-3).", status=status)
    ran = room.build()
    assert "The person p-3 wants no recognition" in ran.err
    assert ran.code == (0 if status == "draft" else 1)


# ---- what is taken back leaves, first, and whatever else is wrong


def withdraw(room: Newsroom) -> None:
    room.people(changed(ASTRID, withdrawn="2026-03-12"), BRAM, NOBODY, PRIVATE)


def broken_story(room: Newsroom) -> None:
    room.write("2026/tea.md", "---\ntitle: Title of tea\ndate: the other day\n---\nWords.\n")


def broken_settings(room: Newsroom) -> None:
    room.write("newsletter.yaml", "title: [The Light\n")


def missing_settings(room: Newsroom) -> None:
    (room.folder / "stories/newsletter.yaml").unlink()


def broken_record(room: Newsroom) -> None:
    room.people(changed(ASTRID, withdrawn="some day"), BRAM)


def misspelt_record(room: Newsroom) -> None:
    room.people(changed(ASTRID, withdrawm="2026-03-01"), BRAM)


def record_twice(room: Newsroom) -> None:
    room.people(changed(ASTRID, status="gone"), ASTRID, BRAM)


def record_thrice(room: Newsroom) -> None:
    room.people(ASTRID, changed(ASTRID, withdrawn="2026-01-01"), ASTRID, BRAM)


def record_gone(room: Newsroom) -> None:
    room.people(BRAM)
    broken_story(room)


def broken_teams(room: Newsroom) -> None:
    room.write("teams.yaml", "- id: [\n")


def dangling_picture(room: Newsroom) -> None:
    (room.folder / "stories/2026/day.jpg").unlink()
    (room.folder / "stories/2026/day.jpg").symlink_to("nowhere.jpg")


def two_at_one_address(room: Newsroom) -> None:
    room.story("tea", title="Title of tea", aliases=["day"])


@pytest.mark.parametrize(
    "faults",
    [
        (withdraw, broken_story),
        (withdraw, broken_settings),
        (withdraw, missing_settings),
        (withdraw, broken_teams),
        (withdraw, dangling_picture),
        (withdraw, two_at_one_address),
        (broken_record,),
        (misspelt_record,),
        (record_twice,),
        (record_thrice,),
        (record_gone,),
    ],
    ids=lambda faults: "-".join(one.__name__ for one in faults),
)
def test_a_name_taken_back_leaves_site_and_outbox_also_when_nothing_can_be_published(
    room: Newsroom, faults: tuple[Callable[[Newsroom], None], ...]
):
    room.good_build()
    shown = pictures_of(room, "night")
    before = bytes_of(room.site)
    assert says(room, "Vanterpool")
    for fault in faults:
        fault(room)
    ran = room.build()
    assert ran.code == 3
    assert ran.err.startswith(f"Taken out of {room.site}/:\n  p-1: ")
    assert says(room, "Astrid") == says(room, "Vanterpool") == []
    assert len(shown) == 2
    assert not any((room.site / one).exists() for one in shown)
    assert "Nothing was published; the site stands as it was, less what was taken out." in ran.out
    after = bytes_of(room.site)
    if withdraw in faults:  # only her own pages, cards, picture and feed are touched
        assert "Word of day: <bdi>Bram" in after["en/stories/day.html"].decode()
        assert says(room, "Oosterling")
        untouched = (
            "en/heroes/p-2.html",
            "en/scorecard.html",
            "404.html",
        )
        assert {one: before[one] for one in untouched} == {one: after[one] for one in untouched}
        for beside in ("en/stories/day.html", "en/stories/tea.html"):  # which led to hers, and now do not
            led = re.compile(rb"<!--\[night\]-->.*?<!--\[/night\]-->", re.DOTALL)
            assert led.search(before[beside])
            assert led.sub(b"", before[beside]) == after[beside]


def test_every_width_of_a_picture_leaves_when_consent_does_and_no_other_picture(room: Newsroom):
    room.write("2026/wide.jpg", picture("gold", size=(1700, 1200)))
    room.story("night", title="Title of night", picture={"file": "wide.jpg", "alt": "Us", "shows": ["p-1"]})
    room.good_build()
    hers = pictures_of(room, "night")
    assert sorted(one.rpartition(".")[2] for one in hers) == ["jpg", *["webp"] * 4]
    others = {path.relative_to(room.site).as_posix() for path in room.site.glob("pictures/*")} - hers
    withdraw(room)
    broken_story(room)
    assert room.build().code == 3
    assert {path.relative_to(room.site).as_posix() for path in room.site.glob("pictures/*")} == others


def pictures_of(room: Newsroom, story: str) -> set[str]:
    """Every file of the pictures on a story's page: at each width, and for each browser."""
    page = (room.site / f"en/stories/{story}.html").read_text("utf-8")
    return set(re.findall(r"pictures/[0-9a-f]+\.[a-z]+", page))


def test_the_page_becomes_a_notice_and_listings_lose_only_the_card(room: Newsroom):
    room.good_build()
    withdraw(room)
    broken_story(room)
    assert room.build().code == 3
    night = (room.site / "en/stories/night.html").read_text("utf-8")
    assert "Word of night" not in night
    assert '<body class="page-notice">' in night
    assert 'class="page-notice"' in night
    listing = (room.site / "en/stories/index.html").read_text("utf-8")
    assert "Title of night" not in listing
    assert "Title of day" in listing
    assert "Title of tea" in listing
    feed = (room.site / "en/feed.xml").read_text("utf-8")
    assert "night" not in feed
    assert "Title of day" in feed
    assert ET.fromstring(feed).tag.endswith("feed")
    assert 'class="page-notice"' in (room.site / "en/heroes/p-1.html").read_text("utf-8")
    assert list(room.outbox.glob("2026-w11.*")) == []


@pytest.mark.parametrize(
    "broken", ["base.html", "notice.html", "story.html", "partials/card.html", "words/en"]
)
def test_a_broken_theme_keeps_nobody_s_name(room: Newsroom, broken: str):
    room.good_build()
    withdraw(room)
    broken_story(room)
    sources, bench = open_desk(room.folder, None, NOW, 1, quiet=True)
    theme = replace(
        bench.theme,
        templates=tuple((one, "{% if %}" if one == broken else text) for one, text in bench.theme.templates),
        words=tuple(
            (one, replace(file, data=b"- [") if f"words/{one}" == broken else file)
            for one, file in bench.theme.words
        ),
    )
    places = Places(site=room.site, outbox=room.outbox, house=room.folder / ".yearround")
    bench = replace(bench, theme=theme)
    built = desk.build(read(sources, bench), bench, places)
    assert built.change is None
    assert len(built.taken) == 2
    assert says(room, "Astrid") == says(room, "Vanterpool") == []


def test_a_good_build_heals_everything(room: Newsroom, tmp_path: Path):
    room.good_build()
    withdraw(room)
    broken_story(room)
    room.build()
    room.story("tea", "Word of tea: it was hot.", title="Title of tea")
    room.good_build()
    assert says(room, "Vanterpool") == []
    assert "a colleague from upstairs" in (room.site / "en/stories/night.html").read_text("utf-8")
    fresh = Newsroom(tmp_path / "fresh")
    for file in (room.folder / "stories").rglob("*"):
        if file.is_file():
            fresh.write(file.relative_to(room.folder / "stories").as_posix(), file.read_bytes())
    fresh.good_build()
    assert bytes_of(room.site) == bytes_of(fresh.site)
    assert bytes_of(room.outbox) == bytes_of(fresh.outbox)
    assert room.build().err == ""


def test_without_other_faults_a_withdrawal_is_said_and_all_is_well(room: Newsroom):
    room.good_build()
    withdraw(room)
    ran = room.build()
    assert ran.code == 0
    # On a slow day lines come before it that only say what is being waited for.
    said = "".join(line for line in ran.err.splitlines(keepends=True) if not line.endswith(" ...\n"))
    assert said.startswith(f"Taken out of {room.site}/:\n  p-1: consent no longer allows it\n")
    assert says(room, "Vanterpool") == []


@pytest.mark.parametrize("people", ["- id: [", "\t- x", "just words", "\x00", "é".encode("latin-1")])
def test_consent_ends_by_time_alone_while_the_people_file_cannot_be_read(room: Newsroom, people: str | bytes):
    until = {"form": "full", "date": "2026-01-01", "expires": "2026-03-20"}
    room.people(changed(ASTRID, consent={"site": until, "email": until}), BRAM)
    room.good_build()
    room.write("people.yaml", people)
    assert room.build(now="2026-03-19T23:59").code == 1
    assert says(room, "Vanterpool")
    ran = room.build(now="2026-03-20T00:00")
    assert ran.code == 3
    assert says(room, "Astrid") == says(room, "Vanterpool") == []
    assert says(room, "Oosterling")


def test_consent_ends_at_the_newsletter_s_midnight_also_when_its_time_zone_cannot_be_read(room: Newsroom):
    room.settings(timezone="Asia/Tehran")
    until = {"form": "full", "date": "2026-01-01", "expires": "2026-03-20"}
    room.people(changed(ASTRID, consent={"site": until, "email": until}), BRAM)
    room.good_build()
    broken_settings(room)
    assert room.build(now="2026-03-19T20:29+00:00").code == 1
    assert room.build(now="2026-03-19T20:31+00:00").code == 3
    assert says(room, "Vanterpool") == []


def drafted(room: Newsroom) -> None:
    room.story("night", "Word of night.", title="Title of night", status="draft")


def deleted(room: Newsroom) -> None:
    (room.folder / "stories/2026/night.md").unlink()


def expired(room: Newsroom) -> None:
    room.story("night", "Word of night.", title="Title of night", expires="2026-03-12 09:00")


def put_off(room: Newsroom) -> None:
    room.story("night", "Word of night.", title="Title of night", publish="2026-03-13")


@pytest.mark.parametrize("change", [drafted, deleted, expired, put_off])
def test_a_story_that_may_not_be_shown_any_more_is_in_no_byte(
    room: Newsroom, change: Callable[[Newsroom], None]
):
    room.good_build()
    shown = pictures_of(room, "night")
    change(room)
    broken_story(room)
    assert room.build().code == 3
    for words in ("Title of night", "Word of night", "Summary of night"):
        assert says(room, words) == []
    assert len(shown) == 2
    assert not any((room.site / one).exists() for one in shown)
    assert says(room, "Title of tea")
    assert says(room, "Title of day")
    assert 'class="page-notice"' in (room.site / "en/stories/old-night.html").read_text("utf-8")
    assert "night/en" not in (room.site / ".yearround.json").read_text("utf-8")
    assert not (room.site / "sitemap.xml").exists()


def test_a_story_says_less_of_a_name_from_the_next_build_on(room: Newsroom):
    room.good_build()
    room.story(
        "night", "Word of [*](@p-1 'one of us').", heroes=["p-1"], consent={"p-1": {"form": "initials"}}
    )
    broken_story(room)
    assert room.build().code == 3
    beside = {address: text for address, text in everything(room.site).items() if "title of night" in text}
    assert where("Vanterpool", beside) == where("Astrid", beside) == []
    assert "Title of night" not in (room.site / "en/heroes/p-1.html").read_text("utf-8")
    room.story("tea", "Words.")
    room.good_build()
    assert "A. V." in (room.site / "en/stories/night.html").read_text("utf-8")
    assert says(room, "Vanterpool") == says(room, "Astrid") == []


def test_a_narrowing_reaches_the_mail_and_not_the_site(room: Newsroom):
    room.good_build()
    assert where("Vanterpool", everything(room.outbox))
    room.story("night", "Word of [*](@p-1 'one of us').", consent={"p-1": {"channels": ["site"]}})
    broken_story(room)
    assert room.build().code == 3
    assert where("Vanterpool", everything(room.outbox)) == []
    assert where("Vanterpool", everything(room.site))


def test_an_edition_that_is_a_draft_again_leaves_with_its_subject(room: Newsroom):
    room.good_build()
    room.edition("2026-w11", "Opening words.", subject="Subject of w11", status="draft")
    broken_story(room)
    assert room.build().code == 3
    assert says(room, "Subject of w11") == says(room, "Opening words") == []
    assert list(room.outbox.glob("2026*")) == []
    assert 'class="page-story"' in (room.site / "en/stories/day.html").read_text("utf-8")


def holding(folder: Path, words: bytes) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and words in path.read_bytes()
    )


@pytest.mark.parametrize("broken", [False, True])
def test_a_damaged_byte_in_a_page_keeps_nobody_s_name(room: Newsroom, broken: bool):
    room.good_build()
    damaged = room.site / "en/stories/index.html"
    damaged.write_bytes(damaged.read_bytes() + b"\xe9")
    withdraw(room)
    if broken:
        broken_story(room)
    ran = room.build()
    assert ran.code == (3 if broken else 0)
    assert says(room, "Vanterpool") == []
    assert holding(room.folder / ".yearround/sites", b"Vanterpool") == []
    if broken:
        assert 'class="page-notice"' in damaged.read_text("utf-8")
        assert "Title of tea" in (room.site / "en/index.html").read_text("utf-8")


def test_a_mistake_of_ours_in_one_folder_keeps_nobody_s_name_in_the_others(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
):
    room.good_build()
    room.story("tea", "Other words.", title="Title of tea")
    room.good_build()
    withdraw(room)
    takes_out = publish.withdraw

    def mistaken(folder: Path, *more: Any) -> tuple[str, ...]:
        if folder == room.site:
            raise LookupError("we are wrong")
        return takes_out(folder, *more)

    monkeypatch.setattr(publish, "withdraw", mistaken)
    with pytest.raises(LookupError):
        room.build()
    assert where("Vanterpool", everything(room.outbox)) == []
    assert holding(room.folder / ".yearround/sites", b"Vanterpool") == []


# ---- sites of other folders, kept in the newsroom


def test_a_name_taken_back_leaves_the_kept_sites_of_every_other_folder(room: Newsroom):
    tries = {"try": "staff", "try-public": "public", str(room.folder.parent / "away"): "staff"}
    for words in ("One.", "Two."):
        room.story("night", f"{words} With [*](@p-1).", heroes=["p-1"], audience="public")
        for out, audience in tries.items():
            to = str(room.folder / out)
            assert room.build("--out", to, "--audience", audience).code == 0
    room.good_build()
    for out in tries:
        shutil.rmtree(room.folder / out)
    sites = room.folder / ".yearround/sites"
    assert len({one.partition("/")[0] for one in holding(sites, b"Vanterpool")}) == 3
    channels = dict.fromkeys(("site", "email", "print"), YES)
    room.people(changed(ASTRID, consent=channels), BRAM, NOBODY, PRIVATE)
    assert room.build().code == 0
    shown = holding(sites, b"Vanterpool")
    assert shown  # on the intranet she may be named as before
    assert [one for one in shown if one.startswith("try-public/")] == []
    withdraw(room)
    assert room.build().code == 0
    assert holding(sites, b"Vanterpool") == []
    assert holding(sites, b"Bram")


def test_what_killed_builds_of_another_folder_left_loses_the_name_too_and_the_site_on_its_way_out_stays(
    room: Newsroom,
):
    for words in ("One.", "Two."):
        room.story("night", f"{words} With [*](@p-1).")
        assert room.build("--out", str(room.folder / "try")).code == 0
    there = room.folder / ".yearround/sites/try"
    (room.folder / "try").rename(there / "out")
    shutil.copytree(there / "out", there / "stage")
    shutil.copytree(there / "out", there / "gone")
    shutil.copytree(there / "out", there / "kept/000000009")
    (there / "kept/000000009/.yearround.json").unlink()
    (there / "notes.txt").write_text("Vanterpool, by somebody else")
    room.good_build()
    assert sorted(one.name for one in there.iterdir()) == ["kept", "notes.txt", "out"]
    assert holding(there / "out", b"Vanterpool")
    withdraw(room)
    assert room.build().code == 0
    assert holding(there, b"Vanterpool") == ["notes.txt"]
    room.write("2026/tea.md", "---\ntitle: x\ndate: never\n---\n")
    assert room.build("--out", str(room.folder / "try")).code == 1
    assert (room.folder / "try/en/stories/day.html").exists()


def test_a_kept_site_of_another_folder_that_cannot_be_judged_is_said_and_the_others_are_seen_to(
    room: Newsroom,
):
    for out in ("a", "b"):
        for words in ("One.", "Two."):
            room.story("night", f"{words} With [*](@p-1).")
            assert room.build("--out", str(room.folder / out)).code == 0
    sites = room.folder / ".yearround/sites"
    (sites / "a/kept/000000001/.yearround.json").write_text("{")
    withdraw(room)
    ran = room.build()
    assert ran.code == 1
    assert "[record-damaged]" in ran.err
    assert holding(sites / "b", b"Vanterpool") == []


# ---- the people file elsewhere


def test_the_people_file_may_stand_elsewhere(room: Newsroom, tmp_path: Path):
    (room.folder / "stories/people.yaml").unlink()
    elsewhere = tmp_path / "safe" / "who.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(dump([ASTRID, BRAM]), "utf-8")
    assert room.run("build", "--people", str(elsewhere)).code == 0
    assert says(room, "Vanterpool")
    elsewhere.write_text(dump([changed(ASTRID, withdrawn="2026-03-01"), BRAM]), "utf-8")
    ran = room.run("build", env={"YEARROUND_PEOPLE": str(elsewhere)})
    assert ran.code == 0
    assert says(room, "Vanterpool") == []


@pytest.mark.parametrize("how", ["--people", "YEARROUND_PEOPLE"])
@pytest.mark.parametrize("verb", ["build", "digest", "check"])
def test_where_it_is_named_and_missing_nothing_is_built(room: Newsroom, tmp_path: Path, how: str, verb: str):
    away = str(tmp_path / "away.yaml")
    option, env = ([how, away], {}) if how == "--people" else ([], {how: away})
    ran = room.run(verb, *option, env=env)
    assert ran.code == 1
    assert f"error: {away}" in ran.err
    assert "nothing is built" in ran.err
    assert not room.site.exists()
    assert not room.outbox.exists()


# ---- names where only references may stand

NAME = "Astrid Vanterpool"

BARE: Mapping[str, Callable[[Newsroom], object]] = {
    "title": lambda room: room.story("tea", title=f"On {NAME}"),
    "summary": lambda room: room.story("tea", summary=f"On {NAME}"),
    "why_it_matters": lambda room: room.story("tea", why_it_matters=f"On {NAME}"),
    "body": lambda room: room.story("tea", f"On {NAME}"),
    "by": lambda room: room.story("tea", by=NAME),
    "tags": lambda room: room.story("tea", tags=[NAME]),
    "aliases": lambda room: room.story("tea", aliases=["2019/astrid-vanterpool/"]),
    "customer": lambda room: room.story("tea", customer={"as": NAME}),
    "alt": lambda room: room.story("tea", picture={"file": "night.jpg", "alt": NAME}),
    "credit": lambda room: room.story("tea", picture={"file": "night.jpg", "alt": "A ward", "credit": NAME}),
    "id": lambda room: room.story("astrid-vanterpool", title="On her", date="2026-03-01"),
    "picture's name": lambda room: room.write("2026/vanterpool_astrid.jpg", picture()),
    "file's name": lambda room: room.write("files/Astrid Vanterpool.pdf", b"-"),
    "file's folder": lambda room: room.write("files/astrid-vanterpool/rota.pdf", b"-"),
    "words in one": lambda room: room.write("files/AstridVanterpool.pdf", b"-"),
    "subject": lambda room: room.edition("2026-w12", subject=NAME),
    "preheader": lambda room: room.edition("2026-w12", preheader=NAME),
    "opening": lambda room: room.edition("2026-w12", f"Thanks to {NAME}."),
    "edition's id": lambda room: room.edition("astrid-vanterpool"),
    "newsletter's title": lambda room: room.settings(title={"en": f"The {NAME} Times"}),
    "sender": lambda room: room.settings(digest={"from": f"{NAME} <a@example.org>"}),
    "team's name": lambda room: room.write(
        "teams.yaml", dump([{"id": "ward", "name": NAME, "headcount": 9}])
    ),
    "phrase of a reference": lambda room: room.story("tea", f'Thanks, [*](@p-1 "{NAME}")'),
    "pattern of a reference": lambda room: room.story("tea", f"Thanks, [{NAME} *](@p-1)"),
    "phrase in a title": lambda room: room.story("tea", title=f"Thanks, [*](@p-2 '{NAME}')"),
    "half in a phrase": lambda room: room.story("tea", 'Astrid [*](@p-2 "Vanterpool")'),
    "link's words": lambda room: room.story("tea", f"[{NAME}](https://example.org)"),
    "link's address": lambda room: room.story("tea", "[her](https://example.org/Astrid%20Vanterpool)"),
    "link's title": lambda room: room.story("tea", f'[her](https://example.org "{NAME}")'),
    "reference link's title": lambda room: room.story(
        "tea", f'[her][x]\n\n[x]: https://example.org "{NAME}"'
    ),
    "markup within": lambda room: room.story("tea", "A**strid** Vanterpool"),
    "entities": lambda room: room.story("tea", "&#65;strid Vanterpool"),
    "entities in an attribute": lambda room: room.story(
        "tea", '<span title="&#65;strid Vanterpool">she</span>'
    ),
    "raw HTML": lambda room: room.story("tea", f"<div>{NAME}</div>"),
    "code": lambda room: room.story("tea", f"    {NAME}"),
    "footnote": lambda room: room.story("tea", f"So[^1].\n\n[^1]: {NAME}"),
    "abbreviation": lambda room: room.story("tea", f"The AV.\n\n*[AV]: {NAME}"),
    "heading's id": lambda room: room.story("tea", "## She {#astrid-vanterpool}"),
    "family name first": lambda room: room.story("tea", "VANTERPOOL, Astrid"),
    "two lines": lambda room: room.story("tea", "Astrid\nVanterpool"),
    "soft hyphen": lambda room: room.story("tea", "Astrid Vanter\u00adpool"),
    "space of no width": lambda room: room.story("tea", "As\u200btrid Vanterpool"),
    "loose accents": lambda room: room.story("tea", "A\u0301strid Vanterpool"),
}


@pytest.mark.parametrize("place", BARE)
def test_a_name_written_out_is_an_error_and_nothing_is_published(room: Newsroom, place: str):
    BARE[place](room)
    ran = room.build()
    assert ran.code == 1
    assert "is the name of p-1, written out where their consent cannot reach it" in ran.err
    assert not room.site.exists()


def test_a_full_name_that_is_someone_else_s_can_be_excused(room: Newsroom):
    room.story("tea", f"The singer {NAME} came by.", not_a_name=[NAME])
    assert room.build().code == 0


def test_the_environment_of_whoever_runs_the_tests_names_no_people_file():
    assert "YEARROUND_PEOPLE" not in os.environ


def test_a_story_taken_down_leaves_the_pages_that_led_to_it_even_in_an_erring_build(tmp_path: Path):
    room = newsroom(tmp_path / "room")
    for number in range(12):
        room.story(f"other-{number}", title=f"{'abcdefghijkl'[number] * 6}", date="2026-01-02")
    room.story("first", title="Word of the lantern", date="2026-02-01", tags=["rare"])
    room.story("second", title="Nothing alike", date="2026-02-02", tags=["rare"])
    assert room.build().code == 0
    page = room.site / "en/stories/second.html"
    assert "Word of the lantern" in page.read_text("utf-8")
    room.story("first", title="Word of the lantern", date="2026-02-01", tags=["rare"], status="draft")
    broken_story(room)
    assert room.build().code == 3
    left = page.read_text("utf-8")
    assert "lantern" not in left
    assert "Nothing alike" in left
    assert '<article class="card' not in left  # the style sheet shows no heading over nothing

"""What somebody took back is in no byte of what is kept from build to build, and what nobody took back stays kept."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from builder.deliver.cache import ASIDE, FILE, Cache
from tests.newsroom import Newsroom, newsroom, person, picture

ASTRID = person("p-1", "Astrid Vanterpool", "Astrid")
BRAM = person("p-2", "Bram Oosterling", "Bram")
OMID = person("p-9", "Omid Karimi", "Omid", recognition="private")


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Two stories, each with a picture of somebody, and a text without anybody."""
    room = newsroom(tmp_path)
    room.people(ASTRID, BRAM)
    for name, who, colour in (("night", "p-1", "teal"), ("day", "p-2", "navy")):
        room.write(f"2026/{name}.jpg", picture(colour))
        room.story(name, picture={"file": f"{name}.jpg", "alt": "Someone at work", "shows": [who]})
    room.story("tea", "Word of tea: it was hot.")
    return room


def good_build(room: Newsroom) -> None:
    ran = room.build()
    assert ran.code == 0, ran.err


def house(room: Newsroom) -> Path:
    return room.folder / ".yearround"


def kept(room: Newsroom, kind: str) -> set[str]:
    """The keys of what the cache holds of a kind."""
    with closing(sqlite3.connect(house(room) / FILE)) as connection:
        return {key for (key,) in connection.execute("SELECT key FROM kept WHERE kind = ?", (kind,))}


def pictures_in(room: Newsroom, name: str) -> list[bytes]:
    """The bytes of a story's picture on the site: the WebP, and the JPEG for browsers that know none."""
    html = (room.site / f"en/stories/{name}.html").read_text()
    found = sorted(set(re.findall(r"pictures/[0-9a-f]+\.[a-z]+", html)))
    assert {one.rpartition(".")[2] for one in found} == {"jpg", "webp"}
    return [(room.site / one).read_bytes() for one in found]


def says(room: Newsroom, *what: bytes) -> list[str]:
    """The files below `.yearround/` that hold any of these bytes, kept sites aside: those say what was published then."""
    return [
        path.relative_to(house(room)).as_posix()
        for path in sorted(house(room).rglob("*"))
        if path.is_file()
        and path.relative_to(house(room)).parts[0] != "sites"
        and any(one.lower() in path.read_bytes().lower() for one in what)
    ]


def withdraw(room: Newsroom) -> None:
    room.people({**ASTRID, "withdrawn": "2026-03-10"}, BRAM)


def with_an_error(room: Newsroom) -> None:
    room.story("broken", date="yesterday")


def without_one(room: Newsroom) -> None:
    pass


def as_before_an_upgrade(room: Newsroom) -> None:
    with closing(sqlite3.connect(house(room) / FILE)) as connection, connection:
        connection.execute("UPDATE made SET by = 'an older one'")


@pytest.mark.parametrize("also", [without_one, with_an_error])
def test_a_picture_that_was_taken_back_is_kept_nowhere(room: Newsroom, also: Callable[[Newsroom], None]):
    good_build(room)
    hers, his = pictures_in(room, "night"), pictures_in(room, "day")
    assert says(room, *hers) == [FILE]
    withdraw(room)
    also(room)
    assert ("Nothing was published" in room.build().out) is (also is with_an_error)
    assert says(room, *hers) == []
    assert says(room, *his) == [FILE]
    assert (len(kept(room, "picture")), len(kept(room, "picture-data"))) == (1, 2)


def test_a_picture_that_nobody_may_see_is_not_even_made_ready(room: Newsroom):
    withdraw(room)
    room.write("2026/night.jpg", b"no picture at all")
    good_build(room)
    assert len(kept(room, "picture-data")) == 2
    room.people(ASTRID, BRAM)
    assert "2026/night.jpg" in room.build().err


def test_a_picture_that_one_story_may_show_is_made_ready(room: Newsroom):
    room.story(
        "evening",
        "Here: ![Someone](day.jpg)",
        consent={"p-2": {"channels": ["email"]}},
    )
    good_build(room)
    assert len(kept(room, "picture-data")) == 4
    assert "/pictures/" not in (room.site / "en/stories/evening.html").read_text()
    assert pictures_in(room, "day")


def test_what_was_put_aside_by_an_upgrade_is_forgotten(room: Newsroom):
    good_build(room)
    hers = pictures_in(room, "night")
    as_before_an_upgrade(room)
    good_build(room)
    assert says(room, *hers) == [ASIDE, FILE]
    withdraw(room)
    room.build()
    assert says(room, *hers) == []


@pytest.mark.parametrize("also", [without_one, with_an_error])
def test_texts_of_stories_that_stand_stay_kept(room: Newsroom, also: Callable[[Newsroom], None]):
    good_build(room)
    texts, pages = kept(room, "text"), kept(room, "page")
    withdraw(room)
    also(room)
    room.build()
    assert texts <= kept(room, "text")
    assert pages <= kept(room, "page") | {"staff:en/people/p-1.html"}


def test_a_build_that_was_ended_leaves_its_forgetting_to_the_next(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
):
    good_build(room)
    hers = pictures_in(room, "night")
    withdraw(room)

    def killed(self: Cache, *, forget: bool = False, printed: bool = False) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Cache, "tidy", killed)
        assert room.build().code != 0
    assert says(room, *hers) == [FILE]
    assert not room.build().out.startswith("Taken out")
    assert says(room, *hers) == []


# ---- a name that stood in a text before its bearer was entered


def named(room: Newsroom) -> None:
    room.story("said", "# Thanks to Omid Karimi\n\nOmid Karimi said so.\n\n[Again](#thanks-to-omid-karimi)")


def corrected(room: Newsroom) -> None:
    room.story("said", '# Thanks\n\n[*](@p-9 "A colleague") said so.')


def nowhere(room: Newsroom) -> bool:
    return says(room, b"Karimi") == []


def test_a_name_entered_later_is_forgotten_once_it_is_corrected(room: Newsroom):
    named(room)
    good_build(room)
    assert says(room, b"Karimi") == [FILE]
    room.people(ASTRID, BRAM, OMID)
    ran = room.build()
    assert "Omid Karimi" in ran.err
    assert kept(room, "page"), "pages that stand are not printed anew for it"
    corrected(room)
    good_build(room)
    assert nowhere(room)


def test_one_that_is_entered_and_corrected_at_once_is_forgotten_too(room: Newsroom):
    named(room)
    good_build(room)
    room.people(ASTRID, BRAM, OMID)
    corrected(room)
    good_build(room)
    assert nowhere(room)


def test_one_that_was_excused_is_forgotten_when_it_is_so_no_more(room: Newsroom):
    room.people(ASTRID, BRAM, OMID)
    room.story("said", "Thanks to Omid Karimi, another one.", not_a_name=["Omid Karimi", "Omid", "Karimi"])
    good_build(room)
    assert not nowhere(room)
    room.story("said", "Thanks to Omid Karimi, another one.")
    assert room.build().code != 0
    corrected(room)
    good_build(room)
    assert nowhere(room)


def test_a_story_that_became_a_draft_leaves_no_text_behind(tmp_path: Path):
    room = newsroom(tmp_path / "room")
    room.story("night", "Words that were seen.")
    room.story("day", "Words that stay.")
    assert room.build().code == 0
    room.story("night", "Words that were seen.", status="draft")
    room.story("evening", "A [way](nowhere.md) to nowhere.")
    assert room.build().code == 3
    cache = (room.folder / ".yearround" / "cache.db").read_bytes()
    assert b"Words that were seen." not in cache
    assert b"Words that stay." in cache

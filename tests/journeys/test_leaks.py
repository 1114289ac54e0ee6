"""Ways in which a name or a refused story could slip out sideways, each tried."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from tests.newsroom import Newsroom, everything, newsroom, person, picture, where

NEVER: Mapping[str, Any] = {"channels": []}
INITIALS = {"form": "initials"}


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Astrid Vanterpool agrees to everything, Bram Oosterling to nothing; nobody has written anything yet."""
    room = newsroom(tmp_path)
    room.people(
        person("p-1", "Astrid Vanterpool", "Astrid"),
        person("p-2", "Bram Oosterling", "Bram", consent={}),
    )
    return room


def says(room: Newsroom, words: str) -> list[str]:
    return where(words, everything(room.site, room.outbox))


def page(room: Newsroom, address: str) -> str:
    return (room.site / address).read_text("utf-8")


def test_titles_descriptions_and_hover_words_are_filled_like_any_text(room: Newsroom):
    room.story(
        "night",
        '[there](https://example.org "with [*](@p-2 \'a friend\')") <abbr title="[*](@p-2)">AB</abbr>',
        title="By [*](@p-2 'a friend')",
        summary="For [*](@p-2 'a friend')",
    )
    room.edition("2026-w11", subject="To [*](@p-2 'a friend')")
    room.good_build()
    assert says(room, "Oosterling") == says(room, "Bram") == []
    html = page(room, "en/stories/night.html")
    assert "<title>By a friend · The Light</title>" in html
    assert 'content="For a friend"' in html
    assert 'title="with a friend"' in html


@pytest.mark.parametrize(
    "body",
    [
        "<div>[*](@p-1)</div>",
        "`[*](@p-1)`",
        "    [*](@p-1)",
        "~~~\n[*](@p-1)\n~~~",
        "<!-- [*](@p-1) -->",
        "\\[*](@p-1)",
        "*[AB]: [*](@p-1)\n\nAB",
        '[x][y]\n\n[y]: https://example.org "[*](@p-1)"',
    ],
)
def test_where_a_reference_is_not_understood_no_name_is_put(room: Newsroom, body: str):
    room.story("night", f"Words.\n\n{body}")
    room.build()
    assert says(room, "Vanterpool") == []


@pytest.mark.parametrize(
    "slot", ["\ue0000\ue001", "&#xe000;0&#xe001;", "&#57344;0&#57345;", "&#xE000;7&#xE001;"]
)
def test_nobody_can_forge_the_place_of_a_name(room: Newsroom, slot: str):
    room.story("night", f'<span title="{slot}">{slot}</span> and [*](@p-1 "a nurse")', consent={"p-1": NEVER})
    room.edition("2026-w11")
    room.good_build()
    assert says(room, "Vanterpool") == []
    assert page(room, "en/stories/night.html").partition('class="prose"')[2].count("a nurse") == 1


def test_tags_and_extra_name_nobody(room: Newsroom):
    room.story("night", tags=["[*](@p-1)"], extra={"photographer": "Astrid Vanterpool", "who": ["[*](@p-1)"]})
    room.build()
    assert says(room, "Vanterpool") == []


def test_an_excerpt_never_begins_or_ends_within_a_reference(room: Newsroom):
    for length in range(180, 240, 3):
        body = (
            "x" * 5
            + " word" * (length // 5)
            + ' [*](@p-2 "someone with a longer name than that") went on and on' * 3
        )
        room.story(f"cut-{length}", body)
    room.edition("2026-w11")
    room.good_build()
    assert says(room, "Oosterling") == []
    for listing in room.site.glob("en/stories/index.html"):
        assert "(@p-" not in listing.read_text("utf-8")
        assert "\ue000" not in listing.read_text("utf-8")


def test_an_address_never_takes_the_name(room: Newsroom):
    room.story("night", "## What [*](@p-1) did {: #part }\n\n## What [*](@p-1) did\n\nWords.", heroes=["p-1"])
    room.good_build() if (room.folder / "stories/editions").exists() else room.build()
    for path in (*room.site.rglob("*"),):
        assert "vanterpool" not in path.as_posix().casefold()
    html = page(room, "en/stories/night.html")
    assert 'id="what-did"' in html
    assert "Vanterpool" in html


# ---- one story says less of a name


@pytest.mark.parametrize("where_said", ["night", "night.fa"])
def test_a_hero_of_whom_a_story_says_less_is_not_led_to_by_it_nor_listed_with_it(
    room: Newsroom, where_said: str
):
    less: dict[str, Any] = {"consent": {"p-1": INITIALS}}
    room.story("night", "Of [*](@p-1).", heroes=["p-1"], **(less if where_said == "night" else {}))
    room.story("night.fa", "Of [*](@p-1).", title="Of night", **(less if where_said == "night.fa" else {}))
    room.story("day", "Of [*](@p-1).", heroes=["p-1"])
    assert room.build().code == 0
    for language in ("en", "fa", "el"):
        listed = page(room, f"{language}/heroes/p-1.html")
        assert "Vanterpool" in listed
        assert "stories/day.html" in listed
        assert "night" not in listed
    told = page(room, f"{'en' if where_said == 'night' else 'fa'}/stories/night.html")
    assert "A. V." in told
    assert "Vanterpool" not in told
    assert "heroes/p-1.html" not in told
    assert "heroes/p-1.html" in page(room, "en/stories/day.html")


def test_who_is_a_hero_and_closed_in_one_translation_alone_is_on_no_page_with_it(room: Newsroom):
    room.story("night", "Words.", heroes=["p-1"])
    room.story("night.fa", "Of [*](@p-1 'یکی').", title="Of night", heroes=[], consent={"p-1": NEVER})
    assert room.build().code == 0
    assert not list(room.site.glob("*/heroes/p-1.html"))
    assert "Vanterpool" not in page(room, "fa/stories/night.html")
    assert "Vanterpool" in page(room, "en/stories/night.html")


def test_a_translation_cannot_give_back_what_its_original_took_away(room: Newsroom):
    room.story("night", "Of [*](@p-1).", consent={"p-1": INITIALS})
    room.story("night.fa", "Of [*](@p-1).", title="Of night", consent={"p-1": {"form": "full"}})
    room.story("night.el", "Of [*](@p-1).", title="Of night", consent={})
    assert room.build().code == 0
    assert says(room, "Vanterpool") == says(room, "Astrid") == []


def test_nor_what_it_took_away_in_a_draft_that_has_an_error(room: Newsroom):
    room.story("night", "Of [*](@p-1).", status="draft", consent={"p-1": {"channels": ["emial"]}})
    room.story(
        "night.fa", "Of [*](@p-1).", title="Of night", status="ready", consent={"p-1": {"form": "full"}}
    )
    room.build()
    assert says(room, "Vanterpool") == []


# ---- pictures


@pytest.mark.parametrize(
    "how", ["in another story's text", "as another story's picture", "in an edition", "first in a draft"]
)
def test_a_picture_shows_whom_any_story_says_it_shows(room: Newsroom, how: str):
    room.write("2026/group.jpg", picture())
    status = "draft" if how == "first in a draft" else "ready"
    room.story("night", picture={"file": "group.jpg", "alt": "Us", "shows": ["p-1", "p-2"]}, status=status)
    if how == "in an edition":
        room.edition("2026-w11", "![Us](../2026/group.jpg)")
    elif how == "as another story's picture":
        room.story("day", picture={"file": "group.jpg", "alt": "Us"})
    else:
        room.story("day", "![Us](group.jpg)")
    assert room.build().code == 0
    assert not (room.site / "pictures").exists()
    assert where("<img", everything(room.site)) == []


def test_a_picture_loses_what_its_file_says_of_people(room: Newsroom):
    room.write("2026/night.jpg", picture("red", "Astrid Vanterpool"))
    assert b"Vanterpool" in (room.folder / "stories/2026/night.jpg").read_bytes()
    room.story("night", "![Us](night.jpg)\n\nWords.", picture={"file": "night.jpg", "decoration": True})
    assert room.build().code == 0
    assert sorted(one.suffix for one in room.site.glob("pictures/*")) == [".jpg", ".webp"]
    assert says(room, "Vanterpool") == []


@pytest.mark.parametrize("format", ["JPEG", "PNG", "PNG that one sees through", "WEBP", "TIFF"])
def test_no_file_of_a_picture_says_where_when_or_by_whom_it_was_taken(room: Newsroom, format: str):
    data = telling_picture(format)
    for words in (b"Vanterpool", b"Remark of hers", b"2026:03:04"):
        assert words in data, "the picture was to say all of it"
    kind = format.partition(" ")[0]
    room.write(f"2026/night.{kind.lower()}", data)
    room.story("night", picture={"file": f"night.{kind.lower()}", "alt": "A ward"})
    assert room.build().code == 0
    files = sorted(room.site.glob("pictures/*"))
    assert sorted(one.suffix for one in files) == [
        ".png" if "through" in format else ".jpg",
        *[".webp"] * 4,
    ]
    for file in files:
        written = file.read_bytes()
        for words in (b"Vanterpool", b"Remark", b"2026:03:04", b"Exif", b"EXIF", b"xmp", b"XMP", b"ICC"):
            assert words not in written, (file.name, words)
        with Image.open(file) as opened:
            opened.load()
            assert dict(opened.getexif()) == {}
            assert dict(opened.getexif().get_ifd(ExifTags.IFD.GPSInfo)) == {}
            kept = set(opened.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
            assert kept <= {"progressive", "progression", "loop", "background", "timestamp", "duration"}
            assert (opened.width > opened.height) is False, "it was turned upright"


def telling_picture(format: str) -> bytes:
    """A large picture that lies on its side and says in every way that it can who took it, where and when."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Vanterpool"
    exif[ExifTags.Base.DateTime] = "2026:03:04 05:06:07"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (59.0, 19.0, 3.0), 29: "2026:03:04"})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><by>Remark of hers</by></x:xmpmeta>'
    text = PngInfo()
    text.add_text("Comment", "Remark of hers")
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    options: dict[str, Any] = {
        "JPEG": {"exif": exif, "comment": b"Remark of hers", "xmp": xmp},
        "PNG": {"exif": exif, "pnginfo": text},
        "WEBP": {"exif": exif, "xmp": xmp},
        "TIFF": {"exif": exif, "description": "Remark of hers"},
    }
    mode, colour = ("RGBA", (20, 90, 90, 120)) if "through" in format else ("RGB", (20, 90, 90))
    out = io.BytesIO()
    kind = format.partition(" ")[0]
    Image.new(mode, (2400, 1800), colour).save(out, kind, **options[kind])
    return out.getvalue()


# ---- what is refused leaves no trace


def test_redirects_feeds_and_the_site_map_do_not_remember_a_story(room: Newsroom):
    room.story("quern", "Words.", title="Of quern", aliases=["evening", "2019/late/"])
    room.story("day")
    assert room.build().code == 0
    assert says(room, "stories/quern.html")
    assert "evening" in page(room, "en/feed.xml")
    for change in ({"status": "draft"}, {"expires": "2026-03-01"}, {"date": "2026-05-01"}):
        room.story("quern", "Words.", **{"title": "Of quern", "aliases": ["evening", "2019/late/"], **change})
        assert room.build().code == 0
        for words in ("quern", "evening", "2019/late"):
            assert says(room, words) == [], words
        room.story("quern", "Words.", title="Of quern", aliases=["evening", "2019/late/"])
        assert room.build().code == 0


def test_the_record_of_the_site_holds_ids_and_no_names(room: Newsroom):
    room.people(
        person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-12-01"),
        person("p-2", "Bram Oosterling", "Bram", consent={}),
    )
    room.story("night", "Of [*](@p-1) and [*](@p-2 'a friend').", heroes=["p-1", "p-2"])
    room.build()
    record = page(room, ".yearround.json")
    assert "p-1" in record
    assert "Astrid" not in record
    assert "p-2" not in record


def test_the_public_site_has_no_edition_for_staff_and_no_story_of_theirs(room: Newsroom):
    room.story("quern", "Inside words.", title="Inside title")
    room.story("day", "Open words.", title="Open title", audience="public")
    room.edition("2026-w11", "Opening for staff.", subject="Subject for staff", stories=["quern", "day"])
    room.edition(
        "2026-w10", "Opening for all.", subject="Subject for all", date="2026-03-05", audience="public"
    )
    for audience, wanted in (("public", True), ("visitors", True), ("staff", False)):
        out = room.folder / f"site-{audience}"
        assert room.run("build", "--audience", audience, "--out", str(out)).code == 0
        told = everything(out)
        for words in ("Inside words", "Inside title", "for staff", "quern"):
            assert (where(words, told) == []) is wanted, words
        assert where("Open words", told)
        assert where("Subject for all", told)


def test_what_a_site_for_others_says_of_people_is_what_they_allow_the_public(room: Newsroom):
    yes = {"date": "2026-01-01"}
    room.people(
        person(
            "p-1",
            "Astrid Vanterpool",
            "Astrid",
            consent={"site": {"form": "full", **yes}, "public": {"form": "first", **yes}},
        ),
        person("p-2", "Bram Oosterling", "Bram", consent={"site": {"form": "full", **yes}}),
    )
    room.story("day", "Of [*](@p-1) and [*](@p-2).", heroes=["p-1", "p-2"], audience="public")
    for audience in ("public", "visitors"):
        out = room.folder / audience
        assert room.run("build", "--audience", audience, "--out", str(out)).code == 0
        told = everything(out)
        assert where("Astrid", told)
        for words in ("Vanterpool", "Oosterling", "Bram"):
            assert where(words, told) == []
        assert not list(out.glob("*/heroes/p-2.html"))


def test_files_for_staff_are_not_given_to_the_public(room: Newsroom):
    room.write("files/rota.txt", "Whole rota")
    room.write("files/menu.txt", "Whole menu")
    room.story("night", "The [rota](../files/rota.txt).")
    room.story("day", "The [menu](../files/menu.txt).", audience="public")
    assert room.build().code == 0
    assert (room.site / "files/rota.txt").exists()
    out = room.folder / "site-public"
    assert room.run("build", "--audience", "public", "--out", str(out)).code == 0
    told = everything(out)
    assert where("Whole menu", told)
    assert where("Whole rota", told) == where("rota", told) == []


def test_consent_taken_back_leaves_a_public_site_when_it_is_built_next(room: Newsroom):
    room.story("day", "Of [*](@p-1).", heroes=["p-1"], audience="public")
    out = room.folder / "site-public"
    assert room.run("build", "--audience", "public", "--out", str(out)).code == 0
    assert where("Vanterpool", everything(out))
    room.people(person("p-1", "Astrid Vanterpool", "Astrid", withdrawn="2026-03-01"))
    room.write("2026/wrong.md", "no front matter")
    ran = room.run("build", "--audience", "public", "--out", str(out))
    assert ran.code == 3
    assert where("Vanterpool", everything(out)) == []


def test_drafts_and_the_future_give_nothing_to_what_is_published(room: Newsroom):
    room.write("2026/later.jpg", picture("gold"))
    for name, front in (("draft", {"status": "draft"}), ("later", {"date": "2026-05-01"})):
        room.story(
            name,
            "Quernstone words.",
            **{"title": "Quernstone", "tags": ["quernstone"], "heroes": ["p-1"], **front},
            picture={"file": "later.jpg", "alt": "Quernstone"},
        )
    room.edition("2026-w11", stories=["draft", "later"])
    room.edition("2026-w20", "Quernstone", date="2026-05-10", subject="Quernstone")
    room.good_build()
    assert says(room, "quernstone") == []
    assert not (room.site / "pictures").exists()
    assert not list(room.site.glob("*/heroes/p-1.html"))

"""Editions: their words in each language, and what they name."""

from __future__ import annotations

import pytest

from builder.model.edition import Edition, EditionKind
from builder.model.story import Status
from builder.problem import Level
from tests.values import at, said, sources, story, understood


def read(files: dict[str, str | bytes]) -> dict[str, Edition]:
    newsroom, problems = understood(sources({"a.md": story()}, editions=files))
    assert not problems, said(problems)
    return {one.id: one for one in newsroom.editions}


def test_an_edition_has_words_in_each_language_the_main_ones_first():
    files: dict[str, str | bytes] = {
        "w10.fa.md": "---\nsubject: شب\n---\nسلام\n",
        "w10.md": "---\ndate: 2026-03-05\nnumber: 10\nsubject: Night\nstories: [a]\n---\nHello\n",
    }
    edition = read(files)["w10"]
    assert (edition.number, edition.date, edition.kind, edition.stories) == (
        10,
        at("2026-03-05"),
        EditionKind.WEEKLY,
        ("a",),
    )
    assert [(one.lang, one.subject.parts, one.body) for one in edition.words] == [
        ("en", ("Night",), "Hello\n"),
        ("fa", ("شب",), "سلام\n"),
    ]


def test_an_edition_may_be_written_first_in_another_language():
    edition = read({"w10.fa.md": "---\ndate: 2026-03-05\n---\n", "w10.md": "---\nsubject: Night\n---\n"})[
        "w10"
    ]
    assert [one.lang for one in edition.words] == ["fa", "en"]


def test_what_an_edition_names_and_nothing_has_is_said_with_a_guess():
    files: dict[str, str | bytes] = {
        "w10.md": "---\ndate: 2026-03-05\nstories: [night-shfit]\nnumbers: [nps]\n---\n"
    }
    newsroom, problems = understood(sources({"night-shift.md": story()}, editions=files))
    assert [(one.code, one.line, one.column, one.guess) for one in problems] == [
        ("id-unknown", 3, 11, "night-shift"),
        ("id-unknown", 4, 11, ""),
    ]
    assert newsroom.editions == ()
    assert newsroom.lost == {"stories/editions/w10.md"}


def test_an_edition_may_name_a_story_that_has_an_error_of_its_own():
    files: dict[str, str | bytes] = {"w10.md": "---\ndate: 2026-03-05\nstories: [a]\n---\n"}
    _, problems = understood(sources({"a.md": story("team: nobody\n")}, editions=files))
    assert said(problems) == ["id-unknown 2026/a.md:4:7"]


def test_problems_in_a_draft_are_warnings():
    files: dict[str, str | bytes] = {"w10.md": "---\ndate: 2026-03-05\nstatus: draft\nstories: [b]\n---\n"}
    newsroom, problems = understood(sources({"a.md": story()}, editions=files))
    assert [one.level for one in problems] == [Level.WARNING]
    assert [one.status for one in newsroom.editions] == [Status.DRAFT]


def test_an_edition_without_a_date_is_lost():
    newsroom, problems = understood(sources(editions={"w10.md": "---\nsubject: a\n---\n"}))
    assert said(problems) == ["missing-key editions/w10.md:0:0"]
    assert newsroom.lost == {"stories/editions/w10.md"}


def test_names_of_files_and_languages_are_looked_at():
    files: dict[str, str | bytes] = {
        "Week 10.md": "---\ndate: 2026-03-05\n---\n",
        "w11.klingonish.md": "---\ndate: 2026-03-05\n---\n",
    }
    assert said(understood(sources(editions=files))[1]) == [
        "file-name editions/Week 10.md:0:0",
        "file-language editions/w11.klingonish.md:0:0",
    ]


def test_references_in_an_edition_are_looked_at():
    files: dict[str, str | bytes] = {
        "w10.md": "---\ndate: 2026-03-05\nsubject: '[*](@p-9)'\n---\n\n[*](@p-3)\n"
    }
    assert said(understood(sources(editions=files))[1]) == [
        "person-unknown editions/w10.md:3:11",
        "person-wants-none editions/w10.md:6:1",
    ]


def test_what_an_edition_is_about_and_what_has_to_be_filled():
    files: dict[str, str | bytes] = {
        "w10.md": "---\ndate: 2026-03-05\nkind: special\ntheme: Night\ntags: [night, dark]\n"
        "slots:\n  - lead\n  - small\n  - lead\none_per: week\n---\n",
        "w10.fa.md": "---\ntheme: شب\n---\n",
    }
    edition = read(files)["w10"]
    assert [one.theme.parts for one in edition.words] == [("Night",), ("شب",)]
    assert (edition.tags, edition.one_per) == (("night", "dark"), "week")
    assert [(one.slot.value, one.line, one.column, one.excerpt) for one in edition.slots] == [
        ("lead", 7, 5, "  - lead"),
        ("small", 8, 5, "  - small"),
    ]


def test_a_place_that_there_is_not_is_said_with_those_that_there_are():
    _, problems = understood(sources(editions={"w10.md": "---\ndate: 2026-03-05\nslots: [laed]\n---\n"}))
    assert [(one.code, one.line, one.guess) for one in problems] == [("choice", 3, "lead")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("subject: " + "a" * 42, []),
        ("subject: " + "a" * 43, [("subject-long", Level.WARNING)]),
        ("subject: " + "e\u0301" * 42, []),
        ("subject: " + "می\u200cآ" * 14, []),
        ('subject: \'[*](@p-1 "somebody somewhere with a long phrase")' + "a" * 30 + "'", []),
        ("preheader: " + "a" * 34, [("preheader-length", Level.HINT)]),
        ("preheader: " + "a" * 35, []),
        ("preheader: " + "a" * 120, []),
        ("preheader: " + "a" * 121, [("preheader-length", Level.HINT)]),
        ("preheader:", []),
    ],
)
def test_what_an_inbox_shows_has_a_length_counted_as_it_is_seen(head: str, expected: list[tuple[str, Level]]):
    _, problems = understood(sources(editions={"w10.md": f"---\ndate: 2026-03-05\n{head}\n---\n"}))
    assert [(one.code, one.level) for one in problems] == expected

"""Everything becomes a Newsroom, whatever is wrong with some of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.problem import Level, Problem
from tests.values import MEASURE, SETTINGS, codes, said, sources, story, understood


@pytest.mark.parametrize(
    "settings", [None, "", "title: T\n", "- a\n", "title: T: U\n", b"\xff\xfea", "timezone: Mars\n"]
)
def test_without_settings_there_is_a_newsroom_all_the_same(settings: str | bytes | None):
    newsroom, _ = understood(sources({"a.md": story()}, settings=settings))
    assert not newsroom.settings_known
    assert newsroom.people_known
    assert ([one.id for one in newsroom.stories], "p-1" in newsroom.people) == (["a"], True)


def test_broken_settings_are_said_and_the_rest_waits_for_them():
    _, problems = understood(
        sources({"a.md": story("team: nobody\n")}, settings="title: T\nlanguages: [en]\n")
    )
    assert codes(problems) == ["missing-key"]


def test_all_problems_of_all_files_are_said_at_once():
    given = sources(
        {"a.md": story("team: nobody\n"), "b.md": "", "c.md": b"\xff"},
        people="- {id: p-1}\n",
        teams="- {id: t, name: T}\n",
        editions={"e.md": "---\n---\n"},
        metrics={"m.yaml": MEASURE + "- {period: 2026, value: 101}\n"},
        settings=SETTINGS + "wibble: 1\n",
    )
    assert sorted({one.file.removeprefix("stories/") for one in understood(given)[1]}) == [
        "2026/a.md",
        "2026/b.md",
        "2026/c.md",
        "editions/e.md",
        "metrics/m.yaml",
        "newsletter.yaml",
        "people.yaml",
        "teams.yaml",
    ]


def test_a_people_file_that_cannot_be_understood_is_not_an_empty_one():
    broken, _ = understood(sources(people="- a: b: c\n"))
    empty, _ = understood(sources(people=""))
    missing, _ = understood(sources(people=None))
    unread, _ = understood(replace(sources(people=None), people_unread=True))
    assert [one.people_known for one in (broken, empty, missing, unread)] == [False, True, True, False]


def test_what_could_not_be_read_from_the_disk_is_lost_and_not_deleted():
    fault = Problem(
        code="unreadable",
        level=Level.ERROR,
        file="stories/2026/a.md",
        message="this cannot be read",
        mend="Look.",
    )
    newsroom, problems = understood(replace(sources({"b.md": story()}), problems=(fault,)))
    assert newsroom.lost == {"stories/2026/a.md"}
    assert problems == (fault,)


def test_a_measure_with_an_error_is_lost():
    newsroom, problems = understood(sources(metrics={"m.yaml": "name: a\n"}))
    assert newsroom.lost == {"stories/metrics/m.yaml"}
    assert set(codes(problems)) == {"missing-key"}


def test_all_that_editors_write_is_there_for_checks_of_wording():
    given = sources(
        {"a.md": story("summary: in summary\n", "in body\n")},
        settings=SETTINGS + "tagline: in settings\n",
        teams="- {id: t, name: in teams, headcount: 1}\n",
        editions={"e.md": "---\ndate: 2026-01-01\nsubject: in subject\n---\nin opening\n"},
        metrics={"m.yaml": MEASURE + "breaks: []\n"},
        pictures=("2026/in-picture.jpg",),
        files=("in-file.pdf",),
    )
    texts = {one.text.strip() for one in understood(given)[0].passages}
    assert texts >= {
        "in summary",
        "in body",
        "in settings",
        "in teams",
        "in subject",
        "in opening",
        "Would recommend",
        "in-picture.jpg",
        "in-file.pdf",
        "a",
        "e.md",
    }


def test_a_passage_knows_its_place():
    newsroom, _ = understood(sources({"a.md": story("summary: in summary\n", "\nin body\n")}))
    places = {
        one.text.strip(): (one.line, one.column) for one in newsroom.passages if one.file.endswith("a.md")
    }
    assert (places["in summary"], places["in body"]) == ((4, 10), (6, 1))


def test_the_order_of_files_on_disk_changes_nothing():
    given = sources({"b.md": story(), "a.md": story(), "a.fa.md": "---\ntitle: شب\n---\n"})
    turned = replace(given, stories=tuple(reversed(given.stories)))
    assert said(understood(given)[1]) == said(understood(turned)[1]) == []
    assert {one.file: one for one in understood(given)[0].stories} == {
        one.file: one for one in understood(turned)[0].stories
    }

"""The table of rules, each shown a newsroom that breaks it."""

from __future__ import annotations

import pytest

from builder.problem import Level
from tests.values import MEASURE, PEOPLE, SETTINGS, prepared, sources, story

FINE: dict[str, str | bytes] = {"a.md": story("", "Once.\n")}


def found(**given: object) -> list[tuple[str, Level, str, int]]:
    problems = prepared(sources(**{"stories": FINE, **given})).problems  # type: ignore[arg-type]
    return [(one.code, one.level, one.file.removeprefix("stories/"), one.line) for one in problems]


def test_a_newsroom_that_breaks_no_rule_has_no_problem():
    assert found() == []


@pytest.mark.parametrize(
    "base",
    [
        "light.example",
        "ftp://light.example/",
        "https://",
        "https://[",
        "https://x:port/",
        "//x.example",
        "javascript:x",
    ],
)
def test_a_base_url_is_a_whole_address(base: str):
    settings = SETTINGS.replace("https://light.example/", base)
    assert found(settings=settings) == [("base-url", Level.ERROR, "newsletter.yaml", 4)]


@pytest.mark.parametrize("base", ["https://light.example", "http://localhost:8000/sub", "''"])
def test_a_base_url_may_have_a_port_and_a_folder_or_be_left_out(base: str):
    assert found(settings=SETTINGS.replace("https://light.example/", base)) == []


def test_a_persons_team_is_one_of_the_teams():
    problems = prepared(sources(FINE, people=PEOPLE.replace("team: stores", "team: store"))).problems
    assert [(one.code, one.line, one.guess) for one in problems] == [("id-unknown", 10, "stores")]


def test_a_measures_pair_and_segments_are_there():
    reading = "- {period: 2026-01, counts: {satisfied: 30, others: 20}, segments: [{team: store, counts: {satisfied: 9, others: 1}}]}\n"
    problems = prepared(sources(FINE, metrics={"m.yaml": "pair: n\n" + MEASURE + reading})).problems
    assert [(one.code, one.guess) for one in problems] == [("id-unknown", ""), ("id-unknown", "stores")]


def test_a_story_that_ends_before_it_begins_is_a_warning():
    stories = {"a.md": story("expires: 2026-03-01\n")}
    assert found(stories=stories) == [("never-seen", Level.WARNING, "2026/a.md", 0)]


def test_a_measure_that_is_hidden_says_so():
    metrics = {"m.yaml": MEASURE + "- {period: 2026-01, value: 50, n: 3}\n"}
    assert found(metrics=metrics) == [("metric-hidden", Level.WARNING, "metrics/m.yaml", 0)]


def test_html_that_is_taken_out_is_said_where_it_stands():
    stories = {"a.md": story("", "One.\n\n<iframe src='https://x.example/'></iframe>\n")}
    assert found(stories=stories) == [("html-refused", Level.WARNING, "2026/a.md", 7)]


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        ("![x](none.jpg)", "picture-missing"),
        ("![x](https://x.example/a.jpg)", "picture-missing"),
        ("![x](../../../etc/a.jpg)", "picture-missing"),
    ],
)
def test_a_picture_in_a_text_is_there(picture: str, code: str):
    assert found(stories={"a.md": story("", f"One.\n\n{picture}\n")}) == [(code, Level.ERROR, "2026/a.md", 7)]
    drafted = {"a.md": story("status: draft\n", f"One.\n\n{picture}\n")}
    assert found(stories=drafted) == [(code, Level.WARNING, "2026/a.md", 8)]


def test_a_picture_in_a_text_has_words():
    given = sources({"a.md": story("", "![](lamp.png)\n")}, pictures=("2026/lamp.png",))
    codes = [one.code for one in prepared(given, pictures={"2026/lamp.png": b"no picture"}).problems]
    assert sorted(codes) == ["alt-missing", "picture"]


def test_a_picture_that_cannot_be_read_is_said_and_nothing_falls_over():
    given = sources({"a.md": story("picture: {file: lamp.png, alt: x}\n")}, pictures=("2026/lamp.png",))
    assert [(one.code, one.file) for one in prepared(given).problems] == [
        ("unreadable", "stories/2026/lamp.png")
    ]


def test_a_long_subject_is_a_hint():
    edition = f"---\ndate: 2026-03-05\nsubject: {'x' * 43}\n---\n"
    assert found(editions={"w10.md": edition}) == [("subject-long", Level.WARNING, "editions/w10.md", 3)]
    assert found(editions={"w10.md": edition.replace("x" * 43, "x" * 42)}) == []


def test_a_case_that_the_record_lacks_is_said():
    stories = {"a.md": story("", "Of [*](@p-1:gen) and [*](@p-1:voc)\n")}
    assert found(stories=stories) == [("case-missing", Level.WARNING, "2026/a.md", 5)]


def test_problems_in_drafts_are_warnings_and_stop_nobody():
    stories = {"a.md": story("status: draft\n", "Rania Boutros [x](none.md) ![y](none.jpg)\n")}
    assert {level for _, level, _, _ in found(stories=stories)} == {Level.WARNING}


@pytest.mark.parametrize("text", ["`[*](@p-1)`\n", "<div>[*](@p-1)</div>\n", "    [*](@p-1)\n"])
def test_a_reference_that_is_not_understood_where_it_stands_is_said(text: str):
    assert [one[:2] for one in found(stories={"a.md": story("", text)})] == [
        ("reference-left", Level.WARNING)
    ]


def test_a_reference_that_is_understood_is_not_said():
    assert found(stories={"a.md": story("", "Thanks to [*](@p-1).\n")}) == []

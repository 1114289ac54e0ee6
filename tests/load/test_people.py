"""People and teams: what the record holds, and what it cannot hold."""

from __future__ import annotations

import pytest

from builder.load.people import read_people, read_teams
from builder.model.person import Channel, Form, NameForms, Person, PersonStatus, Recognition
from builder.problem import Problem
from tests.values import LONDON, at, file, said


def read(text: str) -> tuple[dict[str, Person] | None, tuple[Problem, ...]]:
    people, _, problems = read_people(file("stories/people.yaml", text), LONDON)
    return people, problems


def person(text: str) -> Person:
    people, problems = read(f"- id: p-1\n{text}")
    assert not problems
    assert people is not None
    return people["p-1"]


def test_who_is_on_record_and_says_nothing_is_not_recognised():
    found = person("  names: {latin: {full: Rania Boutros}}\n")
    assert (found.recognition, found.consents, found.status) == (Recognition.NONE, (), PersonStatus.ACTIVE)


def test_the_first_name_and_initials_are_made_where_they_are_left_out():
    found = person("  names: {latin: {full: Rania  el Boutros}}\n")
    assert found.names[0].forms == NameForms(full="Rania  el Boutros", first="Rania", initials="R. e. B.")


def test_a_case_has_forms_of_its_own_and_the_initials_of_the_name():
    text = "  names: {greek: {full: Ράνια Μ, initials: Ρ. Μ., cases: {gen: {full: Ράνιας Μ}}}}\n"
    assert person(text).names[0].cases == (
        ("gen", NameForms(full="Ράνιας Μ", first="Ράνιας", initials="Ρ. Μ.")),
    )


@pytest.mark.parametrize(
    ("word", "code"),
    [("latin", "Latn"), ("Persian", "Arab"), ("arabic", "Arab"), ("greek", "Grek"), ("Ethi", "Ethi")],
)
def test_a_script_has_a_word_and_a_code(word: str, code: str):
    assert person(f"  names: {{{word}: {{full: A B}}}}\n").names[0].script == code


def test_a_consent_begins_at_midnight_in_the_newsletters_time_zone():
    found = person("  names: {latin: {full: A B}}\n  consent: {site: {form: first, date: 2026-07-01}}\n")
    assert [(one.channel, one.form, one.given, one.expires) for one in found.consents] == [
        (Channel.SITE, Form.FIRST, at("2026-07-01"), None)
    ]
    assert found.consents[0].given.isoformat() == "2026-07-01T00:00:00+01:00"


def test_two_people_of_one_id_are_neither():
    text = "- {id: p-1, names: {latin: {full: A B}}}\n- {id: p-1, names: {latin: {full: C D}}}\n"
    people, problems = read(text)
    assert people == {}
    assert said(problems) == ["id-twice people.yaml:2:8"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("- {id: p-1}\n", "missing-key people.yaml:1:3"),
        ("- {id: P 1, names: {latin: {full: A}}}\n", "value people.yaml:1:8"),
        ("- {id: p-1, names: {}}\n", "value people.yaml:1:20"),
        ("- {id: p-1, names: {latin: {full: ' '}}}\n", "value people.yaml:1:35"),
        ("- {id: p-1, names: {latn: {full: A B}}}\n", "script people.yaml:1:21"),
        ("- {id: p-1, names: {latin: {full: A, cases: {gne: {full: B}}}}}\n", "case people.yaml:1:46"),
        (
            "- {id: p-1, names: {latin: {full: A}}, consent: {side: {date: 2026-01-01}}}\n",
            "choice people.yaml:1:50",
        ),
        ("- {id: p-1, names: {latin: {full: A}}, consent: {site: yes}}\n", "value people.yaml:1:56"),
        (
            "- {id: p-1, names: {latin: {full: A}}, consent: {site: {form: full}}}\n",
            "missing-key people.yaml:1:56",
        ),
        ("- just words\n", "not-a-mapping people.yaml:1:3"),
    ],
)
def test_a_record_with_a_fault_is_said_and_names_nobody(text: str, where: str):
    people, problems = read(text)
    assert people == {}
    assert said(problems) == [where]


@pytest.mark.parametrize("text", ["id: p-1\n", "words\n", "- a: b: c\n", "- '\n"])
def test_a_people_file_that_is_no_list_is_unknown_and_not_empty(text: str):
    people, problems = read(text)
    assert people is None
    assert len(problems) == 1


def test_an_empty_people_file_has_nobody_in_it():
    assert read("# nobody yet\n") == ({}, ())


def test_a_team_twice_is_said_and_the_first_counts():
    teams, ids, problems = read_teams(
        file("t.yaml", "- {id: a, name: A, headcount: 3}\n- {id: a, name: B, headcount: 4}\n")
    )
    assert ids == frozenset({"a"})
    assert (teams["a"].headcount, said(problems)) == (3, ["id-twice t.yaml:2:8"])


def test_the_id_of_a_record_with_a_fault_is_known_all_the_same():
    text = "- {id: p-1}\n- {id: p-2, names: {latin: {full: A B}}}\n"
    people, ids, _ = read_people(file("stories/people.yaml", text), LONDON)
    assert (set(people or ()), ids) == ({"p-2"}, frozenset({"p-1", "p-2"}))


def test_a_team_that_is_not_there_is_said_and_takes_no_consent_away():
    text = "- {id: p-1, names: {latin: {full: A B}}, team: store}\n"
    people, _, problems = read_people(file("stories/people.yaml", text), LONDON, frozenset({"stores"}))
    assert (set(people or ()), said(problems)) == ({"p-1"}, ["id-unknown people.yaml:1:48"])

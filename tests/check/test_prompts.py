"""Prompts that still stand in a text."""

from __future__ import annotations

from builder.check.prompts import measures_unexplained, prompts_left, questions
from builder.load.marks import read_yaml
from builder.load.pages import decode
from builder.load.passages import of_values
from builder.load.words import catalogues
from builder.model.sources import SourceFile
from builder.problem import Problem
from tests.values import library, prepared, said, sources, story, theme

WORDS = catalogues(theme())[0]


def left(body: str) -> list[str]:
    found = library(sources({"a.md": story("", body)}))
    return said(prompts_left(found.stories, questions(WORDS)))


def test_a_prompt_in_any_language_is_shown_where_it_stands():
    for language in ("en", "fa", "el", "ms"):
        question = WORDS[language].texts["new.action"]["other"]
        assert left(f"At six.\n\n{question}\n\nIt held.\n") == ["prompt-left 2026/a.md:7:1"]


def test_the_same_words_inside_ones_own_are_none():
    assert left("She asked: What did somebody do? Nothing.\n") == []


def test_nobody_is_told_while_it_is_a_draft():
    body = WORDS["en"].texts["new.action"]["other"] + "\n"

    def told(head: str) -> list[Problem]:
        return [
            one
            for one in prepared(sources({"a.md": story(head, body)})).problems
            if one.code == "prompt-left"
        ]

    assert (len(told("")), told("status: draft\n")) == (1, [])


def test_an_editions_opening_is_looked_at_too():
    opening = WORDS["fa"].texts["new.opening"]["other"]
    given = sources(
        {"a.md": story()}, editions={"w10.md": f"---\ndate: 2026-03-05\nsubject: Night\n---\n{opening}\n"}
    )
    assert "prompt-left editions/w10.md:5:1" in said(prepared(given).problems)


def test_a_measure_that_an_import_began_is_asked_for_its_words():
    text = 'name: Calls\nplain_words: "{}"\n'
    question = WORDS["el"].texts["importing.plain_words"]["other"]
    for words, found in ((question, ["prompt-left metrics/calls.yaml:2:15"]), ("How many rang.", [])):
        source = SourceFile(path="stories/metrics/calls.yaml", data=text.format(words).encode())
        passages = of_values(read_yaml(decode(source)[0]))
        assert said(measures_unexplained(passages, questions(WORDS))) == found

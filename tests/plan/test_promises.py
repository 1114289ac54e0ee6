"""Addresses that were published are promises."""

from __future__ import annotations

from builder.model.manifest import Entry, Manifest
from builder.plan.layout import lay_out
from builder.plan.promises import broken
from tests.values import library, said, sources, story

BEFORE = Manifest(
    files={
        f"en/stories/{id}.html": Entry(digest="", subject=f"story:{id}/en", works=(f"{id}/en",))
        for id in "ab"
    }
)


def gone(stories: dict[str, str]) -> list[str]:
    found = library(sources(stories))
    return [one.partition(" ")[2] for one in said(broken(BEFORE, found, lay_out(found)[0]))]


def test_where_all_are_answered_none_is_broken():
    assert gone({"a.md": story(), "b.md": story()}) == []


def test_a_story_that_is_gone_is_a_broken_one():
    assert gone({"a.md": story()}) == ["stories:0:0"]


def test_a_story_that_has_another_name_is_pointed_at_until_it_has_an_alias():
    assert gone({"a.md": story(), "bees.md": story()}) == ["2026/bees.md:0:0"]
    assert gone({"a.md": story(), "bees.md": story("aliases: [b]\n")}) == []


def test_a_story_that_was_taken_down_is_none():
    assert gone({"a.md": story(), "b.md": story("status: draft\n")}) == []


def test_a_story_whose_file_has_an_error_today_is_none():
    assert gone({"a.md": story(), "b.md": "---\ntitle: B: and more\n---\n"}) == []

"""An edit under `serve` gives what a fresh start gives: every page and every Problem, whichever way it was come by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builder.desk.newsroom import Memory, Prepared, Read, go_on
from builder.desk.serve import Shown, show
from builder.desk.setting import Desk
from builder.model.sources import SourceFile, Sources
from tests.values import NOW, desk, sources, story

PEOPLE = """
- id: p-1
  names: {latin: {full: Astrid Vanterpool, first: Astrid}}
  team: ward
  recognition: everyone
  consent: {site: {form: full, date: 2020-01-01}}
"""
WHOLE: Mapping[str, str] = {
    "a.md": story("summary: About a.\n", "Once [there](b.md#what-we-did).\n"),
    "b.md": story("tags: [rain]\n", "## What we did\n\nThings with [*](@p-1).\n", title="B"),
    "c.md": story("status: draft\n", "A draft.\n", title="C"),
    "c.fa.md": "---\ntitle: ج\n---\n\nمتن.\n",
}


def newsroom(stories: Mapping[str, str] = WHOLE, **more: str) -> Sources:
    return sources(
        dict(stories),
        people=more.get("people", PEOPLE),
        teams="- {id: ward, name: Ward, headcount: 9}\n",
        editions={"w10.md": "---\ndate: 2026-03-05\n---\n\nHello.\n"},
    )


def not_read_again(before: Sources, after: Sources) -> Sources:
    """What is the same in both is the same object, as from a disk that is read by someone who stays."""
    known = {one.path: one for one in before.stories}

    def same(one: SourceFile) -> SourceFile:
        old = known.get(one.path)
        return old if old == one else one

    return replace(
        after,
        stories=tuple(map(same, after.stories)),
        people=before.people if before.people == after.people else after.people,
    )


def everything(shown: Shown) -> tuple[object, ...]:
    pages = {address: shown.files[address].data for address in shown.files} if shown.whole else {}
    return shown.problems, pages, shown.ribbons, shown.until


EDITS: Mapping[str, tuple[str, str]] = {
    "words": ("a.md", story("summary: About a.\n", "Other words [there](b.md#what-we-did).\n")),
    "words of which the excerpt is made": ("b.md", WHOLE["b.md"].replace("Things", "Other things")),
    "a link that leads nowhere": ("a.md", story("summary: About a.\n", "Once [there](none.md).\n")),
    "a heading that others lead to": ("b.md", WHOLE["b.md"].replace("What we did", "What they did")),
    "a picture that is not there": ("a.md", story("summary: About a.\n", "![x](none.png)\n")),
    "a name written out": ("a.md", story("summary: About a.\n", "Astrid Vanterpool came.\n")),
    "a person spoken of": ("a.md", story("summary: About a.\n", "[*](@p-1 'someone') came.\n")),
    "HTML that cannot stand": ("a.md", story("summary: About a.\n", "<iframe></iframe>\n")),
    "a title": ("a.md", story("summary: About a.\n", "Once.\n", title="Renamed")),
    "front matter with a mistake": ("a.md", story("team: nobody\n", "Once.\n")),
    "a draft": ("c.md", WHOLE["c.md"].replace("A draft", "Another draft")),
    "a translation": ("c.fa.md", WHOLE["c.fa.md"].replace("متن", "متن دیگر")),
    "a file that is none": ("a.md", "nothing of the kind"),
    "a new story": ("d.md", story("", "New.\n", title="D")),
}


def shown(given: Sources, at: Desk, before: Shown | None = None, memory: Memory | None = None) -> Shown:
    return show(given, replace(at, ahead=True), before, memory)


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_all_is_as_after_a_fresh_start(edit: str):
    memory, at = Memory(), desk()
    whole = newsroom()
    before = shown(whole, at, None, memory)
    for address in before.files:
        _ = before.files[address]
    name, text = EDITS[edit]
    after = not_read_again(whole, newsroom({**WHOLE, name: text}))
    edited = shown(after, at, before, memory)
    assert everything(edited) == everything(shown(after, desk()))
    back = shown(whole, at, edited, memory)
    assert everything(back) == everything(shown(whole, desk()))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [("words", 1), ("a link that leads nowhere", 1), ("a title", 2), ("a heading that others lead to", 2)],
)
def test_only_an_edit_of_words_alone_is_retouched(edit: str, expected: int, monkeypatch: pytest.MonkeyPatch):
    thought: list[int] = []

    def counted(given: Read, at: Desk, **more: Any) -> Prepared:
        thought.append(1)
        return go_on(given, at, **more)

    monkeypatch.setattr("builder.desk.retouch.go_on", counted)
    memory, at = Memory(), desk()
    whole = newsroom()
    before = shown(whole, at, None, memory)
    name, text = EDITS[edit]
    shown(not_read_again(whole, newsroom({**WHOLE, name: text})), at, before, memory)
    assert len(thought) == expected


def test_time_and_people_are_thought_through_again():
    memory, whole = Memory(), newsroom()
    given = newsroom({**WHOLE, "a.md": story("expires: 2026-06-20\n", "Once.\n")})
    shown(given, desk(), None, memory)
    later = NOW + timedelta(days=400)
    assert everything(shown(given, desk(later), None, memory)) == everything(shown(given, desk(later)))
    less = not_read_again(whole, newsroom(people=PEOPLE.replace("everyone", "private")))
    assert everything(shown(less, desk(), None, memory)) == everything(shown(less, desk()))

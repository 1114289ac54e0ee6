"""Texts set in type: their Markdown lies in its file, and is read again only where it is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.deliver.cache import Cache
from builder.desk.newsroom import prepare
from builder.desk.setting import Desk
from builder.problem import Trouble
from tests.values import desk, said, sources, story

LINKING = story(body="One.\n\nA [way](nowhere.md) to nowhere.\n", title="A way")


def forgetting() -> Desk:
    """A desk at which nothing can be found again."""

    class Forgetful(Cache):
        def get(self, kind: str, key: str) -> bytes | None:
            return None

    return replace(desk(), keep=Forgetful(None, "tests", lambda line: None))


def test_no_story_carries_its_markdown_once_it_is_set():
    prepared = prepare(sources({"night.md": story(), "way.md": LINKING}), desk())
    assert [one.body for one in prepared.newsroom.stories] == ["", ""]


def test_what_is_wrong_in_a_text_is_shown_at_its_place_all_the_same():
    prepared = prepare(sources({"night.md": story(), "way.md": LINKING}), desk())
    assert said(prepared.problems) == ["link 2026/way.md:7:9"]
    assert prepared.problems[0].excerpt == "A [way](nowhere.md) to nowhere."


def test_the_place_is_found_in_a_file_that_is_read_again():
    given = sources({"night.md": story(), "way.md": LINKING})
    files = {one.path: one.data for one in given.stories}
    asked: list[str] = []

    def again(path: str) -> bytes:
        asked.append(path)
        return files[path]

    prepared = prepare(given, replace(desk(), reread=again))
    assert said(prepared.problems) == ["link 2026/way.md:7:9"]
    assert set(asked) == {"stories/2026/way.md"}


@pytest.mark.parametrize("fault", [FileNotFoundError, PermissionError])
def test_a_file_that_is_gone_by_then_is_named_without_a_place(fault: type[OSError]):
    def again(path: str) -> bytes:
        raise fault(path)

    prepared = prepare(sources({"way.md": LINKING}), replace(desk(), reread=again))
    assert said(prepared.problems) == ["link 2026/way.md:0:0"]


def test_a_text_that_the_cache_has_lost_is_converted_again():
    given = sources({"night.md": story()})
    assert prepare(given, forgetting()).press.parts("stories/2026/night.md") == ("<p>Once upon a ward.</p>",)


def test_a_text_that_is_lost_and_changed_is_not_taken_for_the_one_that_was_read():
    other = story(body="Another.\n").encode()
    prepared = prepare(sources({"night.md": story()}), replace(forgetting(), reread=lambda path: other))
    with pytest.raises(Trouble, match="changed while") as caught:
        prepared.press.parts("stories/2026/night.md")
    assert caught.value.problem.file == "stories/2026/night.md"


def test_a_text_that_is_lost_and_cannot_be_read_again_is_told_of_as_what_it_is():
    def again(path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    prepared = prepare(sources({"night.md": story()}), replace(forgetting(), reread=again))
    with pytest.raises(Trouble, match="permission denied") as caught:
        prepared.press.parts("stories/2026/night.md")
    assert caught.value.problem.code == "unreadable"

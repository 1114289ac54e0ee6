"""Pages as readers get them, where a golden file would hide what matters."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.model.page import PageKind
from builder.render import pages
from tests.values import prepared, sources, story


def page(kind: PageKind, **stories: str) -> LexborHTMLParser:
    ready = prepared(sources(stories={f"{name}.md": text for name, text in stories.items()}))
    found = next(one for one in ready.plan.pages if one.kind is kind and one.lang == "en")
    return LexborHTMLParser(pages.render(found, ready.press).data.decode())


@pytest.mark.parametrize("kind", [PageKind.STORY, PageKind.LISTING, PageKind.HOME])
def test_a_story_that_says_nothing_of_its_kind_is_called_nothing(kind: PageKind):
    assert page(kind, night=story()).css_first(".kicker") is None
    named = page(kind, night=story("kind: heroic\n")).css_first(".kicker")
    assert named is not None
    assert named.text(strip=True) == "Above and beyond"


def test_a_wide_table_scrolls_in_a_box_that_has_a_name_and_takes_the_focus():
    box = page(PageKind.STORY, night=story("", "| a | b |\n|---|---|\n| 1 | 2 |\n")).css_first(
        ".prose > .wide"
    )
    assert box is not None
    assert (box.tag, box.attributes["tabindex"], box.attributes["aria-label"]) == ("section", "0", "Table")
    assert box.css_first("table") is not None

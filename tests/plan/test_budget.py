"""How many words a mail has, whose they are, and how many it may have."""

from __future__ import annotations

from builder.plan.budget import AN_EXCERPT, most_words, tally, words_of
from builder.plan.edition import contents_of
from tests.values import library, sources, story

EDITION = "---\ndate: 2026-03-05\nstories: [a, boss]\n{}---\nGood [*](@p-1 'old friend') morning.\n"


def test_what_people_wrote_is_counted_with_a_word_for_each_name():
    found = library(
        sources(
            {
                "a.md": story("summary: One two three.\nwhy_it_matters: Four five.\n", title="The night"),
                "boss.md": story("kind: leader\nsummary: Six.\n", title="I saw"),
            },
            editions={"w10.md": EDITION.format("")},
        )
    )
    edition = found.editions[0]
    counted = tally(edition, ("a", "boss"), found, "en")
    assert (counted.opening, counted.stories, counted.said, counted.leaders) == (
        3,
        (("a", 7), ("boss", 3)),
        0,
        3,
    )
    assert (counted.all, counted.share) == (13, 24)
    assert dict(contents_of(found)["w10"].words) == {"en": 13, "fa": 13}


def test_a_language_is_counted_by_its_own_words():
    found = library(
        sources(
            {
                "a.md": story("summary: One two three.\n"),
                "a.fa.md": "---\ntitle: شب\nsummary: یک.\n---\nشب\n",
            },
            editions={"w10.md": EDITION.replace(", boss", "").format(""), "w10.fa.md": "---\n---\nسلام\n"},
        )
    )
    edition = found.editions[0]
    assert [tally(edition, ("a",), found, one).all for one in ("en", "fa")] == [3 + 2 + 3, 1 + 1 + 1]


def test_a_story_without_a_summary_has_the_words_of_its_beginning():
    found = library(sources({"a.md": story()}))
    one = found.version("a", "en")
    assert words_of(one) == 2 + AN_EXCERPT
    assert words_of(one, lambda story: 4) == 2 + 4


def test_a_yearbook_may_have_twice_the_words():
    found = library(
        sources(
            editions={
                "w10.md": "---\ndate: 2026-03-05\n---\n",
                "book.md": "---\ndate: 2026-03-06\nkind: yearbook\n---\n",
            }
        )
    )
    assert [most_words(one, found.newsroom.settings) for one in found.editions] == [1000, 500]

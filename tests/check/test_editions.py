"""What is amiss with an edition once it is filled."""

from __future__ import annotations

import pytest

from builder.check.editions import over_budget, places_left_empty, subject_with_names
from builder.model.edition import Contents, Edition, EditionKind, EditionWords, Slot, Wanted
from builder.model.reading import Tally
from builder.model.text import Text
from builder.problem import Level
from tests.values import NOW


def edition(subject: str = "") -> Edition:
    words = tuple(
        EditionWords(
            lang=language,
            subject=Text.written(subject),
            preheader=Text(),
            body="",
            file=f"stories/editions/w10{suffix}.md",
            body_line=3,
        )
        for language, suffix in (("en", ""), ("fa", ".fa"))
    )
    return Edition(id="w10", kind=EditionKind.WEEKLY, date=NOW, words=words, file="stories/editions/w10.md")


def counted(language: str, opening: int = 0, leaders: int = 0, **stories: int) -> Tally:
    return Tally(language=language, opening=opening, stories=tuple(stories.items()), said=0, leaders=leaders)


def test_each_language_over_budget_is_named_with_its_longest_parts():
    tallies = (counted("en", 50, a=50), counted("fa", 60, a=20, b=30, c=10))
    found = list(over_budget(edition(), tallies, 100))
    assert [(one.code, one.level, one.file) for one in found] == [
        ("edition-words", Level.WARNING, "stories/editions/w10.fa.md")
    ]
    assert found[0].message.startswith("the mail in `fa` has 120 words")
    assert "its opening (60), `b` (30), `a` (20);" in found[0].mend


@pytest.mark.parametrize(("leaders", "codes"), [(15, []), (16, ["leaders-share"])])
def test_leaders_have_at_most_fifteen_words_of_a_hundred(leaders: int, codes: list[str]):
    found = over_budget(edition(), (counted("en", 100 - leaders, leaders, boss=leaders),), 100)
    assert [one.code for one in found] == codes


@pytest.mark.parametrize("slot", list(Slot))
def test_a_place_left_empty_is_shown_with_what_would_fill_it(slot: Slot):
    wanted = Wanted(slot=slot, line=5, column=9, excerpt=f"slots: [{slot.value}]")
    found = list(places_left_empty([Contents(edition=edition(), empty=(wanted,))]))
    assert [(one.code, one.level, one.line, one.column) for one in found] == [
        ("slot-empty", Level.WARNING, 5, 9)
    ]
    assert found[0].mend.startswith("Name a story")
    assert f"`{slot.value}`" in found[0].mend


@pytest.mark.parametrize(
    ("subject", "as_sent", "many"),
    [
        ('[*](@p-1 "x") and a bus', "Somebody with a very long name indeed, yes and a bus", 1),
        ('[*](@p-1 "x") and a bus', "Rania and a bus", 0),
        ("Without anybody in it, and yet longer than any inbox shows", "as it is " * 6, 0),
    ],
)
def test_a_subject_that_a_name_makes_too_long_is_said_once(subject: str, as_sent: str, many: int):
    assert len(list(subject_with_names(edition(subject), "en", as_sent))) == many

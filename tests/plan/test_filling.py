"""What fills an edition by rule, why, and what was passed over."""

from __future__ import annotations

import pytest

from builder.model.edition import Contents, Reason, Slot
from builder.plan.edition import contents_of
from tests.values import SETTINGS, at, library, sources, story

Files = dict[str, str | bytes]

WEEK: Files = {"w10.md": "---\ndate: 2026-03-05\n---\n"}


def filled(files: Files, editions: Files = WEEK, *, digest: str = "", edition: str = "") -> Contents:
    """What the newest edition holds, or the one named."""
    settings = SETTINGS.replace("light.example}", f"light.example, {digest}}}") if digest else SETTINGS
    found = library(sources(files, editions=editions, settings=settings))
    return contents_of(found)[edition or found.editions[0].id]


def places(contents: Contents) -> list[tuple[str, str, str]]:
    return [(one.work, one.slot.value, one.why.reason.value) for one in contents.placed]


def passed(contents: Contents) -> dict[str, Reason]:
    return {one.work: one.why.reason for one in contents.passed}


def head(kind: str, day: str, *, inside: bool = False, words: int = 10, more: str = "") -> str:
    customer = "customer: {kind: internal, as: a ward}\n" if inside else ""
    said = " ".join(["word"] * words)
    return story(f"kind: {kind}\ndate: {day}\nsummary: {said}\n{customer}{more}")


FULL: Files = {
    "newest.md": head("recovery", "2026-03-05"),
    "hero.md": head("heroic", "2026-03-01", words=40),
    "second-hero.md": head("heroic", "2026-02-27"),
    "third.md": head("learning", "2026-03-02"),
    "fourth.md": head("learning", "2026-03-01"),
    "back.md": head("learning", "2026-03-02", inside=True),
    "back-too.md": head("recovery", "2026-03-01", inside=True),
    "tray.md": head("small", "2026-03-04", inside=True),
    "joke.md": head("light", "2026-03-03"),
    "pocket.md": head("small", "2026-03-02"),
    "boss.md": head("leader", "2026-03-05"),
    "boss-too.md": head("leader", "2026-03-04"),
}


def test_each_place_is_filled_in_turn_and_each_has_its_reason():
    assert places(filled(FULL)) == [
        ("hero", "lead", "heroic"),
        ("second-hero", "story", "one-more"),
        ("newest", "story", "one-more"),
        ("back", "behind", "behind"),
        ("tray", "small", "small"),
        ("joke", "small", "small"),
        ("boss", "leader", "leader"),
    ]


def test_what_is_passed_over_says_who_has_its_place():
    contents = filled(FULL)
    assert {one.work: (one.why.fact("slot"), one.why.fact("by")) for one in contents.passed} == {
        "third": ("story", "newest"),
        "fourth": ("story", "newest"),
        "back-too": ("behind", "back"),
        "pocket": ("small", "joke"),
        "boss-too": ("leader", "boss"),
    }
    assert set(passed(contents).values()) == {Reason.TAKEN}


def test_where_nobody_says_what_kind_a_story_is_there_are_six():
    files: Files = {f"s{number}.md": story(f"date: 2026-03-04 0{number}:00\n") for number in range(8)}
    contents = filled(files)
    assert contents.works == ("s7", "s6", "s5", "s4", "s3", "s2")
    assert contents.in_slot(Slot.STORY) == contents.works[1:]


@pytest.mark.parametrize(
    ("kinds", "lead", "why"),
    [
        ({"a": "recovery", "b": "heroic", "c": "light"}, "b", Reason.HEROIC),
        ({"a": "light", "b": "small", "c": "learning"}, "c", Reason.NEWEST),
        ({"a": "small", "b": "light"}, "b", Reason.ONLY_SMALL),
        ({"a": "leader", "b": "small"}, "b", Reason.ONLY_SMALL),
    ],
)
def test_the_lead_is_the_heroic_one_else_the_fittest_and_never_a_leaders(
    kinds: dict[str, str], lead: str, why: Reason
):
    files: Files = {
        f"{id}.md": head(kind, f"2026-03-0{5 - place}") for place, (id, kind) in enumerate(kinds.items())
    }
    first = filled(files).placed[0]
    assert (first.work, first.slot, first.why.reason) == (lead, Slot.LEAD, why)


@pytest.mark.parametrize(
    ("words", "reason", "share"),
    [(13, None, ""), (14, Reason.SHARE, "16")],
)
def test_a_leader_has_at_most_fifteen_words_of_a_hundred(words: int, reason: Reason | None, share: str):
    """The lead has 2 + 83 words and the leader 2 + 13 of 100, or 2 + 14 of 101."""
    files: Files = {
        "hero.md": head("heroic", "2026-03-04", words=83),
        "boss.md": head("leader", "2026-03-04", words=words),
    }
    contents = filled(files)
    assert ("boss" in contents.works) is (reason is None)
    assert passed(contents).get("boss") is reason
    assert "".join(one.why.fact("share") for one in contents.passed) == share


def test_a_leader_alone_fills_no_edition():
    contents = filled({"boss.md": head("leader", "2026-03-04")})
    assert contents.works == ()
    assert passed(contents) == {"boss": Reason.SHARE}


def test_what_does_not_fit_the_words_is_passed_over_and_something_shorter_taken():
    files: Files = {
        "hero.md": head("heroic", "2026-03-04", words=90),
        "long.md": head("learning", "2026-03-04", words=30),
        "short.md": head("learning", "2026-03-03", words=5),
    }
    contents = filled(files, digest="words: 100")
    assert contents.works == ("hero", "short")
    over = contents.passed[0]
    assert (over.work, over.why.reason, over.why.fact("words"), over.why.fact("most")) == (
        "long",
        Reason.WORDS,
        "124",
        "100",
    )


def test_a_lead_longer_than_the_whole_mail_may_be_leads_all_the_same():
    assert filled({"hero.md": head("heroic", "2026-03-04", words=300)}, digest="words: 100").works == (
        "hero",
    )


@pytest.mark.parametrize(
    ("day", "weeks", "expected"),
    [
        ("2026-05-27", 12, Reason.TOLD),
        ("2026-05-28", 12, None),
        ("2026-03-19", 2, None),
        ("2026-03-18", 2, Reason.TOLD),
        ("2026-03-06", 0, None),
    ],
)
def test_a_story_is_told_again_after_so_many_weeks(day: str, weeks: int, expected: Reason | None):
    """Told on 5 March; asked for again by an edition that looks back a whole year."""
    files: Files = {"a.md": head("heroic", "2026-03-04", more="tags: [night]\n")}
    editions: Files = {
        "first.md": "---\ndate: 2026-03-05\nstories: [a]\n---\n",
        "again.md": f"---\ndate: {day}\nkind: special\ntags: [Night]\n---\n",
    }
    contents = filled(files, editions, digest=f"repeat_after: {weeks}", edition="again")
    assert passed(contents).get("a") is expected
    assert contents.works == (() if expected else ("a",))
    if expected:
        assert contents.passed[0].why.fact("edition") == "first"


def test_what_a_rule_told_is_not_told_again_either():
    files: Files = {"a.md": story("date: 2026-03-05 17:00\n")}
    editions: Files = {**WEEK, "w11.md": "---\ndate: 2026-03-12\n---\n"}
    assert filled(files, editions, edition="w10").works == ("a",)
    contents = filled(files, editions, edition="w11")
    assert contents.works == ()
    assert [(one.why.reason, one.why.fact("edition"), one.why.fact("days")) for one in contents.passed] == [
        (Reason.TOLD, "w10", "7")
    ]


def test_of_what_is_too_old_an_edition_that_told_it_is_said_sooner():
    files: Files = {"a.md": story("date: 2026-03-04\n"), "b.md": story("date: 2026-02-20\nkind: leader\n")}
    editions: Files = {**WEEK, "w11.md": "---\ndate: 2026-03-12\n---\n"}
    assert passed(filled(files, editions, edition="w11")) == {"a": Reason.TOLD, "b": Reason.ANOTHER_TIME}


def test_a_choice_stands_even_where_it_repeats_and_says_so():
    files: Files = {"a.md": story()}
    editions: Files = {
        "w10.md": "---\ndate: 2026-03-05\nstories: [a]\n---\n",
        "w11.md": "---\ndate: 2026-03-12\nstories: [a]\n---\n",
    }
    placed = filled(files, editions).placed
    assert [(one.why.reason, one.why.fact("edition")) for one in placed] == [(Reason.CHOSEN, "w10")]


def test_what_cannot_be_seen_is_passed_over_with_the_reason():
    files: Files = {
        "draft.md": story("status: draft\n"),
        "gone.md": story("expires: 2026-04-01\n"),
        "coming.md": story("publish: 2026-07-01\n"),
        "broken.md": story("team: nobody\n"),
        "old.md": story("date: 2026-01-04\n"),
    }
    contents = filled(files)
    assert passed(contents) == {
        "draft": Reason.DRAFT,
        "gone": Reason.EXPIRED,
        "broken": Reason.BROKEN,
        "old": Reason.ANOTHER_TIME,
    }
    assert [one.why.fact("date") for one in contents.passed if one.work == "gone"] == ["2026-04-01"]
    chosen: Files = {"w10.md": "---\ndate: 2026-03-05\nstories: [coming, draft]\n---\n"}
    assert passed(filled(files, chosen)) | {"old": None} == {
        "coming": Reason.NOT_YET,
        "draft": Reason.DRAFT,
        "gone": Reason.EXPIRED,
        "broken": Reason.BROKEN,
        "old": None,
    }


def test_beside_what_was_chosen_all_that_was_free_is_named():
    files: Files = {"a.md": story(), "b.md": story()}
    contents = filled(files, {"w10.md": "---\ndate: 2026-03-05\nstories: [b]\n---\n"})
    assert contents.works == ("b",)
    assert passed(contents) == {"a": Reason.NOT_CHOSEN}


def test_a_place_that_has_to_be_filled_is_filled_beside_what_was_chosen():
    edition = "---\ndate: 2026-03-05\nkind: special\nstories: [third]\nslots: [lead, small, leader]\n---\n"
    contents = filled(FULL, {"w10.md": edition})
    assert places(contents) == [
        ("third", "lead", "chosen"),
        ("tray", "small", "wanted"),
        ("boss", "leader", "wanted"),
    ]
    assert contents.empty == ()


def test_a_place_that_nothing_fills_is_known_with_its_line():
    edition = "---\ndate: 2026-03-05\nkind: special\nstories: [hero]\nslots: [lead, behind]\n---\n"
    contents = filled({"hero.md": head("heroic", "2026-03-01")}, {"w10.md": edition})
    assert [(one.slot, one.line, one.column, one.excerpt) for one in contents.empty] == [
        (Slot.BEHIND, 5, 15, "slots: [lead, behind]")
    ]


def test_an_edition_about_something_takes_only_stories_with_its_tags_in_any_language():
    files: Files = {
        "night.md": head("heroic", "2025-06-04", more="tags: [Night]\n"),
        "shift.md": head("learning", "2026-03-04"),
        "shift.fa.md": "---\ntitle: شب\ntags: [شب]\n---\nشب\n",
        "day.md": head("heroic", "2026-03-04", more="tags: [day]\n"),
    }
    edition = "---\ndate: 2026-03-05\nkind: special\ntags: [night, شب]\n---\n"
    contents = filled(files, {"w10.md": edition})
    assert contents.works == ("night", "shift")
    assert passed(contents) == {"day": Reason.ANOTHER_THEME}


def test_a_daily_edition_holds_the_stories_of_its_day_alone():
    files: Files = {
        "day-before.md": head("heroic", "2026-10-05"),
        "hero.md": head("heroic", "2026-10-06"),
        "learned.md": head("learning", "2026-10-06"),
        "cup.md": head("small", "2026-10-06 16:00"),
    }
    editions: Files = {"tue.md": "---\ndate: 2026-10-06\nkind: daily\n---\n"}
    found = library(sources(files, editions=editions), at("2026-12-31"))
    contents = contents_of(found)["tue"]
    assert places(contents) == [("hero", "lead", "heroic"), ("cup", "small", "small")]
    assert passed(contents) == {"learned": Reason.TAKEN, "day-before": Reason.ANOTHER_TIME}


def test_a_correction_holds_nothing_by_itself():
    contents = filled(FULL, {"w10.md": "---\ndate: 2026-03-05\nkind: correction\n---\nWe were wrong.\n"})
    assert (contents.placed, contents.passed, contents.since) == ((), (), None)


YEAR: Files = {
    "led.md": head("learning", "2026-01-10"),
    "january.md": head("heroic", "2026-01-20"),
    "february.md": head("learning", "2026-02-10"),
    "hero.md": head("heroic", "2026-02-03"),
    "small.md": head("small", "2026-03-20"),
    "march.md": head("learning", "2026-03-10"),
    "of-last-year.md": head("heroic", "2025-12-31"),
}


@pytest.mark.parametrize(
    ("one_per", "expected"),
    [
        ("month", ["led", "hero", "march"]),
        ("week", ["led", "january", "hero", "february", "march", "small"]),
    ],
)
def test_a_yearbook_has_one_story_of_each_month_or_week_told_before_or_not(one_per: str, expected: list[str]):
    editions: Files = {
        "w03.md": "---\ndate: 2026-01-15\nstories: [led]\n---\n",
        "book.md": f"---\ndate: 2026-05-20\nkind: yearbook\none_per: {one_per}\n---\n",
    }
    contents = filled(YEAR, editions)
    assert list(contents.works) == expected
    assert {one.why.reason for one in contents.placed} == {Reason.OF_ITS_TIME}
    assert [one.slot for one in contents.placed] == [Slot.LEAD] + [Slot.STORY] * (len(expected) - 1)
    assert Reason.TOLD not in passed(contents).values()


def test_the_same_stories_in_another_order_of_reading_give_the_same_edition():
    turned: Files = dict(reversed(FULL.items()))
    assert filled(FULL).placed == filled(turned).placed

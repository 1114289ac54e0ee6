"""What to read next: by rare things shared, the same however many stories come after."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.plan.related import MOST_LOOKED_AT, Related, Term, relations, terms_of
from tests.values import library, sources, story

PEOPLE = """
- {id: p-1, names: {latin: {full: Astrid Vanterpool, first: Astrid}}, team: t, recognition: everyone, consent: {site: {form: full, date: 2020-01-01}}}
- {id: p-2, names: {latin: {full: Otto Quill, first: Otto}}, team: t, recognition: team, consent: {site: {form: full, date: 2020-01-01}}}
"""
TEAMS = "- {id: t, name: Team, headcount: 9}\n"


def among(stories: dict[str, str], most: int = 3) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    shown = library(
        sources({f"{name}.md": text for name, text in stories.items()}, people=PEOPLE, teams=TEAMS)
    )
    found = Related().among(shown, most)
    return {work: [(one.work, one.because) for one in some] for work, some in found.items()}


def on(day: int, head: str = "", title: str = "Words") -> str:
    return story(f"date: 2026-01-{day:02}\n{head}", title=title)


def others(count: int = 12) -> dict[str, str]:
    """Stories that share nothing with anything."""
    titles = (
        "Alder Birch Cedar Damson Elder Fennel Gorse Hazel Ivory Jasmine Kelp Laurel Maple Nettle".split()
    )
    return {f"o{number}": on(1, title=titles[number]) for number in range(count)}


def test_a_story_leads_to_an_older_one_that_shares_something_rare_and_says_what():
    first, second = on(2, "tags: [rain]\n", title="Yarrow"), on(3, "tags: [rain]\n", title="Zinnia")
    found = among({**others(), "first": first, "second": second})
    assert found == {"second": [("first", ("tag:rain",))]}


def test_what_every_story_has_relates_none():
    assert among({f"s{day}": on(day, "tags: [news]\nteam: t\n") for day in range(1, 12)}) == {}


def test_rarer_things_weigh_more_and_the_newer_of_two_alike_comes_first():
    rain = "tags: [rain]\n"
    found = among(
        {
            **others(),
            "far": on(2, rain, title="Yarrow"),
            "near": on(3, rain, title="Zinnia"),
            "both": on(4, rain, title="The umbrella"),
            "last": on(5, rain, title="An umbrella again"),
        }
    )
    assert [work for work, _ in found["last"]] == ["both", "near", "far"]
    assert set(found["last"][0][1]) == {"tag:rain", "word:en:umbrella"}


def test_one_who_may_not_be_named_relates_nothing_and_is_in_no_reason():
    for person, expected in (("p-1", ["first"]), ("p-2", [])):
        heroes = f"heroes: [{person}]\n"
        found = among(
            {**others(), "first": on(2, heroes, title="Yarrow"), "second": on(3, heroes, title="Zinnia")}
        )
        assert [work for work, _ in found.get("second", [])] == expected
        assert person == "p-1" or person not in repr(found)


def test_words_of_a_title_count_for_their_own_language():
    found = among(
        {**others(), "first": on(2, title="Umbrella"), "second": on(3, "lang: el\n", title="Umbrella")}
    )
    assert "second" not in found


def test_none_are_shown_where_none_are_wanted():
    rain = "tags: [rain]\n"
    assert among({**others(), "first": on(2, rain), "second": on(3, rain)}, 0) == {}


TERMS = st.frozensets(
    st.sampled_from([(kind, str(which)) for kind in ("tag", "hero", "team", "word") for which in range(6)]),
    max_size=6,
)
WORKS = st.lists(TERMS, max_size=60)


@given(WORKS, TERMS)
def test_a_new_story_changes_what_is_shown_beside_no_other(
    before: list[frozenset[Term]], new: frozenset[Term]
):
    works = [(f"w{number}", terms) for number, terms in enumerate(before)]
    after = relations([*works, ("new", new)], 3)
    assert {work: some for work, some in after.items() if work != "new"} == relations(works, 3)


@given(WORKS)
def test_a_story_leads_only_to_older_ones_it_shares_with_each_once(before: list[frozenset[Term]]):
    works = [(f"w{number}", terms) for number, terms in enumerate(before)]
    for work, some in relations(works, 3).items():
        number = int(work[1:])
        assert len({one.work for one in some}) == len(some) <= 3
        for one in some:
            assert int(one.work[1:]) < number
            shared = before[number] & before[int(one.work[1:])]
            assert one.because
            assert set(one.because) <= {f"{kind}:{which}" for kind, which in shared}


def test_the_work_grows_with_the_stories_and_not_with_their_square():
    """Counted, not timed: of however many earlier stories share everything, only so many are looked at."""

    class Counted(list[int]):
        looked_at = 0

        def __getitem__(self, index):
            found = super().__getitem__(index)
            Counted.looked_at += len(found) if isinstance(found, list) else 1
            return found

    def looks(count: int) -> float:
        from builder.plan import related

        Counted.looked_at = 0
        works = [
            (f"w{n}", frozenset({("tag", str(n % 7)), ("hero", str(n % 40)), ("word", str(n % 90))}))
            for n in range(count)
        ]
        original = dict.setdefault

        class Postings(dict[Term, list[int]]):
            def setdefault(self, key, default=None):
                return original(self, key, Counted())

        related.relations(works, 3, Postings())
        return Counted.looked_at / count

    assert looks(8000) <= looks(4000) * 1.1 <= MOST_LOOKED_AT * 1.3


def test_the_same_library_is_not_thought_through_twice():
    given_ = sources(
        {
            "a.md": on(1, "tags: [rain]\n"),
            **{f"{k}.md": v for k, v in others().items()},
            "b.md": on(3, "tags: [rain]\n"),
        }
    )
    shown = library(given_)
    one = Related()
    assert one.among(shown, 3) is one.among(shown, 3)
    assert one.among(shown, 2) is not one.among(shown, 3)
    assert ("tag", "rain") in terms_of(next(s for s in shown.stories if s.id == "a"))

"""Why an edition holds what it holds, read aloud."""

from __future__ import annotations

from builder.desk.explain import WHY, Explained, explain
from builder.model.edition import Reason
from tests.values import codes, desk, sources, story

Files = dict[str, str | bytes]

LONG = " ".join(["word"] * 60)

FILES: Files = {
    "hero.md": story(f"kind: heroic\nsummary: {LONG}\n", title="'[*](@p-1 \"A colleague\") at night'"),
    "pocket.md": story("kind: small\n", title="A pocket"),
    "draft.md": story("status: draft\n"),
}


def explained(files: Files, edition: str = "date: 2026-03-05\n", wanted: str = "") -> Explained:
    given = sources(files, editions={"w10.md": f"---\n{edition}---\nHello.\n"})
    return explain(given, desk(), wanted)


def test_every_reason_has_words():
    assert set(WHY) == set(Reason)


def test_each_place_and_each_story_passed_over_is_a_sentence():
    assert explained(FILES).sentences == (
        "Edition w10 (weekly, 2026-03-05).",
        "It looks at stories from 2026-02-02 to 2026-03-05.",
        "A thin time: 2 stories were found, so this is a short edition.",
        "",
        "The lead: `hero` (A colleague at night), because of the heroic stories it is the newest, and a heroic story leads.",
        "A small thing: `pocket` (A pocket), because of the small things that are left it is the newest.",
        "",
        "Passed over:",
        "  `draft` (A night): it is a draft.",
        "",
        "Words to read, of at most 500: 70 in en (1 minute), 70 in fa (1 minute).",
    )


def test_nobodys_name_is_said():
    said = "\n".join(explained(FILES).sentences) + str(explained(FILES).values)
    assert "Rania" not in said
    assert "Boutros" not in said


def test_a_place_that_stays_empty_is_said():
    head = "date: 2026-03-05\nkind: special\nstories: [hero]\nslots: [lead, behind]\n"
    found = explained(FILES, head)
    assert "Behind the scenes: nothing, and `slots:` says that it has to be filled." in found.sentences
    assert "slot-empty" in codes(found.problems)
    assert "  `pocket` (A pocket): it was free, and the editor chose others." in found.sentences


def test_programs_get_the_same_as_values():
    values = explained(FILES).values
    assert values
    assert values["placed"] == [
        {"work": "hero", "slot": "lead", "why": "heroic", "facts": {}, "said": WHY[Reason.HEROIC]},
        {"work": "pocket", "slot": "small", "why": "small", "facts": {}, "said": WHY[Reason.SMALL]},
    ]
    assert values["passed"] == [{"work": "draft", "why": "draft", "facts": {}, "said": "it is a draft"}]
    assert (values["words"], values["fullness"]) == ({"en": 70, "fa": 70}, "short")


def test_an_edition_that_there_is_not_is_a_problem_and_nothing_more():
    found = explained(FILES, wanted="w11")
    assert (found.sentences, found.values) == ((), None)
    assert "no-edition" in codes(found.problems)

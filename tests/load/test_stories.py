"""Stories: names of files, translations and what they inherit, references, and what is unknown."""

from __future__ import annotations

import pytest

from builder.model.person import Channel, Form
from builder.model.story import Kind, Status, Story
from builder.model.text import Reference
from builder.problem import Level
from tests.values import at, codes, said, sources, story, understood


def read(files: dict[str, str | bytes], pictures: tuple[str, ...] = ()) -> dict[str, Story]:
    newsroom, problems = understood(sources(files, pictures=pictures))
    assert not problems, said(problems)
    return {one.file.removeprefix("stories/2026/"): one for one in newsroom.stories}


def faults(files: dict[str, str | bytes], pictures: tuple[str, ...] = ()) -> list[str]:
    return said(understood(sources(files, pictures=pictures))[1])


def test_a_story_is_named_by_its_file_and_dated_at_local_midnight():
    found = read({"night-shift.md": story("date: 2026-07-01\n")})["night-shift.md"]
    assert (found.id, found.work, found.lang, found.version) == (
        "night-shift",
        "night-shift",
        "en",
        "night-shift/en",
    )
    assert found.date.isoformat() == "2026-07-01T00:00:00+01:00"
    assert (found.kind, found.status) == (None, Status.READY)


def test_a_translation_inherits_all_but_words():
    original = story(
        "kind: small\nteam: stores\nheroes: [p-1]\nsummary: A summary.\nwhy_it_matters: It does.\n"
        "aliases: [old]\nnot_a_name: [May]\ncustomer: {kind: internal, as: a nurse}\n"
    )
    found = read({"a.md": original, "a.fa.md": "---\ntitle: شب\n---\nمتن\n"})["a.fa.md"]
    assert (found.work, found.lang, found.kind, found.team, found.heroes) == (
        "a",
        "fa",
        Kind.SMALL,
        "stores",
        ("p-1",),
    )
    assert found.date == at("2026-03-04")
    assert not found.summary
    assert not found.why_it_matters
    assert (found.aliases, found.not_a_name) == ((), ())
    assert found.customer is not None
    assert (found.customer.kind, found.customer.called.parts) == ("internal", ())


def test_a_translation_has_its_own_words_for_the_pictures_of_its_original():
    files: dict[str, str | bytes] = {
        "a.md": story("picture: {file: a.jpg, alt: A lamp, credit: Ali}\n"),
        "a.fa.md": "---\ntitle: شب\npicture: {alt: چراغ}\n---\n",
        "a.el.md": "---\ntitle: Νύχτα\n---\n",
    }
    newsroom, problems = understood(sources(files, pictures=("2026/a.jpg",)))
    assert [(one.code, one.file) for one in problems] == [("alt-missing", "stories/2026/a.el.md")]
    picture = next(one.picture for one in newsroom.stories if one.lang == "fa")
    assert picture is not None
    assert (picture.file, picture.alt.parts) == ("2026/a.jpg", ("چراغ",))


def test_a_translation_of_another_name_is_the_same_work():
    found = read({"a.md": story(), "shab.md": "---\ntitle: شب\nlang: fa\ntranslation_of: a\n---\n"})[
        "shab.md"
    ]
    assert (found.id, found.work, found.lang, found.date) == ("shab", "a", "fa", at("2026-03-04"))


def test_an_original_may_be_in_another_language_than_the_sites():
    found = read({"a.fa.md": story(), "a.el.md": "---\ntitle: Νύχτα\n---\n"})
    assert {one.work for one in found.values()} == {"a"}
    assert found["a.el.md"].date == at("2026-03-04")


def test_a_translation_of_a_translation_is_of_the_first():
    files: dict[str, str | bytes] = {
        "a.md": story("team: stores\n"),
        "b.md": "---\ntitle: B\nlang: fa\ntranslation_of: a\n---\n",
        "c.md": "---\ntitle: C\nlang: el\ntranslation_of: b\n---\n",
    }
    assert {(one.work, one.team) for one in read(files).values()} == {("a", "stores")}


def test_translations_in_a_circle_are_said_and_do_not_turn_for_ever():
    files: dict[str, str | bytes] = {
        "a.md": story("translation_of: b\n"),
        "b.md": story("translation_of: c\nlang: fa\n"),
        "c.md": story("translation_of: a\nlang: el\n"),
    }
    assert faults(files) == ["translation-circle 2026/a.md:4:1"]


def test_a_circle_is_named_by_all_who_are_in_it():
    files: dict[str, str | bytes] = {
        "a.md": story("translation_of: b\n"),
        "b.md": story("translation_of: a\nlang: fa\n"),
    }
    _, problems = understood(sources(files))
    assert [one.message for one in problems] == [
        "this story and b.md each say that they are a translation of the other"
    ]


def test_a_story_is_no_translation_of_itself():
    assert faults({"a.md": story("translation_of: a\n")}) == ["translation-circle 2026/a.md:4:1"]


def test_a_translation_of_nothing_is_said_with_a_guess():
    _, problems = understood(
        sources({"night.md": story(), "shab.md": story("translation_of: nigth\nlang: fa\n")})
    )
    assert [(one.code, one.line, one.guess) for one in problems] == [("translation-of-nothing", 4, "night")]


@pytest.mark.parametrize(
    "files",
    [
        {"2025/a.md": story(), "2026/a.md": story()},
        {"a.md": story("lang: fa\n"), "a.fa.md": story()},
        {"a.md": story(), "b.md": story("translation_of: a\n")},
    ],
)
def test_two_files_of_one_story_in_one_language_are_both_named(files: dict[str, str | bytes]):
    _, problems = understood(sources(files))
    assert codes(problems) == ["story-twice"]
    both = problems[0].file + problems[0].message
    assert all(name.removeprefix("2026/") in both for name in files)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Night Shift.md", "file-name 2026/Night Shift.md:0:0"),
        ("شب.md", "file-name 2026/شب.md:0:0"),
        ("night.old.md", "file-language 2026/night.old.md:0:0"),
        ("night.fa.en.md", "file-language 2026/night.fa.en.md:0:0"),
        (".fa.md", "file-name 2026/.fa.md:0:0"),
    ],
)
def test_a_file_name_that_says_nothing_is_said(name: str, where: str):
    assert faults({name: story()}) == [where]


def test_the_guess_of_a_file_name_is_one_that_can_be():
    _, problems = understood(sources({"Night Shift!.md": story()}))
    assert problems[0].guess == "night-shift.md"


def test_problems_in_drafts_are_warnings_and_the_draft_is_kept():
    newsroom, problems = understood(sources({"a.md": story("status: draft\nteam: nobody\nheroes: [p-99]\n")}))
    assert [(one.code, one.level) for one in problems] == [
        ("id-unknown", Level.WARNING),
        ("person-unknown", Level.WARNING),
    ]
    assert [one.status for one in newsroom.stories] == [Status.DRAFT]


def test_a_draft_with_errors_still_says_that_it_is_taken_back():
    newsroom, problems = understood(sources({"a.md": story("status: draft\nkind: nonsense\n")}))
    assert [(one.code, one.level) for one in problems] == [("choice", Level.WARNING)]
    assert ([one.status for one in newsroom.stories], newsroom.lost) == ([Status.DRAFT], frozenset())


def test_a_story_with_an_error_is_lost_and_not_deleted():
    newsroom, _ = understood(sources({"a.md": story("team: nobody\n"), "b.md": story()}))
    assert ([one.id for one in newsroom.stories], [one.id for one in newsroom.unsound]) == (["b"], ["a"])
    assert newsroom.lost == {"stories/2026/a.md"}


def test_ids_that_nothing_has_are_said_at_their_places_with_a_guess():
    text = story(
        "team: store\nbehaviours: [empowerment, responsivness]\nperspective: front\nsupports: [nps]\nheroes: [p-11]\n"
    )
    _, problems = understood(sources({"a.md": text}))
    assert [(one.code, one.line, one.column, one.guess) for one in problems] == [
        ("id-unknown", 4, 7, "stores"),
        ("id-unknown", 5, 27, "responsiveness"),
        ("id-unknown", 6, 14, ""),
        ("id-unknown", 7, 12, ""),
        ("person-unknown", 8, 10, ""),
    ]


@pytest.mark.parametrize(("written", "guess"), [("p-01", "p-1"), ("p-l", "p-1"), ("p-11", ""), ("p-10", "")])
def test_a_guess_at_a_person_is_the_same_number_and_never_a_neighbour(written: str, guess: str):
    _, problems = understood(sources({"a.md": story(f"heroes: [{written}]\n")}))
    assert [(one.code, one.guess) for one in problems] == [("person-unknown", guess)]


@pytest.mark.parametrize(
    ("head", "body", "where"),
    [
        ("", "Thanks to [*](@p-9)!\n", "person-unknown 2026/a.md:5:11"),
        ("", "One\n\ntwo [*](@p-3 'her')\n", "person-wants-none 2026/a.md:7:5"),
        ("", "Thanks to [Rita](@p-1)!\n", "reference-without-star 2026/a.md:5:11"),
        ("", "Thanks to [*](@p-1 “her”)!\n", "reference-form 2026/a.md:5:13"),
        ("", "Thanks to [*](@ p-1)!\n", "reference-form 2026/a.md:5:13"),
        ("summary: '[*](@p-9)'\n", "", "person-unknown 2026/a.md:4:11"),
        ("by: p-9\n", "", "person-unknown 2026/a.md:4:5"),
        ("consent: {p-9: {channels: site}}\n", "", "person-unknown 2026/a.md:4:11"),
        ("picture: {file: a.jpg, alt: x, shows: [p-9]}\n", "", "person-unknown 2026/a.md:4:40"),
    ],
)
def test_a_reference_that_leads_to_nobody_is_said(head: str, body: str, where: str):
    assert faults({"a.md": story(head, body)}, ("2026/a.jpg",)) == [where]


def test_a_title_holds_references_and_no_names():
    found = read({"a.md": story(title="""'[*''s](@p-1:gen "a colleague''s") night'""")})["a.md"]
    assert found.title.parts == (Reference("p-1", "*'s", "gen", "a colleague's"), " night")


def test_a_signature_may_be_a_person():
    found = read({"a.md": story("by: p-1\n"), "b.md": story("by: The night team\n")})
    assert (found["a.md"].by.parts, found["b.md"].by.parts) == ((Reference("p-1"),), ("The night team",))


def test_a_translation_takes_more_away_and_gives_nothing_back():
    files: dict[str, str | bytes] = {
        "a.md": story("consent: {p-1: {channels: [site, email], form: first}}\n"),
        "a.fa.md": "---\ntitle: شب\nconsent: {p-1: {channels: [site, public], form: full}}\n---\n",
    }
    narrowings = read(files)["a.fa.md"].narrowings
    assert {(one.channels, one.form) for one in narrowings} == {
        ((Channel.SITE, Channel.EMAIL), Form.FIRST),
        ((Channel.SITE, Channel.PUBLIC), Form.FULL),
    }


@pytest.mark.parametrize(
    ("picture", "fault", "guess"),
    [
        ("{file: lamp.jgp, alt: x}", "picture-missing", "lamp.jpg"),
        ("{file: Lamp.jpg, alt: x}", "picture-missing", "lamp.jpg"),
        ("{alt: x}", "picture-missing", ""),
        ("{file: ../../etc/passwd, alt: x}", "picture-missing", ""),
        ("{file: lamp.jpg}", "alt-missing", ""),
        ("{file: lamp.jpg, alt: ''}", "alt-missing", ""),
        ("{file: lamp.jpg, alt: ' '}", "alt-missing", ""),
        ("{file: lamp.jpg, alt: '', decoration: false}", "alt-missing", ""),
    ],
)
def test_a_picture_needs_a_file_beside_the_story_and_words(picture: str, fault: str, guess: str):
    _, problems = understood(sources({"a.md": story(f"picture: {picture}\n")}, pictures=("2026/lamp.jpg",)))
    assert [(one.code, one.level, one.guess) for one in problems] == [(fault, Level.ERROR, guess)]


@pytest.mark.parametrize("alt", ["", ", alt: ''", ", alt: ' '"])
def test_a_picture_that_only_decorates_says_so_and_has_no_words(alt: str):
    given = sources(
        {"a.md": story(f"picture: {{file: lamp.jpg{alt}, decoration: true}}\n")}, pictures=("2026/lamp.jpg",)
    )
    newsroom, problems = understood(given)
    assert not problems
    shown = newsroom.stories[0].picture
    assert shown is not None
    assert shown.alt.parts == ()


def test_a_picture_that_has_words_and_decorates_keeps_its_words_and_a_warning():
    given = sources(
        {"a.md": story("picture: {file: lamp.jpg, alt: A lamp, decoration: true}\n")},
        pictures=("2026/lamp.jpg",),
    )
    newsroom, problems = understood(given)
    assert [(one.code, one.level, one.line, one.column) for one in problems] == [
        ("alt-of-decoration", Level.WARNING, 4, 27)
    ]
    shown = newsroom.stories[0].picture
    assert shown is not None
    assert shown.alt.parts == ("A lamp",)


def test_a_translation_need_not_say_again_that_a_picture_only_decorates():
    files: dict[str, str | bytes] = {
        "a.md": story("picture: {file: lamp.jpg, decoration: true}\n"),
        "a.fa.md": "---\ntitle: شب\n---\n",
    }
    assert not faults(files, ("2026/lamp.jpg",))
    told = {**files, "a.md": story("picture: {file: lamp.jpg, alt: A lamp}\n")}
    assert faults(told, ("2026/lamp.jpg",)) == ["alt-missing 2026/a.fa.md:0:0"]


def test_what_is_kept_under_extra_is_nobodys_business():
    newsroom, problems = understood(
        sources({"a.md": story("extra: {anything: [1, {deep: Rania Boutros}]}\n")})
    )
    assert not problems
    assert not any("Boutros" in one.text for one in newsroom.passages)

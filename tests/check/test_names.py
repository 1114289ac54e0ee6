"""Names that stand bare where only a reference may stand."""

from __future__ import annotations

import unicodedata

import pytest

from builder.check.names import bare_names, folded
from builder.problem import Level, Problem
from builder.render.markdown import convert
from tests.values import sources, story, understood


def found(
    body: str = "",
    head: str = "",
    *,
    title: str = "A night",
    name: str = "a.md",
    editions: dict[str, str | bytes] | None = None,
    pictures: tuple[str, ...] = (),
) -> list[Problem]:
    given = sources({name: story(head, body, title=title)}, editions=editions, pictures=pictures)
    newsroom, _ = understood(given)
    return list(bare_names(newsroom, {one.file: convert(one.body) for one in newsroom.stories}))


def told(problems: list[Problem]) -> list[tuple[str, int, int, str]]:
    return [(one.code, one.line, one.column, one.message.split("`")[1]) for one in problems]


@pytest.mark.parametrize(
    "written",
    [
        "Rania Boutros",
        "RANIA BOUTROS",
        "rania boutros",
        "Boutros Rania",
        "Boutros, Rania",
        "Rania  Boutros",
        "Rania\u00a0Boutros",
        "Rania-Boutros",
        "Rania\nBoutros",
        "رانیا بطرس",
        "رانيا بطرس",
        "رانِیا بُطرس",
        "رانـیا بطرس",
        "Ράνια Μπούτρος",
        "Ρανια Μπουτρος",
        "ΡΑΝΙΑ ΜΠΟΥΤΡΟΣ",
        "raniaboutros",
        "Ράνιας Μπούτρος",
        "Bolesław Wiśniewski",
        "Boleslaw Wisniewski",
        "BOLESŁAW WIŚNIEWSKI",
        "May Silence",
        "Ra\u00adnia Bou\u00adtros",
        "Rania Bou\u200dtros",
        "Rania\u200f Boutros",
        unicodedata.normalize("NFD", "Ράνια Μπούτρος"),
        unicodedata.normalize("NFD", "Bolesław Wiśniewski"),
        unicodedata.normalize("NFKC", "Ｒａｎｉａ Boutros"),
        "Ｒａｎｉａ Ｂｏｕｔｒｏｓ",
    ],
)
def test_a_full_name_is_found_in_any_form_script_and_order(written: str):
    problems = found(f"Thanks to {written}.\n")
    assert [(one.code, one.level, one.line, one.column) for one in problems] == [
        ("bare-name", Level.ERROR, 5, 11)
    ]
    assert problems[0].message.startswith(
        f"`{written.split(chr(10), maxsplit=1)[0].split(' ', maxsplit=1)[0][:2]}"
    )


@pytest.mark.parametrize("after", ["'s", "’s", "s’", "،", "!", " و", "؟", "—", "»"])
def test_what_stands_behind_a_name_hides_nothing(after: str):
    written = "رانیا بطرس" if after in "، و؟»" else "Rania Boutros"
    expected = "bare-name" if after != "s’" else "bare-first-name"
    assert next(one.code for one in found(f"Es war {written}{after} Tag\n")) == expected


@pytest.mark.parametrize("written", ["Mirania Boutrosian", "Rania and Boutros Inc", "Rania. A Boutros"])
def test_a_full_name_is_whole_words_and_nothing_between_them(written: str):
    assert "bare-name" not in [one.code for one in found(f"It was {written}.\n")]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("It was Rania.\n", "bare-first-name"),
        ("It was Boutros.\n", "bare-first-name"),
        ("Ήταν η Ράνιας.\n", "bare-first-name"),
        ("It was رانیا here.\n", "bare-first-name"),
        ("It was Boleslaw.\n", "bare-first-name"),
    ],
)
def test_a_given_or_family_name_alone_is_a_warning(source: str, code: str):
    problems = found(source)
    assert [(one.code, one.level, one.line) for one in problems] == [(code, Level.WARNING, 5)]
    assert "not_a_name" in problems[0].mend


def test_a_word_that_is_no_name_as_it_is_written_is_none():
    assert found("It may be silence that we want in may.\n") == []
    assert [one.message.split("`")[1] for one in found("It was in May.\n")] == ["May"]


def test_initials_alone_are_nobody():
    assert found("R. B. signed it.\n") == []


def test_a_reference_is_no_bare_name_but_its_phrase_may_hold_one():
    assert found('Thanks to [*](@p-1 "a nurse") and [*](@p-2).\n') == []
    assert [one.code for one in found('Thanks to [*](@p-1 "Rania Boutros").\n')] == ["bare-name"]


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("summary: With Rania Boutros.\n", (4, 15)),
        ("why_it_matters: Rania Boutros cared.\n", (4, 17)),
        ("tags: [soup, Rania Boutros]\n", (4, 14)),
        ("by: Rania Boutros\n", (4, 5)),
        ("customer: {as: Rania Boutros}\n", (4, 16)),
        ("picture: {file: a.jpg, alt: Rania Boutros}\n", (4, 29)),
        ("aliases: [rania-boutros]\n", (4, 11)),
    ],
)
def test_names_are_looked_for_in_all_that_is_written(head: str, place: tuple[int, int]):
    assert [(one.code, one.line, one.column) for one in found("", head)] == [("bare-name", *place)]


def test_a_title_holds_no_name_and_the_problem_shows_its_line():
    problems = found(title="Rania Boutros runs")
    assert told(problems) == [("bare-name", 2, 8, "Rania Boutros")]
    assert problems[0].excerpt == "title: Rania Boutros runs"


def test_the_place_in_a_long_text_is_that_of_the_name():
    problems = found("One.\n\nTwo and three,\nthen Rania Boutros came.\n")
    assert told(problems) == [("bare-name", 8, 6, "Rania Boutros")]
    assert problems[0].excerpt == "then Rania Boutros came."


def test_the_place_of_a_name_folded_in_a_value_is_not_that_of_the_same_name_in_the_body():
    problems = found("Rania Boutros came.\n", "summary: >\n  It was Rania\n  Boutros who came.\n")
    assert told(problems) == [("bare-name", 5, 10, "Rania Boutros"), ("bare-name", 8, 1, "Rania Boutros")]


def test_names_of_files_hold_no_names():
    problems = found(name="rania-boutros.md", pictures=("2026/boutros_rania.jpg",))
    assert [(one.code, one.file, one.line) for one in problems] == [
        ("bare-name", "stories/2026/rania-boutros.md", 0),
        ("bare-name", "stories/2026/boutros_rania.jpg", 0),
    ]
    assert "Rename the file" in problems[0].mend


def test_an_edition_is_read_too():
    edition = "---\ndate: 2026-03-05\nsubject: For Rania Boutros\n---\n\nDear Rania Boutros\n"
    assert [(one.code, one.line) for one in found(editions={"w10.md": edition})] == [
        ("bare-name", 3),
        ("bare-name", 6),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Ra<b>nia</b> Boutros came.\n",
        "Ra**nia** Boutros came.\n",
        "*Rania* **Boutros** came.\n",
        "&#82;ania Boutros came.\n",
        "[Rania](a.md) Boutros\n",
    ],
)
def test_a_name_put_together_from_markup_is_a_name(body: str):
    problems = [one for one in found(body) if one.code == "bare-name"]
    assert [one.mend.partition(" instead")[0] for one in problems] == ['Write [*](@p-1 "a colleague")']


def test_not_a_name_excuses_the_word_and_the_whole_name_in_this_story():
    assert found("In May.\n", "not_a_name: [May]\n") == []
    assert found("In MAY.\n", "not_a_name: may\n") == []
    assert found("At the Rania Boutros Hall.\n", "not_a_name: [Rania Boutros]\n") == []
    assert [one.code for one in found("In May with Rania.\n", "not_a_name: [May]\n")] == ["bare-first-name"]


def test_not_a_name_excuses_no_other_full_name():
    assert [one.code for one in found("Rania Boutros came.\n", "not_a_name: [Rania, Boutros]\n")] == [
        "bare-name"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كريم", "کریم"),
        ("علی", "علي"),
        ("علی", "على"),
        ("Ώρα", "ωρα"),
        ("ΧΑΝΤΑΝΤ", "Χαντάντ"),
        ("STRASSE", "straße"),
        ("Łódź", "lodz"),
        ("می‌روم", "میروم"),
    ],
)
def test_words_are_compared_as_people_read_them(one: str, other: str):
    assert folded(one) == folded(other)

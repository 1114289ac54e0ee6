"""Where the words of a passage stand in their file."""

from __future__ import annotations

import pytest

from builder.load.marks import Page, read_yaml
from builder.load.passages import of_body, of_values


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ("summary: Ask Ana now\n", 1, 14),
        ("summary: 'Ask Ana now'\n", 1, 15),
        ('summary: "Ask\n  Ana now"\n', 2, 3),
        ("summary: >\n  Ask\n  Ana now\n", 3, 3),
        ("a: |\n  one\n\n  Ask Ana\n", 4, 7),
        ("tags: [Ana, b]\n", 1, 8),
    ],
)
def test_words_in_a_value_are_found_on_their_own_line(yaml: str, line: int, column: int):
    [passage] = [one for one in of_values(read_yaml(Page("f", yaml))) if "Ana" in one.text]
    assert passage.place(passage.text.index("Ana"), "Ana") == (line, column, yaml.split("\n")[line - 1])


def test_the_second_of_two_is_the_second():
    yaml = "Ana: x\nsummary: >\n  Ana and\n  Ana\n"
    [passage] = [one for one in of_values(read_yaml(Page("f", yaml))) if "Ana" in one.text]
    assert passage.place(passage.text.rindex("Ana"), "Ana")[:2] == (4, 3)


def test_words_that_are_written_otherwise_have_the_place_of_their_value():
    [passage] = of_values(read_yaml(Page("f", 'summary: "\\u0041na"\n')))
    assert passage.place(0, "Ana") == (1, 10, 'summary: "\\u0041na"')


def test_words_of_a_body_are_counted_from_its_first_line():
    passage = of_body(Page("f", ""), "one\ntwo Ana\n", 7)
    assert passage.place(8, "Ana") == (8, 5, "two Ana")
    assert passage.place(0, "one") == (7, 1, "one")

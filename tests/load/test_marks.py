"""YAML with places: what a word is, where it stands, and what is said when it is not YAML."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml

from builder.load.marks import DEEPEST, MOST_NODES, Marked, Page, read_yaml
from builder.load.pages import decode
from tests.values import file, said


def read(text: str) -> Marked:
    return read_yaml(Page("stories/f.yaml", text))


def test_words_stay_words():
    text = "a: no\nb: 1:30\nc: 012\nd: 2026-03-04\ne: 1e3\nf: 0x10\ng: '~'\nh: on\n"
    assert read(text).data == {
        "a": "no",
        "b": "1:30",
        "c": "012",
        "d": "2026-03-04",
        "e": "1e3",
        "f": "0x10",
        "g": "~",
        "h": "on",
    }


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_what_is_left_empty_is_nothing(nothing: str):
    assert read(f"a: {nothing}\n").data == {"a": None}


@pytest.mark.parametrize("written", ['""', "''", '"null"', "'~'"])
def test_what_stands_in_quotation_marks_is_always_a_word(written: str):
    assert read(f"a: {written}\n").data == {"a": written.strip("'\"")}


def test_an_empty_document_is_nothing_and_no_fault():
    assert (read("").data, read("# a remark\n").problems) == (None, ())


def test_a_key_twice_is_said_at_the_second_and_the_first_counts():
    marked = read("title: a\ndate: b\ntitle: c\n")
    assert marked.data == {"title": "a", "date": "b"}
    assert said(marked.problems) == ["duplicate-key f.yaml:3:1"]
    assert marked.problems[0].message == "`title` stands here a second time (first on line 1)"


def test_a_key_twice_deep_inside_is_said_too():
    assert said(read("a:\n  - b: 1\n    b: 2\n").problems) == ["duplicate-key f.yaml:3:5"]


def test_a_colon_in_a_title_is_explained():
    problem = read("date: x\ntitle: Lost: one umbrella\n").problems[0]
    assert said([problem]) == ["yaml-colon f.yaml:2:12"]
    assert problem.excerpt == "title: Lost: one umbrella"
    assert "quotation marks" in problem.mend


def test_a_tab_is_pointed_at_where_it_stands():
    assert said(read("a:\n  b: 1\n\tc: 2\n").problems) == ["yaml-tab f.yaml:3:1"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: 'one\nb: two\n", "yaml-quote f.yaml:1:4"),
        ('a: "one\n', "yaml-quote f.yaml:1:4"),
        ("a: @home\n", "yaml-first-letter f.yaml:1:4"),
        ("a: `code`\n", "yaml-first-letter f.yaml:1:4"),
        ("a: *nowhere\n", "yaml-first-letter f.yaml:1:4"),
        ("a: [1,\nb: 2\n", "yaml-bracket f.yaml:1:4"),
        ("a: one\n--- two\n", "yaml-shape f.yaml:2:1"),
        ("a: 1\nb: \x07\n", "yaml-character f.yaml:2:4"),
        ("? [a, b]\n: c\n", "yaml-key f.yaml:1:3"),
        ("{a: 1}: b\n", "yaml-key f.yaml:1:1"),
    ],
)
def test_what_is_no_yaml_is_said_at_its_place(text: str, where: str):
    assert said(read(text).problems) == [where]


def test_a_key_that_is_a_list_is_left_out_and_the_rest_stays():
    assert read("? [a, b]\n: c\nd: e\n").data == {"d": "e"}


def test_numbers_and_yes_are_words_as_keys_too():
    assert read("1: a\nyes: b\n2026-01-01: c\n").data == {"1": "a", "yes": "b", "2026-01-01": "c"}


def test_aliases_are_followed():
    assert read("a: &x [1, 2]\nb: *x\n").data == {"a": ["1", "2"], "b": ["1", "2"]}


def test_a_billion_laughs_are_not_laughed():
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert said(read("\n".join(lines)).problems) == ["yaml-too-big f.yaml:1:1"]


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "a: &a {b: *a}\n", "&a [*a, *a]\n"])
def test_what_holds_itself_is_refused(text: str):
    assert said(read(text).problems) == ["yaml-too-big f.yaml:1:1"]


@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "? ", "&a [", "!!seq ["])
def test_a_hundred_thousand_brackets_are_refused_and_not_climbed_into(opened: str):
    assert said(read(opened * 100_000).problems)[0].endswith("f.yaml:1:1")


def nests_deeper_than_allowed(text: str) -> bool:
    """Whether the library's own events go too deep, before any fault in the text ends them."""
    depth = 0
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return True
    return False


NESTED_IN = [
    "{}\n",
    "a: {}\n",
    "a: 1\na: {}\n",
    "? {}\n: 1\n",
    "? [a]\n: {}\n",
    "{{{{a: {}}}: 1}}\n",
    "a: {{{{ {} }}}}\n",
    "a: {}\nb: [\n",
    "b: [\na: {}\n",
    "a: *b\nb: {}\n",
    "a: &a {}\na: &a {}\n",
    "a: {}\n---\nb: 1\n",
    "- &a {}\n- [*a]\n",
    "{{a: 1, a: {}, {}: 1}}\n",
]


@pytest.mark.parametrize("written", NESTED_IN)
@pytest.mark.parametrize("remark", ["# more than enough\n" * 4, "# [[[[[[[[[[[[[[[[[[[[\n" * 10])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[b: ", "]")])
def test_what_nests_too_deep_is_refused_wherever_it_stands(
    written: str, remark: str, opening: str, closing: str
):
    told = set()
    for depth in (DEEPEST // 2 - 2, DEEPEST // 2, *range(DEEPEST - 2, DEEPEST + 3)):
        for inside in ("", "c"):
            nested = opening * depth + inside + closing * depth
            text = remark + written.replace("{}", nested).replace("{{", "{").replace("}}", "}")
            too_big = "yaml-too-big" in [one.code for one in read(text).problems]
            # What repeats itself may go deeper than it is written.
            assert too_big == nests_deeper_than_allowed(text) or (too_big and "*a" in text)
            told.add(too_big)
    assert len(told) == 2 or "[\na" in written


def test_as_many_values_as_a_newsroom_may_have_are_read():
    assert len(read("- a\n" * 5000).data) == 5000
    assert said(read("- a\n" * MOST_NODES).problems) == ["yaml-too-big f.yaml:1:1"]


def test_python_is_never_made():
    assert read("a: !!python/object/apply:os.getcwd []\n").data == {"a": []}


def test_places_count_characters_and_not_bytes():
    marked = read('{"عنوان": "بیمارستان 🦊", key: v}\n')
    assert marked.keys["key",] == (1, len('{"عنوان": "بیمارستان 🦊", ') + 1)


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"])
def test_separators_that_only_yaml_takes_for_line_ends_move_no_place(separator: str):
    marked = read(f'a: "one{separator}two"\nb: 1\n')
    assert (marked.keys["b",], marked.problems) == ((2, 1), ())


def test_a_control_character_below_letters_of_many_bytes_is_on_its_own_line():
    assert said(read("a: یییییییی\nb: \x07\nc: 1\nd: 1\n").problems) == ["yaml-character f.yaml:2:4"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_move_no_place(ends: str, mark: bytes):
    page, problems = decode(file("stories/f.yaml", mark + ends.join(["a: 1", "b:", "  - c: 2"]).encode()))
    marked = read_yaml(page)
    assert (problems, marked.keys["a",], marked.keys["b", 0, "c"]) == ((), (1, 1), (3, 5))


def test_a_piece_of_a_page_has_the_places_of_the_page():
    marked = read_yaml(Page("f", "---\na: 1\nb: x: y\n---\ntext\n"), first=2, last=3)
    assert [(one.line, one.column, one.excerpt) for one in marked.problems] == [(3, 5, "b: x: y")]


def test_what_has_no_place_of_its_own_has_that_of_what_holds_it():
    marked = read("a:\n  b: 1\n")
    assert (marked.at(("a", "c", 3)), marked.key_at(("a", "z")), marked.at(("q",))) == (
        (2, 3),
        (2, 3),
        (1, 1),
    )

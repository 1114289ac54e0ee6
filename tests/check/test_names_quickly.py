"""One look over all words of a file says of most that there is no name in it: it never says so wrongly."""

from __future__ import annotations

import pickle
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.check.names import Roll, bare_names, bare_names_in
from builder.load import disk, intake
from builder.model.body import Body, Image, Link, Part
from builder.model.newsletter import Newsroom, Passage
from builder.model.person import Name, NameForms, Person
from builder.model.sources import Sources
from builder.model.text import Text
from builder.problem import Problem
from builder.render.markdown import convert
from tests.values import PEOPLE, sources, story, understood

ROOT = Path(__file__).resolve().parents[2]


class Thorough(Roll):
    """Reads every word of every text, however little it looks like a name."""

    def may_hold(self, text: str) -> bool:
        return True


def person(id: str, full: str, first: str = "") -> Person:
    return Person(id=id, names=(Name(script="latin", forms=NameForms(full=full, first=first, initials="")),))


@cache
def people() -> Mapping[str, Person]:
    more = (
        person("p-7", "Ẑoë Åström-Łasak", "Ẑoë"),
        person("p-8", "क्षमा देवी"),
        person("p-9", "李 小龙", "小龙"),
    )
    return {**understood(sources())[0].people, **{one.id: one for one in more}}


NAMES = sorted({name.forms.full for one in people().values() for name in one.names})
WORDS = sorted({word for name in NAMES for word in name.split()})
BETWEEN = [
    "",
    " ",
    "\n",
    "\u00a0",
    "\u2028",
    "\u200b",
    "\u200f",
    "\u00ad",
    "_",
    "-",
    ", ",
    "**",
    "</b>",
    '"',
    "=",
]
AROUND = [
    "",
    "a",
    "é",
    "\u0301",
    "\u064e",
    "\u0640",
    "\u094d",
    "&amp;",
    "%",
    '<a title="',
    '">',
    "x='",
    "1",
    "\ufffc",
]


def in_numbers(word: str) -> str:
    return "".join(f"&#{ord(one)};" for one in word)


def in_percent(word: str) -> str:
    return "".join(f"%{one:02x}" for one in word.encode())


def referred_to(word: str) -> str:
    return f'[{word} *](@p-1 "{word}")'


WRITTEN = [
    str,
    str.upper,
    str.lower,
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: unicodedata.normalize("NFKD", word),
    "\u200d".join,
    lambda word: word.replace("ی", "ي").replace("i", "ı").replace("s", "ſ"),
    lambda word: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word),
    in_numbers,
    in_percent,
    referred_to,
]
written_words = st.builds(
    lambda word, how: how(word), st.sampled_from([*WORDS, *NAMES]), st.sampled_from(WRITTEN)
)
texts = st.lists(
    st.one_of(written_words, st.sampled_from(BETWEEN), st.sampled_from(AROUND), st.text(max_size=6)),
    max_size=12,
).map("".join)


@given(texts, st.lists(texts, max_size=3), st.sampled_from([(), ("May",), ("Rania Boutros", "小龙")]))
@example("Łasak Ẑoë", [], ())
@example('A <a title="Rania&#32;Boutros">x</a>', [], ())
@example("[x](Rania%20Boutros.html)", [], ())
@example("![Rania *Boutros*](a.png)", [], ())
@example("R&#97;nia Boutros", ["Rania Boutros"], ("May",))
def test_what_one_look_passes_over_holds_no_name(body: str, values: list[str], excused: tuple[str, ...]):
    passages = [
        Passage(file="a.md", line=2, column=3, text=text, source="\n" + text, excused=excused)
        for text in values
    ]
    passages.append(Passage(file="a.md", line=5, column=1, text=body, excused=excused))
    for words, converted in ((passages, None), (passages, convert(body)), ([], convert(body))):
        found = bare_names_in("a.md", words, converted, Roll(people()))
        assert found == bare_names_in("a.md", words, converted, Thorough(people()))


NUMBERS = in_numbers("Rania") + " " + in_numbers("Boutros")


@pytest.mark.parametrize("words", [NUMBERS, in_percent("Rania Boutros")])
def test_a_name_without_one_letter_as_it_is_read_is_found(words: str):
    passage = Passage(file="a.md", line=1, column=1, text=words)
    assert [one.code for one in bare_names_in("a.md", [passage], None, Roll(people()))] == ["bare-name"]


@pytest.mark.parametrize(
    "part",
    [
        f'<img title="{NUMBERS}">',
        '<img class="a" title="Rania Boutros">',
        Link(in_percent("Rania Boutros")),
        Link("Rania-Boutros.html"),
        Image("a.png", Text(("Rania Boutros",))),
    ],
)
def test_a_name_that_only_a_converted_text_says_is_found_wherever_it_says_it(part: Part):
    body = Body(parts=("<p>A ward</p>", part), words=Text(("A ward",)), opening=Text(), ids=())
    assert [one.code for one in bare_names_in("a.md", [], body, Roll(people()))] == ["bare-name"]


@given(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join), texts, texts)
def test_a_name_of_any_letters_is_found_in_any_text(name: str, before: str, after: str):
    roll, thorough = (kind({"p-1": person("p-1", name)}) for kind in (Roll, Thorough))
    text = f"{before} {name} {after}"
    assert roll.find(text) == thorough.find(text)
    assert roll.find(text) == thorough.find(text), "what was learnt from the first look changes nothing"


def one_by_one(newsroom: Newsroom, roll: Roll) -> list[Problem]:
    """What is said of every file by itself."""
    by_file: dict[str, list[Passage]] = defaultdict(list)
    for passage in newsroom.passages:
        by_file[passage.file].append(passage)
    bodies = {one.file: convert(one.body) for one in (*newsroom.stories, *newsroom.unsound)}
    return [
        problem
        for file, passages in by_file.items()
        for problem in bare_names_in(file, passages, bodies.get(file), roll)
    ]


@pytest.mark.parametrize("folder", [".", "tests/newsrooms/small"])
def test_newsrooms_are_read_with_the_same_findings(folder: str):
    newsroom, _ = intake.understand(read(ROOT / folder))
    # A name that every text holds, and many that some hold: the words of the texts themselves.
    words = sorted({word for one in newsroom.stories for word in one.title.parts if isinstance(word, str)})
    invented = {f"x-{n}": person(f"x-{n}", word) for n, word in enumerate(words)}
    everyone = {**newsroom.people, **invented}
    found = one_by_one(newsroom, Roll(everyone))
    assert len(found) >= len(newsroom.stories)
    assert found == one_by_one(newsroom, Thorough(everyone))


@cache
def read(folder: Path) -> Sources:
    return disk.read(folder)


def test_problems_stand_in_the_order_of_the_passages_and_those_of_bodies_behind_them():
    newsroom, _ = understood(
        sources(
            {"a.md": story("", "Ra**nia** Boutros\n\nMay Silence\n"), "b.md": story("", "Rania Boutros\n")},
            editions={"rania-boutros.md": "---\ndate: 2026-03-05\n---\nMay Silence\n"},
            metrics={"m.yaml": "name: Rania Boutros\n"},
        )
    )
    bodies = {one.file: convert(one.body) for one in newsroom.stories}
    said = [
        (one.file.rpartition("/")[2], one.line)
        for one in bare_names(newsroom, bodies)
        if one.code == "bare-name"
    ]
    assert said == [
        ("a.md", 7),
        ("b.md", 5),
        ("rania-boutros.md", 4),
        ("m.yaml", 1),
        ("rania-boutros.md", 0),
        ("a.md", 0),
    ]


def test_the_digest_of_a_roll_is_that_of_its_names():
    def digest(text: str = PEOPLE) -> str:
        return Roll(understood(sources(people=text))[0].people).digest

    assert digest() == digest()
    assert digest() == digest(PEOPLE.replace("recognition: private", "recognition: everyone"))
    others = ("p-2", "p-22"), ("Bolesław", "Bogusław"), ("first: Rania", "first: Rana"), ("Ράνιας", "Ράνιασσ")
    alone = {Roll({"p-1": person("p-1", name)}).digest for name in ("Madonna", "Cher")}
    assert len(alone) == 2
    assert len({digest(), *(digest(PEOPLE.replace(*other)) for other in others)}) == 1 + len(others)


def test_a_roll_goes_to_another_process_without_what_it_learnt():
    roll = Roll(people())
    fresh = len(pickle.dumps(roll))
    roll.find("many words that are no names")
    assert len(pickle.dumps(roll)) == fresh
    assert pickle.loads(pickle.dumps(roll)).find("Rania Boutros") == roll.find("Rania Boutros")

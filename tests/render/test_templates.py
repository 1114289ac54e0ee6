"""Templates: strict and escaped, and their mistakes told with their own file and line."""

from __future__ import annotations

from typing import Any

import pytest

from builder.problem import Problem, Trouble
from builder.render.templates import Templates


def trouble(sources: dict[str, str], **values: Any) -> Problem:
    with pytest.raises(Trouble) as caught:
        Templates(sources).render("page.html", **values)
    return caught.value.problem


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n{{ nobody }}\n", 2),
        ("\n\n{{ page.nothing }}", 3),
        ("{% if x %}\n", 1),
        ("\n{% endif %}", 2),
        ("\n{{ 'a' + 1 }}", 2),
        ("\n{{ 1 / 0 }}", 2),
        ("\n{{ [][1].a }}", 2),
        ("\n{{ x | nofilter }}", 2),
        ("\n{{ say('no.such.word') }}", 2),
        ("\n{% include 'nowhere.html' %}", 2),
        ("\n{% include 'page.html' %}", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(source: str, line: int):
    found = trouble({"page.html": source}, page={}, say=lambda key: {}[key])
    assert (found.code, found.file, found.line) == ("template", "templates/page.html", line)
    assert found.excerpt == source.split("\n")[line - 1]


@pytest.mark.parametrize("inner", ["\n\n{{ nobody }}", "\n\n{% nonsense %}", "\n\n{{ 1 / 0 }}"])
def test_a_mistake_in_a_part_is_told_with_the_parts_file(inner: str):
    sources = {"page.html": "{% include 'partials/card.html' %}", "partials/card.html": inner}
    found = trouble(sources)
    assert (found.file, found.line) == ("templates/partials/card.html", 3)


def test_a_mistake_in_a_block_is_told_with_the_file_that_holds_the_block():
    sources = {
        "base.html": "<main>\n{% block main %}{% endblock %}\n</main>",
        "page.html": "{% extends 'base.html' %}\n{% block main %}\n{{ nobody }}\n{% endblock %}",
    }
    found = trouble(sources)
    assert (found.file, found.line) == ("templates/page.html", 3)


def test_a_template_that_is_not_there_is_told():
    assert "page.html" in trouble({}).message


@pytest.mark.parametrize("ending", [".html", ".xml", ".svg", ".mjml"])
def test_text_is_escaped_where_markup_is_meant(ending: str):
    name = f"a{ending}"
    assert Templates({name: "{{ x }}"}).render(name, x='<b>&"') == "&lt;b&gt;&amp;&#34;"


def test_plain_text_is_not_escaped():
    assert Templates({"a.txt": "{{ x }}\n"}).render("a.txt", x="<b>&") == "<b>&\n"

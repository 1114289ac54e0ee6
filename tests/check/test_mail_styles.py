"""As much of CSS as mails are written in: what is read, what it chooses, and what wins."""

from __future__ import annotations

import pytest

from builder.check.mail_looks import DAY, NIGHT, Looks, colour, length, sides
from builder.check.mail_styles import Light, Styles, applies, declarations, rules
from builder.check.mail_tree import Element, as_word_sees_it, parse


def looks(html: str) -> Looks:
    page = parse(html)
    return Looks(page, Styles(page))


def one(html: str, tag: str = "p") -> tuple[Looks, Element]:
    found = looks(html)
    element = found.document.first(tag)
    assert element is not None
    return found, element


def test_a_sheet_is_read_with_its_at_rules():
    sheet = "/* a { } */ a, b > c { color: red; } @import url(x.css); @media screen { @media print { p { margin: 0 } } }"
    assert [
        (rule.selectors, [each.name for each in rule.declarations], rule.inside) for rule in rules(sheet)
    ] == [
        (("a", "b > c"), ["color"], ()),
        (("@import url(x.css)",), [], ()),
        (("p",), ["margin"], ("@media screen", "@media print")),
    ]


def test_a_sheet_that_is_never_closed_is_read_as_far_as_it_goes():
    assert [rule.selectors for rule in rules("a { color: red } b { color: blue")] == [("a",), ("b",)]


def test_declarations_keep_what_stands_in_brackets_and_quotation_marks():
    found = declarations("background:url(data:image/png;base64,AA==); content:';'; color : RED!important")
    assert [(each.name, each.value, each.important) for each in found] == [
        ("background", "url(data:image/png;base64,AA==)", False),
        ("content", "';'", False),
        ("color", "RED", True),
    ]


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ("p", True),
        ("*", True),
        (".a", True),
        (".a.b", True),
        (".c", False),
        ("#x", True),
        ("p#x.a", True),
        ("div p", True),
        ("body p", True),
        ("section p", False),
        ("div > p", True),
        ("body > p", False),
        ("h1 + p", True),
        ("i + p", False),
        ("h1 ~ p", True),
        ("p ~ h1", False),
        ("[dir]", True),
        ("[dir=rtl]", True),
        ('[dir="ltr"]', False),
        ("[data-x^=ab]", True),
        ("[data-x$=ab]", False),
        ("[lang|=fa]", True),
        (":root", False),
        ("p:first-child", False),
        ("p:last-child", True),
        ("p:hover", False),
        (".d .d > p", False),
        (".d div > p", True),
        ("p:not(", False),
    ],
)
def test_a_selector_chooses(selector: str, chosen: bool):
    html = (
        f"<style>{selector} {{ color: #123456 }}</style><body class='d'><div class='e'><h1>A</h1>"
        "<p id=x class='a b' dir=rtl lang=fa-IR data-x=abc>B</p></div></body>"
    )
    found, element = one(html)
    assert (found.ink(element, DAY) == "#123456") is chosen


@pytest.mark.parametrize(
    ("sheet", "style", "wins"),
    [
        ("p { color: #111111 } p { color: #222222 }", "", "#222222"),
        (".a { color: #111111 } p { color: #222222 }", "", "#111111"),
        ("#x { color: #111111 } p.a { color: #222222 }", "", "#111111"),
        ("p { color: #111111 }", "color:#333333", "#333333"),
        ("p { color: #111111 !important }", "color:#333333", "#111111"),
        ("p { color: #111111 !important }", "color:#333333 !important", "#333333"),
        ("@media (prefers-color-scheme: dark) { p { color: #111111 } } p { color: #222222 }", "", "#222222"),
        ("@media print { p { color: #111111 } }", "color:#333333", "#333333"),
    ],
)
def test_the_strongest_wins(sheet: str, style: str, wins: str):
    found, element = one(f"<style>{sheet}</style><p id=x class=a style='{style}'>A</p>")
    assert found.ink(element, DAY) == wins


@pytest.mark.parametrize(
    ("query", "light", "holds"),
    [
        ("@media screen", Light(), True),
        ("@media print", Light(), False),
        ("@media (prefers-color-scheme: dark)", Light(), False),
        ("@media (prefers-color-scheme: dark)", Light(dark=True), True),
        ("@media (prefers-color-scheme: light)", Light(dark=True), False),
        ("@media only screen and (min-width:480px)", Light(), True),
        ("@media only screen and (min-width:480px)", Light(width=360), False),
        ("@media (max-width:480px), print", Light(width=360), True),
        ("@media not all", Light(), False),
    ],
)
def test_a_media_query_holds(query: str, light: Light, holds: bool):
    assert applies((query,), light) is holds


def test_a_ground_is_that_of_the_nearest_that_has_one():
    html = "<table bgcolor='#111111'><tr><td style='background:#222222'><div style='background-color:transparent'><p>A</p></div></td></tr></table>"
    found, element = one(html)
    assert found.ground(element, DAY) == "#222222"
    found, element = one("<table bgcolor='#111111'><tr><td><p>A</p></td></tr></table>")
    assert found.ground(element, DAY) == "#111111"


def test_the_night_of_a_mail_that_does_not_know_it_is_a_day():
    found, element = one("<html><p>A</p></html>")
    assert (found.ink(element, NIGHT), found.ground(element, NIGHT)) == ("#000000", "#ffffff")
    found, element = one('<html><head><meta name="color-scheme" content="light dark"></head><p>A</p></html>')
    assert (found.ink(element, NIGHT), found.ground(element, NIGHT)) == ("#ffffff", "#121212")


@pytest.mark.parametrize(
    ("html", "size", "leading"),
    [
        ("<p>A</p>", 16, 19.2),
        ("<div style='font-size:20px'><p style='line-height:1.5'>A</p></div>", 20, 30),
        ("<div style='font-size:20px'><p style='font-size:0.5em;line-height:30px'>A</p></div>", 10, 30),
        ("<p style='font-size:12pt;line-height:150%'>A</p>", 16, 24),
    ],
)
def test_letters_and_lines_have_a_height(html: str, size: float, leading: float):
    found, element = one(html)
    assert found.size(element) == size
    assert found.leading(element) == pytest.approx(leading)


def test_directions_and_sides_are_inherited():
    found, element = one("<div dir=rtl><p>A</p></div>")
    assert (found.direction(element), found.side(element)) == ("rtl", "right")
    found, element = one("<div dir=rtl style='direction:ltr;text-align:end'><p>A</p></div>")
    assert (found.direction(element), found.side(element)) == ("ltr", "right")
    found, element = one("<table align=right><tr><td><p>A</p></td></tr></table>")
    assert found.side(element) == "left"


def test_colours_lengths_and_sides_that_are_not_understood_are_none():
    assert (colour("currentcolor"), colour("#12345"), length("auto", 16)) == (None, None, None)
    assert sides({"padding": "1px 2px 3px"}, "padding") == ("1px", "2px", "3px", "2px")


def test_word_sees_what_is_written_for_it_and_all_else_stays_in_its_place():
    html = "a<!--[if mso | IE]>b<![endif]-->c<!--[if !mso]><!-->d<!--<![endif]-->e<!--[if lte mso 11]>f<![endif]-->\ng"
    seen = as_word_sees_it(html)
    assert len(seen) == len(html)
    assert seen.split() == ["a", "b", "c", "e", "g"]
    assert seen.index("b") == html.index("b")


def test_what_is_not_closed_is_found_and_what_need_not_be_is_not():
    assert parse("<ul><li>A<li>B</ul><p>A<p>B<div>C</div><br><img src=x />").astray == ()
    assert parse("<div><b>A</div>").astray == (("<b>", 1),)
    assert parse("<div>\n</section></div>").astray == (("</section>", 2),)
    assert parse("<div><div>A</div>").astray == (("<div>", 1),)

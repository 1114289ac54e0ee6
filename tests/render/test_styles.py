"""A style sheet made small says the same to a browser as the one it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.render.styles import minified
from tests.built import ROOT

SHEETS = sorted((ROOT / "templates" / "assets").glob("*.css"))

RULES = """sheet => { const one = new CSSStyleSheet(); one.replaceSync(sheet);
    return [...one.cssRules].map(rule => rule.cssText.replace(/\\s+/g, " ").replace(/ ?, ?/g, ",")) }"""
"""A value with a token in it is given back as it was written, so the spaces beside its commas do not count."""

HARD = [
    'a::before { content: "a  /* no remark */ ; } b"; color: red }',
    "a::before { content: 'it\\'s {  }'; }",
    'a { background: url( "a b.svg" ) no-repeat , url(c;d.svg) }',
    "a :hover , a:hover > b ~ c + d { margin: calc( 1px + 2px ) -1px }",
    "a/* and */.b { margin: 1px/**/2px; padding: 1px /* two */ 2px }",
    "@media screen and ( min-width: 40rem ) and (max-width : 60rem) { a { color: red; ; } }",
    ":root { --empty: ; --list: a , b; --words: one   two }",
    "@supports (display: grid) and (not (display: inline-grid)) { a { color : red ! important } }",
    ".a\\:b { color: red } .c\\,d { color: blue }",
    "a[href^='x  y'] { color: red }",
    "@container (min-width: 21rem) { a { inset: auto 1.5px 0 } }",
    "a { grid-area: 1 / 2 / span 2; grid-template: auto 1fr / minmax(0, 5fr) minmax(0, 6fr) }",
    "a { color: red } /* never closed",
    "a { color: red; } }  b { color: blue }",
    "a { &:hover { color: red; } .b & { color: blue } }",
    "@font-face { font-family: x; src: url(x.woff2) format('woff2'); unicode-range: U+0-FF, U+131 }",
    "a{width:calc(100% - (1rem + 2px)*2)}",
    "a:is( .b , .c ):not( .d ) { color: red }",
]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_our_sheets_say_the_same_in_three_quarters_of_the_bytes(sheet: Path, browser: Browser):
    text = sheet.read_text()
    small = minified(text)
    page = browser.new_page()
    assert page.evaluate(RULES, small) == page.evaluate(RULES, text)
    assert len(page.evaluate(RULES, text)) >= 5
    page.close()
    assert "/*" not in small
    assert len(small) < 0.88 * len(text)


@pytest.mark.parametrize("text", HARD)
def test_what_is_easily_mistaken_stays_what_it_was(text: str, browser: Browser):
    page = browser.new_page()
    assert page.evaluate(RULES, minified(text)) == page.evaluate(RULES, text)
    page.close()
    assert minified(minified(text)) == minified(text)

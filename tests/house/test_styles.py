"""The theme's style sheets: tokens at the top and names below, and no side of a page called left or right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ASSETS = ROOT / "templates" / "assets"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css"))}

_SIDED = re.compile(
    r"(?<![\w-])((margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)|left|right|top|bottom|"
    r"(min-|max-)?(width|height)|border-(top|bottom)-(left|right)-radius)\s*:"
    r"|(?<![\w-])(float|clear|text-align)\s*:\s*(left|right)"
)
_LITERAL_COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\("
    r"|:\s*[^;]*(?<![\w-])(white|black|red|green|blue|gr[ae]y|silver|beige|ivory|teal|navy|gold|orange)(?![\w-])"
)
_FONT_SIZE = re.compile(r"(?<![\w-])font(?:-size)?\s*:\s*([^;}]+)")
_NAMED_SIZE = re.compile(r"inherit|var\(--[\w-]+\)")


def without_remarks(sheet: str) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def below_the_tokens(name: str, sheet: str) -> str:
    """What follows the tokens; print has colours and sizes of its own, which are paper's."""
    start = sheet.index("/* ---- Voices") if name == "site.css" else 0
    end = sheet.find("/* ---- Print")
    return without_remarks(sheet[start : end if end >= 0 else None])


def sided(sheet: str) -> list[str]:
    text = re.sub(r"@(media|container)[^{]*", "", without_remarks(sheet))
    return [match[0] for match in _SIDED.finditer(text)]


def literals(text: str) -> list[str]:
    found = [match[0] for match in _LITERAL_COLOUR.finditer(text)]
    sizes = [match[1].strip() for match in _FONT_SIZE.finditer(text)]
    return found + [size for size in sizes if not _NAMED_SIZE.fullmatch(size)]


@pytest.mark.parametrize("name", SHEETS)
def test_sides_are_said_logically(name: str):
    assert sided(SHEETS[name]) == []


@pytest.mark.parametrize("name", SHEETS)
def test_below_the_tokens_stand_names_alone(name: str):
    assert literals(below_the_tokens(name, SHEETS[name])) == []


@pytest.mark.parametrize("name", SHEETS)
def test_every_name_that_is_used_is_a_token(name: str):
    brand = (ROOT / "templates" / "brand.css.jinja").read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+)\s*:", "".join(SHEETS.values()) + brand)) | PALETTE
    assert set(re.findall(r"var\((--[\w-]+)", SHEETS[name])) - known == set()


PALETTE = {
    f"--{name}"
    for name in "paper paper-sunk tint-learning tint-recovery tint-light tint-leader ink ink-soft line "
    "line-strong accent-ink accent-mark".split()
}


def test_breaches_are_seen():
    assert sided(
        "a { margin-left: 1px; width: 2px } @media (min-width: 3px) { b { text-align: right } }"
    ) == [
        "margin-left:",
        "width:",
        "text-align: right",
    ]
    assert literals(
        "a { color: #fff; background: rgb(1 2 3); font-size: 1rem; font: 12px x; fill: red }"
    ) == [
        "#fff",
        "rgb(",
        ": red",
        "1rem",
        "12px x",
    ]
    assert literals("a { color: var(--ink); font-size: var(--step-0); fill: CanvasText }") == []

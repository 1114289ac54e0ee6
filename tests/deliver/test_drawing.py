"""Drawings as PNG: the same bytes wherever they are made, in our own letters alone."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from builder.deliver.drawing import LETTERS, Drawing
from builder.load.disk import theme_folder
from tests.built import ROOT

DRAW = Drawing(theme_folder() / LETTERS)
WORDS = {
    "en": "Told how long, Q3",
    "fa": "چقدر بماندند؟ ۳٫۸",
    "el": "Πόσο θα περίμεναν",
    "ms": "Jangka menunggu",
}


def svg(words: str, family: str = "Inter, Vazirmatn") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" direction="ltr">'
        f'<text x="10" y="28" font-family="{family}" font-size="20">{words}</text></svg>'
    )


def ink(words: str, family: str = "Inter, Vazirmatn") -> tuple[int, int, int, int] | None:
    """The box around what is drawn; None where nothing is."""
    return Image.open(BytesIO(DRAW(svg(words, family)))).getchannel("A").getbbox()


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_it_has_two_pixels_for_each_point_and_the_same_bytes_every_time(words: str):
    first = DRAW(svg(words))
    assert Image.open(BytesIO(first)).size == (400, 80)
    assert DRAW(svg(words)) == first
    code = (
        "import sys; from hashlib import sha256; from builder.deliver.drawing import LETTERS, Drawing; "
        "from builder.load.disk import theme_folder; "
        "print(sha256(Drawing(theme_folder() / LETTERS)(sys.argv[1])).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, svg(words)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == sha256(first).hexdigest()


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_the_letters_of_each_language_are_there(words: str):
    assert ink(words) is not None


def test_persian_letters_are_joined():
    apart = sum((box[2] - box[0]) for one in "بیمار" if (box := ink(one)))
    whole = ink("بیمار")
    assert whole
    assert whole[2] - whole[0] < 0.8 * apart


def test_no_font_of_the_machine_is_ever_taken():
    assert ink("日本") is None or ink("日本") == ink("月木"), "what our letters have not is a blank or a box"
    assert DRAW(svg("Night", "DejaVu Sans, Inter")) == DRAW(svg("Night", "Inter"))


def test_what_is_no_drawing_is_refused():
    with pytest.raises(ValueError):
        DRAW("<svg><text>")

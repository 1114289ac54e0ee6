"""The same number can be read back from each room it stands in: the drawing on the site, the picture in a mail, the sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from builder.deliver.drawing import LETTERS, SCALE, Drawing
from builder.load.disk import theme_folder
from builder.load.metrics import read_metric
from builder.load.settings import read_settings
from builder.load.words import catalogues
from builder.model.brand import Brand
from builder.model.metric import Measured
from builder.model.newsletter import Settings
from builder.plan.measured import measured
from builder.render.cards import card
from builder.render.charts import line
from builder.render.measures import decimals_of, sentence
from builder.render.palette import by_day
from builder.render.templates import Templates
from builder.render.words import Speaker, rounded
from tests.built import ROOT
from tests.values import LONDON, file, theme

LANGUAGES = ("en", "fa", "el", "ms")
MEASURES = tuple(
    path
    for folder in (ROOT / "stories", ROOT / "tests" / "newsrooms" / "small" / "stories")
    for path in sorted((folder / "metrics").glob("*.yaml"))
)
SPEAKERS = {language: Speaker(catalogues(theme())[0][language], LONDON) for language in LANGUAGES}
TEMPLATES = Templates(dict(theme().templates))
DRAW = Drawing(theme_folder() / LETTERS)
INK = tuple(bytes.fromhex(by_day(Brand())["accent-ink"][1:]))

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫٬−", "0123456789.,-")
_NUMBER = re.compile(r"-?\d[\d.,]*")


@cache
def settings() -> Settings:
    found, _ = read_settings(
        file("stories/newsletter.yaml", (ROOT / "stories/newsletter.yaml").read_text("utf-8"))
    )
    assert found
    return found


@cache
def shown(path: Path) -> Measured:
    made, problems = read_metric(file(f"stories/metrics/{path.name}", path.read_text("utf-8")))
    assert made
    assert not problems
    return measured(made)


def numbers(text: str, language: str) -> list[float]:
    """The numbers in a text, as its language writes them."""
    found = _NUMBER.findall(text.translate(_DIGITS))
    point, thousands = (",", ".") if language == "el" else (".", ",")
    plain = (one.strip(".,").replace(thousands, "").replace(point, ".") for one in found)
    return [float(one) for one in plain]


def svg_of(one: Measured, language: str) -> str:
    chart = line(one, SPEAKERS[language], title="T", description="D", decimals=decimals_of(one.metric))
    return TEMPLATES.render("charts/line.svg", chart=chart)


def scale_of(svg: LexborHTMLParser, language: str) -> tuple[float, float]:
    """(score at the top edge of the paper, score for each point downwards), read from what is written beside the paper."""
    marks = [
        (float(text.attributes["y"] or 0), numbers(text.text(), language)[0])
        for text in svg.css("g.chart-axis text")
    ]
    (low_y, low), (high_y, high) = marks[0], marks[-1]
    each = (high - low) / (high_y - low_y)
    return low - low_y * each, each


def on_the_site(one: Measured, language: str) -> tuple[float, float, float]:
    """The last score as its label says it and as its dot stands, and what a tenth of a point is worth."""
    svg = LexborHTMLParser(svg_of(one, language))
    (dot,) = svg.css("g.chart-points circle.chart-last")
    top, each = scale_of(svg, language)
    return numbers(dot.text(), language)[0], top + float(dot.attributes["cy"] or 0) * each, abs(each) / 10


def in_a_mail(one: Measured, language: str) -> tuple[float, float]:
    """The last score as its dot stands in the picture, and what a pixel is worth."""
    made = card(one, SPEAKERS[language], by_day(Brand()), title="T", description="D")
    svg = TEMPLATES.render("charts/card.svg", card=made)
    pixels = Image.open(BytesIO(DRAW(svg))).convert("RGB")
    x = round((made.left + made.chart.points[-1][0]) * SCALE)
    # Nothing of the line stands to the right of its last dot.
    rows = [y for y in range(pixels.height) for side in range(2, 9) if pixels.getpixel((x + side, y)) == INK]
    top, each = scale_of(LexborHTMLParser(svg), language)
    return top + ((sum(rows) / len(rows) + 0.5) / SCALE - made.top) * each, abs(each) / SCALE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", MEASURES, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_the_last_reading_is_the_same_in_all_three_rooms(path: Path, language: str):
    one = shown(path)
    score = one.metric.readings[-1].score
    written = float(rounded(score, decimals_of(one.metric)))
    label, dot, tenth = on_the_site(one, language)
    assert label == written
    assert dot == pytest.approx(score, abs=tenth)
    picture, pixel = in_a_mail(one, language)
    assert picture == pytest.approx(score, abs=pixel)
    said = numbers(sentence(one.latest, SPEAKERS[language], settings()), language)
    assert any(
        number == pytest.approx(score, abs=0.5 if float(number).is_integer() else 0.05) for number in said
    )


def test_another_number_is_another_in_all_three_rooms():
    """So that the test above can fail."""
    one = shown(ROOT / "stories/metrics/outpatient-nps.yaml")
    last = replace(one.metric.readings[-1], score=-60.0)
    other = replace(
        one,
        metric=replace(one.metric, readings=(*one.metric.readings[:-1], last)),
        results=(*one.results[:-1], replace(one.latest, reading=last)),
    )
    label, dot, tenth = on_the_site(other, "fa")
    picture, pixel = in_a_mail(other, "fa")
    assert label == -60
    assert dot == pytest.approx(-60, abs=tenth)
    assert picture == pytest.approx(-60, abs=pixel)
    assert -60 in numbers(sentence(other.latest, SPEAKERS["fa"], settings()), "fa")


def test_a_large_scale_is_written_short_and_no_two_marks_alike():
    one = shown(ROOT / "stories/metrics/lift-back-in-service.yaml")
    large = tuple(
        replace(reading, score=1.0e9 + 2.5e6 * place) for place, reading in enumerate(one.metric.readings)
    )
    other = replace(one, metric=replace(one.metric, readings=large, target=None))
    for language in LANGUAGES:
        labels = [text.text() for text in LexborHTMLParser(svg_of(other, language)).css("g.chart-axis text")]
        assert len(set(labels)) == len(labels) >= 4
        assert max(map(len, labels)) <= 16

"""A measure in words: its sentence, its table and its score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.load.metrics import read_metric
from builder.load.words import catalogues
from builder.model.metric import Metric
from builder.plan.measured import measured
from builder.render.measures import score_text, sentence, view
from builder.render.templates import Templates
from builder.render.words import Speaker
from tests.values import LONDON, MEASURE, file, sources, theme, understood

SETTINGS = understood(sources())[0].settings
TEXTS = {
    "metric.sentence.first": {"other": "first {score} in {period}"},
    "metric.sentence.up": {"other": "up {before} {score}"},
    "metric.sentence.down": {"other": "down {before} {score}"},
    "metric.sentence.level": {"other": "level {score}"},
    "metric.sentence.unclear": {"other": "unclear {before} {score}"},
    "metric.sentence.range": {"other": "[{low} to {high}]"},
    "metric.sentence.n": {"one": "({n} thing)", "other": "({n} things)"},
    "metric.sentence.answered": {"one": "({n} answer)", "other": "({n} answers)"},
}


def speaker(language: str = "en") -> Speaker:
    catalogue = catalogues(theme())[0][language]
    return Speaker(type(catalogue)(language=language, texts={**catalogue.texts, **TEXTS}), LONDON)


def metric(*values: float, method: str = "mean", unit: str = "''", more: str = "", n: str = "") -> Metric:
    text = MEASURE.replace("csat", method).replace('unit: "%"\n', f"unit: {unit}\n" if unit != "''" else "")
    text += "".join(f"- {{period: 2026-0{i}, value: {one}{n}}}\n" for i, one in enumerate(values, 1))
    made, problems = read_metric(file("stories/metrics/m.yaml", more + text))
    assert made is not None
    assert not problems
    return made


@pytest.mark.parametrize(
    ("values", "method", "said"),
    [
        ((40,), "nps", "first 40 in January 2026"),
        ((40, 42), "nps", "up 40 42"),
        ((42, 40), "nps", "down 42 40"),
        ((40.4, 40.1), "nps", "level 40"),
        ((40.4, 40.6), "nps", "up 40 41"),
        ((2.5, 3.0), "csat", "level 3"),
        ((3.5, 4.4), "csat", "level 4"),
        ((4.25, 4.3), "mean", "level 4.3"),
        ((4.24, 4.25), "mean", "up 4.2 4.3"),
        ((9.9, 10.2), "count", "up 9.9 10.2"),
        ((1, 10, 9), "count", "down 10 9"),
        ((0.05, 0.06), "rate", "up 0.05 0.06"),
        ((3.2, 3.224), "rate", "up 3.2 3.22"),
        ((674_761_945.2, 674_761_946.4), "count", "up 674,761,945 674,761,946"),
        ((9_999.5, 10_000.5), "count", "up 9,999.5 10,001"),
        ((1_000.2, 1_000.24), "rate", "level 1,000.2"),
        ((-5, 5), "nps", "up −5 5"),
    ],
)
def test_the_sentence_compares_what_is_shown(values: tuple[float, ...], method: str, said: str):
    assert sentence(measured(metric(*values, method=method)).latest, speaker(), SETTINGS) == said


def counted(*readings: tuple[int, ...], method: str = "nps", more: str = "") -> Metric:
    names = {"nps": ("promoters", "passives", "detractors"), "csat": ("satisfied", "others")}[method]
    text = MEASURE.replace("csat", method).replace('unit: "%"\n', "")
    for month, counts in enumerate(readings, 1):
        said = ", ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
        text += f"- {{period: 2026-0{month}, counts: {{{said}}}}}\n"
    made, problems = read_metric(file("stories/metrics/m.yaml", more + text))
    assert made is not None
    assert not problems
    return made


@pytest.mark.parametrize(
    ("readings", "method", "said"),
    [
        (((50, 30, 20), (58, 26, 16)), "nps", "unclear 30 42 (100 answers) [26 to 55]"),
        (((250, 150, 100), (290, 130, 80)), "nps", "up 30 42 (500 answers) [35 to 48]"),
        (((290, 130, 80), (250, 150, 100)), "nps", "down 42 30 (500 answers) [23 to 37]"),
        (((50, 50), (50, 50)), "csat", "level 50 (100 answers) [40 to 60]"),
        (((412, 68),), "csat", "first 86 in January 2026 (480 answers) [82 to 89]"),
    ],
)
def test_what_chance_may_have_done_is_called_no_change(
    readings: tuple[tuple[int, ...], ...], method: str, said: str
):
    assert sentence(measured(counted(*readings, method=method)).latest, speaker(), SETTINGS) == said


@pytest.mark.parametrize(
    ("target", "standing", "said"),
    [
        (80, "met", "Target: 80, met"),
        (85, "uncertain", "Target: 85, too close to say whether it is met"),
        (90, "near", "Target: 90, nearly met"),
        (95, "missed", "Target: 95, not met"),
    ],
)
def test_a_target_says_whether_it_is_met_only_where_that_is_known(target: int, standing: str, said: str):
    given = measured(counted((412, 68), method="csat", more=f"target: {target}\n"))
    shown = view(given, speaker(), SETTINGS, Templates(dict(theme().templates)).render, "m.html")
    assert (shown.standing, shown.target) == (standing, said)
    assert [one.range for one in shown.readings] == ["82 to 89"]


def test_nothing_is_compared_over_a_change_of_method():
    broken = metric(40, 50, method="nps", more="breaks: [{period: 2026-02}]\n")
    assert sentence(measured(broken).latest, speaker(), SETTINGS).startswith("first 50")


def test_how_many_answered_is_said_in_the_right_number():
    assert sentence(measured(metric(1, n=", n: 1")).latest, speaker(), SETTINGS).endswith("(1 answer)")
    assert sentence(measured(metric(1, n=", n: 1200")).latest, speaker(), SETTINGS).endswith(
        "(1,200 answers)"
    )
    ours = measured(replace(metric(1, n=", n: 1200"), side="internal"))
    assert sentence(ours.latest, speaker(), SETTINGS).endswith("(1,200 things)")


@pytest.mark.parametrize(
    ("unit", "language", "text"),
    [
        ('"%"', "en", "87%"),
        ('"%"', "fa", "۸۷٪"),
        ("minutes", "en", "87 minutes"),
        ("{en: minutes, fa: دقیقه}", "fa", "۸۷ دقیقه"),
        ("''", "en", "87"),
    ],
)
def test_a_score_has_its_unit(unit: str, language: str, text: str):
    assert score_text(metric(87, method="csat", unit=unit), 87, speaker(language), SETTINGS) == text


def test_the_table_has_every_reading_the_newest_first_with_its_note():
    given = metric(1, 2, 3, n=", n: 7", more="breaks: [{period: 2026-02, note: A new form}]\n")
    shown = view(
        measured(given),
        speaker(),
        SETTINGS,
        Templates(dict(theme().templates)).render,
        "measures/m.html",
        lambda period: f"rounds/{period}.html",
    )
    assert [(one.period, one.score, one.n, one.note) for one in shown.readings] == [
        ("March 2026", "3.0", "7", ""),
        ("February 2026", "2.0", "7", "A new form"),
        ("January 2026", "1.0", "7", ""),
    ]
    assert (shown.url, shown.latest, shown.period) == ("measures/m.html", "3.0", "March 2026")
    assert shown.readings[0].url == "rounds/2026-03.html"
    assert "<svg" in shown.chart
    assert shown.sentence in shown.chart


def test_words_of_editors_are_escaped_in_the_drawing():
    given = metric(1, 2, more="")
    odd = replace(given, name=type(given.name)((("", "<script>&"),)))
    drawn = view(
        measured(odd), speaker(), SETTINGS, Templates(dict(theme().templates)).render, "m.html"
    ).chart
    assert "<script>" not in drawn
    assert "&lt;script&gt;&amp;" in drawn

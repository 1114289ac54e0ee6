"""What editors may write: each slip is said at its place, all of them at once."""

from __future__ import annotations

import pytest

from builder.load.fill import fill_in
from builder.load.forms import EditionForm, Form, SettingsForm, StoryForm
from builder.load.kinds import Wrong, tag
from builder.load.marks import Page, read_yaml
from builder.load.metric_forms import MetricForm
from builder.problem import Level, Problem
from tests.values import LONDON, said

GOOD = "title: A\ndate: 2026-03-04\n"


def filled(text: str, form: type[Form] = StoryForm) -> Form | None:
    return fill_in(form, read_yaml(Page("stories/f", text)))[0]


def problems(text: str, form: type[Form] = StoryForm) -> tuple[Problem, ...]:
    return fill_in(form, read_yaml(Page("stories/f", text)))[1]


def story_form(text: str) -> StoryForm:
    form = filled(text)
    assert isinstance(form, StoryForm), problems(text)
    return form


def test_a_near_miss_of_a_key_is_an_error_with_a_guess():
    found = problems("titel: A\ndate: 2026-03-04\n")
    assert [(one.code, one.level, one.line, one.guess) for one in found] == [
        ("misspelt-key", Level.ERROR, 1, "title")
    ]


def test_an_unknown_key_is_a_warning_and_the_form_is_whole():
    found = problems(GOOD + "wibble: 1\n")
    assert [(one.code, one.level, one.line) for one in found] == [("unknown-key", Level.WARNING, 3)]
    assert filled(GOOD + "wibble: 1\n")


def test_keys_inside_are_looked_at_too():
    assert said(problems(GOOD + "picture:\n  fiel: a.jpg\n")) == ["misspelt-key f:4:3"]
    assert said(problems(GOOD + "consent: {p-1: {chanels: site}}\n")) == ["misspelt-key f:3:17"]
    metric = "name: a\nplain_words: b\nmethod: csat\ndirection: up\nside: external\nreadings:\n- {period: 2026, cuonts: {}}\n"
    assert said(problems(metric, MetricForm)) == ["misspelt-key f:7:18"]


def test_all_faults_of_a_form_are_said_at_once():
    text = "titel: A\ndate: yesterday\nkind: hero\nteam: The Stores\nbehaviours: [a, b, c]\npicture: me.jpg\n"
    assert sorted(said(problems(text))) == [
        "choice f:3:7",
        "misspelt-key f:1:1",
        "too-many f:5:13",
        "value f:2:7",
        "value f:4:7",
        "value f:6:10",
    ]


def test_guesses_are_given_where_something_is_near():
    text = GOOD + "kind: heroik\nteam: The Stores!\naudience: visitor\n"
    assert [one.guess for one in problems(text)] == ["heroic", "the-stores", "visitors"]


@pytest.mark.parametrize("missing", ["title", "date"])
def test_a_story_needs_a_title_and_a_date_and_nothing_else(missing: str):
    assert not problems(GOOD)
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith(missing))
    assert [(one.code, one.message) for one in problems(text)] == [
        ("missing-key", f"a story needs `{missing}:`")
    ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-04", "2026-03-04T00:00:00+00:00"),
        ("2026-07-04", "2026-07-04T00:00:00+01:00"),
        ("2026-03-04 8:40", "2026-03-04T08:40:00+00:00"),
        ("2026-03-04 08:40", "2026-03-04T08:40:00+00:00"),
        ("2026-03-04T08:40", "2026-03-04T08:40:00+00:00"),
        ("2026-03-04 08:40:30", "2026-03-04T08:40:30+00:00"),
        ("2026-03-04T08:40:30Z", "2026-03-04T08:40:30+00:00"),
        ("2026-03-04 08:40 +03:30", "2026-03-04T08:40:00+03:30"),
        ("2026-03-04 08:40+0330", "2026-03-04T08:40:00+03:30"),
        ("2024-02-29", "2024-02-29T00:00:00+00:00"),
    ],
)
def test_dates_are_read_in_all_their_forms(written: str, moment: str):
    assert story_form(f"title: A\ndate: {written}\n").date.at(LONDON).isoformat() == moment


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("4/3/2026", "2026-03-04"),
        ("04.03.2026", "2026-03-04"),
        ("2026/3/4", "2026-03-04"),
        ("2026-3-4", "2026-03-04"),
        ("۲۰۲۶-۰۳-۰۴", "2026-03-04"),
        ("99/99/2026", ""),
        ("yesterday", ""),
        ("2026-02-30", ""),
        ("2026-03-04 24:01", ""),
        ("0226-03-04", ""),
        ("9999-12-31", ""),
        ("[2026-03-04]", ""),
    ],
)
def test_what_is_no_date_is_said_with_the_date_that_was_meant(written: str, guess: str):
    found = problems(f"title: A\ndate: {written}\n")
    assert [(one.code, one.line, one.column, one.guess) for one in found] == [("value", 2, 7, guess)]


def test_no_stays_a_word_and_is_norwegian():
    form = story_form(GOOD + "lang: no\ntags: [no, yes, 1:30, 012]\nby: off\n")
    assert (form.lang, form.tags, form.by) == ("no", ["no", "yes", "1:30", "012"], "off")


def test_one_word_where_a_list_is_wanted_is_a_list():
    form = story_form(GOOD + "heroes: p-1\ntags: soup, night shift\n")
    assert (form.heroes, form.tags) == (["p-1"], ["soup", "night shift"])


def test_keys_left_empty_say_nothing():
    form = story_form(GOOD + "summary:\nteam: ~\npicture:\nheroes:\ncustomer:\n  as:\n")
    assert (form.summary, form.team, form.picture, form.heroes) == ("", "", None, [])
    assert [one.code for one in problems("title:\ndate:\n")] == ["missing-key", "missing-key"]


@pytest.mark.parametrize("title", ['""', '"   "', "[a, b]", "{a: b}"])
def test_a_title_is_words(title: str):
    assert [(one.code, one.line) for one in problems(f"title: {title}\ndate: 2026-03-04\n")] == [("value", 1)]


def test_a_subject_over_several_lines_becomes_one_line():
    form = filled("date: 2026-03-04\nsubject: |\n  Soup,\n   and  a lift\n", EditionForm)
    assert isinstance(form, EditionForm)
    assert form.subject == "Soup, and a lift"


MEASURE = "name: a\nplain_words: b\nmethod: mean\ndirection: up\nside: external\nreadings:\n"


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e30", "four", "[1]", "''"])
def test_a_value_is_a_number_that_can_be_drawn(value: str):
    text = MEASURE + f"- {{period: 2026-01, value: {value}}}\n"
    assert [one.line for one in problems(text, MetricForm)] == [7]


@pytest.mark.parametrize("period", ["0999", "0000-01", "۱۴۰۵", "2026-13", "2026-Q5", "2026-1", "March", "26"])
def test_a_period_is_a_year_a_quarter_or_a_month(period: str):
    text = MEASURE + f"- {{period: {period}, value: 1}}\n"
    assert [(one.code, one.line) for one in problems(text, MetricForm)] == [("value", 7)]


@pytest.mark.parametrize("count", ["-1", "1.5", "many", "1e3", str(10**40)])
def test_a_count_is_a_whole_number(count: str):
    text = MEASURE + f"- {{period: 2026, value: 1, n: {count}}}\n"
    assert [one.line for one in problems(text, MetricForm)] == [7]


SETTINGS = "title: T\ntimezone: Europe/London\nlanguages: [en]\n"


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        ("timezone: Europe/Londn", "Europe/London"),
        ("timezone: ../../etc/passwd", ""),
        ("timezone: Europe", "Europe/Rome"),
        ("timezone: [a]", ""),
        ("languages: []", ""),
        ("languages: [en, klingonish]", ""),
        ("leavers: anonymize", "anonymise"),
        ("brand: {accent: red}", ""),
        ("privacy: {smallest_group: 1}", ""),
        ("digest: {from: nobody}", ""),
        ('digest: {from: "a@b.c\\nBcc: d@e.f"}', ""),
        ('digest: {from: "<"}', ""),
        ("title: {en: ''}", ""),
        ("title: {English: The Light}", "en"),
    ],
)
def test_a_setting_that_cannot_be_is_said_once(line: str, guess: str):
    key = line.partition(":")[0]
    text = "".join(f"{one}\n" for one in SETTINGS.splitlines() if not one.startswith(key)) + line + "\n"
    assert [one.guess for one in problems(text, SettingsForm)] == [guess]
    assert filled(text, SettingsForm) is None


@pytest.mark.parametrize(
    "sender",
    [
        "light@example.org",
        "The Light <light@example.org>",
        "'\"Light, The\" <light@example.org>'",
        "چراغ <light@example.org>",
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(sender: str):
    assert not problems(SETTINGS + f"digest: {{from: {sender}}}\n", SettingsForm)


@pytest.mark.parametrize(
    ("written", "tagged"),
    [("EN", "en"), ("pt_br", "pt-BR"), ("zh-hant", "zh-Hant"), ("fa", "fa"), ("no", "no")],
)
def test_a_language_is_written_in_one_way(written: str, tagged: str):
    assert tag(written) == tagged
    form = filled(f"title: {{{written}: T}}\ntimezone: UTC\nlanguages: {written}\n", SettingsForm)
    assert isinstance(form, SettingsForm)
    assert (form.title, form.languages) == ({tagged: "T"}, [tagged])


@pytest.mark.parametrize("written", ["", "x", "english", "e n", "12", "../fa", None, ["en"]])
def test_what_is_no_language_is_refused(written: object):
    with pytest.raises(Wrong):
        tag(written)

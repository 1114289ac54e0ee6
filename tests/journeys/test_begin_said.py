"""A voice, a commitment and a promise are begun: drafts that nothing is wrong with, each key of theirs explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from builder.load.said_forms import CommitmentForm, PromiseForm, PublishedForm, VoiceForm
from tests.journeys.test_begin import LANGUAGES, TITLES, WORDS, begun, call, files, is_clean, new, well

FORMS: dict[str, type[PublishedForm]] = {
    "voice": VoiceForm,
    "commitment": CommitmentForm,
    "promise": PromiseForm,
}
FOLDERS = {"voice": "voices", "commitment": "commitments", "promise": "promises"}
TITLE_IS = {"voice": "text", "commitment": "did", "promise": "text"}
CUSTOMERS = "\ncustomers:\n  - {id: patients, name: Patients}\n  - {id: families, name: Families}\n"


def serving(folder: Path, *more: str) -> Path:
    """A newsroom that says whom it serves."""
    begun(folder, *more)
    with (folder / "stories" / "newsletter.yaml").open("a") as settings:
        settings.write(CUSTOMERS)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_begun_in_the_newsrooms_language_and_nothing_is_wrong_with_it(tmp_path: Path, language: str):
    folder = serving(tmp_path, "--languages", f"{language},en")
    for kind in FORMS:
        path = new(folder, kind, TITLES[language])
        assert path.parent.name == FOLDERS[kind]
        head = yaml.safe_load(path.read_text())
        assert (head[TITLE_IS[kind]], head["status"]) == (TITLES[language], "draft")
        explained = {
            forms["other"].partition("{")[0]
            for key, forms in WORDS[language].texts.items()
            if key.startswith("new-said.") or key in ("new.direction", "new.draft")
        }
        for line in path.read_text().splitlines():
            if not line.startswith("# round:"):
                assert any(words in line for words in explained), line
    is_clean(folder)


@pytest.mark.parametrize("kind", FORMS)
def test_every_key_that_it_may_have_stands_there(tmp_path: Path, kind: str):
    """But those that all share, and those of a translation or of a withdrawal, which come later."""
    text = new(serving(tmp_path), kind, "A night").read_text()
    keys = set(re.findall(r"(?m)^(?:# )?(\w+):", text))
    fields = {field.alias or name for name, field in FORMS[kind].model_fields.items()}
    assert fields - keys == {"audience", "publish", "expires"} | (
        {"lang", "withdrawn"} if kind == "voice" else set()
    )
    assert keys <= fields


@pytest.mark.parametrize("kind", FORMS)
def test_what_it_offers_is_what_may_be_written(tmp_path: Path, kind: str):
    """With each # taken away and each ... answered, a file of that kind is understood, and shown if it is ready."""
    folder = serving(tmp_path)
    new(folder, "metric", "Meals", "--name", "meals")
    measure = folder / "stories" / "metrics" / "meals.yaml"
    measure.write_text(measure.read_text() + "  - {period: 2026-11, counts: {satisfied: 40, others: 9}}\n")
    path = new(folder, kind, "A night", "--name", "a-night")
    text = re.sub(r"(?m)^# (?=\w+:)", "", path.read_text())
    text = re.sub(r"after: [\d-]+", "after: 2026-11", text)
    text = text.replace("metric: ...", "metric: meals").replace("before: ...", "before: 2026-11")
    text = text.replace("dimension: ...", "dimension: empathy").replace(": ...", ": a sentence")
    path.write_text(text.replace("status: draft", "status: ready"))
    done = call("check", "--newsroom", str(folder))
    assert done.exit_code == 0, done.output
    assert "prompt-left" in done.output
    assert "missing" not in done.output


@pytest.mark.parametrize(
    ("kind", "left"), [("voice", ["who"]), ("commitment", ["origin", "said"]), ("promise", ["unit"])]
)
def test_a_question_left_unanswered_is_said_once_others_may_see_it(
    tmp_path: Path, kind: str, left: list[str]
):
    folder = serving(tmp_path)
    path = new(folder, kind, "A night")
    path.write_text(path.read_text().replace("status: draft", "status: ready"))
    done = call("check", "--newsroom", str(folder))
    assert done.output.count("[prompt-left]") == len(left)
    for key in left:
        asked = WORDS["en"].texts[f"new-said.{key}"]["other"]
        assert asked in path.read_text()
        path.write_text(path.read_text().replace(asked, "An answer"))
    assert "prompt-left" not in call("check", "--newsroom", str(folder)).output


def test_the_team_and_the_customers_are_the_newsrooms_own(tmp_path: Path):
    folder = serving(tmp_path)
    promise = new(folder, "promise", "Ready in fifteen minutes").read_text()
    assert "to: patients #" in promise
    assert "patients, families" in promise
    assert "owner: front-desk #" in promise
    assert "owner: front-desk #" in new(folder, "commitment", "We measure the soup").read_text()


def test_where_nobody_is_served_yet_a_promise_says_what_to_write_first(tmp_path: Path):
    folder = begun(tmp_path)
    text = new(folder, "promise", "Ready in fifteen minutes").read_text()
    assert "newsletter.yaml:  customers: [{id: ..., name: ...}]" in text
    done = call("check", "--newsroom", str(folder))
    assert (done.exit_code, done.output.count("warning:"), "`to:`" in done.output) == (0, 1, True)


def test_what_was_begun_is_on_no_page(tmp_path: Path):
    folder = serving(tmp_path)
    for kind in FORMS:
        new(folder, kind, "The window that opened again")
    is_clean(folder)
    assert "window that opened" not in "".join(path.read_text() for path in (folder / "site").rglob("*.html"))


@pytest.mark.parametrize("kind", FORMS)
def test_what_comes_next_is_said_in_the_newsrooms_language(tmp_path: Path, kind: str):
    folder = serving(tmp_path, "--languages", "el")
    said = well("new", kind, "Μια νύχτα", "--newsroom", str(folder)).splitlines()[-1]
    assert said == WORDS["el"].texts[f"new-said.next_{kind}"]["other"]


@pytest.mark.parametrize(
    "title", ['Lost: one "umbrella" #3', "- yes", "[*]{}", "No", "a\nb", "{{ title }}", "🌧"]
)
def test_a_title_of_any_kind_is_taken_as_it_is(tmp_path: Path, title: str):
    folder = serving(tmp_path)
    for kind in FORMS:
        head = yaml.safe_load(new(folder, kind, title).read_text())
        assert head[TITLE_IS[kind]] == " ".join(title.split())
    is_clean(folder)


def test_titles_in_other_letters_each_get_a_file_of_their_own(tmp_path: Path):
    folder = serving(tmp_path)
    for kind in FORMS:
        assert [new(folder, kind, title).name for title in ("باران", "برف")] == [
            f"{kind}.yaml",
            f"{kind}-2.yaml",
        ]


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_is_begun_twice_or_under_a_name_that_is_no_id(tmp_path: Path, kind: str):
    folder = serving(tmp_path)
    new(folder, kind, "A night", "--name", "a-night")
    before = files(folder)
    for name, says in (
        ("a-night", "--name a-night-2"),
        ("../out", "cannot be an id"),
        ("A Night", "cannot be"),
    ):
        done = call("new", kind, "Another", "--newsroom", str(folder), f"--name={name}")
        assert (done.exit_code, says in done.stderr) == (1, True)
    assert files(folder) == before


def test_the_examples_of_its_help_stand_on_lines_of_their_own():
    said = well("new", "--help").splitlines()
    assert '    yearround new promise "Your prescription is ready within fifteen minutes."' in said

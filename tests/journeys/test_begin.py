"""A newsroom is begun, and then a story, an edition, a measure and a person in it: nothing there is ever lost."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import CliRunner, Result

from builder.cli import main
from builder.load.words import catalogues
from tests.values import theme

LANGUAGES = ("en", "fa", "el", "ms")
WORDS = catalogues(theme())[0]


def call(*arguments: str, answers: str | None = None, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=answers, env=env, catch_exceptions=False)


def well(*arguments: str, answers: str | None = None, env: Mapping[str, str] | None = None) -> str:
    """What a command says that ends well."""
    done = call(*arguments, answers=answers, env=env)
    assert done.exit_code == 0, done.output
    return done.stdout


def begun(folder: Path, *more: str) -> Path:
    well("init", "--yes", *more, str(folder))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_clean(folder: Path) -> None:
    """Nothing is wrong, not even a little, and a site and a digest come of it."""
    assert well("check", "--strict", "--newsroom", str(folder)) == "Nothing is wrong.\n"
    for verb in ("build", "digest"):
        well(verb, "--newsroom", str(folder))


def settings(folder: Path) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((folder / "stories" / "newsletter.yaml").read_text())
    return found


def test_someone_who_answers_gets_what_they_answered(tmp_path: Path):
    said = well(
        "init",
        str(tmp_path / "room"),
        answers="The Light\nlight.example.org/news\nAsia/Tehran\nel fa\nOn time, In plain words\n",
    )
    for asked in (
        "Name of the newsletter [Our Newsletter]",
        "Time zone",
        "Languages, the default first [en]",
    ):
        assert asked in said
    assert said.rstrip().endswith("shows it in a browser, and again whenever you save.")
    found = settings(tmp_path / "room")
    assert found["title"] == "The Light"
    assert found["base_url"] == "https://light.example.org/news/"
    assert found["timezone"] == "Asia/Tehran"
    assert found["languages"] == ["el", "fa"]
    assert found["behaviours"] == [
        {"id": "on-time", "name": "On time"},
        {"id": "in-plain-words", "name": "In plain words"},
    ]
    is_clean(tmp_path / "room")


def test_an_answer_that_will_not_do_is_asked_for_again(tmp_path: Path):
    said = well(
        "init",
        str(tmp_path),
        answers="  \nThe Light\nhttps://a b\nhttps://light.example.org\nEurope/Lodnon\nEurope/London\nen\n\n",
    )
    assert "A newsletter needs a name." in said
    assert "Write it as https://newsletter.example.org/." in said
    assert "Write it as Region/City: Europe/London." in said
    assert settings(tmp_path)["title"] == "The Light"
    is_clean(tmp_path)


def test_someone_who_only_presses_enter_gets_the_same_as_with_yes(tmp_path: Path):
    well("init", str(tmp_path / "entered"), answers="\n" * 5)
    assert files(tmp_path / "entered") == files(begun(tmp_path / "yes"))
    is_clean(tmp_path / "yes")


@pytest.mark.parametrize(
    "title",
    [
        "نور بندر",
        'A "quoted" \\ title: with — dashes',
        "#1",
        "- yes",
        "{{ say }} {% raw %}",
        "<b>Bold</b> & brave",
        "Ἑλένη · ελιά",
        "The\nLight\r\n",
        "null",
        "Light, The <light>; (x@y)",
        "  The   Light  ",
        "x" * 300,
    ],
)
def test_a_name_of_any_kind_is_taken_as_it_is(tmp_path: Path, title: str):
    folder = begun(tmp_path, "--title", title)
    assert settings(folder)["title"] == " ".join(title.split())
    is_clean(folder)


@pytest.mark.parametrize("languages", ["en", "fa", "el", "ms", "fa,en,el,ms", "ms, fa", "pt-BR,en", "en-GB"])
def test_each_language_may_come_first(tmp_path: Path, languages: str):
    folder = begun(tmp_path, "--languages", languages)
    first, _, _ = languages.partition(",")
    done = call("check", "--strict", "--newsroom", str(folder))
    if first.split("-")[0] in LANGUAGES:
        is_clean(folder)
    else:
        assert (done.exit_code, done.stderr.count("warning:")) == (1, 1)
        assert f"templates/words/{first}.yaml" in done.stderr
        well("build", "--newsroom", str(folder))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_story_is_in_the_newsletters_own_language(tmp_path: Path, language: str):
    folder = begun(tmp_path, "--languages", f"{language},en")
    well("build", "--newsroom", str(folder))
    page = (folder / "site" / language / "stories" / "sample-umbrella.html").read_text()
    side = "rtl" if language == "fa" else "ltr"
    title = WORDS[language].texts["first.title"]["other"]
    assert f'<h1 lang="{language}" dir="{side}">{title}</h1>' in page
    assert WORDS[language].texts["first.situation"]["other"] in page.replace("&#39;", "'")


def test_where_there_are_no_words_the_first_story_says_that_it_is_english(tmp_path: Path):
    folder = begun(tmp_path, "--languages", "de")
    well("build", "--newsroom", str(folder))
    page = (folder / "site" / "de" / "stories" / "sample-umbrella.en.html").read_text()
    assert '<h1 lang="en" dir="ltr">The umbrella that came back</h1>' in page


@pytest.mark.parametrize(
    ("option", "given", "says"),
    [
        ("--title", " ", "needs a name"),
        ("--base-url", "http://[x", "not the address of a site"),
        ("--base-url", "https://light.example.org/a b", "not the address of a site"),
        ("--base-url", "mailto:light@example.org", "not the address of a site"),
        ("--base-url", "ftp://light.example.org", "not the address of a site"),
        ("--base-url", "https://light.example.org/?a=b", "not the address of a site"),
        ("--base-url", "https:///", "not the address of a site"),
        ("--timezone", "Mars", "not a time zone"),
        ("--timezone", "../../etc/passwd", "not a time zone"),
        ("--languages", "english!", "such as en, fa, el, ms or pt-BR"),
        ("--behaviours", "بموقع", "no letter from a to z"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_written(tmp_path: Path, option: str, given: str, says: str):
    done = call("init", "--yes", option, given, str(tmp_path / "room"))
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.split())
    assert not (tmp_path / "room").exists()


def test_nothing_that_is_there_is_written_over(tmp_path: Path):
    folder = begun(tmp_path / "room")
    before = files(folder)
    done = call("init", "--yes", str(folder))
    assert (done.exit_code, "there is a newsroom here already" in done.stderr.lower()) == (1, True)
    assert files(folder) == before
    for path in ("stories/people.yaml", "stories/teams.yaml", ".vscode/settings.json"):
        other = tmp_path / path.replace("/", "-")
        (other / path).parent.mkdir(parents=True)
        (other / path).write_text("# mine\n")
        call("init", "--yes", str(other))
        assert (other / path).read_text() == "# mine\n"


def test_a_beginner_may_write_where_an_empty_folder_or_other_files_are(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    is_clean(begun(tmp_path))
    assert (tmp_path / "notes.txt").read_text() == "mine"


# ---- new ------------------------------------------------------------------------------------------------------------

TITLES = {
    "en": "The window that opened again",
    "fa": "پنجره‌ای که باز شد",
    "el": "Το παράθυρο που άνοιξε ξανά",
    "ms": "Tingkap yang dibuka semula",
}


def new(folder: Path, kind: str, title: str, *more: str, env: Mapping[str, str] | None = None) -> Path:
    """The file that was begun."""
    said = well("new", "--newsroom", str(folder), *more, kind, "--", title, env=env)
    return Path(said.splitlines()[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_is_begun_with_prompts_in_the_newsrooms_language_and_is_clean(
    tmp_path: Path, language: str
):
    folder = begun(tmp_path, "--languages", f"{language},en")
    prompts = {key: forms["other"] for key, forms in WORDS[language].texts.items() if key.startswith("new.")}
    title = TITLES[language]
    story = new(folder, "story", title).read_text()
    edition = new(folder, "edition", title).read_text()
    metric = new(folder, "metric", title).read_text()
    for text, keys in (
        (story, ("heroes", "summary", "draft", "people", "situation", "action", "result")),
        (edition, ("subject", "stories", "draft", "opening")),
        (metric, ("plain", "method", "direction", "readings")),
    ):
        assert [key for key in keys if prompts[f"new.{key}"] not in text] == []
        assert title in text
    people = new(folder, "person", "Given Family").read_text()
    assert prompts["new.consent"] in people
    is_clean(folder)


@pytest.mark.parametrize("kind", ["story", "edition", "metric", "person"])
def test_what_comes_next_is_said_in_the_newsrooms_language(tmp_path: Path, kind: str):
    folder = begun(tmp_path, "--languages", "el")
    said = well("new", kind, "Μια νύχτα", "--newsroom", str(folder)).splitlines()[-1]
    assert said == WORDS["el"].texts[f"new.next_{kind}"]["other"]


def test_a_draft_that_was_begun_is_on_no_page(tmp_path: Path):
    folder = begun(tmp_path)
    new(folder, "story", "The window that opened again")
    new(folder, "edition", "Where things are kept")
    is_clean(folder)
    pages = "".join(path.read_text() for path in (folder / "site").rglob("*.html"))
    assert "window that opened" not in pages
    assert "things are kept" not in pages


@pytest.mark.parametrize(
    "title",
    [
        'Lost: one "umbrella" #3',
        "- yes",
        "[*]{}",
        "No",
        "a\nb",
        "'",
        "<script>",
        "%d {n}",
        "{{ title }}",
        "🌧",
    ],
)
def test_a_title_of_any_kind_is_taken_as_it_is(tmp_path: Path, title: str):
    folder = begun(tmp_path)
    for kind in ("story", "edition", "metric"):
        new(folder, kind, title)
    is_clean(folder)
    people = begun(tmp_path / "other")
    new(people, "person", title)
    well("check", "--newsroom", str(people))


def test_titles_in_other_letters_each_get_a_file_of_their_own(tmp_path: Path):
    folder = begun(tmp_path)
    stories = [new(folder, "story", title) for title in ("باران", "برف", "باد")]
    stem = re.sub(r"(-\d)?\.md$", "", stories[0].name)
    assert [one.name for one in stories] == [f"{stem}.md", f"{stem}-2.md", f"{stem}-3.md"]
    metrics = [new(folder, "metric", title).name for title in ("رضایت", "سرعت")]
    assert metrics == ["measure.yaml", "measure-2.yaml"]
    is_clean(folder)


def test_each_edition_gets_the_next_week_that_has_none_and_the_next_number(tmp_path: Path):
    folder = begun(tmp_path)
    (first,) = (folder / "stories" / "editions").iterdir()
    found = [first, *(new(folder, "edition", title) for title in ("Two", "Three"))]
    heads = [yaml.safe_load(one.read_text().split("---")[1]) for one in found]
    assert [head["number"] for head in heads] == [1, 2, 3]
    days = [head["date"] for head in heads]
    assert [(later - before).days for before, later in pairwise(days)] == [7, 7]
    for one, day in zip(found, days, strict=True):
        assert one.stem == f"{day.isocalendar().year}-w{day.isocalendar().week:02}"
    is_clean(folder)


@pytest.mark.parametrize("kind", ["story", "edition", "metric", "person"])
def test_nothing_is_begun_twice_in_one_place(tmp_path: Path, kind: str):
    folder = begun(tmp_path)
    new(folder, kind, "A night", "--name", "a-night")
    before = files(folder)
    done = call("new", kind, "Another", "--name", "a-night", "--newsroom", str(folder))
    assert (done.exit_code, "--name a-night-2" in done.stderr) == (1, True)
    assert files(folder) == before


def test_an_id_of_another_year_is_taken_too(tmp_path: Path):
    folder = begun(tmp_path)
    old = folder / "stories" / "2019" / "a-night.md"
    old.parent.mkdir()
    old.write_text("---\ntitle: broken: very\n---\n")
    done = call("new", "story", "A night", "--newsroom", str(folder))
    assert (done.exit_code, "`a-night` is there already" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", ["../out", "/etc/x", "A Night", "نور", "a.b", "-a", "a/b"])
def test_a_name_that_is_no_id_is_refused_and_nothing_is_written(tmp_path: Path, name: str):
    folder = begun(tmp_path / "room")
    before = files(tmp_path)
    for kind in ("story", "edition", "metric", "person"):
        done = call("new", kind, "A night", "--newsroom", str(folder), f"--name={name}")
        assert (done.exit_code, "cannot be an id" in done.stderr) == (1, True)
    assert files(tmp_path) == before


def test_without_a_title_nothing_is_begun(tmp_path: Path):
    folder = begun(tmp_path)
    assert call("new", "story", " ", "--newsroom", str(folder)).exit_code == 2


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Rania Boutros", "latin"),
        ("رانیا بطرس", "arabic"),
        ("Ράνια Μπούτρος", "greek"),
        ("Рания Бутрос", "cyrillic"),
        ("李小龍", "chinese"),
        ("김민준", "korean"),
        ("Ñandú", "latin"),
        ("3M", "latin"),
    ],
)
def test_a_name_is_written_down_under_its_own_script(tmp_path: Path, name: str, script: str):
    folder = begun(tmp_path)
    people = yaml.safe_load(new(folder, "person", name).read_text())
    assert people[0]["names"] == {script: {"full": name}}
    is_clean(folder)


PEOPLE = "- id: p-007\n  names: {latin: {full: Rania Boutros}}\n"


@pytest.mark.parametrize(
    "before",
    [
        PEOPLE,
        PEOPLE.rstrip(),
        PEOPLE.replace("\n", "\r\n"),
        "# who may be named\n" + PEOPLE + "\n\n# the end\n",
        "".join(f"  {line}\n" for line in PEOPLE.splitlines()),
        "---\n" + PEOPLE,
    ],
    ids=["plain", "no-newline", "crlf", "notes", "indented", "marked"],
)
def test_a_person_is_added_at_the_end_and_what_is_there_stays(tmp_path: Path, before: str):
    folder = begun(tmp_path)
    people = folder / "stories" / "people.yaml"
    people.write_bytes(before.encode())
    new(folder, "person", "May Silence")
    after = people.read_bytes().decode()
    assert after.startswith(before.rstrip())
    assert [one["id"] for one in yaml.safe_load(after)] == ["p-007", "p-008"]
    is_clean(folder)


def test_people_are_numbered_on_from_the_highest_even_where_an_entry_is_broken(tmp_path: Path):
    folder = begun(tmp_path)
    people = folder / "stories" / "people.yaml"
    people.write_text(PEOPLE + "- id: p-031\n  names: {latin: {full: May Silence}}\n  recognition: evryone\n")
    new(folder, "person", "Third One")
    assert yaml.safe_load(people.read_text())[-1]["id"] == "p-032"


def test_a_people_file_elsewhere_is_the_one_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = begun(tmp_path / "room")
    elsewhere = tmp_path / "hr" / "people.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(PEOPLE)
    elsewhere.chmod(0o600)
    link = tmp_path / "link.yaml"
    link.symlink_to(elsewhere)
    inside = (folder / "stories" / "people.yaml").read_bytes()
    monkeypatch.chdir(tmp_path)
    new(folder, "person", "May Silence", "--people", str(elsewhere))
    new(folder, "person", "Named Nearby", "--people", "hr/people.yaml")
    new(folder, "person", "Through Link", env={"YEARROUND_PEOPLE": str(link)})
    assert [one["id"] for one in yaml.safe_load(elsewhere.read_text())] == [
        "p-007",
        "p-008",
        "p-009",
        "p-010",
    ]
    assert (link.is_symlink(), stat.S_IMODE(elsewhere.stat().st_mode)) == (True, 0o600)
    assert (folder / "stories" / "people.yaml").read_bytes() == inside
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == ["people.yaml"]


def test_a_people_file_that_is_named_and_missing_is_said_and_no_other_is_written(tmp_path: Path):
    folder = begun(tmp_path / "room")
    before = files(tmp_path)
    done = call(
        "new", "person", "May Silence", "--newsroom", str(folder), "--people", str(tmp_path / "hr.yaml")
    )
    assert (done.exit_code, "people-missing" in done.stderr) == (1, True)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (PEOPLE + "\t- id: p-9\n", "people.yaml:3"),
        (PEOPLE + "- {id: p-9, names: [\n", "people.yaml"),
        ("who: [Rania]\n", "people.yaml"),
        ("[{id: p-007, names: {latin: {full: Rania Boutros}}}]\n", "Add this yourself"),
        (b"\xff\xfe- id\n", "people.yaml"),
    ],
    ids=["tab", "open", "no-list", "flow", "no-text"],
)
def test_a_people_file_to_which_nothing_can_be_added_is_a_problem_and_is_not_touched(
    tmp_path: Path, before: str | bytes, says: str
):
    folder = begun(tmp_path)
    people = folder / "stories" / "people.yaml"
    people.write_bytes(before if isinstance(before, bytes) else before.encode())
    all_before = files(folder)
    done = call("new", "person", "May Silence", "--newsroom", str(folder))
    assert (done.exit_code, says in done.stderr) == (1, True), done.stderr
    assert files(folder) == all_before


def test_in_a_newsroom_whose_settings_are_broken_a_story_can_still_be_begun(tmp_path: Path):
    folder = begun(tmp_path)
    (folder / "stories" / "newsletter.yaml").write_text("title: [\n")
    assert new(folder, "story", "A night").is_file()


def test_a_newsrooms_own_words_and_templates_are_used(tmp_path: Path):
    folder = begun(tmp_path)
    own = folder / "templates"
    (own / "words").mkdir(parents=True)
    (own / "words" / "en.yaml").write_text("new: {situation: Where were you?}\n")
    assert "Where were you?" in new(folder, "story", "A night").read_text()


def test_a_machine_knows_where_it_is_or_says_utc(tmp_path: Path):
    zone = settings(begun(tmp_path))["timezone"]
    assert isinstance(zone, str)
    assert ZoneInfo(zone).key == zone

"""What is read from a real folder, and what is not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.load import disk
from builder.load.intake import understand
from builder.problem import Level, Trouble
from tests.values import PEOPLE, SETTINGS, said, story


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return furnished(tmp_path / "newsroom")


def furnished(folder: Path) -> Path:
    for name, text in {
        "newsletter.yaml": SETTINGS,
        "people.yaml": PEOPLE,
        "2026/a.md": story(),
        "2026/lamp.JPG": "no picture",
        "editions/w10.md": "---\ndate: 2026-03-05\n---\n",
        "metrics/m.yaml": "name: a\n",
        "files/form.pdf": "%PDF",
    }.items():
        put(folder / "stories" / name, text)
    return folder


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def as_nobody() -> Iterator[None]:
    """As someone to whom permissions apply: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_everything_is_found_by_its_place_with_forward_slashes(newsroom: Path):
    found = disk.read(newsroom)
    assert not found.problems
    assert found.settings is not None
    assert found.people is not None
    assert found.teams is None
    paths = [
        one.path for one in (found.settings, found.people, *found.stories, *found.editions, *found.metrics)
    ]
    assert paths == [
        "stories/newsletter.yaml",
        "stories/people.yaml",
        "stories/2026/a.md",
        "stories/editions/w10.md",
        "stories/metrics/m.yaml",
    ]
    assert (found.pictures, found.files) == (("2026/lamp.JPG",), ("form.pdf",))
    assert found.settings.data == SETTINGS.encode()


@pytest.mark.parametrize("folder", ["", "nowhere", "stories", "stories/newsletter.yaml"])
def test_a_folder_without_stories_is_no_newsroom(tmp_path: Path, folder: str):
    if folder.endswith(".yaml"):
        put(tmp_path / folder, SETTINGS)
    with pytest.raises(Trouble) as trouble:
        disk.read(tmp_path / folder)
    assert trouble.value.problem.code == "no-newsroom"
    assert "yearround init" in trouble.value.problem.mend


def test_missing_settings_are_said_with_the_file_that_was_meant(newsroom: Path):
    (newsroom / "stories" / "newsletter.yaml").rename(newsroom / "stories" / "newsleter.yaml")
    found = disk.read(newsroom)
    assert (found.settings, found.problems[0].code, found.problems[0].mend) == (
        None,
        "settings-missing",
        "Rename newsleter.yaml to newsletter.yaml.",
    )


def test_what_nothing_reads_is_said(newsroom: Path):
    for name in ("note.md", "people.yml", "metrics/n.yml", "editions/deep/w11.md", "2026x/b.md"):
        put(newsroom / "stories" / name, "")
    problems = disk.read(newsroom).problems
    assert said(problems) == [
        "stray editions/deep/w11.md:0:0",
        "stray metrics/n.yml:0:0",
        "stray 2026x:0:0",
        "stray note.md:0:0",
        "stray people.yml:0:0",
    ]
    assert {one.level for one in problems} == {Level.WARNING}
    assert problems[-1].guess == "people.yaml"


def test_what_editors_programs_leave_behind_is_passed_over(newsroom: Path):
    for name in (
        "2026/.a.md.swp",
        "2026/a.md~",
        "2026/~$a.md",
        "2026/b.tmp",
        "2026/.hidden/b.md",
        ".DS_Store",
    ):
        put(newsroom / "stories" / name, "")
    found = disk.read(newsroom)
    assert (len(found.stories), found.problems) == (1, ())


def test_files_and_problems_are_sorted_folder_by_folder(newsroom: Path):
    files = newsroom / "stories/files"
    (newsroom / "stories/files/form.pdf").unlink()
    for inside in ("b/c/z.pdf", "b/c.pdf", "b-c.pdf", "a.pdf", "B.pdf", "b/a/y.pdf"):
        put(files / inside, "%PDF")
    for inside in ("b/c/2", "b/c/1", "b/a/2", "z", "b/d", "a"):
        (files / inside).symlink_to("/etc/hosts")
    found = disk.read(newsroom)
    assert found.files == ("B.pdf", "a.pdf", "b/a/y.pdf", "b/c/z.pdf", "b/c.pdf", "b-c.pdf")
    assert [one.file.removeprefix("stories/files/") for one in found.problems] == [
        "a", "z", "b/d", "b/a/2", "b/c/1", "b/c/2"
    ]  # fmt: skip


def test_a_link_that_leads_out_is_not_followed(newsroom: Path, tmp_path: Path):
    secret = put(tmp_path / "secret.md", story())
    (newsroom / "stories" / "2026" / "b.md").symlink_to(secret)
    (newsroom / "stories" / "files" / "c.md").symlink_to("../../../secret.md")
    (newsroom / "stories" / "2026" / "away").symlink_to(tmp_path)
    found = disk.read(newsroom)
    assert sorted(said(found.problems)) == [
        "leads-out 2026/away:0:0",
        "leads-out 2026/b.md:0:0",
        "leads-out files/c.md:0:0",
    ]
    assert (len(found.stories), found.files) == (1, ("form.pdf",))


def test_a_link_inside_the_newsroom_is_followed(newsroom: Path):
    put(newsroom / "photographs" / "b.jpg", "bytes")
    (newsroom / "stories" / "2026" / "b.jpg").symlink_to("../../photographs/b.jpg")
    found = disk.read(newsroom)
    assert (found.problems, found.pictures) == ((), ("2026/b.jpg", "2026/lamp.JPG"))
    assert disk.open_inside(newsroom)("2026/b.jpg") == b"bytes"


@pytest.mark.parametrize("inside", ["../../secret", "/etc/passwd", "2026", "2026/nowhere.jpg"])
def test_what_is_opened_later_never_leaves_the_newsroom(newsroom: Path, tmp_path: Path, inside: str):
    put(tmp_path / "secret", "secret")
    with pytest.raises(OSError):
        disk.open_inside(newsroom)(inside)


@pytest.mark.parametrize(
    "name", ["2026/b.md", "people.yaml", "teams.yaml", "editions/w11.md", "newsletter.yaml"]
)
def test_a_link_to_nowhere_is_said_and_is_not_taken_for_a_missing_file(newsroom: Path, name: str):
    path = newsroom / "stories" / name
    path.unlink(missing_ok=True)
    path.symlink_to("nowhere")
    found = disk.read(newsroom)
    assert said(found.problems) == [f"unreadable {name}:0:0"]
    assert understand(found)[0].people_known is (name != "people.yaml")


@pytest.mark.parametrize("name", ["people.yaml", "teams.yaml", "newsletter.yaml"])
def test_a_folder_in_the_place_of_a_file_is_said(newsroom: Path, name: str):
    (newsroom / "stories" / name).unlink(missing_ok=True)
    (newsroom / "stories" / name).mkdir()
    assert said(disk.read(newsroom).problems) == [f"unreadable {name}:0:0"]


def test_a_pipe_in_the_place_of_a_story_is_not_waited_for(newsroom: Path):
    os.mkfifo(newsroom / "stories" / "2026" / "b.md")
    assert said(disk.read(newsroom).problems) == ["unreadable 2026/b.md:0:0"]


def test_a_file_too_large_for_a_text_is_not_read(newsroom: Path):
    put(newsroom / "stories" / "2026" / "b.md", "x" * 4_000_001)
    found = disk.read(newsroom)
    assert said(found.problems) == ["too-large 2026/b.md:0:0"]
    assert "4,000,001 bytes" in found.problems[0].message


def test_a_name_that_is_no_text_is_said(newsroom: Path):
    for folder in ("2026", "files", "."):
        Path(os.fsdecode(os.fsencode(newsroom / "stories" / folder) + b"/\xff.md")).write_bytes(b"")
    problems = disk.read(newsroom).problems
    assert [one.code for one in problems] == ["name-encoding"] * 3
    assert all(one.file.encode("utf-8") for one in problems)


def test_what_may_not_be_read_is_said_and_lost():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        newsroom = furnished(Path(folder) / "newsroom")
        put(newsroom / "stories" / "2026" / "b.md", story()).chmod(0)
        with as_nobody():
            found = disk.read(newsroom)
        assert said(found.problems) == ["unreadable 2026/b.md:0:0"]
        assert found.problems[0].message == ("the computer does not let this be read: permission denied")
        assert "stories/2026/b.md" in understand(found)[0].lost


def test_the_people_file_may_stand_elsewhere(newsroom: Path, tmp_path: Path):
    elsewhere = put(tmp_path / "vault" / "names.yaml", "- {id: p-9, names: {latin: {full: A B}}}\n")
    found = disk.read(newsroom, elsewhere)
    assert found.people is not None
    assert found.people.path == str(elsewhere)
    assert list(understand(found)[0].people) == ["p-9"]


def test_a_year_may_be_a_link_inside_the_newsroom_and_never_out_of_it(newsroom: Path, tmp_path: Path):
    put(newsroom / "years" / "2024" / "c.md", story())
    put(tmp_path / "elsewhere" / "d.md", story())
    (newsroom / "stories" / "2024").symlink_to("../years/2024")
    (newsroom / "stories" / "2023").symlink_to(tmp_path / "elsewhere")
    found = disk.read(newsroom)
    assert "stories/2024/c.md" in {source.path for source in found.stories}
    assert said(found.problems) == ["leads-out 2023:0:0"]


@pytest.mark.parametrize(
    ("shut", "mode", "codes"),
    [
        ("stories", 0o711, {"unreadable"}),
        ("stories", 0o744, {"unreadable"}),
        ("vault", 0o700, {"unreadable"}),
        ("stories", 0o000, {"unreadable"}),
    ],
)
def test_a_folder_that_one_may_not_enter_is_a_problem(shut: str, mode: int, codes: set[str]):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        newsroom = furnished(Path(folder) / "newsroom")
        people = put(newsroom / "vault" / "names.yaml", "- {id: p-9, names: {latin: {full: A B}}}\n")
        (newsroom / shut).chmod(mode)
        with as_nobody():
            found = disk.read(newsroom, people)
        assert codes <= {problem.code for problem in found.problems}
        assert found.people_unread == (shut == "vault")


@pytest.mark.parametrize("there", [False, True])
def test_a_people_file_that_is_named_and_missing_is_an_error_and_tells_of_nobody(
    newsroom: Path, tmp_path: Path, there: bool
):
    elsewhere = tmp_path / "names.yaml"
    if there:
        elsewhere.mkdir()
    found = disk.read(newsroom, elsewhere)
    assert ("people-missing", Level.ERROR, str(elsewhere)) in {
        (problem.code, problem.level, problem.file) for problem in found.problems
    }
    assert found.people is None
    assert found.people_unread
    assert not understand(found)[0].people_known


def test_a_link_to_itself_in_a_blog_is_a_link_to_nowhere(newsroom: Path, tmp_path: Path):
    put(tmp_path / "blog/a.md", "one\n")
    (tmp_path / "blog/b.md").symlink_to("b.md")
    blog = disk.read_blog(tmp_path / "blog", newsroom)
    assert [one.path for one in blog.posts] == ["a.md"]
    assert said(blog.problems) == ["unreadable b.md:0:0"]
    assert "link" in blog.problems[0].message


def test_the_theme_has_templates_words_and_assets():
    theme = disk.read_theme()
    names = {name for name, _ in theme.templates}
    assert names >= {
        "base.html",
        "story.html",
        "digest.mjml",
        "digest.txt",
        "charts/line.svg",
        "brand.css.jinja",
    }
    assert [language for language, _ in theme.words] == ["el", "en", "fa", "ms"]
    assert "site.css" in {path for path, _ in theme.assets}

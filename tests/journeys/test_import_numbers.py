"""An editor brings in a survey and a table of numbers with the real command, and does it again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from builder.desk.import_survey import Asked, import_survey
from builder.load import disk, intake
from builder.plan.voices import comments
from builder.problem import Trouble, errors

ROOT = Path(__file__).parent.parent.parent
NEWSROOM = ROOT / "tests" / "broken" / "_whole"
SECRET = "zq-respondent"
HEAD = "Respondent;Submitted;How satisfied were you?;Comments;Department\n"


def newsroom(folder: Path) -> Path:
    shutil.copytree(NEWSROOM, folder / "newsroom")
    return folder / "newsroom"


def answers(folder: Path, count: int) -> Path:
    file = folder / "answers.csv"
    with file.open("w", encoding="utf-8-sig") as out:
        out.write(HEAD)
        for number in range(count):
            words = f"ring 0912 {number:07}, zq-words{number}@example.org" if number % 3 == 0 else ""
            day = number % 28 + 1
            out.write(
                f"{SECRET}{number};{day}/03/2026 10:{number % 60:02};{number % 5 + 1};{words};{('Kitchen', 'انبار', '')[number % 3]}\n"
            )
    return file


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def everything(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_survey_comes_in_as_counts_and_the_newsroom_is_whole(tmp_path: Path):
    folder = newsroom(tmp_path)
    file = answers(tmp_path, 300)
    arguments = (
        "import",
        "survey",
        file,
        "--metric",
        "would-recommend",
        "--invited",
        "2026-03=900",
        "--json",
    )
    before = everything(folder)
    look = run(folder, *arguments, "--dry-run")
    assert (look.returncode, everything(folder)) == (0, before)
    ran = run(folder, *arguments)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert (said["rows"], said["taken"], said["not_taken"]) == (300, 300, [])
    sources = disk.read(folder)
    found, problems = intake.understand(sources)
    assert errors(problems) == ()
    reading = found.metrics[0].readings[-1]
    assert (reading.period, reading.n, reading.counts, reading.invited) == (
        "2026-03",
        300,
        (("satisfied", 120), ("others", 180)),
        900,
    )
    assert reading.comments == 100, "as many as wrote something, drafts or not"
    assert {one.team: one.n for one in reading.segments} == {"kitchen": 100, "stores": 100}
    once = everything(folder)
    kept = b"\n".join([*map(str.encode, once), *once.values()])
    for raw in (SECRET, "zq-words", "0912", "answers.csv", "10:07"):
        assert raw.encode() not in kept
    again = run(folder, *arguments)
    assert (again.returncode, everything(folder)) == (0, once)
    assert json.loads(again.stdout)["measures"][0]["written"] == []


def test_a_draft_that_somebody_edited_is_left_alone(tmp_path: Path):
    folder = newsroom(tmp_path)
    file = answers(tmp_path, 60)
    run(folder, "import", "survey", file, "--metric", "would-recommend")
    drafts = sorted((folder / "stories" / "voices").iterdir())
    assert len(drafts) == 20
    drafts[0].write_text("mine", encoding="utf-8")
    assert "20 there already" in run(folder, "import", "survey", file, "--metric", "would-recommend").stdout
    assert drafts[0].read_text(encoding="utf-8") == "mine"
    assert {yaml.safe_load(one.read_text("utf-8"))["status"] for one in drafts[1:]} == {"draft"}


def test_how_many_wrote_something_decides_and_no_longer_how_many_files_there_are(tmp_path: Path):
    folder = newsroom(tmp_path)
    arguments = ("import", "survey", answers(tmp_path, 60), "--metric", "would-recommend")
    ran = run(folder, *arguments)
    assert "(n 60, 20 with a comment, 2 teams)" in ran.stdout
    measure = folder / "stories" / "metrics" / "would-recommend.yaml"
    once = measure.read_bytes()
    drafts = sorted((folder / "stories" / "voices").iterdir())
    for draft in drafts[1:]:
        draft.unlink()
    whole = drafts[0].read_text().replace("kind: #", "who: a visitor\nkind: praise #")
    drafts[0].write_text(whole)
    found, _ = intake.understand(disk.read(folder))
    (voice,) = (one for one in found.voices if one.round == "2026-03")
    assert comments(voice, found) == 20
    measure.write_text(measure.read_text().replace("comments: 20", "comments: 31"))
    edited = measure.read_bytes()
    assert "31 with a comment" in (stays := run(folder, *arguments).stdout)
    assert "20 with a comment" in stays
    assert measure.read_bytes() == edited, "an editor's number is written over only when that is asked for"
    run(folder, *arguments, "--replace")
    assert measure.read_bytes() == once
    silent = tmp_path / "silent.csv"
    silent.write_text("Submitted;score\n2026-04-02;5\n2026-04-03;1\n")
    run(folder, "import", "survey", silent, "--metric", "would-recommend")
    assert measure.read_text().count("comments:") == 1, "nobody was asked for words"


def test_a_report_has_rows_and_reasons_and_may_not_lie_in_the_newsroom(tmp_path: Path):
    folder = newsroom(tmp_path)
    file = answers(tmp_path, 40)
    with file.open("a", encoding="utf-8") as out:
        out.writelines(f"{SECRET}x{number};2/3/2026;zq{number};;\n" for number in range(30))
    arguments = ("import", "survey", file, "--metric", "would-recommend")
    report = tmp_path / "report.txt"
    ran = run(folder, *arguments, "--report", report)
    assert "and 10 more" in ran.stdout
    assert report.read_text().splitlines() == [
        f"row {number}: its score is not a number" for number in range(42, 72)
    ]
    assert "zq" not in report.read_text() + ran.stdout.replace("answers.csv", "")
    assert run(folder, *arguments, "--report", folder / "report.txt").returncode == 2
    assert not (folder / "report.txt").exists()


def test_a_link_does_not_make_a_file_of_the_newsroom_one_from_outside(tmp_path: Path):
    folder = newsroom(tmp_path)
    inside = shutil.move(answers(tmp_path, 3), folder / "answers.csv")
    (tmp_path / "link.csv").symlink_to(inside)
    with pytest.raises(Trouble, match="lies in the newsroom"):
        import_survey(tmp_path / "link.csv", folder, None, Asked(metric="would-recommend"))


def test_no_comment_comes_in_while_nobody_knows_whose_names_to_take_out(tmp_path: Path):
    folder = newsroom(tmp_path)
    done = import_survey(
        answers(tmp_path, 60), folder, tmp_path / "no-people.yaml", Asked(metric="would-recommend")
    )
    assert done.voices == ()
    assert any("which names to take out" in note for note in done.notes)
    assert not (folder / "stories" / "voices").exists()


def test_memory_hardly_grows_with_the_rows(tmp_path: Path):
    folder = newsroom(tmp_path)
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from builder.desk.import_survey import Asked, import_survey\n"
        "import_survey(Path(sys.argv[1]), Path('.'), None, Asked(metric='would-recommend', dry=True))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )

    def most(count: int) -> int:
        ran = subprocess.run(
            [sys.executable, "-c", code, str(answers(tmp_path, count))],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        return int(ran.stdout) * (1 if sys.platform == "darwin" else 1024)

    assert most(30_000) - most(300) < 12_000_000

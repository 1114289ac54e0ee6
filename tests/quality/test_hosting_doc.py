"""What docs/hosting.md says to type, typed: on a machine that builds, and on one that serves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.built import NOW, ROOT, SMALL, copy_newsroom
from tests.quality import servers

DOC = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```bash\n(.*?)^```$", DOC)
SERVER = "/srv/newsletter"

# The other machine is a folder of this one: what is said to it goes through a shell all the same.
SSH = """#!/bin/sh
while [ "$1" != web.example ]; do shift; done
shift
exec sh -c "$*"
"""


@dataclass(frozen=True, slots=True)
class Machines:
    """A newsroom on one machine, and the folder that the other one serves from."""

    newsroom: Path
    server: Path
    programs: Path

    def type(self, block: str) -> str:
        """Type a block of the doc as it stands there, but for where the server's folder is; all that was said."""
        path = os.pathsep.join([str(self.programs), str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.replace(SERVER, str(self.server))],
            cwd=self.newsroom,
            env={**os.environ, "PATH": path, "RSYNC_RSH": "ssh"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    servers.program("rsync", "rsync")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "ssh").write_text(SSH)
    # As of a day on which the small newsroom is whole, whenever this runs.
    yearround = Path(sys.executable).with_name("yearround")
    (programs / "yearround").write_text(f'#!/bin/sh\nexec {yearround} "$@" --now {NOW}\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    server = tmp_path / "server"
    server.mkdir()
    return Machines(copy_newsroom(SMALL, tmp_path / "newsroom"), server, programs)


def files(folder: Path) -> dict[str, bytes]:
    real = folder.resolve()
    return {
        path.relative_to(real).as_posix(): path.read_bytes() for path in real.rglob("*") if path.is_file()
    }


def for_readers(site: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(site).items() if name not in (".yearround.json", ".gitignore")}


def test_there_are_three_things_to_type():
    assert [block.split()[0] for block in BLOCKS] == ["yearround", "rsync", "yearround"]


def test_a_second_folder_and_a_switch(machines: Machines):
    machines.type(BLOCKS[0])
    served = machines.server / "site"
    assert served.is_symlink()
    first = files(served)
    assert first == for_readers(machines.newsroom / "site")
    assert ".htaccess" in first
    kept = (served / "en" / "scorecard.html").stat().st_ino
    story = machines.newsroom / "stories" / "2026" / "four-seconds.md"
    story.write_text(story.read_text() + "\nAnd one word more.\n")
    # Names are told apart by the second.
    machines.type("sleep 1\n" + BLOCKS[0])
    assert b"And one word more." in files(served)["en/stories/four-seconds.html"]
    assert files(served) == for_readers(machines.newsroom / "site")
    assert (served / "en" / "scorecard.html").stat().st_ino == kept, "what has not changed was sent again"
    assert len(list(machines.server.glob("release-*"))) == 1, (
        "what was taken back stands in a folder that is left"
    )


def test_what_was_taken_back_goes_out_though_the_build_has_errors(machines: Machines):
    machines.type(BLOCKS[0])
    stories = machines.newsroom / "stories" / "2026"
    gone, broken = stories / "eleven-minutes.md", stories / "four-seconds.md"
    gone.write_text(gone.read_text().replace("---\n", "---\nstatus: draft\n", 1))
    broken.write_text(broken.read_text().replace("\ndate: ", "\ndate: never, or ", 1))
    said = machines.type("sleep 1\n" + BLOCKS[0])
    assert "exit code 3" in said
    page = files(machines.server / "site")["en/stories/eleven-minutes.html"]
    assert b'class="page-notice"' in page


def test_one_rsync(machines: Machines):
    machines.type("yearround build")
    machines.type(BLOCKS[1])
    plain = machines.server / "plain"
    assert files(plain) == for_readers(machines.newsroom / "site")
    (plain / "en" / "stray.html").write_text("of a former build")
    machines.type(BLOCKS[1])
    assert files(plain) == for_readers(machines.newsroom / "site")


def test_the_public_site_stands_apart(machines: Machines):
    machines.type("yearround build")
    machines.type(BLOCKS[2])
    staff, public = (files(machines.newsroom / name) for name in ("site", "site-public"))
    assert set(public) < set(staff)
    assert b"noindex" not in public["en/index.html"]
    assert b"noindex" in staff["en/index.html"]

"""The package as a stranger gets it: installed elsewhere, without the checkout, it does all that it promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.built import ROOT
from tests.serving import serving

HEAVY = ("pydantic", "markdown", "jinja2", "babel", "PIL", "mrml", "nh3", "watchdog", "yaml", "resvg_py")


def done(*command: str | Path, cwd: Path) -> str:
    """What a command says that ends well, in a world that knows nothing of the checkout."""
    alone = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))}
    ran = subprocess.run(
        [str(one) for one in command], cwd=cwd, env=alone, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, and the parts it needs lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("package")
    done(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
        "--wheel-dir", folder, ROOT, cwd=folder,
    )  # fmt: skip
    (wheel,) = folder.glob("yearround-*.whl")
    done(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    done(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    packages = Path(
        done(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("".join(f"{path}\n" for path in sorted(lent)))
    return folder


def yearround(elsewhere: Path) -> Path:
    return elsewhere / "venv" / "bin" / "yearround"


def test_what_is_installed_is_the_package_and_not_the_checkout(elsewhere: Path):
    said = done(
        elsewhere / "venv" / "bin" / "python",
        "-c",
        "import builder, builder.load.disk as disk; print(builder.__file__); print(disk.theme_folder())",
        cwd=elsewhere,
    )
    package, theme = map(Path, said.splitlines())
    assert package.is_relative_to(elsewhere)
    assert theme == package.parent / "theme"
    assert (package.parent / "py.typed").is_file()


def test_it_makes_a_newsroom_and_everything_that_comes_of_one(elsewhere: Path, tmp_path: Path):
    program = yearround(elsewhere)
    done(program, "init", "--yes", "--languages", "en,fa", "our-newsroom", cwd=tmp_path)
    room = tmp_path / "our-newsroom"
    assert done(program, "check", "--strict", cwd=room) == "Nothing is wrong.\n"
    done(program, "build", cwd=room)
    assert "The umbrella that came back" in (room / "site" / "en" / "index.html").read_text()
    assert list((room / "site" / "assets" / "vendor").glob("*/LICENSE"))
    done(program, "digest", cwd=room)
    assert {path.suffix for path in (room / "outbox").iterdir()} >= {".eml", ".html", ".txt"}
    done(program, "new", "story", "A night", cwd=room)
    assert json.loads(done(program, "schema", "story", cwd=room))["properties"]["title"]
    done(program, "schema", cwd=room)
    with serving(room, command=(str(program),), cwd=room) as served:
        assert "The umbrella that came back" in served.ask("/en/index.html").text
        assert served.ask("/_yearround/live.js").status == 200
        assert served.stop() == 0


def test_it_knows_its_version_and_runs_as_a_module_too(elsewhere: Path):
    python = elsewhere / "venv" / "bin" / "python"
    version = done(yearround(elsewhere), "--version", cwd=elsewhere)
    assert done(python, "-m", "builder", "--version", cwd=elsewhere) == version
    installed = done(python, "-m", "pip", "show", "yearround", cwd=elsewhere)
    assert f"Version: {version.split()[-1]}\n" in installed


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["bulid"]])
def test_to_say_what_there_is_nothing_heavy_is_loaded(words: list[str]):
    """The fact behind a start in an instant, whatever the machine."""
    asked = (
        "import sys\n"
        "from builder.cli import main\n"
        "try:\n"
        f"    main({words!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        f"print(sorted(set(sys.modules) & set({HEAVY!r})))\n"
    )
    ran = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"

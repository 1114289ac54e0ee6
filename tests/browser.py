"""Finds a Chromium that tests can drive, or gets one; `python -m tests.browser` prints where it is."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

# The sandbox does not start for root. The others keep the browser from calling home: on a machine without a
# network those calls fail many at a time, and on one with it a test would depend on somebody else's answer.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

HOW_TO_GET_ONE = """\
There is no Chromium for the tests, and none could be installed. Any one of these mends it:
  - install one: `apt install chromium-headless-shell` (Debian, as root), or Chromium or Chrome in your system's way;
  - let Playwright bring its own: `.venv/bin/playwright install chromium` (needs a network);
  - name one that is there: YEARROUND_CHROMIUM=/path/to/chromium make test"""


class NoBrowser(Exception):
    """No Chromium is here and none can be had; says how to get one."""


def find() -> str:
    """The path of a Chromium: the one asked for, else the system's, else one installed now."""
    path = asked_for() or on_the_system() or from_debian() or from_playwright()
    if path is None:
        raise NoBrowser(HOW_TO_GET_ONE)
    return path


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=find(), headless=True, args=list(FLAGS))


def asked_for() -> str | None:
    path = os.environ.get("YEARROUND_CHROMIUM")
    if path and not shutil.which(path):
        raise NoBrowser(f"YEARROUND_CHROMIUM is '{path}', and there is no program of that name.")
    return path or None


def on_the_system() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def from_debian() -> str | None:
    if not (is_debian() and os.geteuid() == 0 and shutil.which("apt-get")):
        return None
    # Playwright drives with a Node of its own, which wants libatomic1; a bare Debian does not have it.
    install = [
        "apt-get",
        "install",
        "--yes",
        "--no-install-recommends",
        "chromium-headless-shell",
        "libatomic1",
    ]
    tell("No Chromium here yet: installing chromium-headless-shell from Debian ...")
    # Without the update the list may name a version that the mirror no longer holds.
    if run("apt-get", "-qq", "update") and run(*install):
        return shutil.which("chromium-headless-shell")
    return None


def from_playwright() -> str | None:
    path = playwrights_own()
    if not path.exists():
        tell("No Chromium here yet: asking Playwright for its own ...")
        run(sys.executable, "-m", "playwright", "install", "chromium")
    return str(path) if path.exists() else None


def playwrights_own() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def is_debian() -> bool:
    # Not its children: Ubuntu has no chromium-headless-shell, and its chromium is a snap that cannot read our folders.
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def run(*command: str) -> bool:
    """True where the command did its work. It speaks on standard error: standard output holds the path alone."""
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=quietly, check=False)
    return done.returncode == 0


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(find())
    except NoBrowser as missing:
        sys.exit(str(missing))

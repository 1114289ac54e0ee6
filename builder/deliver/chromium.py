"""A page becomes a PDF in a browser that is installed here, which knows how to set every script."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_NAMES = (
    "chromium",
    "chromium-headless-shell",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
)
ASKED_FOR = "YEARROUND_CHROMIUM"
"""In the environment: the browser to take, where it has another name or stands elsewhere."""

PATIENCE = 60
"""Seconds after which a browser is given up."""


def find() -> str | None:
    """The path of a Chromium, or None where there is none."""
    named = os.environ.get(ASKED_FOR)
    return next((path for name in ((named,) if named else _NAMES) if (path := shutil.which(name))), None)


def pdf(browser: str, html: bytes) -> bytes:
    """The page as `browser` prints it. Raises OSError when it does not."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={made}",
            page.as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # which does not start for root
        try:
            ran = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  found above, and our page
        except subprocess.TimeoutExpired as fault:
            raise OSError(0, f"no answer within {PATIENCE} seconds") from fault
        if ran.returncode or not made.is_file():
            raise OSError(0, f"it ended with {ran.returncode}")
        return made.read_bytes()

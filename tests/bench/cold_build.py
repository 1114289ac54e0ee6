"""Times five cold builds of the small newsroom, each in a folder of its own, and prints the median."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NEWSROOM = Path(__file__).parent.parent / "newsrooms" / "small"
RUNS = 5


def main() -> None:
    if not NEWSROOM.is_dir():
        sys.exit("There is no newsroom in tests/newsrooms/small, so nothing was timed.")
    seconds = sorted(cold_build() for _ in range(RUNS))
    print(
        f"Cold build of tests/newsrooms/small, {RUNS} runs, the start of Python included: "
        f"median {statistics.median(seconds):.2f} s, fastest {seconds[0]:.2f} s, slowest {seconds[-1]:.2f} s."
    )


def cold_build() -> float:
    """The seconds from a newsroom that was never built to its finished site."""
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Path(folder) / "small"
        shutil.copytree(NEWSROOM, newsroom, ignore=shutil.ignore_patterns("site", "outbox", ".yearround"))
        start = time.perf_counter()
        built = subprocess.run(
            [Path(sys.executable).with_name("yearround"), "build"],
            cwd=newsroom,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
    if built.returncode:
        sys.exit(f"The newsroom was not built, so there is nothing to time:\n{built.stdout}{built.stderr}")
    return seconds


if __name__ == "__main__":
    main()

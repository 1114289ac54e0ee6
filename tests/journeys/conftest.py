"""The small newsroom, visited once for all journeys; served too; and built again after somebody changed their mind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.built import yearround

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.test_browser import Visit


@pytest.fixture(scope="session")
def visits(browser: Browser, small: Path) -> dict[str, Visit]:
    """Every page of the small newsroom, opened once for all who ask what a page brings with it."""
    from tests.journeys.test_browser import visit_all

    return visit_all(browser, small / "site")


@pytest.fixture(scope="session")
def withdrawn(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same newsroom after a story and an edition were taken back, on a day when another story has an error.

    So nothing new can be published, and notices stand where the pages were.
    """
    newsroom = tmp_path_factory.mktemp("withdrawn") / "small"
    shutil.copytree(small, newsroom)
    for file in sorted((newsroom / "stories").rglob("*.md")):
        text = file.read_text()
        if file.name.partition(".")[0] in ("eleven-minutes", "2026-w11"):
            file.write_text(text.replace("---\n", "---\nstatus: draft\n", 1))
        elif file.name == "four-seconds.md":
            file.write_text(text.replace("\ndate: ", "\ndate: never, or ", 1))
    done = yearround(newsroom, "build")
    assert done.returncode == 3, f"yearround build:\n{done.stdout}{done.stderr}"
    return newsroom


class _Server(SimpleHTTPRequestHandler):
    """A plain web server, told once (like any) what to answer where nothing is."""

    def __init__(self, *arguments: Any, missing: Path, **options: Any) -> None:
        self.missing = missing
        super().__init__(*arguments, **options)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = self.missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: what matters about a request is asked of the browser."""


@contextmanager
def _serving(folder: Path, missing: Path) -> Iterator[str]:
    handler = partial(_Server, directory=str(folder), missing=missing)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def served(small: Path) -> Iterator[str]:
    """Where the small newsroom's site stands on a web server, two folders below the place it was made for."""
    with _serving(small.parent, small / "site" / "404.html") as place:
        yield f"{place}{small.name}/site/"


@pytest.fixture(scope="session")
def served_at_home(small: Path) -> Iterator[str]:
    """Where it stands on a web server whose root it is, as its settings say."""
    with _serving(small / "site", small / "site" / "404.html") as place:
        yield place

"""A site as it is hosted: with its own headers in force below two folders of a host, and opened from a disk."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.built import NOW, html_pages, page_kind, yearround

BELOW = "/a/b/"

FAULTS = {
    "inline.html": '<script>document.title = "ran"</script>',
    "font.html": '<link rel="stylesheet" href="assets/fault.css"><p class="fault">words</p>',
    "fetch.html": '<script src="assets/fault.js" defer></script>',
    "missing.html": '<link rel="stylesheet" href="assets/no-such.css">',
    "preload.html": '<link rel="preload" as="font" crossorigin href="https://fonts.example/a.woff2">',
}
SCRIPTS = {
    "fault.css": '@font-face { font-family: Fault; src: url("https://fonts.example/a.woff2") } .fault { font-family: Fault }',
    "fault.js": 'fetch("en/feed.xml")',
}


def rules(text: str) -> list[tuple[re.Pattern[str], str, str]]:
    """The rules of a `_headers` file: where each holds, a header, and its value."""
    found = []
    where = re.compile("")
    for line in text.splitlines():
        if line.startswith("/"):
            where = re.compile(re.escape(line).replace(r"\*", ".*"))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found.append((where, name, value))
    return found


class _Host(SimpleHTTPRequestHandler):
    """A host that reads `_headers`, and has the site below two folders."""

    def __init__(
        self, *arguments: Any, headers: list[tuple[re.Pattern[str], str, str]], **options: Any
    ) -> None:
        self.said = headers
        self.asked = ""
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        if not self.path.startswith(BELOW):
            self.send_error(404)
            return
        self.asked = self.path
        self.path = self.path.removeprefix(BELOW.rstrip("/"))
        super().do_GET()

    def end_headers(self) -> None:
        for where, name, value in self.said:
            if where.fullmatch(self.asked) and name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    handler = partial(_Host, directory=str(site), headers=rules((site / "_headers").read_text()))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()
        thread.join()


def look(page: Page, url: str, inside: str) -> list[str]:
    """All that a page said, asked elsewhere or failed to get while it was opened, and seen to its end."""
    wrong: list[str] = []
    page.on("console", lambda one: wrong.append(f"says {one.text}"))
    page.on("pageerror", lambda one: wrong.append(f"fails: {one}"))
    page.on("requestfailed", lambda one: wrong.append(f"{one.url}: {one.failure}"))
    page.on("response", lambda one: wrong.append(f"{one.url}: {one.status}") if one.status >= 400 else None)
    page.on(
        "request", lambda one: wrong.append(f"asks {one.url}") if not one.url.startswith(inside) else None
    )
    page.goto(url, wait_until="networkidle")
    page.evaluate("""() => {
        document.querySelectorAll("img").forEach(one => { one.loading = "eager" });
        return Promise.all([...document.images].map(one => one.decode().catch(() => 0))).then(() => document.fonts.ready).then(() => 0)
    }""")
    return [f"{url.removeprefix(inside)}: {one}" for one in wrong]


def one_of_each(site: Path) -> list[str]:
    """A page of every kind, from the right and from the left; none that sends its readers on, nor that for what is not there."""
    found: dict[tuple[str, str], str] = {}
    for address in html_pages(site):
        kind = page_kind((site / address).read_text())
        if kind not in ("", "404") and address.startswith(("en/", "fa/")):
            found.setdefault((address[:2], kind), address)
    assert {"home", "listing", "shelf teams", "about", "nominate", "years", "story heroic"} <= {
        kind for _, kind in found
    }
    return list(found.values())


def findings(browser: Browser, site: Path, place: str, pages: Mapping[str, str] | list[str]) -> list[str]:
    found: list[str] = []

    def each(inside: str) -> None:
        for address in pages:
            context = browser.new_context()
            found.extend(look(context.new_page(), inside + address, inside))
            context.close()

    if place == "disk":
        each(f"{site.as_uri()}/")
    else:
        with hosted(site) as inside:
            each(inside)
    return found


@pytest.fixture(scope="module")
def sites(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The site as it is opened from a disk, and as it is built for two folders below a host."""
    newsroom = tmp_path_factory.mktemp("below") / "small"
    shutil.copytree(small, newsroom)
    settings = newsroom / "stories" / "newsletter.yaml"
    whole = f"base_url: https://intranet.example{BELOW}"
    settings.write_text(re.sub(r"(?m)^base_url:.*$", whole, settings.read_text()))
    done = yearround(newsroom, "build", now=NOW)
    assert done.returncode == 0, done.stderr
    return {"disk": small / "site", "host": newsroom / "site"}


@pytest.mark.parametrize("place", ["disk", "host"])
def test_no_page_says_anything_or_asks_anybody(place: str, browser: Browser, sites: Mapping[str, Path]):
    site = sites[place]
    assert findings(browser, site, place, one_of_each(site)) == []


@pytest.mark.parametrize("place", ["disk", "host"])
def test_whoever_looks_would_see_each_fault(
    place: str, browser: Browser, sites: Mapping[str, Path], tmp_path: Path
):
    site = tmp_path / "site"
    shutil.copytree(sites[place], site)
    page = (site / "en" / "about.html").read_text().replace("../", "")
    for address, fault in FAULTS.items():
        (site / address).write_text(page.replace("</main>", f"{fault}</main>"))
    for name, text in SCRIPTS.items():
        (site / "assets" / name).write_text(text)
    found = findings(browser, site, place, FAULTS)
    assert {one.partition(":")[0] for one in found} == set(FAULTS)


def test_the_files_for_web_servers_are_part_of_the_site(small: Path):
    """So they come and go with it: in the record, the switch, the way back."""
    record = json.loads((small / "site" / ".yearround.json").read_text())["files"]
    assert {"_headers", ".htaccess", "robots.txt", "_hosting/nginx.conf", "_hosting/Caddyfile"} <= set(record)


def test_a_second_build_leaves_them_and_another_path_changes_them(small: Path, tmp_path: Path):
    newsroom = tmp_path / "small"
    shutil.copytree(small, newsroom)
    before = {path: (newsroom / "site" / path).read_bytes() for path in ("_headers", "_hosting/nginx.conf")}
    settings = newsroom / "stories" / "newsletter.yaml"
    text = settings.read_text()
    settings.write_text(re.sub(r"(?m)^base_url:.*$", "base_url: https://intranet.example/light/", text))
    done = yearround(newsroom, "build", now=NOW)
    assert done.returncode == 0, done.stderr
    after = {path: (newsroom / "site" / path).read_bytes() for path in before}
    assert all(before[path] != after[path] for path in before)
    assert b'location ^~ "/light/"' in after["_hosting/nginx.conf"]
    back = yearround(newsroom, "rollback")
    assert back.returncode == 0, back.stderr
    assert {path: (newsroom / "site" / path).read_bytes() for path in before} == before

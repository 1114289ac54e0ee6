"""Every kind of page, in Chromium and in Firefox, with the network cut off: from the disk, and with the headers in force."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.built import SMALL, build_for_everybody, copy_newsroom, html_pages, page_kind, yearround
from tests.quality import offline

FAULTS = {
    "inline.html": '<script>document.title = "ran"</script>',
    "style.html": '<p style="color: red">red</p>',
    "font.html": '<link rel="stylesheet" href="assets/fault.css"><p class="fault">words</p>',
    "picture.html": '<img src="https://pictures.example/a.png" alt="">',
    "fetch.html": '<script src="assets/fault.js" defer></script>',
    "missing.html": '<link rel="stylesheet" href="assets/no-such.css">',
    "talks.html": '<script src="assets/talks.js" defer></script>',
}
"""Pages like any of ours with one thing more, and each must be found by itself."""
SCRIPTS = {
    "fault.css": '@font-face { font-family: Fault; src: url("https://fonts.example/a.woff2") } .fault { font-family: Fault }',
    "fault.js": 'fetch("en/feed.xml")',
    "talks.js": 'console.info("a word")',
}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Not in pytest's own folder, which a server that gives up its rights may not enter.
    found = Path(tempfile.mkdtemp(prefix="yearround-offline-"))
    found.chmod(0o755)
    yield found
    shutil.rmtree(found)


@pytest.fixture(scope="module")
def staff(folder: Path) -> Path:
    newsroom = copy_newsroom(SMALL, folder / "staff")
    done = yearround(newsroom, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return newsroom / "site"


@pytest.fixture(scope="module")
def public(folder: Path) -> Path:
    """The documents of a server, in which a site stands two folders deep."""
    newsroom = copy_newsroom(SMALL, folder / "public")
    documents = folder / "documents"
    build_for_everybody(newsroom, documents / "a" / "b", "https://hospital.example/a/b/")
    return documents


def one_of_each(site: Path, *, not_found: bool) -> dict[str, str]:
    """A page of every kind in either direction, and where it sends its readers; that for what is not there if it can stand here."""
    found: dict[tuple[str, str], str] = {}
    leads: dict[str, str] = {}
    for address in html_pages(site):
        if address.startswith(("el/", "ms/")):
            continue
        html = (site / address).read_text()
        kind = page_kind(html)
        if sent := re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html):
            leads[address] = (
                (site / address).parent.joinpath(sent[1]).resolve().relative_to(site.resolve()).as_posix()
            )
        if kind != "404" or not_found:
            found.setdefault((address.partition("/")[0], kind or "redirect"), address)
    assert {"home", "listing", "about", "shelf", "scorecard", "redirect"} <= {
        kind.split()[0] for _, kind in found
    }
    return {address: leads.get(address, "") for address in found.values()}


@pytest.mark.parametrize("name", offline.BROWSERS)
def test_from_the_disk_no_page_says_or_asks_anything(name: str, staff: Path):
    pages = one_of_each(staff, not_found=False)
    seen = offline.look(name, staff, pages)
    assert seen.findings == []
    assert seen.titles.keys() == pages.keys()
    assert seen.version.startswith(offline.BROWSERS[name])


@pytest.mark.parametrize("name", offline.BROWSERS)
def test_with_the_headers_in_force_no_page_says_or_asks_anything(name: str, staff: Path):
    pages = one_of_each(staff, not_found=True)
    seen = offline.look(name, staff, pages, root="/")
    assert seen.findings == []
    assert seen.titles.keys() == pages.keys()


@pytest.mark.parametrize("name", offline.BROWSERS)
def test_nor_does_one_below_two_folders_of_a_host(name: str, public: Path):
    site = public / "a" / "b"
    pages = one_of_each(site, not_found=True)
    seen = offline.look(name, site, pages, root="/a/b/", documents=public)
    assert seen.findings == []
    assert seen.titles.keys() == pages.keys()


@pytest.mark.parametrize("root", ["", "/"], ids=["disk", "served"])
@pytest.mark.parametrize("name", offline.BROWSERS)
def test_every_fault_is_found(name: str, root: str, staff: Path, folder: Path):
    site = folder / f"faults-{name}-{root.strip('/') or 'root' if root else 'disk'}"
    shutil.copytree(staff, site)
    page = (site / "en" / "about.html").read_text().replace("../", "")
    for address, fault in FAULTS.items():
        (site / address).write_text(page.replace("</main>", f"{fault}</main>"))
    (site / "sound.html").write_text(page)
    for name_of, text in SCRIPTS.items():
        (site / "assets" / name_of).write_text(text)
    seen = offline.look(name, site, dict.fromkeys((*FAULTS, "sound.html"), ""), root=root)
    found = {one.partition(":")[0] for one in seen.findings}
    print(*seen.findings, sep="\n")
    assert found == set(FAULTS)
    assert "ran" not in seen.titles.values()


def test_the_network_is_really_cut_off():
    """Not here, where the tests run: else the name space would prove nothing."""
    assert not offline.is_cut_off()

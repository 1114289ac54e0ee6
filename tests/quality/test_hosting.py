"""The files for web servers, in the servers themselves: what each of them says beside every file of a site."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.model.story import Audience
from builder.render import headers
from tests.built import ROOT, SMALL, build_for_everybody, copy_newsroom, yearround
from tests.quality import servers
from tests.quality.servers import Host

HASHED = re.compile(r"assets/.+\.[0-9a-f]{12}\.[a-z0-9]+|pictures/[0-9a-f]{20}[^/]*")
REFUSED = (
    ".yearround.json",
    ".gitignore",
    ".htaccess",
    "_headers",
    "_hosting/nginx.conf",
    "_hosting/Caddyfile",
    "_hosting/",
    "_hosting",
    "en/.hidden",
)
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "javascript",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A site in a server's documents, at the path at which it stands on its host."""

    documents: Path
    root: str
    audience: Audience

    @property
    def site(self) -> Path:
        return self.documents / self.root.strip("/")


def staff_at_the_root(folder: Path) -> Place:
    """This repository's own newsletter, for staff, on a host of its own."""
    newsroom = copy_newsroom(ROOT, folder / "newsroom")
    done = yearround(newsroom, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return Place(newsroom / "site", "/", Audience.STAFF)


def public_below(folder: Path) -> Place:
    """The small newsroom for everybody, in two folders of a host that has other things too."""
    newsroom = copy_newsroom(SMALL, folder / "newsroom")
    out = folder / "documents" / "our" / "light"
    build_for_everybody(newsroom, out, "https://hospital.example/our/light/")
    return Place(folder / "documents", "/our/light/", Audience.PUBLIC)


@pytest.fixture(scope="module", params=[staff_at_the_root, public_below], ids=["staff", "public"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    # Not in pytest's own folder, which a server that gives up its rights may not enter.
    folder = Path(tempfile.mkdtemp(prefix="yearround-hosting-"))
    folder.chmod(0o755)
    try:
        yield request.param(folder)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module", params=list(servers.SERVERS))
def host(request: pytest.FixtureRequest, place: Place) -> Iterator[Host]:
    work = Path(tempfile.mkdtemp(prefix="yearround-server-"))
    try:
        with servers.serving(request.param, work, place.documents, place.root) as one:
            yield one
    finally:
        shutil.rmtree(work)


def addresses(site: Path) -> list[str]:
    found = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file())
    return [one for one in found if not re.search(r"(^|/)\.|^_h", one)]


def test_every_file_comes_whole_with_every_header_once(host: Host, place: Place):
    wanted = {name.lower(): value for name, value in headers.everywhere(place.audience)}
    wrong: list[str] = []
    for address in addresses(place.site):
        got = host.ask(address)
        if (got.status, got.data) != (200, (place.site / address).read_bytes()):
            wrong.append(f"{address}: {got.status}, {len(got.data)} bytes")
        lacks = {name: got.headers.get(name) for name in wanted if got.headers.get(name) != wanted[name]}
        if lacks:
            wrong.append(f"{address}: {lacks}")
        if place.audience is Audience.PUBLIC and "x-robots-tag" in got.headers:
            wrong.append(f"{address}: nobody may find it")
    assert wrong == []


def test_only_names_that_tell_their_content_are_kept_for_ever(host: Host, place: Place):
    wrong: list[str] = []
    forever = 0
    for address in addresses(place.site):
        said = host.ask(address).headers.get("cache-control")
        if said != headers.kept(place.audience, forever=bool(HASHED.fullmatch(address))):
            wrong.append(f"{address}: {said}")
        forever += "immutable" in (said or "")
    assert wrong == []
    assert forever > 10


def test_every_file_says_what_it_is(host: Host, place: Place):
    wrong: list[str] = []
    seen = set()
    for address in addresses(place.site):
        ending = Path(address).suffix
        said = host.ask(address).headers.get("content-type", "")
        if address.endswith("/feed.xml"):
            wanted = "application/atom+xml"
        elif ending == ".xml":
            wanted = "/xml"
        else:
            wanted = KINDS.get(ending, "")
        seen.add(ending)
        if wanted not in said:
            wrong.append(f"{address}: {said}")
        if ending in (".html", ".css", ".js", ".xml", ".txt") and "utf-8" not in said.lower():
            wrong.append(f"{address}: {said}, and in which letters")
    assert wrong == []
    assert {".html", ".css", ".svg", ".webp", ".woff2", ".xml", ".txt"} <= seen


def test_where_nothing_is_the_page_for_that_is_shown_and_said_to_be_none(host: Host, place: Place):
    page = (place.site / "404.html").read_bytes()
    gone = ("no-such.html", "fa/stories/no/such.html", "assets/site.0123456789ab.css", "pictures/", "assets/")
    for address in gone:
        got = host.ask(address)
        assert (address, got.status, got.data) == (address, 404, page)
        assert got.headers["content-type"].startswith("text/html")
        assert got.headers["cache-control"] == headers.kept(place.audience, forever=False)
        assert (
            got.headers["content-security-policy"]
            == dict(headers.everywhere(place.audience))["Content-Security-Policy"]
        )


def test_what_is_not_for_readers_is_as_if_it_were_not_there(host: Host, place: Place):
    (place.site / "en" / ".hidden").write_text("secret")
    (place.site / ".well-known").mkdir(exist_ok=True)
    (place.site / ".well-known" / "proof").write_text("for those who give out certificates")
    page = (place.site / "404.html").read_bytes()
    said = {address: host.ask(address) for address in REFUSED}
    assert {one: got.status for one, got in said.items() if got.status != 404} == {}
    assert {one for one, got in said.items() if got.data != page} == set()
    assert host.ask(".well-known/proof").status == 200


def test_folders_lead_to_their_pages_and_to_no_other_host(host: Host, place: Place):
    assert host.ask("").data == (place.site / "index.html").read_bytes()
    assert host.ask("en/").data == (place.site / "en" / "index.html").read_bytes()
    sent = host.ask("en")
    assert sent.status in (301, 302, 307, 308)
    assert sent.headers["location"] in (f"{place.root}en/", f"{host.url}en/", "en/")


def test_words_come_packed_and_pictures_as_they_are(host: Host, place: Place):
    page = host.ask("en/index.html", Accept_Encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in page.headers["vary"].lower()
    assert len(page.data) < (place.site / "en" / "index.html").stat().st_size / 2
    style = next(one for one in addresses(place.site) if re.match(r"assets/site\.[^/]*css", one))
    packed = host.ask(style, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == headers.kept(place.audience, forever=True)
    picture = next(one for one in addresses(place.site) if one.startswith("pictures/"))
    assert "content-encoding" not in host.ask(picture, Accept_Encoding="gzip").headers


def test_what_a_browser_has_is_asked_for_and_not_sent_again(host: Host, place: Place):
    first = host.ask("en/index.html")
    again = host.ask("en/index.html", If_None_Match=first.headers["etag"])
    assert (again.status, again.data) == (304, b"")


def test_robots_are_told_what_holds_for_this_site(host: Host, place: Place):
    told = host.ask("robots.txt").data.decode()
    if place.audience is Audience.PUBLIC:
        assert told == "User-agent: *\nDisallow:\n\nSitemap: https://hospital.example/our/light/sitemap.xml\n"
    else:
        assert told == "User-agent: *\nDisallow: /\n"


def test_pages_name_the_fonts_that_their_words_wait_for(host: Host, place: Place):
    """Every page of a language does, and nothing else: what a browser fetches for no use it complains of."""
    wrong: list[str] = []
    fonts: dict[str, list[str]] = {}
    for address in [*addresses(place.site), "en/", "fa/stories/", "fa/no-such.html", "fa", ""]:
        got = host.ask(address)
        link = got.headers.get("link", "")
        if ("/" in address and address.endswith((".html", "/")) and got.status == 200) != bool(link):
            wrong.append(f"{address}: {got.status} {link}")
        if link:
            fonts[address.partition("/")[0]] = re.findall(
                r"<([^>]+)>; rel=preload; as=font; crossorigin", link
            )
    assert wrong == []
    named = {language: [re.sub(r".*/|\..*", "", one) for one in all_of] for language, all_of in fonts.items()}
    assert named == {
        "en": ["inter-latin"],
        "fa": ["vazirmatn-arabic", "inter-latin"],
        "el": ["inter-greek", "inter-latin"],
        "ms": ["inter-latin"],
    }
    for one in {address for all_of in fonts.values() for address in all_of}:
        assert host.ask(one.removeprefix(place.root)).status == 200

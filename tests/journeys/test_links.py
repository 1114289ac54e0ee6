"""Every address in the built small newsroom leads somewhere, as read by means that the builder does not use."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from builder.check.links import pages_links
from builder.render.facts import facts_of
from tests.built import asset, html_pages, page_kind

BASE = "https://light.harbour-hospital.example/"
SCHEMA = Path(__file__).parent.parent / "schemas" / "atom.rnc"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def targets(name: str, data: bytes) -> Iterator[str]:
    """Everything a file asks for or leads to, as it is written there."""
    if name.endswith(".css"):
        sheet = re.sub(r"/\*.*?\*/", "", data.decode(), flags=re.DOTALL)
        yield from (match[1] for match in re.finditer(r"""url\(\s*["']?([^"')]+)["']?\s*\)""", sheet))
        yield from (match[1] for match in re.finditer(r"""@import\s+["']([^"']+)["']""", sheet))
    elif name.endswith((".xml", ".svg")):
        document = etree.fromstring(data)
        for element in document.iter():
            yield from (str(element.get(name)) for name in ("href", "src") if element.get(name) is not None)
        yield from (str(one.text) for one in document.iterfind(".//s:loc", MAP))
    elif name.endswith(".html"):
        tree = LexborHTMLParser(data.decode())
        for node in tree.css("*"):
            said = node.attributes
            for attribute in ("href", "xlink:href", "src", "poster", "data", "action", "cite"):
                if said.get(attribute) is not None:
                    yield said[attribute] or ""
            for part in (said.get("srcset") or "").split(","):
                yield from part.split()[:1]
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                yield from ("#" + id for id in (said.get(attribute) or "").split())
            if (said.get("http-equiv") or "").lower() == "refresh":
                yield (said.get("content") or "").partition("url=")[2]


def broken(site: Path) -> list[tuple[str, str]]:
    """(file, address in it) for each address that nothing in the site answers."""
    files = {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    ids = {
        name: {node.attributes["id"] for node in LexborHTMLParser(data.decode()).css("[id]")}
        for name, data in files.items()
        if name.endswith(".html")
    }
    found: list[tuple[str, str]] = []
    for here, data in files.items():
        for target in targets(here, data):
            whole, fragment = urldefrag(urljoin(BASE + here, target))
            if not whole.startswith(BASE):
                if urlsplit(whole).scheme not in ("https", "mailto", "tel"):
                    found.append((here, target))
                continue
            there = unquote(whole.removeprefix(BASE))
            if there not in files or (fragment and unquote(fragment) not in ids.get(there, {fragment})):
                found.append((here, target))
    return found


@dataclass(frozen=True)
class Fault:
    file: str
    markup: str
    target: str
    told_by_the_builder: bool = True
    """The builder promises this for finished pages; style sheets are the theme's, and are held here."""


FAULTS = {
    "a page that is not there": Fault(
        "en/index.html", '<a href="stories/no-such.html">x</a>', "stories/no-such.html"
    ),
    "a place that this page does not have": Fault(
        "en/scorecard.html", '<a href="#no-such">x</a>', "#no-such"
    ),
    "a place in Persian that another page does not have": Fault(
        "fa/index.html",
        '<a href="stories/three-letters.html#%D9%86%DB%8C%D8%B3%D8%AA">x</a>',
        "stories/three-letters.html#%D9%86%DB%8C%D8%B3%D8%AA",
    ),
    "a picture": Fault(
        "en/index.html", '<img src="../pictures/no-such.webp" alt="x">', "../pictures/no-such.webp"
    ),
    "one of a picture's sizes": Fault(
        "el/index.html",
        '<picture><source srcset="index.html 1x, ../pictures/2x.webp 2x"></picture>',
        "../pictures/2x.webp",
    ),
    "a film's still": Fault("ms/index.html", '<video poster="still.webp"></video>', "still.webp"),
    "what a style sheet asks for": Fault(
        "site.css", "p { background: url('no-such.png') }", "no-such.png", told_by_the_builder=False
    ),
}


def told_by_the_builder(site: Path) -> list[str]:
    facts = {address: facts_of((site / address).read_text()) for address in html_pages(site)}
    problems = pages_links(
        {address: fact.links for address, fact in facts.items()},
        {address: fact.ids for address, fact in facts.items()},
        {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()},
        root=urlsplit(BASE).path,
    )
    return [f"{problem.file}: {problem.message}" for problem in problems]


def test_every_address_in_the_site_leads_somewhere(small: Path):
    assert broken(small / "site") == []
    assert told_by_the_builder(small / "site") == []


def test_what_was_taken_back_leaves_no_broken_address_behind(withdrawn: Path):
    assert broken(withdrawn / "site") == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_broken_address_is_found(fault: Fault, small: Path, tmp_path: Path):
    site = tmp_path / "site"
    shutil.copytree(small / "site", site)
    address = asset(site, fault.file) if fault.file.endswith(".css") else fault.file
    file = site / address
    text = file.read_text()
    file.write_text(
        text.replace("</main>", fault.markup + "</main>") if file.suffix == ".html" else text + fault.markup
    )
    assert broken(site) == [(address, fault.target)]
    told = told_by_the_builder(site)
    if fault.told_by_the_builder:
        [line] = told
        assert line.startswith(f"site/{fault.file}: the link `{fault.target}` on this page leads ")
    else:
        assert told == []


def test_what_a_page_asks_for_is_seen_by_the_builder_as_by_others(small: Path):
    site = small / "site"
    for address in html_pages(site):
        html = (site / address).read_text()
        tree = LexborHTMLParser(html)
        facts = facts_of(html)
        written = [node.attributes[name] for name in ("href", "src") for node in tree.css(f"[{name}]")]
        for node in tree.css("[srcset]"):
            written += [one.split()[0] for one in (node.attributes["srcset"] or "").split(", ")]
        assert sorted(facts.links) == sorted(one or "" for one in written), address
        assert facts.ids == {node.attributes["id"] for node in tree.css("[id]")}, address


def test_ids_are_given_once_on_a_page(small: Path):
    twice = []
    for address in html_pages(small / "site"):
        ids = [
            node.attributes["id"]
            for node in LexborHTMLParser((small / "site" / address).read_text()).css("[id]")
        ]
        twice += [f"{address}: {id}" for id in set(ids) if ids.count(id) > 1]
    assert twice == []


@pytest.fixture(scope="session")
def atom() -> etree.RelaxNG:
    return etree.RelaxNG.from_rnc_string(SCHEMA.read_text())


@pytest.mark.parametrize("lang", ["en", "fa", "el", "ms"])
def test_a_feed_is_atom(lang: str, small: Path, atom: etree.RelaxNG):
    tree = etree.parse(str(small / "site" / lang / "feed.xml"))
    assert atom.validate(tree), str(atom.error_log)
    ids = [one.text for one in tree.iterfind(".//a:id", ATOM)]
    assert len(ids) == len(set(ids)) > 1
    assert tree.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) == f"{BASE}{lang}/feed.xml"
    whole = [one.get("href", "") for one in tree.iterfind("a:entry/a:link", ATOM)]
    assert [one for one in whole if not one.startswith(BASE)] == []
    inside = [one.text or "" for one in tree.iterfind(".//a:content", ATOM)]
    relative = [target for html in inside for target in targets("x.html", html.encode()) if ":" not in target]
    assert relative == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"<id>tag:[^<]*three-letters</id>", ""),
        (r"<updated>2026-11-11T00:00:00\+00:00</updated>", "<updated>2026-11-11T00:00:00</updated>"),
        (r"<updated>2026-11-11T00:00:00\+00:00</updated>", "<updated>11 November</updated>"),
        (r"<author><name>The Harbour Light</name></author>", ""),
        (r"<summary>", "<summary><b>x</b>"),
        (r' rel="self"', ' relation="self"'),
    ],
    ids=["no id", "no zone", "no time", "no author", "markup", "unknown attribute"],
)
def test_a_feed_that_is_not_atom_is_refused(right: str, wrong: str, small: Path, atom: etree.RelaxNG):
    text = (small / "site" / "en" / "feed.xml").read_text()
    spoilt, count = re.subn(right, wrong, text, count=1)
    assert count == 1
    assert not atom.validate(etree.fromstring(spoilt.encode()))


def test_the_site_map_names_every_page_that_is_there_to_be_read(small: Path):
    site = small / "site"
    tree = etree.parse(str(site / "sitemap.xml"))
    named = [str(one.text) for one in tree.iterfind("s:url/s:loc", MAP)]
    kinds = {address: page_kind((site / address).read_text()) for address in html_pages(site)}
    assert named == [
        BASE + quote(address) for address, kind in sorted(kinds.items()) if kind not in ("", "404")
    ]
    for url in tree.iterfind("s:url", MAP):
        # A page that has translations is named among them, as the protocol wants.
        alternates = [one.get("href") for one in url.iterfind("x:link", MAP)]
        assert not alternates or url.findtext("s:loc", namespaces=MAP) in alternates

"""Readers look at the small newsroom's site and mail, in a real browser, in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
from selectolax.lexbor import LexborHTMLParser

from builder.model.facet import Facet
from tests.built import asset, html_pages, page_kind

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
LANGUAGES = ("en", "fa", "el", "ms")
SECTIONS = {"home", "listing", "heroes", "hero", "scorecard", "measure", "round"}
SECTIONS |= {"editions", "edition", "about", "nominate"}
SECTIONS |= {"behaviours", "teams", "perspectives", "tags", "years"}
SHELVES = {f"shelf {facet.value}" for facet in Facet}
STORIES = {f"story {kind}" for kind in ("heroic", "small", "learning", "light", "recovery", "leader")}
PLAIN = SECTIONS | SHELVES | STORIES
"""Kinds of pages that are for reading, with scripts or without."""
STRICT = {"preload": False, "resultTypes": ["violations"]}
# A mail is shown inside another page, which brings the landmarks; what WCAG asks of the text itself holds all the same.
MAIL = {**STRICT, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

ALL = """() => {
    document.querySelectorAll("details").forEach(one => { one.open = true });
    document.querySelectorAll("img").forEach(one => { one.loading = "eager" });
    return Promise.all([...document.images].map(one => one.decode())).then(() => document.fonts.ready).then(() => 0)
}"""
FINDINGS = """async options => (await axe.run(document, options)).violations.map(
    rule => rule.id + ": " + rule.nodes.map(node => node.target.join(" ")).join(", "))"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Watch:
    """What a page did while it was watched: every request, and everything that went wrong."""

    page: Page
    asked: list[str] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    """The kind of each thing asked for, and its address."""
    at_once: list[tuple[str, str]] = field(default_factory=list)
    """Those of them that were asked for before anything was folded out."""
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda one: self.wrong.append(f"{one.url}: {one.failure}"))
        self.page.on("response", self._response)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda one: self.wrong.append(str(one)))

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        self.kinds.append((request.resource_type, request.url))

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.url}: {response.status}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.text} ({message.location['url']})")

    def findings(self, url: str, inside: str) -> list[str]:
        """Open a page, see all of it, and say what was wrong or came from outside."""
        self.asked.clear()
        self.kinds.clear()
        self.wrong.clear()
        self.page.goto(url)
        self.at_once = [*self.kinds]
        see_all(self.page)
        outside = [f"asks {one}" for one in self.asked if not one.startswith((inside, "data:"))]
        return [f"{url.removeprefix(inside)}: {one}" for one in (*self.wrong, *outside)]


def see_all(page: Page) -> None:
    """Open what is folded away, and wait for every picture and every font."""
    page.evaluate(ALL)


@dataclass(frozen=True)
class Visit:
    """What a page did on a phone when it was opened from a disk and seen to its end."""

    wrong: tuple[str, ...]
    wider: float
    """Pixels that it is wider than the phone."""
    scripts: frozenset[str]
    """Addresses of the scripts that it asks for by itself, before anything is folded out."""
    fonts: frozenset[str]


def visit_all(browser: Browser, site: Path) -> dict[str, Visit]:
    """Every page of a site, by its address, opened once."""
    found: dict[str, Visit] = {}
    with opened(browser, viewport={"width": 320, "height": 800}) as page:
        watch = Watch(page)
        for address in pages_to_stay_on(site):
            wrong = watch.findings((site / address).as_uri(), site.as_uri() + "/")
            found[address] = Visit(
                wrong=tuple(wrong),
                wider=page.evaluate(OVERFLOW),
                scripts=frozenset(url for kind, url in watch.at_once if kind == "script"),
                fonts=frozenset(url for kind, url in watch.kinds if kind == "font"),
            )
    return found


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**options)
    try:
        yield context.new_page()
    finally:
        context.close()


def kinds(site: Path) -> dict[tuple[str, str], str]:
    """One address for each language and kind of page."""
    found: dict[tuple[str, str], str] = {}
    for address in html_pages(site):
        kind = page_kind((site / address).read_text())
        if kind:
            found.setdefault((address.split("/")[0] if "/" in address else "", kind), address)
    return found


def sample(site: Path) -> list[str]:
    """A page of every kind in every language; that for what is not there has a test of its own."""
    return [address for (_, kind), address in kinds(site).items() if kind != "404"]


def in_turn(site: Path) -> dict[str, str]:
    """A page of every kind, by kind; the languages take turns."""
    found = kinds(site)
    order = sorted({kind for _, kind in found} - {"404"})
    turns: dict[str, str] = {}
    for place, kind in enumerate(order):
        spoken = [language for language in LANGUAGES if (language, kind) in found]
        turns[kind] = found[spoken[place % len(spoken)], kind]
    return turns


def both_ways(site: Path) -> dict[str, dict[str, str]]:
    """Two pages of every kind, by kind and language: the Persian, which runs from the right, and one that runs from the
    left, whose languages take turns; one where there is no other. `make quality` sees all kinds in all languages."""
    found = kinds(site)
    order = sorted({kind for _, kind in found} - {"404"})
    turns: dict[str, dict[str, str]] = {}
    for place, kind in enumerate(order):
        left = [language for language in LANGUAGES if language != "fa" and (language, kind) in found]
        right = ["fa"] if ("fa", kind) in found else []
        chosen = [*right, *([left[place % len(left)]] if left else [])]
        turns[kind] = {language: found[language, kind] for language in chosen}
    return turns


def in_a_row(turns: dict[str, dict[str, str]]) -> list[str]:
    return [address for pages in turns.values() for address in pages.values()]


def pages_to_stay_on(site: Path) -> list[str]:
    """All pages but those that only lead to another, and that for what is not there."""
    return [
        address for address in html_pages(site) if page_kind((site / address).read_text()) not in ("", "404")
    ]


def noticed(newsroom: Path) -> list[str]:
    site = newsroom / "site"
    return [one for one in html_pages(site) if page_kind((site / one).read_text()) == "notice"]


def axe(page: Page, options: dict[str, Any], where: str) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):  # half a megabyte, which is there until the page is left
        page.evaluate(AXE)
    return [f"{where}: {one}" for one in page.evaluate(FINDINGS, options)]


def in_every_light(
    page: Page,
    widths: Iterable[int],
    options: dict[str, Any],
    name: str,
    lights: Iterable[str] = ("light", "dark"),
) -> list[str]:
    found: list[str] = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for light in lights:
            page.emulate_media(color_scheme="light" if light == "light" else "dark")
            found += axe(page, options, f"{name} at {width} px, {light}")
    return found


def test_the_small_newsroom_has_a_page_of_every_kind(small: Path, withdrawn: Path):
    found = kinds(small / "site")
    for lang in LANGUAGES:
        assert {(lang, kind) for kind in SECTIONS | SHELVES} <= set(found)
    assert {kind for _, kind in found if kind.startswith("story")} == STORIES
    assert found[("", "404")] == "404.html"
    assert {one.split("/")[0] for one in noticed(withdrawn)} == set(LANGUAGES)


def test_a_sample_leaves_out_no_kind_and_no_language(small: Path):
    every = {kind for _, kind in kinds(small / "site")} - {"404"}
    turns = in_turn(small / "site")
    assert set(turns) == every
    assert {address.split("/")[0] for address in turns.values()} == set(LANGUAGES)
    both = both_ways(small / "site")
    assert set(both) == every
    for kind, pages in both.items():
        spoken = {lang for lang, one in kinds(small / "site") if one == kind}
        assert set(pages) <= spoken
        assert ("fa" in pages) is ("fa" in spoken)
        assert (set(pages) - {"fa"} != set()) is (spoken - {"fa"} != set())
    assert {language for pages in both.values() for language in pages} == set(LANGUAGES)


def test_pages_of_every_kind_are_accessible_on_phone_and_desk_by_day_and_night(browser: Browser, small: Path):
    """Each kind from the right and from the left: one of the two on a phone and one on a desk, one by day and one by night.

    `make quality` sees them all.
    """
    # Opposite ones stand two apart.
    ways = ((320, "light"), (320, "dark"), (1280, "dark"), (1280, "light"))
    found: list[str] = []
    seen: set[tuple[str, int, str]] = set()
    with opened(browser, reduced_motion="reduce") as page:
        for place, pages in enumerate(both_ways(small / "site").values()):
            for turn, (language, address) in enumerate(pages.items()):
                width, light = ways[(place + 2 * turn) % len(ways)]
                page.goto((small / "site" / address).as_uri())
                see_all(page)
                found += in_every_light(page, (width,), STRICT, address, (light,))
                seen.add((language, width, light))
    assert found == []
    assert seen == {(language, *way) for language in LANGUAGES for way in ways}


def test_a_notice_is_as_good_a_page_as_what_it_stands_for(browser: Browser, withdrawn: Path):
    site = withdrawn / "site"
    found: list[str] = []
    with opened(browser, viewport={"width": 320, "height": 900}) as page:
        watch = Watch(page)
        for address in noticed(withdrawn):
            found += watch.findings((site / address).as_uri(), site.as_uri())
            assert page.evaluate(OVERFLOW) == 0
            assert page.locator("html").get_attribute("lang") == address.split("/")[0]
            found += in_every_light(page, (320, 1280), STRICT, address)
            page.set_viewport_size({"width": 320, "height": 900})
    assert found == []


def test_where_nothing_is_a_reader_finds_the_way_home(browser: Browser, small: Path, served_at_home: str):
    found: list[str] = []
    for nowhere in ("404.html", "no-such.html", "fa/stories/no/such.html"):
        with opened(browser, viewport={"width": 320, "height": 900}) as page:
            watch = Watch(page)
            # The browser itself says of the page that it is not there; of nothing else may it say so.
            found += [
                one for one in watch.findings(served_at_home + nowhere, served_at_home) if "404" not in one
            ]
            assert served_at_home + asset(small / "site", "site.css") in watch.asked
            assert page.evaluate(OVERFLOW) == 0
            found += in_every_light(page, (320, 1280), STRICT, nowhere)
            assert any("Inter" in font for font in drawn_by(page, "h1")), "the page came without its styles"
            page.locator("main a").click()
            page.wait_for_url(served_at_home + "en/index.html")
    assert found == []


def test_no_page_asks_anybody_else_or_fails_or_is_wider_than_a_phone(visits: dict[str, Visit], small: Path):
    found = [one for visit in visits.values() for one in visit.wrong]
    found += [
        f"{address}: {visit.wider} px wider than a phone"
        for address, visit in visits.items()
        if visit.wider > 0
    ]
    assert found == []
    assert list(visits) == pages_to_stay_on(small / "site")


def test_over_http_no_page_does_so_either(browser: Browser, small: Path, served: str):
    """From a disk it was every page; over HTTP it is one of each kind, for there the rest differs in words alone."""
    found: list[str] = []
    with opened(browser, viewport={"width": 320, "height": 800}) as page:
        watch = Watch(page)
        for address in in_turn(small / "site").values():
            found += watch.findings(served + address, served)
            if (wider := page.evaluate(OVERFLOW)) > 0:
                found.append(f"{address}: {wider} px wider than a phone")
    assert found == []


def test_pages_read_the_same_without_javascript(browser: Browser, small: Path):
    """One of each kind; `make quality` reads them all."""
    plain = [address for kind, address in in_turn(small / "site").items() if kind in PLAIN]
    with_scripts, without = read_twice(browser, small / "site", plain)
    assert with_scripts == without
    assert len(with_scripts) == len(PLAIN)
    assert all(len(text) > 20 for text in with_scripts.values())


def read_twice(browser: Browser, site: Path, addresses: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What these pages say with JavaScript, and what they say without."""
    texts: list[dict[str, str]] = []
    for scripts in (True, False):
        with opened(browser, java_script_enabled=scripts) as page:
            read = {}
            for address in addresses:
                page.goto((site / address).as_uri())
                # What the boxes of the filter say, its links say where there is no script; both lead to the same stories.
                said = page.locator("main > *:not(.filter)").all_inner_texts()
                read[address] = "\n".join(filter(None, said))
            texts.append(read)
    return texts[0], texts[1]


OUR_FONTS = ("Inter", "Vazirmatn")


def foreign_fonts(page: Page) -> list[str]:
    """Elements with text that a font of this machine drew, under its own name or as a stand-in, not one of the site's."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
    found = []
    for node in nodes:
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        alien = [
            f"{font['familyName']} ({font['glyphCount']:.0f})"
            for font in fonts
            if not font["isCustomFont"] or not font["familyName"].startswith(OUR_FONTS)
        ]
        if alien:
            html = session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
            found.append(f"{', '.join(alien)} drew {html[:80]}")
    session.detach()
    return found


def drawn_by(page: Page, selector: str) -> set[str]:
    """The fonts that drew the first element of `selector`."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {font["familyName"] for font in fonts if font["isCustomFont"]}


def test_every_letter_is_drawn_by_the_fonts_of_the_site(browser: Browser, small: Path):
    """Each kind from the right and from the left; `make quality` sees them all."""
    site = small / "site"
    found: list[str] = []
    with opened(browser) as page:
        for address in in_a_row(both_ways(site)):
            page.goto((site / address).as_uri())
            see_all(page)
            found += [f"{address}: {one}" for one in foreign_fonts(page)]
    assert found == []


def test_persian_pages_are_persian(browser: Browser, small: Path):
    site = small / "site"
    with opened(browser, locale="fa-IR") as page:
        # A tag is of no language but its own.
        for address in [one for one in sample(site) if one.startswith("fa/") and "/tags/" not in one]:
            page.goto((site / address).as_uri())
            see_all(page)
            assert page.locator("html").get_attribute("dir") == "rtl"
            assert page.locator("h1").evaluate("one => getComputedStyle(one).direction") == "rtl"
            assert any("Vazirmatn" in font for font in drawn_by(page, "h1")), address
            dates = page.locator("time").all_inner_texts()
            assert [
                date for date in dates if re.search(r"[0-9]", date) or not re.search(r"[۰-۹]", date)
            ] == []
            written = page.locator("time").evaluate_all("all => all.map(one => one.dateTime)")
            assert [date for date in written if not re.match(r"\d{4}-\d\d-\d\d", date)] == []


def test_a_persian_card_on_an_english_page_runs_from_the_right(browser: Browser, small: Path):
    with opened(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto((small / "site" / "en" / "index.html").as_uri())
        see_all(page)
        card = page.locator(".card", has=page.locator("[lang=fa]")).first
        title = card.locator(".card-title")
        assert page.locator("html").get_attribute("dir") == "ltr"
        assert title.evaluate("one => getComputedStyle(one).direction") == "rtl"
        # The words themselves stand at the right edge of their box.
        gap = title.evaluate("""one => { const range = document.createRange(); range.selectNodeContents(one);
            return one.getBoundingClientRect().right - range.getBoundingClientRect().right }""")
        assert gap < 3
        assert card.locator(".foreign").inner_text() == "Persian"


def test_the_language_switcher_leads_to_the_same_page_in_the_other_language(browser: Browser, small: Path):
    site = small / "site"
    pages = set(html_pages(site))
    wrong: list[str] = []
    for address in pages_to_stay_on(site):
        tree = LexborHTMLParser((site / address).read_text())
        leads = {
            link.attributes["hreflang"]: normpath(
                join(dirname(address), unquote(link.attributes["href"] or ""))
            )
            for link in tree.css(".languages a")
        }
        rest = address.split("/", 1)[1]
        for other in LANGUAGES:
            same = f"{other}/{rest}"
            expected = same if same in pages else f"{other}/index.html"
            if leads.get(other) != expected:
                wrong.append(f"{address}, {other}: {leads.get(other)} and not {expected}")
    assert wrong == []
    with opened(browser) as page:
        page.goto((site / "en" / "stories" / "eleven-minutes.html").as_uri())
        page.locator(".languages a[hreflang=fa]").click()
        page.wait_for_url("**/fa/stories/eleven-minutes.html")
        page.locator(".languages a[hreflang=el]").click()
        page.wait_for_url("**/el/stories/eleven-minutes.html")
        assert page.locator(".languages [aria-current]").inner_text() == "Ελληνικά"


@pytest.mark.parametrize("place", ["file", "http"])
def test_the_root_leads_home_and_an_old_address_to_the_new_one(
    place: str, browser: Browser, small: Path, served: str
):
    base = (small / "site").as_uri() + "/" if place == "file" else served
    with opened(browser) as page:
        watch = Watch(page)
        page.goto(base + "index.html")
        page.wait_for_url(
            base + "en/index.html", wait_until="networkidle"
        )  # leaving earlier breaks off its pictures
        page.goto(base + "en/stories/thirty-one-yoghurts.html")
        page.wait_for_url(base + "en/stories/four-seconds.html")
        assert page.locator("article.story h1").is_visible()
        assert watch.wrong == []


def test_a_keyboard_can_skip_to_the_text_and_always_shows_where_it_is(browser: Browser, small: Path):
    # The ring may stand round the whole card that a link opens.
    focused = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
        const ring = place => place && getComputedStyle(place).outlineStyle !== "none"
            && parseFloat(getComputedStyle(place).outlineWidth) >= 2;
        return { name: one.outerHTML.slice(0, 80), skip: one.classList.contains("skip"),
                 ring: Boolean(ring(one) || ring(one.closest(".card"))),
                 seen: box.width > 0 && box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1 } }"""
    for address in ("en/index.html", "fa/index.html", "en/scorecard.html"):
        with opened(browser, viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as page:
            page.goto((small / "site" / address).as_uri())
            see_all(page)
            page.keyboard.press("Tab")
            first = page.evaluate(focused)
            assert first["skip"]
            assert first["seen"], "the skip link is not on the screen when it has the focus"
            page.keyboard.press("Enter")
            assert page.evaluate("() => document.activeElement.localName") == "main"
            page.goto((small / "site" / address).as_uri())
            see_all(page)
            many = page.locator("a[href], button, input, summary").count()
            unseen = []
            for _ in range(many):
                page.keyboard.press("Tab")
                place = page.evaluate(focused)
                if not (place["ring"] and place["seen"]):
                    unseen.append(place["name"])
            assert unseen == [], address


def test_a_page_is_printed_in_black_on_white_and_without_its_menus(browser: Browser, small: Path):
    found: list[str] = []
    with opened(browser, color_scheme="dark") as page:
        for address in ("en/index.html", "fa/stories/blue-notebook.html", "en/scorecard.html"):
            page.goto((small / "site" / address).as_uri())
            page.emulate_media(media="print", color_scheme="dark")
            see_all(page)
            found += axe(page, {**STRICT, "runOnly": ["color-contrast"]}, address)
            assert page.locator("h1").first.is_visible()
            assert page.locator("header nav a:visible").count() == 0
            paper = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
            assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
            printed = page.pdf(format="A4")
            assert printed.startswith(b"%PDF")
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 1
    assert found == []


def test_the_digest_is_accessible_and_asks_nobody(browser: Browser, small: Path):
    found: list[str] = []
    for lang in ("en", "fa"):
        [mail] = (small / "outbox").glob(f"*.{lang}.html")
        with opened(browser) as page:
            watch = Watch(page)
            for width in (360, 700):
                page.set_viewport_size({"width": width, "height": 900})
                found += watch.findings(mail.as_uri(), mail.as_uri())
                if (wider := page.evaluate(OVERFLOW)) > 0:
                    found.append(f"{mail.name}: {wider} px wider than {width}")
                found += in_every_light(page, (width,), MAIL, mail.name)
    assert found == []

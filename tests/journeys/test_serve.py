"""An editor writes with `yearround serve` beside the page: a real process, a real browser, real saves."""

from __future__ import annotations

import re
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.newsroom import NOW, Newsroom, newsroom, person, picture
from tests.serving import PATIENCE, Served, serving, some_port

STORY = "2026/night.md"
PAGE = "en/stories/night.html"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A newsroom with one story, whose site stands below a path of its host."""
    made = newsroom(tmp_path / "room")
    made.settings(base_url="https://light.example.org/news/")
    made.people(person("p-001", "Rania Boutros", "Rania"))
    made.story("night", 'The counter was open, thanks to [*](@p-001 "a pharmacist").', title="A night")
    return made


@contextmanager
def looking(browser: Browser, served: Served, address: str = PAGE) -> Iterator[Page]:
    """A browser on a page, which listens for events already."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    try:
        page = context.new_page()
        with page.expect_request("**/_yearround/events?*"):
            page.goto(served.address + address)
        yield page
    finally:
        context.close()


def saved(room: Newsroom, old: str, new: str, path: str = STORY) -> None:
    """A save as most editors do it: into a file beside, which then takes the name."""
    file = room.folder / "stories" / path
    beside = file.with_name(f"{file.name}~new")
    text = file.read_text()
    assert old in text
    beside.write_text(text.replace(old, new, 1))
    beside.replace(file)


def everything_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def test_a_broken_story_is_said_over_the_last_good_page_and_goes_when_it_is_mended(
    room: Newsroom, browser: Browser
):
    with serving(room.folder, "--now", NOW) as served, looking(browser, served) as page:
        problems = page.locator("dialog.yr-problems")
        expect(page.locator("h1")).to_have_text("A night")
        expect(problems).to_have_count(0)
        saved(room, "date: '2026-03-04'", "date: 2026-13-04")
        expect(problems).to_be_visible()
        expect(problems).to_contain_text("1 error: this is the last page that was whole")
        expect(problems).to_contain_text("stories/2026/night.md:3:7")
        expect(problems).to_contain_text("date: 2026-13-04")
        expect(page.locator("h1")).to_have_text("A night")
        page.reload()
        expect(problems).to_be_visible()
        expect(page.locator("h1")).to_have_text("A night")
        saved(room, "date: 2026-13-04", "date: 2026-03-04")
        expect(problems).to_have_count(0)
        expect(page.locator("h1")).to_have_text("A night")


def test_a_slip_in_a_draft_is_a_warning_that_one_may_open(room: Newsroom, browser: Browser):
    room.story("plan", "Soon.", status="draft", team="wrad")
    with serving(room.folder, "--now", NOW) as served, looking(browser, served) as page:
        problems = page.locator("dialog.yr-problems")
        expect(problems).to_have_class(re.compile("--mild"))
        expect(problems.locator("li")).to_be_hidden()
        problems.get_by_text("1 warning").click()
        expect(problems.locator("li")).to_contain_text("stories/2026/plan.md")
        expect(problems.locator("li")).to_contain_text("Did you mean ward?")


def test_a_slip_just_made_in_a_draft_is_shown_at_once_and_goes_when_it_is_mended(
    room: Newsroom, browser: Browser
):
    room.story("old", "Soon.", status="draft", team="wrad")
    room.story("plan", "Soon.", title="A plan", status="draft")
    with (
        serving(room.folder, "--now", NOW) as served,
        looking(browser, served, "en/stories/plan.html") as page,
    ):
        slip = page.locator("dialog.yr-problems li").filter(has_text="plan.md")
        expect(page.get_by_text("1 warning")).to_be_visible()
        saved(room, "date: '2026-03-04'", "date: 2026-13-04", "2026/plan.md")
        expect(slip).to_be_visible()
        expect(page.locator("h1")).to_have_text("A plan")
        page.reload()
        expect(slip).to_be_visible()
        saved(room, "2026-13-04", "2026-03-04", "2026/plan.md")
        expect(slip).to_have_count(0)
        expect(page.get_by_text("1 warning")).to_be_visible()


def test_an_edit_is_on_the_page_without_anyone_reloading_it_in_every_browser_that_looks(
    room: Newsroom, browser: Browser
):
    with (
        serving(room.folder, "--now", NOW) as served,
        looking(browser, served) as one,
        looking(browser, served, "en/index.html") as other,
    ):
        saved(room, "title: A night", "title: The window that opened again")
        expect(one.locator("h1")).to_have_text("The window that opened again")
        expect(other.locator(".card-title")).to_have_text("The window that opened again")


def test_a_style_changes_without_a_reload(room: Newsroom, browser: Browser):
    with serving(room.folder, "--now", NOW) as served, looking(browser, served) as page:
        page.evaluate("() => { window.stayed = true }")
        own = room.folder / "templates" / "assets" / "own.css"
        own.parent.mkdir(parents=True)
        own.write_text("h1 { color: rgb(1, 2, 3) }")
        expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        own.write_text("h1 { color: rgb(3, 2, 1) }")
        expect(page.locator("h1")).to_have_css("color", "rgb(3, 2, 1)")
        assert page.evaluate("() => window.stayed") is True


def test_drafts_and_what_is_to_come_are_shown_under_ribbons_and_written_nowhere(
    room: Newsroom, browser: Browser
):
    room.story("plan", "Soon.", title="A plan", status="draft")
    room.story("spring", "Later.", title="In spring", date="2026-04-01")
    before = everything_below(room.folder)
    with serving(room.folder, "--now", NOW) as served, looking(browser, served, "en/index.html") as page:
        cards = page.locator("article.card")
        expect(cards.filter(has_text="A plan").locator(".yr-ribbon")).to_have_text(
            "Draft: nobody else sees this yet"
        )
        expect(cards.filter(has_text="In spring").locator(".yr-ribbon")).to_have_text(
            "Others see this from 1 April 2026"
        )
        expect(cards.filter(has_text="A night").locator(".yr-ribbon")).to_have_count(0)
        page.goto(served.address + "en/stories/plan.html")
        expect(page.locator("main > .yr-ribbon")).to_have_text("Draft: nobody else sees this yet")
        page.goto(served.address + "fa/stories/index.html")
        assert "Draft:" not in page.content()
        assert page.locator(".yr-ribbon").count() == 2
        saved(room, "Soon.", "Very soon.", "2026/plan.md")
        served.hears("pages")
        assert served.stop() == 0
    after = everything_below(room.folder)
    assert after.keys() == before.keys()
    assert [path for path in after if after[path] != before[path]] == ["stories/2026/plan.md"]
    assert room.build().code == 0
    pages = b"".join(data for data in everything_below(room.site).values())
    assert (b"A plan" in pages, b"In spring" in pages, b"A night" in pages) == (False, False, True)
    assert b"_yearround" not in pages


def test_another_time_can_be_looked_at_and_left_again(room: Newsroom, browser: Browser):
    room.story("spring", "Later.", title="In spring", date="2026-04-01")
    room.story("over", "Once.", title="Long over", date="2026-03-01", expires="2026-03-20")
    with serving(room.folder, "--now", NOW) as served, looking(browser, served, "en/index.html") as page:
        page.goto(served.address + "en/index.html?now=2026-04-02T08:40")
        assert page.url == served.address + "en/index.html"
        expect(page.locator("main > .yr-ribbon")).to_contain_text("As of Thursday 2 April 2026, 08:40.")
        expect(page.get_by_role("link", name="In spring")).to_be_visible()
        expect(page.get_by_role("link", name="Long over")).to_have_count(0)
        expect(page.locator("article .yr-ribbon")).to_have_count(0)
        page.get_by_role("link", name="In spring").click()
        expect(page.locator("main > .yr-ribbon")).to_contain_text("As of Thursday 2 April 2026")
        page.get_by_role("link", name="Back to now").click()
        page.wait_for_url(served.address + "en/index.html")
        expect(page.locator("main > .yr-ribbon")).to_have_count(0)
        expect(page.get_by_role("link", name="Long over")).to_be_visible()


@pytest.mark.parametrize("now", ["soon", "2026-02-30", "%00", "", "%E2%80%AE", "9999-12-31T23:59-14:00"])
def test_a_time_that_is_none_chooses_none(served: Served, now: str):
    got = served.ask(f"{served.root}en/index.html?now={now}")
    assert got.status == 302
    page = served.ask(f"{served.root}en/index.html", Cookie=f"yearround_now={now}")
    assert (page.status, "As of" in page.text) == (200, False)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A newsroom that nobody changes, served once for all who only ask."""
    made = newsroom(tmp_path_factory.mktemp("asked") / "room")
    made.settings(base_url="https://light.example.org/news/")
    made.story("night", title="A night")
    with serving(made.folder, "--now", NOW) as running:
        yield running


@pytest.mark.parametrize(
    "host",
    [
        "light.example.org",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil",
        "",
    ],
)
def test_a_foreign_host_is_refused(served: Served, host: str):
    for path in (served.root, f"{served.root}_yearround/events", f"{served.root}_yearround/problems.json"):
        got = served.ask(path, Host=host)
        assert (got.status, got.data) == (403, b"Only this machine is served.\n")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:8000", "[::1]", "[::1]:8000"])
def test_this_machine_is_answered_by_any_of_its_names(served: Served, host: str):
    assert served.ask(served.root, Host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "..%2f..%2f..%2f..%2fetc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%5c..%5cetc%5cpasswd",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "en/%00/../../stories/newsletter.yaml",
        "%00",
        "stories/newsletter.yaml",
        "_yearround/../stories/people.yaml",
        "_yearround/problems.html/../../templates/base.html",
        "_yearround/",
        "%ff%fe",
        "en/index.html%00.css",
    ],
)
def test_no_path_leads_out_of_what_was_built(served: Served, path: str):
    got = served.ask(served.root + path)
    assert got.status == 404
    assert b"root:" not in got.data
    assert b"timezone" not in got.data


def test_outside_the_sites_own_path_everything_leads_to_it(served: Served):
    for path in ("/", "/etc/passwd", "/../../etc/passwd", "/%00"):
        got = served.ask(path)
        assert (got.status, got.headers["location"], got.data) == (302, "/news/", b"")


def test_a_redirect_never_leads_to_another_host(served: Served):
    for path in (
        "//evil.example/?now=",
        "/%2Fevil.example/?now=",
        "/%2F%2Fevil.example?now=",
        "/%5Cevil?now=",
    ):
        assert served.ask(path).headers["location"].startswith(("/evil", "/%5C"))


def test_what_is_asked_for_its_headers_alone_has_no_body(served: Served):
    for path in (
        served.root,
        f"{served.root}{PAGE}",
        f"{served.root}assets/site.css",
        f"{served.root}none",
        "/",
    ):
        whole, head = served.ask(path), served.ask(path, "HEAD")
        assert head.status == whole.status
        assert head.headers["content-length"] == str(len(whole.data))
        assert head.data == b""
    assert served.ask(f"{served.root}_yearround/events", "HEAD").data == b""


def test_nothing_is_kept_by_a_browser_and_every_file_says_what_it_is(served: Served):
    kinds = {
        PAGE: "text/html; charset=utf-8",
        "assets/site.css": "text/css; charset=utf-8",
        "assets/icon.svg": "image/svg+xml",
        "en/feed.xml": "application/xml; charset=utf-8",
        "_yearround/live.js": "text/javascript; charset=utf-8",
        "_yearround/problems.json": "application/json",
    }
    for path, kind in kinds.items():
        got = served.ask(served.root + path)
        assert (got.status, got.headers["content-type"], got.headers["cache-control"]) == (
            200,
            kind,
            "no-store",
        )
        assert got.headers["x-content-type-options"] == "nosniff"


def test_a_page_allows_nothing_but_its_own_script(served: Served, browser: Browser):
    html = served.ask(f"{served.root}{PAGE}").text
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("base-uri") == "'none'"
    assert rules.pop("form-action") == "'none'"
    assert set(rules.values()) == {"'self'"}
    assert "script-src" in rules
    with looking(browser, served) as page:
        ran = page.evaluate(
            """() => new Promise(done => {
                document.addEventListener("securitypolicyviolation", event => done(event.violatedDirective));
                const script = document.createElement("script");
                script.textContent = "document.title = 'ran'";
                document.head.append(script);
            })"""
        )
        assert ran.startswith("script-src")
        assert page.title() != "ran"


def test_a_hundred_questions_on_one_connection_are_answered_whole_each_in_one_piece(served: Served):
    """Headers and body that leave apart would wait for one another: 23 answers a second instead of thousands."""
    ask = f"GET {served.root}_yearround/problems.json HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as line:
        for _ in range(100):
            line.sendall(ask)
            assert line.recv(65536).endswith(b'\r\n\r\n{"problems": []}')


def test_a_half_copied_picture_is_said_and_is_no_problem_when_it_is_whole(room: Newsroom, browser: Browser):
    whole = picture()
    with serving(room.folder, "--now", NOW) as served, looking(browser, served) as page:
        room.write("2026/ward.jpg", whole[: len(whole) // 2])
        saved(room, "title: A night", "title: A night\npicture: {file: ward.jpg, alt: A ward at night}")
        problems = page.locator("dialog.yr-problems")
        expect(problems).to_contain_text("ward.jpg")
        room.write("2026/ward.jpg", whole)
        expect(page.get_by_alt_text("A ward at night")).to_be_visible()
        expect(problems).to_have_count(0)


def test_a_newsroom_that_begins_broken_shows_a_page_that_turns_into_the_front_page(
    room: Newsroom, browser: Browser
):
    saved(room, "timezone: Europe/London", "timezone: Europe/Lodnon", "newsletter.yaml")
    with serving(room.folder, "--now", NOW) as served, looking(browser, served, "") as page:
        assert served.ask("/").status == 503
        expect(page.locator("h1")).to_have_text("Not yet whole")
        expect(page.locator("dialog.yr-problems")).to_contain_text("Did you mean Europe/London?")
        saved(room, "Europe/Lodnon", "Europe/London", "newsletter.yaml")
        expect(page.locator("h1")).to_have_text("The Light")
        assert page.url.startswith(served.address + "news/en/")
        expect(page.locator("dialog.yr-problems")).to_have_count(0)


def test_a_mistake_in_a_template_is_said_with_its_own_file_and_line(room: Newsroom, browser: Browser):
    with serving(room.folder, "--now", NOW) as served, looking(browser, served) as page:
        own = room.folder / "templates" / "story.html"
        own.parent.mkdir()
        own.write_text(
            '{% extends "theme/story.html" %}\n\n{% block main %}\n<p>{{ story.titel }}</p>\n{% endblock %}\n'
        )
        problems = page.locator("dialog.yr-problems")
        expect(problems).to_contain_text("templates/story.html:4")
        expect(problems).to_contain_text("{{ story.titel }}")
        own.unlink()
        expect(problems).to_have_count(0)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_ends_well_and_lets_go_of_its_port(room: Newsroom, sign: signal.Signals):
    with serving(room.folder, "--now", NOW) as served, served.events() as events:
        assert served.stop(sign) == 0
        assert served.said[-1] != "Stopped."
        served.hears("Stopped.")
        assert not [line for line in served.said if "Traceback" in line]
        assert list(events)[-1:] in ([], ["problems"])
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", served.port))


def test_where_a_port_is_taken_the_next_one_is(room: Newsroom):
    with socket.socket() as taken:
        port = some_port()
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with serving(room.folder, "--now", NOW, port=port) as served:
            assert port < served.port < port + 20
            assert served.ask(served.root).status == 200


def test_a_browser_that_outlived_its_server_loads_its_page_from_the_next(room: Newsroom, browser: Browser):
    port = some_port()
    with serving(room.folder, "--now", NOW, port=port) as first:
        for number in range(3):
            with first.events(after=2 * number + 2) as events:
                saved(room, "title: ", "title: Again ")
                assert {next(events), next(events)} == {"page", "problems"}
        with looking(browser, first) as page:
            assert first.stop() == 0
            saved(room, "title: Again Again Again A night", "title: Meanwhile")
            with serving(room.folder, "--now", NOW, port=port):
                expect(page.locator("h1")).to_have_text("Meanwhile")


def test_a_branch_that_is_changed_under_it_is_seen_and_so_is_what_comes_after(room: Newsroom):
    """The folder goes and another comes in its place, as when a version is checked out; then there is a save."""
    stories = room.folder / "stories"
    with serving(room.folder, "--now", NOW) as served:
        shutil.copytree(stories, room.folder / "others")
        (room.folder / "others" / STORY).write_text("---\ntitle: Elsewhere\ndate: 2026-03-04\n---\nWords.\n")
        with served.events(after=2) as events:
            stories.rename(room.folder / "away")
            (room.folder / "others").rename(stories)
            assert "page" in events
        assert "Elsewhere" in served.ask(f"{served.root}{PAGE}").text
        number = re.search(r'data-number="(\d+)"', served.ask(f"{served.root}{PAGE}").text)
        assert number
        with served.events(after=int(number[1])) as events:
            saved(room, "Elsewhere", "Back home")
            assert "page" in events
        assert "Back home" in served.ask(f"{served.root}{PAGE}").text


def test_a_people_file_elsewhere_is_watched_too(room: Newsroom, tmp_path: Path):
    people = tmp_path / "hr" / "people.yaml"
    people.parent.mkdir()
    shutil.move(room.folder / "stories" / "people.yaml", people)
    with serving(room.folder, "--now", NOW, "--people", str(people)) as served:
        assert "Rania Boutros" in served.ask(f"{served.root}{PAGE}").text
        with served.events(after=2) as events:
            people.write_text(people.read_text().replace("recognition: everyone", "recognition: none"))
            assert next(events) == "problems"
        assert "p-001" in served.problems()[0]["message"]


def test_an_address_with_spaces_and_other_letters_is_served(room: Newsroom):
    room.settings(base_url="https://light.example.org/our%20news/%D9%86%D9%88%D8%B1/")
    with serving(room.folder, "--now", NOW) as served:
        assert served.root == "/our%20news/%D9%86%D9%88%D8%B1/"
        got = served.ask(served.root + PAGE)
        assert (got.status, f'src="{served.root}_yearround/live.js"' in got.text) == (200, True)
        assert served.ask("/").headers["location"] == served.root


def test_where_there_is_no_newsroom_nothing_is_served(tmp_path: Path):
    with pytest.raises(AssertionError, match="There is no newsroom here"), serving(tmp_path):
        pass

"""What an editor is shown: the last whole build, what is wrong with the newest, and every address of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from builder.desk.serve import MOST_TIMES, Shown, Stage, answer, media_type, show
from builder.model.page import Output
from builder.problem import Level, Problem, Trouble
from tests.values import NOW, desk, sources, story

PREVIEW = {
    "live.js": "let it;",
    "live.css": "p {}",
    "problems.html": "<head></head><main>Not yet whole</main>",
}
WRONG = Problem(code="x", level=Level.ERROR, file="stories/a.md", message="it is wrong", mend="Mend it.")


def shown(*, root: str = "/", until: datetime | None = None, **files: str) -> Shown:
    """A whole build with these files, an underscore standing for the dot of their names."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    outputs = {
        address: Output(address=address, data=text.encode())
        for address, text in {"404.html": "<main>None</main>", **named}.items()
    }
    return Shown(files=outputs, root=root, until=until)


class Builds:
    """Hands out one build after another; as of a time, whatever that time is given."""

    def __init__(self, *builds: Shown | Trouble, times: Callable[[datetime], Shown] | None = None) -> None:
        self.builds = list(builds)
        self.times = times
        self.asked: list[datetime | None] = []

    def __call__(self, moment: datetime | None, before: Shown) -> Shown:
        self.asked.append(moment)
        if moment is not None and self.times is not None:
            return self.times(moment)
        build = self.builds.pop(0)
        if isinstance(build, Trouble):
            raise build
        return build


def stage(*builds: Shown | Trouble) -> tuple[Stage, list[str]]:
    """A stage that has made all of these builds, and what it announced for the last of them."""
    told: list[str] = []
    made = Stage(Builds(*builds), told.append)
    for _ in builds:
        told.clear()
        made.refresh()
    return made, told


def test_a_change_of_words_is_announced_as_a_page_and_one_of_styles_as_a_style():
    one = shown(index_html="<p>1", a_css="p {}")
    assert stage(one)[1] == ["page", "problems"]
    assert stage(one, one)[1] == ["problems"]
    assert stage(one, shown(index_html="<p>2", a_css="p {}"))[1] == ["problems", "page"]
    assert stage(one, shown(index_html="<p>1", a_css="q {}"))[1] == ["problems", "style"]
    assert stage(one, shown(index_html="<p>2", a_css="q {}"))[1] == ["problems", "page"]
    assert stage(one, shown(index_html="<p>1", a_css="p {}", b_css="p {}"))[1] == ["problems", "page"]


def test_the_page_that_is_looked_at_is_announced_before_any_other_is_made():
    one, two = (shown(index_html=f"<p>{text}", other_html="<p>same") for text in "12")
    told: list[str] = []
    made = Stage(Builds(one, two, two), told.append)
    made.refresh()
    made.view("index.html")
    told.clear()
    made.begin()
    assert told == ["page", "problems"]
    while made.go_on():
        pass
    assert told == ["page", "problems"]
    told.clear()
    made.begin()
    assert told == ["problems"]


def test_the_last_whole_build_stays_and_the_newest_problems_are_told():
    good = shown(index_html="<p>1")
    for bad in (Shown(problems=(WRONG,)), Trouble(WRONG)):
        made, told = stage(good, bad)
        assert (made.good, made.newest.problems, told) == (good, (WRONG,), ["problems"])


def test_a_build_is_due_when_something_appears_or_goes_and_not_again_after_it_failed():
    later = NOW + timedelta(hours=1)
    made, _ = stage(shown(until=later))
    assert (made.is_due(NOW), made.is_due(later)) == (False, True)
    made, _ = stage(shown(until=NOW), Shown(problems=(WRONG,)))
    assert not made.is_due(later)


def test_another_time_is_built_once_until_something_changes_and_only_a_few_are_kept():
    builds = Builds(shown(), shown(), times=lambda moment: shown(index_html=str(moment)))
    made = Stage(builds, lambda kind: None)
    made.refresh()
    times = [NOW + timedelta(days=day) for day in range(MOST_TIMES + 1)]
    for moment in (*times, times[-1], times[1]):
        assert made.at(moment).files["index.html"].data == str(moment).encode()
    assert builds.asked == [None, *times]
    made.at(times[0])
    assert builds.asked[-1] == times[0]
    made.refresh()
    made.at(times[0])
    assert builds.asked[-2:] == [None, times[0]]


def test_a_time_at_which_the_newsroom_has_errors_shows_what_is_good_now():
    def trouble(moment: datetime) -> Shown:
        raise Trouble(WRONG)

    for times in (trouble, lambda moment: Shown(problems=(WRONG,))):
        good = shown(index_html="<p>1")
        made = Stage(Builds(good, times=times), lambda kind: None)
        made.refresh()
        assert made.at(NOW) is good


def asked(path: str, build: Shown, moment: datetime | None = None) -> tuple[int, str, bytes, str]:
    made, _ = stage(build)
    found = answer(made, path, moment, PREVIEW, 3)
    return found.status, found.kind.partition(";")[0], found.data, found.location


@pytest.mark.parametrize(
    ("path", "status", "kind", "says"),
    [
        ("/news/", 200, "text/html", b"Front"),
        ("/news/index.html", 200, "text/html", b"Front"),
        ("/news/en/", 200, "text/html", b"English"),
        ("/news/site.css", 200, "text/css", b"p {}"),
        ("/news/en", 404, "text/html", b"None"),
        ("/news/nothing.css", 404, "text/html", b"None"),
        ("/news/../etc/passwd", 404, "text/html", b"None"),
        ("/news//etc/passwd", 404, "text/html", b"None"),
        ("/news/_yearround/live.js", 200, "text/javascript", b"let it;"),
        ("/news/_yearround/none.js", 404, "text/plain", b"There is nothing here.\n"),
        ("/news/_yearround/../site.css", 404, "text/plain", b"There is nothing here.\n"),
    ],
)
def test_an_address_is_answered_from_what_was_built_alone(path: str, status: int, kind: str, says: bytes):
    build = shown(root="/news/", index_html="<main>Front", en__index_html="<main>English", site_css="p {}")
    found = asked(path, build)
    assert found[:2] == (status, kind)
    assert says in found[2]


def test_what_is_outside_the_site_leads_to_it_in_letters_any_header_takes():
    for root, location in (
        ("/news/", "/news/"),
        ("/our news/", "/our%20news/"),
        ("/نور/", "/%D9%86%D9%88%D8%B1/"),
    ):
        assert asked("/elsewhere", shown(root=root)) == (302, "text/plain", b"", location)
        assert asked(root, shown(root=root, index_html="<main>"))[0] == 200


def test_problems_are_json():
    made, _ = stage(Shown(problems=(WRONG,)))
    found = answer(made, "/_yearround/problems.json", None, PREVIEW, 0)
    (problem,) = json.loads(found.data)["problems"]
    assert (problem["level"], problem["message"], problem["line"]) == ("error", "it is wrong", 0)


def test_before_anything_is_whole_every_address_says_so_and_the_preview_works():
    broken = Shown(problems=(WRONG,))
    for path in ("/", "/en/stories/a.html", "/assets/site.css"):
        status, kind, data, _ = asked(path, broken)
        assert (status, kind) == (503, "text/html")
        assert b"Not yet whole" in data
        assert b'src="/_yearround/live.js" data-number="3"' in data
    assert asked("/_yearround/live.js", broken)[0] == 200


def test_drafts_and_what_is_to_come_are_built_with_a_ribbon_in_each_language():
    given = sources(
        {
            "a.md": story(),
            "b.md": story("status: draft\n"),
            "c.md": story("date: 2026-07-01\n", title="Later"),
        }
    )
    build = show(given, replace(desk(), ahead=True))
    assert build.whole
    assert {address for address in build.files if "/stories/" in address} >= {
        "en/stories/b.html",
        "en/stories/c.html",
    }
    assert build.ribbons["en"] == {
        "b/en": "Draft: nobody else sees this yet",
        "c/en": "Others see this from 1 July 2026",
    }
    assert build.ribbons["fa"].keys() == build.ribbons["en"].keys()
    without = show(given, desk())
    assert not {"en/stories/b.html", "en/stories/c.html"} & without.files.keys()


def test_a_newsroom_with_errors_is_not_whole():
    build = show(sources({"a.md": story("team: nobody\n")}), replace(desk(), ahead=True))
    assert (build.whole, [one.code for one in build.problems]) == (False, ["id-unknown"])


def test_a_file_of_no_known_kind_is_only_bytes():
    assert media_type("files/plan.XLSX") == "application/octet-stream"
    assert media_type("files/none") == "application/octet-stream"
    assert media_type("files/photo.JPG") == "image/jpeg"

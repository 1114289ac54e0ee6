"""The ways in, as readers get them."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.render import pages
from builder.render.words import Speaker, speakers
from tests.values import PEOPLE, SETTINGS, TEAMS, prepared, sources, story, theme

THEIRS = TEAMS + "- {id: kitchen, name: Kitchen, headcount: 40, serves: [stores, guests, anybody]}\n"


def made(address: str, settings: str = SETTINGS, teams: str = THEIRS, **stories: str) -> str:
    files: dict[str, str | bytes] = {f"{name.replace('__', '.')}.md": text for name, text in stories.items()}
    ready = prepared(sources(files, settings=settings, teams=teams, people=PEOPLE))
    return pages.render(ready.plan.at[address], ready.press).data.decode()


def page(address: str, settings: str = SETTINGS, **stories: str) -> LexborHTMLParser:
    return LexborHTMLParser(made(address, settings, **stories))


def words(page: LexborHTMLParser, css: str) -> list[str]:
    return [" ".join(one.text().split()) for one in page.css(css)]


def test_a_team_says_whom_it_serves_and_leads_to_those_that_have_stories():
    settings = SETTINGS + "customers: [{id: guests, name: {en: Our guests, fa: مهمانان}}]\n"
    told = {"a": story("team: kitchen\n"), "b": story("team: stores\n")}
    team = page("en/teams/kitchen.html", settings, **told)
    assert words(team, ".serves dd") == ["Stores", "Our guests", "anybody"]
    assert [one.attributes["href"] for one in team.css(".serves a")] == ["stores.html"]
    assert words(team, ".card-title") == ["A night"]
    assert words(page("fa/teams/kitchen.html", settings, **told), ".serves dd") == [
        "انبار",
        "مهمانان",
        "anybody",
    ]


def test_all_teams_stand_on_their_page_those_without_a_story_without_a_link():
    teams = page("en/teams/index.html", a=story("team: kitchen\n"))
    assert words(teams, ".shelf h2") == ["Stores", "The Two", "Kitchen"]
    assert words(teams, ".shelf h2 a") == ["Kitchen"]


def test_a_behaviour_says_what_it_looks_like_here():
    assert words(
        page("en/behaviours/empowerment.html", a=story("behaviours: [empowerment]\n")), ".intro"
    ) == ["Using our own judgement, and taking the lead when it is needed."]
    own = SETTINGS + 'behaviours: [{id: on-time, name: On time, means: "We say when, and then it is so."}]\n'
    told = page("en/behaviours/on-time.html", own, a=story("behaviours: [on-time]\n"))
    assert words(told, ".intro") == ["We say when, and then it is so."]
    silent = SETTINGS + "behaviours: [{id: on-time, name: On time}]\n"
    assert not page("en/behaviours/on-time.html", silent, a=story("behaviours: [on-time]\n")).css(".intro")


def test_perspectives_stand_in_three_lanes_in_their_order():
    lanes = page(
        "en/perspectives/index.html",
        a=story("perspective: senior-leaders\n"),
        b=story("perspective: front-line\n"),
    )
    assert words(lanes, ".lane-name") == ["the front line", "a manager’s desk", "the top floor"]
    assert [len(lane.css(".card")) for lane in lanes.css(".lane")] == [1, 0, 1]


def test_long_shelves_go_on_overleaf():
    many = {f"s{number}": story("team: stores\n", title=f"Story {number}") for number in range(30)}
    first, second = page("en/teams/stores.html", **many), page("en/teams/stores/2.html", **many)
    assert (len(first.css(".card")), len(second.css(".card"))) == (24, 6)
    assert [one.attributes["href"] for one in first.css(".pages a")] == ["stores/2.html"]
    assert [one.attributes["href"] for one in second.css(".pages a")] == ["../stores.html"]


def test_a_week_names_its_days_and_leads_to_the_weeks_beside_it():
    told = {
        "a": story("date: 2026-02-24\n"),
        "b": story("date: 2026-03-04\n"),
        "c": story("date: 2026-04-04\n"),
    }
    week = page("en/weeks/2026-w10.html", **told)
    assert words(week, "h1") == ["Week 10, 2–8 March 2026"]
    assert words(week, ".pages a") == ["Week 9", "Week 14"]
    assert words(page("fa/weeks/2026-w10.html", **told), "h1") == ["هفتهٔ ۱۰، ۱۱ تا ۱۷ اسفند ۱۴۰۴"]


def test_the_strip_has_every_week_and_outlines_customer_service_week():
    strip = page("en/years/index.html", a=story(), b=story(), c=story(), d=story("date: 2026-05-13\n"))
    weeks = strip.css(".year-weeks li")
    assert len(weeks) == 53
    assert ["week--service" in (one.attributes["class"] or "") for one in weeks].index(True) + 1 == 41
    assert "week-3" in (weeks[9].attributes["class"] or "")
    assert [one.attributes["href"] for one in strip.css(".year-weeks a")] == [
        "../weeks/2026-w10.html",
        "../weeks/2026-w20.html",
    ]
    assert words(strip, ".year-weeks li:nth-child(10) a") == ["Week 10, 2–8 March, 3 stories"]
    assert [one.attributes["data-month"] for one in strip.css(".year-weeks [data-month]")][:3] == [
        "Jan",
        "Feb",
        "Mar",
    ]


def test_months_on_the_strip_are_those_of_the_readers_own_calendar():
    strip = page("fa/years/index.html", a=story())
    months = [one.attributes["data-month"] for one in strip.css(".year-weeks [data-month]")]
    assert months[:3] == ["بهمن", "اسفند", "فروردین"]
    assert len(months) == 12


def test_without_filters_there_are_no_ways_in():
    ready = prepared(sources({"a.md": story("team: stores\n")}, settings=SETTINGS + "filters: []\n"))
    assert not [
        one for one in ready.plan.at if "/teams/" in one or "/weeks/" in one or one.endswith("filter.js")
    ]
    story_page = LexborHTMLParser(pages.render(ready.plan.at["en/stories/a.html"], ready.press).data.decode())
    assert "Stores" in words(story_page, ".facts dd")
    assert not story_page.css(".facts a")
    assert not page("en/index.html", SETTINGS + "filters: []\n", a=story()).css(".year")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_choice_of_the_filter_leads_to_a_page_that_is_there(language: str):
    text = story(
        "team: stores\ntags: [rain]\nkind: small\nbehaviours: [empowerment]\nperspective: managers\n"
    )
    files: dict[str, str | bytes] = {"a.md": text, "b.md": text, "a.fa.md": story("", "شب\n")}
    ready = prepared(sources(files))
    address = f"{language}/stories/index.html"
    found = LexborHTMLParser(pages.render(ready.plan.at[address], ready.press).data.decode())
    links = [one.attributes["href"] or "" for one in found.css(".filter a")]
    assert len(links) == 8
    for link in links:
        assert f"{language}/{unquote(link).removeprefix('../')}" in ready.plan.at
    assert [one.attributes["data-facet"] for one in found.css(".filter-way")] == [
        "behaviours",
        "teams",
        "perspectives",
        "kinds",
        "tags",
        "languages",
        "years",
    ]


def stories_in(script: str) -> list[dict[str, object]]:
    """What the script would hand over, read without one."""
    inside = re.sub(r"/\*.*?\*/", "", script.removeprefix("yearround.stories(").removesuffix(");\n"))
    found: list[dict[str, object]] = json.loads(re.sub(r",\s*\]$", "]", inside))
    return found


def test_the_script_holds_every_story_with_what_it_can_be_found_by():
    script = made(
        "en/stories/filter.js", a=story("team: stores\nheroes: [p-1]\n", title="For [*](@p-1)"), b=story()
    )
    found = {str(one["url"]): one for one in stories_in(script)}
    assert found["a.html"]["title"] == "For Rania Boutros"
    assert found["a.html"]["facets"] == {"teams": ["stores"], "years": ["2026"], "weeks": ["2026-w10"]}
    assert found["b.html"]["date"] == "4 March 2026"


def test_what_an_author_writes_can_end_no_script():
    script = made("en/stories/filter.js", a=story(title="</script><!--[a]--> */ \u2028"))
    assert script.count("<!--[a]-->") == 1
    assert "</script" not in script
    assert stories_in(script)[0]["title"] == "</script><!--[a]--> */"


def test_a_story_cut_out_of_the_script_leaves_a_script():
    script = made("en/stories/filter.js", a=story(title="Gone"), b=story(title="Here"))
    left = re.sub(r"<!--\[a\]-->.*?<!--\[/a\]-->", "", script, flags=re.DOTALL)
    assert [one["title"] for one in stories_in(left)] == ["Here"]


def speaker(language: str, more: str = "") -> Speaker:
    from builder.load import words as catalogues

    ready = prepared(sources({}, settings=SETTINGS.replace("[en, fa]", "[en, fa, el, ms]") + more))
    return speakers(catalogues.catalogues(theme())[0], ready.newsroom.settings)[language]


@pytest.mark.parametrize(
    ("language", "same", "across", "years"),
    [
        ("en", "2–8 March 2026", "30 March–5 April 2026", "29 December 2025–4 January 2026"),
        ("fa", "۱۱ تا ۱۷ اسفند ۱۴۰۴", "۱۰ تا ۱۶ فروردین ۱۴۰۵", "۸ تا ۱۴ دی ۱۴۰۴"),
        ("el", "2–8 Μαρτίου 2026", "30 Μαρτίου–5 Απριλίου 2026", "29 Δεκεμβρίου 2025–4 Ιανουαρίου 2026"),
        ("ms", "2–8 Mac 2026", "30 Mac–5 April 2026", "29 Disember 2025–4 Januari 2026"),
    ],
)
def test_a_stretch_of_days_says_nothing_twice(language: str, same: str, across: str, years: str):
    from datetime import date

    one = speaker(language)
    assert one.days(date(2026, 3, 2), date(2026, 3, 8)) == same
    assert one.days(date(2026, 3, 30), date(2026, 4, 5)) == across
    assert one.days(date(2025, 12, 29), date(2026, 1, 4)) == years
    assert one.days(date(2026, 3, 2), date(2026, 3, 8), year=False) == same.rpartition(" ")[0]
    assert one.days(date(2026, 3, 30), date(2026, 4, 5), year=False) == across.rpartition(" ")[0]


def test_both_calendars_where_a_newsletter_wants_them():
    from tests.values import at

    assert speaker("fa").day(at("2026-03-04")).text == "۱۳ اسفند ۱۴۰۴"
    both = speaker("fa", "both_calendars: true\n").day(at("2026-03-04"))
    assert (both.text, both.iso) == ("۱۳ اسفند ۱۴۰۴ (۴ مارس ۲۰۲۶)", "2026-03-04")
    assert speaker("en", "both_calendars: true\n").day(at("2026-03-04")).text == "4 March 2026"

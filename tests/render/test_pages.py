"""Pages as readers get them, where a golden file would hide what matters."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.desk.newsroom import prepare
from builder.model.page import PageKind
from builder.model.story import Audience
from builder.render import headers, pages
from tests.values import SETTINGS, desk, prepared, sources, story


def page(kind: PageKind, **stories: str) -> LexborHTMLParser:
    ready = prepared(sources(stories={f"{name}.md": text for name, text in stories.items()}))
    found = next(one for one in ready.plan.pages if one.kind is kind and one.lang == "en")
    return LexborHTMLParser(pages.render(found, ready.press).data.decode())


@pytest.mark.parametrize("kind", [PageKind.STORY, PageKind.LISTING, PageKind.HOME])
def test_a_story_that_says_nothing_of_its_kind_is_called_nothing(kind: PageKind):
    assert page(kind, night=story()).css_first(".kicker") is None
    named = page(kind, night=story("kind: heroic\n")).css_first(".kicker")
    assert named is not None
    assert named.text(strip=True) == "Above and beyond"


def test_a_wide_table_scrolls_in_a_box_that_has_a_name_and_takes_the_focus():
    box = page(PageKind.STORY, night=story("", "| a | b |\n|---|---|\n| 1 | 2 |\n")).css_first(
        ".prose > .wide"
    )
    assert box is not None
    assert (box.tag, box.attributes["tabindex"], box.attributes["aria-label"]) == ("section", "0", "Table")
    assert box.css_first("table") is not None


STORY = story(
    "heroes: [p-1]\nbehaviours: [empowerment]\ntags: [tea]\nteam: stores\naudience: public\naliases: [day]\n"
)
PUBLIC = f"{SETTINGS}public_url: https://stories.example/light/\n"


def heads(audience: Audience, settings: str = SETTINGS) -> dict[str, LexborHTMLParser]:
    """Every page of a site, a notice too, by its address."""
    given = sources(
        stories={"night.md": STORY},
        editions={"w10.md": "---\ndate: 2026-03-05\naudience: public\n---\n"},
        settings=settings,
    )
    ready = prepare(given, desk(audience=audience))
    planned = [one for one in ready.plan.pages if one.address.endswith(".html")]
    made = [pages.render(one, ready.press) for one in planned]
    made.append(pages.notice("en/stories/gone.html", ready.press))
    return {one.address: LexborHTMLParser(one.data.decode()) for one in made}


def meta(head: LexborHTMLParser, name: str) -> str | None:
    """What a page's head says under a name; never twice."""
    found = head.css(
        f'head meta[name="{name}"], head meta[property="{name}"], head meta[http-equiv="{name}"]'
    )
    assert len(found) < 2, name
    return found[0].attributes["content"] if found else None


@pytest.mark.parametrize("audience", Audience)
def test_every_page_has_the_policy_before_all_that_it_rules_over_and_is_described(audience: Audience):
    found = heads(audience)
    assert len(found) > 20
    for address, head in found.items():
        assert meta(head, "Content-Security-Policy") == headers.policy(), address
        assert head.head is not None
        first = [one.attributes.get("http-equiv", "") for one in head.css("head > *")][1]
        assert first == "Content-Security-Policy", address
        if "refresh" not in (head.html or ""):
            assert len(meta(head, "description") or "") > 10, address


def test_only_the_public_site_may_be_found_and_no_page_there_that_stands_for_another():
    for audience in (Audience.STAFF, Audience.VISITORS):
        assert {meta(head, "robots") for head in heads(audience).values()} == {"noindex, nofollow"}
    public = heads(Audience.PUBLIC)
    assert {address: said for address, head in public.items() if (said := meta(head, "robots"))} == {
        "404.html": "noindex",
        "en/stories/gone.html": "noindex",
    }


def test_a_page_says_its_own_whole_address_where_that_is_known():
    public = heads(Audience.PUBLIC, PUBLIC)
    said = {
        address: (link.attributes["href"], meta(head, "og:url"))
        for address, head in public.items()
        if (link := head.css_first("link[rel=canonical]")) and "refresh" not in (head.html or "")
    }
    assert said == {
        address: (f"https://stories.example/light/{address}", f"https://stories.example/light/{address}")
        for address in public
        if address not in ("404.html", "en/stories/gone.html", "index.html", "en/stories/day.html")
    }
    for head in heads(Audience.PUBLIC).values():
        assert meta(head, "og:url") is None


def test_a_link_to_a_page_is_shown_with_words_and_no_picture():
    night = heads(Audience.PUBLIC, PUBLIC)["en/stories/night.html"]
    told = {name: meta(night, f"og:{name}") for name in ("type", "title", "site_name", "locale", "image")}
    assert told == {
        "type": "article",
        "title": "A night",
        "site_name": "The Light",
        "locale": "en",
        "image": None,
    }
    home = heads(Audience.PUBLIC, PUBLIC)["fa/index.html"]
    assert (meta(home, "og:title"), meta(home, "og:locale")) == ("چراغ", "fa_IR")

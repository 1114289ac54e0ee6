"""Files for web servers, as far as they can be read; `tests/quality/test_hosting.py` has the servers read them."""

from __future__ import annotations

import re

import pytest

from builder.desk.newsroom import prepare
from builder.model.address import HOSTING
from builder.model.page import PageKind
from builder.model.story import Audience
from builder.render import headers, pages
from tests.values import SETTINGS, codes, desk, prepared, sources, story

FONTS = ("inter-5.3.0/inter-latin", "inter-5.3.0/inter-greek", "vazirmatn-5.3.0/vazirmatn-arabic")


def files(settings: str = SETTINGS, audience: Audience = Audience.STAFF) -> dict[str, str]:
    ready = prepare(sources(stories={"night.md": story()}, settings=settings), desk(audience=audience))
    wanted = [one for one in ready.plan.pages if one.kind is PageKind.HOSTING]
    return {one.address: pages.render(one, ready.press).data.decode() for one in wanted}


def below(path: str) -> str:
    return SETTINGS.replace("https://light.example/", f"https://light.example{path}")


def test_each_server_gets_its_file_and_each_file_every_header():
    found = files()
    assert set(found) == set(HOSTING)
    for address, text in found.items():
        if address != "robots.txt":
            for name, value in headers.everywhere(Audience.STAFF):
                assert f"{name}: {value}" in text or f'{name} "{value}"' in text, (address, name)


def test_the_headers_of_a_host_name_each_thing_once():
    """Where two rules say a header, one host joins what they say and another takes one of them."""
    said: dict[str, set[str]] = {}
    rule = ""
    for line in files()["_headers"].splitlines():
        if line.startswith("/"):
            rule = line
            assert rule not in said
            said[rule] = set()
        elif line.startswith("  "):
            name = line.strip().partition(":")[0]
            assert not said.get("/*", set()) & {name}, line
            said[rule].add(name)
    kept = {rule for rule, names in said.items() if "Cache-Control" in names}
    assert "/pictures/*" in kept
    assert len(kept) > 3
    assert all(re.fullmatch(r"/pictures/\*|/assets/.+\.[0-9a-f]{12}\.[a-z0-9]+", one) for one in kept)


@pytest.mark.parametrize(
    ("path", "written", "pattern"),
    [("/", "/", "/"), ("/a/b/", "/a/b/", "/a/b/"), ("/our%20news/", "/our news/", r"/our\ news/")],
)
def test_a_site_below_other_things_of_its_host_has_settings_for_its_own_path(
    path: str, written: str, pattern: str
):
    found = files(below(path))
    assert f'location ^~ "{written}" {{' in found["_hosting/nginx.conf"]
    assert f'location ~ "^{pattern}(?:assets/' in found["_hosting/nginx.conf"]
    assert f'path "{written}*"' in found["_hosting/Caddyfile"]
    assert f"ErrorDocument 404 {path}404.html" in found[".htaccess"]
    assert f"\n{path}*\n" in found["_headers"]


def test_a_base_url_with_a_sign_that_means_something_to_a_server_is_refused():
    for path in ("/a%22b/", "/a%0Ab/", "/a{b}/", "/$uri/", "/a;b/", "/a%5Cb/"):
        assert codes(prepared(sources(settings=below(path))).problems) == ["base-url"], path


def test_others_than_staff_are_not_told_where_the_staff_have_theirs():
    for audience in (Audience.VISITORS, Audience.PUBLIC):
        ready = prepare(sources(stories={"night.md": story("audience: public\n")}), desk(audience=audience))
        for page in ready.plan.pages:
            assert b"light.example/" not in pages.render(page, ready.press).data, page.address
        assert "sitemap.xml" not in ready.plan.at


def test_a_public_site_tells_its_own_address():
    settings = f"{SETTINGS}public_url: https://stories.example/light\n"
    found = files(settings, Audience.PUBLIC)
    assert "\n/light/*\n" in found["_headers"]
    assert (
        found["robots.txt"]
        == "User-agent: *\nDisallow:\n\nSitemap: https://stories.example/light/sitemap.xml\n"
    )
    assert "/light/" not in files(settings)["_headers"]


def test_robots_may_read_no_other_site():
    assert files()["robots.txt"] == "User-agent: *\nDisallow: /\n"
    assert files(audience=Audience.VISITORS)["robots.txt"] == "User-agent: *\nDisallow: /\n"
    assert files(audience=Audience.PUBLIC)["robots.txt"] == "User-agent: *\nDisallow:\n"


def test_each_server_names_the_fonts_of_each_language():
    settings = below("/our%20news/").replace("languages: [en, fa]", "languages: [en, fa, el]")
    for address, text in files(settings).items():
        if address != "robots.txt":
            for font in FONTS:
                assert f"</our%20news/assets/vendor/{font}" in text, address


def test_a_theme_without_these_fonts_has_none_of_them_asked_for():
    assert (
        headers.fonts("fa", ["assets/site.0123456789ab.css", "assets/our-own.0123456789ab.woff2"], "/") == ""
    )


def test_fonts_are_those_of_the_letters_of_a_language():
    there = [f"assets/vendor/{font}.0123456789ab.woff2" for font in FONTS]
    asked = {
        one: re.findall("<(.+?)>", headers.fonts(one, there, "/")) for one in ("en", "fa-AF", "el", "fr")
    }
    latin, greek, arabic = (f"/{one}" for one in there)
    assert asked == {"en": [latin], "fa-AF": [arabic, latin], "el": [greek, latin], "fr": [latin]}

"""A mail in the light and with the pictures that an editor asks for."""

from __future__ import annotations

import pytest

from builder.render.mail_preview import policy, seen

MAIL = (
    '<!doctype html><html><head><meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
    "<style>@media (prefers-color-scheme: dark) { p { color: white } }"
    "@media screen and ( prefers-color-scheme:light ) { p { color: black } }</style></head>"
    '<body><p>Write (prefers-color-scheme: dark).</p><img src="data:image/png;base64,AA" alt="A ward > 9, src=1" width="6">'
    "<img alt='' src='https://light.example/a.png' srcset=b></body></html>"
)


@pytest.mark.parametrize(("light", "other"), [("light", "dark"), ("dark", "light")])
def test_a_light_is_forced_whatever_the_browsers_own_is(light: str, other: str):
    html = seen(MAIL, light, pictures=True)
    conditions = {"dark": "@media (MIN) { p { color: white", "light": "screen and (MIN) { p { color: black"}
    assert conditions[light].replace("MIN", "min-width:0") in html
    assert conditions[other].replace("MIN", "max-width:0") in html
    assert f'<meta name="color-scheme" content="{light}">' in html
    assert f'<meta name="supported-color-schemes" content="{light}">' in html
    assert "<p>Write (prefers-color-scheme: dark).</p>" in html


def test_without_pictures_their_words_stay():
    html = seen(MAIL, "light", pictures=False)
    assert '<img alt="A ward > 9, src=1" width="6">' in html
    assert "<img alt=''>" in html
    assert "data:image" not in html
    assert "data:image" in seen(MAIL, "light", pictures=True)


def test_a_link_leads_into_a_window_of_its_own_and_does_not_say_where_from():
    html = seen(MAIL, "dark", pictures=True)
    assert html.index('<base target="_blank">') < html.index("<style>")
    assert '<meta name="referrer" content="no-referrer">' in html


def test_the_policy_lets_no_script_run_and_asks_no_host():
    for pictures in (True, False):
        assert "default-src 'none'" in policy(pictures=pictures)
        assert "script" not in policy(pictures=pictures)
        assert "http" not in policy(pictures=pictures)
    assert "img-src data:;" in policy(pictures=True)
    assert "img-src 'none';" in policy(pictures=False)

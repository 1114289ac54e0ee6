"""A finished page as an editor sees it."""

from __future__ import annotations

from builder.render.preview import dress

PAGE = (
    '<!doctype html><html lang="en"><head>'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\">"
    '</head><body><main id="text">\n<!--[a]-->\n<article class="card">A</article><!--[/a]-->'
    '<!--[ab]--><article class="card">AB</article><!--[/ab]--></main></body></html>'
)


def dressed(html: str = PAGE, **more: object) -> str:
    given = {"root": "/news/", "number": 7, "subject": "", "ribbons": {}, **more}
    return dress(html, **given)  # type: ignore[arg-type]


def test_a_page_gets_one_script_and_one_style_from_below_its_root_and_may_run_them():
    html = dressed()
    assert '<script src="/news/_yearround/live.js" data-number="7" defer></script></head>' in html
    assert '<link rel="stylesheet" href="/news/_yearround/live.css">' in html
    assert html.count("script-src 'self'") == 1
    assert "unsafe" not in html


def test_without_ribbons_nothing_stands_in_the_page_itself():
    assert dressed().partition("<body>")[2] == PAGE.partition("<body>")[2]


def test_a_ribbon_stands_inside_the_card_of_its_item_and_in_no_other():
    html = dressed(ribbons={"a/en": "Draft"})
    assert '<article class="card"><p class="yr-ribbon">Draft</p>A</article>' in html
    assert html.count("yr-ribbon") == 1


def test_the_page_of_an_item_has_its_ribbon_over_everything():
    for subject, item in (("story:a/en", "a/en"), ("edition:w1", "edition:w1")):
        html = dressed(subject=subject, ribbons={item: "Draft"})
        assert '<main id="text"><p class="yr-ribbon yr-ribbon--page">Draft</p>' in html


def test_a_page_about_something_else_has_none_over_it():
    assert "yr-ribbon--page" not in dressed(subject="story:b/en", ribbons={"a/en": "Draft"})


def test_a_notice_leads_back():
    html = dressed(
        notice="As of Monday.", back="Back to now", ribbons={"a/en": "Draft"}, subject="story:a/en"
    )
    assert (
        '<main id="text"><p class="yr-ribbon yr-ribbon--page" lang="en" dir="ltr">As of Monday. '
        '<a href="/news/?now=">Back to now</a></p><p class="yr-ribbon yr-ribbon--page">Draft</p>'
    ) in html


def test_what_a_ribbon_says_is_text_and_never_html():
    html = dressed(ribbons={"a/en": r"<b>\1 & \g<0>"}, subject="story:a/en", notice="<i>")
    assert html.count(r"&lt;b&gt;\1 &amp; \g&lt;0&gt;") == 2
    assert "&lt;i&gt;" in html


def test_an_id_is_no_pattern():
    assert "yr-ribbon" not in dressed(ribbons={"a?b/en": "Draft"})

"""Our checker of finished mails: each fault, put into a mail without one, is found and said, and nothing else is."""

from __future__ import annotations

import pytest

from builder.check.mail_accepted import ACCEPTED
from builder.check.mails import once_for_all
from builder.problem import Level, Problem
from tests.mail import HEADERS, HTML, PICTURES, SITE, TEXT, changed, clients, eml, found, in_persian, png

PERSIAN_HEADERS = {**HEADERS, "Content-Language": "fa"}


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{one.code}: {one.message}" for one in problems]


def in_html(before: str, after: str, text: str = TEXT, **more: object) -> tuple[Problem, ...]:
    return found(eml(changed(before, after), text, **more))  # type: ignore[arg-type]


def in_fa(before: str, after: str) -> tuple[Problem, ...]:
    return found(eml(changed(before, after, in_persian(HTML)), in_persian(TEXT), PERSIAN_HEADERS), "fa")


def only(problems: tuple[Problem, ...], code: str, words: str, level: Level = Level.ERROR) -> Problem:
    """The one Problem that there is: of this code, with these words in it."""
    assert [(one.code, one.level) for one in problems] == [(code, level)], said(problems)
    assert words in problems[0].message
    assert problems[0].mend
    return problems[0]


def test_a_mail_without_a_fault_is_found_without_one():
    assert said(found(eml())) == []
    assert said(found(eml(in_persian(HTML), in_persian(TEXT), PERSIAN_HEADERS), "fa")) == []


# ---- nobody learns that it was opened


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "cid:0f@light.example.org",
            "https://pictures.example.com/a.png",
            "`src` of <img> is fetched from pictures.example.com",
        ),
        ("cid:0f@light.example.org", "//pictures.example.com/a.png", "fetched from pictures.example.com"),
        ("cid:0f@light.example.org", "http://light.example.org/a.png", "fetched from light.example.org"),
        (
            "padding:0 28px",
            "padding:0 28px;background-image:url('https://cdn.example.com/a.png')",
            "a style is fetched from cdn.example.com",
        ),
        (
            '<td bgcolor="#2b2723">',
            '<td bgcolor="#2b2723" background="https://cdn.example.com/b.png">',
            "`background` of <td>",
        ),
        (
            "<style>\n",
            "<style>@import url(https://fonts.example.com/a.css);\n",
            "a style sheet is fetched from fonts.example.com",
        ),
        ("<style>\n", "<style>@font-face { font-family: X; src: local(X) }\n", "a font is loaded"),
        (
            "</head>",
            '<link rel="stylesheet" href="https://fonts.example.com/a.css"></head>',
            "<link> has no place",
        ),
        (
            "</head>",
            '<meta http-equiv="refresh" content="1;url=https://a.example.com/"></head>',
            "reloads itself",
        ),
        ("<h2", '<script src="https://a.example.com/x.js"></script><h2', "<script> has no place"),
        ("<h2", '<iframe src="https://a.example.com/"></iframe><h2', "<iframe> has no place"),
        ("<h2", '<form action="https://a.example.com/"></form><h2', "<form> has no place"),
        (
            "<!--[if mso | IE]><table",
            '<!--[if mso | IE]><v:fill src="https://vml.example.com/a.png"/><table',
            "`src` of <v:fill> is fetched from vml.example.com",
        ),
    ],
)
def test_what_is_fetched_from_elsewhere_is_an_error(before: str, after: str, words: str):
    problems = [one for one in in_html(before, after) if one.code == "mail-outside"]
    assert len(problems) == 1
    assert words in problems[0].message
    assert problems[0].level is Level.ERROR


def test_a_picture_of_the_newsletters_own_host_may_be_fetched_where_that_is_set():
    html = changed("cid:0f@light.example.org", f"{SITE}a.png")
    assert said(found(eml(html, pictures={}), pictures_from=frozenset(["light.example.org"]))) == []
    only(found(eml(html, pictures={})), "mail-outside", "light.example.org")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('width="544" style="width:100%;height:auto"', 'width="1" height="1" style="width:1px"'),
        ('width="544" style="width:100%;height:auto"', 'width="544" style="width:0"'),
    ],
)
def test_a_picture_too_small_to_be_seen_is_tracking(before: str, after: str):
    only(in_html(before, after), "mail-tracking", "too small to be seen")


def test_a_picture_drawn_too_small_to_be_seen_is_tracking():
    only(found(eml(pictures={"0f@light.example.org": png(1, 1)})), "mail-tracking", "too small to be seen")


@pytest.mark.parametrize("name", ["Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To"])
def test_asking_for_a_receipt_is_tracking(name: str):
    one = only(found(eml(headers={name: "light@example.org", **HEADERS})), "mail-tracking", f"`{name}:`")
    assert (one.file, one.line) == ("outbox/2026-w11.en.eml", 1)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://elsewhere.example.com/lifts?utm_source=light&page=2", "`utm_source`"),
        ("https://elsewhere.example.com/lifts?page=2&mc_eid=0ab12", "`mc_eid`"),
        ("https://elsewhere.example.com/lifts?fbclid=abc", "`fbclid`"),
        ("https://elsewhere.example.com/lifts#utm_medium=email", "`utm_medium`"),
        (
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F",
            "eur02.safelinks.protection.outlook.com",
        ),
        ("https://www.google.com/url?q=https://a.example/", "www.google.com"),
        ("https://acme.us1.list-manage.com/track/click?u=1", "list-manage.com"),
        ("https://bit.ly/3abc", "bit.ly"),
    ],
)
def test_a_link_that_counts_or_makes_a_detour_is_tracking(link: str, words: str):
    before = "https://elsewhere.example.com/lifts?page=2"
    problems = found(eml(changed(before, link), changed(before, link, TEXT)))
    only(problems, "mail-tracking", words)


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example.com/lifts?q=utm_source",
        "https://www.google.com/maps/place/Harbour+Hospital?entry=ttu",
        "https://docs.example.com/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV/edit?usp=sharing#gid=0",
        "https://login.example.com/?returnUrl=https%3A%2F%2Fintranet.example.com%2F",
        "https://acme.us1.list-manage.com/subscribe?u=1",
        "https://notbit.ly/a",
        "https://web.archive.org/web/2020/https://a.example/",
    ],
)
def test_a_link_of_the_authors_own_is_left_alone(link: str):
    before = "https://elsewhere.example.com/lifts?page=2"
    assert said(found(eml(changed(before, link), changed(before, link, TEXT)))) == []


def test_a_ping_is_tracking():
    only(
        in_html('<a href="https://light', '<a ping="https://a.example/" href="https://light'),
        "mail-tracking",
        "`ping`",
    )


# ---- headers and bytes


@pytest.mark.parametrize(
    "name",
    "From Subject Date Message-ID MIME-Version Content-Language Auto-Submitted List-Id List-Help List-Archive".split(),
)
def test_each_missing_header_is_named(name: str):
    problems = found(eml(headers={key: value for key, value in HEADERS.items() if key != name}))
    named = [one for one in problems if f"no header `{name}:`" in one.message]
    assert [one.code for one in named] == ["mail-header"]
    assert [one.code for one in problems if one not in named] in ([], ["mail-bytes"])


def test_a_missing_way_off_the_list_is_named():
    headers = {key: value for key, value in HEADERS.items() if not key.startswith("List-Unsubscribe")}
    only(found(eml(headers=headers)), "mail-header", "no header `List-Unsubscribe:`", Level.WARNING)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "List-Unsubscribe",
            "=?utf-8?q?=3Chttps=3A//light=2Eexample=2Eorg/off=3E?=",
            "is encoded like a subject",
        ),
        ("Message-ID", "=?utf-8?q?=3C2026=40light=2Eexample=2Eorg=3E?=", "is encoded like a subject"),
        ("List-Id", "The Light <=?utf-8?q?weekly?=.light.example.org>", "is encoded like a subject"),
        ("Message-ID", "2026-w11.en@light.example.org", "must be one address in angle brackets"),
        ("Message-ID", "<2026-w11 en@light.example.org>", "must be one address in angle brackets"),
        ("References", "series", "must name mails by their ids"),
        ("Date", "12 March 2026, in the morning", "is no date"),
        ("Date", "Thu, 12 Mar 2026 09:00:00", "is no date with a time zone"),
        ("Auto-Submitted", "no", "must be auto-generated"),
        ("List-Id", "The Light", "must end with the list's own name"),
        ("List-Help", "https://light.example.org/", "must be addresses"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=Yes", "and nothing else (RFC 8058)"),
        ("Content-Language", "fr", "says `fr`"),
        ("Subject", "=?utf-8?q?" + "a" * 70 + "?=", "an encoded word of `Subject:` has 82 letters"),
    ],
)
def test_a_header_of_the_wrong_shape_is_found(name: str, value: str, words: str):
    problems = found(eml(headers={**HEADERS, name: value}))
    assert any(words in one.message for one in problems), said(problems)
    assert {one.code for one in problems} == {"mail-header"}


def test_one_click_needs_an_address_for_the_click():
    headers = {**HEADERS, "List-Unsubscribe": "<mailto:stories@example.org>"}
    one = only(found(eml(headers=headers)), "mail-header", "has no https: address for it")
    assert one.excerpt.startswith("List-Unsubscribe-Post:")


def test_a_header_that_stands_twice_is_found():
    mail = eml().replace(b"Subject:", b"Subject: Another\r\nSubject:", 1)
    only(found(mail), "mail-header", "there are 2 headers `Subject:`")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            b"MIME-Version: 1.0\r\n",
            b"MIME-Version: 1.0\r\nX-Long: " + b"x" * 1000 + b"\r\n",
            "more than 998 letters",
        ),
        (b"The Light <", "Φως <".encode(), "not ASCII"),
        (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\n", "without a carriage return"),
        (
            b"Content-Type: text/plain; charset=utf-8",
            b"Content-Type: text/plain; charset=iso-8859-1",
            "does not say that it is in UTF-8",
        ),
        (
            b"Content-Type: multipart/alternative",
            b"Content-Type: multipart/mixed",
            "not made of a text and the same as HTML",
        ),
        (b"--outer--\r\n", b"", "is not whole"),
    ],
)
def test_bytes_that_servers_or_programs_refuse_are_found(before: bytes, after: bytes, words: str):
    mail = eml()
    assert before in mail
    problems = found(mail.replace(before, after))
    assert any(one.code == "mail-bytes" and words in one.message for one in problems), said(problems)


def test_text_comes_before_html():
    mail = eml()
    head, _, rest = mail.partition(b"--outer\r\n")
    text, _, html = rest.partition(b"--outer\r\n")
    html = html.removesuffix(b"--outer--\r\n")
    turned = head + b"--outer\r\n" + html + b"--outer\r\n" + text + b"--outer--\r\n"
    only(found(turned), "mail-bytes", "first comes the text, last the HTML")


# ---- language and direction


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('<html lang="en" dir="ltr">', '<html dir="ltr">', "<html> says no `lang`"),
        ('<html lang="en" dir="ltr">', '<html lang="en">', "<html> says no `dir`"),
        ('<html lang="en" dir="ltr">', '<html lang="el" dir="ltr">', "<html> says `lang=el`"),
        ('class="leaf" lang="en" dir="ltr"', 'class="leaf" dir="ltr"', "says the `lang` of “Eleven minutes”"),
        ('class="leaf" lang="en" dir="ltr"', 'class="leaf" lang="en"', "says the `dir` of “Eleven minutes”"),
        (
            '<p style="color:#24211d">She',
            '<p lang="fa" dir="ltr" style="color:#24211d">She',
            "`lang=fa` and `dir=ltr`",
        ),
        (
            '<p style="color:#24211d">She',
            '<p style="color:#24211d;text-align:right">She',
            "stands on the right",
        ),
        ('<p style="color:#24211d">She', '<p align="right" style="color:#24211d">She', "stands on the right"),
    ],
)
def test_a_mail_says_its_language_and_direction(before: str, after: str, words: str):
    only(in_html(before, after), "mail-direction", words)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("direction:rtl;text-align:right", "direction:rtl;text-align:left", "stands on the left"),
        (
            'lang="fa" dir="rtl" style="direction:rtl;text-align:right"',
            'lang="fa" dir="rtl" style="direction:ltr;text-align:left"',
            "is set from left to right",
        ),
        (
            '<td style="background:#fffdf9',
            '<td style="direction:ltr;width:9px"><table dir="ltr" role="presentation"><tbody><tr><td><p dir="rtl" style="text-align:right">ساعت یازده</p></td><td><p dir="rtl" style="text-align:right">ساعت دوازده</p></td></tr></tbody></table></td><td style="background:#fffdf9',
            "come in the order of a text that runs `ltr`",
        ),
    ],
)
def test_a_persian_mail_is_mirrored(before: str, after: str, words: str):
    problems = in_fa(before, after)
    assert any(one.code == "mail-direction" and words in one.message for one in problems), said(problems)
    # Words that run against their element may be an author's, in a language of their own.
    assert all(
        one.level is (Level.WARNING if "is set from" in one.message else Level.ERROR)
        for one in problems
        if one.code == "mail-direction"
    )


def test_columns_for_word_alone_are_mirrored_too():
    problems = in_fa(
        '<!--[if mso | IE]><table role="presentation" width="600"><tr><td><![endif]-->',
        '<!--[if mso]><table role="presentation" style="direction:ltr"><tr><td><p dir="rtl" style="text-align:right">یک دو سه</p></td><td><p dir="rtl" style="text-align:right">یک دو سه</p></td></tr></table><![endif]--><!--[if mso | IE]><table role="presentation" width="600"><tr><td><![endif]-->',
    )
    only(problems, "mail-direction", "runs `ltr`")


def test_an_arrow_points_onwards():
    only(
        in_html("She went by the stairs.", "She went by the stairs. ←"),
        "mail-direction",
        "`←` points back",
        Level.WARNING,
    )
    only(in_fa("او از پله‌ها رفت.", "او از پله‌ها رفت. →"), "mail-direction", "`→` points back", Level.WARNING)


def test_a_story_in_another_language_stands_on_its_own_side_with_what_belongs_to_it():
    html = changed(
        '<h2 style="font-size:20px">The last prescription</h2>',
        '<div><p style="text-align:right">Emergency, in Persian</p><h2 lang="fa" dir="rtl" style="font-size:20px;direction:rtl;text-align:right">آخرین نسخه</h2></div>',
    )
    text = changed("The last prescription", "آخرین نسخه\n\nEmergency, in Persian", TEXT)
    assert said(found(eml(html, text))) == []


# ---- headings, tables, links


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('<h1 style="font-size:28px">Eleven minutes</h1>', "<p>Eleven minutes</p>", "has no headings <h1>"),
        (
            '<h2 style="font-size:20px">The last prescription</h2>',
            '<h1 style="font-size:20px">The last prescription</h1>',
            "has 2 headings <h1>",
        ),
        (
            '<h1 style="font-size:28px">Eleven minutes</h1>',
            "<h2>Eleven minutes</h2><h1>Eleven minutes</h1>",
            "<h2> comes before the heading <h1>",
        ),
        (
            '<h2 style="font-size:20px">The last prescription</h2>',
            '<h3 style="font-size:20px">The last prescription</h3>',
            "<h3> comes after <h1>",
        ),
        ("<h2", "<h2></h2><h2", "this <h2> is empty"),
    ],
)
def test_headings_are_in_order(before: str, after: str, words: str):
    problems = in_html(before, after)
    assert any(words in one.message for one in problems), said(problems)
    assert {one.code for one in problems} <= {"mail-heading", "mail-parity"}


def test_a_table_that_places_says_so_in_every_program():
    only(
        in_html('<table role="presentation" class="button">', '<table class="button">'),
        "mail-table",
        "puts things in their places",
    )
    only(
        in_html('IE]><table role="presentation" width', "IE]><table width"),
        "mail-table",
        "puts things in their places",
    )


def test_a_table_of_data_is_none_that_places():
    data = "<table><tbody><tr><th>Month</th><th>Score</th></tr><tr><td>March</td><td>62</td></tr></tbody></table><h2"
    text = changed("The last", "Month Score March 62\n\nThe last", TEXT)
    assert said(found(eml(changed("<h2", data), text))) == []
    wrong = data.replace("<table>", '<table role="presentation">')
    only(found(eml(changed("<h2", wrong), text)), "mail-table", "has headings and says")


@pytest.mark.parametrize(
    ("before", "after", "words", "level"),
    [
        (">how lifts are kept<", "><", "has no name", Level.ERROR),
        (">how lifts are kept<", ">here<", "is called “here”", Level.WARNING),
        (">how lifts are kept<", ">Click here!<", "is called “Click here!”", Level.WARNING),
        (">Read: The last prescription<", ">How lifts are kept<", "lead to two places", Level.WARNING),
        ('href="mailto:', 'href="javascript:', "do not follow `javascript:`", Level.WARNING),
    ],
)
def test_a_link_says_where_it_leads(before: str, after: str, words: str, level: Level):
    only(in_html(before, after), "mail-link", words, level)


@pytest.mark.parametrize(("name", "lang"), [("اینجا", "fa"), ("εδώ", "el"), ("klik di sini", "ms")])
def test_here_is_no_name_in_any_language(name: str, lang: str):
    problems = in_html(">how lifts are kept<", f">{name}<")
    assert any(one.code == "mail-link" and name in one.message for one in problems)


def test_an_address_is_whole():
    html = changed("https://light.example.org/en/stories/lift.html", "stories/lift.html")
    text = changed("https://light.example.org/en/stories/lift.html", "", TEXT)
    only(found(eml(html, text)), "mail-link", "`stories/lift.html` is not a whole address")


# ---- pictures


@pytest.mark.parametrize(
    ("before", "after", "words", "level"),
    [
        ('alt="A line that rises from 58 to 62"', "", "has no `alt`", Level.ERROR),
        ('alt="A line that rises from 58 to 62"', 'alt="nps.png"', "“nps.png” does not say", Level.ERROR),
        ('alt="A line that rises from 58 to 62"', 'alt="IMG_2041"', "“IMG_2041” does not say", Level.ERROR),
        ('alt="A line that rises from 58 to 62"', 'alt="Chart"', "“Chart” does not say", Level.ERROR),
        (
            'alt="A line that rises from 58 to 62"',
            f'alt="{"Long words. " * 30}"',
            "359 letters long",
            Level.WARNING,
        ),
        ('width="544" style', "style", "has no `width`", Level.WARNING),
        ('style="width:100%;height:auto"', "", "no width in its style", Level.WARNING),
        (
            "<img ",
            '<a href="https://light.example.org/en/stories/lift.html"><img ',
            "this picture is a link and says nothing",
            Level.ERROR,
        ),
    ],
)
def test_a_picture_has_words_and_a_size(before: str, after: str, words: str, level: Level):
    html = changed(before, after)
    if "<a href" in after:
        html = changed('alt="A line that rises from 58 to 62"', 'alt=""', html).replace(
            'height:auto">', 'height:auto"></a>'
        )
        problems = tuple(one for one in found(eml(html)) if one.code == "mail-picture")
    else:
        problems = found(eml(html))
    only(problems, "mail-picture", words, level)


def test_a_picture_that_decorates_says_nothing():
    assert said(in_html('alt="A line that rises from 58 to 62"', 'alt=""')) == []


def test_what_is_shown_travels_and_what_travels_is_shown():
    only(found(eml(pictures={})), "mail-picture", "no picture `0f@light.example.org` travels")
    more = {**PICTURES, "1a@light.example.org": png(60, 60)}
    only(
        found(eml(pictures=more)),
        "mail-picture",
        "a picture travels with the mail and is shown nowhere",
    )
    html = changed("cid:0f@light.example.org", "cid:0f")
    only(found(eml(html, pictures={"0f": png(60, 60)})), "mail-picture", "`Content-ID:` of its own")


# ---- what is hidden, and what Word gets


@pytest.mark.parametrize(
    "style",
    ["display:none", "visibility:hidden", "opacity:0", "max-height:0;overflow:hidden", "mso-hide:all"],
)
def test_nothing_is_hidden_but_the_line_behind_the_subject(style: str):
    problems = in_html("<h2", f'<p style="{style}">words for filters</p><h2')
    only(
        tuple(one for one in problems if one.code != "mail-client"),
        "mail-hidden",
        "“words for filters” is hidden",
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "<!--[if mso | IE]></td></tr></table><![endif]-->",
            "<!--[if mso | IE]></td></tr></table>",
            "never closed",
        ),
        ("<h2", "<![endif]--><h2", "ends nothing that was begun"),
        ("<h2", "<!--[if mso]><p><!--[if mso]></p><![endif]--><h2", "begins inside another one"),
        ("<!--[if mso | IE]></td></tr></table><![endif]-->", "", "`<table>` has no partner"),
        ("<h2", "</section><h2", "`</section>` has no partner"),
        ("<h2", "<section><h2", "`<section>` has no partner"),
    ],
)
def test_conditional_comments_and_tags_are_in_pairs(before: str, after: str, words: str):
    problems = [one for one in in_html(before, after) if one.code == "mail-outlook"]
    assert any(words in one.message for one in problems)


# ---- eyes and thumbs


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            '<p style="color:#24211d">She',
            '<p style="color:#999999">She',
            "by day: #999999 on #fffdf9 is 2.8:1",
        ),
        (".leaf h2, ", "", "in a dark program: #ffffff"),
        (
            "background: #221f1b !important",
            "background: #888888 !important",
            "in a dark program: #ece6dc on #888888",
        ),
        (".leaf .button a { color: #221f1b !important }", "", "in a dark program: #ece6dc on #ece6dc is 1:1"),
        ('<p style="color:#24211d">She', '<p style="color:rgb(200, 200, 200)">She', "#c8c8c8 on #fffdf9"),
        ('<p style="color:#24211d">She', '<p><font color="white">She', "#ffffff on #fffdf9"),
    ],
)
def test_ink_can_be_read_on_its_paper_by_day_and_by_night(before: str, after: str, words: str):
    html = changed(before, after)
    if before.startswith(".leaf h2"):  # what no rule of the dark reaches keeps the ink of its own
        html = changed('<h2 style="', '<h2 style="color:#24211d;', html)
        words = "in a dark program: #24211d on #221f1b is 1:1"
    problems = [one for one in found(eml(html)) if one.code == "mail-contrast"]
    assert [words in one.message for one in problems] == [True], said(tuple(problems))


def test_letters_are_large_enough():
    only(in_html("font-size:14px", "font-size:13px"), "mail-letters", "letters of 13 pixels", Level.WARNING)
    only(
        in_html("She went", "<small>She</small> went"),
        "mail-letters",
        "letters of 13.3 pixels",
        Level.WARNING,
    )


def test_a_thumb_hits_buttons_and_links_that_stand_alone():
    only(in_html("padding:13px 22px", "padding:8px 22px"), "mail-target", "is 36 pixels high", Level.WARNING)
    only(
        in_html("line-height:24px", "line-height:1.2"), "mail-target", "a line of 16.8 pixels", Level.WARNING
    )


# ---- the same in both parts, and how heavy


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "https://light.example.org/en/stories/lift.html\n",
            "",
            "links to https://light.example.org/en/stories/lift.html, and the text part does not",
        ),
        (
            "She went",
            "https://light.example.org/b.html\n\nShe went",
            "the text part links to https://light.example.org/b.html",
        ),
        (
            "Eleven minutes\n==",
            "https://light.example.org/en/stories/lift.html\n\nEleven minutes\n==",
            "in another order",
        ),
        ("The last prescription\n", "", "does not say “The last prescription”"),
        ("Eleven minutes\n", "The last prescription\n\nEleven minutes\n", ""),
        ("\nstories@example.org", "", "where to write (stories@example.org)"),
        ("12 March", "March", "the HTML says 12, and the text part does not"),
        ("by the stairs", "by the 3 stairs", "the text part says 3, and the HTML does not"),
        ("She went by the stairs.", "She went by the stairs, " * 4, "longer than 72 letters"),
    ],
)
def test_the_text_says_what_the_html_says(before: str, after: str, words: str):
    problems = found(eml(text=changed(before, after, TEXT)))
    if not words:  # a heading that is said twice is said
        assert said(problems) == []
        return
    only(problems, "mail-parity", words, Level.WARNING)


def test_persian_digits_are_numbers_and_capitals_are_letters():
    text = in_persian(TEXT).replace("۱۲", "12")
    assert said(found(eml(in_persian(HTML), text, PERSIAN_HEADERS), "fa")) == []
    assert said(found(eml(text=TEXT.replace("Eleven minutes", "ELEVEN\u2069 MINUTES")))) == []


def test_a_mail_has_both_parts():
    problems = found(eml(text=" \n"))
    assert "mail-parity: the mail has no text, and some readers see nothing else" in said(problems)


def test_html_that_gmail_would_cut_is_found():
    html = changed("</h1>", f"</h1><!--{'x' * 100_000}-->")
    only(found(eml(html)), "mail-weight", "and Gmail cuts off what comes after some 100,000")


def test_a_style_sheet_that_gmail_would_drop_is_found():
    html = changed("<style>\n", f"<style>\n{'p { margin: 0 }' * 1200}\n")
    only(found(eml(html)), "mail-weight", "Gmail drops one of more than 16,384")


def test_a_mail_that_fills_everybodys_box_is_found():
    only(
        found(eml(pictures={"0f@light.example.org": png(60, 60) + b"\0" * 1_200_000})),
        "mail-weight",
        "it goes to everybody",
        Level.WARNING,
    )


# ---- mail programs


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "padding:0 28px",
            "padding:0 28px;display:flex",
            "`display:flex` is not known to Outlook for Windows",
        ),
        (
            "padding:0 28px",
            "padding:0 28px;position:absolute",
            "`position` is not known to Outlook for Windows, Outlook on iPhones",
        ),
        (
            "<style>\n",
            "<style>\n.leaf:hover { color: #000000 }\n",
            "`:hover` is not known to Outlook for Windows",
        ),
        ("padding:0 28px", "padding:0 1vw", "`vw unit` is not known to Outlook for Windows"),
        (
            "padding:0 28px",
            "padding:calc(1px + 27px)",
            "`CSS calc() function` is not known to Outlook for Windows",
        ),
        ("She went", "<ruby>She<rt>x</rt></ruby> went", "`<rt> element` is not known to Outlook for Windows"),
        (
            '<td bgcolor="#2b2723">',
            '<td bgcolor="#2b2723" hidden="until">',
            "`hidden attribute` is not known to",
        ),
        (
            "<style>\n",
            "<style>\n@supports (display: grid) { .leaf { color: #000000 } }\n",
            "`@supports` is not known to",
        ),
    ],
)
def test_what_a_program_does_not_know_is_said_once_with_its_name(before: str, after: str, words: str):
    html = changed(before, after)
    problems = [one for one in found(eml(html)) if one.code == "mail-client" and one.level is Level.WARNING]
    assert [one.message for one in problems if words in one.message], said(tuple(problems))
    assert len({one.message for one in problems}) == len(problems)


def test_a_picture_that_word_cannot_show_is_said():
    problems = found(eml(type="image/webp"))
    assert "`webP image format` is not known to Outlook for Windows" in [one.message for one in problems]


def test_every_feature_that_is_accepted_is_one_that_some_program_lacks():
    for slug, accepted in ACCEPTED.items():
        feature = clients().features[slug]
        lacking = {*feature.unknown_to, *feature.half_known_to}
        assert lacking, slug
        for program in accepted.programs:
            assert any(one == program or one.startswith(f"{program}.") for one in lacking), (slug, program)
        assert accepted.reason.endswith("."), slug


def test_what_several_mails_have_in_common_is_said_once():
    mails = {lang: found(eml(text=changed("12 March", "March", TEXT)), lang) for lang in ("en", "ms")}
    problems = once_for_all(mails.items())
    numbers = [one for one in problems if "12" in one.message]
    assert [one.message for one in numbers] == [
        "the HTML says 12, and the text part does not (likewise in ms)"
    ]
    assert numbers[0].file == "outbox/2026-w11.en.txt"


def test_a_problem_points_into_the_files_of_the_outbox():
    one = only(in_html("font-size:14px", "font-size:13px"), "mail-letters", "13", Level.WARNING)
    assert one.file == "outbox/2026-w11.en.html"
    line = changed("font-size:14px", "font-size:13px").split("\n")[one.line - 1]
    assert one.excerpt.startswith('<a href="mailto:')
    assert one.excerpt in line
    assert len(one.excerpt) <= 110

"""What MJML may hold: whatever the compiler would pass over in silence is told of, with its place in the template."""

from __future__ import annotations

import pytest

from builder.problem import Trouble
from builder.render.mjml import faults, html_of

WHOLE = "<mjml><mj-head><mj-title>T</mj-title></mj-head><mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body></mjml>"


def only(mjml: str) -> str:
    found = list(faults(mjml))
    assert len(found) == 1, found
    return found[0][0]


@pytest.mark.parametrize(
    "inside",
    [
        '<mj-text padding="0px 28px" line-height="1.5" align="right"><p style="margin:0">A<br>b &lt; c &nbsp;</p></mj-text>',
        '<mj-image src="cid:x" alt="a" width="544px" />',
        '<mj-spacer height="6px" /><mj-divider border-width="1px" padding="0px" />',
        '<mj-button href="https://example.org/?a=1&amp;b=2" inner-padding="13px 22px">Read</mj-button>',
        '<mj-table width="100%"><tr><td>a</td></tr></mj-table>',
    ],
)
def test_what_the_compiler_knows_is_let_through(inside: str):
    assert list(faults(WHOLE.format(inside))) == []
    assert html_of(WHOLE.format(inside), "digest.mjml", lambda name: "").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("inside", "said", "near"),
    [
        ("<mj-txt>a</mj-txt>", "mails are not made of `<mj-txt>` here", "mj-text"),
        ("<mj-social>a</mj-social>", "mails are not made of `<mj-social>` here", ""),
        ('<mj-hero mode="fluid-height"></mj-hero>', "mails are not made of `<mj-hero>` here", "mj-head"),
        ('<mj-text colour="#000000">a</mj-text>', "`<mj-text>` knows no `colour`", "color"),
        ('<mj-text href="x">a</mj-text>', "`<mj-text>` knows no `href`", ""),
        ('<mj-text padding="0 28px">a</mj-text>', "`padding` of `<mj-text>` is `0 28px`", ""),
        ('<mj-text padding="">a</mj-text>', "`padding` of `<mj-text>` is ``", ""),
        ('<mj-spacer height="20" />', "`height` of `<mj-spacer>` is `20`", ""),
        ('<mj-text padding-left="3">a</mj-text>', "`padding-left` of `<mj-text>` is `3`", ""),
        ('<mj-text align="start">a</mj-text>', "`align` of `<mj-text>` is `start`", ""),
        ('<mj-text line-height="tall">a</mj-text>', "`line-height` of `<mj-text>` is `tall`", ""),
        (
            "<mj-section></mj-section>",
            "`<mj-section>` stands in `<mj-column>`, where nothing is made of it",
            "",
        ),
    ],
)
def test_what_it_would_pass_over_in_silence_is_told(inside: str, said: str, near: str):
    mjml = WHOLE.format(inside)
    assert only(mjml) == said
    assert next(faults(mjml))[2] == near


def test_text_outside_a_column_and_defaults_are_looked_at():
    assert "stands in `<mj-body>`" in only("<mjml><mj-body><mj-text>a</mj-text></mj-body></mjml>")
    head = '<mjml><mj-head><mj-attributes><mj-all font-family="a" /><mj-class name="x" {} /></mj-attributes></mj-head></mjml>'
    assert list(faults(head.format('padding="0px"'))) == []
    assert only(head.format('pading="0px"')) == "`<mj-class>` knows no `pading`"
    assert "is `0`" in only(head.format('padding="0"'))


def test_a_fault_is_shown_where_the_template_has_it():
    template = "{# a mail #}\n  <mj-txt>{{ mail.title }}</mj-txt>\n"
    with pytest.raises(Trouble) as caught:
        html_of(WHOLE.format("<mj-txt>The Light</mj-txt>"), "digest.mjml", {"digest.mjml": template}.get)
    problem = caught.value.problem
    assert (problem.code, problem.file, problem.line, problem.column) == (
        "mail-template",
        "templates/digest.mjml",
        2,
        3,
    )
    assert problem.excerpt.strip() == "<mj-txt>{{ mail.title }}</mj-txt>"
    assert problem.guess == "mj-text"


def test_a_fault_that_a_loop_made_has_no_line():
    with pytest.raises(Trouble) as caught:
        html_of(WHOLE.format('<mj-spacer height="3" />'), "digest.mjml", lambda name: "height={{ n }}")
    assert (caught.value.problem.line, caught.value.problem.column, caught.value.problem.excerpt) == (
        0,
        0,
        "",
    )


def test_what_is_not_closed_is_told_as_the_compiler_says_it():
    with pytest.raises(Trouble) as caught:
        html_of("<mjml><mj-body>", "digest.mjml", lambda name: None)
    assert "not whole MJML" in caught.value.problem.message


def test_words_are_left_alone_that_look_like_what_is_needless():
    said = "use outline:none; and word-spacing:normal; or text-align:left;direction:rtl; in a sheet"
    html = html_of(WHOLE.format(f"<mj-text><p>{said}</p></mj-text>"), "digest.mjml", lambda name: "")
    assert said in html
    assert "word-spacing:normal" not in html.replace(said, "")


@pytest.mark.parametrize("sign", ["\x07", "\x0b", "\x0c", "\ufffe"])
def test_a_sign_that_no_mail_may_hold_goes(sign: str):
    html = html_of(WHOLE.format(f"<mj-text>one{sign}two</mj-text>"), "digest.mjml", lambda name: "")
    assert "onetwo" in html


def test_a_picture_says_its_words_in_their_own_language_and_direction():
    picture = '<mj-image css-class="picture alt-fa-rtl" src="cid:x" alt="a" width="544px" />'
    html = html_of(WHOLE.format(picture), "digest.mjml", lambda name: "")
    assert '<img lang="fa" dir="rtl"' in html
    assert 'style="direction:rtl;text-align:right;line-height:1.7;' in html

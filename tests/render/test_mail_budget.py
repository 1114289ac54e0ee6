"""How a mail is shortened: what stands last first, a part before the whole, and never without saying so."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

from builder.render.mail_budget import Fit, fitted
from builder.render.mail_views import MailSideView, MailStoryView, MailView
from builder.render.views import DateView


def story(title: str, summary: str = "s" * 100, why: str = "w" * 100) -> MailStoryView:
    return MailStoryView(
        lang="en",
        dir="ltr",
        align="left",
        mark="",
        title=title,
        team="",
        kind_label="",
        summary=summary,
        why_it_matters=why,
        by="",
        url=f"https://example.org/{title}",
    )


SIDE = MailSideView(lang="en", dir="ltr", align="left", mark="")

VIEW = MailView(
    lang="en",
    dir="ltr",
    align="left",
    heading=SIDE,
    words=SIDE,
    subject="S",
    preheader="",
    title="T",
    name=SIDE,
    label="",
    date=DateView(iso=date(2026, 3, 12).isoformat(), text=""),
    minutes="",
    opening=Markup(""),
    opening_text="",
    lead=story("lead"),
    stories=(story("a"), story("b")),
    small=(story("c"),),
    behind=(story("d"),),
    leader=story("boss"),
    left="",
    numbers=(),
    voice=None,
    commitments=(),
    corrections=(),
    languages=(),
    site_url="",
    edition_url="",
    nominate_url="",
    nominate_place="",
    contact="",
    contact_url="",
    day={},
    night={},
)
ORDER = ("lead", "a", "b", "boss", "c", "d")


def all_of(view: MailView) -> list[MailStoryView]:
    leader = [view.leader] if view.leader else []
    assert view.lead
    return [view.lead, *view.stories, *leader, *view.small, *view.behind]


def html(view: MailView) -> tuple[str, str]:
    """100 bytes for each story's title, summary and reason, or nothing for what it lost."""
    made = "".join("t" * 100 + one.summary + one.why_it_matters for one in all_of(view))
    return "mjml", made


def say(key: str, n: int) -> str:
    return f"{key} {n}"


def fit(most: int) -> Fit:
    return fitted(VIEW, html, say, "stories/editions/x.md", most)


def state(view: MailView) -> dict[str, str]:
    return {
        one.title: ("s" if one.summary else "") + ("w" if one.why_it_matters else "") for one in all_of(view)
    }


@pytest.mark.parametrize(
    ("most", "left"),
    [
        (1800, {"lead": "sw", "a": "sw", "b": "sw", "boss": "sw", "c": "sw", "d": "sw"}),
        (1799, {"lead": "sw", "a": "sw", "b": "sw", "boss": "sw", "c": "sw", "d": "s"}),
        (1300, {"lead": "sw", "a": "s", "b": "s", "boss": "s", "c": "s", "d": "s"}),
        (1299, {"lead": "sw", "a": "s", "b": "s", "boss": "s", "c": "s", "d": ""}),
        (800, {"lead": "sw", "a": "", "b": "", "boss": "", "c": "", "d": ""}),
        (799, {"lead": "sw", "a": "", "b": "", "boss": "", "c": ""}),
        (500, {"lead": "sw", "a": "", "b": ""}),
        (300, {"lead": "sw"}),
    ],
)
def test_what_stands_last_loses_a_part_first_then_all(most: int, left: dict[str, str]):
    found = fit(most)
    assert state(found.view) == left
    assert len(found.html) <= most
    assert found.view.left == (f"letter.left {6 - len(left)}" if len(left) < 6 else "")


def test_every_size_is_kept_and_no_more_is_cut_than_must_be():
    sizes = [len(fit(most).html) for most in range(300, 1900, 7)]
    assert all(size <= most for size, most in zip(sizes, range(300, 1900, 7), strict=True))
    assert all(most - size < 100 for size, most in zip(sizes, range(300, 1800, 7), strict=False))


@pytest.mark.parametrize(
    ("most", "code", "said"),
    [
        (1799, "mail-shortened", "too long: 1 story has lost why it matters."),
        (
            1299,
            "mail-shortened",
            "too long: 5 stories have lost why it matters and 1 story has lost the summary.",
        ),
        (500, "mail-shortened", "and 3 stories are left for the site (“boss”, “c”, “d”)."),
        (299, "mail-shortened", "too long: 5 stories are left for the site (“a”, “b”, “boss” ...)"),
    ],
)
def test_what_was_done_is_said(most: int, code: str, said: str):
    (problem,) = fit(most).problems
    assert problem.code == code
    assert said in problem.message + "."
    assert problem.file == "stories/editions/x.md"


def test_a_mail_that_fits_is_left_alone():
    found = fit(1800)
    assert found.view is not None
    assert found.view == VIEW
    assert found.problems == ()


def test_bytes_are_counted_and_not_letters():
    persian = "پ" * 60
    found = fitted(VIEW, lambda view: ("", persian * len(all_of(view))), say, "x.md", 60 * 2 * 3)
    assert len(all_of(found.view)) == 3

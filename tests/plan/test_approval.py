"""What is said of mails that are not any more what somebody approved: what readers would see, and what it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from builder.model.approval import (
    Approval,
    Composition,
    MailMarks,
    NamedAs,
    Reason,
    Standing,
    StoodOn,
)
from builder.model.consent import Answers
from builder.model.person import Channel, Form
from builder.plan.approval import stale, state

MOMENT = datetime(2026, 11, 27, 8, 40, tzinfo=UTC)
MAIL = MailMarks(subject="s", preheader="p", text="t", html="h", message="m", pictures={"waits.png": "w"})
NAMED = NamedAs(form="first", digest="d")
WHAT = Composition(
    edition="2026-w48",
    moment=MOMENT,
    mails={"en": MAIL, "fa": MAIL},
    stood_on=StoodOn(
        people={"p-018": NAMED},
        files={"box-nine/en": "a", "box-nine/fa": "b", "edition:2026-w48/en": "c", "metric:waits": "d"},
        made_with={"theme": "t", "program": "1"},
    ),
)
APPROVAL = Approval(by="editor", at=MOMENT, what=WHAT, file="stories/approvals/2026-w48.yaml")


def consent(**forms: Form | None) -> Answers:
    """Everyone's, by id with an underscore."""
    given: Mapping[str, Form | None] = {id.replace("_", "-"): form for id, form in forms.items()}
    return Answers(channel=Channel.EMAIL, forms={"p-018": Form.FIRST, **given}, ends={}, until=None)


def fresh(
    *,
    en: MailMarks = MAIL,
    fa: MailMarks | None = MAIL,
    people: Mapping[str, NamedAs] = WHAT.stood_on.people,
    files: Mapping[str, str] = WHAT.stood_on.files,
    made_with: Mapping[str, str] = WHAT.stood_on.made_with,
    **more: MailMarks,
) -> Composition:
    mails = {"en": en, **({"fa": fa} if fa else {}), **more}
    return replace(WHAT, mails=mails, stood_on=StoodOn(people=people, files=files, made_with=made_with))


def words(found: tuple[Reason, ...]) -> list[str]:
    return [one.words for one in found]


def causes(**changed: Mapping[str, str] | Mapping[str, NamedAs]) -> list[str]:
    """What is said of where it comes from, when the English text has changed."""
    what = fresh(en=replace(MAIL, text="other", message="other"), **changed)  # type: ignore[arg-type]
    first, *rest = words(stale(APPROVAL, what, consent()))
    assert first == "the English text changed"
    return rest


def test_the_same_bytes_stay_approved_whatever_else_was_touched():
    touched = fresh(files={}, people={}, made_with={"theme": "x", "program": "2"})
    assert stale(APPROVAL, touched, consent(p_018=None)) == ()
    assert state(APPROVAL, touched, consent()).standing is Standing.APPROVED


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("subject", "the Persian subject changed"),
        ("preheader", "the Persian line after the subject changed"),
        ("text", "the Persian text changed"),
        ("html", "the Persian mail looks different (its HTML changed)"),
    ],
)
def test_each_part_of_a_mail_is_named(part: str, said: str):
    other = replace(MAIL, message="other", **{part: "other"})  # type: ignore[arg-type]
    assert words(stale(APPROVAL, fresh(fa=other), consent())) == [said]


def test_where_only_headers_differ_that_is_said():
    other = replace(MAIL, message="other")
    assert words(stale(APPROVAL, fresh(en=other), consent())) == ["the headers of the English mail changed"]


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        ({"waits.png": "x"}, ["a picture changed in the English mail: waits.png"]),
        ({}, ["a picture is gone from the English mail: waits.png"]),
        ({"waits.png": "w", "b.png": "x"}, ["a picture is new in the English mail: b.png"]),
    ],
)
def test_a_picture_is_named_by_its_file(pictures: Mapping[str, str], said: list[str]):
    other = replace(MAIL, message="other", html="other", pictures=pictures)
    found = words(stale(APPROVAL, fresh(en=other), consent()))
    assert found == ["the English mail looks different (its HTML changed)", *said]


def test_words_that_stand_in_both_parts_are_one_change():
    other = replace(MAIL, message="other", html="other", text="other")
    assert words(stale(APPROVAL, fresh(en=other), consent())) == ["the English text changed"]


def test_a_language_that_came_or_went_is_a_change():
    assert words(stale(APPROVAL, fresh(fa=None, pt=MAIL), consent())) == [
        "there is a pt mail now, which nobody approved",
        "there is no Persian mail any more",
    ]


def test_a_consent_that_changed_names_the_person_by_id():
    other = fresh(en=replace(MAIL, text="other", message="other"), people={})
    found = stale(APPROVAL, other, consent(p_018=None))
    assert words(found)[1:] == ["p-018 may no longer be named in mail"]
    assert (found[1].kind, found[1].about) == ("person", "p-018")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({}, "p-018 is not named any more"),
        (
            {"p-018": NamedAs(form="initials", digest="x")},
            "p-018 is named by initials now, and was by the first name",
        ),
        (
            {"p-018": NamedAs(form="full", digest="x")},
            "p-018 is named by the full name now, and was by the first name",
        ),
        ({"p-018": NamedAs(form="first", digest="x")}, "the name of p-018 is written otherwise"),
        ({"p-018": NAMED, "p-019": NAMED}, "p-019 is named now, and was not"),
    ],
)
def test_whoever_is_named_otherwise_is_said(people: Mapping[str, NamedAs], said: str):
    assert causes(people=people) == [said]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"box-nine/en": "x", "box-nine/fa": "x"}, "the story box-nine changed"),
        ({"box-nine/fa": ""}, "the story box-nine changed"),
        ({"box-nine/en": "", "box-nine/fa": ""}, "the story box-nine is not in it any more"),
        ({"pears/en": "x"}, "the story pears is in it now, and was not"),
        ({"edition:2026-w48/en": "x"}, "what the edition itself says changed"),
        ({"metric:waits": "x"}, "the measure waits changed"),
        ({"voice:soup": "x"}, "the customer's voice soup is in it now, and was not"),
        ({"correction:one": "x"}, "the correction one is in it now, and was not"),
        ({"settings": "x"}, "the settings (newsletter.yaml) is in it now, and was not"),
    ],
)
def test_what_a_mail_is_made_of_is_said_once_each(change: Mapping[str, str], said: str):
    files = {key: mark for key, mark in {**WHAT.stood_on.files, **change}.items() if mark}
    assert causes(files=files) == [said]


def test_the_program_is_blamed_only_where_nothing_else_is_known():
    updated = {"theme": "t", "program": "2"}
    assert causes(made_with=updated) == [
        "the program is another: Yearround or a library that it uses was updated"
    ]
    assert causes(made_with=updated, files={**WHAT.stood_on.files, "metric:waits": "x"}) == [
        "the measure waits changed"
    ]
    assert causes(made_with={"theme": "x", "program": "2"}) == ["the theme or its words changed"]


def test_nobody_approved_what_nobody_approved():
    assert state(None, fresh(), consent()).standing is Standing.NOT_APPROVED
    assert state(APPROVAL, fresh(fa=None), consent()).standing is Standing.STALE

"""Each correction comes with one mail, the first that goes out after it; no mail that went out changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from builder.model.correction import Correction
from builder.model.edition import Edition, EditionKind
from builder.model.text import Words
from builder.plan.corrections import carried, goes_out

ZONE = ZoneInfo("Asia/Kuala_Lumpur")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def edition(id: str, date: str, send_at: str = "") -> Edition:
    return Edition(
        id=id,
        kind=EditionKind.WEEKLY,
        date=at(date),
        words=(),
        file=f"stories/editions/{id}.md",
        send_at=at(send_at) if send_at else None,
    )


FIRST = edition("w10", "2026-03-05", "2026-03-05T08:40")
SECOND = edition("w11", "2026-03-12", "2026-03-12T08:40")
THIRD = edition("w12", "2026-03-19")


def correction(date: str, of: str = "w10", id: str = "one") -> Correction:
    return Correction(id=id, edition=of, date=at(date), reason=Words((("", "-"),)), file=f"{id}.yaml")


def brought(corrections: Iterable[Correction], *editions: Edition) -> dict[str, tuple[str, ...]]:
    return dict(carried(corrections, editions or (FIRST, SECOND, THIRD)))


@pytest.mark.parametrize(
    ("date", "of", "comes_with"),
    [
        ("2026-03-06", "w10", "w11"),
        ("2026-03-05T09:00", "w10", "w11"),
        ("2026-03-12", "w10", "w11"),
        ("2026-03-12T08:40", "w10", "w11"),
        ("2026-03-12T08:41", "w10", "w12"),
        (
            "2026-03-05",
            "w10",
            "w11",
        ),  # a bare date on the day itself is no part of the mail that it puts right
        ("2026-03-12", "w11", "w12"),
        ("2026-03-13", "elsewhere", "w12"),
    ],
)
def test_a_correction_comes_with_the_first_mail_after_it_and_after_what_it_puts_right(
    date: str, of: str, comes_with: str
):
    assert brought([correction(date, of)]) == {comes_with: ("one",)}


def test_after_the_last_edition_it_waits_for_the_next():
    waiting = correction("2026-03-19T09:00", "w12")
    assert brought([waiting]) == {}
    assert brought([waiting], FIRST, SECOND, THIRD, edition("w13", "2026-03-26")) == {"w13": ("one",)}


def test_one_mail_brings_all_that_waited_the_oldest_first():
    some = [
        correction("2026-03-08", id="b"),
        correction("2026-03-07", id="c"),
        correction("2026-03-08", id="a"),
    ]
    assert brought(some) == {"w11": ("c", "a", "b")}


def test_an_edition_that_comes_later_takes_nothing_from_a_mail_that_went_out():
    before = brought([correction("2026-03-06")], FIRST, SECOND)
    assert brought([correction("2026-03-06")], FIRST, SECOND, THIRD) == before


def test_a_mail_goes_out_when_it_says_or_when_its_day_begins_and_never_before_its_page():
    assert goes_out(FIRST) == at("2026-03-05T08:40")
    assert goes_out(THIRD) == at("2026-03-19")
    assert goes_out(edition("w14", "2026-04-02", "2026-04-01T08:40")) == at("2026-04-02")

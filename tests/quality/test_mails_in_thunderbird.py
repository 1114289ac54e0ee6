"""Thunderbird shows a mail: the English one and the Persian one of one edition, and each begins at its own side."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.quality import thunderbird
from tests.quality.mails import Mail, pairs

INK = 110
"""How much darker or lighter than the paper a point is that belongs to a letter, of 255."""

LETTERS = 0.4
"""The largest share of a row that writing covers."""


@pytest.fixture(scope="module")
def windows(mails: tuple[Mail, ...]) -> dict[str, Image.Image]:
    """By language, the mails of the edition of which most is told in Persian to Persian readers."""
    english, persian = max(pairs(mails, "en", "fa"), key=lambda pair: persian_in(pair[1].text))
    return {mail.lang: thunderbird.show(mail.data) for mail in (english, persian)}


def persian_in(text: str) -> float:
    """The share of Persian letters among all letters."""
    letters = [one for one in text if one.isalpha()]
    return sum("\u0600" <= one <= "\u06ff" for one in letters) / len(letters)


def ink(window: Image.Image) -> Image.Image:
    """Where there is writing in the mail itself: white on black."""
    mail = window.crop((0, thunderbird.HEAD, thunderbird.WIDTH - 20, window.height)).convert("L")
    counted = mail.histogram()
    paper = counted.index(max(counted))
    return mail.point([255 if abs(shade - paper) > INK else 0 for shade in range(256)])


def beginnings(window: Image.Image) -> tuple[float, float]:
    """What share of the rows with writing has some near the left edge of all writing, and what share near the right."""
    drawn = ink(window)
    left, _, right, _ = drawn.getbbox() or (0, 0, 0, 0)
    near = (right - left) // 5
    rows = (drawn.crop((left, row, right, row + 1)) for row in range(drawn.height))
    # Letters leave more paper than they take; a row that is mostly dark is one of a picture or a line.
    found = [
        box for row in rows if (box := row.getbbox()) and row.histogram()[255] < LETTERS * (right - left)
    ]
    assert len(found) > 300
    return (
        sum(box[0] < near for box in found) / len(found),
        sum(box[2] > right - left - near for box in found) / len(found),
    )


@pytest.mark.parametrize("language", ["en", "fa"])
def test_thunderbird_shows_the_whole_mail(language: str, windows: dict[str, Image.Image]):
    window = windows[language]
    drawn = ink(window)
    assert window.height > 1200
    # Writing from the top to the end of it, and not a strip somewhere.
    bands = [
        drawn.crop((0, top, drawn.width, top + 200)).getbbox() for top in range(0, drawn.height - 200, 200)
    ]
    assert all(bands)


def test_thunderbird_begins_english_at_the_left_and_persian_at_the_right(windows: dict[str, Image.Image]):
    left, right = beginnings(windows["en"])
    assert left > right, (left, right)
    left, right = beginnings(windows["fa"])
    assert right > left, (left, right)


def test_a_window_with_nothing_in_it_is_seen_to_be_empty():
    empty = Image.new("RGB", (thunderbird.WIDTH, 2000), "#f3eee4")
    assert ink(empty).getbbox() is None
    assert not thunderbird._has_writing(empty)

"""What Can I Email knows of our readers' mail programs, as it stands in the theme."""

from __future__ import annotations

import json

from builder.load import disk, mail_clients
from builder.load.mail_clients import understand
from scripts import vendor

DATA = disk.read_file(disk.theme_folder() / mail_clients.FILE)


def test_answers_are_read_with_the_notes_that_they_refer_to():
    support = understand(
        json.dumps(
            {
                "date": "2026-05-13",
                "programs": {"outlook.windows": "Outlook for Windows", "gmail.ios": "Gmail on iPhones"},
                "features": [
                    {
                        "slug": "css-display-flex",
                        "title": "display:flex",
                        "answers": {"outlook.windows": "n", "gmail.ios": "a #1 #3"},
                        "notes": {"1": "Not so.", "3": "Not there."},
                    },
                    {"slug": "html-p", "title": "<p> element", "answers": {}},
                ],
            }
        ).encode()
    )
    flex, p = support.features["css-display-flex"], support.features["html-p"]
    assert (flex.unknown_to, flex.half_known_to) == (
        {"outlook.windows": ""},
        {"gmail.ios": "Not so. Not there."},
    )
    assert (p.unknown_to, p.half_known_to) == ({}, {})
    assert list(support.programs) == ["outlook.windows", "gmail.ios"]


def test_what_ships_is_of_the_day_that_it_says_and_knows_our_programs():
    support = understand(DATA)
    assert support.date == "2026-05-13"
    assert support.programs == vendor.MAIL_PROGRAMS
    assert len(support.features) == 307
    assert "outlook.windows" in support.features["css-border-radius"].unknown_to
    assert "gmail.desktop-webmail" in support.features["css-at-media-prefers-color-scheme"].unknown_to
    assert not support.features["css-unit-px"].unknown_to
    for feature in support.features.values():
        assert {*feature.unknown_to, *feature.half_known_to} <= set(support.programs)


def test_of_several_releases_of_a_program_the_newest_that_was_tried_counts():
    whole = {
        "last_update_date": "2026-05-13 14:45:41 +0000",
        "data": [
            {
                "slug": "x",
                "title": " x ",
                "stats": {
                    "outlook": {"windows": {"2007": "y", "2019": "n #2"}},
                    "thunderbird": {"macos": {"78.5": "n", "102.11": "y"}},
                    "hey": {"desktop-webmail": {"2021-03": "n"}},
                },
                "notes_by_num": {"1": "Old.", "2": "New. "},
            }
        ],
    }
    (feature,) = json.loads(vendor.asked_for(json.dumps(whole).encode()))["features"]
    assert feature == {
        "slug": "x",
        "title": "x",
        "answers": {"outlook.windows": "n #2"},
        "notes": {"2": "New."},
    }

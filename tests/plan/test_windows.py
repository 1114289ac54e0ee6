"""From when to when each kind of edition looks."""

from __future__ import annotations

import pytest

from builder.plan.edition import contents_of
from tests.values import SETTINGS, at, library, sources

WEEK_OF_SERVICE = """\
programme:
- {date: 2026-06-08, until: 2026-06-10, what: The fair}
"""


@pytest.mark.parametrize(
    ("edition", "before", "since", "last"),
    [
        ("date: 2026-03-05\n", {}, "2026-02-02", "2026-03-05"),
        ("date: 2026-03-05 17:00\n", {}, "2026-02-02", "2026-03-05"),
        ("date: 2026-03-05\n", {"a": "date: 2026-02-26 08:00\n"}, "2026-02-26", "2026-03-05"),
        (
            "date: 2026-03-05\n",
            {"a": "date: 2026-02-26\n", "b": "date: 2026-03-03\nkind: daily\n"},
            "2026-02-26",
            "2026-03-05",
        ),
        (
            "date: 2026-03-05\n",
            {"a": "date: 2026-02-26\nkind: special\n", "b": "date: 2026-03-02\nkind: correction\n"},
            "2026-02-26",
            "2026-03-05",
        ),
        ("date: 2026-03-05\n", {"a": "date: 2026-02-26\nkind: day-after\n"}, "2026-02-26", "2026-03-05"),
        ("date: 2026-01-08\n", {"a": "date: 2026-01-06\nkind: yearbook\n"}, "2025-12-08", "2026-01-08"),
        (
            "date: 2026-03-05\nkind: special\ntags: [night]\n",
            {"a": "date: 2026-02-26\n"},
            "2025-03-07",
            "2026-03-05",
        ),
        ("date: 2026-10-06\nkind: daily\n", {"a": "date: 2026-10-05\n"}, "2026-10-06", "2026-10-06"),
        (
            "date: 2026-10-12\nkind: day-after\n",
            {
                "w": "date: 2026-10-01\n",
                "d0": "date: 2026-09-20\nkind: daily\n",
                "d1": "date: 2026-10-06\nkind: daily\n",
                "d2": "date: 2026-10-09\nkind: daily\n",
            },
            "2026-10-06",
            "2026-10-12",
        ),
        ("date: 2026-06-15\nkind: day-after\n", {"w": "date: 2026-06-12\n"}, "2026-06-08", "2026-06-15"),
        ("date: 2026-10-12\nkind: day-after\n", {"w": "date: 2026-10-09\n"}, "2026-10-05", "2026-10-12"),
        ("date: 2026-03-05\nkind: day-after\n", {"w": "date: 2026-02-26\n"}, "2026-02-26", "2026-03-05"),
        ("date: 2026-12-17\nkind: yearbook\n", {"w": "date: 2026-12-10\n"}, "2026-01-01", "2026-12-17"),
        ("date: 2026-01-07\nkind: yearbook\n", {}, "2025-01-01", "2025-12-31"),
    ],
)
def test_each_kind_looks_at_its_own_time(edition: str, before: dict[str, str], since: str, last: str):
    heads = {**before, "this": edition}
    editions: dict[str, str | bytes] = {f"{id}.md": f"---\n{head}---\nHello.\n" for id, head in heads.items()}
    given = sources(editions=editions, settings=SETTINGS + WEEK_OF_SERVICE)
    contents = contents_of(library(given, at("2026-12-31")))["this"]
    assert contents.since == at(since)
    assert contents.before
    assert contents.before > at(f"{last}T23:59")
    assert contents.before.date().toordinal() - 1 == at(last).date().toordinal()


def test_a_day_is_a_day_when_the_clocks_change():
    editions: dict[str, str | bytes] = {"d.md": "---\ndate: 2026-10-25\nkind: daily\n---\n"}
    contents = contents_of(library(sources(editions=editions), at("2026-12-31")))["d"]
    assert contents.since
    assert contents.before
    assert (contents.before.timestamp() - contents.since.timestamp()) / 3600 == 25

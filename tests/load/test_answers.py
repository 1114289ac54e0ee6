from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from builder.load.answers import Reader, date_order, rules_of
from builder.load.days import DAY_FIRST, MONTH_FIRST
from builder.load.headings import COMMENT, DATE, SCORE, TEAM, Header
from builder.model.survey import Answer
from builder.model.table import Refusal, Row, Table
from builder.problem import Trouble

HEADER = Header(
    row=1, names=("Date", "Score", "Team", "Comment"), columns={DATE: 0, SCORE: 1, TEAM: 2, COMMENT: 3}
)


def table(*rows: tuple[str, ...]) -> Table:
    made = [Row(number, row) for number, row in enumerate((HEADER.names, *rows), 1)]
    return Table(file="answers.csv", read_as="", rows=lambda: iter(made))


def read(
    *rows: tuple[str, ...], method: str = "nps", scale: tuple[int, int] | None = None
) -> list[Answer | Refusal]:
    rules = rules_of(method, scale)
    assert rules
    reader = Reader(
        rules=rules, header=HEADER, order=DAY_FIRST, zone=ZoneInfo("UTC"), teams={"kitchen": "kitchen"}
    )
    return list(reader.read(table(*rows)))


def group(score: str, method: str, scale: tuple[int, int] | None = None) -> str:
    found = read(("2026-03-05", score), method=method, scale=scale)[0]
    return found.group if isinstance(found, Answer) else found.reason


@pytest.mark.parametrize(
    ("method", "scale", "groups"),
    [
        (
            "nps",
            None,
            {
                "0": "detractors",
                "6": "detractors",
                "7": "passives",
                "8": "passives",
                "9": "promoters",
                "10": "promoters",
            },
        ),
        ("csat", None, {"1": "others", "3": "others", "4": "satisfied", "5": "satisfied"}),
        ("csat", (1, 7), {"5": "others", "6": "satisfied", "7": "satisfied"}),
        ("ces", None, {"1": "hard", "3": "hard", "4": "middling", "5": "easy", "7": "easy"}),
        ("ces", (1, 5), {"2": "hard", "3": "middling", "4": "easy"}),
        ("proportion", None, {"yes": "yes", "όχι": "no", "0": "no", "Ya": "yes", "خیر": "no"}),
        ("fcr", None, {"1": "resolved", "no": "others"}),
        ("mean", (1, 10), {"10": "10", "1": "1"}),
    ],
)
def test_a_score_is_counted_as_its_method_says(
    method: str, scale: tuple[int, int] | None, groups: dict[str, str]
):
    assert {score: group(score, method, scale) for score in groups} == groups


@pytest.mark.parametrize("method", ["rate", "count", "total", ""])
def test_what_is_not_answered_has_no_rules(method: str):
    assert rules_of(method, None) is None


@pytest.mark.parametrize(
    ("score", "meant"),
    [
        ("9.0", "promoters"),
        ("۹", "promoters"),
        ("9,0", "promoters"),
        ("9 - very likely", "promoters"),
        ("10 (certainly)", "promoters"),
    ],
)
def test_a_score_as_forms_write_it(score: str, meant: str):
    assert group(score, "nps") == meant


@pytest.mark.parametrize(
    ("score", "why"),
    [
        ("11", "outside 0 to 10"),
        ("-1", "outside 0 to 10"),
        ("4.5", "not a whole number"),
        ("", "blank"),
        ("-", "blank"),
        ("#N/A", "error of a formula"),
        ("=A1", "never worked out"),
        ("ten", "not a number"),
        ("90%", "not a number"),
        ("9 9 9 9", "outside|not a number"),
        ("1e9", "outside"),
    ],
)
def test_a_score_that_is_none_is_refused_and_never_repeated(score: str, why: str):
    found = read(("2026-03-05", score))[0]
    assert isinstance(found, Refusal)
    assert any(one in found.reason for one in why.split("|"))
    assert len(score) < 2 or score not in found.reason.replace("0 to 10", "")


def test_teams_and_comments_come_along():
    first, second, third = read(
        ("2026-03-05", "9", "KITCHEN", "  good "), ("2026-03-05", "9", "Zoo", "n/a"), ("2026-03-05", "9")
    )
    assert isinstance(first, Answer)
    assert (first.team, first.team_unknown, first.comment) == ("kitchen", False, "good")
    assert isinstance(second, Answer)
    assert (second.team, second.team_unknown, second.comment) == ("", True, "")
    assert isinstance(third, Answer)
    assert (third.team, third.team_unknown) == ("", False)


def test_rows_of_nothing_are_passed_over_and_ragged_ones_refused():
    found = read(("", "", "", ""), (), ("2026-03-05", "9", "", "slow", " but kind"), HEADER.names)
    assert [one.row for one in found] == [4, 5]
    assert all(isinstance(one, Refusal) for one in found)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["01/02/2026", "13/02/2026"], DAY_FIRST),
        (["01/02/2026", "02/13/2026"], MONTH_FIRST),
        (["2026-02-01", "02/02/2026"], DAY_FIRST),
        ([], DAY_FIRST),
    ],
)
def test_the_order_of_dates_is_told_by_all_of_them(dates: list[str], order: str):
    assert date_order(table(*((one, "9") for one in dates)), HEADER) == order


@pytest.mark.parametrize("dates", [["01/02/2026"], ["13/02/2026", "02/13/2026"]])
def test_an_order_that_cannot_be_told_is_asked(dates: list[str]):
    rows = table(*((one, "9") for one in dates))
    with pytest.raises(Trouble, match="first"):
        date_order(rows, HEADER)
    assert date_order(rows, HEADER, MONTH_FIRST) == MONTH_FIRST

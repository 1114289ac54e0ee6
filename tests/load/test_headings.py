from __future__ import annotations

import pytest

from builder.load.headings import COMMENT, DATE, RESPONDENT, SCORE, TEAM, find
from builder.model.table import Row, Table
from builder.problem import Trouble

ROLES = (RESPONDENT, DATE, COMMENT, TEAM, SCORE)


def table(*rows: str) -> Table:
    made = [Row(number, tuple(row.split("|"))) for number, row in enumerate(rows, 1)]
    return Table(file="answers.csv", read_as="", rows=lambda: iter(made))


def columns(*rows: str, **named: str) -> dict[str, int]:
    return dict(
        find(table(*rows, "1|2026-03-05|9|x|y"), ROLES, named, {SCORE: ("outpatient-nps", "Σύσταση")}).columns
    )


@pytest.mark.parametrize(
    "header",
    [
        "Respondent ID|End Date|NPS score|Comments|Department",
        "Response_ID|Timestamp|How likely are you to recommend us to a friend?|Reason for your score|Ward",
        "شناسه|تاريخ ثبت|امتياز|نظر|بخش",
        "شناسهٔ پاسخ‌دهنده|زمان|چقدر احتمال دارد ما را توصیه کنید؟|توضیحات|تیم",
        "Κωδικός|Ημερομηνία υποβολής|ΒΑΘΜΟΛΟΓΊΑ|Σχόλια:|Τμήμα",
        "ID responden|Tarikh|Skor|Ulasan|Jabatan",
        "participant|submitted at|OUTPATIENT-NPS|remarks|unit",
        "id|date|ΣΥΣΤΑΣΗ|why|team",
    ],
)
def test_columns_are_found_by_words_in_four_languages(header: str):
    assert columns(header) == {RESPONDENT: 0, DATE: 1, SCORE: 2, COMMENT: 3, TEAM: 4}


def test_the_end_of_answering_is_meant_where_its_beginning_stands_too():
    assert columns("Start Date|End Date|Rating")[DATE] == 1


def test_a_column_that_was_named_is_taken_whatever_else_is_there():
    assert columns("Date|Rating|Mood", score="mood")[SCORE] == 2
    assert columns("Date|Rating|Mood", score="3")[SCORE] == 2


def test_a_sentence_in_a_row_of_answers_is_no_header():
    found = find(
        table("zq|2026-03-05|9|the feedback of the team", "zq|2026-03-06|8|a rating"),
        ROLES,
        {"score": "3"},
        {},
    )
    assert (found.row, found.columns[SCORE]) == (0, 2)


def test_titles_above_the_header_are_passed_over():
    found = find(table("Our survey", "", "Date|Score", "2026-03-05|9"), ROLES, {}, {})
    assert (found.row, dict(found.columns)) == (3, {DATE: 0, SCORE: 1})


@pytest.mark.parametrize(
    ("rows", "named", "words"),
    [
        (["Date|Score|Score", "a|b|c"], {}, "more than one column"),
        (["Date|Score", "a|b"], {"score": "Skore"}, "no column `Skore`"),
        (["Date|Score", "a|b"], {"score": "9"}, "no column `9`"),
        (["Date|Score"], {}, "no rows below"),
        ([], {}, "nothing stands"),
    ],
)
def test_what_cannot_be_told_is_asked(rows: list[str], named: dict[str, str], words: str):
    with pytest.raises(Trouble, match=words):
        find(table(*rows), ROLES, named, {})

"""Which column of a table is which, by the words above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from builder.load.figures import number
from builder.model.table import Row, Table
from builder.problem import Level, Problem, Trouble, guess

SCORE, DATE, COMMENT, TEAM, RESPONDENT = "score", "date", "comment", "team", "respondent"
PERIOD, VALUE, N, MEASURE = "period", "value", "n", "metric"

_ROOM_ABOVE = 40
"""Rows in which the header is looked for: titles, dates of export and blank rows may stand above it."""

_FOLDED = str.maketrans("يىكۀة", "ییکهه")


def _words(text: str) -> tuple[str, ...]:
    return tuple(folded(one) for one in text.split("; "))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Words as they are compared: no case, accents, marks or unseen joiners.

    >>> folded("Βαθμολογία:"), folded("Overall_Score")
    ('βαθμολογια', 'overall score')
    """
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf").translate(_FOLDED)
    taken = unicodedata.normalize("NFKD", seen)
    letters = "".join(one for one in taken if not unicodedata.combining(one)).casefold().replace("ς", "σ")
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


HEADINGS: Mapping[str, tuple[str, ...]] = {
    RESPONDENT: _words(
        "respondent id; response id; respondent; participant id; participant; submission id; id; response; "
        "شناسه پاسخ‌دهنده; پاسخ‌دهنده; شناسه; کد; "
        "κωδικός ερωτώμενου; ερωτώμενος; κωδικός απάντησης; κωδικός; "
        "id responden; responden; nombor responden; id respons"
    ),
    DATE: _words(
        "completion time; completed at; completed; end date; submitted at; submitted; submit date; date submitted; "
        "timestamp; response date; recorded date; date; date and time; day; start time; start date; created; created at; time; "
        "زمان ثبت; تاریخ ثبت; تاریخ پاسخ; تاریخ; زمان; "
        "ημερομηνία υποβολής; χρονική σήμανση; χρονοσφραγίδα; ημερομηνία; ημ νία; ώρα; "
        "cap masa; tarikh hantar; tarikh; masa"
    ),
    COMMENT: _words(
        "comment; comments; feedback; remarks; remark; reason; why; verbatim; free text; anything else; suggestions; "
        "نظر; نظرات; توضیح; توضیحات; بازخورد; دیدگاه; پیشنهاد; دلیل; "
        "σχόλιο; σχόλια; παρατηρήσεις; αιτιολογία; γιατί; "
        "komen; ulasan; maklum balas; catatan; cadangan; sebab"
    ),
    TEAM: _words(
        "team; department; unit; ward; branch; group; division; "
        "تیم; بخش; واحد; گروه; شعبه; "
        "ομάδα; τμήμα; μονάδα; υποκατάστημα; "
        "pasukan; jabatan; bahagian; unit kerja; cawangan"
    ),
    SCORE: _words(
        "nps; csat; ces; nps score; csat score; score; rating; rate; grade; mark; marks; points; stars; answer; satisfied; satisfaction; "
        "how likely; how satisfied; how easy; "
        "امتیاز; نمره; رتبه; رضایت; پاسخ; چقدر احتمال دارد; "
        "βαθμολογία; βαθμός; σκορ; αξιολόγηση; ικανοποίηση; απάντηση; πόσο πιθανό; πόσο ικανοποιημένος; "
        "skor; markah; penilaian; rating bintang; kepuasan; jawapan; sejauh mana; sejauh manakah"
    ),
    PERIOD: _words("period; quarter; month; year; week; دوره; فصل; ماه; سال; περίοδος; τρίμηνο; μήνας; έτος; tempoh; suku tahun; bulan; tahun"),
    VALUE: _words("value; amount; figure; result; total; مقدار; عدد; نتیجه; τιμή; αποτέλεσμα; σύνολο; nilai; jumlah; hasil"),
    N: _words("n; answers; responses; respondents; sample; count; تعداد; πλήθος; απαντήσεις; bilangan; respons"),
    MEASURE: _words("metric; measure; indicator; kpi; شاخص; سنجه; δείκτης; μέτρηση; metrik; petunjuk; ukuran"),
}  # fmt: skip
"""The words above columns in English, Persian, Greek and Malay, of each kind the surest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The row in which the columns are named (0: there is none), and the column of each role that was found, from 0."""

    row: int
    names: tuple[str, ...]
    columns: Mapping[str, int]


def find(
    table: Table, roles: Sequence[str], named: Mapping[str, str], also: Mapping[str, Sequence[str]]
) -> Header:
    """The header of `table`, and which column has each of `roles`.

    `named` are columns that somebody named, by their words or their number from 1; `also` more words for a role.
    Raises Trouble where a named column is not there, where two could be meant, or where the table has no row below.
    """
    head = [row for row in islice(table.rows(), _ROOM_ABOVE) if any(cell.strip() for cell in row.cells)]
    if not head:
        raise _lacking(table.file, "nothing stands in this table", "Look into it, and export it once more.")
    wanted = {folded(name) for name in named.values() if not name.isdigit()}
    best = max(head, key=lambda row: (_told(row, roles, wanted, also), -row.number))
    there = _told(best, roles, wanted, also) > 0
    header = best if there else Row(0, ())
    names = tuple(" ".join(one.split()) for one in header.cells)
    columns: dict[str, int] = {}
    for role, name in named.items():
        columns[role] = _named(table.file, name, names, max(len(row.cells) for row in head))
    for role, column in _by_words(table.file, names, roles, set(columns.values()), also):
        columns.setdefault(role, column)
    if there and not any(row.number > header.number for row in head):
        raise _lacking(
            table.file,
            "this table has a header and no rows below it",
            "Look into it, and export it once more.",
        )
    return Header(row=header.number, names=names, columns=columns)


def _lacking(file: str, message: str, mend: str) -> Trouble:
    return Trouble(Problem(code="table", level=Level.ERROR, file=file, message=message, mend=mend))


def no_column(file: str, role: str, header: Header, mend: str = "") -> Trouble:
    """What to say where a role that is needed has no column."""
    shown = ", ".join(f"`{name}`" for name in header.names[:12] if name)
    return Trouble(
        Problem(
            code="table-column",
            level=Level.ERROR,
            file=file,
            message=f"no column is called {role}, or anything like it"
            + (f"; there are {shown}" if shown else ", and no row names the columns"),
            mend=mend or f"Name it, or give its number:  --{role} 3",
        )
    )


def _told(row: Row, roles: Sequence[str], wanted: set[str], also: Mapping[str, Sequence[str]]) -> int:
    """How surely a row is the header: a role is told by short words, not by a sentence that somebody wrote, and no number
    stands among them."""
    cells = [folded(cell) for cell in row.cells if len(cell) < 200]
    if any(number(cell) is not None for cell in row.cells) and not wanted:
        return 0
    told = sum(any(_rank(cell, role, also) for cell in cells if cell) for role in roles)
    return (
        told + 10 * len(wanted & set(cells))
        if len([one for one in cells if one]) > 1 or told or wanted
        else 0
    )


def _rank(cell: str, role: str, also: Mapping[str, Sequence[str]]) -> int:
    """How surely a heading (folded) has this role: 0 is not at all."""
    known = (*map(folded, also.get(role, ())), *HEADINGS[role])
    if cell in known:
        return 1000 - known.index(cell)
    inside = f" {cell} "
    for index, words in enumerate(known):
        if len(words) > 2 and f" {words} " in inside:
            return 500 - index
    return 0


def _by_words(
    file: str, names: Sequence[str], roles: Sequence[str], taken: set[int], also: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, int]]:
    """Each column has one role at most: the one of which it is surest, and of equals the first."""
    best: dict[str, list[tuple[int, int]]] = {}
    for column, name in enumerate(names):
        if column in taken or not name:
            continue
        ranked = [(_rank(folded(name), role, also), -index, role) for index, role in enumerate(roles)]
        exact = [one for one in ranked if one[0] > 500]
        rank, order, role = max(exact) if exact else max(ranked, key=lambda one: (one[0] > 0, one[1]))
        del order
        if rank:
            best.setdefault(role, []).append((rank, column))
    for role, found in best.items():
        top = max(rank for rank, _ in found)
        columns = [column for rank, column in found if rank == top]
        if len(columns) > 1 and role in (SCORE, DATE, RESPONDENT, VALUE, PERIOD):
            shown = " and ".join(f"`{names[one]}` (column {one + 1})" for one in columns[:4])
            raise Trouble(
                Problem(
                    code="table-column",
                    level=Level.ERROR,
                    file=file,
                    message=f"more than one column could be the {role}: {shown}",
                    mend=f"Say which:  --{role} {columns[0] + 1}",
                )
            )
        yield role, columns[0]


def _named(file: str, name: str, names: Sequence[str], width: int) -> int:
    known = [folded(one) for one in names]
    if folded(name) in known and folded(name):
        return known.index(folded(name))
    if name.isdecimal() and 1 <= int(name) <= width:
        return int(name) - 1
    raise Trouble(
        Problem(
            code="table-column",
            level=Level.ERROR,
            file=file,
            message=f"there is no column `{name}`",
            mend="Write the words above the column, or its number, counted from 1.",
            guess=guess(name, [one for one in names if one]),
        )
    )

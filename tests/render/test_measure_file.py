from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.desk.import_survey import put_in
from builder.load.measure_files import read_measure_file
from builder.model.measure_file import MeasureFile
from builder.model.sources import SourceFile
from builder.model.survey import Change, Round, State
from builder.plan.measure_changes import of_rounds
from builder.problem import Trouble
from builder.render.measure_file import expected, with_readings

HEAD = "# a note at the top\nname: Meals # said so\nmethod: csat\n"
FLOW = (
    "readings:\n"
    "  # the first year\n"
    "  - {period: 2025-01, counts: {satisfied: 4, others: 1}} # cards\n"
    "\n"
    "  - {period: 2025-03, counts: {satisfied: 5, others: 2}, invited: 30}\n"
    "# the end\n"
)
BLOCK = (
    "readings:\n"
    "- period: 2025-01   # January\n"
    "  counts: {satisfied: 4, others: 1} # cards\n"
    "  # about whom we asked\n"
    "  invited: 30\n"
    "  segments: # by team\n"
    "    - {team: kitchen, counts: {satisfied: 1, others: 1}} # small\n"
    "\n"
    "- counts:\n"
    "    satisfied: 5\n"
    "    others: 2\n"
    "  period: 2025-03\n"
    "target: 85\n"
)


def file(text: str | bytes) -> MeasureFile:
    data = text.encode() if isinstance(text, str) else text
    return read_measure_file(SourceFile(path="stories/metrics/meals.yaml", data=data))


def one(period: str, satisfied: int, others: int, **segments: tuple[int, int]) -> Round:
    return Round(
        period=period,
        counts={"satisfied": satisfied, "others": others},
        segments={team: {"satisfied": good, "others": bad} for team, (good, bad) in segments.items()},
    )


def put(text: str | bytes, *rounds: Round, **invited: int) -> str:
    """The file with these rounds in it, proved to say what it should and to change nothing at a second time."""
    measure = file(text)
    wanted = {period.replace("_", "-").removeprefix("in-"): number for period, number in invited.items()}
    changes = [change for change in of_rounds(measure, rounds, wanted) if change.state is not State.SAME]
    data = with_readings(measure, changes)
    again = file(data)
    assert again.data == expected(measure, changes)
    assert all(change.state is State.SAME for change in of_rounds(again, rounds, wanted))
    return data.decode()


def kept(before: str, after: str) -> list[str]:
    """The lines of before that are gone."""
    left = after.splitlines()
    return [line for line in before.splitlines() if line not in left]


@pytest.mark.parametrize("text", [FLOW, BLOCK])
@pytest.mark.parametrize("period", ["2024-12", "2025-02", "2025-04"])
def test_a_new_reading_goes_to_its_place_in_time_and_nothing_else_moves(text: str, period: str):
    after = put(HEAD + text, one(period, 7, 3))
    assert kept(HEAD + text, after) == []
    periods = [reading["period"] for reading in yaml.load(after, Loader=yaml.BaseLoader)["readings"]]
    assert periods == sorted(periods)
    assert after.count(period) == 1


def test_counts_written_anew_keep_the_remark_behind_them():
    after = put(HEAD + FLOW, one("2025-01", 9, 9))
    assert "  - {period: 2025-01, counts: {satisfied: 9, others: 9}} # cards\n" in after
    after = put(HEAD + BLOCK, one("2025-01", 9, 9, kitchen=(3, 3)))
    assert "  counts: {satisfied: 9, others: 9} # cards\n" in after
    assert [line for line in HEAD.splitlines() if line not in after] == []
    for remark in ("# January", "# about whom we asked", "# by team", "# small"):
        assert after.count(remark) == 1


def test_teams_of_other_counts_are_taken_out_when_no_team_is_known():
    after = put(HEAD + BLOCK, one("2025-01", 9, 9))
    assert "kitchen" not in after
    assert "# small" in after
    assert "invited: 30" in after


def test_invited_is_written_where_it_was_not():
    after = put(HEAD + BLOCK, one("2025-03", 5, 2), in_2025_03=40)
    assert yaml.safe_load(after)["readings"][1]["invited"] == 40


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        f"{HEAD}readings:\n",
        f"{HEAD}readings: # a line per period\n#  - {{period: 2026-03}}\n",
        f"{HEAD}\n\n",
        HEAD.rstrip("\n"),
    ],
)
def test_the_first_reading_of_all(text: str):
    after = put(text, one("2025-02", 1, 2), one("2025-01", 3, 4))
    assert kept(text, after) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("readings: []", "readings:"),
        ("readings: [ ]  ", "readings:"),
        ("readings:  []   # none yet: [] \t", "readings:   # none yet: [] \t"),
        ("'readings' : []", "'readings' :"),
        ("readings: []\n\n# the end\ntarget: 85 # []", "readings:\n{}\n\n# the end\ntarget: 85 # []"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_brackets_with_nothing_in_them_are_a_list_that_begins(before: str, after: str, end: str):
    items = (
        "  - {period: 2025-01, counts: {satisfied: 3, others: 4}}\n"
        "  - {period: 2025-02, counts: {satisfied: 1, others: 2}}"
    )
    wanted = after.replace("{}", items) if "{}" in after else f"{after}\n{items}"
    made = put(f"{HEAD}{before}\n".replace("\n", end), one("2025-02", 1, 2), one("2025-01", 3, 4))
    assert made == f"{HEAD}{wanted}\n".replace("\n", end)


def test_readings_that_nothing_speaks_of_go_before_the_end_of_the_document():
    made = put(f"---\n{HEAD}...\n", one("2025-01", 3, 4))
    assert (
        made == f"---\n{HEAD}readings:\n  - {{period: 2025-01, counts: {{satisfied: 3, others: 4}}}}\n...\n"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{HEAD}readings: [\n  # none yet\n]\n", "no line can be added"),
        (f"{HEAD}readings: &all []\n", "no line can be added"),
        ("{name: Meals, method: csat, readings: []}\n", "no line can be added"),
        ("{name: Meals, method: csat}\n", "cannot be put at its end"),
        (" name: Meals\n method: csat\n", "cannot be put at its end"),
        (f"{HEAD}goal: |+\n  To be warm.\n\n\n", "cannot be put at its end"),
    ],
)
def test_what_cannot_be_filled_in_without_harm_is_refused(text: str, says: str):
    measure = file(text)
    with pytest.raises(Trouble, match=says):
        put_in(measure, of_rounds(measure, [one("2025-01", 3, 4)], {}), replace=False)


def test_line_ends_and_the_mark_at_the_beginning_stay():
    data = b"\xef\xbb\xbf" + (HEAD + FLOW).replace("\n", "\r\n").encode()
    measure = file(data)
    after = with_readings(measure, of_rounds(measure, [one("2025-02", 1, 2)], {}))
    assert after.startswith(b"\xef\xbb\xbf#")
    assert after.count(b"\r\n") == after.count(b"\n") == data.count(b"\n") + 1


@pytest.mark.parametrize(
    "readings", ["[{period: 2025-01, counts: {satisfied: 4, others: 1}}]", "{a: b}", "words"]
)
def test_what_is_written_otherwise_is_left_alone(readings: str):
    with pytest.raises(Trouble, match="no line can be added"):
        file(f"{HEAD}readings: {readings}\n")


quarters = st.sampled_from([f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)])
counted = st.integers(0, 400)
rounds = st.lists(
    st.builds(
        lambda period, good, bad, teams: one(period, good, bad, **teams),
        quarters,
        counted,
        counted,
        st.dictionaries(st.sampled_from(["kitchen", "stores"]), st.tuples(counted, counted)),
    ),
    unique_by=lambda found: found.period,
    max_size=6,
)


@given(rounds, rounds, st.sampled_from([FLOW, BLOCK, "", "readings:\n", "readings: [] # so far\n"]))
def test_whatever_is_put_in_one_after_another_is_said_and_every_remark_stays(
    first: Any, second: Any, text: str
):
    before = HEAD + text
    after = put(put(before, *first), *second)
    remarks = [line[line.index("# ") :] for line in before.splitlines() if "# " in line]
    assert [remark for remark in remarks if remark not in after] == []


def test_a_change_that_is_none_writes_nothing():
    measure = file(HEAD + FLOW)
    same = Change(period="2025-01", state=State.SAME, before={}, after={})
    assert with_readings(measure, [same]) == measure.raw

"""Work spread over processes."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from builder.cli.world import spread_over
from builder.problem import Level, Problem, Trouble

PROBLEM = Problem(code="picture", level=Level.ERROR, file="a.jpg", message="it is broken", mend="Mend it.")

forks = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")


@pytest.mark.parametrize("jobs", [None, 1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 65, 4500])
def test_results_come_in_the_order_of_their_items(jobs: int | None, count: int):
    assert list(spread_over(jobs)(str, range(count))) == [str(number) for number in range(count)]


@forks
def test_a_process_is_followed_by_a_fresh_one_and_the_first_item_is_done_here():
    here, *others = spread_over(2)(lambda item: os.getpid(), range(6001))
    assert here == os.getpid()
    thirds = [set(others[start : start + 2000]) for start in (0, 2000, 4000)]
    assert all(1 <= len(some) <= 2 for some in thirds)
    assert len(set.union(*thirds)) == sum(map(len, thirds))


@forks
def test_a_trouble_in_another_process_is_one_here():
    def fail(item: int) -> int:
        if item == 3:
            raise Trouble(PROBLEM)
        return item

    with pytest.raises(Trouble, match="it is broken") as caught:
        list(spread_over(2)(fail, range(5)))
    assert caught.value.problem.file == "a.jpg"


@forks
def test_a_process_that_is_ended_from_outside_is_told_of_in_plain_words():
    here = os.getpid()

    def end(item: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(Trouble, match="ended from outside") as caught:
        list(spread_over(2)(end, range(5)))
    assert caught.value.problem.code == "process-ended"

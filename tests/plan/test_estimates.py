"""Scores and their doubt: golden values, witnesses, and how often an interval holds the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import comb, sqrt
from statistics import NormalDist

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from builder.model.estimate import Interval, Standing
from builder.plan import estimates


def test_two_standard_errors_are_not_quite_two():
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-15) == estimates.Z


def ends(interval: Interval) -> tuple[float, float]:
    return round(interval.low, 1), round(interval.high, 1)


@pytest.mark.parametrize(
    ("answers", "score", "interval"),
    [
        ((10, 8, 2), 40.0, (6.9, 62.7)),
        ((50, 30, 20), 30.0, (14.1, 44.2)),
        ((250, 150, 100), 30.0, (23.0, 36.6)),
        ((5, 0, 0), 100.0, (17.5, 100.0)),
        ((0, 7, 0), 0.0, (-24.0, 24.0)),
    ],
)
def test_a_net_promoter_score_says_its_doubt(
    answers: tuple[int, int, int], score: float, interval: tuple[float, float]
):
    one = estimates.net_promoter(*answers)
    assert (one.score, ends(one.interval), one.n) == (score, interval, sum(answers))


@pytest.mark.parametrize(("n", "half"), [(50, 22), (100, 15), (200, 11), (400, 8), (1000, 5)])
def test_the_doubt_of_a_net_promoter_score_shrinks_with_the_answers(n: int, half: int):
    of_half = estimates.net_promoter(n // 2, n - n // 2 - n // 5, n // 5)
    interval = of_half.interval
    assert (interval.high - interval.low) / 2 == pytest.approx(half, abs=1)


@pytest.mark.parametrize(
    ("before", "after", "difference", "interval", "clear"),
    [
        ((50, 30, 20), (58, 26, 16), 11.7, (-9.3, 32.6), False),
        ((250, 150, 100), (290, 130, 80), 11.9, (2.5, 21.4), True),
    ],
)
def test_a_change_of_a_net_promoter_score_is_clear_or_is_not(
    before: tuple[int, int, int],
    after: tuple[int, int, int],
    difference: float,
    interval: tuple[float, float],
    clear: bool,
):
    change = estimates.net_promoter_change(before, after)
    assert (round(change.difference, 1), ends(change.interval), change.is_clear) == (
        difference,
        interval,
        clear,
    )


@pytest.mark.parametrize(
    ("of_them", "n", "interval"),
    [
        (50, 100, (40.4, 59.6)),
        (18, 20, (69.9, 97.2)),
        (10, 10, (72.2, 100.0)),
        (0, 8, (0.0, 32.4)),
        (412, 480, (82.4, 88.7)),
    ],
)
def test_a_share_says_its_doubt(of_them: int, n: int, interval: tuple[float, float]):
    one = estimates.share(of_them, n)
    assert (one.score, ends(one.interval)) == (100 * of_them / n, interval)


def test_a_share_agrees_with_statsmodels():
    for n in range(1, 60):
        for of_them in range(n + 1):
            interval = estimates.share(of_them, n).interval
            low, high = proportion_confint(of_them, n, method="wilson")
            assert (interval.low, interval.high) == pytest.approx((100 * low, 100 * high), abs=1e-9)


def test_a_change_of_a_share_agrees_with_statsmodels():
    for before in ((18, 20), (50, 100), (0, 9), (7, 7)):
        for after in ((12, 20), (61, 100), (3, 11), (9, 9)):
            interval = estimates.share_change(before, after).interval
            low, high = confint_proportions_2indep(*after, *before, method="newcomb")
            assert (interval.low, interval.high) == pytest.approx((100 * low, 100 * high), abs=1e-9)


# ---- How often an interval holds the truth: by adding up every outcome, not by drawing some ----------------------------


RATES = [step / 200 for step in range(1, 200)]


def coverage(n: int, rate: float) -> float:
    """The chance that the interval of `n` answers holds a true share."""
    return sum(
        comb(n, of_them) * rate**of_them * (1 - rate) ** (n - of_them)
        for of_them in range(n + 1)
        if estimates.share(of_them, n).interval.holds(100 * rate)
    )


@pytest.mark.parametrize("n", [10, 20, 50, 100, 200])
def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says(n: int):
    held = [coverage(n, rate) for rate in RATES]
    assert 0.94 <= sum(held) / len(held) <= 0.97


def outcomes(n: int, for_it: float, against: float) -> Iterator[tuple[int, int, float]]:
    """Every count of promoters and detractors among `n`, with its chance."""
    rest = 1 - for_it - against
    for promoters in range(n + 1):
        for detractors in range(n - promoters + 1):
            ways = comb(n, promoters) * comb(n - promoters, detractors)
            yield (
                promoters,
                detractors,
                ways * for_it**promoters * against**detractors * rest ** (n - promoters - detractors),
            )


@pytest.mark.parametrize("n", [10, 20, 50])
def test_the_interval_of_a_net_promoter_score_holds_the_truth_as_often_as_it_says(n: int):
    intervals = {
        (promoters, detractors): estimates.net_promoter(
            promoters, n - promoters - detractors, detractors
        ).interval
        for promoters in range(n + 1)
        for detractors in range(n - promoters + 1)
    }
    held = []
    for tenths in range(1, 10):
        for others in range(1, 10 - tenths):
            for_it, against = tenths / 10, others / 10
            held.append(
                sum(
                    chance
                    for promoters, detractors, chance in outcomes(n, for_it, against)
                    if intervals[promoters, detractors].holds(100 * (for_it - against))
                )
            )
    assert 0.94 <= sum(held) / len(held) <= 0.97


# ---- Against a target ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "interval", "target", "up", "expected"),
    [
        (92, Interval(88, 95), 85, True, Standing.MET),
        (92, Interval(88, 95), 90, True, Standing.UNCERTAIN),
        (60, Interval(51, 68), 80, True, Standing.MISSED),
        (78, Interval(77, 79), 80, True, Standing.NEAR),
        (40, Interval(38, 42), 45, False, Standing.MET),
        (50, Interval(48, 52), 45, False, Standing.MISSED),
        (46, None, 45, False, Standing.NEAR),
        (45, None, 45, False, Standing.MET),
        (9, Interval(9, 9), 9, True, Standing.MET),
    ],
)
def test_a_score_stands_where_nobody_can_dispute_it(
    score: float, interval: Interval | None, target: float, up: bool, expected: Standing
):
    assert estimates.standing(score, interval, target, up=up) is expected


def test_a_plain_interval_would_not_do():
    """What the adjusted interval is for: the plain one holds the truth too seldom where few answered."""

    def plain(promoters: int, detractors: int, n: int) -> Interval:
        net = (promoters - detractors) / n
        reach = estimates.Z * sqrt(((promoters + detractors) / n - net * net) / n)
        return Interval(100 * (net - reach), 100 * (net + reach))

    assert held(plain) < 0.85
    assert (
        held(
            lambda promoters, detractors, n: (
                estimates.net_promoter(promoters, n - promoters - detractors, detractors).interval
            )
        )
        > 0.92
    )


def held(interval: Callable[[int, int, int], Interval], n: int = 5) -> float:
    return sum(
        chance
        for promoters, detractors, chance in outcomes(n, 0.7, 0.1)
        if interval(promoters, detractors, n).holds(60)
    )

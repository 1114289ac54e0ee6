"""How sure a score is, how sure a change is, and where a score stands against its target.

Every interval is of 95 %. Scores are in points of 100 (shares and net promoter scores) or in the unit of the measure
(means). Formulas are a few lines each, and tests hold them against SciPy and statsmodels.
"""

from __future__ import annotations

from functools import cache
from math import atan, cos, inf, pi, sin, sqrt

from builder.model.estimate import Change, Estimate, Interval, Standing

Z = 1.959963984540054
"""How many standard errors lie on either side of a score: the normal distribution is below it in 97.5 of 100 cases."""

NEAR = 0.05
"""How far short of its target a score may fall and still be near it, as a share of the target's distance from zero."""


# ---- Net promoter score ---------------------------------------------------------------------------------------------


def net_promoter(promoters: int, passives: int, detractors: int) -> Estimate:
    """The net promoter score 100 (P - D) / n (Reichheld 2003), with the adjusted-Wald interval of Rocks 2016.

    The interval is that of three answers more, a promoter, a passive and a detractor of three quarters each and three
    quarters left over: plain Wald intervals cover 55 to 87 % at n = 5, these 92 to 96 %. It is not centred on the score.
    Raises ZeroDivisionError when nobody answered.

    >>> one = net_promoter(50, 30, 20)
    >>> one.score, round(one.interval.low, 1), round(one.interval.high, 1)
    (30.0, 14.1, 44.2)
    """
    n = promoters + passives + detractors
    score, variance = _net(promoters, detractors, n)
    return Estimate(100 * (promoters - detractors) / n, _around(score, variance, -100, 100), n)


def net_promoter_change(before: tuple[int, int, int], after: tuple[int, int, int]) -> Change:
    """The difference of two adjusted scores, (promoters, passives, detractors) each, from independent samples.

    >>> round(net_promoter_change((50, 30, 20), (58, 26, 16)).difference, 1)
    11.7
    """
    first, first_variance = _net(before[0], before[2], sum(before))
    second, second_variance = _net(after[0], after[2], sum(after))
    return Change(second - first, _around(second - first, first_variance + second_variance, -200, 200))


def _net(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Adjusted score in points, and its variance in points squared."""
    for_it, against = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    net = for_it - against
    return 100 * net, 100**2 * (for_it + against - net * net) / (n + 3)


# ---- Shares ---------------------------------------------------------------------------------------------------------


def share(of_them: int, n: int) -> Estimate:
    """100 k / n with the interval of Wilson 1927, for shares of all kinds: satisfied, yes, resolved at first contact.

    Raises ZeroDivisionError when nobody answered.

    >>> one = share(18, 20)
    >>> one.score, round(one.interval.low, 1), round(one.interval.high, 1)
    (90.0, 69.9, 97.2)
    """
    low, high = _wilson(of_them, n)
    return Estimate(100 * of_them / n, Interval(100 * low, 100 * high), n)


def share_change(before: tuple[int, int], after: tuple[int, int]) -> Change:
    """The difference of two shares, (k, n) each, in points, by the square-and-add of Wilson limits: Newcombe 1998, method 10."""
    (first_low, first_high), (second_low, second_high) = _wilson(*before), _wilson(*after)
    first, second = before[0] / before[1], after[0] / after[1]
    difference = second - first
    low = difference - sqrt((second - second_low) ** 2 + (first_high - first) ** 2)
    high = difference + sqrt((second_high - second) ** 2 + (first - first_low) ** 2)
    return Change(100 * difference, Interval(100 * low, 100 * high))


def _wilson(of_them: int, n: int) -> tuple[float, float]:
    rate = of_them / n
    middle = rate + Z * Z / (2 * n)
    reach = Z * sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n))
    whole = 1 + Z * Z / n
    # At the ends the two terms are equal, and their difference is not quite nothing in floating point.
    low = 0.0 if of_them == 0 else (middle - reach) / whole
    high = 1.0 if of_them == n else (middle + reach) / whole
    return low, high


# ---- Means ----------------------------------------------------------------------------------------------------------


def mean(value: float, spread: float, n: int) -> Estimate:
    """A mean of `n` answers whose standard deviation is `spread`, with Student's interval (Gosset 1908).

    Of one answer nothing is known of the spread, and the interval is without end.
    """
    reach = student(n - 1) * spread / sqrt(n) if n > 1 else inf
    return Estimate(value, Interval(value - reach, value + reach), n)


def mean_change(before: tuple[float, float, int], after: tuple[float, float, int]) -> Change:
    """The difference of two means, (mean, standard deviation, n) each, by Welch 1947: their spreads may differ.

    Degrees of freedom are rounded down, so the interval errs to the wide side by a hair.
    """
    (first, first_spread, first_n), (second, second_spread, second_n) = before, after
    difference = second - first
    if min(first_n, second_n) < 2:
        return Change(difference, Interval(-inf, inf))
    one, two = first_spread**2 / first_n, second_spread**2 / second_n
    if one + two == 0:
        return Change(difference, Interval(difference, difference))
    freedom = (one + two) ** 2 / (one**2 / (first_n - 1) + two**2 / (second_n - 1))
    reach = student(int(freedom)) * sqrt(one + two)
    return Change(difference, Interval(difference - reach, difference + reach))


def of_answers(counts: dict[int, int]) -> tuple[float, float, int]:
    """(mean, standard deviation, n) of answers on a scale: how many gave each mark.

    >>> of_answers({1: 1, 3: 1})
    (2.0, 1.4142135623730951, 2)
    """
    n = sum(counts.values())
    middle = sum(mark * times for mark, times in counts.items()) / n
    squares = sum(times * (mark - middle) ** 2 for mark, times in counts.items())
    return middle, sqrt(squares / (n - 1)) if n > 1 else 0.0, n


_MANY = 500
"""From here on Student's distribution is the normal one, corrected, to seven digits."""


@cache
def student(freedom: int) -> float:
    """How many standard errors lie on either side at 95 % with `freedom` degrees of freedom, at least 1.

    By halving the distance of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4, which is exact for whole degrees; for many,
    by their 26.7.5.

    >>> round(student(1), 3), round(student(9), 3), round(student(1_000_000), 3)
    (12.706, 2.262, 1.96)
    """
    if freedom >= _MANY:
        return Z + (Z**3 + Z) / (4 * freedom) + (5 * Z**5 + 16 * Z**3 + 3 * Z) / (96 * freedom**2)
    low, high = 0.0, 16.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 0.95 else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """The share of Student's distribution between -t and t."""
    angle = atan(t / sqrt(freedom))
    if freedom == 1:
        return 2 * angle / pi
    square = cos(angle) ** 2
    odd = freedom % 2
    term = total = cos(angle) if odd else 1.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= square * (step - 1) / step
        total += term
    return 2 * (angle + sin(angle) * total) / pi if odd else sin(angle) * total


# ---- Against a target -----------------------------------------------------------------------------------------------


def standing(
    score: float, interval: Interval | None, target: float, *, up: bool, near: float | None = None
) -> Standing:
    """Where a score stands against its target; `up` says that more is better, `near` from which score on it is near it.

    With an interval the target must lie outside it for anybody to say that it was met or missed. Without one (a full count
    and not a sample) the score itself says. Where nothing else is said, a score that falls short by no more than a twentieth of the
    target is near it.
    """
    if interval is not None and interval.holds(target) and interval.low < interval.high:
        return Standing.UNCERTAIN
    short = target - score if up else score - target
    if short <= 0:
        return Standing.MET
    allowed = NEAR * abs(target) if near is None else abs(target - near)
    return Standing.NEAR if short <= allowed else Standing.MISSED


# ---- How many answered ----------------------------------------------------------------------------------------------


def response_rate(answered: int, invited: int, undelivered: int = 0) -> float:
    """The share of those whom the question reached that answered: n / (invited - bounced), from 0 to 1.

    Raises ZeroDivisionError where it reached nobody.
    """
    return answered / (invited - undelivered)


def strict_response_rate(
    answered: int, *, partial: int, refused: int, not_reached: int, other: int, unknown: int
) -> float:
    """RR1 = I / ((I + P) + (R + NC + O) + (UH + UO)): AAPOR, Standard Definitions, 10th edition, 2023.

    The lowest of its six: who answered in part did not answer, and all of whom nothing is known count as asked.

    >>> round(strict_response_rate(500, partial=20, refused=80, not_reached=300, other=10, unknown=90), 3)
    0.5
    """
    return answered / (answered + partial + refused + not_reached + other + unknown)


def _around(middle: float, variance: float, least: float, most: float) -> Interval:
    reach = Z * sqrt(variance)
    return Interval(max(least, middle - reach), min(most, middle + reach))

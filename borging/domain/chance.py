"""Telling a difference from chance, and how two series go together.

Everything here is counted out in full: the same answers always give the same number. Chances
are fractions, so that a tie is a tie.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import atanh, comb, lcm, sqrt, tanh
from statistics import NormalDist, correlation

LEAST_ANSWERS = 6
"""Answers to one factor from which a difference between two rounds may be called more than
chance. With five against five the smallest chance is 2 in 252, which ten factors make 0.08."""
ALPHA = Fraction(1, 20)
"""Adjusted chance up to and including which a difference is more than chance."""
CONFIDENCE = 0.95


def permutation_chance(
    points: Mapping[str, float | Decimal], before: Mapping[str, int], after: Mapping[str, int]
) -> Fraction:
    """Return the chance of a difference in means at least as large, in either direction.

    All answers are divided in every possible way over two groups of the sizes found. A split
    counts when its means differ as much as those observed, or more. `before` and `after` hold
    the answers per level, `points` what a level is worth. Splits are counted per level, not
    per person: hundreds of answers cost no more than a few thousand steps.

    Raises:
        ValueError: one of the groups has no answers.
    """
    size, whole = sum(before.values()), sum(before.values()) + sum(after.values())
    if not 0 < size < whole:
        raise ValueError("Een van beide rondes heeft geen antwoorden.")
    worth = _whole_numbers(points)
    pooled: Counter[int] = Counter()
    for group in (before, after):
        for level, answers in group.items():
            pooled[worth[level]] += answers
    expected = size * sum(value * answers for value, answers in pooled.items())
    observed = abs(whole * sum(worth[x] * n for x, n in before.items()) - expected)
    levels = sorted(pooled.items())
    half = len(levels) // 2
    rest = {taken: _summed(ways) for taken, ways in _ways(levels[half:]).items()}
    as_far = 0
    for taken, ways in _ways(levels[:half]).items():
        if (other := rest.get(size - taken)) is None:
            continue
        totals, below = other
        for total, number in ways.items():
            # The split lies as far out when whole × (total + other) is ≤ low or ≥ high.
            low = (expected - observed) // whole - total
            high = -((-expected - observed) // whole) - total
            left, right = bisect_right(totals, low), bisect_left(totals, high)
            inside = below[right] - below[left] if right > left else 0
            as_far += number * (below[-1] - inside)
    return Fraction(as_far, comb(whole, size))


def _whole_numbers(points: Mapping[str, float | Decimal]) -> dict[str, int]:
    """Return points as whole multiples of their smallest common part."""
    exact = {level: Fraction(str(value)) for level, value in points.items()}
    unit = lcm(*(value.denominator for value in exact.values()))
    return {level: int(value * unit) for level, value in exact.items()}


def _ways(levels: Sequence[tuple[int, int]]) -> dict[int, dict[int, int]]:
    """Return how often each sum occurs: people taken → points together → number of ways."""
    found: dict[int, dict[int, int]] = {0: {0: 1}}
    for value, answers in levels:
        wider: dict[int, dict[int, int]] = {}
        choices = [comb(answers, more) for more in range(answers + 1)]
        for taken, sums in found.items():
            for more, ways in enumerate(choices):
                target = wider.setdefault(taken + more, {})
                for total, number in sums.items():
                    together = total + more * value
                    target[together] = target.get(together, 0) + number * ways
        found = wider
    return found


def _summed(ways: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Return the sums in order, and the number of ways below each (one more than the sums)."""
    totals = sorted(ways)
    return totals, [0, *accumulate(ways[total] for total in totals)]


def holm(chances: Sequence[Fraction | None]) -> list[Fraction | None]:
    """Return chances adjusted for testing them together, in the same order.

    None (not tested) stays None and still counts as one of the comparisons, so that leaving
    factors out makes nothing easier.
    """
    order = sorted((p, i) for i, p in enumerate(chances) if p is not None)
    adjusted: list[Fraction | None] = [None] * len(chances)
    reached = Fraction(0)
    for place, (chance, index) in enumerate(order):
        reached = max(reached, min(Fraction(1), (len(chances) - place) * chance))
        adjusted[index] = reached
    return adjusted


@dataclass(frozen=True)
class RankCorrelation:
    """How two series go together: rho from −1 to 1, over n pairs.

    low and high: the 95 % interval; None where it cannot be given (fewer than four pairs, or
    a perfect order, for which the approximation has no width).
    """

    rho: float
    n: int
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 'no connection'."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def mid_ranks(values: Sequence[float]) -> list[float]:
    """Return the place of each value from 1; equal values share the middle of their places."""
    ordered = sorted(values)
    return [(bisect_left(ordered, x) + 1 + bisect_right(ordered, x)) / 2 for x in values]


def rank_interval(rho: float, n: int) -> RankCorrelation:
    """Return a rank correlation with its 95 % interval.

    Source: Fisher's transformation with the variance (1 + rho²/2) / (n − 3) of Bonett and
    Wright, Psychometrika 65 (2000). An approximation; it is usual from about ten pairs on.
    """
    if n < 4 or abs(rho) >= 1 - 1e-12:
        return RankCorrelation(max(-1.0, min(1.0, rho)), n, None, None)
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * sqrt((1 + rho**2 / 2) / (n - 3))
    return RankCorrelation(rho, n, tanh(atanh(rho) - reach), tanh(atanh(rho) + reach))


def spearman(xs: Sequence[float], ys: Sequence[float]) -> RankCorrelation | None:
    """Return the rank correlation of pairs; None when a series never varies or has no pair."""
    if len(xs) < 2 or min(xs) == max(xs) or min(ys) == max(ys):
        return None
    return rank_interval(correlation(mid_ranks(xs), mid_ranks(ys)), len(xs))

"""From letters to scores: the only place where points of answers are added up.

Points are exact decimals and means are fractions; what leaves as a `float` is the nearest one to
the exact value, so equal scores stay equal and 55 points are never less than 55. 'Weet ik niet'
(None) lowers the n of that factor. A total exists only when every factor has a mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isqrt, sqrt

from borging.domain.instruments import Factor, Instrument, Threshold


@dataclass(frozen=True)
class FactorScore:
    """The answers to one factor, aggregated.

    Attributes:
        counts: answers per letter.
    """

    factor: Factor
    counts: dict[str, int]

    @cached_property
    def n(self) -> int:
        """Answers that count."""
        return sum(self.counts.values())

    @cached_property
    def exact(self) -> Fraction | None:
        """Points on average, exactly; None without answers."""
        if not self.n:
            return None
        points = sum(self.factor.points[letter] * n for letter, n in self.counts.items())
        return Fraction(points) / self.n

    @property
    def mean(self) -> float | None:
        """Points on average."""
        return _float(self.exact)

    @property
    def percent(self) -> float | None:
        """Mean as a percentage of the maximum, 0–100."""
        return share_of(self.exact, self.factor.maximum)

    @property
    def potential(self) -> float | None:
        """Points that can still be won."""
        return None if self.exact is None else float(Fraction(self.factor.maximum) - self.exact)

    @property
    def spread(self) -> int | None:
        """Highest minus lowest level rank, 0–3 (naar Doyle 2013); None below two answers."""
        ranks = [self.factor.rank(letter) for letter, count in self.counts.items() if count]
        return max(ranks) - min(ranks) if self.n > 1 else None


@dataclass(frozen=True)
class ScanScore:
    """One scan, aggregated.

    Attributes:
        n: responses.
        sd: sample standard deviation of the totals of complete responses, in points; None when
            it cannot or may not be given.
    """

    n: int
    factors: tuple[FactorScore, ...]
    sd: float | None

    @cached_property
    def exact(self) -> Fraction | None:
        """Sum of the factor means, exactly; None unless every factor has a mean."""
        means = [score.exact for score in self.factors]
        known = [mean for mean in means if mean is not None]
        return sum(known, Fraction()) if known and len(known) == len(means) else None

    @property
    def total(self) -> float | None:
        """Sum of the factor means in points."""
        return _float(self.exact)

    def percent_of(self, instrument: Instrument) -> float | None:
        """Return the total as a percentage of the highest total, 0–100."""
        return share_of(self.exact, instrument.maximum)

    def reaches(self, threshold: Threshold) -> bool:
        """Return whether the total is at or above the cut-off; False without a total."""
        return threshold.reached(self.exact)


@dataclass(frozen=True)
class Deviation:
    """Sums over the totals of complete responses, from which their deviation follows.

    Attributes:
        n: complete responses.
        total: sum of their totals, in parts of a point (see `Instrument.parts`).
        squares: sum of the squares of their totals.
        parts: parts in a point.
    """

    n: int
    total: int
    squares: int
    parts: int

    @property
    def points(self) -> float | None:
        """Sample standard deviation in points; None below two responses."""
        return None if self.n < 2 else sqrt(Fraction(*self._variance)) / self.parts

    @property
    def tenths(self) -> int | None:
        """The same in tenths of a point, rounded half up without floating point."""
        if self.n < 2:
            return None
        above, below = self._variance
        return (isqrt(400 * above // (below * self.parts**2)) + 1) // 2

    @property
    def _variance(self) -> tuple[int, int]:
        return self.n * self.squares - self.total**2, self.n * (self.n - 1)


def share_of(points: Fraction | None, maximum: Decimal) -> float | None:
    """Return points as a percentage of a maximum; None stays None."""
    return None if points is None else float(100 * points / Fraction(maximum))


def _float(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)


def counted(factor: Factor, given: Mapping[str, int]) -> FactorScore:
    """Score a factor from its counted answers; letters that are left out have none."""
    return FactorScore(
        factor, {level.letter: given.get(level.letter, 0) for level in factor.levels}
    )


def part_points(instrument: Instrument) -> tuple[dict[str, int], ...]:
    """Return the points of each letter per factor, in whole parts of a point."""
    return tuple(
        {letter: int(points * instrument.parts) for letter, points in factor.points.items()}
        for factor in instrument.factors
    )


def deviation(instrument: Instrument, responses: Sequence[Mapping[str, str | None]]) -> Deviation:
    """Return the sums over the complete responses."""
    points = part_points(instrument)
    totals = []
    for response in responses:
        letters = [response.get(factor.id) for factor in instrument.factors]
        own = [worth[x] for worth, x in zip(points, letters, strict=True) if x is not None]
        if len(own) == len(letters):
            totals.append(sum(own))
    squares = sum(total**2 for total in totals)
    return Deviation(len(totals), sum(totals), squares, instrument.parts)


def score(instrument: Instrument, responses: Sequence[Mapping[str, str | None]]) -> ScanScore:
    """Score the responses of one scan; each maps factor id to a letter or None."""
    factors = tuple(
        counted(factor, Counter(x for r in responses if (x := r.get(factor.id)) is not None))
        for factor in instrument.factors
    )
    return ScanScore(len(responses), factors, deviation(instrument, responses).points)

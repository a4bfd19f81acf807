"""From letters to scores. Points are means over the people who answered a factor.

'Weet ik niet' (None) lowers the n of that factor. A total exists only when every factor has
a mean; the standard deviation is the sample one over complete answers, None below two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import stdev

from borging.domain.instruments import Factor, Instrument


@dataclass(frozen=True)
class FactorScore:
    """The answers to one factor, aggregated.

    counts: answers per letter. n: answers other than 'weet ik niet'. mean: points, None when
    n is 0. percent: mean as a percentage of the maximum, 0–100. spread: highest minus lowest
    level rank, 0–3 (naar Doyle 2013), None with fewer than two answers.
    """

    factor: Factor
    counts: dict[str, int]

    @property
    def n(self) -> int:
        """Answers that count."""
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        """Points on average."""
        if not self.n:
            return None
        return sum(self.factor.points[x] * count for x, count in self.counts.items()) / self.n

    @property
    def percent(self) -> float | None:
        """Mean as a percentage of the maximum."""
        mean = self.mean
        return None if mean is None else 100 * mean / self.factor.maximum

    @property
    def potential(self) -> float | None:
        """Points that can still be won."""
        mean = self.mean
        return None if mean is None else self.factor.maximum - mean

    @property
    def spread(self) -> int | None:
        """Distance between the best and the worst level chosen."""
        ranks = [self.factor.rank(letter) for letter, count in self.counts.items() if count]
        return max(ranks) - min(ranks) if self.n > 1 else None


@dataclass(frozen=True)
class ScanScore:
    """One scan, aggregated. n: responses. total and sd in points, None when not to be given."""

    n: int
    factors: tuple[FactorScore, ...]
    sd: float | None

    @property
    def total(self) -> float | None:
        """Sum of the factor means."""
        means = [score.mean for score in self.factors]
        known = [mean for mean in means if mean is not None]
        return sum(known) if known and len(known) == len(means) else None


def response_total(instrument: Instrument, answers: Mapping[str, str | None]) -> float | None:
    """Return the points of one complete response; None when any factor is not answered."""
    letters = [(factor, answers.get(factor.id)) for factor in instrument.factors]
    if any(letter is None for _, letter in letters):
        return None
    return sum(factor.points[letter] for factor, letter in letters if letter is not None)


def score(instrument: Instrument, responses: Sequence[Mapping[str, str | None]]) -> ScanScore:
    """Score the responses of one scan; each maps factor id to a letter or None."""
    factors = []
    for factor in instrument.factors:
        given = Counter(letter for r in responses if (letter := r.get(factor.id)) is not None)
        counts = {level.letter: given.get(level.letter, 0) for level in factor.levels}
        factors.append(FactorScore(factor, counts))
    totals = [t for r in responses if (t := response_total(instrument, r)) is not None]
    sd = stdev(totals) if len(totals) > 1 else None
    return ScanScore(n=len(responses), factors=tuple(factors), sd=sd)

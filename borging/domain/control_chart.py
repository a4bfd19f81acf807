"""A series of compliance checks: what is chance, and what is change.

A check counts how often something was done in a sample. Up to eleven checks there is a line at
their median. From the twelfth on the first twelve are the baseline: their mean (all that was
done, of all that was looked at) is the centre, and each check has limits of its own at three
standard deviations for its sample, within 0 and 1. The baseline does not move when more checks
come, so that a later change shows against it and does not pull its own limits along.

Three rules tell change from chance:

- one check outside its limits;
- eight in a row on the same side of the centre;
- six in a row that each rise, or each fall.

A check on the centre, or equal to the one before it, counts for nothing and ends no row. The
third rule needs no limits and holds from the first checks on.

A p-chart supposes that nothing but the sample makes the checks differ. Where checks that follow
each other differ half as much again as that explains (very large samples, other circumstances
each time), the limits are widened by that much after Laney. A baseline in which all or nothing
was done gives no spread to make limits of.

Small samples: with an expected five or fewer of either kind in a sample the limits are rough.
Simulated: of series of 24 unchanged checks of ten, at 90 %, one in six comes outside once, and
one in six has a row of eight. A signal asks to look again; it proves nothing.

Source: L.P. Provost and S.K. Murray, The Health Care Data Guide, 2011, the first three of their
five rules and at least 12 points for first limits; D.B. Laney, Improved control charts for
attributes, Quality Engineering 14(4), 2002. Status: uit geheugen. That the first twelve stay the
baseline and that limits are widened from one and a half on: eigen keuze.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import mean, median

from borging.domain.terms import Term

LIMITS_FROM = 12
"""Checks in the baseline, and from which on there are limits."""
SAME_SIDE = 8
SAME_WAY = 6
"""Checks in a row that make a signal."""
WIDENED_FROM = 1.5
"""Times the spread that the sample explains, between neighbours, from which on Laney is used."""
ROUGH_UP_TO = 5
"""Expected number of either kind in a sample up to which limits are rough."""
DEVIATIONS = 3
MEAN_RANGE = 2 / math.sqrt(math.pi)
"""Mean distance between two draws of a normal distribution, in standard deviations: 1.128."""


class Method(Term):
    """What stands behind the line of a chart."""

    RUN = "run", "lijn op de mediaan"
    P = "p", "p-kaart"
    LANEY = "laney", "p-kaart, verbreed volgens Laney"
    NO_SPREAD = "no_spread", "geen spreiding"


class Rule(Term):
    """What tells change from chance."""

    OUTSIDE = "outside", "buiten de grens"
    SIDE = "side", "8 op rij aan één kant"
    WAY = "way", "6 op rij één kant op"


class ImpossibleCheckError(ValueError):
    """A check cannot be; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Check:
    """How often something was done (compliant) of how often was looked (sample, from 1)."""

    on: date
    sample: int
    compliant: int

    def __post_init__(self) -> None:
        """Refuse a sample of nothing, and more done than looked at.

        Raises:
            ImpossibleCheckError: the numbers cannot be.
        """
        if self.sample < 1:
            raise ImpossibleCheckError("Een controle van niets is geen controle: kijk minstens 1×.")
        if not 0 <= self.compliant <= self.sample:
            raise ImpossibleCheckError(
                f"{self.compliant} keer zo gedaan van {self.sample} keer gekeken kan niet."
            )

    @property
    def share(self) -> float:
        """Part that was done, 0 to 1."""
        return self.compliant / self.sample


@dataclass(frozen=True)
class Signal:
    """What chance hardly explains. first, last: places of checks, both included. count: checks
    that make it, without those between that count for nothing.
    """

    rule: Rule
    upward: bool
    first: int
    last: int
    count: int = 1

    @property
    def words(self) -> str:
        """The signal in a few words."""
        if self.rule == Rule.OUTSIDE:
            return "boven de grens" if self.upward else "onder de grens"
        if self.rule == Rule.SIDE:
            return f"{self.count} op rij {'boven' if self.upward else 'onder'} het midden"
        return f"{self.count} op rij {'stijgend' if self.upward else 'dalend'}"


@dataclass(frozen=True)
class ControlChart:
    """checks: oldest first. centre: None without a check. limits: lower and upper of each check,
    () where there are none. widened: times the limits are wider than the sample explains. rough:
    the samples are so small that chance comes outside more often.
    """

    checks: tuple[Check, ...]
    method: Method
    centre: float | None
    limits: tuple[tuple[float, float], ...]
    widened: float
    rough: bool
    signals: tuple[Signal, ...]

    @property
    def missing(self) -> int:
        """Checks to go until there are limits."""
        return max(0, LIMITS_FROM - len(self.checks))

    @property
    def newest_signals(self) -> tuple[Signal, ...]:
        """The signals that the newest check is part of."""
        return tuple(each for each in self.signals if each.last == len(self.checks) - 1)

    @property
    def falls(self) -> bool:
        """Whether the newest check says that it is done less."""
        return any(not each.upward for each in self.newest_signals)


def control_chart(checks: Sequence[Check]) -> ControlChart:
    """Judge a series of checks, in any order."""
    series = tuple(sorted(checks, key=lambda each: each.on))
    shares = [each.share for each in series]
    ways = _rows(
        [_sign(now - before) for before, now in pairwise(shares)], SAME_WAY - 1, Rule.WAY, longer=1
    )
    if len(series) < LIMITS_FROM:
        centre = median(shares) if shares else None
        return ControlChart(series, Method.RUN, centre, (), 1, False, tuple(ways))
    baseline = series[:LIMITS_FROM]
    centre = sum(c.compliant for c in baseline) / sum(c.sample for c in baseline)
    sides = _rows([_sign(share - centre) for share in shares], SAME_SIDE, Rule.SIDE)
    if centre in (0, 1):
        found = _in_order([*sides, *ways])
        return ControlChart(series, Method.NO_SPREAD, centre, (), 1, False, found)
    between = _spread_between(baseline, centre)
    method = Method.LANEY if between >= WIDENED_FROM else Method.P
    widened = between if method == Method.LANEY else 1
    limits = tuple(_limits(each, centre, widened) for each in series)
    outside = [
        Signal(Rule.OUTSIDE, share > upper, place, place)
        for place, (share, (lower, upper)) in enumerate(zip(shares, limits, strict=True))
        if not lower <= share <= upper
    ]
    rough = any(each.sample * min(centre, 1 - centre) <= ROUGH_UP_TO for each in series)
    found = _in_order([*outside, *sides, *ways])
    return ControlChart(series, method, centre, limits, widened, rough, found)


def _deviation(check: Check, centre: float) -> float:
    """Return the standard deviation of a share in a sample of this size."""
    return math.sqrt(centre * (1 - centre) / check.sample)


def _limits(check: Check, centre: float, widened: float) -> tuple[float, float]:
    room = DEVIATIONS * _deviation(check, centre) * widened
    return max(0.0, centre - room), min(1.0, centre + room)


def _spread_between(checks: Sequence[Check], centre: float) -> float:
    """Return how much neighbours differ, in times of what their samples explain."""
    scores = [(each.share - centre) / _deviation(each, centre) for each in checks]
    return mean(abs(now - before) for before, now in pairwise(scores)) / MEAN_RANGE


def _sign(difference: float) -> int:
    if math.isclose(difference, 0, abs_tol=1e-9):
        return 0
    return 1 if difference > 0 else -1


def _rows(signs: Sequence[int], least: int, rule: Rule, longer: int = 0) -> list[Signal]:
    """Return the rows of the same sign that are long enough; zeros neither count nor end one.

    longer: how many checks a row has more than signs.
    """
    found, row = [], list[int]()
    for place, sign in [*enumerate(signs), (len(signs), None)]:
        if sign == 0:
            continue
        if row and sign != signs[row[0]]:
            if len(row) >= least:
                upward, last, count = signs[row[0]] > 0, row[-1] + longer, len(row) + longer
                found.append(Signal(rule, upward, row[0], last, count))
            row = []
        row.append(place)
    return found


def _in_order(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    return tuple(sorted(signals, key=lambda each: (each.last, list(Rule).index(each.rule))))

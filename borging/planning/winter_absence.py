"""Sick leave per drawn winter and week, as a share (0–1) of the contract hours.

The base is the third quarter of the sector, when there is no flu. On top of it comes what belongs
to the season, and in an epidemic week the winter excess × the intensity of the season. Never lay
these on a base that holds a winter already: that counts it twice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from borging.planning.winters import Winters


class AbsenceError(ValueError):
    """Sick leave that cannot be; the message is a Dutch sentence."""


def absence_shares(
    winters: Winters,
    base: float,
    winter_excess: float,
    *,
    season: Sequence[float] = (),
    changes: Sequence[float] = (),
    seed: int,
) -> np.ndarray:
    """Return draws × weeks: the share (0–1) of the hours that falls away.

    Args:
        winters: where and how high the epidemic weeks lie.
        base: sick leave of the third quarter of the sector, share 0–1.
        winter_excess: extra per epidemic week of mean intensity, share 0–1.
        season: extra per week, whether epidemic or not, share 0–1; none is 0 in every week.
        changes: recorded changes of the third quarter on that of the year before, shares. One
            of these is drawn per winter, less their mean: they spread the base and do not move
            it. Without changes the base is the same in every draw.
        seed: of the changes.

    Raises:
        AbsenceError: a share that is not between 0 and 1.
    """
    if not 0 <= base < 1:
        raise AbsenceError("Het verzuim ligt tussen 0 en 100 %.")
    if not 0 <= winter_excess < 1:
        raise AbsenceError("De opslag per griepweek ligt tussen 0 en 100 procentpunt.")
    bases = np.full(winters.drawn.shape, base)
    if changes:
        steps = np.asarray(changes, dtype=float)
        bases += np.random.default_rng(seed).choice(steps - steps.mean(), bases.shape)
    shares = bases[:, winters.winter] + winter_excess * winters.intensity
    if len(season):
        shares += np.asarray(season, dtype=float)
    return np.clip(shares, 0.0, 1.0)

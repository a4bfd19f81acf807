"""Where what is asked does not fit in what there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

FULL = 1.0
"""Load from which on, it excluded, a function is overloaded."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Overload:
    """Weeks in a row in which a function is asked more than it has.

    first, last, worst: Mondays; first and last both belong to it. share: load in the worst week,
    infinite where there are no hours at all. hours: short over all weeks together.
    """

    function_id: int
    first: pd.Timestamp
    last: pd.Timestamp
    worst: pd.Timestamp
    share: float
    hours: float


def load(demand: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """Return asked ÷ available: 1.0 is full. Nothing asked is 0; asked of nothing is infinite."""
    asked, there = demand.to_numpy(float), supply.to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(asked > 0, asked / there, 0.0)
    return pd.DataFrame(shares, index=demand.index, columns=demand.columns)


def shortage(demand: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """Return the hours per week that are asked and not there; 0 where it fits."""
    return (demand - supply).clip(lower=0)


def is_over(share: float) -> bool:
    """Say whether a load is more than full."""
    return share > FULL + ROUNDING


def overloads(demand: pd.DataFrame, supply: pd.DataFrame) -> list[Overload]:
    """Return every run of overloaded weeks; the one that is short of most hours first."""
    shares, short = load(demand, supply), shortage(demand, supply)
    weeks = pd.DatetimeIndex(shares.columns)
    found = []
    for function, row in zip(shares.index.tolist(), shares.to_numpy(), strict=True):
        over = np.concatenate(([False], row > FULL + ROUNDING, [False]))
        turns = np.flatnonzero(over[1:] != over[:-1])
        for start, stop in zip(turns[::2], turns[1::2], strict=True):
            worst = int(start + np.argmax(row[start:stop]))
            found.append(
                Overload(
                    int(function),
                    weeks[start],
                    weeks[stop - 1],
                    weeks[worst],
                    float(row[worst]),
                    float(short.loc[function].iloc[start:stop].sum()),
                )
            )
    return sorted(found, key=lambda each: (-each.hours, each.first, each.function_id))

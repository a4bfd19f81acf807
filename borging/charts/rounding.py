"""Numbers of a figure, rounded as they are shown: a figure carries no digits that nobody sees."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import isnan

from borging.domain.wording import rounded


def as_shown(values: Iterable[float | Decimal | None], decimals: int = 1) -> list[float | None]:
    """Return values rounded for a figure; None and NaN become None."""
    return [None if value is None or isnan(value) else rounded(value, decimals) for value in values]


def shares(counts: Iterable[int], whole: Iterable[int]) -> list[float]:
    """Return each count as a share of its whole, 0 where the whole is 0."""
    return [round(n / of, 4) if of else 0.0 for n, of in zip(counts, whole, strict=True)]

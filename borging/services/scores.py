"""Scores of many projects at once, as tables. The scoring itself is that of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.scoring import FactorScore, ScanScore, counted
from borging.services.wording import rounded


def factor_scores(scans: pd.DataFrame, definition: Instrument) -> pd.DataFrame:
    """Return the scans with mean (points) and percent (of the factor's maximum, 0–100).

    `scans` is what `borging.store.queries.scans.newest_scans` gives: one row is one project
    and factor. Both are NaN where a factor has no answers to show.
    """
    scored = scans.copy()
    found = _scored(scans, definition)
    scored["mean"] = pd.Series([each.mean for each in found], scans.index, dtype="float64")
    scored["percent"] = pd.Series([each.percent for each in found], scans.index, dtype="float64")
    return scored


def project_totals(scans: pd.DataFrame, definition: Instrument) -> pd.DataFrame:
    """Return one row per measured project, indexed by project_id; `scans` as `factor_scores`.

    Columns: total (points) and percent (of the maximum; both NaN unless every factor has a
    mean), reaches (whether the total is at or above the cut-off), n (responses), scanned_on,
    kind.
    """
    totals = scans.groupby("project_id").agg(
        n=("responses", "first"), scanned_on=("scanned_on", "first"), kind=("kind", "first")
    )
    factors: dict[int, list[FactorScore]] = {}
    for project_id, each in zip(scans["project_id"], _scored(scans, definition), strict=True):
        factors.setdefault(project_id, []).append(each)
    whole = len(definition.factors)
    found = {
        project_id: ScanScore(0, tuple(own) if len(own) == whole else (), None)
        for project_id, own in factors.items()
    }
    scored = [found[project_id] for project_id in totals.index]
    totals.insert(0, "total", pd.Series([s.total for s in scored], totals.index, dtype="float64"))
    percents = [s.percent_of(definition) for s in scored]
    totals["percent"] = pd.Series(percents, totals.index, dtype="float64")
    totals["reaches"] = pd.Series(
        [s.reaches(definition.threshold) for s in scored], totals.index, dtype=bool
    )
    return totals


def as_shown(table: pd.DataFrame, columns: Sequence[str], decimals: int = 1) -> pd.DataFrame:
    """Return a table with some columns rounded, as the screen writes them."""
    return table.assign(
        **{
            name: [each if isnan(each) else rounded(each, decimals) for each in table[name]]
            for name in columns
        }
    ).astype(dict.fromkeys(columns, "float64"))


def _scored(scans: pd.DataFrame, definition: Instrument) -> list[FactorScore]:
    """Return the score of each row; equal counts of one factor share one object."""
    letters = definition.letters
    known = {factor.id: factor for factor in definition.factors}
    made: dict[tuple[str | int, ...], FactorScore] = {}
    found = []
    for key in zip(scans["factor"], *(scans[letter] for letter in letters), strict=True):
        if key not in made:
            counts = dict(zip(letters, map(int, key[1:]), strict=True))
            made[key] = counted(known[key[0]], counts)
        found.append(made[key])
    return found

"""Scores of many projects at once, as tables. The scoring itself is that of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.scoring import FactorScore, ScanScore, counted
from borging.domain.wording import rounded


def with_scores(scans: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Return the scans with their scores; one row is one project and factor.

    Args:
        scans: what `borging.store.queries.scans.newest_scans` gives.
        definition: instrument of the scans.

    Returns:
        The scans with mean (points) and percent (of the factor's maximum, 0–100), both NaN where
        a factor has no answers to show; and on every row of a project its total (points) and
        total_percent (of the maximum), both NaN unless every factor has a mean, and reaches
        (whether the total is at or above the cut-off).
    """
    found = _scored(scans, instrument)
    factors: dict[int, list[FactorScore]] = {}
    for project_id, each in zip(scans["project_id"], found, strict=True):
        factors.setdefault(project_id, []).append(each)
    whole = len(instrument.factors)
    totals = {}
    for project_id, own in factors.items():
        scan = ScanScore(0, tuple(own) if len(own) == whole else (), None)
        reaches = scan.reaches(instrument.threshold)
        totals[project_id] = scan.total, scan.percent_of(instrument), reaches
    of_rows = [totals[project_id] for project_id in scans["project_id"]]
    columns: dict[str, tuple[list[Any], type]] = {
        "mean": ([each.mean for each in found], float),
        "percent": ([each.percent for each in found], float),
        "total": ([total for total, _, _ in of_rows], float),
        "total_percent": ([percent for _, percent, _ in of_rows], float),
        "reaches": ([reaches for _, _, reaches in of_rows], bool),
    }
    return scans.assign(
        **{name: pd.Series(values, scans.index, dtype) for name, (values, dtype) in columns.items()}
    )


def project_totals(scored: pd.DataFrame) -> pd.DataFrame:
    """Return one row per measured project, indexed by project_id, in that order.

    Args:
        scored: what `with_scores` gives, for all projects or some.

    Returns:
        Columns total, n (responses), scanned_on, kind, percent (of the maximum) and reaches.
    """
    first = scored.drop_duplicates("project_id").set_index("project_id").sort_index()
    first = first[["total", "responses", "scanned_on", "kind", "total_percent", "reaches"]]
    return first.rename(columns={"responses": "n", "total_percent": "percent"})


def as_shown(table: pd.DataFrame, columns: Sequence[str], decimals: int = 1) -> pd.DataFrame:
    """Return a table with some columns rounded, as the screen writes them."""
    return table.assign(
        **{
            name: [each if isnan(each) else rounded(each, decimals) for each in table[name]]
            for name in columns
        }
    ).astype(dict.fromkeys(columns, "float64"))


def _scored(scans: pd.DataFrame, instrument: Instrument) -> list[FactorScore]:
    """Return the score of each row; equal counts of one factor share one object."""
    letters = instrument.letters
    known = {factor.id: factor for factor in instrument.factors}
    made: dict[tuple[str | int, ...], FactorScore] = {}
    found = []
    for key in zip(scans["factor"], *(scans[letter] for letter in letters), strict=True):
        if key not in made:
            counts = dict(zip(letters, map(int, key[1:]), strict=True))
            made[key] = counted(known[key[0]], counts)
        found.append(made[key])
    return found

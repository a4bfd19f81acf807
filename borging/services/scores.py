"""Scores of many projects at once, from the counted answers per level."""

from __future__ import annotations

import pandas as pd

from borging.domain.instruments import Instrument


def factor_scores(scans: pd.DataFrame, definition: Instrument) -> pd.DataFrame:
    """Return the scans with mean (points) and percent (of the factor's maximum, 0–100).

    `scans` is what `borging.store.queries.scans.newest_scans` gives: one row is one project
    and factor. Both are NaN where a factor has no answers to show.
    """
    scored = scans.copy()
    points = sum(
        scans[letter].astype(float)
        * scans["factor"].map({f.id: f.points[letter] for f in definition.factors}).astype(float)
        for letter in (level.letter for level in definition.factors[0].levels)
    )
    answers = scans["n"].astype(float)
    maximum = scans["factor"].map({f.id: f.maximum for f in definition.factors}).astype(float)
    scored["mean"] = (points / answers.where(answers > 0)).astype(float)
    scored["percent"] = 100 * scored["mean"] / maximum
    return scored


def project_totals(scored: pd.DataFrame, definition: Instrument) -> pd.DataFrame:
    """Return one row per measured project, indexed by project_id.

    Columns: total (points; NaN unless every factor has a mean), n (responses), scanned_on,
    kind.
    """
    groups = scored.groupby("project_id")
    totals = groups.agg(
        total=("mean", "sum"),
        factors=("mean", "count"),
        n=("responses", "first"),
        scanned_on=("scanned_on", "first"),
        kind=("kind", "first"),
    )
    totals["total"] = totals["total"].where(totals["factors"] == len(definition.factors))
    return totals.drop(columns="factors")

"""How are the projects spread over the scores of the scan, per factor and in total?

The unit is one project: this counts projects and never adds them up to one score of an
organisation, nor puts teams in order. Percentages are of a factor's maximum, 0–100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.terms import ScanKind
from borging.domain.wording import count, day, number, percent
from borging.services import scores, stages

TOTAL = "total"
CLASSES = (10, 5)
"""Into how many classes of equal width the percentages are divided: wide, and on a phone."""
QUARTILES_FROM = 4
"""Projects from which quartiles say more than the projects themselves."""

PERCENTS = ("lowest", "quarter", "median", "three_quarters", "highest")


@dataclass(frozen=True)
class SpreadView:
    """How many projects stand where.

    table: one row per factor in fixed order and last the total (see `spread_table`), in whole
    percents as shown. classes:
    per number of classes a frame with the same rows; columns are lower edges in per cent, cells
    numbers of projects; a class holds its lower edge and only the last its upper edge.
    """

    finding: str
    note: str
    in_words: str
    empty: bool
    table: pd.DataFrame
    classes: dict[int, pd.DataFrame]


def view(projects: pd.DataFrame, scans: pd.DataFrame, instrument: Instrument) -> SpreadView:
    """Count the projects shown; `scans` as `scores.with_scores` gives them."""
    own = scans[scans["project_id"].isin(projects["id"])]
    percents = by_project(own, instrument)
    table = spread_table(percents, instrument)
    stopped = ~projects["state"].isin(stages.ACTIVE)
    over = int((stopped & projects["id"].isin(own["project_id"])).sum())
    return SpreadView(
        finding=finding(table, len(percents), over),
        note=_note(own, len(percents), projects, over, instrument),
        in_words="; ".join(_in_words(row) for row in table.to_dict("records")),
        empty=percents.empty,
        table=scores.as_shown(table, PERCENTS, 0),
        classes={classes: _counted(percents, classes) for classes in CLASSES},
    )


def by_project(scans: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Return per cent of the maximum; rows project ids, columns factor ids and TOTAL.

    NaN where a project shows no score. The total is one only where every factor has a score.
    """
    factors = [factor.id for factor in instrument.factors]
    wide = scans.pivot(index="project_id", columns="factor", values="percent")
    wide = wide.reindex(columns=factors).astype("float64")
    wide[TOTAL] = scores.project_totals(scans)["percent"]
    return wide


def spread_table(percents: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Return one row per factor and one for the total.

    Columns: domain, factor, short, n (projects), lowest, quarter, median, three_quarters and
    highest (NaN with too few projects: the quartiles below four, the others without any).
    """
    names = [(f.id, instrument.domains[f.domain], f.name, f.short) for f in instrument.factors]
    names.append((TOTAL, "", "Totaal", "Totaal"))
    rows = []
    for key, domain, name, short in names:
        values = percents[key].dropna()
        enough = len(values) >= QUARTILES_FROM
        rows.append(
            {
                "domain": domain,
                "factor": name,
                "short": short,
                "n": len(values),
                "lowest": values.min(),
                "quarter": values.quantile(0.25) if enough else np.nan,
                "median": values.median(),
                "three_quarters": values.quantile(0.75) if enough else np.nan,
                "highest": values.max(),
            }
        )
    return pd.DataFrame(rows, index=[key for key, *_ in names])


def finding(table: pd.DataFrame, measured: int, over: int = 0) -> str:
    """Return on which factor the projects differ most.

    over: how many of the measured projects are closed or stopped; other figures on the same
    screen leave those out.
    """
    they = f"De {number(measured)} gemeten projecten"
    if over:
        they += f" (ook {number(over)} afgesloten of gestopt)"
    if not measured:
        return "Nog geen project heeft een scan met genoeg antwoorden om te tonen."
    width = (table["three_quarters"] - table["quarter"]).drop(TOTAL)
    if width.notna().sum() == 0:
        have = count(measured, "project heeft", "projecten hebben")
        return f"{have} een scan: te weinig om van een verdeling te spreken."
    if width.max() < 0.5:
        return f"{they} liggen op elke factor dicht bij elkaar."
    widest = table[table.index == width.idxmax()].iloc[0]
    name = widest["factor"]
    return (
        f"{they} verschillen het meest bij "
        f"{name[0].lower()}{name[1:]}: de middelste helft ligt tussen "
        f"{number(widest['quarter'])} en {percent(widest['three_quarters'])}."
    )


def _counted(percents: pd.DataFrame, classes: int) -> pd.DataFrame:
    edges = np.linspace(0, 100, classes + 1)
    rows = {key: np.histogram(percents[key].dropna(), bins=edges)[0] for key in percents}
    return pd.DataFrame.from_dict(rows, orient="index", columns=edges[:-1].astype(int))


def _note(
    scans: pd.DataFrame,
    measured: int,
    projects: pd.DataFrame,
    over: int,
    instrument: Instrument,
) -> str:
    parts = [
        "% van het maximum, nieuwste scan die te tonen is",
        f"n = {count(measured, 'project', 'projecten')}",
    ]
    if over:
        parts.append(f"ook {number(over)} afgesloten of gestopt")
    if rest := len(projects) - measured:
        parts.append(f"{number(rest)} niet gemeten")
    parts += origin(scans, instrument)
    parts.append("geen organisatiescore, geen rangorde van teams")
    return " · ".join(parts)


def origin(scans: pd.DataFrame, instrument: Instrument) -> Sequence[str]:
    """Say from which days the scans are, how many were agreed, and whose points count."""
    if scans.empty:
        return []
    first, last = scans["scanned_on"].min(), scans["scanned_on"].max()
    days = f"van {day(first)}" if first == last else f"van {day(first)} tot en met {day(last)}"
    joint = scans.loc[scans["kind"] == ScanKind.JOINT.value, "project_id"].nunique()
    parts = [f"scans {days}"]
    if joint:
        parts.append(f"{number(joint)} gezamenlijk ingevuld")
    return [*parts, f"punten van {instrument.title} {instrument.version}"]


def _in_words(row: dict[Any, Any]) -> str:
    if not row["n"]:
        return f"{row['factor']}: geen project met uitslag"
    over = count(row["n"], "project", "projecten")
    return f"{row['factor']}: mediaan {percent(row['median'])} over {over}"

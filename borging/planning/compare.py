"""Two plans side by side: what changes in overload, full weeks and handovers.

Hours are per week and supply is what is there after sick leave, on average over the drawn
winters. Differences are the second plan minus the first: below zero is less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.flu import BAND_WORDS
from borging.planning.shortage import LEAST_HOURS


class ComparisonError(ValueError):
    """Two plans that cannot be laid side by side; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Side:
    """One of two plans.

    Attributes:
        name: its word on the screen.
        demand: hours asked, functions (index function_id) × weeks.
        supply: hours there are, same functions and weeks.
        handovers: id (of the result), chance (0–1, missing when not measured) and in_flu (whether
            its day lies in the flu season).
    """

    name: str
    demand: pd.DataFrame
    supply: pd.DataFrame
    handovers: pd.DataFrame


@dataclass(frozen=True)
class Comparison:
    """What differs.

    Attributes:
        functions: per function (index function_id) `overload_before`, `overload_after` and
            `overload_change` (hours short over all weeks), `full_before`, `full_after` and
            `full_change` (weeks above 100 %).
        handovers: per id `chance_before`, `chance_after` (missing: not measured),
            `flu_before`, `flu_after`: whether it falls in the flu season.
        totals: rows `overload_hours`, `weeks_above_full`, `flu_handovers`; columns before,
            after and change.
    """

    functions: pd.DataFrame
    handovers: pd.DataFrame
    totals: pd.DataFrame


def compare(before: Side, after: Side) -> Comparison:
    """Lay two plans of the same functions and weeks side by side.

    Raises:
        ComparisonError: the plans have other functions or weeks, negative hours, or a
            handover that is there twice.
    """
    for each in (before, after):
        _check(each, before)
    functions = pd.DataFrame(
        {
            "overload_before": _short(before).sum(axis=1),
            "overload_after": _short(after).sum(axis=1),
            "full_before": (_short(before) > 0).sum(axis=1),
            "full_after": (_short(after) > 0).sum(axis=1),
        }
    )
    for name in ("overload", "full"):
        functions[f"{name}_change"] = functions[f"{name}_after"] - functions[f"{name}_before"]
    own = {"before": before.handovers.set_index("id"), "after": after.handovers.set_index("id")}
    columns = {f"chance_{moment}": side["chance"] for moment, side in own.items()}
    handovers = pd.concat(columns, axis=1).sort_index()
    for moment, side in own.items():
        handovers[f"flu_{moment}"] = handovers.index.isin(side.index[side["in_flu"].astype(bool)])
    return Comparison(functions, handovers, _totals(functions, handovers))


def compare_words(before: Side, after: Side, found: Comparison) -> str:
    """Say the outcome in Dutch sentences, for the screen."""
    hours, weeks, flu = (found.totals.loc[row] for row in found.totals.index)
    return (
        f"Te kort: {_number(hours['before'])} uur in ‘{before.name}’ en "
        f"{_number(hours['after'])} uur in ‘{after.name}’. Weken boven 100 %: "
        f"{_number(weeks['before'])} en {_number(weeks['after'])}. Overdrachten in het "
        f"griepseizoen ({BAND_WORDS}): {_number(flu['before'])} en {_number(flu['after'])}."
    )


def _check(side: Side, first: Side) -> None:
    for frame in (side.demand, side.supply):
        same = frame.columns.equals(first.demand.columns)
        if not same or set(frame.index) != set(first.demand.index):
            raise ComparisonError("De plannen gaan niet over dezelfde functies en weken.")
        if not (frame.to_numpy(dtype=float) >= 0).all():
            raise ComparisonError(f"‘{side.name}’ heeft negatieve of ontbrekende uren.")
    if side.handovers["id"].duplicated().any():
        raise ComparisonError(f"‘{side.name}’ heeft een overdracht die er twee keer in staat.")


def _short(side: Side) -> pd.DataFrame:
    """Return the hours short per function and week; exactly full is not short."""
    short = side.demand - side.supply
    return short.where(short > LEAST_HOURS, 0.0)


def _totals(functions: pd.DataFrame, handovers: pd.DataFrame) -> pd.DataFrame:
    columns = {
        moment: [
            functions[f"overload_{moment}"].sum(),
            functions[f"full_{moment}"].sum(),
            handovers[f"flu_{moment}"].sum(),
        ]
        for moment in ("before", "after")
    }
    rows = ["overload_hours", "weeks_above_full", "flu_handovers"]
    totals = pd.DataFrame(columns, index=rows, dtype=np.float64)
    return totals.assign(change=totals["after"] - totals["before"])


def _number(value: float) -> str:
    return f"{value:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".").removesuffix(",0")

"""Restpunten one by one, with their words and days, and counted per owner or project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.residuals import is_accepted, is_open, standing
from borging.domain.terms import Priority, Standing
from borging.services.stages import dates_of

NOBODY = "zonder eigenaar"


def described(
    items: pd.DataFrame, projects: pd.DataFrame, instrument: Instrument, as_of: date
) -> pd.DataFrame:
    """Return items in order of what needs work, with words and days.

    Adds code, project, unit, state of the project, standing (Standing), belegd (symbol and
    word), accepted_by as known on the day, priority_label, age and overdue (days, Int64; overdue
    is NA when in time), and the columns of `with_origin`.
    """
    day = pd.Timestamp(as_of)
    own = projects.set_index("id")[["code", "title", "unit", "state"]]
    rows = with_origin(items, instrument).join(
        own.rename(columns={"title": "project"}), on="project_id"
    )
    rows["accepted_by"] = accepted_by(rows, as_of)
    rows["standing"] = standings(rows, as_of)
    rows["belegd"] = rows["standing"].map({s.value: f"{s.symbol} {s.label}" for s in Standing})
    rows["priority_label"] = rows["priority"].map({p.value: p.label for p in Priority})
    rows["age"] = (day - rows["created_on"]).dt.days.astype("Int64")
    late = (day - rows["due"]).dt.days.astype("Int64")
    rows["overdue"] = late.where(late > 0)
    rank = {s.value: place for place, s in enumerate(Standing)}
    return (
        rows.assign(rank=rows["standing"].map(rank))
        .sort_values(
            ["rank", "overdue", "age", "id"],
            ascending=[True, False, False, True],
            na_position="last",
            ignore_index=True,
        )
        .drop(columns="rank")
    )


def open_on(items: pd.DataFrame, as_of: date) -> pd.Series:
    """Return for every item whether it is open on a day."""
    days = zip(dates_of(items["created_on"]), dates_of(items["closed_on"]), strict=True)
    found = [made is not None and is_open(made, closed, as_of) for made, closed in days]
    return pd.Series(found, index=items.index, dtype=bool)


def standings(items: pd.DataFrame, as_of: date) -> pd.Series:
    """Return the value of the Standing of every item on a day."""
    facts = zip(
        items["owner_id"],
        items["accepted_by_id"],
        dates_of(items["accepted_on"]),
        strict=True,
    )
    found = [
        standing(_known(owner), _known(accepted_by_id), accepted_on, as_of).value
        for owner, accepted_by_id, accepted_on in facts
    ]
    return pd.Series(found, index=items.index, dtype=object)


def accepted_by(items: pd.DataFrame, as_of: date) -> pd.Series:
    """Return the name of the person who accepted each item by a day, None when nobody did."""
    facts = zip(
        items["accepted_by"],
        items["accepted_by_id"],
        dates_of(items["accepted_on"]),
        strict=True,
    )
    found = [
        _known(name) if is_accepted(_known(who), on, as_of) else None for name, who, on in facts
    ]
    return pd.Series(found, index=items.index, dtype=object)


def _known(value: Any) -> Any:
    """Return a cell of a frame, None when it is missing."""
    return None if pd.isna(value) else value


def with_origin(items: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Return items with the factor of the scan they came out of.

    Adds scan_factor and scan_short (names, None for an item that came from elsewhere) and
    title_and_scan ('Contract verlengen (uit scan: Infrastructuur)').
    """
    rows = items.copy()
    for column, names in (
        ("scan_factor", {factor.id: factor.name for factor in instrument.factors}),
        ("scan_short", {factor.id: factor.short for factor in instrument.factors}),
    ):
        found = [
            None if pd.isna(each) else names.get(each, "andere vraag") for each in rows["factor"]
        ]
        rows[column] = pd.Series(found, index=rows.index, dtype=object)
    rows["title_and_scan"] = [
        title if factor is None else f"{title} (uit scan: {factor})"
        for title, factor in zip(rows["title"], rows["scan_factor"], strict=True)
    ]
    return rows


def holding(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the described items that hold every one of `words`, in whatever capitals."""
    if not words.strip():
        return rows
    text = rows[["title_and_scan", "code", "project", "unit", "owner"]].fillna("").astype(str)
    first = text.pop("title_and_scan")
    searched = first.str.cat(text, sep=" ").str.casefold()
    keep = pd.Series(True, index=rows.index)
    for word in words.split():
        keep &= searched.str.contains(word.casefold(), regex=False)
    return rows[keep]


def per(open_items: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    """Count the open items per owner or project, most work first."""
    marked = pd.DataFrame(
        {
            "key": open_items[key].astype("float64"),
            "name": open_items[name].fillna(NOBODY),
            "open": 1,
            "unowned": (open_items["standing"] == Standing.UNOWNED).astype("int64"),
            "unaccepted": (open_items["standing"] == Standing.UNACCEPTED).astype("int64"),
            "overdue": open_items["overdue"].notna().astype("int64"),
            "oldest": open_items["age"].astype("int64"),
        }
    )
    table = (
        marked.groupby("key", dropna=False, sort=False)
        .agg(
            name=("name", "first"),
            open=("open", "sum"),
            unowned=("unowned", "sum"),
            unaccepted=("unaccepted", "sum"),
            overdue=("overdue", "sum"),
            oldest=("oldest", "max"),
        )
        .reset_index()
    )
    table["key"] = table["key"].astype("Int64")
    return table.sort_values(
        ["unowned", "overdue", "open", "name"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )

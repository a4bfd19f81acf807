"""Restpunten one by one, with their words and days, and counted per owner or project."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.terms import Priority, Standing

NOBODY = "zonder eigenaar"


def described(
    items: pd.DataFrame, projects: pd.DataFrame, definition: Instrument, as_of: date
) -> pd.DataFrame:
    """Return items in order of what needs work, with words and days.

    Adds code, project, unit, state of the project, standing (Standing), belegd (symbol and
    word), priority_label, age and overdue (days, Int64; overdue is NA when in time), and the
    columns of `with_origin`.
    """
    day = pd.Timestamp(as_of)
    own = projects.set_index("id")[["code", "title", "unit", "state"]]
    rows = with_origin(items, definition).join(
        own.rename(columns={"title": "project"}), on="project_id"
    )
    accepted = rows["accepted_by_id"].notna() & ~(rows["accepted_on"] > day)
    found = np.select(
        [rows["owner_id"].isna().to_numpy(bool), ~accepted.to_numpy(bool)],
        [Standing.UNOWNED.value, Standing.UNACCEPTED.value],
        Standing.ACCEPTED.value,
    )
    rows["standing"] = pd.Series(found, index=rows.index, dtype=object)
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


def with_origin(items: pd.DataFrame, definition: Instrument) -> pd.DataFrame:
    """Return items with the factor of the scan they came out of.

    Adds scan_factor and scan_short (names, None for an item that came from elsewhere) and
    title_and_scan ('Contract verlengen (uit scan: Infrastructuur)').
    """
    rows = items.copy()
    for column, names in (
        ("scan_factor", {factor.id: factor.name for factor in definition.factors}),
        ("scan_short", {factor.id: factor.short for factor in definition.factors}),
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

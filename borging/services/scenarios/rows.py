"""Which stored rows a scenario would change, before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pandas as pd

from borging.domain.plan_rows import FIELDS, PlanRow, RowKind, Value
from borging.domain.terms import Phase
from borging.domain.wording import NBSP, day, number
from borging.planning.plan import Plan

Cells = Mapping[str, Any]
WAS = " before"


def rows_of(before: Plan, after: Plan) -> tuple[PlanRow, ...]:
    """Return what differs between two plans, phases first; both as `plan.ready` makes them."""
    codes = dict(zip(before.projects["id"].tolist(), before.projects["code"].tolist(), strict=True))
    names = dict(
        zip(before.functions["id"].tolist(), before.functions["name"].tolist(), strict=True)
    )
    ends = {"first": "planned_start", "last": "planned_end"}
    return (
        *_differing(
            RowKind.PHASE,
            before.phases.rename(columns=ends),
            after.phases.rename(columns=ends),
            lambda row: f"{codes[row['project_id']]} · fase {Phase(row['phase']).label}",
        ),
        *_differing(
            RowKind.NEED,
            before.demand,
            after.demand,
            lambda row: f"{codes[row['project_id']]} · inzet {names[row['function_id']]}",
        ),
        *_differing(
            RowKind.HANDOVER,
            before.handovers.rename(columns={"day": "agreed_on"}),
            after.handovers.rename(columns={"day": "agreed_on"}),
            lambda row: f"{codes[row['project_id']]} · overdracht {row['title']}",
        ),
    )


def words_of(kind: RowKind, values: Mapping[str, Value]) -> str:
    """Write the fields of a row: its days, and its hours where it has those."""
    if not values:
        return "nog niet"
    first, *rest = (values[name] for name in FIELDS[kind.value])
    if kind is RowKind.HANDOVER:
        return _day(first)
    said = f"{_day(first)} t/m {_day(rest[0])}"
    if kind is RowKind.NEED:
        hours = cast("float", rest[1])
        said += f", {number(hours, 0 if float(hours).is_integer() else 1)}{NBSP}uur per week"
    return said


def _day(value: Value) -> str:
    return day(cast("Any", value))


def _differing(
    kind: RowKind, before: pd.DataFrame, after: pd.DataFrame, label: Callable[[Cells], str]
) -> list[PlanRow]:
    fields = FIELDS[kind.value]
    both = after.merge(before[["id", *fields]], on="id", how="left", suffixes=("", WAS))
    known = set(before["id"].tolist())
    new = ~both["id"].isin(known)
    same = [
        (both[name] == both[name + WAS]) | (both[name].isna() & both[name + WAS].isna())
        for name in fields
    ]
    found = []
    for row in _records(both[new | ~pd.concat(same, axis=1).all(axis=1)]):
        values = {name: row[name] for name in fields}
        if row["id"] not in known:
            words, whole = f"{label(row)}, later deel", int(row["origin"])
            found.append(PlanRow(kind, None, words, {}, values, copy_of=whole))
        else:
            old = {name: row[name + WAS] for name in fields}
            found.append(PlanRow(kind, int(row["id"]), label(row), old, values))
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows with plain days and None for what is not known."""
    rows = cast("list[dict[str, Any]]", frame.astype(object).to_dict("records"))
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value

"""What somebody changed in a table and did not save, also when the screen was left meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
from pandas.api import types

from borging.store.commands.rows import Row

Fields = Callable[[Mapping[str, Any]], Any]
Cells = dict[str, Any]


@dataclass(frozen=True)
class Base:
    """What lies under the changes of a table.

    stored: the rows as they were when the changing began. shown: those rows with the changes that
    were made before the screen was left; the same frame when it was not.
    """

    stored: pd.DataFrame
    shown: pd.DataFrame

    @classmethod
    def of(cls, stored: pd.DataFrame) -> Base:
        """Return a table without changes."""
        return cls(stored, stored)

    @property
    def carried(self) -> bool:
        """Say whether it holds changes from before the screen was left."""
        return self.shown is not self.stored

    def with_versions(self, versions: Mapping[int, int]) -> Base:
        """Return it with newer versions of some rows, by id."""
        now = self.stored["id"].map(versions).fillna(self.stored["version"]).astype("Int64")
        stored = self.stored.assign(version=now)
        return Base(stored, self.shown if self.carried else stored)

    def carrying(self, state: Mapping[str, Any]) -> Base:
        """Return it with the changes that Streamlit kept of it, by place."""
        rows, gone = _records(self.shown), set(state.get("deleted_rows", ()))
        for place, cells in state.get("edited_rows", {}).items():
            rows[int(place)].update(cells)
        left = [row for place, row in enumerate(rows) if place not in gone]
        left += [dict(cells) for cells in state.get("added_rows", ()) if is_filled(cells)]
        columns = {
            name: _column([row.get(name) for row in left], self.shown[name].dtype)
            for name in self.shown.columns
        }
        return Base(self.stored, pd.DataFrame(columns, columns=self.shown.columns))


def _column(values: list[Any], dtype: Any) -> pd.Series[Any]:
    if types.is_datetime64_any_dtype(dtype):
        return pd.Series([pd.NaT if v is None else pd.Timestamp(v) for v in values], dtype=dtype)
    if types.is_bool_dtype(dtype):
        return pd.Series(values, dtype="boolean")
    if types.is_integer_dtype(dtype):
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype=object)


def _records(table: pd.DataFrame) -> list[Cells]:
    plain = table.astype(object).where(table.notna(), None)
    return cast("list[Cells]", plain.to_dict("records"))


def is_filled(cells: Mapping[str, Any]) -> bool:
    """Say whether a row that was added holds more than ticks."""
    return any(v not in (None, "") and v is not True and v is not False for v in cells.values())


def changed_rows(
    state: Mapping[str, Any],
    base: Base,
    fields: Fields,
    defaults: Mapping[str, Any] | None = None,
) -> list[Row]:
    """Return what was changed in a table: rows that went, then the others in their order.

    state: what Streamlit keeps of it, by place. Rows that were added and left empty, or as they
    began, do not count.
    """
    stored, shown = _records(base.stored), _records(base.shown)
    gone = set(state.get("deleted_rows", ()))
    edited = {int(place): cells for place, cells in state.get("edited_rows", {}).items()}
    before = {row["id"]: (place, row) for place, row in enumerate(stored) if row["id"] is not None}
    still = {row["id"] for row in shown}
    rows = [_row(at, None, row, fields) for each, (at, row) in before.items() if each not in still]
    for place, row in enumerate(shown):
        after = None if place in gone else fields({**row, **edited.get(place, {})})
        if row["id"] is None:
            new = place >= len(stored) or stored[place]["id"] is not None
            if (new and after is not None) or (not new and _touched(place, row, stored, state)):
                rows.append(Row(f"rij {place + 1}", after))
            continue
        _place, was = before[row["id"]]
        if place in gone or place in edited or (base.carried and fields(row) != fields(was)):
            rows.append(_row(place, after, was, fields))
    for number, cells in enumerate(state.get("added_rows", ()), start=len(shown) + 1):
        written = {name: value for name, value in cells.items() if value not in (None, "")}
        if is_filled({n: v for n, v in written.items() if not _begun(v, n, defaults)}):
            rows.append(Row(f"rij {number}", fields(written)))
    return rows


def _begun(value: Any, name: str, defaults: Mapping[str, Any] | None) -> bool:
    """Say whether a cell of a new row holds what it began with; a day may come back as text."""
    begin = (defaults or {}).get(name)
    return begin is not None and str(value).startswith(str(begin))


def _touched(place: int, row: Cells, stored: list[Cells], state: Mapping[str, Any]) -> bool:
    """Say whether a row that is shown but not stored yet was changed, now or before."""
    now = {int(each) for each in state.get("edited_rows", {})} | set(state.get("deleted_rows", ()))
    return place in now or row != stored[place]


def _row(place: int, after: Any, was: Cells, fields: Fields) -> Row:
    known = int(was["id"]), int(was["version"])
    return Row(f"rij {place + 1}", after, *known, before=fields(was))

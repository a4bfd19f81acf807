"""From a select statement to a frame with firm column types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Date, Engine, Integer, Select
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

EPOCH = date(1970, 1, 1).toordinal()
NO_DAY = np.iinfo(np.int64).min
"""The number by which numpy knows that there is no day (NaT)."""


def frame(source: Engine | Connection, statement: Select[Any]) -> pd.DataFrame:
    """Run a select; days become datetime64, moments datetime64 in UTC, integers Int64.

    An unknown text is NaN, as pandas has it; in a column without any text it is None.
    """
    if isinstance(source, Engine):
        with source.connect() as connection:
            return frame(connection, statement)
    result = source.execute(statement)
    names = list(result.keys())
    rows = result.fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    types = [column.type for column in statement.selected_columns]
    return pd.DataFrame(
        {
            name: _typed(values, kind)
            for name, values, kind in zip(names, columns, types, strict=True)
        }
    )


def _typed(values: Sequence[Any], kind: TypeEngine[Any]) -> Any:
    """Return one column with the type that its kind in the database asks for."""
    if isinstance(kind, UTCDateTime):
        return pd.to_datetime(pd.Series(values, dtype=object), utc=True)
    if isinstance(kind, Date):
        return _days(values)
    if isinstance(kind, Integer):
        unknown = np.fromiter((each is None for each in values), bool, len(values))
        known = (0 if each is None else each for each in values)
        return pd.arrays.IntegerArray(np.fromiter(known, np.int64, len(values)), unknown)
    if any(isinstance(each, str) for each in values):
        values = [np.nan if each is None else each for each in values]
    return pd.Series(values, dtype=object)


def _days(values: Sequence[date | None]) -> Any:
    """Return days as datetime64; counting them here is 30 times faster than numpy reads them."""
    numbers = (NO_DAY if day is None else day.toordinal() - EPOCH for day in values)
    days = np.fromiter(numbers, np.int64, len(values)).view("datetime64[D]")
    return days.astype("datetime64[us]")

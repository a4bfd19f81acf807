"""From a select statement to a frame with firm column types."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Date, Engine, Integer, Select
from sqlmodel.sql.sqltypes import UTCDateTime


def frame(source: Engine | Connection, statement: Select[Any]) -> pd.DataFrame:
    """Run a select; days become datetime64, moments datetime64 in UTC, integers Int64."""
    if isinstance(source, Engine):
        with source.connect() as connection:
            return frame(connection, statement)
    result = source.execute(statement)
    table = pd.DataFrame.from_records(result.fetchall(), columns=list(result.keys()))
    for column in statement.selected_columns:
        if isinstance(column.type, UTCDateTime):
            table[column.name] = pd.to_datetime(table[column.name], utc=True)
        elif isinstance(column.type, Date):
            table[column.name] = pd.to_datetime(table[column.name]).astype("datetime64[us]")
        elif isinstance(column.type, Integer):
            table[column.name] = table[column.name].astype("Int64")
        else:
            table[column.name] = table[column.name].astype(object)
    return table

"""Days from a database, as frames hold them."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Date

from borging.services.stages import dates_of
from borging.store.queries.frames import _typed

DAYS = (date.min, date(1969, 12, 31), date(1970, 1, 1), None, date(2026, 11, 22), date.max)


def test_days_of_a_column_survive_unchanged() -> None:
    column = pd.Series(_typed(DAYS, Date()))
    assert column.dtype == "datetime64[us]"
    assert column.isna().tolist() == [day is None for day in DAYS]
    assert dates_of(column) == list(DAYS)


def test_a_column_without_any_day_has_the_same_type() -> None:
    assert pd.Series(_typed((None, None), Date())).dtype == "datetime64[us]"
    assert dates_of(pd.Series(_typed((), Date()))) == []

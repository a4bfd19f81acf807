"""Recorded winters and weeks that the tests of the planning share, worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from borging.settings import DATA

INTENSITY = DATA / "reference" / "griepseizoenen-intensiteit.csv"

TABLE = pd.DataFrame(
    [
        # peak over threshold 2.0, 4 weeks; weeks since week 40: 13 (2009-W01 after 2008-W52)
        ("2008/2009", "2009-W01", "2009-W04", 4, 2.0),
        # 15 weeks: 5 in 2016 (48–52), 10 in 2017; weeks since week 40: 8
        ("2016/2017", "2016-W48", "2017-W10", 15, 3.0),
        # no intensity known: the median of 1.0, 2.0 and 3.0 is 2.0
        ("2018/2019", "2018-W50", "2019-W11", 14, None),
        ("2020/2021", None, None, 0, None),
        ("2024/2025", "2025-W03", "2025-W09", 7, 1.0),
    ],
    columns=["season", "start", "end", "weeks", "intensity"],
)
"""Epidemic weeks 4 + 15 + 14 + 0 + 7 = 40, with a mean intensity of
(4 × 2 + 15 × 3 + 14 × 2 + 7 × 1) / 40 = 88 / 40 = 2.2."""


def mondays(first: str, periods: int) -> pd.DatetimeIndex:
    return pd.date_range(date.fromisoformat(first), periods=periods, freq="7D", unit="us")

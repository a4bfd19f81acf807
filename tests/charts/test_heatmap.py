"""The heatmap of factors with codes as lists from elsewhere bring them."""

from __future__ import annotations

import pandas as pd

from borging.charts import heatmap
from borging.charts.template import Look
from borging.domain.instruments import load_instrument
from borging.settings import DATA

NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")


def test_a_long_code_is_cut_and_takes_no_room_from_the_rows() -> None:
    percents = pd.DataFrame([[50.0]] * 10, index=[f.id for f in NHS.factors], columns=[1])
    short, long = (
        heatmap.factor_heatmap(percents, {1: code}, [], NHS, Look()) for code in ("P1", "P" * 60)
    )
    assert list(long.layout.xaxis.ticktext) == ["P" * 13 + "…"]
    assert long.data[0].customdata[0][0].startswith("P" * 60)
    rows = [each.layout.height - each.layout.margin.t for each in (short, long)]
    assert rows[0] == rows[1]
    assert long.layout.margin.t >= 14 * 7

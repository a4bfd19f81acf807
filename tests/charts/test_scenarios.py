from __future__ import annotations

import pandas as pd

from borging.charts.scenarios import per_function, per_week
from borging.charts.template import Look

LOOK = Look(dark=False, narrow=False)
TABLE = pd.DataFrame(
    [("Leider <b>z</b>", 12.0, 4.0), ("Beheerder", 2.0, 3.0)],
    columns=["name", "overload_before", "overload_after"],
)


def test_every_function_has_an_open_and_a_filled_end_on_its_line() -> None:
    figure = per_function(TABLE, LOOK)
    before, after = figure.data
    assert (list(before.x), list(after.x)) == ([12, 2], [4, 3])
    assert (before.marker.symbol, after.marker.symbol) == ("circle-open", "circle")
    less, more = figure.layout.shapes
    assert (less.x0, less.x1) == (12, 4)
    assert more.line.color == LOOK.palette.shortage != less.line.color
    assert "<b>" not in figure.layout.yaxis.ticktext[0]


def test_the_line_of_the_scenario_covers_every_week_of_the_bars() -> None:
    weeks = pd.date_range("2026-12-21", periods=3, freq="7D", unit="us")
    bars, line = per_week(pd.Series([6.0, 0, 1], weeks), pd.Series([2.0, 2, 3], weeks), LOOK).data
    assert list(bars.y) == [6, 0, 1]
    assert (list(line.x), list(line.y)) == ([-0.5, 0.5, 1.5, 2.5], [2, 2, 3, 3])
    assert "wk 53 (28-12-2026)" in bars.customdata[1]

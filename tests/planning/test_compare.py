from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from borging.planning.compare import ComparisonError, Side, compare, compare_words
from tests.planning.cases import mondays

WEEKS = mondays("2026-12-21", 3)
"""2026-W52, 2026-W53 and 2027-W01."""


def hours(*rows: tuple[float, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.Index([7, 9], name="function_id"), columns=WEEKS)


def handovers(**known: tuple[float | None, bool]) -> pd.DataFrame:
    rows = [(int(name[1:]), *each) for name, each in known.items()]
    return pd.DataFrame(rows, columns=["id", "chance", "in_flu"]).astype({"chance": float})


SUPPLY = hours((20, 18, 20), (40, 36, 40))
TODAY = Side(
    "Plan van nu",
    hours((20, 22, 30), (40, 36, 40)),
    SUPPLY,
    handovers(p1=(0.49, False), p2=(0.5, True), p3=(0.71, True), p4=(None, False)),
)
OTHER = Side(
    "Twee weken later",
    hours((20, 18, 21.5), (40, 37, 40)),
    SUPPLY,
    handovers(p1=(0.51, True), p2=(0.2, False), p3=(None, False), p5=(0.0, False)),
)


def test_overload_and_full_weeks_are_counted_per_function() -> None:
    """Function 7: 4 + 10 short in two weeks, then 1.5 in one. Function 9 is exactly full."""
    found = compare(TODAY, OTHER).functions
    assert found.loc[7].to_dict() == {
        "overload_before": 14,
        "overload_after": 1.5,
        "full_before": 2,
        "full_after": 1,
        "overload_change": -12.5,
        "full_change": -1,
    }
    assert found.loc[9, ["overload_before", "full_before"]].tolist() == [0, 0]
    assert found.loc[9, ["overload_after", "full_after"]].tolist() == [1, 1]


def test_handovers_in_the_flu_season_are_told_before_and_after() -> None:
    found = compare(TODAY, OTHER).handovers
    assert found.index.tolist() == [1, 2, 3, 4, 5]
    assert found["flu_before"].tolist() == [False, True, True, False, False]
    assert found["flu_after"].tolist() == [True, False, False, False, False]
    assert np.isnan(found["chance_after"].loc[[3, 4]]).all()


def test_the_totals_add_up() -> None:
    totals = compare(TODAY, OTHER).totals
    assert totals.loc["overload_hours"].tolist() == [14, 2.5, -11.5]
    assert totals.loc["weeks_above_full"].tolist() == [2, 2, 0]
    assert totals.loc["flu_handovers"].tolist() == [2, 1, -1]


def test_a_plan_beside_itself_shows_no_change() -> None:
    found = compare(TODAY, TODAY)
    assert (found.totals["change"] == 0).all()
    assert (found.functions[["overload_change", "full_change"]] == 0).all(axis=None)


def test_functions_in_another_order_are_the_same_functions() -> None:
    turned = replace(OTHER, demand=OTHER.demand.iloc[::-1], supply=SUPPLY.iloc[::-1])
    pd.testing.assert_frame_equal(
        compare(TODAY, turned).functions, compare(TODAY, OTHER).functions, check_dtype=False
    )


def test_the_outcome_is_said_in_words() -> None:
    large = replace(TODAY, demand=TODAY.demand + 1000)
    assert compare_words(TODAY, OTHER, compare(TODAY, OTHER)) == (
        "Te kort: 14 uur in ‘Plan van nu’ en 2,5 uur in ‘Twee weken later’. Weken boven 100 %: "
        "2 en 2. Overdrachten in het griepseizoen (wk 51–11): 2 en 1."
    )
    assert "Te kort: 6.014 uur" in compare_words(large, OTHER, compare(large, OTHER))


@pytest.mark.parametrize(
    ("side", "said"),
    [
        (replace(OTHER, demand=OTHER.demand.iloc[:1]), "dezelfde functies en weken"),
        (replace(OTHER, supply=SUPPLY.iloc[:, :2]), "dezelfde functies en weken"),
        (replace(OTHER, demand=OTHER.demand - 30), "‘Twee weken later’ heeft negatieve"),
        (replace(OTHER, supply=SUPPLY * float("nan")), "negatieve of ontbrekende uren"),
        (replace(OTHER, handovers=pd.concat([OTHER.handovers] * 2)), "twee keer"),
    ],
)
def test_plans_that_do_not_match_are_refused(side: Side, said: str) -> None:
    with pytest.raises(ComparisonError, match=said):
        compare(TODAY, side)

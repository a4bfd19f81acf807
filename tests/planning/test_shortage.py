from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from borging.planning.shortage import ShortageError, mean_supply, rank_handovers, shortages
from borging.planning.winters import draw_winters, recorded_seasons
from tests.planning.cases import TABLE, mondays

WEEKS = mondays("2026-12-28", 2)
"""2026-W53 and 2027-W01."""
ABSENCE = np.array([[0.10, 0.0], [0.05, 0.0], [0.20, 0.0], [0.15, 0.5]])
"""Four winters; the second week is bad in one of them."""


def hours(*rows: tuple[float, float], functions: tuple[int, ...] = (7, 9)) -> pd.DataFrame:
    index = pd.Index(functions[: len(rows)], name="function_id")
    return pd.DataFrame(rows, index=index, columns=WEEKS, dtype=float)


def test_the_shortage_is_counted_over_the_winters() -> None:
    """Function 7 has 100 hours: 90, 95, 80 and 85 in week 53; 100 three times and 50 after.

    Week 53, 88 asked: short 0, 0, 8 and 3. Week 1, 60 asked: short 0, 0, 0 and 10.
    """
    found = shortages(hours((88, 60)), hours((100, 100), (40, 40)), ABSENCE)
    assert found.chance.loc[7].tolist() == [0.5, 0.25]
    assert found.hours_50.loc[7].tolist() == [0, 0]
    assert found.hours_90.loc[7].tolist() == pytest.approx([8, 10])
    assert found.chance.columns.equals(WEEKS)


def test_a_function_that_is_asked_nothing_is_never_short() -> None:
    found = shortages(hours((88, 60)), hours((100, 100), (40, 40)), ABSENCE)
    assert found.chance.loc[9].tolist() == [0, 0]
    assert found.hours_90.loc[9].tolist() == [0, 0]


@pytest.mark.parametrize(("asked", "chance"), [(79.9, 0.0), (80.0, 0.0), (80.1, 0.25)])
def test_exactly_full_is_not_overloaded(asked: float, chance: float) -> None:
    """Of 100 hours the worst winter leaves 80 in week 53."""
    found = shortages(hours((asked, 0)), hours((100, 100)), ABSENCE)
    assert found.chance.loc[7, WEEKS[0]] == chance


def test_a_function_without_hours_is_short_of_all_that_is_asked() -> None:
    found = shortages(hours((12, 0)), hours((0, 0)), ABSENCE)
    assert found.chance.loc[7].tolist() == [1, 0]
    assert found.hours_50.loc[7].tolist() == [12, 0]


def test_the_share_of_winters_counts_up_to_and_including() -> None:
    """Ten winters, sick leave 0–90 %; 100 asked of 100: the ninth is short of 80 hours."""
    absence = np.repeat(np.arange(10)[:, None] / 10, 2, axis=1)
    found = shortages(hours((100, 100)), hours((100, 100)), absence)
    assert found.hours_90.loc[7].tolist() == pytest.approx([80, 80])
    assert found.hours_50.loc[7].tolist() == pytest.approx([40, 40])
    assert found.chance.loc[7].tolist() == [0.9, 0.9]


shares = arrays(float, (21, 2), elements=st.floats(0, 1))
some_hours = arrays(float, (2, 2), elements=st.floats(0, 500))


@settings(max_examples=50, deadline=None)
@given(asked=some_hours, there=some_hours, absence=shares)
def test_counting_in_rank_is_counting_every_winter(
    asked: np.ndarray, there: np.ndarray, absence: np.ndarray
) -> None:
    found = shortages(hours(*asked), hours(*there), absence)
    each = np.maximum(asked[:, None] - there[:, None] * (1 - absence), 0)
    each = np.where(each > 1e-6, each, 0)
    assert found.chance.to_numpy() == pytest.approx((each > 0).mean(axis=1))
    for frame, share in ((found.hours_50, 0.5), (found.hours_90, 0.9)):
        wanted = np.quantile(each, share, axis=1, method="inverted_cdf")
        assert frame.to_numpy() == pytest.approx(wanted)
        assert (frame.to_numpy() >= 0).all()
    assert (found.hours_90 >= found.hours_50).all(axis=None)
    assert (found.hours_90.to_numpy() <= asked + 1e-9).all()


def test_mean_supply_is_what_the_winters_leave_on_average() -> None:
    left = mean_supply(hours((100, 40)), ABSENCE)
    assert left.loc[7].tolist() == pytest.approx([87.5, 35])


@pytest.mark.parametrize(
    ("demand", "present", "said"),
    [
        (hours((-0.1, 0)), hours((1, 1)), "gevraagde uren kan niet negatief"),
        (hours((0, 0)), hours((1, -0.1)), "beschikbare uren kan niet negatief"),
        (hours((0, float("nan"))), hours((1, 1)), "ontbreken gevraagde uren"),
        (hours((0, 0), functions=(8,)), hours((1, 1)), "Functie 8 komt voor in de vraag"),
        (hours((0, 0)).iloc[:, :1], hours((1, 1)), "dezelfde weken"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    demand: pd.DataFrame, present: pd.DataFrame, said: str
) -> None:
    with pytest.raises(ShortageError, match=said):
        shortages(demand, present, ABSENCE)


def test_winters_of_other_weeks_are_refused() -> None:
    for absence in (ABSENCE[:, :1], ABSENCE[:0]):
        with pytest.raises(ShortageError, match="dezelfde weken"):
            shortages(hours((0, 0)), hours((1, 1)), absence)


def test_handovers_are_ranked_by_their_week() -> None:
    """Season 2008/2009 lies on 2026-W53..2027-W03, 2024/2025 on 2027-W02..W08: half each."""
    seasons = recorded_seasons(TABLE).iloc[[0, 4]].reset_index(drop=True)
    winters = draw_winters(seasons, mondays("2026-12-14", 11), seed=1, draws=200)
    handovers = pd.DataFrame(
        [
            (1, date(2026, 12, 27)),  # Sunday of week 52: the day before the first epidemic week
            (2, date(2026, 12, 28)),  # Monday of week 53: one of two winters
            (3, date(2027, 1, 3)),  # Sunday of week 53: still
            (4, date(2027, 1, 4)),  # Monday of week 1: still one
            (5, date(2027, 1, 11)),  # Monday of week 2: both
            (6, None),
            (7, date(2027, 3, 1)),  # after the last week of the plan
            (8, date(2027, 2, 28)),  # Sunday of week 8, the last of the plan: one
        ],
        columns=["project_id", "day"],
    )
    ranked = rank_handovers(handovers, winters.chance).set_index("project_id")
    assert ranked["chance"].dropna().to_dict() == {5: 1, 2: 0.5, 3: 0.5, 4: 0.5, 8: 0.5, 1: 0}
    assert ranked.index.tolist() == [5, 2, 3, 4, 8, 1, 7, 6]
    assert ranked["week"].loc[[3, 4]].tolist() == ["2026-W53", "2027-W01"]
    assert ranked["week"].isna().tolist() == [False] * 7 + [True]

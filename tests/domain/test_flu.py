from __future__ import annotations

from datetime import date

import pytest

from borging.domain.flu import bands_between, chance_per_week, in_flu_band
from borging.settings import DATA


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2026, 12, 13), False),
        (date(2026, 12, 14), True),
        (date(2027, 1, 1), True),
        (date(2027, 3, 21), True),
        (date(2027, 3, 22), False),
    ],
)
def test_the_band_runs_from_week_51_to_week_11_over_week_53(day: date, inside: bool) -> None:
    assert in_flu_band(day) is inside


def test_bands_that_touch_a_period() -> None:
    found = bands_between(date(2027, 3, 21), date(2027, 12, 20))
    assert [str(b.first) for b in found] == ["2026-W51", "2027-W51"]
    assert bands_between(date(2027, 3, 22), date(2027, 12, 19)) == []


def test_the_chance_per_week_is_the_share_of_past_seasons() -> None:
    chance = chance_per_week(DATA / "reference" / "griepkans-per-week.csv")
    assert chance[5] == 0.86
    assert chance[50] == 0.29
    assert 30 not in chance
    assert chance[53] == pytest.approx((chance[52] + chance[1]) / 2, abs=0.006)

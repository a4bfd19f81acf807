from __future__ import annotations

from datetime import date

import pytest

from borging.domain.flu import bands_between, in_flu_band


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

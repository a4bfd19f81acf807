"""Days, numbers and counts as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from borging.domain import wording


def test_numbers_are_written_in_dutch() -> None:
    assert wording.number(1234.5, 1) == "1.234,5"
    assert wording.number(71, 1) == "71,0"
    assert wording.signed(-2) == "−2"
    assert wording.signed(0.04, 1) == "gelijk"
    assert wording.percent(45.6) == "46\u00a0%"
    assert wording.count(1, "project", "projecten") == "1 project"
    assert wording.count(0, "project", "projecten") == "0 projecten"
    assert wording.listed(["a", "b", "c"]) == "a, b en c"
    assert wording.day_and_week(date(2027, 1, 1)) == "01-01-2027 (wk 53)"
    assert wording.day(pd.NaT) == "onbekend"
    assert wording.day(date(1, 1, 1)) == "01-01-0001"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, 0, "0"),
        (1.5, 0, "2"),
        (2.345, 2, "2,34"),
        (Decimal("2.345"), 2, "2,34"),
        (-1234567.891, 1, "−1.234.567,9"),
        (-0.4, 0, "0"),
        (1e-7, 1, "0,0"),
        (1e6, 0, "1.000.000"),
    ],
)
def test_a_number_is_rounded_half_to_even(value: float, decimals: int, text: str) -> None:
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 kB"), (2048, "2 kB"), (999 * 1024, "999 kB"), (1000 * 1024, "1,0 MB")],
)
def test_a_size_is_told_in_what_people_know(n: int, said: str) -> None:
    assert wording.size(n).replace("\u00a0", " ") == said

from __future__ import annotations

from datetime import date

import pytest

from borging.domain.periods import Week, add_months, overlaps, weeks_between


def test_new_years_day_2027_lies_in_week_53_of_2026() -> None:
    week = Week.of(date(2027, 1, 1))
    assert str(week) == "2026-W53"
    assert week.label == "wk 53"
    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))
    assert str(week.plus(1)) == "2027-W01"


def test_a_year_has_week_53_only_when_it_has() -> None:
    assert [str(w) for w in weeks_between(date(2026, 12, 20), date(2027, 1, 5))] == [
        "2026-W51",
        "2026-W52",
        "2026-W53",
        "2027-W01",
    ]
    assert [str(w) for w in weeks_between(date(2025, 12, 28), date(2025, 12, 29))] == [
        "2025-W52",
        "2026-W01",
    ]


def test_a_week_is_read_back_and_an_impossible_one_is_refused() -> None:
    assert Week.parse("2026-W53") == Week(2026, 53)
    with pytest.raises(ValueError, match="Invalid week"):
        Week.parse("2025-W53")


def test_overlap_includes_both_ends_and_leaves_the_unknown_open() -> None:
    first, last = date(2026, 1, 10), date(2026, 1, 20)
    assert overlaps(date(2026, 1, 20), date(2026, 2, 1), first, last)
    assert overlaps(None, date(2026, 1, 10), first, last)
    assert not overlaps(date(2026, 1, 21), None, first, last)
    assert not overlaps(None, date(2026, 1, 9), first, last)
    assert not overlaps(None, None, first, last)


def test_months_end_on_the_last_day_there_is() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 3, 15), -3) == date(2025, 12, 15)

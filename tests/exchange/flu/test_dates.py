"""Which week a dated row belongs to. Rows are written as dates; '-' is a row without one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from borging.domain.periods import Week
from borging.exchange.flu.dates import Dated, Placed, place


def placed(
    days: str, values: Mapping[int, float] | None = None, known: Mapping[Week, float] | None = None
) -> Placed:
    rows = [
        Dated(
            number, None if day == "-" else date.fromisoformat(day), (values or {}).get(number, 9)
        )
        for number, day in enumerate(days.split(), start=2)
    ]
    return place(rows, known or {})


def words(found: Placed) -> list[str]:
    return [str(week) if week else "-" for week in found.weeks]


def test_dates_without_a_sign_stay() -> None:
    found = placed("2012-12-24 2012-12-31 2013-01-07")
    assert words(found) == ["2012-W52", "2013-W01", "2013-W02"]
    assert found.notice is None


def test_a_monday_that_late_numbering_cannot_write_says_that_dates_are_right() -> None:
    """31 December 2012 is ISO week 1; counted from the first Sunday it is week 53."""
    found = placed("2012-12-31 2013-01-07 2017-12-25 2018-01-08")
    assert words(found) == ["2013-W01", "2013-W02", "2017-W52", "2018-W02"]
    assert found.notice is None


def test_a_row_without_a_date_in_the_middle_of_a_year_is_no_sign() -> None:
    found = placed("2013-02-04 - 2013-02-18")
    assert words(found) == ["2013-W06", "-", "2013-W08"]
    assert found.notice is None


def test_a_published_week_goes_before_the_signs() -> None:
    days = "2017-12-25 2018-01-08 2018-04-02"
    assert words(placed(days)) == ["2017-W52", "2018-W01", "2018-W13"]
    told = placed(days, {4: 50.54}, {Week(2018, 14): 50.5})
    assert words(told) == ["2017-W52", "2018-W02", "2018-W14"]
    assert told.notice is None


def test_a_published_week_that_fits_both_ways_does_not_decide() -> None:
    days = "2017-12-25 2018-01-08 2018-04-02 2018-04-09"
    found = placed(days, {4: 50.5, 5: 50.5}, {Week(2018, 14): 50.5})
    assert words(found) == ["2017-W52", "2018-W01", "2018-W13", "2018-W14"]


def test_a_value_counts_to_the_digits_it_was_published_in() -> None:
    days = "2018-04-02 2018-04-09"
    known = {Week(2018, 14): 50.5}
    assert placed(days, {3: 50.549}, known).notice is not None
    assert placed(days, {3: 50.56}, known).notice is None
    assert placed(days, {3: 50.6}, {Week(2018, 14): 51.0}).notice is not None


def test_week_53_gets_the_row_without_a_date_only_where_one_week_is_free() -> None:
    assert words(placed("2009-12-28 - 2010-01-04")) == ["2009-W52", "2009-W53", "2010-W01"]
    assert words(placed("2009-12-28 - 2010-01-11")) == ["2009-W52", "-", "2010-W02"]
    assert words(placed("2009-12-28 - - 2010-01-04")) == ["2009-W53", "-", "-", "2010-W01"]

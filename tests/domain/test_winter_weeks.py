"""The same week in another winter by date, and seasons that are known in part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin, by_hand
from borging.domain.periods import Week
from borging.domain.winter_weeks import (
    confirms,
    possibilities,
    same_week,
    week_words,
    winter_year,
)


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("2027-W10", "de week van 11 maart"),
        ("2026-W53", "de week van 31 december"),
        ("2027-W01", "de week van 7 januari"),
        ("2024-W09", "de week van 29 februari"),
    ],
)
def test_a_week_is_named_by_its_thursday(week: str, words: str) -> None:
    assert week_words(Week.parse(week)) == words


@pytest.mark.parametrize(
    ("week", "year"),
    [("2026-W39", 2025), ("2026-W40", 2026), ("2026-W53", 2026), ("2027-W39", 2026)],
)
def test_a_winter_starts_in_week_40(week: str, year: int) -> None:
    assert winter_year(Week.parse(week)) == year


@pytest.mark.parametrize(
    ("week", "year", "expected"),
    [
        # A year with a week 53 to one without: 31 December 2008 lies in week 1, in 2024 too.
        ("2026-W53", 2008, "2009-W01"),
        ("2026-W53", 2010, "2010-W52"),
        ("2026-W53", 2024, "2025-W01"),
        # From one week 53 to another, over the whole winter the same numbers.
        ("2026-W53", 2020, "2020-W53"),
        ("2026-W53", 2015, "2015-W53"),
        # A year without a week 53 to one with it: 30 December 2026 lies in week 53.
        ("2027-W52", 2026, "2026-W53"),
        ("2028-W01", 2026, "2027-W01"),
        # The same date, whatever the number of weeks since week 40.
        ("2027-W10", 2008, "2009-W11"),
        ("2027-W10", 2023, "2024-W11"),
        ("2026-W51", 2010, "2010-W50"),
        # 29 February is a date of its own in a leap year, and 28 February in others.
        ("2024-W09", 2027, "2028-W09"),
        ("2024-W09", 2024, "2025-W09"),
        ("2024-W09", 2021, "2022-W09"),
        # Week 40 of 2032 is that of 30 September, which 2021 has in week 39.
        ("2032-W40", 2021, "2021-W39"),
    ],
)
def test_the_same_week_holds_the_same_date(week: str, year: int, expected: str) -> None:
    assert str(same_week(Week.parse(week), year)) == expected


def season(name: str = "2021/2022", **known: object) -> FluSeason:
    empty = FluSeason(
        name, Origin.OFFICIAL, None, None, None, None, None, NumberStatus.SEEN, "bron"
    )
    weeks = {k: Week.parse(v) if isinstance(v, str) else v for k, v in known.items()}
    return replace(empty, **weeks)  # type: ignore[arg-type]


def spans(said: FluSeason, derived: FluSeason | None = None) -> list[tuple[str, str, float]]:
    return [(str(e.start), str(e.end), round(e.share, 3)) for e in possibilities(said, derived)]


def test_thirteen_weeks_around_an_announcement_have_every_place_that_holds_it() -> None:
    """Announced in 2022-W11, over by week 20: it began in 2021-W51 up to and including 2022-W08."""
    found = spans(season(weeks=13, announced="2022-W11"))
    assert found[0] == ("2021-W51", "2022-W11", 0.1)
    assert found[-1] == ("2022-W08", "2022-W20", 0.1)
    assert len(found) == 10


def test_an_end_without_a_begin_is_reckoned_with_as_far_as_it_is_certain() -> None:
    said = season("2023/2024", end="2024-W13", announced="2024-W04")
    assert spans(said) == [("2024-W04", "2024-W13", 1.0), ("2023-W40", "2024-W13", 0.0)]
    derived = by_hand("2023/2024", Week(2024, 3), Week(2024, 6), "regel")
    assert spans(said, derived) == [
        ("2024-W03", "2024-W13", 1.0),
        ("2023-W40", "2024-W13", 0.0),
    ]


def test_a_number_of_weeks_lies_round_the_weeks_above_the_threshold() -> None:
    derived = by_hand("2011/2012", Week(2012, 9), Week(2012, 10), "regel")
    found = spans(season("2011/2012", weeks=4), derived)
    assert [each[:2] for each in found] == [
        ("2012-W07", "2012-W10"),
        ("2012-W08", "2012-W11"),
        ("2012-W09", "2012-W12"),
    ]


def test_what_is_known_whole_has_one_place() -> None:
    assert spans(season(start="2022-W02", end="2022-W04", weeks=3)) == [
        ("2022-W02", "2022-W04", 1.0)
    ]
    assert spans(season(start="2022-W02", weeks=3)) == [("2022-W02", "2022-W04", 1.0)]
    assert spans(season(end="2022-W04", weeks=3)) == [("2022-W02", "2022-W04", 1.0)]
    assert spans(season(weeks=0)) == [("None", "None", 1.0)]


def test_without_one_certain_week_nothing_is_known() -> None:
    assert spans(season(weeks=13)) == []
    longer = by_hand("2021/2022", Week(2022, 1), Week(2022, 14), "regel")
    assert spans(season(weeks=13), longer) == []


def test_a_version_confirms_a_statement_with_the_same_number_of_weeks() -> None:
    derived = by_hand("2021/2022", Week(2022, 1), Week(2022, 13), "regel")
    assert confirms(season(weeks=13), derived)
    assert not confirms(season(weeks=12), derived)
    assert confirms(season(weeks=13, announced="2022-W13"), derived)
    assert not confirms(season(weeks=13, announced="2022-W14"), derived)
    assert not confirms(season(end="2022-W12"), derived)

"""Which recorded winters count, and the chance of flu per week in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from borging.domain.flu_intensity import intensities
from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin, by_hand, season_weeks
from borging.domain.periods import Week
from borging.services import flu_winters
from borging.services.flu_winters import FluHistory, history
from borging.settings import DATA
from borging.store.queries.flu import versions

REFERENCE = load_reference(DATA / "reference" / "griepseizoenen.csv")
INTENSITIES = intensities(DATA / "reference" / "griepseizoenen-intensiteit.csv")


def dutch(prefer: Origin = Origin.OFFICIAL) -> FluHistory:
    """The winters as they are known without a database."""
    return history(versions(None, REFERENCE), INTENSITIES, prefer)


def season(
    name: str, first: str | None, last: str | None, origin: Origin = Origin.DERIVED
) -> FluSeason:
    start, end = (Week.parse(each) if each else None for each in (first, last))
    made = by_hand(name, start, end, "bron", origin=Origin.OFFICIAL)
    return replace(made, origin=origin, status=NumberStatus.DERIVED)


FOUR = {
    "2015/2016": [season("2015/2016", "2015-W52", "2016-W01")],
    "2016/2017": [season("2016/2017", "2017-W01", "2017-W02")],
    "2020/2021": [season("2020/2021", None, None)],
    "2021/2022": [season("2021/2022", "2022-W20", "2022-W20")],
}
"""Weeks of 24 December to 7 January, of 5 and 12 January, none, and one week in May."""


def four() -> FluHistory:
    return history(FOUR, {"2016/2017": 2.0}, Origin.DERIVED)


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("2025-W51", (0, 4)),  # 18 December
        ("2025-W52", (1, 4)),  # 25 December: 2015-W52
        ("2026-W01", (1, 4)),  # 1 January: 2015-W53; 1 January 2017 is in 2016-W52
        ("2026-W02", (2, 4)),  # 8 January: 2016-W01 and 2017-W01
        ("2026-W03", (1, 4)),  # 15 January: 2017-W02
        ("2026-W53", (1, 4)),  # 31 December: 2015-W53
        ("2027-W01", (2, 4)),  # 7 January
        ("2027-W02", (1, 4)),
        ("2026-W20", (0, 4)),  # 14 May: in 2022 that is week 19
        ("2026-W21", (0, 0)),
        ("2026-W39", (0, 0)),
        ("2026-W40", (0, 2)),  # 1 October: in 2016 and 2021 week 39, which nobody measures
    ],
)
def test_a_week_counts_by_its_date(week: str, expected: tuple[int, int]) -> None:
    found = four().count(Week.parse(week))
    assert (found.epidemic, found.known) == expected
    assert four().chance(Week.parse(week)) == (expected[0] / expected[1] if expected[1] else None)


def test_the_chance_per_monday_tells_what_is_not_measured() -> None:
    weeks = pd.date_range(date(2026, 1, 5), periods=2, freq="140D")
    found = four().chances(weeks)
    assert found.iloc[0] == 0.5
    assert found.isna().tolist() == [False, True]


def test_the_preferred_version_counts_and_by_hand_goes_before_it() -> None:
    own, said = FOUR["2016/2017"][0], season("2016/2017", "2017-W01", "2017-W09", Origin.OFFICIAL)
    for prefer, weeks in ((Origin.DERIVED, 2), (Origin.OFFICIAL, 9)):
        found = history({"2016/2017": [own, said]}, {"2016/2017": 2.0}, prefer)
        row = found.seasons.iloc[0]
        assert (row["weeks"], row["origin"], found.fallbacks) == (weeks, prefer.value, ())
    hand = by_hand("2016/2017", Week(2017, 1), Week(2017, 4), "zelf gezien")
    found = history({"2016/2017": [own, said, hand]}, {"2016/2017": 2.0}, Origin.OFFICIAL)
    assert found.seasons["weeks"].tolist() == [4]
    assert found.fallbacks == ()


def stated(**known: object) -> FluSeason:
    empty = season("2016/2017", None, None, Origin.OFFICIAL)
    return replace(empty, **{"weeks": None, **known})  # type: ignore[arg-type]


def test_a_number_of_weeks_takes_its_place_from_a_version_with_as_many() -> None:
    both = {**FOUR, "2016/2017": [*FOUR["2016/2017"], stated(weeks=2)]}
    found = history(both, {"2016/2017": 2.0}, Origin.OFFICIAL)
    assert (found.fallbacks, found.partly) == (("2016/2017",), ())
    assert found.seasons["origin"].unique().tolist() == ["derived"]


def test_a_statement_of_more_weeks_than_the_rule_counts_where_it_is_certain() -> None:
    """Three weeks round 2017-W01 and W02: W52 and W03 are not certain, the others are."""
    both = {**FOUR, "2016/2017": [*FOUR["2016/2017"], stated(weeks=3)]}
    found = history(both, {"2016/2017": 2.0}, Origin.OFFICIAL)
    assert (found.fallbacks, found.partly) == ((), ("2016/2017",))
    weeks = ("2016-W51", "2016-W52", "2017-W01", "2017-W02", "2017-W03", "2017-W04")
    told = found.counts([Week.parse(each) for each in weeks])
    assert [each.known for each in told] == [4, 3, 4, 4, 3, 4]
    assert [each.epidemic for each in told] == [1, 1, 2, 1, 0, 0]


def test_a_statement_is_never_replaced_by_a_rule_that_found_nothing() -> None:
    quiet = season("2016/2017", None, None)
    said = [quiet, stated(weeks=13, announced=Week(2017, 5))]
    found = history({**FOUR, "2016/2017": said}, {"2015/2016": 2.0}, Origin.OFFICIAL)
    assert found.count(Week(2017, 5)).epidemic == 1
    assert found.count(Week(2017, 4)).known == 3
    assert found.quiet_by_rule == ()
    by_rule = history({**FOUR, "2016/2017": said}, {"2015/2016": 2.0}, Origin.DERIVED)
    assert by_rule.quiet_by_rule == (("2016/2017", 13),)
    assert by_rule.count(Week(2017, 5)).epidemic == 0


def test_a_season_of_which_no_week_is_certain_does_not_count() -> None:
    quiet = season("2016/2017", None, None)
    for said in ([stated(weeks=13)], [quiet, stated(weeks=13)]):
        found = history({**FOUR, "2016/2017": said}, {"2015/2016": 2.0}, Origin.OFFICIAL)
        assert found.left_out == ("2016/2017 (niet bekend in welke weken)",)
        assert len(found.names) == 3


def test_a_season_of_which_weeks_are_missing_does_not_count() -> None:
    begun = replace(season("2025/2026", "2026-W05", "2026-W09"), status=NumberStatus.PROVISIONAL)
    found = history({**FOUR, "2025/2026": [begun]}, {"2016/2017": 2.0}, Origin.DERIVED)
    assert found.left_out == ("2025/2026 (nog niet alle weken bekend)",)
    assert len(found.seasons) == 4


@pytest.mark.parametrize(
    ("prefer", "fallbacks", "partly"),
    [
        (Origin.DERIVED, (), ()),
        (
            Origin.OFFICIAL,
            ("2014/2015", "2016/2017", "2017/2018"),
            ("2011/2012", "2021/2022", "2023/2024"),
        ),
    ],
)
def test_the_seventeen_dutch_winters_count(
    prefer: Origin, fallbacks: tuple[str, ...], partly: tuple[str, ...]
) -> None:
    found = dutch(prefer)
    assert len(found.names) == 17
    assert (found.names[0], found.names[-1]) == ("2008/2009", "2024/2025")
    assert (found.fallbacks, found.partly) == (fallbacks, partly)
    assert [each[:9] for each in found.left_out] == ["2007/2008", "2025/2026"]


def test_derived_weeks_of_the_dutch_winters() -> None:
    assert dutch(Origin.DERIVED).seasons["weeks"].sum() == 149
    assert dutch(Origin.DERIVED).quiet_by_rule == (("2021/2022", 13),)


@pytest.mark.parametrize(
    ("week", "official", "derived"),
    [
        ("2026-W51", (5, 16), (5, 17)),
        ("2026-W53", (7, 15), (7, 17)),
        ("2027-W01", (9, 15), (9, 17)),
        ("2027-W10", (12, 17), (8, 17)),
        ("2027-W11", (7, 16), (4, 17)),
    ],
)
def test_dutch_weeks_by_date(
    week: str, official: tuple[int, int], derived: tuple[int, int]
) -> None:
    """The week of 11 March: 2021/22 lasted 13 weeks from before 2022-W09, 2023/24 up to W13.

    Without these two it was ten of the seventeen, as reckoned apart from this code.
    """
    for prefer, expected in ((Origin.OFFICIAL, official), (Origin.DERIVED, derived)):
        found = dutch(prefer).count(Week.parse(week))
        assert (found.epidemic, found.known) == expected


@pytest.mark.realdata
def test_dutch_weeks_by_date_against_the_source(real_data: Path) -> None:
    """Count each week of 2026/27 by the first and last day of the seasons of the source."""
    table = pd.read_csv(real_data / "flu" / "nl_seasons.csv")
    table = table[~table["partial_season"]]
    found = dutch(Origin.DERIVED)
    for week in season_weeks("2026/2027")[1:-1]:
        day = week.monday + timedelta(days=3)
        hits = 0
        for row in table.itertuples():
            year = int(row.season[:4]) + (day.year - 2026)
            if isinstance(row.start_date, str):
                there = date(year, day.month, day.day)
                first, last = (date.fromisoformat(each) for each in (row.start_date, row.end_date))
                hits += first <= there <= last
        assert found.count(week).epidemic == hits, week


def test_weeks_that_are_known_are_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar asks for the same weeks a thousand times; each time took milliseconds."""
    calls: list[int] = []
    real = flu_winters.epidemic

    def count(seasons: pd.DataFrame, weeks: list[Week]) -> object:
        calls.append(len(weeks))
        return real(seasons, weeks)

    monkeypatch.setattr(flu_winters, "epidemic", count)
    made = four()
    weeks = [Week.parse("2026-W52"), Week.parse("2027-W01")]
    for _ in range(3):
        made.counts(weeks)
        made.count(weeks[0])
    assert calls == [2]

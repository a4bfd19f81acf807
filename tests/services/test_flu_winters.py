"""Which recorded winters count, and the chance of flu per week in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from borging.domain.flu_intensity import intensities
from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin, by_hand
from borging.domain.periods import Week
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
"""2015 has a week 53: its season lies on weeks 12, 13 and 14 since week 40; the next on 13, 14."""


def four() -> FluHistory:
    return history(FOUR, {"2016/2017": 2.0}, Origin.DERIVED)


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("2025-W51", 0.0),  # 11 weeks since week 40
        ("2025-W52", 0.25),  # 12
        ("2026-W01", 0.5),  # 13, as in every winter without a week 53
        ("2026-W02", 0.5),
        ("2026-W03", 0.0),
        ("2026-W53", 0.5),  # 13: the same days of the year
        ("2027-W01", 0.5),  # 14
        ("2027-W02", 0.0),
        ("2026-W20", 0.25),  # the last week that is measured
        ("2026-W21", None),
        ("2026-W39", None),
        ("2026-W40", 0.0),
    ],
)
def test_the_chance_is_the_share_of_the_recorded_winters(week: str, expected: float | None) -> None:
    assert four().chance(Week.parse(week)) == expected


def test_the_chance_per_monday_tells_what_is_not_measured() -> None:
    weeks = pd.date_range(date(2026, 5, 11), periods=2, freq="7D")
    found = four().chances(weeks)
    assert found.iloc[0] == 0.25
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


def test_a_statement_without_weeks_gives_way_and_that_is_told() -> None:
    vague = replace(season("2016/2017", None, None, Origin.OFFICIAL), weeks=13)
    both = {**FOUR, "2016/2017": [*FOUR["2016/2017"], vague]}
    found = history(both, {"2016/2017": 2.0}, Origin.OFFICIAL)
    assert found.fallbacks == ("2016/2017",)
    assert found.seasons["origin"].unique().tolist() == ["derived"]
    alone = history({**FOUR, "2016/2017": [vague]}, {"2015/2016": 2.0}, Origin.OFFICIAL)
    assert alone.left_out == ("2016/2017 (niet bekend in welke weken)",)
    assert len(alone.seasons) == 3


def test_a_season_of_which_weeks_are_missing_does_not_count() -> None:
    begun = replace(season("2025/2026", "2026-W05", "2026-W09"), status=NumberStatus.PROVISIONAL)
    found = history({**FOUR, "2025/2026": [begun]}, {"2016/2017": 2.0}, Origin.DERIVED)
    assert found.left_out == ("2025/2026 (nog niet alle weken bekend)",)
    assert len(found.seasons) == 4


@pytest.mark.parametrize(
    ("prefer", "weeks", "fallbacks"),
    [
        (Origin.DERIVED, 149, ()),
        (
            Origin.OFFICIAL,
            161,
            (
                "2011/2012",
                "2014/2015",
                "2016/2017",
                "2017/2018",
                "2021/2022",
                "2023/2024",
            ),
        ),
    ],
)
def test_the_seventeen_dutch_winters_count(
    prefer: Origin, weeks: int, fallbacks: tuple[str, ...]
) -> None:
    """Officially 2022/23 had 14 weeks and 2024/25 had 9; by the rule 4 and 7."""
    found = dutch(prefer)
    assert (len(found.seasons), found.seasons["weeks"].sum()) == (17, weeks)
    assert found.seasons["season"].iloc[[0, -1]].tolist() == ["2008/2009", "2024/2025"]
    assert found.fallbacks == fallbacks
    assert [each[:9] for each in found.left_out] == ["2007/2008", "2025/2026"]
